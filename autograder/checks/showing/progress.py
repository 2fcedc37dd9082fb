"""``progress()``: the best points in all exercises, kept over restarts.

Each exercise has a small file of its own in Jupyter's data folder: the kernels of several
notebooks write different ones, and a broken file costs one exercise. The folder's name comes from
the path of the course, so that two copies do not mix. Only kernels that a learner uses write:
JupyterLab sends the id of each cell that it runs, nbclient and stock nbgrader do not. Elsewhere,
and where the folder cannot be used, progress lasts as long as the kernel.
"""

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.careful_files import write_file
from autograder.checks.exercises import MODULES
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.verdict import Verdict
from autograder.checks.showing.card import points, rich
from autograder.checks.showing.panel import framed
from autograder.root import ROOT


def default_folder() -> Path:
    """Folder in which the progress in this copy of the course is kept."""
    from jupyter_core.paths import jupyter_data_dir

    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path(jupyter_data_dir()) / "satellite-course" / key


@dataclass(frozen=True)
class Line:
    """One exercise at a glance. ``best`` is ``None`` where it was never checked."""

    number: int
    title: str
    best: float | None
    points: float

    @property
    def state(self) -> tuple[str, str]:
        """A mark, and the same in words."""
        if self.best is None:
            return "·", "not checked yet"
        if self.best >= self.points:
            return "✓", "all right"
        return ("◐", "partly right") if self.best else ("✗", "not yet right")


@dataclass(frozen=True)
class Overview:
    """All exercises at a glance, as a table."""

    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        """The sum in words."""
        done = sum(line.state[0] == "✓" for line in self.lines)
        earned = sum(line.best or 0 for line in self.lines)
        total = sum(line.points for line in self.lines)
        return (
            f"Your progress: {done} of {len(self.lines)} exercises all right, "
            f"{points(earned)} of {points(total)} points"
        )

    def __str__(self) -> str:
        """The table as text."""
        rows = [self.heading]
        for line in self.lines:
            mark, words = line.state
            score = f"{points(line.best or 0)}/{points(line.points)}"
            rows.append(f"  {mark} {line.number:2} {line.title:36} {score:>7}  {words}")
        return "\n".join(rows)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What IPython shows: html where it can, else text."""
        return {"text/plain": str(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        """A table with headers that a screen reader can announce."""
        head = "".join(
            f"<th scope='col' style='text-align:left'>{words}</th>"
            for words in ("Exercise", "Best points", "State")
        )
        rows = "".join(_row(line) for line in self.lines)
        table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return framed(self.heading, f"<table style='margin:.5em 0'>{table}</table>")


def _row(line: Line) -> str:
    mark, words = line.state
    cell = "<td style='text-align:left'>"
    return (
        f"<tr><th scope='row' style='text-align:left;font-weight:normal'>{line.number} · "
        f"{rich(line.title)}</th>{cell}{points(line.best or 0)} of {points(line.points)}</td>"
        f"{cell}<span aria-hidden='true'>{mark}</span> {words}</td></tr>"
    )


class Progress:
    """The best points by exercise.

    Args:
        folder: Where they are kept (default: `default_folder`).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._best: dict[int, float] = {}

    def note(self, verdict: Verdict, keep: bool) -> None:
        """Remember a verdict where it is the best so far. Never fails.

        Args:
            verdict: What a check found.
            keep: Whether to write it to a file, for other kernels.
        """
        number, score = verdict.exercise, verdict.score
        if score > self._best.get(number, -1.0):
            self._best[number] = score
        if not keep:
            return
        try:
            file = self._file(number)
            if self._best[number] > _read(file):
                _write(file, {"exercise": number, "best": self._best[number]})
        except Exception:  # a full or read-only disk is no reason to withhold a verdict
            return

    def overview(self, numbers: Iterable[int] = tuple(MODULES)) -> Overview:
        """The exercises, with the best points that this kernel or others have reached."""
        return Overview(tuple(self._line(number) for number in numbers))

    def _line(self, number: int) -> Line:
        expectation = expectations.load(number)
        total = sum(expectation.aspects.values())
        try:
            kept = _read(self._file(number))
        except Exception:  # no home folder, for example
            kept = -1.0
        best = min(max(kept, self._best.get(number, -1.0)), total)
        return Line(number, expectation.title, best if best >= 0 else None, total)

    def _file(self, number: int) -> Path:
        folder = self._folder or default_folder()
        return folder / f"exercise-{number:02d}.json"


def _read(file: Path) -> float:
    """The best points in a file; -1 where there is none, or none that can be read."""
    try:
        best = json.loads(file.read_text(encoding="utf-8"))["best"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return -1.0
    valid = type(best) in (int, float) and math.isfinite(best) and best >= 0
    return float(best) if valid else -1.0


def _write(file: Path, data: dict[str, float]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, json.dumps(data).encode(), mode=0o600)
