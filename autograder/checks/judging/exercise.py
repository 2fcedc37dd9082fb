"""What an exercise looks at: its facts, their order, and how each is compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.checks.explaining.explanation import Explain
from autograder.checks.explaining.served import Served
from autograder.checks.judging import describing
from autograder.checks.judging.compare import Difference, compare, same
from autograder.checks.judging.expectation import Variant
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace

Comparison = Callable[[Evidence, Fact], Difference | None]
RightAsServed = Callable[[Evidence, Served], bool]
Figure = Callable[[Evidence], str]
"""Something worth knowing of the learner's own data, in words; it may raise where there is none."""


@dataclass(frozen=True)
class Transfer:
    """A question for who has solved an exercise, answered on the learner's own data.

    Attributes:
        read: Reads what the learner passed to ``answer`` into a fact.
        judge: Key of the sentence in the exercise's texts: ``right``, or what is wrong.
        wrong: All that can be wrong.
    """

    read: Callable[[Any], Fact]
    judge: Callable[[Fact, Evidence, Served], str]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class FactSpec:
    """One fact of an exercise.

    Attributes:
        name: Key in the evidence.
        aspect: Aspect whose points it decides; ``""`` for a fact that only helps to name a
            mistake.
        label: Its name on the card.
        tolerance: Largest absolute difference of numbers that counts as equal.
        unit: Unit of its numbers, as the card writes it; found ones have it where their size
            allows it.
        implied_by: Facts that follow from it: when all are as expected, it counts as right as well.
        computed: Its numbers must come from the data: typed into the code they do not count.
        downstream: It follows from the facts before it, and alone does not identify a mistake.
        comparison: Replaces the plain comparison with the expectation, for a fact that is judged
            on the learner's own earlier result.
        right_as_served: Says whether it is right although it differs, by what is served: a filter
            in other words that selects the same images, or what the learner's own request brings.
        explain: Explains it where it is wrong and no recorded mistake fits.
        explain_stopped: Whether it explains it also where an exception stopped the cell.
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
    right_as_served: RightAsServed | None = None
    explain: Explain | None = None
    explain_stopped: bool = False
    everywhere: bool = False

    def right(self, evidence: Evidence, expected: Fact) -> bool:
        """Whether there is no `difference`; quicker, because nothing is worded."""
        if self.comparison is not None:
            return self.comparison(evidence, expected) is None
        return same(evidence[self.name], expected, self.tolerance)

    def difference(self, evidence: Evidence, expected: Fact) -> Difference | None:
        """How the learner's fact differs from the expected one; ``None`` where it is right."""
        if self.comparison is not None:
            difference = self.comparison(evidence, expected)
        else:
            difference = compare(evidence[self.name], expected, self.tolerance)
        if difference is None:
            return None
        measured = self.unit and describing.of_one_size(evidence[self.name], expected)
        return difference.of(self.label, self.unit if measured else "", self.unit)


@dataclass(frozen=True)
class Result:
    """A result on which later exercises build, so that `catch_up` gives it to who lacks it.

    Attributes:
        name: The variable that holds it.
        pack: Makes numbers or text of it, which are recorded from the solution.
        unpack: Makes the result of these.
        open: Makes it from the id and the secret of the demonstration client, in place of
            recording what no file can hold.
    """

    name: str
    pack: Callable[[Any], np.ndarray] = np.array
    unpack: Callable[[np.ndarray], Any] = np.asarray
    open: Callable[[str, str], Any] | None = None


def no_remarks(_: Evidence) -> Sequence[str]:
    """An exercise without remarks of its own."""
    return ()


def nothing_more(_claims: Evidence, _workspace: Workspace) -> Evidence:
    """An exercise whose facts can all be read from the learner's names."""
    return {}


def of_exception(workspace: Workspace) -> Evidence:
    """The facts of the exception that stopped the cell, which every exercise has."""
    return {"error": facts.error(workspace), "problem": facts.problem(workspace)}


ERROR = FactSpec("error", "", "the exception")
"""The exception that stopped the cell: a fact of every exercise."""


@dataclass(frozen=True, eq=False)  # there is one of each
class Exercise:
    """One exercise, as the checker sees it.

    Attributes:
        names: The variables that it asks for.
        facts: What is compared, in the order in which a mistake would show first.
        collect: Reads the learner's names and printed words into plain facts, changing nothing.
            It runs in the process of the learner's code, so its facts are claims.
        conclude: Adds the facts that follow from these claims and from what the learner's code
            cannot change: its source, requests, uploads, files. It reads no names; while
            grading it runs in the supervisor.
        remarks: Things worth saying about right answers.
        reads_services: Whether it looks at requests and uploads.
        any_patch: Whether a learner may do it on any patch that is served.
        every_world: Whether what is right is the same in every world, because it follows from
            what all worlds share: the catalogue, the image of Bulgaria.
        gives: Its results on which later exercises build.
        builds_on: Names of earlier results that its evidence also holds, as facts of the same
            names: right ones show that the patch was read.
        follows: Names of arrays, its own results or earlier ones, by which others of its facts are
            judged: they count for that where they carry information of the patch.
        right_elsewhere: What is right as well on a patch that nobody has seen before.
        figures: What the texts behind "Why?" may say of the learner's own data, by name.
        transfer: What is asked where all is right.
        number: Its number, from the name of its module: see `exercises.exercise`.
    """

    names: tuple[str, ...]
    facts: tuple[FactSpec, ...]
    collect: Callable[[Workspace], Evidence]
    conclude: Callable[[Evidence, Workspace], Evidence] = nothing_more
    remarks: Callable[[Evidence], Sequence[str]] = no_remarks
    reads_services: bool = False
    any_patch: bool = False
    every_world: bool = False
    gives: tuple[Result, ...] = ()
    builds_on: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    right_elsewhere: tuple[Variant, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    transfer: Transfer | None = None
    number: int = 0

    @property
    def own_patch(self) -> bool:
        """Whether it can be judged on a patch that the course does not know.

        What is right is then told by the patch, not by what a service was asked.
        """
        return not (self.every_world or self.reads_services)

    @property
    def results(self) -> tuple[str, ...]:
        """Names of the results that it gives."""
        return tuple(result.name for result in self.gives)

    @property
    def recorded(self) -> tuple[Result, ...]:
        """The results that are recorded."""
        return tuple(result for result in self.gives if result.open is None)

    def claims(self, workspace: Workspace) -> Evidence:
        """The facts that are read in the process of the learner's code."""
        return {**of_exception(workspace), **self.collect(workspace)}

    def evidence(self, claims: Evidence, workspace: Workspace) -> Evidence:
        """All facts: the claims, and what follows from them and from the rest of a workspace."""
        return {
            **facts.of_code(workspace.source, self.names),
            **claims,
            **self.conclude(claims, workspace),
        }
