"""``rehearse()``: starts `autograder.rehearsal` for the notebooks beside this one, and shows it.

It is a program of its own: a kernel is not to be forked, nor filled with what grading imports.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks.notebook.history import GIVEN, Run, current
from autograder.checks.notebook.session import Session
from autograder.checks.showing.panel import Panel
from autograder.checks.texts import card as say
from autograder.root import ROOT
from utils.errors import CourseError

PATIENCE = 10.0
"""Seconds that a rehearsal which was interrupted has to clean up."""


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal that IPython shows: what was found, and before it what is not in the file."""

    text: str
    html: str
    unsaved: Panel | None = None

    def __str__(self) -> str:
        """The rehearsal as text."""
        return f"{self.unsaved}\n\n{self.text}" if self.unsaved else self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What IPython shows: html where it can, else text."""
        before = self.unsaved.as_html() if self.unsaved else ""
        return {"text/plain": str(self), "text/html": before + self.html}


def rehearse(session: Session) -> Rehearsed | Panel:
    """Grade the notebooks in the folder of this one, as saved.

    Raises:
        CourseError: There are none, or they cannot be graded here.
    """
    file = file_of(session.shell.user_ns)
    folder = file.parent if file else Path.cwd()
    unsaved = not_in_file(session.runs, file or folder / _named_by(session.runs))
    try:
        answer = _run(folder)
    except KeyboardInterrupt:
        return Panel(say("rehearsal-stopped"))
    if "problem" in answer:
        raise CourseError(*answer["problem"])
    return Rehearsed(answer["text"], answer["html"], unsaved)


def file_of(names: Mapping[str, Any]) -> Path | None:
    """The file of the notebook that runs here, where Jupyter's server or VS Code tell it.

    Args:
        names: The notebook's global names.
    """
    for told in (os.environ.get("JPY_SESSION_NAME"), names.get("__vsc_ipynb_file__")):
        if isinstance(told, str) and os.path.isabs(told) and os.path.isfile(told):
            return Path(told)
    return None


def _named_by(runs: Iterable[Run]) -> str:
    """The usual name of the file in which the latest of the course's cells stands."""
    names = [run.notebook for run in runs if run.notebook]
    return f"{names[-1]}.ipynb" if names else ""


def _run(folder: Path) -> dict[str, Any]:
    """Run the rehearsal; what it tells on the way is printed.

    Raises:
        KeyboardInterrupt: The cell was interrupted. Nothing of the rehearsal runs on.
        CourseError: It ended without an answer.
    """
    # -P: a file of the learner's that is called autograder.py is not ours.
    command = [sys.executable, "-P", "-m", "autograder.rehearsal", "--json", str(folder)]
    with (
        tempfile.TemporaryFile() as answer,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,  # it ends when this kernel does
            stdout=answer,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,  # an interrupt of the kernel is passed on by us
        ) as process,
    ):
        last = ""
        try:
            assert process.stderr
            for line in process.stderr:
                last = line.strip() or last
                print(line, end="", flush=True)
            process.wait()
        except BaseException:
            _stop(process)
            raise
        answer.seek(0)
        try:
            return dict(json.loads(answer.read()))
        except ValueError:
            raise CourseError(
                f"The rehearsal ended without an answer ({last})",
                "",
                "Run `make rehearse` in a terminal, and show its last words to your instructor",
            ) from None


def _stop(process: "subprocess.Popen[str]") -> None:
    """Have it clean up and end; killed after a while, it takes along what it has started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def not_in_file(runs: Iterable[Run], file: Path) -> Panel | None:
    """What to say where code that ran here last is not in the notebook's file."""
    own = [run for run in current(runs) if run.exercise != GIVEN]
    if not own or not file.is_file():
        return None
    saved = file.stat().st_mtime
    if saved >= max(run.started for run in own):
        return None
    try:
        cells = json.loads(file.read_bytes())["cells"]
        sources = {"".join(cell["source"]).strip() for cell in cells}
    except (ValueError, TypeError, KeyError):
        return None
    if all(run.source.strip() in sources for run in own):
        return None
    moment = time.strftime("%H:%M:%S", time.localtime(saved))
    return Panel(say("rehearsal-unsaved", file=file.name, time=moment))
