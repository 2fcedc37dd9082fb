"""The judge: evidence and expectation in, verdict out. It reads no files and runs no code."""

from dataclasses import dataclass, replace

import numpy as np

from autograder.checks import texts
from autograder.checks.explaining import claims
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.served import Served
from autograder.checks.judging import diagnose
from autograder.checks.judging.compare import Difference, same
from autograder.checks.judging.exercise import Exercise, FactSpec
from autograder.checks.judging.expectation import Expectation, Variant
from autograder.checks.judging.thumbnail import thumbnail
from autograder.checks.judging.unexplained import Unexplained, kept
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.reading.facts import TYPED_IN, Evidence, Fact, joined

NOT_ATTEMPTED = "not-attempted"
INCOMPLETE = "incomplete"
DIFFERS = "differs"
STOPPED = "stopped"

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
    wrong, remarks = _differences(exercise, evidence, expectation)
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
    if not scored:
        return verdict
    reason = _explain(exercise, evidence, expectation, served, scored)
    shown = reason.shown
    return replace(
        verdict,
        mistake=reason.name,
        message=reason.message,
        found=reason.found or wrong[shown].found,
        expected=reason.expected or wrong[shown].expected,
        see=expectation.see,
        picture=thumbnail(evidence[shown.name], expectation.facts[shown.name], shown.tolerance),
        unexplained=_unexplained(reason, evidence, scored) if reason.vague else None,
    )


def _unexplained(
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


def _without_typed_numbers(exercise: Exercise, evidence: Evidence) -> Evidence:
    """The evidence with `TYPED_IN` for computed facts whose numbers stand in the code."""
    literals = np.array(evidence["literals"]["values"])
    typed = {
        spec.name: TYPED_IN
        for spec in exercise.facts
        if spec.computed and _stand_in_code(_numbers_of(evidence[spec.name]), literals)
    }
    return evidence | typed


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
    exercise: Exercise, evidence: Evidence, expectation: Expectation
) -> tuple[dict[FactSpec, Difference], list[str]]:
    """The wrong facts, in the exercise's order, and remarks on what is right."""
    wrong: dict[FactSpec, Difference] = {}
    accepted: dict[FactSpec, Variant] = {}
    for spec in exercise.facts:
        difference = spec.difference(evidence, expectation.facts[spec.name])
        if difference is None:
            continue
        variant = _matching(spec, evidence, expectation.accepted)
        if variant is None:
            wrong[spec] = difference
        else:
            accepted[spec] = variant
    names = {spec.name for spec in wrong}
    wrong = {
        spec: difference
        for spec, difference in wrong.items()
        if not (spec.implied_by and names.isdisjoint(spec.implied_by))
    }
    missed = {spec.aspect for spec in wrong if spec.aspect}
    said = texts.of_exercise(expectation.exercise).remarks
    remarks = [
        said.get(variant.name, "")
        for spec, variant in accepted.items()
        if spec.aspect not in missed
    ]
    return wrong, list(dict.fromkeys(filter(None, [*exercise.remarks(evidence), *remarks])))


def _matches(spec: FactSpec, evidence: Evidence, variant: Variant) -> bool:
    """Whether the learner's fact is what ``variant`` leaves behind."""
    expected = variant.facts.get(spec.name)
    return expected is not None and same(evidence[spec.name], expected, spec.tolerance)


def _matching(spec: FactSpec, evidence: Evidence, variants: tuple[Variant, ...]) -> Variant | None:
    return next((variant for variant in variants if _matches(spec, evidence, variant)), None)


def _explain(
    exercise: Exercise,
    evidence: Evidence,
    expectation: Expectation,
    served: Served,
    wrong: dict[FactSpec, Difference],
) -> Reason:
    """Why the exercise is not right yet: a recorded mistake, an explanation, or the effect."""
    first = next(iter(wrong))
    mistake = _known_mistake(exercise, evidence, expectation, wrong)
    if mistake is not None:
        shown = next((spec for spec in wrong if _matches(spec, evidence, mistake)), first)
        message = texts.of_exercise(exercise.number).mistakes[mistake.name]
        explained = _said(exercise, evidence, expectation, served, shown)
        pair = (explained.found, explained.expected) if explained else ("", "")
        return Reason(mistake.name, message, shown, *pair)
    stopped = first.explain_stopped and not evidence["blanks"]["values"][0]
    if stopped or evidence[first.name]["kind"] != "missing" or not _unfinished(evidence):
        reason = _said(exercise, evidence, expectation, served, first)
        if reason:
            return reason
    name, message = _in_general(evidence, expectation, first)
    return Reason(name, message, first, vague=True)


def _explanation(
    spec: FactSpec, evidence: Evidence, expectation: Expectation, served: Served
) -> Explanation | None:
    """The explanation of a wrong fact, or ``None``."""
    if spec.explain is None:
        return None
    try:
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
    explanation = _explanation(shown, evidence, expectation, served)
    entry = texts.explanation(exercise.number, explanation.key) if explanation else None
    if entry is None or explanation is None:
        return None
    said = entry.filled({"label": shown.label, **explanation.values})
    return Reason(explanation.key, said.say, shown, said.found, said.expected)


def _in_general(evidence: Evidence, expectation: Expectation, first: FactSpec) -> tuple[str, str]:
    """Name and sentence where neither a known mistake nor an explanation fits."""
    blanks, error = int(evidence["blanks"]["values"][0]), evidence["error"]["text"]
    fact = evidence[first.name]
    lacking = fact["kind"] == "missing"
    if blanks:
        left = "One blank `___` is" if blanks == 1 else f"{blanks} blanks `___` are"
        return (
            INCOMPLETE if blanks < expectation.blanks else NOT_ATTEMPTED,
            f"{left} still empty in this exercise's cell. Fill in, run the cell, check again.",
        )
    if lacking and evidence["cell"]["text"] == "not run":
        return NOT_ATTEMPTED, "Run this exercise's cell first, then check again."
    if lacking and error:
        known = diagnose.of_error(error)
        if known:
            return known.name, known.sentence
        return STOPPED, f"The cell stopped before this exercise was done, with `{error}`."
    diagnosis = diagnose.of_fact(fact, expectation.facts[first.name], first.tolerance)
    if diagnosis:
        return diagnosis.name, diagnosis.sentence.replace("{label}", first.label)
    if lacking and fact["why"].startswith(NOT_MADE):
        return INCOMPLETE, f"{first.label} {fact['why']}."
    state = "missing" if lacking else DIFFERS
    messages = texts.of_exercise(expectation.exercise).facts
    if message := messages.get(f"{first.name}-{state}", messages.get(first.name, "")):
        return f"{first.name.replace('_', '-')}-{state}", message
    if lacking:
        return INCOMPLETE, f"{first.label} {fact['why']}."
    return DIFFERS, f"{first.label} is not what this exercise asks for."


def _known_mistake(
    exercise: Exercise,
    evidence: Evidence,
    expectation: Expectation,
    wrong: dict[FactSpec, Difference],
) -> Variant | None:
    """The recorded mistake that explains the evidence best, or ``None``.

    A mistake explains a wrong fact when it leaves the same fact behind. It must explain the
    first wrong fact, and change none before it. The best one changes no fact that the learner has
    right, and explains most of the wrong ones.
    """
    specs = {spec.name: spec for spec in exercise.facts}
    first = next(iter(wrong))
    ranked = [
        (rank, mistake)
        for mistake in expectation.mistakes
        if claims.holds(mistake.claims, joined(evidence["source"]))
        and (rank := _rank(specs, evidence, mistake, wrong, first)) is not None
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(
    specs: dict[str, FactSpec],
    evidence: Evidence,
    mistake: Variant,
    wrong: dict[FactSpec, Difference],
    first: FactSpec,
) -> tuple[int, ...] | None:
    """How well a mistake explains the evidence; ``None`` where it does not."""
    explained = [spec for spec in wrong if _matches(spec, evidence, mistake)]
    stopped_alike = "error" in mistake.facts and _matches(specs["error"], evidence, mistake)
    stopped_otherwise = not stopped_alike and (
        bool(evidence["error"]["text"]) != ("error" in mistake.facts)
    )
    telling = [
        spec
        for spec in explained
        if evidence[spec.name]["kind"] != "missing" and (spec is first or not spec.downstream)
    ]
    claimed = [
        name
        for name in mistake.facts
        if specs[name] not in wrong
        and specs[name].aspect
        and not _matches(specs[name], evidence, mistake)
    ]
    forgotten = (
        len(explained) == len(wrong)
        and not (claimed or stopped_otherwise)
        and not _unfinished(evidence)
    )
    order = list(specs)
    upstream = any(order.index(name) < order.index(first.name) for name in claimed)
    if first not in explained or upstream or not (telling or forgotten or stopped_alike):
        return None
    return (
        -len(claimed) - int(stopped_otherwise),
        len(telling) + int(stopped_alike),
        len(explained),
    )


def _unfinished(evidence: Evidence) -> bool:
    """Whether the cell stopped early or has blanks: this alone explains a missing result."""
    return bool(evidence["error"]["text"]) or evidence["blanks"]["values"][0] > 0
