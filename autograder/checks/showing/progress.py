"""``progress()``: best points and last check of all exercises, kept over restarts.

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
from autograder.checks.texts import card as say
from autograder.root import ROOT


def default_folder() -> Path:
    """Folder in which the progress in this copy of the course is kept."""
    from jupyter_core.paths import jupyter_data_dir

    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path(jupyter_data_dir()) / "satellite-course" / key


COLUMNS = ("progress-exercise", "progress-best", "progress-last", "progress-state")
"""Keys of the heads of the table."""


@dataclass(frozen=True)
class Reached:
    """Points in one exercise: the best ones, and those of the last check."""

    best: float
    last: float


@dataclass(frozen=True)
class Line:
    """One exercise at a glance: points. ``best`` and ``last`` are ``None`` if never checked."""

    number: int
    title: str
    best: float | None
    last: float | None
    points: float

    @property
    def is_lower(self) -> bool:
        """Whether the last check found less than the best one."""
        return self.best is not None and self.last is not None and self.last < self.best

    @property
    def state(self) -> tuple[str, str]:
        """A mark, and the same in words, for the best."""
        if self.best is None:
            return "·", say("state-none")
        if self.best >= self.points:
            return "✓", say("state-right")
        return ("◐", say("state-part")) if self.best else ("✗", say("state-wrong"))


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
        return say(
            "progress",
            done=done,
            total=len(self.lines),
            earned=points(earned),
            points=points(total),
        )

    def __str__(self) -> str:
        """The table as text."""
        rows = [self.heading]
        for line in self.lines:
            mark, words = line.state
            last = f"  ({say('progress-last')}: {_score(line, line.last)})" if line.is_lower else ""
            score = _score(line, line.best or 0)
            rows.append(f"  {mark} {line.number:2} {line.title:36} {score:>9}  {words}{last}")
        return "\n".join(rows)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What IPython shows: html where it can, else text."""
        return {"text/plain": str(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        """A table with headers that a screen reader can announce."""
        head = "".join(
            f"<th scope='col' style='text-align:left'>{words}</th>" for words in map(say, COLUMNS)
        )
        rows = "".join(_row(line) for line in self.lines)
        table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return framed(self.heading, f"<table style='margin:.5em 0'>{table}</table>")


def _row(line: Line) -> str:
    mark, words = line.state
    cell = "<td style='text-align:left'>"
    return (
        f"<tr><th scope='row' style='text-align:left;font-weight:normal'>{line.number} · "
        f"{rich(line.title)}</th>{cell}{_score(line, line.best or 0)}</td>"
        f"{cell}{_score(line, line.last)}</td>"
        f"{cell}<span aria-hidden='true'>{mark}</span> {words}</td></tr>"
    )


def _score(line: Line, reached: float | None) -> str:
    """Points of all points; a dash where there are none."""
    return (
        "–" if reached is None else say("score", earned=points(reached), points=points(line.points))
    )


class Progress:
    """The points by exercise: the best ones, and those of the last check.

    Args:
        folder: Where they are kept (default: `default_folder`).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._reached: dict[int, Reached] = {}

    def note(self, verdict: Verdict, keep: bool) -> None:
        """Remember a verdict as the last one, and as the best where it is. Never fails.

        Args:
            verdict: What a check found.
            keep: Whether to write it to a file, for other kernels.
        """
        number = verdict.exercise
        self._reached[number] = _joined(self._reached.get(number), verdict.score)
        if not keep:
            return
        try:
            file = self._file(number)
            before = _read(file)
            now = _joined(before, verdict.score)
            now = Reached(max(now.best, self._reached[number].best), now.last)
            if now != before:
                _write(file, {"exercise": number, "best": now.best, "last": now.last})
            del self._reached[number]  # the file knows of other kernels as well
        except Exception:  # a full or read-only disk is no reason to withhold a verdict
            return

    def overview(self, numbers: Iterable[int] = tuple(MODULES)) -> Overview:
        """The exercises, with the points that this kernel or others have reached."""
        return Overview(tuple(self._line(number) for number in numbers))

    def _line(self, number: int) -> Line:
        expectation = expectations.load(number)
        total = sum(expectation.aspects.values())
        own = self._reached.get(number)
        try:
            kept = _read(self._file(number))
        except Exception:  # no home folder, for example
            kept = None
        if own is None and kept is None:
            return Line(number, expectation.title, None, None, total)
        best = max(item.best for item in (own, kept) if item)
        last = (own or kept or Reached(best, best)).last
        return Line(number, expectation.title, min(best, total), min(last, total), total)

    def _file(self, number: int) -> Path:
        folder = self._folder or default_folder()
        return folder / f"exercise-{number:02d}.json"


def _joined(before: Reached | None, score: float) -> Reached:
    return Reached(max(score, before.best) if before else score, score)


def _read(file: Path) -> Reached | None:
    """The points in a file; ``None`` where there is none, or none that can be read."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        best, last = data["best"], data.get("last", data["best"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    valid = all(type(item) in (int, float) and 0 <= item < math.inf for item in (best, last))
    return Reached(float(best), float(last)) if valid else None


def _write(file: Path, data: dict[str, float]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, json.dumps(data).encode(), mode=0o600)
