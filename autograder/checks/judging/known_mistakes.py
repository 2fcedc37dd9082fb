"""The recorded mistake that fits the evidence, if one does."""

from collections.abc import Collection

from autograder.checks.explaining import claims
from autograder.checks.judging.compare import same
from autograder.checks.judging.exercise import FactSpec
from autograder.checks.judging.expectation import Variant
from autograder.checks.reading.facts import Evidence, joined

Specs = dict[str, FactSpec]
"""The facts of an exercise by name."""


def matches(spec: FactSpec, evidence: Evidence, variant: Variant) -> bool:
    """Whether the learner's fact is what ``variant`` leaves behind."""
    expected = variant.facts.get(spec.name)
    return expected is not None and same(evidence[spec.name], expected, spec.tolerance)


def known_mistake(
    specs: Specs,
    evidence: Evidence,
    mistakes: Collection[Variant],
    wrong: Collection[FactSpec],
) -> Variant | None:
    """The recorded mistake that explains the evidence best, or ``None``.

    A mistake explains a wrong fact when it leaves the same fact behind. It must explain the
    first wrong fact, change none that the learner has right, but for what only follows from it,
    and its sentence must be borne out.

    The best one stops where the learner's code stopped, and explains most of the wrong facts.

    Args:
        specs: The facts of the exercise.
        evidence: What the learner's code left behind.
        mistakes: Those that are recorded.
        wrong: The wrong facts that decide points, in the exercise's order; at least one.
    """
    ranked = [
        (rank, mistake)
        for mistake in mistakes
        if (rank := _rank(specs, evidence, mistake, wrong)) is not None
        and _borne_out(specs, evidence, mistake, wrong)
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(
    specs: Specs, evidence: Evidence, mistake: Variant, wrong: Collection[FactSpec]
) -> tuple[int, ...] | None:
    """How well a mistake explains the evidence; ``None`` where it does not."""
    first = next(iter(wrong))
    explained = [spec for spec in wrong if matches(spec, evidence, mistake)]
    stopped_alike = "error" in mistake.facts and matches(specs["error"], evidence, mistake)
    stopped_otherwise = not stopped_alike and (
        bool(evidence["error"]["text"]) != ("error" in mistake.facts)
    )
    telling = [
        spec
        for spec in explained
        if evidence[spec.name]["kind"] != "missing" and (spec is first or not spec.downstream)
    ]
    order = list(specs.values())
    contradicted = any(
        spec.aspect and spec not in wrong and not matches(spec, evidence, mistake)
        for spec in (specs[name] for name in mistake.facts)
        if not spec.downstream or order.index(spec) < order.index(first)
    )
    forgotten = len(explained) == len(wrong) and not stopped_otherwise and not unfinished(evidence)
    if first not in explained or contradicted or not (telling or forgotten or stopped_alike):
        return None
    return (-int(stopped_otherwise), len(telling) + int(stopped_alike), len(explained))


def _borne_out(
    specs: Specs, evidence: Evidence, mistake: Variant, wrong: Collection[FactSpec]
) -> bool:
    """Whether the evidence bears out what the sentence of a mistake claims."""
    return all(
        matches(specs[name], evidence, mistake)
        if name in mistake.facts
        else specs[name] not in wrong
        for name in claims.facts_of(mistake.claims)
    ) and claims.holds(mistake.claims, joined(evidence["source"]))


def unfinished(evidence: Evidence) -> bool:
    """Whether the cell stopped early or has blanks: this alone explains a missing result."""
    return bool(evidence["error"]["text"]) or evidence["blanks"]["values"][0] > 0
