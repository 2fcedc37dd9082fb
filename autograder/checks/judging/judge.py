"""The judge: evidence and expectation in, verdict out. It reads no files and runs no code."""

from dataclasses import replace

import numpy as np

from autograder.checks import texts
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, says_something
from autograder.checks.judging.exercise import Exercise, FactSpec
from autograder.checks.judging.expectation import Expectation, Variant
from autograder.checks.judging.known_mistakes import matches
from autograder.checks.judging.reasons import blanks_left, explain, on_exception, unexplained
from autograder.checks.judging.thumbnail import thumbnail
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.judging.why import why
from autograder.checks.reading.facts import TYPED_IN, Evidence, Fact


def judge(
    exercise: Exercise, evidence: Evidence, expectation: Expectation, served: Served
) -> Verdict:
    """Decide points and words for one exercise.

    Args:
        exercise: What the exercise looks at.
        evidence: What the learner's code left behind.
        expectation: What is right on the patch, and what known mistakes look like.
        served: What is served, from which explanations are drawn.
    """
    evidence = _without_typed_numbers(exercise, evidence)
    wrong, remarks = _differences(exercise, evidence, expectation, served)
    aspects = tuple(
        AspectScore(
            name,
            points,
            0.0 if any(spec.aspect == name for spec in wrong) else float(points),
        )
        for name, points in expectation.aspects.items()
    )
    verdict = Verdict(expectation.exercise, expectation.title, aspects, remarks=tuple(remarks))
    scored = {spec: difference for spec, difference in wrong.items() if spec.aspect}
    if verdict.score and _is_untouched(evidence, expectation):
        return _nothing_filled_in(verdict, evidence, expectation)
    if not scored:
        late = on_exception(exercise, evidence, "stopped-late")
        return replace(verdict, remarks=(*late, *verdict.remarks))
    reason = explain(exercise, evidence, expectation, served, scored)
    shown = reason.shown
    others: tuple[str, ...] = ()
    if reason.vague and evidence[shown.name]["kind"] not in ("missing", "other"):
        others = on_exception(exercise, evidence, "stopped-too")
    own = (reason.found, reason.expected)
    telling = all(own) and reason.found != reason.expected
    found, expected = own if telling else (wrong[shown].found, wrong[shown].expected)
    picture = thumbnail(evidence[shown.name], expectation.facts[shown.name], shown.tolerance)
    return replace(
        verdict,
        aspects=_with_reasons(aspects, evidence, shown, scored),
        remarks=(*others, *verdict.remarks),
        mistake=reason.name,
        message=reason.message,
        found=found,
        expected=expected,
        see=expectation.see,
        picture=picture,
        unexplained=unexplained(reason, evidence, scored) if reason.vague else None,
        why=why(exercise, evidence, reason.name, drawing=picture is None),
    )


def _with_reasons(
    aspects: tuple[AspectScore, ...],
    evidence: Evidence,
    shown: FactSpec,
    wrong: dict[FactSpec, Difference],
) -> tuple[AspectScore, ...]:
    """The aspects, each lost one of which the message does not speak with what was found.

    Of blanks that are left the message tells enough.
    """
    if evidence["blanks"]["values"][0]:
        return aspects
    found = {spec.aspect: _reason(spec, evidence, wrong[spec]) for spec in reversed([*wrong])}
    found[shown.aspect] = ""
    return tuple(replace(aspect, reason=found.get(aspect.name, "")) for aspect in aspects)


def _reason(spec: FactSpec, evidence: Evidence, difference: Difference) -> str:
    if evidence[spec.name]["kind"] == "missing":
        return difference.found
    expected = difference.expected.removeprefix(f"{spec.label}: ")
    return texts.card("aspect-found", found=difference.found, expected=expected)


def _is_untouched(evidence: Evidence, expectation: Expectation) -> bool:
    """Whether all blanks are as they were handed out: then its cell is nobody's work."""
    return 0 < expectation.blanks <= evidence["blanks"]["values"][0]


def _nothing_filled_in(verdict: Verdict, evidence: Evidence, expectation: Expectation) -> Verdict:
    """No points, whatever other cells have made."""
    name, message = blanks_left(int(evidence["blanks"]["values"][0]), expectation)
    none = tuple(replace(aspect, earned=0.0) for aspect in verdict.aspects)
    return replace(verdict, aspects=none, mistake=name, message=message, see=expectation.see)


def _without_typed_numbers(exercise: Exercise, evidence: Evidence) -> Evidence:
    """The evidence with `TYPED_IN` for computed facts whose numbers stand in the code.

    What such a fact was stands as ``typed …`` beside it, for explanations.
    """
    literals = np.array(evidence["literals"]["values"])
    typed = [
        spec.name
        for spec in exercise.facts
        if spec.computed and _stand_in_code(_numbers_of(evidence[spec.name]), literals)
    ]
    kept = {f"typed {name}": evidence[name] for name in typed}
    return evidence | dict.fromkeys(typed, TYPED_IN) | kept


def _numbers_of(fact: Fact) -> np.ndarray:
    if fact["kind"] == "geometry":
        import shapely

        return np.unique(shapely.get_coordinates(shapely.from_wkt(fact["wkt"])))
    return np.array(fact["values"] if fact["kind"] == "numbers" else [])


def _stand_in_code(numbers: np.ndarray, literals: np.ndarray) -> bool:
    """Whether at least half of the numbers are literals of three or more significant digits."""
    telling = literals[
        [len(f"{abs(value):.12g}".replace(".", "").strip("0")) >= 3 for value in literals]
    ]
    if not numbers.size or not telling.size:
        return False
    telling = np.sort(telling)
    above = np.searchsorted(telling, numbers)
    nearest = [telling[np.clip(place, 0, telling.size - 1)] for place in (above - 1, above)]
    found = np.isclose(numbers, nearest, rtol=1e-12, atol=0).any(axis=0)
    return bool(found.mean() >= 0.5)


def _differences(
    exercise: Exercise, evidence: Evidence, expectation: Expectation, served: Served
) -> tuple[dict[FactSpec, Difference], list[str]]:
    """The wrong facts, in the exercise's order, and remarks on what is right."""
    wrong: dict[FactSpec, Difference] = {}
    accepted: dict[FactSpec, Variant] = {}
    follows: set[str] = set()
    for spec in exercise.facts:
        difference = spec.difference(evidence, expectation.facts[spec.name])
        if difference is None:
            continue
        variant = _matching(spec, evidence, expectation.accepted)
        if variant is not None:
            accepted[spec] = variant
        elif _right_as_served(spec, evidence, served):
            follows.add(spec.name)
        else:
            wrong[spec] = difference
    names = follows | {spec.name for spec in wrong}
    wrong = {
        spec: difference
        for spec, difference in wrong.items()
        if not (spec.implied_by and names.isdisjoint(spec.implied_by))
        or not any(says_something(expectation.facts[name]) for name in spec.implied_by)
    }
    missed = {spec.aspect for spec in wrong if spec.aspect}
    said = texts.of_exercise(expectation.exercise).remarks
    remarks = [
        said.get(variant.name, "")
        for spec, variant in accepted.items()
        if spec.aspect not in missed
    ]
    return wrong, list(dict.fromkeys(filter(None, [*exercise.remarks(evidence), *remarks])))


def _right_as_served(spec: FactSpec, evidence: Evidence, served: Served) -> bool:
    """Whether a fact that differs is right all the same, by what is served."""
    try:
        return spec.right_as_served is not None and spec.right_as_served(evidence, served)
    except Exception:  # evidence is hostile: it may hold what no learner's code leaves behind
        return False


def _matching(spec: FactSpec, evidence: Evidence, variants: tuple[Variant, ...]) -> Variant | None:
    return next((variant for variant in variants if matches(spec, evidence, variant)), None)
