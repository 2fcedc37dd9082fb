"""Tell the cells of a notebook apart: an exercise's, the course's own, the learner's."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from autograder.checks.notebook.history import GIVEN
from autograder.checks.notebook.names import is_course_call

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


def label_of(cell_id: str | None, source: str) -> int | None:
    """The exercise of a cell, `GIVEN`, or ``None`` where the learner added it.

    JupyterLab sends a cell's id; nbclient does not, so given cells are also known by their code.
    """
    if number := number_in(cell_id or "", "exercise"):
        return number
    if _is_given_id(cell_id or "") or digest(source) in given_digests():
        return GIVEN
    return GIVEN if is_course_call(source) else None


def digest(source: str) -> str:
    """Short fingerprint of a cell's code, without space around it."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:12]


GIVEN_CELLS = Path(__file__).parent / "given_cells.json"
"""What each notebook of the course holds; written when the notebooks are built."""


@dataclass(frozen=True)
class CourseNotebook:
    """What a notebook of the course holds.

    Attributes:
        name: Name of its file, without the ending.
        exercises: Numbers of its exercises.
        given: Fingerprints of the cells that the course gives.
    """

    name: str
    exercises: tuple[int, ...]
    given: frozenset[str]


@cache
def course_notebooks() -> tuple[CourseNotebook, ...]:
    """The notebooks of the course; none before they are built."""
    if not GIVEN_CELLS.is_file():
        return ()
    return tuple(
        CourseNotebook(name, tuple(parts["exercises"]), frozenset(parts["given"]))
        for name, parts in json.loads(GIVEN_CELLS.read_text(encoding="utf-8")).items()
    )


@cache
def given_digests() -> frozenset[str]:
    """Fingerprints of all given cells."""
    return frozenset().union(*(notebook.given for notebook in course_notebooks()))


def notebook_with(exercise: int) -> str:
    """Name of the notebook that holds an exercise; ``""`` where none does."""
    return next((item.name for item in course_notebooks() if exercise in item.exercises), "")


def notebook_of(cell_id: str | None, source: str) -> str:
    """Name of the notebook that a cell stands in; ``""`` where neither id nor code tells."""
    name = cell_id or ""
    if number := number_in(name, "exercise") or number_in(name, "check"):
        return notebook_with(number)
    if place := re.fullmatch(r"given-([0-9]{2})-[0-9]{1,4}", name):
        fitting = [item for item in course_notebooks() if item.name.startswith(f"{place[1]}-")]
    elif cell_id or is_course_call(source):  # the learner's own cell, or one that fits anywhere
        return ""
    else:
        fitting = [item for item in course_notebooks() if digest(source) in item.given]
    return fitting[0].name if len(fitting) == 1 else ""
