"""Which of the course's notebooks a file is, whatever it is called: told by its content.

Content is compared as bytes, so that a file that is torn or hostile is as good as any other.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from autograder.grading.course import SourceNotebook

ALIKE = 0.2
"""Share of a notebook's marks that a file must hold to be this notebook, whatever its name."""

CLEARLY = 2
"""How many times more it must hold of this one than of any other."""

SHORTEST = 8
"""Fewest characters of a line that is a mark."""

_COPY = re.compile(r"copy|kopie|copie|copia|cópia|kópia|копия", re.IGNORECASE)

_COPY_OF = re.compile(
    r"(?<=[_-])\s*(copy of|kopie von|copie de|copia de|cópia de)\s*$", re.IGNORECASE
)


def is_notebook(name: str) -> bool:
    """Whether a file is a notebook, as its name says; browsers add endings."""
    return ".ipynb" in name.casefold()


def named(name: str, notebooks: Collection[str]) -> str:
    """The notebook of the course that a file's name speaks of; ``""`` for none or several."""
    plain = _plain(name)
    found = [notebook for notebook in notebooks if _plain(notebook) in plain]
    return found[0] if len(found) == 1 else ""


def is_named(name: str, notebooks: Collection[str]) -> bool:
    """Whether a name is that of a notebook of the course and nothing else."""
    return _plain(name) in map(_plain, notebooks)


def owner_before(name: str, notebooks: Collection[str]) -> str:
    """The student's name in ``alice_01-first.ipynb``; ``""`` where there is none."""
    notebook = named(name, notebooks)
    owner, found, _ = name.partition(notebook) if notebook else ("", "", "")
    owner = _COPY_OF.sub("", owner.rstrip()).rstrip()
    if not found or not owner.endswith(("_", "-")) or _COPY.search(owner):
        return ""
    return owner.rstrip("_- ")


def _plain(name: str) -> str:
    """Letters and digits of a name, with one hyphen for all that stands between them."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


class Recogniser:
    """Knows the course's notebooks by what only one of them holds.

    Args:
        sources: The course's notebooks.
    """

    def __init__(self, sources: Sequence[SourceNotebook]) -> None:
        lines = {source.name: _marks(source) for source in sources}
        count = Counter(mark for marks in lines.values() for mark in marks)
        self._marks = {
            name: sorted(mark for mark in marks if count[mark] == 1)
            for name, marks in lines.items()
        }

    def holds(self, content: bytes, name: str) -> bool:
        """Whether a file holds a notebook, perhaps among others."""
        marks = self._marks[name]
        found = (mark for mark in marks if mark in content)
        return any(count >= ALIKE * len(marks) for count, _ in enumerate(found, 1))

    def which(self, content: bytes) -> list[str]:
        """The notebook that a file is; none, or several, where that is not beyond doubt."""
        shares = {
            name: sum(mark in content for mark in marks) / len(marks)
            for name, marks in self._marks.items()
            if marks
        }
        best = max(shares.values(), default=0.0)
        if best < ALIKE:
            return []
        return [name for name, share in shares.items() if share * CLEARLY >= best]


def _marks(source: SourceNotebook) -> set[bytes]:
    """Names of cells, and lines that read the same in any json."""
    marks = {f'"{cell.id}"'.encode() for cell in source.cells}
    for cell in source.cells:
        for line in map(str.strip, cell.source.splitlines()):
            if len(line) >= SHORTEST and line.isascii() and not set(line) & {'"', "\\"}:
                marks.add(line.encode())
    return marks
