"""A submitted notebook, put back on the course's frame: what is run, and in which order.

The course's locked cells and check cells, their points and their order come from the released
notebook. The learner's cells are kept, each in its place among them.
"""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from autograder.checks.notebook.cells import digest, given_digests
from autograder.checks.notebook.names import is_course_call
from autograder.grading.course import SourceCell, SourceNotebook
from autograder.grading.handed_in.alignment import Alignment, align, same_text
from autograder.grading.handed_in.notes import notes_about, why_not_run
from autograder.grading.handed_in.sent_cells import SentCell, read_cells
from autograder.grading.handed_in.trees import UnusableNotebook
from autograder.grading.handing_over.code_cell import Cell, Kind

LONGEST_CALL = 500
"""Longest cell, in characters, that can count as only calling the course's functions."""


@dataclass(frozen=True)
class Placed:
    """One cell of the notebook that is graded.

    Attributes:
        id: Unique in the notebook.
        cell_type: Jupyter's cell type.
        kind: What it is run as; ``None`` where it is not run.
        exercise: Number of the exercise that it is counted with; 0 for none.
        source: The code that is run, or text.
        metadata: The course's metadata for a cell of the course; else empty.
    """

    id: str
    cell_type: Literal["code", "markdown", "raw"]
    kind: Kind | None
    exercise: int
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Submitted:
    """A notebook that can be run.

    Attributes:
        source: The course's notebook.
        placed: All its cells, text included.
        notes: What was odd about it, in plain sentences that hold no text of the learner.
        remarks: By exercise for which no code of the learner is run: why.
    """

    source: SourceNotebook
    placed: tuple[Placed, ...]
    notes: list[str] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """The code cells in order, checks included; empty ones are left out."""
        return [
            Cell(index, cell.id, cell.kind, cell.exercise, cell.source)
            for index, cell in enumerate(self.placed)
            if cell.kind and cell.source.strip()
        ]

    @property
    def untouched(self) -> list[int]:
        """Exercises whose answer is as it was handed out."""
        starters = {cell.id: cell.source for cell in self.source.cells if cell.kind == "exercise"}
        return [cell.exercise for cell in self.placed if starters.get(cell.id) == cell.source]


def read_submitted(content: bytes, source: SourceNotebook) -> Submitted:
    """Read a submitted notebook.

    Args:
        content: The file as it was submitted.
        source: The notebook as the course hands it out.

    Raises:
        UnusableNotebook: It is no notebook of nbformat 4, holds far more than an honest one, or
            cannot be read for whatever else it holds.
    """
    try:
        return _read(content, source)
    except UnusableNotebook:
        raise
    except Exception as problem:
        traceback.print_exc()
        raise UnusableNotebook(f"{source.name} cannot be read") from problem


def _read(content: bytes, source: SourceNotebook) -> Submitted:
    sent, left_out = read_cells(content, source.name)
    found = align(sent, source)
    placed = tuple(_counted(list(_Frame(sent, source, found).placed())))
    remarks = _remarks(sent, source, found, placed)
    return Submitted(
        source, placed, notes_about(sent, source, found, left_out, remarks.keys()), remarks
    )


def released(source: SourceNotebook) -> Submitted:
    """The notebook as handed out; it stands in for one that is missing or cannot be used."""
    return Submitted(source, tuple(_of_course(cell) for cell in source.cells))


def _remarks(
    sent: Sequence[SentCell],
    source: SourceNotebook,
    found: Alignment,
    placed: Sequence[Placed],
) -> dict[int, str]:
    """By exercise for which no code of the learner is run: why."""
    run = {
        cell.exercise
        for cell in placed
        if cell.kind in ("exercise", "extra") and cell.source.strip()
    }
    remarks = {}
    for key, course in enumerate(source.cells):
        if course.kind == "exercise" and course.exercise not in run | found.together:
            place = found.places.get(key)
            cell = None if place is None else sent[place]
            remarks[course.exercise] = f"the cell of exercise {course.exercise} {why_not_run(cell)}"
    return remarks


class _Frame:
    """Puts the cells in order: the course's, each followed by what the learner put after it."""

    def __init__(self, sent: Sequence[SentCell], source: SourceNotebook, found: Alignment) -> None:
        self.sent = sent
        self.cells = source.cells
        self.found = found
        self.restored: set[int] = set()
        self.untouched = {cell.source.strip() for cell in source.cells if cell.kind == "exercise"}
        self.followers = self._followers()

    def _followers(self) -> dict[int, list[int]]:
        """The learner's own cells by the cell of the course that they follow; -1 at the top."""
        keys = {place: key for key, place in self.found.places.items()}
        followers: dict[int, list[int]] = {-1: []}
        last = -1
        for place in range(len(self.sent)):
            if place in keys:
                last = keys[place]
                followers[last] = []
            else:
                followers[last].append(place)
        return followers

    def placed(self) -> Iterator[Placed]:
        """All cells."""
        yield from self._after(-1)
        for key, cell in enumerate(self.cells):
            if key in self.found.places:
                yield self._kept(cell, self.sent[self.found.places[key]])
                yield from self._after(key)
            elif cell.kind == "exercise":
                yield _missing(cell)
            elif cell.locked and key not in self.restored:
                yield _of_course(cell)

    def _after(self, key: int) -> Iterator[Placed]:
        """What follows a cell of the course, first of all the locked cells that are missing."""
        for later in range(key + 1, len(self.cells)):
            cell = self.cells[later]
            if later in self.found.places or cell.exercise:
                break
            if cell.locked:
                self.restored.add(later)
                yield _of_course(cell)
        for place in self.followers[key]:
            yield self._own(place)

    def _kept(self, course: SourceCell, cell: SentCell) -> Placed:
        """A cell of the course, with the learner's changes where it is not locked."""
        same = same_text(cell, course) and cell.kind == course.cell_type
        if same or course.locked:
            return _of_course(course)
        if course.kind == "exercise":
            # Its metadata tell nbgrader that it is code: turned into text it stays code, unrun.
            kind: Kind | None = "exercise" if cell.kind == "code" else None
            metadata = course.metadata
            return Placed(course.id, "code", kind, course.exercise, cell.source, metadata)
        if course.kind == "given" and cell.kind == "code":
            return Placed(course.id, "code", "given", 0, cell.source)
        return Placed(
            course.id, cell.kind, "extra" if cell.kind == "code" else None, 0, cell.source
        )

    def _own(self, place: int) -> Placed:
        """A cell that the learner added, or moved here; a second copy of an exercise is not run."""
        cell = self.sent[place]
        if cell.kind != "code":
            return Placed("", cell.kind, None, 0, cell.source)
        if cell.source.strip() in self.untouched:
            return Placed("", "code", None, 0, cell.source)
        if place in self.found.astray:
            return Placed(self.cells[self.found.astray[place]].id, "code", "given", 0, cell.source)
        return Placed("", "code", "given" if _is_given(cell.source) else "extra", 0, cell.source)


def _of_course(cell: SourceCell) -> Placed:
    """A cell as the course has it."""
    kind = None if cell.kind == "text" else cell.kind
    return Placed(cell.id, cell.cell_type, kind, cell.exercise, cell.source, cell.metadata)


def _missing(cell: SourceCell) -> Placed:
    """In the place of a missing answer: the instructor's comments need a cell there."""
    words = f"# The cell of exercise {cell.exercise} was not in the notebook."
    return Placed(cell.id, "code", None, cell.exercise, words, cell.metadata)


def _is_given(source: str) -> bool:
    """Whether an added cell is a copy of the course's, or only calls its functions."""
    if len(source) <= LONGEST_CALL and is_course_call(source):
        return True
    return digest(source) in given_digests()


def _counted(placed: list[Placed]) -> Iterator[Placed]:
    """The cells, the learner's own ones with a name and the exercise that they count for.

    That is the exercise of the next check; what comes after the last check counts for none.
    """
    following, after = [], 0
    for cell in reversed(placed):
        after = cell.exercise if cell.kind == "check" else after
        following.append(after)
    added = 0
    for cell, number in zip(placed, reversed(following), strict=True):
        added += not cell.id
        name = cell.id or f"extra-{added}"
        exercise = number if cell.kind == "extra" else cell.exercise
        yield replace(cell, id=name, exercise=exercise)
