"""What an exercise looks at: its facts, their order, and how each is compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.checks.judging.compare import Difference, compare
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace

Comparison = Callable[[Evidence, Fact], Difference | None]


@dataclass(frozen=True)
class FactSpec:
    """One fact of an exercise.

    Attributes:
        name: Key in the evidence.
        aspect: Aspect whose points it decides; ``""`` for a fact that only helps to name a
            mistake.
        label: Its name on the card.
        tolerance: Largest absolute difference of numbers that counts as equal.
        unit: Unit of its numbers, as the card writes it.
        implied_by: Facts that follow from it: when all are right, it counts as right as well.
        computed: Its numbers must come from the data: typed into the code they do not count.
        downstream: It follows from the facts before it, and alone does not identify a mistake.
        comparison: Replaces the plain comparison with the expectation, for a fact that is judged
            on the learner's own earlier result.
        everywhere: Its right value is the same on every patch: having it right does not show
            that the patch was read.
    """

    name: str
    aspect: str
    label: str
    tolerance: float = 0.0
    unit: str = ""
    implied_by: tuple[str, ...] = ()
    comparison: Comparison | None = None
    computed: bool = False
    downstream: bool = False
    everywhere: bool = False

    def difference(self, evidence: Evidence, expected: Fact) -> Difference | None:
        """How the learner's fact differs from the expected one; ``None`` where it is right."""
        if self.comparison is not None:
            difference = self.comparison(evidence, expected)
        else:
            difference = compare(evidence[self.name], expected, self.tolerance)
        return difference and difference.with_unit(evidence[self.name], expected, self.unit)


def no_remarks(_: Evidence) -> Sequence[str]:
    """An exercise without remarks of its own."""
    return ()


def nothing_more(_claims: Evidence, _workspace: Workspace) -> Evidence:
    """An exercise whose facts can all be read from the learner's names."""
    return {}


ERROR = FactSpec("error", "", "the exception")
"""The exception that stopped the cell: a fact of every exercise."""


@dataclass(frozen=True)
class Exercise:
    """One exercise, as the checker sees it.

    Attributes:
        number: 1 to 11.
        names: The variables that it asks for.
        facts: What is compared, in the order in which a mistake would show first.
        collect: Reads the learner's names and printed words into plain facts, changing nothing.
            It runs in the process of the learner's code, so its facts are claims.
        conclude: Adds the facts that follow from these claims and from what the learner's code
            cannot change: its source, requests, uploads, files. It reads no names; while
            grading it runs in the supervisor.
        remarks: Things worth saying about right answers.
        reads_services: Whether it looks at requests and uploads.
    """

    number: int
    names: tuple[str, ...]
    facts: tuple[FactSpec, ...]
    collect: Callable[[Workspace], Evidence]
    conclude: Callable[[Evidence, Workspace], Evidence] = nothing_more
    remarks: Callable[[Evidence], Sequence[str]] = no_remarks
    reads_services: bool = False

    def claims(self, workspace: Workspace) -> Evidence:
        """The facts that are read in the process of the learner's code."""
        return {"error": facts.error(workspace), **self.collect(workspace)}

    def evidence(self, claims: Evidence, workspace: Workspace) -> Evidence:
        """All facts: the claims, and what follows from them and from the rest of a workspace."""
        return {**facts.of_code(workspace.source), **claims, **self.conclude(claims, workspace)}
