"""What an attack is, and how it is handed in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from autograder.root import ASSIGNMENT, RELEASED, SOLVED

KINDS = (
    *("tamper", "read", "write", "talk", "persist"),
    *("exhaust", "hang", "crash", "malformed"),
)

Json = dict[str, Any]

TIMEOUT = 15
"""Seconds for a cell. What reaches another limit, and what is honest, takes one or two of processor
time at most, so that a busy machine does not let this limit come first."""

MARKER = "ATTEMPTED"
"""An attack prints it before what it tries: so one that failed from a slip is found out."""

PRELUDE = f"""\
import ctypes, json, os
places = json.loads({{places!r}})

def attempt(what, action):
    print({MARKER!r}, what, flush=True)
    try:
        print("got:", repr(action())[:20000], flush=True)
    except BaseException as problem:
        print("refused:", type(problem).__name__, str(problem)[:200], flush=True)

def call(name, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    plain = [ctypes.c_long(part) if isinstance(part, int) else part for part in arguments]
    result = libc.syscall(ctypes.c_long(places["calls"].get(name, -1)), *plain)
    return result if result >= 0 else os.strerror(ctypes.get_errno())
"""
"""Stands at the top of each hostile cell."""


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    Attributes:
        kind: One of `KINDS`.
        name: A few words; with the kind, the name of the student.
        aim: What it wants, in a sentence.
        code: Code in the learner's cells, by exercise; it may use `PRELUDE`.
            Only the notebooks with these and honest exercises are handed in; all, where none are.
        honest: Exercises solved honestly beside it, which must keep their points.
        gains: Points that other exercises may earn at most.
        says: What must be among its outputs, beside the marker; shows that it was really tried.
        stopped: Pattern of the reason that a row, or the record, has to give.
        tries: Whether its code is expected to get as far as the marker.
        change: Changes the notebooks, by name without ``.ipynb``, before they are written.
        dress: Changes the folder of notebooks afterwards; gets the places too.
        folder: Name of the student's folder, where that is part of the attack.
    """

    kind: str
    name: str
    aim: str
    code: Mapping[int, str] = field(default_factory=dict)
    honest: tuple[int, ...] = ()
    gains: Mapping[int, float] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    stopped: str = ""
    tries: bool = True
    change: Callable[[dict[str, Json]], None] | None = None
    dress: Callable[[Path, Mapping[str, Any]], None] | None = None
    folder: str = ""

    @property
    def student(self) -> str:
        """Name of the student's folder."""
        return self.folder or f"{self.kind}-{self.name.replace(' ', '-')}"

    def hand_in(self, submitted: Path, places: Mapping[str, Any]) -> None:
        """Write the submission; the attacker knows all ``places``."""
        prelude = PRELUDE.format(places=json.dumps(places))
        code = {number: f"{prelude}\n{code}" for number, code in self.code.items()}
        notebooks = answered(self.honest, code)
        touched = {*self.honest, *self.code} or set(solutions())
        notebooks = {
            name: notebook
            for name, notebook in notebooks.items()
            if touched.intersection(map(exercise_of, notebook["cells"]))
        }
        if self.change:
            self.change(notebooks)
        folder = submitted / self.student / ASSIGNMENT
        folder.mkdir(parents=True)
        write(folder, notebooks)
        if self.dress:
            self.dress(folder, places)


def answered(honest: tuple[int, ...], code: Mapping[int, str] | None = None) -> dict[str, Json]:
    """The course's notebooks without text and examples, blank where nothing is answered.

    Args:
        honest: Exercises with the right answer.
        code: Other answers, by exercise.
    """
    notebooks: dict[str, Json] = json.loads(_bare())
    for notebook in notebooks.values():
        for cell in notebook["cells"]:
            number = exercise_of(cell)
            if number in honest:
                cell["source"] = solutions()[number]
            cell["source"] = (code or {}).get(number, cell["source"])
    return notebooks


def write(folder: Path, notebooks: Mapping[str, Json]) -> None:
    """Write notebooks into a folder."""
    for name, notebook in notebooks.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), "utf-8")


def exercise_of(cell: Json) -> int:
    """Number of the exercise that a cell answers; 0 for any other."""
    name, _, number = cell.get("id", "").rpartition("-")
    return int(number) if name == "exercise" else 0


def find(notebook: Json, name: str) -> Json:
    """A cell by its id."""
    found: Json = next(cell for cell in notebook["cells"] if cell["id"] == name)
    return found


@cache
def _bare() -> str:
    """The handed-out notebooks with only the cells that grading needs, as json."""
    notebooks = {}
    for path in sorted(RELEASED.glob("*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        notebook["cells"] = [c for c in notebook["cells"] if "nbgrader" in c["metadata"]]
        notebooks[path.stem] = notebook
    return json.dumps(notebooks)


@cache
def solutions() -> dict[int, str]:
    """The right answers."""
    found = {}
    for path in sorted(SOLVED.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if number := exercise_of(cell):
                found[number] = "".join(cell["source"])
    return found
