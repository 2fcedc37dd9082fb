"""Tell the cells of a notebook apart: an exercise's, the course's own, the learner's."""

import hashlib
import json
import re
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
"""Fingerprints of the course's given cells; written when the notebooks are built."""


@cache
def given_digests() -> frozenset[str]:
    """Fingerprints of all given cells."""
    if not GIVEN_CELLS.is_file():
        return frozenset()
    return frozenset(json.loads(GIVEN_CELLS.read_text(encoding="utf-8")))
