"""Tell the cells of a notebook apart: an exercise's, the course's own, the learner's."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from autograder.checks.notebook.history import GIVEN
from autograder.checks.notebook.names import is_course_call

_EXERCISE_ID = re.compile(r"exercise-\d+")
_GIVEN_ID = re.compile(r"(given|check)-[\w-]+")


def is_exercise_id(cell_id: str) -> bool:
    """Whether this is the id of the cell in which an exercise is answered."""
    return _EXERCISE_ID.fullmatch(cell_id) is not None


def label_of(cell_id: str | None, source: str) -> int | None:
    """The exercise of a cell, `GIVEN`, or ``None`` where the learner added it.

    JupyterLab tells a cell's id; nbclient does not, so given cells are also known by their code.
    """
    if cell_id and is_exercise_id(cell_id):
        return int(cell_id.removeprefix("exercise-"))
    if (cell_id and _GIVEN_ID.fullmatch(cell_id)) or digest(source) in given_digests():
        return GIVEN
    return GIVEN if is_course_call(source) else None


def digest(source: str) -> str:
    """Short fingerprint of a cell's code; space around it does not count."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:12]


GIVEN_CELLS = Path(__file__).parent / "given_cells.json"
"""Fingerprints of the course's given cells; written when the notebooks are built."""


@cache
def given_digests() -> frozenset[str]:
    """Fingerprints of all given cells."""
    if not GIVEN_CELLS.is_file():
        return frozenset()
    return frozenset(json.loads(GIVEN_CELLS.read_text(encoding="utf-8")))
