"""The children of a supervisor, in which submitted code runs.

They are forked before the supervisor gets its task, so that their memory holds no secret.
"""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.messages import Message, PipeContact, receive, send
from autograder.grading.limits import Limits
from autograder.grading.sandbox import (
    NetworkBroker,
    Watch,
    confine,
    die_with_parent,
    readable_paths,
)

LOOK = 0.05
"""Seconds between two looks at what a child uses."""

GONE = 1.0
"""Seconds that a child may take to end after it has closed its connection."""

GRACE = 5.0
"""Seconds that a cell has to end after it was interrupted."""


UNWATCHED = "the process could not be watched"
KILLED = "the process was killed from outside, perhaps because memory ran out"
"""Reasons that are not a submission's."""


@dataclass(frozen=True)
class Child:
    """A process that waits to be told what to run."""

    pid: int
    connection: Connection
    broker: NetworkBroker


def fork_children(count: int, private: Sequence[Connection]) -> list[Child]:
    """Fork children, which then wait for `start`. Their memory holds what ours holds now.

    Args:
        count: How many.
        private: Our connections, which the children must not keep open.
    """
    children: list[Child] = []
    for _ in range(count):
        ours, theirs = Pipe()
        broker = NetworkBroker()
        pid = os.fork()
        if not pid:
            for connection in (ours, *private, *(child.connection for child in children)):
                connection.close()
            _serve(theirs, broker)
        theirs.close()
        children.append(Child(pid, ours, broker))
    return children


def _serve(connection: Connection, broker: NetworkBroker) -> NoReturn:
    """Be a child: wait for the order, run it, end."""
    try:
        die_with_parent()
        os.setsid()  # Linux may share the processor by session: many threads gain nothing
        order = receive(connection).content
        try:
            _settle_in(order, connection, broker)
            from autograder.grading.running.runner import run_cells
        except BaseException:
            send(connection, Message("failed", {"why": traceback.format_exc()}))
            raise
        contact = PipeContact(connection)
        run_cells([Cell(**cell) for cell in order["cells"]], contact, Limits(**order["limits"]))
        contact.done()
    finally:
        os._exit(0)


def _settle_in(order: dict[str, Any], connection: Connection, broker: NetworkBroker) -> None:
    """Let go of what the parent had open and set, and shut this process in if the order says so."""
    from autograder.grading.processes.prefork import after_fork

    folder, limits = Path(order["folder"]), Limits(**order["limits"])
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    sys.path[:] = [path for path in sys.path if path]
    after_fork()
    if order["confined"]:
        readable = [*readable_paths(), *map(Path, order["readable"])]
        confine(folder, readable, broker, limits, keep=[connection.fileno()])


def start(child: Child, cells: Sequence[Cell], **order: Any) -> None:
    """Tell a child what to run.

    Args:
        child: The process.
        cells: What it runs.
        order: What `_settle_in` and `_serve` read, and the ``port`` of the offline services.
    """
    if order["confined"]:
        child.broker.open(order["port"])
    content = {"cells": [asdict(cell) for cell in cells], **order}
    send(child.connection, Message("run", content))


class Guardian(threading.Thread):
    """Watches a child and kills it where it goes beyond its limits.

    Args:
        child: The process.
        folder: Its folder.
        limits: What it may use.
        until: When the whole submission must have ended, in seconds of `time.monotonic`.

    Attributes:
        reason: Why the child was killed, in words; empty where it was not.
        interrupted: Whether a cell was interrupted since this was last set to False.
    """

    def __init__(self, child: Child, folder: Path, limits: Limits, until: float) -> None:
        super().__init__(daemon=True)
        self.reason = ""
        self.interrupted = False
        self._pid = child.pid
        self._watch = Watch(child.pid, folder, limits)
        self._limits = limits
        self._until = until
        self._in_cell = False
        self._left = limits.cell_seconds
        self._answer_by: float | None = None
        self._finished = threading.Event()

    def wait_for_child(self, in_cell: bool, anew: bool) -> None:
        """From now on the supervisor waits for the child, whose time runs.

        Args:
            in_cell: Whether the child runs a cell.
            anew: Whether it gets the full time, because a cell has begun or ended.
        """
        if anew:
            self._left = self._limits.cell_seconds
        self._in_cell = in_cell
        self._answer_by = time.monotonic() + self._left

    def child_waits(self) -> None:
        """From now on the child waits for the supervisor, and its time stands still."""
        if self._answer_by is not None:
            self._left = self._answer_by - time.monotonic()
        self._answer_by = None

    def run(self) -> None:
        """Look at the child until it is finished or killed."""
        while not self._finished.wait(LOOK):
            self.reason = self._look()
            if self.reason:
                os.kill(self._pid, signal.SIGKILL)
                return

    def _look(self, last: bool = False) -> str:
        """Why the child must not run on; empty where it may."""
        try:
            return self._watch.exceeded(whole=last) or (not last and self._out_of_time()) or ""
        except Exception:  # a child that cannot be watched must not run on
            traceback.print_exc()
            return UNWATCHED

    def _out_of_time(self) -> str | None:
        now, limits = time.monotonic(), self._limits
        if now > self._until:
            return f"time limit of {limits.total_seconds:g} s for all notebooks reached"
        by = self._answer_by
        if by is None or now < by:
            return None
        if not self._in_cell or now > by + GRACE:
            return f"a cell ran longer than {limits.cell_seconds:g} s"
        if not self.interrupted:
            self.interrupted = True
            os.kill(self._pid, signal.SIGINT)
        return None

    def finish(self, gone: bool = False) -> str:
        """Stop watching after a last look, and kill the child if it still runs.

        Args:
            gone: Whether it has closed its connection: then it may be about to end.

        Returns:
            Why it ended early, in words; empty where it was neither stopped nor crashed.
        """
        self._finished.set()
        self.join()
        self.reason = self.reason or self._killed(GONE if gone else 0.0) or self._look(last=True)
        os.kill(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        if self.reason:
            return self.reason
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
            return f"the Python process ended with {signal.Signals(os.WTERMSIG(status)).name}"
        return ""

    def _killed(self, patience: float) -> str:
        """That another than us has killed the child, which the sandbox keeps from doing so itself.

        The kernel does where memory runs out.
        """
        by = time.monotonic() + patience
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while (ended := os.waitid(os.P_PID, self._pid, flags)) is None:
            if time.monotonic() >= by:
                return ""
            time.sleep(LOOK)
        killed = ended.si_code == os.CLD_KILLED and ended.si_status == signal.SIGKILL
        return KILLED if killed else ""
