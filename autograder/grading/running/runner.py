"""Run the cells of one notebook in this process, which can do nothing else afterwards."""

import contextlib
import signal
import urllib.request
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TYPE_CHECKING

from autograder import classroom
from autograder.checks.notebook.session import Session
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.limits import Limits
from autograder.grading.running.figures import Drawing
from autograder.grading.running.grading_classroom import GradingClassroom
from autograder.grading.running.shell import make_shell
from autograder.grading.running.transcript import Transcript

if TYPE_CHECKING:
    from autograder.grading.handing_over.messages import Contact


class CellTimeoutError(KeyboardInterrupt):
    """A cell ran for too long."""


def run_cells(cells: Sequence[Cell], contact: "Contact", limits: Limits) -> None:
    """Run the code cells of a notebook in a fresh shell, and hand over what was made.

    Check cells are not run: instead the evidence of the exercise goes to ``contact``. A SIGINT
    ends the running cell; between cells it does nothing. Standard output, standard error,
    ``input`` and the functions of `autograder` in this process are replaced.

    Raises:
        SystemExit: A cell called ``exit()``, which ends a kernel too.
    """
    # urllib remembers the proxy of its first use, which may have been before the fork.
    urllib.request.install_opener(urllib.request.build_opener())
    transcript = Transcript(limits.output)
    shell = make_shell(transcript, limits.threads)
    drawing = Drawing(shell)
    session = Session(shell)
    session.watch()
    room = GradingClassroom(
        session, contact, [cell.exercise for cell in cells if cell.kind == "check"]
    )
    classroom.enter(room)
    alarm = Alarm(limits.cell_seconds)
    for cell in cells:
        contact.begin(cell.index)
        if cell.kind == "check":
            shell.execution_count += 1
            room.hand_over(cell.exercise)
        else:
            looks = drawing.off() if cell.kind == "given" else contextlib.nullcontext()
            with alarm.on(), looks:
                shell.run_cell(
                    cell.source, store_history=True, cell_id=cell.id, cell_meta=cell.metadata
                )
        contact.end(cell.index, transcript.take())
        if shell.exit_now:
            raise SystemExit


class Alarm:
    """While it is on, SIGINT ends the running cell.

    Args:
        seconds: How long a cell may run, for the message.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._armed = False
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    @contextlib.contextmanager
    def on(self) -> Iterator[None]:
        """Turn it on inside. A SIGINT just after the cell's code has no effect."""
        with contextlib.suppress(CellTimeoutError):
            signal.signal(signal.SIGINT, self._ring)  # a cell may have put in another handler
            self._armed = True
            try:
                yield
            finally:
                self._armed = False

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            raise CellTimeoutError(f"a cell ran longer than {self._seconds:g} s")
