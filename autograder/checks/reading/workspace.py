"""What a check may read: a learner's names, requests, uploads and folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from autograder.checks.reading import files
from autograder.checks.reading.blank import Blank

KINDS = (
    *("program", "processes", "threads", "input"),
    *("path", "file", "module", "package", "host"),
)
"""What grading can refuse: the sentence of each is ``refused-…`` on the card."""

MAX_NAME = 100
"""Characters of the name of what was refused that are kept."""

MOST = 20
"""Most refusals that are kept of one exercise."""


class Refusal(NamedTuple):
    """One thing that a learner's code did and that is refused while grading.

    Attributes:
        kind: One of `KINDS`.
        name: The program, path, module, package or host, or a number of threads.
    """

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Workspace:
    """What an exercise reads. Nothing here is ever changed.

    Attributes:
        names: The notebook's global names.
        exercise: Number of the exercise that is being checked.
        made_in: For each name, the exercise whose cells assigned it last; 0 or absent where a
            given cell did.
        made_in_unknown: Whether cells were not watched (in tests): then every name counts as own.
        requests: The journal's entries for requests that this exercise's cells sent.
        objects: The objects in the stand-in S3 store, as the services list them.
        read_object: Reads one of those objects.
        read_file: Reads a file, given its path, the working folder and the largest size.
        printed: What the exercise's cells printed.
        figures: Matplotlib figures that the exercise's cells drew, with a name or without.
        error: Exception that stopped the exercise's cell, or ``""``.
        problem: What is known of that exception, see `reading.problems`.
        source: Code of the exercise's cells.
        folder: The working folder of the notebook.
        started: When the first of the exercise's cells began to run, in Unix time; 0 if unknown.
        leftover: Names that only earlier runs of this exercise's cells bound.
        given: Names that hold what `catch_up` gave for this exercise, or that were made from it.
        warning: What to say where cells changed or ran in another order; else ``""``.
        refused: What the exercise's cells did that is refused while grading.
    """

    names: Mapping[str, Any]
    exercise: int
    made_in: Mapping[str, int] = field(default_factory=dict)
    made_in_unknown: bool = False
    requests: Sequence[Mapping[str, Any]] = ()
    objects: Sequence[Mapping[str, Any]] = ()
    read_object: Callable[[str], bytes] = lambda path: b""
    read_file: Callable[[str, Path, int], bytes | None] = files.content
    printed: str = ""
    figures: Sequence[Any] = ()
    error: str = ""
    problem: Sequence[str] = ()
    source: str = ""
    folder: Path = Path()
    started: float = 0.0
    leftover: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    warning: str = ""
    refused: tuple[Refusal, ...] = ()

    def why_missing(self, name: str) -> str:
        """Why ``name`` does not count as this exercise's result; ``""`` where it does."""
        if name not in self.names:
            return "was never assigned"
        if type(self.names[name]) is Blank:
            return "is still a blank"
        if name in self.given:
            return f"was given by `catch_up({self.exercise})`"
        made_in = self.made_in.get(name, self.exercise if self.made_in_unknown else 0)
        if not made_in:
            return "was not assigned by this exercise's cell"
        if made_in != self.exercise:
            return f"is left over from exercise {made_in}"
        if name in self.leftover:
            return "is left over from an earlier run of this cell"
        return ""

    def own(self, name: str) -> Any:
        """The learner's result ``name``, or `MISSING` where this exercise did not make it."""
        return MISSING if self.why_missing(name) else self.names[name]

    def current(self, name: str) -> Any:
        """The present value of ``name``, of any origin; `MISSING` where there is none."""
        value = self.names.get(name, MISSING)
        return MISSING if type(value) is Blank else value

    def earlier(self, name: str) -> Any:
        """An input from an earlier exercise or a given cell; `MISSING` where this one made it."""
        return MISSING if self.made_in.get(name) == self.exercise else self.current(name)


class _Missing:
    """Type of `MISSING`."""

    def __repr__(self) -> str:
        return "missing"


MISSING = _Missing()
"""Marks a result that is not there."""
