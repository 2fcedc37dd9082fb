"""A notebook as the course hands it out: the measure for what comes back."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.grading.course import ASSIGNMENT, CHECK_CELL
from autograder.root import ROOT
from utils.errors import CourseError

RELEASED = ROOT / "course" / ASSIGNMENT
"""The notebooks as learners get them."""

_EXERCISE_CELL = re.compile(r"exercise-(\d+)")


@dataclass(frozen=True)
class SourceCell:
    """One cell of the course.

    Attributes:
        id: Its name, for Jupyter and for nbgrader.
        cell_type: Jupyter's kind.
        kind: ``exercise`` is where the learner answers, ``check`` where that is judged, ``given``
            other code.
        exercise: Number of the exercise of an ``exercise`` or ``check``, else 0.
        source: Its text.
        locked: Whether it is run as it stands here, whatever was handed in.
        metadata: What a graded notebook keeps about it, nbgrader's part included.
    """

    id: str
    cell_type: Literal["code", "markdown", "raw"]
    kind: Literal["text", "given", "exercise", "check"]
    exercise: int
    source: str
    locked: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceNotebook:
    """A notebook of the course.

    Attributes:
        name: Its name without ``.ipynb``.
        cells: In order.
        metadata: About the notebook: its language and title.
    """

    name: str
    cells: tuple[SourceCell, ...]
    metadata: Mapping[str, Any]


def read_sources(folder: Path = RELEASED) -> list[SourceNotebook]:
    """Read the notebooks with exercises in a folder, sorted by name.

    Raises:
        CourseError: There is none.
    """
    notebooks = [read_source(path) for path in sorted(folder.glob("*.ipynb"))]
    notebooks = [book for book in notebooks if any(cell.exercise for cell in book.cells)]
    if not notebooks:
        raise CourseError(
            f"{folder} holds no notebooks with exercises",
            "The course's notebooks as they are handed out",
            "Run make notebooks",
        )
    return notebooks


def read_source(path: Path) -> SourceNotebook:
    """Read one notebook of the course."""
    notebook = json.loads(path.read_text("utf-8"))
    cells = tuple(_source_cell(cell) for cell in notebook["cells"])
    return SourceNotebook(path.stem, cells, notebook["metadata"])


def _source_cell(cell: Mapping[str, Any]) -> SourceCell:
    kind: Any = "given" if cell["cell_type"] == "code" else "text"
    number, locked = 0, False
    source, metadata = "".join(cell["source"]), dict(cell["metadata"])
    if about := metadata.get("nbgrader"):
        locked = bool(about["locked"] or about["grade"])
        answer = _EXERCISE_CELL.fullmatch(about["grade_id"]) if about["solution"] else None
        check = CHECK_CELL.fullmatch(about["grade_id"]) if about["grade"] else None
        if match := answer or check:
            kind, number = "exercise" if answer else "check", int(match[1])
        checksum = _checksum(cell["cell_type"], source, about)
        metadata["nbgrader"] = {**about, "checksum": checksum, "cell_type": cell["cell_type"]}
    return SourceCell(cell["id"], cell["cell_type"], kind, number, source, locked, metadata)


def _checksum(cell_type: str, source: str, about: Mapping[str, Any]) -> str:
    """What `nbgrader.utils.compute_checksum` says, without the seconds that importing it takes."""
    parts = [source, cell_type, str(about["grade"]), str(about["solution"])]
    parts.append(str(about["grade"] or (about["locked"] and not about["solution"])))
    parts.append(about["grade_id"])
    if about["grade"]:
        parts.append(str(float(about["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()
