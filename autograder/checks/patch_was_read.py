"""Whether evidence shows that a patch was read at all.

Much of what an exercise asks for follows from the learner's own earlier result, or is the same on
every patch: a picture of one's own array, a legend. Beside one number that only this patch has,
it counts. Alone it could be made up, or come from another patch. And it counts only where that
result carries information of the patch: a picture of one pixel is no picture.
"""

from dataclasses import replace

from autograder.checks.exercises import maker_of
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import compare
from autograder.checks.judging.exercise import Exercise, FactSpec
from autograder.checks.judging.expectation import Expectation, Load
from autograder.checks.judging.follow import carries_patch, outline_of_patch
from autograder.checks.judging.judge import judge
from autograder.checks.judging.reasons import DIFFERS
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.texts import card as say

_TELLING = ("array", "numbers", "geometry")
"""Kinds of facts that nobody gets right without having read the patch."""

NOTHING_OF_PATCH: Fact = {"kind": "other", "type": "made-up array"}
"""Stands for a result that carries nothing of the patch."""


def judge_on_patch(exercise: Exercise, evidence: Evidence, load: Load, served: Served) -> Verdict:
    """The verdict on an exercise, without points where nothing shows that the patch was read."""
    expectation = load(exercise.number)
    evidence = _without_made_up(exercise, evidence, load, served)
    verdict = judge(exercise, evidence, expectation, served)
    if not verdict.score or shows_patch(exercise, evidence, expectation, load, served):
        return verdict
    if not verdict.mistake:
        none = tuple(replace(aspect, earned=0.0) for aspect in verdict.aspects)
        return replace(verdict, aspects=none, mistake=DIFFERS, message=say("other-patch"))
    unread = say("aspect-unread")
    lost = (
        replace(aspect, earned=0.0, reason=unread) if aspect.earned else aspect
        for aspect in verdict.aspects
    )
    return replace(verdict, aspects=tuple(lost))


def _without_made_up(
    exercise: Exercise, evidence: Evidence, load: Load, served: Served
) -> Evidence:
    """The evidence without results that carry nothing of the patch, where others follow them."""
    own = {spec.name: spec for spec in exercise.facts}
    made_up = [
        name
        for name in exercise.follows
        if evidence[name]["kind"] == "array"
        and not (
            _is_telling(own[name], evidence, load(exercise.number))
            if name in own
            else _earlier_is_telling(name, evidence, load)
        )
        and not carries_patch(evidence[name]["array"], served)
    ]
    return evidence | dict.fromkeys(made_up, NOTHING_OF_PATCH)


def shows_patch(
    exercise: Exercise, evidence: Evidence, expectation: Expectation, load: Load, served: Served
) -> bool:
    """Whether a telling fact is right, or was made of this very patch by mistake.

    Where services are asked, what earns points is seen by them.
    """
    if exercise.reads_services:
        return True
    own = any(
        not spec.everywhere and _is_telling(spec, evidence, expectation) for spec in exercise.facts
    )
    outlines = (outline_of_patch(evidence[name], served) for name in exercise.follows)
    return (
        own
        or any(_earlier_is_telling(name, evidence, load) for name in exercise.builds_on)
        or any(outlines)
    )


def can_show_patch(exercise: Exercise, expectation: Expectation) -> bool:
    """Whether right answers to an exercise show that the patch was read."""
    own = (
        expectation.facts[spec.name]["kind"] in _TELLING
        for spec in exercise.facts
        if not spec.everywhere
    )
    return exercise.reads_services or bool(exercise.builds_on) or any(own)


def _earlier_is_telling(name: str, evidence: Evidence, load: Load) -> bool:
    maker = maker_of(name)
    spec = next(spec for spec in maker.facts if spec.name == name)
    return _is_telling(spec, evidence, load(maker.number))


def _is_telling(spec: FactSpec, evidence: Evidence, expectation: Expectation) -> bool:
    expected = expectation.facts[spec.name]
    if expected["kind"] not in _TELLING or spec.name not in evidence:
        return False
    variants = (*expectation.accepted, *expectation.mistakes)
    others = [item.facts[spec.name] for item in variants if spec.name in item.facts]
    known = (expected, *(fact for fact in others if _varies(fact, spec.tolerance)))
    return any(compare(evidence[spec.name], fact, spec.tolerance) is None for fact in known)


def _varies(fact: Fact, tolerance: float) -> bool:
    """Whether a fact is an array that no constant equals: some mistakes leave next to nothing."""
    if fact["kind"] != "array":
        return False
    low, high = map(float, fact["range"])
    return high - low > 2 * tolerance
