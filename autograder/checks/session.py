"""Watch a notebook's cells run: which exercise made which name, printed what, asked for what."""

import ast
import hashlib
import json
import re
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from autograder.checks.blank import PLACEHOLDER, Blank
from autograder.checks.workspace import MISSING, Workspace

GIVEN = 0
"""Label of a run of a cell that the course gives; it belongs to no exercise."""

MAX_PRINTED = 20_000
_EXERCISE_ID = re.compile(r"exercise-(\d+)")
_GIVEN_ID = re.compile(r"(given|check)-[\w-]+")


@dataclass
class Run:
    """One run of one cell.

    Attributes:
        source: The cell's code.
        exercise: Exercise that the cell belongs to, `GIVEN`, or ``None`` for a cell that the
            learner added: the next check claims it.
        started, ended: Unix time in seconds.
        assigned: Names that the run bound.
        printed: What it printed.
        error: Exception that stopped it, or ``""``.
    """

    source: str
    exercise: int | None
    started: float
    ended: float = float("inf")
    assigned: frozenset[str] = frozenset()
    printed: str = ""
    error: str = ""


class Tee:
    """Standard output that remembers the first `MAX_PRINTED` characters."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""

    def write(self, words: str) -> int:
        """Pass on to the stream, and remember."""
        if isinstance(words, str) and len(self.text) < MAX_PRINTED:
            self.text += words[: MAX_PRINTED - len(self.text)]
        return self.stream.write(words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@dataclass
class Session:
    """The runs of one kernel, oldest first.

    Attributes:
        shell: The IPython shell.
        runs: What was run; recording sets it back to replay an exercise.
    """

    shell: Any
    runs: list[Run] = field(default_factory=list)
    _before: dict[str, Any] = field(default_factory=dict)
    _tee: Tee | None = None

    def watch(self) -> None:
        """Start watching, and bind ``___`` to a blank that says so when it is used."""
        self.shell.user_ns[PLACEHOLDER] = Blank()
        self.shell.events.register("pre_run_cell", self.before_cell)
        self.shell.events.register("post_run_cell", self.after_cell)

    def before_cell(self, info: Any) -> None:
        """IPython calls this before it runs a cell."""
        source = info.raw_cell or ""
        label = label_of(getattr(info, "cell_id", None), source)
        self.runs.append(Run(source, label, time.time()))
        self._before = dict(self.shell.user_ns)
        self._tee = Tee(sys.stdout)
        sys.stdout = self._tee

    def after_cell(self, result: Any) -> None:
        """IPython calls this after it ran a cell, whatever came of it."""
        if not self.runs or self._tee is None:
            return  # the cell in which watching began
        if sys.stdout is self._tee:
            sys.stdout = self._tee.stream
        run, names = self.runs[-1], self.shell.user_ns
        problem = result.error_before_exec or result.error_in_exec
        changed = {
            name for name, value in names.items() if self._before.get(name, MISSING) is not value
        }
        run.assigned = frozenset(changed | (set() if problem else _stored_names(run.source)))
        run.printed, run.ended = self._tee.text, time.time()
        run.error = _describe(problem) if problem else ""
        self._before, self._tee = {}, None

    def workspace(self, number: int, client: Any = None) -> Workspace:
        """What exercise ``number`` may read, after claiming the cells that the learner added.

        Args:
            number: The exercise.
            client: Client of the offline services, for an exercise that looks at them.
        """
        for run in self.runs:
            if run.exercise is None and run.ended != float("inf"):
                run.exercise = number
        own = [run for run in self.runs if run.exercise == number]
        made_in = {name: run.exercise or GIVEN for run in self.runs for name in run.assigned}
        return Workspace(
            names=self.shell.user_ns,
            exercise=number,
            made_in=made_in,
            requests=_during(client.journal(), own) if client else (),
            objects=client.objects() if client else (),
            read_object=client.read_object if client else lambda path: b"",
            printed="".join(run.printed for run in own),
            error=own[-1].error if own else "",
            source="\n".join(run.source for run in own),
            folder=Path.cwd(),
        )


def label_of(cell_id: str | None, source: str) -> int | None:
    """The exercise of a cell, `GIVEN`, or ``None`` where the learner added it.

    JupyterLab tells a cell's id; nbclient does not, so given cells are also known by their code.
    """
    if cell_id and (match := _EXERCISE_ID.fullmatch(cell_id)):
        return int(match.group(1))
    if (cell_id and _GIVEN_ID.fullmatch(cell_id)) or digest(source) in given_digests():
        return GIVEN
    return None


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


def _during(journal: list[dict[str, Any]], runs: list[Run]) -> list[dict[str, Any]]:
    """The requests that were sent while one of ``runs`` ran."""
    return [
        entry for entry in journal if any(run.started <= entry["time"] <= run.ended for run in runs)
    ]


def _stored_names(source: str) -> set[str]:
    """Names that a cell's code binds: rebinding an equal small number leaves no other trace."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()  # a cell with a magic, for example
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _describe(problem: BaseException) -> str:
    """An exception in one line."""
    try:
        words = " ".join(str(problem).split())
    except Exception:  # a learner's exception may fail to describe itself
        words = ""
    return f"{type(problem).__name__}: {words}"[:200].removesuffix(": ")
