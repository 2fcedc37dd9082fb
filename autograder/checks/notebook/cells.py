"""Tell the cells of a notebook apart: an exercise's, the course's own, the learner's."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from autograder.checks.notebook.history import GIVEN
from autograder.checks.notebook.names import is_course_call
from autograder.checks.reading.blank import PLACEHOLDER

# Ids of cells: Jupyter's cell ids and nbgrader's grade ids. Only this module knows their form.


def exercise_id(number: int) -> str:
    """Id of the cell in which an exercise is answered."""
    return f"exercise-{number}"


def check_id(number: int) -> str:
    """Id of the cell that checks an exercise."""
    return f"check-{number}"


def given_id(place: str) -> str:
    """Id of a code cell that the course gives, made of its place in the course."""
    return f"given-{place}"


def number_in(cell_id: str, kind: Literal["exercise", "check"]) -> int:
    """Number of the exercise that a cell answers or checks; 0 where it does neither."""
    match = re.fullmatch(r"(exercise|check)-([0-9]{1,4})", cell_id)
    return int(match[2]) if match and match[1] == kind else 0


def _is_given_id(cell_id: str) -> bool:
    return re.fullmatch(r"(given|check)-[\w-]+", cell_id) is not None


def label_of(ids: Iterable[str], source: str) -> int | None:
    """The exercise of a cell, `GIVEN`, or ``None`` where neither ids nor code tell.

    Args:
        ids: The cell's id and nbgrader's grade id, as far as the front-end sends them: JupyterLab
            sends both, VS Code an id of its own and the grade id, nbclient and Colab none.
        source: The code.
    """
    for name in ids:
        if number := number_in(name, "exercise"):
            return number
        if _is_given_id(name):
            return GIVEN
    given = digest(source) in given_digests() or is_course_call(source)
    return GIVEN if given else None


def digest(source: str) -> str:
    """Short fingerprint of a cell's code, without space around it."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:12]


def lines_of(source: str) -> set[str]:
    """The lines of a cell that a learner need not change: without blanks, and space around them."""
    lines = (line.strip() for line in source.splitlines())
    return {line for line in lines if line and PLACEHOLDER not in line}


def own_lines(sources: Sequence[str]) -> list[set[str]]:
    """Of each cell, the lines that no other one has."""
    lines = [lines_of(source) for source in sources]
    count = Counter(line for cell in lines for line in cell)
    return [{line for line in cell if count[line] == 1} for cell in lines]


GIVEN_CELLS = Path(__file__).parent / "given_cells.json"
"""What each notebook of the course holds; written when the notebooks are built."""


@dataclass(frozen=True)
class CourseNotebook:
    """What a notebook of the course holds.

    Attributes:
        name: Name of its file, without the ending.
        exercises: Numbers of its exercises.
        given: Fingerprints of the cells that the course gives.
        lines: By id of an exercise's or a given cell: fingerprints of the lines that no other cell
            of the course has.
    """

    name: str
    exercises: tuple[int, ...]
    given: frozenset[str]
    lines: Mapping[str, frozenset[str]]


@cache
def course_notebooks() -> tuple[CourseNotebook, ...]:
    """The notebooks of the course; none before they are built."""
    if not GIVEN_CELLS.is_file():
        return ()
    return tuple(
        CourseNotebook(
            name,
            tuple(parts["exercises"]),
            frozenset(parts["given"]),
            {cell: frozenset(lines) for cell, lines in parts["lines"].items()},
        )
        for name, parts in json.loads(GIVEN_CELLS.read_text(encoding="utf-8")).items()
    )


@cache
def given_digests() -> frozenset[str]:
    """Fingerprints of all given cells."""
    return frozenset().union(*(notebook.given for notebook in course_notebooks()))


def notebook_with(exercise: int) -> str:
    """Name of the notebook that holds an exercise; ``""`` where none does."""
    return next((item.name for item in course_notebooks() if exercise in item.exercises), "")


def notebook_of(ids: Sequence[str], source: str) -> str:
    """Name of the notebook that a cell stands in; ``""`` where neither ids nor code tell."""
    for name in ids:
        if number := number_in(name, "exercise") or number_in(name, "check"):
            return notebook_with(number)
        if place := re.fullmatch(r"given-([0-9]{2})-[0-9]{1,4}", name):
            fitting = [item for item in course_notebooks() if item.name.startswith(f"{place[1]}-")]
            return fitting[0].name if len(fitting) == 1 else ""
    if is_course_call(source):  # fits anywhere
        return ""
    fitting = [item for item in course_notebooks() if digest(source) in item.given]
    return fitting[0].name if len(fitting) == 1 else ""
