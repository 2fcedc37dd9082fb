"""Find the notebooks to rehearse: a folder of them, or some by name."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.notebook.cells import course_notebooks, number_in
from autograder.grading.handed_in.submission_files import MAX_BYTES
from utils.errors import CourseError


@dataclass(frozen=True)
class OwnNotebook:
    """A notebook of the learner.

    Attributes:
        name: The course's name for it, without ``.ipynb``.
        path: Its file.
        content: What the file holds.
        saved: When it was saved, in Unix time.
    """

    name: str
    path: Path
    content: bytes
    saved: float


def own_notebooks(places: Collection[Path]) -> list[OwnNotebook]:
    """The course's notebooks in folders and files, in the order of the course.

    Args:
        places: Folders, searched without those below them, and files.

    Raises:
        CourseError: One is not there or cannot be read, or none is a notebook of the course.
    """
    found: dict[str, OwnNotebook] = {}
    for path in sorted(_files(places), key=lambda path: path.name):
        notebook = _read(path)
        if notebook and (notebook.name not in found or path.stem == notebook.name):
            found[notebook.name] = notebook
    if not found:
        named = ", ".join(map(str, places))
        raise CourseError(
            f"There is no notebook of the course in {named}",
            f"Notebooks such as {course_notebooks()[0].name}.ipynb",
            'Save your notebook, or name it: make rehearse NOTEBOOKS="folder or notebooks"',
        )
    return [found[name] for name in sorted(found)]


def _files(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        if place.is_dir():
            yield from place.glob("[!.]*.ipynb")
        elif place.is_file():
            yield place
        else:
            raise CourseError(f"There is no {place}", "A folder or a notebook", "Check its name")


def _read(path: Path) -> OwnNotebook | None:
    """The notebook in a file; ``None`` for one that is not the course's."""
    try:
        content, saved = path.read_bytes(), path.stat().st_mtime
    except OSError as problem:
        raise CourseError(
            f"{path} cannot be read: {problem.strerror}", "A notebook that you may read", ""
        ) from problem
    name = name_of(path.stem, content)
    return OwnNotebook(name, path, content, saved) if name else None


def name_of(stem: str, content: bytes) -> str:
    """The course's name for a notebook, by its exercises, else by its file; ``""`` for another."""
    numbers = _exercises(content) if len(content) <= MAX_BYTES else set()
    for item in course_notebooks():
        if item.exercises and not numbers.isdisjoint(item.exercises):
            return item.name
    return next((i.name for i in course_notebooks() if i.exercises and i.name == stem), "")


def _exercises(content: bytes) -> set[int]:
    """Numbers of the exercises whose cells a notebook holds, by their ids."""
    try:
        cells = json.loads(content)["cells"]
        ids = [
            str(name)
            for cell in cells
            for name in (cell.get("id"), cell["metadata"].get("nbgrader", {}).get("grade_id"))
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return set()  # what is wrong with it, the grader says
    return {number_in(name, "exercise") for name in ids} - {0}
