"""Why an exercise is not right yet, in the learner's words."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from autograder.checks import texts
from autograder.checks.explaining import errors, general
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.served import Served
from autograder.checks.judging import one_line
from autograder.checks.judging.compare import Difference
from autograder.checks.judging.exercise import Exercise, FactSpec
from autograder.checks.judging.expectation import Expectation
from autograder.checks.judging.known_mistakes import known_mistake, matches, unfinished
from autograder.checks.judging.unexplained import Unexplained, kept
from autograder.checks.reading.facts import Evidence

NOT_ATTEMPTED = "not-attempted"
INCOMPLETE = "incomplete"
DIFFERS = "differs"

NOT_MADE = ("was never assigned", "was not assigned", "is left over", "was given")
"""How the reason of a ``missing`` fact begins where the exercise's cell did not make the result."""


@dataclass(frozen=True)
class Reason:
    """Why an exercise is not right yet: what a verdict says of it.

    Attributes:
        name: Name of the mistake.
        message: The sentence for the learner.
        shown: The fact that shows it.
        found, expected: A pair of the reason's own; ``""`` for that of the fact.
        vague: Whether only the effect is told.
    """

    name: str
    message: str
    shown: FactSpec
    found: str = ""
    expected: str = ""
    vague: bool = False


def explain(
    exercise: Exercise,
    evidence: Evidence,
    expectation: Expectation,
    served: Served,
    wrong: dict[FactSpec, Difference],
) -> Reason:
    """Why the exercise is not right yet: a recorded mistake, an explanation, or the effect.

    Of a service that failed nothing else follows: what is lacking then says nothing of the code.
    """
    first = next(iter(wrong))
    if reason := _in_words(exercise, _by_service(exercise, evidence), first):
        return reason
    fact, blanks = evidence[first.name], evidence["blanks"]["values"][0]
    lacking, cut_off = fact["kind"] == "missing", errors.cut_off(evidence, first.name)
    specs = {spec.name: spec for spec in exercise.facts}
    mistake = known_mistake(specs, evidence, expectation.mistakes, wrong)
    if mistake is not None and (not cut_off or "error" in mistake.facts):
        shown = next((spec for spec in wrong if matches(spec, evidence, mistake)), first)
        message = texts.of_exercise(exercise.number).mistakes[mistake.name]
        explained = _said(exercise, evidence, expectation, served, shown)
        pair = (explained.found, explained.expected) if explained else ("", "")
        return Reason(mistake.name, message, shown, *pair)
    stopped = first.explain_stopped and not blanks
    reconstructed = stopped or not (cut_off or (lacking and unfinished(evidence)))
    if reconstructed and (reason := _said(exercise, evidence, expectation, served, first)):
        return reason
    if cut_off or fact["kind"] in ("missing", "other"):
        explanation = _of_exception(exercise, evidence, expectation)
        if reason := _in_words(exercise, explanation, first):
            return replace(reason, vague=reason.name in errors.GENERAL)
    if not (blanks or lacking):
        of_kind = general.of_fact(fact, expectation.facts[first.name], first.tolerance)
        if reason := _in_words(exercise, of_kind, first):
            return reason
    name, message = _in_general(evidence, expectation, first)
    return Reason(name, message, first, vague=True)


def _of_exception(
    exercise: Exercise, evidence: Evidence, expectation: Expectation
) -> Explanation | None:
    """The explanation of the exception, unless blanks that are left tell more."""
    blanks = evidence["blanks"]["values"][0]
    if blanks >= max(expectation.blanks, 1):
        return None
    explanation = _exception(exercise, evidence)
    if blanks and explanation and explanation.key in errors.GENERAL:
        return None
    return explanation


def _exception(exercise: Exercise, evidence: Evidence) -> Explanation | None:
    """The explanation of the exception that stopped the cell, or ``None``."""
    try:
        return errors.explain(evidence, exercise.number)
    except Exception:  # as above, evidence is hostile
        return None


def _by_service(exercise: Exercise, evidence: Evidence) -> Explanation | None:
    """The failing of a service that stopped the cell, or ``None``."""
    try:
        return errors.by_service(evidence, exercise.number)
    except Exception:  # as above, evidence is hostile
        return None


def on_exception(exercise: Exercise, evidence: Evidence, key: str) -> tuple[str, ...]:
    """A remark on an exception that is not the reason of the verdict; ``key`` begins it."""
    explanation = _exception(exercise, evidence)
    said = _in_words(exercise, explanation, exercise.facts[0])
    entry = texts.explanation(exercise.number, key)
    if explanation is None or said is None or entry is None:
        return ()
    told = () if explanation.key in errors.GENERAL else (said.message,)
    return (" ".join((entry.filled(explanation.values).say, *told)),)


def _explanation(
    spec: FactSpec, evidence: Evidence, expectation: Expectation, served: Served
) -> Explanation | None:
    """The explanation of a wrong fact, or ``None``."""
    if spec.explain is None:
        return None
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # of numbers that are none: not the learner's concern
            return spec.explain(evidence, expectation.facts, served)
    except Exception:  # evidence is hostile: it may hold what no learner's code leaves behind
        return None


def _said(
    exercise: Exercise,
    evidence: Evidence,
    expectation: Expectation,
    served: Served,
    shown: FactSpec,
) -> Reason | None:
    """The explanation of a wrong fact in the learner's language; ``None`` for none in words."""
    return _in_words(exercise, _explanation(shown, evidence, expectation, served), shown)


def _in_words(
    exercise: Exercise, explanation: Explanation | None, shown: FactSpec
) -> Reason | None:
    entry = texts.explanation(exercise.number, explanation.key) if explanation else None
    if entry is None or explanation is None:
        return None
    try:
        said = entry.filled({"label": shown.label, **explanation.values})
    except KeyError:  # as above: what it tells of may be lacking in hostile evidence
        return None
    pair = said.found, said.expected
    if all(pair) and "line" not in explanation.values:  # the subject of others is that line
        pair = one_line.with_own_subject(pair, shown.label)
    return Reason(explanation.key, said.say, shown, *pair)


def _in_general(evidence: Evidence, expectation: Expectation, first: FactSpec) -> tuple[str, str]:
    """Name and sentence where neither a known mistake nor an explanation fits."""
    blanks = int(evidence["blanks"]["values"][0])
    fact = evidence[first.name]
    lacking = fact["kind"] == "missing"
    if blanks:
        return blanks_left(blanks, expectation)
    if lacking and evidence["cell"]["text"] == "not run":
        return NOT_ATTEMPTED, "Run this exercise's cell first, then check again."
    if lacking and fact["why"].startswith(NOT_MADE):
        return INCOMPLETE, f"{first.label} {fact['why']}."
    state = "missing" if lacking else DIFFERS
    messages = texts.of_exercise(expectation.exercise).facts
    if message := messages.get(f"{first.name}-{state}", messages.get(first.name, "")):
        return f"{first.name.replace('_', '-')}-{state}", message
    if lacking:
        return INCOMPLETE, f"{first.label} {fact['why']}."
    return DIFFERS, f"{first.label} is not what this exercise asks for."


def blanks_left(blanks: int, expectation: Expectation) -> tuple[str, str]:
    """Name and sentence where blanks are left."""
    left = "One blank `___` is" if blanks == 1 else f"{blanks} blanks `___` are"
    return (
        INCOMPLETE if blanks < expectation.blanks else NOT_ATTEMPTED,
        f"{left} still empty in this exercise's cell. Fill in, run the cell, check again.",
    )


def unexplained(
    reason: Reason, evidence: Evidence, wrong: dict[FactSpec, Difference]
) -> Unexplained | None:
    """What is kept of an answer without a name; ``None`` for one that was only begun."""
    if reason.name in (NOT_ATTEMPTED, INCOMPLETE):
        return None
    shown = reason.shown
    return Unexplained(
        shown.name,
        shown.label,
        wrong[shown].found,
        kept(evidence[shown.name]),
        tuple(spec.name for spec in wrong),
        evidence["error"]["text"],
    )
