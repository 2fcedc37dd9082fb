"""Find the notebooks to rehearse: a folder of them, or some by name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.recognising import Recogniser, named
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


def own_notebooks(places: Collection[Path], sources: Sequence[SourceNotebook]) -> list[OwnNotebook]:
    """The course's notebooks in folders and files, in the order of the course.

    Args:
        places: Folders, searched without those below them, and files.
        sources: The notebooks as the course hands them out.

    Raises:
        CourseError: One is not there or cannot be read, or none is a notebook of the course.
    """
    recogniser = Recogniser(sources)
    names = [source.name for source in sources]
    found: dict[str, OwnNotebook] = {}
    for path in sorted(_files(places), key=lambda path: path.name):
        content, saved = _read(path)
        by_name = named(path.name, names)
        name = next(iter(recogniser.which(content)), by_name)
        if name and (name not in found or path.stem == name):
            found[name] = OwnNotebook(name, path, content, saved)
    if not found:
        raise CourseError(
            f"There is no notebook of the course in {', '.join(map(str, places))}",
            f"Notebooks such as {names[0]}.ipynb",
            'Save your notebook, or name it: make rehearse NOTEBOOKS="folder or notebooks"',
        )
    return [found[name] for name in names if name in found]


def _files(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        if place.is_dir():
            yield from place.glob("[!.]*.ipynb")
        elif place.is_file():
            yield place
        else:
            raise CourseError(f"There is no {place}", "A folder or a notebook", "Check its name")


def _read(path: Path) -> tuple[bytes, float]:
    """What a file holds, and when it was saved."""
    try:
        return path.read_bytes(), path.stat().st_mtime
    except OSError as problem:
        raise CourseError(
            f"{path} cannot be read: {problem.strerror}", "A notebook that you may read", ""
        ) from problem
