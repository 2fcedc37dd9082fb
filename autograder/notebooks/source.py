"""Read the text source: MyST notebooks, with the manifest of an exercise in its cell's metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
from jupytext.myst import MystMetadataParsingError

from autograder.checks.explaining.claims import EFFECT
from autograder.checks.texts import Texts, of_exercise
from autograder.root import ROOT
from utils.errors import CourseError

_BLANK = re.compile(r"«(.*?)»", re.DOTALL)
_TODO = re.compile(r"[ \t]*# TODO\b.*$", re.MULTILINE)


def without_notes(code: str) -> str:
    """Code without the ``# TODO`` notes that a learner's cell brings."""
    return _TODO.sub("", code)


def with_blanks(code: str) -> str:
    """Code as a learner first sees it: ``___`` for each ``«solution»``."""
    return _BLANK.sub("___", code)


def filled(code: str) -> str:
    """Code with its blanks filled, without ``# TODO`` notes."""
    solved = without_notes(_BLANK.sub(r"\1", code))
    return "\n".join(line.rstrip() for line in solved.splitlines())


@dataclass(frozen=True)
class Change:
    """A known way to answer otherwise: a mistake, or an answer that is right as well.

    Attributes:
        name: Short name, words joined by hyphens.
        replace: New text for texts of the solution.
        then: Code that is appended to it.
        claims: What the sentence claims, for `explaining.claims`: ``None`` where its author did
            not say.
    """

    name: str
    replace: dict[str, str] = field(default_factory=dict)
    then: str = ""
    claims: dict[str, Any] | None = None

    def apply(self, solution: str) -> str:
        """The solution turned into this answer.

        Raises:
            CourseError: The solution lacks a text that is to be replaced.
        """
        for old, new in self.replace.items():
            if old not in solution:
                raise CourseError(
                    f"{self.name} replaces {old!r}, which the solution does not hold",
                    "text of the solution",
                    "Mend its `replace` in solutions/*.md",
                )
            solution = solution.replace(old, new)
        return solution + (f"\n{self.then}" if self.then else "")


@dataclass(frozen=True)
class Manifest:
    """An exercise as its author wrote it.

    Attributes:
        aspects: Points by aspect.
        see: Heading of the section that teaches it, in the same notebook.
        code: Its code, each blank marked as ``«solution»``.
        texts: What the checker says of it.
        alt: The figure that its solution draws, in words; ``""`` for none.
    """

    number: int
    title: str
    aspects: dict[str, float]
    mistakes: tuple[Change, ...]
    accepted: tuple[Change, ...]
    code: str
    see: str = ""
    texts: Texts = field(default_factory=Texts)
    alt: str = ""

    @property
    def points(self) -> float:
        """Points of the exercise."""
        return sum(self.aspects.values())

    @property
    def starter(self) -> str:
        """The code with blanks, as a learner first sees it."""
        return with_blanks(self.code)

    @property
    def solution(self) -> str:
        """The code with its blanks filled, without ``# TODO`` notes."""
        return filled(self.code)


@dataclass(frozen=True)
class Cell:
    """One cell of the source: ``text``, ``given`` code, or an ``exercise``."""

    kind: str
    source: str
    name: str = ""
    locked: bool = False
    alt: str = ""
    exercise: Manifest | None = None


@dataclass(frozen=True)
class Notebook:
    """One notebook of the source; ``name`` is its file name without the ending."""

    name: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def exercises(self) -> tuple[Manifest, ...]:
        """Its exercises in order."""
        return tuple(cell.exercise for cell in self.cells if cell.exercise)


def read(file: Path) -> Notebook:
    """Read one source file.

    Raises:
        CourseError: The text is no such file, or an exercise's manifest has another form.
    """
    text = file.read_text(encoding="utf-8")
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except MystMetadataParsingError as problem:
        raise CourseError(
            f"{file.name} cannot be read: {_line(problem)}",
            "a manifest in YAML, texts with a colon in quotation marks",
            "Mend it there",
        ) from None
    return Notebook(
        file.stem, notebook.metadata.get("title", file.stem), tuple(_cells(notebook, file))
    )


def _cells(notebook: Any, file: Path) -> Iterator[Cell]:
    for cell in notebook.cells:
        data = cell.metadata
        if cell.cell_type == "markdown":
            yield Cell("text", cell.source)
        elif "exercise" in data:
            yield Cell("exercise", "", exercise=_manifest(data, cell.source, file))
        else:
            yield Cell(
                "given",
                cell.source,
                str(data.get("name", "")),
                bool(data.get("locked", False)),
                _line(data.get("alt", "")),
            )


def _manifest(data: Any, code: str, file: Path) -> Manifest:
    """The exercise of a cell; what it lacks is for `lint.course` to tell."""
    try:
        return Manifest(
            int(data["exercise"]),
            _line(data.get("title") or ""),
            {str(name): float(points) for name, points in (data.get("aspects") or {}).items()},
            tuple(_change(item) for item in data.get("mistakes") or ()),
            tuple(_change(item) for item in data.get("accepted") or ()),
            code,
            _line(data.get("see") or ""),
            of_exercise(int(data["exercise"])),
            _line(data.get("alt") or ""),
        )
    except (AttributeError, TypeError, ValueError) as problem:
        raise CourseError(
            f"{file.name}, exercise {data['exercise']}: its manifest has another form ({problem})",
            "a whole number, and lists and keys as in the other exercises",
            "Mend it there",
        ) from None


def _line(words: object) -> str:
    """A text of the source on one line."""
    return " ".join(str(words).split())


def _change(item: Any) -> Change:
    return Change(
        str(item.get("name") or ""),
        {str(old): str(new) for old, new in (item.get("replace") or {}).items()},
        str(item.get("then") or ""),
        _claims(item.get("claims")),
    )


def _claims(words: Any) -> dict[str, Any] | None:
    """The claims of a mistake: `EFFECT`, or patterns and names of facts by key."""
    return {} if words == EFFECT else words and dict(words)


OWN_PLACE = ROOT / "solutions/own-place.md"
"""The source of the notebook on a learner's own place: its cells may have blanks, for no points."""

PAGES = (ROOT / "solutions/start.md", OWN_PLACE)
"""The sources of what stands beside the assignment: the page that opens first, `OWN_PLACE`."""


def read_all(folder: Path = ROOT / "solutions") -> list[Notebook]:
    """All notebooks of the source, in the order of the course."""
    return [read(file) for file in sorted(folder.glob("[0-9]*.md"))]
