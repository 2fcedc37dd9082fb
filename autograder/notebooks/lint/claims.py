"""Whether each recorded mistake says what its sentence claims, and whether that can be so."""

import re
from collections.abc import Collection, Iterator, Sequence

from autograder.checks.explaining.claims import FACTS, HAS, LACKS, facts_of, holds
from autograder.checks.judging.expectation import Variant
from autograder.notebooks.source import Change, Manifest
from utils.errors import CourseError

_NO_REPEAT = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
"""What stands for one character in a pattern, brackets with all that is in them."""

_WITHOUT_END = re.compile(r"[*+]|\{\d*,\}")


def findings(exercise: Manifest, facts: Sequence[str]) -> Iterator[CourseError]:
    """What is to do in the claims of one exercise's mistakes.

    Args:
        exercise: The exercise.
        facts: Names of its facts.
    """
    for change in exercise.mistakes:
        if change.claims is None:
            yield CourseError(
                f"The mistake {change.name!r} does not say what its sentence claims",
                "`effect` where any code that leaves its first fact makes the sentence true, else "
                "patterns of code, or facts",
                "Add its `claims`",
            )
        elif problems := list(_form(change, facts)):
            yield from problems
        else:
            yield from _truth(change, exercise.solution)


def silent_remarks(exercise: Manifest, recorded: Collection[Variant]) -> Iterator[CourseError]:
    """Each accepted answer with a remark leaves a fact that shows it.

    Args:
        exercise: An exercise whose module has no ``remarks`` of its own.
        recorded: What its accepted answers leave behind.
    """
    for name in sorted(exercise.texts.remarks.keys() & {v.name for v in recorded if not v.facts}):
        yield CourseError(
            f"The remark {name!r} never shows: its answer leaves no other facts than the solution",
            "a remark that somebody can see",
            "Give it in `remarks` of the exercise's module, or take it out",
        )


def _form(change: Change, facts: Sequence[str]) -> Iterator[CourseError]:
    """Claims have known keys, facts that are there, and patterns that are found in bounded time."""
    claims = change.claims or {}
    if unknown := sorted(claims.keys() - {HAS, LACKS, FACTS}):
        yield CourseError(
            f"{change.name} claims {', '.join(unknown)}", f"{HAS}, {LACKS} or {FACTS}", "Mend it"
        )
    if unknown := sorted(set(facts_of(claims)) - {*facts}):
        yield CourseError(
            f"{change.name} claims something of {', '.join(unknown)}, which is no fact",
            f"one of {', '.join(facts)}",
            "Mend its `claims`",
        )
    for key in (HAS, LACKS):
        pattern = claims.get(key, "")
        try:
            re.compile(pattern)
        except re.error as problem:
            yield CourseError(
                f"{change.name}: its pattern {pattern!r} cannot be read: {problem}",
                "a regular expression",
                "Mend it",
            )
        if _WITHOUT_END.search(_NO_REPEAT.sub("x", pattern)):
            yield CourseError(
                f"{change.name}: its pattern {pattern!r} repeats without end, which takes long on "
                "code that was made for it",
                "bounds such as {0,99} in place of * and +",
                "Bound it",
            )


def _truth(change: Change, solution: str) -> Iterator[CourseError]:
    """The mistake's own code bears out what is claimed of code; the solution does not."""
    claims = change.claims or {}
    try:
        own = change.apply(solution)
    except CourseError:
        return  # told among what answers lack
    if not holds(claims, own):
        yield CourseError(
            f"The code of {change.name} does not bear out its claims",
            "patterns that fit at least to itself",
            "Mend its `claims`",
        )
    if {HAS, LACKS} & claims.keys() and holds(claims, solution):
        yield CourseError(
            f"The solution bears out what {change.name} claims of code",
            "patterns of what is wrong",
            "Mend its `claims`",
        )
