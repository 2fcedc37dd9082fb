"""The course as graders need it: its notebooks, their cells, the exercises and their points."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.checks.notebook.cells import number_in
from autograder.root import RELEASED, SOLVED
from utils.errors import CourseError


@dataclass(frozen=True)
class SourceCell:
    """One cell of the course.

    Attributes:
        id: Its name, for Jupyter and for nbgrader.
        cell_type: Jupyter's kind.
        kind: ``exercise`` is where the learner answers, ``check`` where that is judged, ``given``
            other code, ``text`` any cell that is not code.
        exercise: Number of the exercise of an ``exercise`` or ``check``, else 0.
        source: Its text.
        locked: Whether it is run as it stands here, whatever was submitted.
        metadata: What a graded notebook keeps of its metadata, nbgrader's part included.
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
    return source_notebook(path.stem, json.loads(path.read_text("utf-8")))


def source_notebook(name: str, notebook: Mapping[str, Any]) -> SourceNotebook:
    """A notebook of the course from the content of its file.

    Args:
        name: Its name without ``.ipynb``.
        notebook: The content.
    """
    cells = tuple(_source_cell(cell) for cell in notebook["cells"])
    return SourceNotebook(name, cells, notebook["metadata"])


def _source_cell(cell: Mapping[str, Any]) -> SourceCell:
    kind: Any = "given" if cell["cell_type"] == "code" else "text"
    number, locked = 0, False
    source, metadata = "".join(cell["source"]), dict(cell["metadata"])
    if about := metadata.get("nbgrader"):
        locked = bool(about["locked"] or about["grade"])
        answer = number_in(about["grade_id"], "exercise") if about["solution"] else 0
        check = number_in(about["grade_id"], "check") if about["grade"] else 0
        if number := answer or check:
            kind = "exercise" if answer else "check"
        checksum = _checksum(cell["cell_type"], source, about)
        metadata["nbgrader"] = {**about, "checksum": checksum, "cell_type": cell["cell_type"]}
    return SourceCell(cell["id"], cell["cell_type"], kind, number, source, locked, metadata)


def _checksum(cell_type: str, source: str, about: Mapping[str, Any]) -> str:
    """The same as `nbgrader.utils.compute_checksum`, which takes seconds to import."""
    parts = [source, cell_type, str(about["grade"]), str(about["solution"])]
    parts.append(str(about["grade"] or (about["locked"] and not about["solution"])))
    parts.append(about["grade_id"])
    if about["grade"]:
        parts.append(str(float(about["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


# --- exercises -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exercise:
    """One exercise: its number, the notebook (without ``.ipynb``) and the points it is worth."""

    number: int
    notebook: str
    points: float


@dataclass(frozen=True)
class Course:
    """An assignment: the folder of solved notebooks and the exercises in them, by number."""

    folder: Path
    exercises: tuple[Exercise, ...]

    @property
    def notebooks(self) -> list[str]:
        """Names of the notebooks that hold exercises, without ``.ipynb``, sorted."""
        return sorted({exercise.notebook for exercise in self.exercises})


def read_course(folder: Path = SOLVED) -> Course:
    """Read the exercises from the check cells of the solved notebooks.

    Raises:
        CourseError: The folder holds no check cells, or two for one exercise.
    """
    exercises: dict[int, Exercise] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell in read_source(path).cells:
            if cell.kind != "check":
                continue
            if cell.exercise in exercises:
                raise CourseError(
                    f"{path} holds a second check of exercise {cell.exercise}",
                    "One check cell for each exercise",
                    "Run make notebooks",
                )
            points = float(cell.metadata["nbgrader"]["points"])
            exercises[cell.exercise] = Exercise(cell.exercise, path.stem, points)
    if not exercises:
        raise CourseError(
            f"{folder} holds no notebooks with check cells",
            "The solved notebooks of the course",
            "Run make notebooks",
        )
    return Course(folder, tuple(exercises[number] for number in sorted(exercises)))
