"""Which exercise a cell belongs to where no id tells: by its code, else by the cells around it.

Colab, the classic notebook, nbclient and papermill send no ids, and a cell that a learner adds has
none of the course's. The order in which cells run is not that of the notebook, so that a cell is
never counted for an exercise just because this is checked next.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from autograder.checks.exercises import MODULES
from autograder.checks.exercises import exercise as find
from autograder.checks.notebook.cells import (
    CourseNotebook,
    course_notebooks,
    digest,
    label_of,
    lines_of,
    notebook_of,
)
from autograder.checks.notebook.history import ENOUGH, GIVEN, Run, current
from autograder.checks.notebook.names import Names, checked_in

ALIKE = 0.5
"""A cell with this share of the own lines of one of the course's is that one. Two runs of code that
have this share of their lines in common are runs of one cell."""


@dataclass(frozen=True)
class Sent:
    """What a front-end sends with a cell.

    Attributes:
        cell: Id of the cell, of whatever form; empty where none is sent.
        ids: What may be an id of the course: the cell's id, and nbgrader's in its metadata.
        asks: Whether somebody can be asked for input, which programs that run notebooks deny.
    """

    cell: str = ""
    ids: tuple[str, ...] = ()
    asks: bool = False


def sent_with(info: Any, message: Mapping[str, Any]) -> Sent:
    """What a front-end sent with a cell; older kernels do not hand everything on.

    Args:
        info: What IPython tells of the cell that it is about to run.
        message: The request that is being worked on; empty where this cell was not requested.
    """
    sent = message.get("metadata")
    about = getattr(info, "cell_meta", None) or sent
    about = about if isinstance(about, Mapping) else {}
    cell = getattr(info, "cell_id", None) or about.get("cellId")
    nbgrader = about.get("nbgrader")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, Mapping) else None
    content = message.get("content")
    asks = isinstance(content, Mapping) and content.get("allow_stdin") is True
    ids = tuple(name for name in (cell, grade_id) if isinstance(name, str) and name)
    return Sent(cell if isinstance(cell, str) else "", ids, asks)


def begun(
    info: Any,
    message: Mapping[str, Any],
    names: Names,
    runs: Sequence[Run],
    around: Run | None,
) -> Run:
    """The run of a cell that IPython is about to run.

    Args:
        info: What IPython tells of it.
        message: The front-end's request; empty where this cell was not requested.
        names: What its code reads and binds.
        runs: The runs before it.
        around: The run of the cell that runs it, if one does.
    """
    source, sent = info.raw_cell or "", sent_with(info, message)
    books = _books(runs)
    label = label_of(sent.ids, source)
    if label is None and around and around.exercise != GIVEN:
        label = around.exercise
    if label is None:
        label = by_lines(source, books)
    guessed = label is None
    if label is None:
        label = by_names(source, names, books)
    if label is None and sent.cell:
        label = next((run.exercise for run in reversed(runs) if run.cell == sent.cell), None)
    # Given cells are locked, and a recording runs them all under one id.
    cell = digest(source) if label == GIVEN or around else sent.cell
    return Run(
        source,
        cell or same_cell(source, label, runs),
        label,
        time.time(),
        identified=bool(sent.cell),
        guessed=guessed,
        asks=sent.asks,
        notebook=notebook_of(sent.ids, source),
        inputs=names.inputs,
    )


def _books(runs: Sequence[Run]) -> list[CourseNotebook]:
    """The notebooks of the course that have run here; all, where that is not known."""
    names = {run.notebook for run in runs if run.notebook}
    return [book for book in course_notebooks() if not names or book.name in names]


def by_lines(source: str, books: Collection[CourseNotebook]) -> int | None:
    """The exercise of which a cell holds the course's own lines, `GIVEN`, or ``None``.

    A cell that holds several exercises belongs to the first.
    """
    alike = [label for label, share in _shares(source, books).items() if share >= ALIKE]
    return min(alike, key=lambda label: (label == GIVEN, label), default=None)


def by_names(source: str, names: Names, books: Collection[CourseNotebook]) -> int | None:
    """The exercise that a cell answers as the names tell which it makes; ``None`` for none.

    Where it makes few, a line of the course or a check inside may tell as well.

    Args:
        source: The code.
        names: What it reads and binds.
        books: The notebooks in which it may stand.
    """
    numbers = [number for book in books for number in book.exercises if number in MODULES]
    for number in numbers:
        if len(names.bound & _asked(number)) >= ENOUGH * len(_asked(number)):
            return number
    made = names.bound - names.inputs
    hints = {label for label, share in _shares(source, books).items() if share and label != GIVEN}
    hints |= {number for number in numbers if made & _asked_only(number)}
    hints |= checked_in(source) & set(numbers)
    return hints.pop() if len(hints) == 1 else None


def _shares(source: str, books: Collection[CourseNotebook]) -> dict[int, float]:
    """Which share of the own lines of the course's cells a code holds, by label.

    Of a given cell the code must be little more: learners take lines of examples into their own.
    """
    here = {digest(line) for line in lines_of(source)}
    shares: dict[int, float] = {}
    for book in books:
        for cell, lines in book.lines.items():
            label = label_of([cell], "") or GIVEN
            whole = max(len(lines), len(here)) if label == GIVEN else len(lines)
            shares[label] = max(shares.get(label, 0.0), len(here & lines) / whole)
    return shares


@cache
def _asked(number: int) -> frozenset[str]:
    """The names that an exercise asks for."""
    return frozenset(find(number).names)


@cache
def _asked_only(number: int) -> frozenset[str]:
    """The names that only this exercise asks for."""
    others = (_asked(other) for other in MODULES if other != number)
    return _asked(number).difference(*others)


def same_cell(source: str, label: int | None, runs: Sequence[Run]) -> str:
    """The cell of an earlier run of which this code, sent without an id, is a later version."""
    lines = lines_of(source)
    for run in reversed(current(runs)):
        if run.identified or run.exercise != label:
            continue
        other = lines_of(run.source)
        if lines and len(lines & other) >= ALIKE * max(len(lines), len(other)):
            return run.cell
    return digest(source)


def settle(runs: Sequence[Run], number: int) -> None:
    """Give the runs of which nothing was known so far to an exercise.

    Args:
        runs: All runs, oldest first.
        number: The exercise that is checked now.
    """
    for place, run in enumerate(runs):
        if run.exercise is None:
            run.exercise = _by_neighbours(runs, place, number)


def _by_neighbours(runs: Sequence[Run], place: int, number: int) -> int:
    """The exercise of a run, told by the exercises and checks before and after it.

    What follows a check stands in front of the next exercise. Behind an exercise's own cell may
    stand more of it or the next one's: that tell the names which one makes and the other reads.
    """
    run = runs[place]
    before = [label for other in runs[:place] for label in _labels(other)]
    after = [label for other in runs[place + 1 :] for label in _labels(other)]
    follows, (ahead, is_check) = before[-1:], next(iter(after), (number, True))
    if not follows or follows[0] == (ahead, is_check) or follows[0][1]:
        return ahead
    behind = follows[0][0]
    if behind == ahead:
        return ahead
    if any(other.exercise == ahead and other.inputs & run.assigned for other in runs[place:]):
        return ahead
    if any(other.exercise == behind and run.inputs & other.assigned for other in runs[:place]):
        return behind
    return behind if is_check else ahead


def _labels(run: Run) -> list[tuple[int, bool]]:
    """The exercise that a run answers, and those that it checks; whether it is a check."""
    if run.exercise == GIVEN:
        return [(number, True) for number in sorted(checked_in(run.source))]
    return [(run.exercise, False)] if run.exercise else []
