"""Watches the children of one submission, from a process of its own that nothing holds up.

The supervisor reads what children send, and is blind meanwhile: a message may take seconds. The
guardian reads nothing of theirs but ``/proc`` and their folder.
"""

import os
import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.limits import Limits
from autograder.grading.sandbox import NetworkBroker, Usage, Watch, die_with_parent
from autograder.services.patience import patiently

LOOK = 0.02
"""Seconds between two looks at what a child uses."""

GONE = 1.0
"""Seconds that a child may take to end after it has closed its connection."""

UNWATCHED = "the process could not be watched"
KILLED = "the process was killed from outside, perhaps because memory ran out"
"""Reasons that are not a submission's."""

GRACE = 5.0
"""Seconds that a cell has to end after it was interrupted."""


@dataclass(frozen=True)
class Begin:
    """Order: watch this child, which has not begun to run submitted code."""

    pid: int
    folder: Path
    limits: Limits
    until: float


@dataclass(frozen=True)
class Charge:
    """Order: count the child's time from now on for another cell.

    Attributes:
        cell: The cell that runs, by index; ``None`` between cells.
        exercise: The exercise that it belongs to.
        spent: Seconds that answering the child took; they count for the cell before.
    """

    cell: int | None
    exercise: int
    spent: float


@dataclass(frozen=True)
class Pause:
    """Order: from now on the child waits for the supervisor; only what it computes counts."""


@dataclass(frozen=True)
class Finish:
    """Order: stop watching after a last look."""


@dataclass(frozen=True)
class Ended:
    """Answer to `Finish`.

    Attributes:
        reason: Why the child was killed, in words; empty where it was not.
        interrupted: Exercises with a cell that was interrupted.
    """

    reason: str
    interrupted: frozenset[int]


class Guardian:
    """The supervisor's end of the guardian.

    Args:
        private: What we have open, and the guardian must not keep open.
    """

    def __init__(self, private: Sequence[Connection | NetworkBroker]) -> None:
        self._connection, theirs = Pipe()
        if not patiently(os.fork):
            for connection in (self._connection, *private):
                connection.close()
            _serve(theirs)
        theirs.close()

    def begin(self, pid: int, folder: Path, limits: Limits, until: float) -> None:
        """Watch a child; returns when it is watched.

        Args:
            pid: The process.
            folder: Its folder.
            limits: What it may use.
            until: When the whole submission must have ended, in seconds of `time.monotonic`.

        Raises:
            GradingFailedError: The guardian has ended.
        """
        self._ask(Begin(pid, folder, limits, until))

    def charge(self, cell: int | None, exercise: int, spent: float) -> None:
        """Count the child's time from now on for a cell; see `Charge`.

        Raises:
            GradingFailedError: The guardian has ended.
        """
        self._tell(Charge(cell, exercise, spent))

    def pause(self) -> None:
        """From now on the child waits for us.

        Raises:
            GradingFailedError: The guardian has ended.
        """
        self._tell(Pause())

    def finish(self, pid: int, gone: bool = False) -> Ended:
        """Stop watching after a last look, and kill the child if it still runs.

        Args:
            pid: The process.
            gone: Whether it has closed its connection: then it may be about to end.

        Returns:
            Why it ended early; without a reason where it was neither stopped nor crashed.

        Raises:
            GradingFailedError: The guardian has ended.
        """
        ended = self._ask(Finish())
        if not ended.reason and _killed(pid, GONE if gone else 0.0):
            ended = replace(ended, reason=KILLED)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if not ended.reason and os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
            name = signal.Signals(os.WTERMSIG(status)).name
            return replace(ended, reason=f"the Python process ended with {name}")
        return ended

    def _tell(self, order: Begin | Charge | Pause | Finish) -> None:
        try:
            self._connection.send(order)
        except OSError:
            raise GradingFailedError("the watching process ended") from None

    def _ask(self, order: Begin | Finish) -> Ended:
        self._tell(order)
        try:
            answer: Ended = self._connection.recv()
        except (EOFError, OSError):
            raise GradingFailedError("the watching process ended") from None
        return answer


def _killed(pid: int, patience: float) -> bool:
    """Whether another than us has killed a child, which the sandbox keeps from doing so itself.

    The kernel does where memory runs out.
    """
    by = time.monotonic() + patience
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while (ended := os.waitid(os.P_PID, pid, flags)) is None:
        if time.monotonic() >= by:
            return False
        time.sleep(LOOK)
    return ended.si_code == os.CLD_KILLED and ended.si_status == signal.SIGKILL


def _serve(connection: Connection) -> NoReturn:
    """Be a guardian: watch one child after the other."""
    try:
        die_with_parent()
        between = 0.0
        while isinstance(order := connection.recv(), Begin):
            guard = _Guard(order, between)
            connection.send(Ended("", frozenset()))
            guard.keep(connection)
            between = guard.between
    except EOFError:
        pass  # the supervisor is done
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


class _Guard:
    """Watches one child.

    Args:
        order: Which, and its limits.
        between: Seconds that the submission took beyond its cells before.

    Attributes:
        between: The same by now.
    """

    def __init__(self, order: Begin, between: float) -> None:
        self.between = between
        self._order = order
        self._watch = Watch(order.pid, order.folder, order.limits)
        self._usage = Usage(order.pid)
        self._charged = Charge(None, 0, 0.0)
        self._waits = False
        self._took: dict[int, float] = {}
        self._interrupted: dict[int, int] = {}
        self._reason = ""

    def keep(self, connection: Connection) -> None:
        """Look at the child, until the order comes to finish."""
        while True:
            if not connection.poll(LOOK):
                self._look()
                continue
            order = connection.recv()
            self._count()
            self._waits = isinstance(order, Pause)
            if isinstance(order, Charge):
                self._add(order.spent)
                self._charged = order
            if isinstance(order, Finish):
                self._look(last=True)
                found = frozenset(self._interrupted.values())
                connection.send(Ended(self._reason, found))
                return

    def _look(self, last: bool = False) -> None:
        if self._reason:
            return
        try:
            self._reason = self._watch.exceeded(whole=last) or ""
            self._count()
            self._usage.weigh()
            self._reason = self._reason or (not last and self._late()) or ""
        except Exception:  # a child that cannot be watched must not run on
            traceback.print_exc()
            self._reason = UNWATCHED
        if self._reason:
            os.kill(self._order.pid, signal.SIGKILL)

    def _count(self) -> None:
        """Add the time since the last look."""
        self._add(self._usage.seconds(self._waits))

    def _add(self, seconds: float) -> None:
        cell = self._charged.cell
        if cell is None:
            self.between += seconds
        else:
            self._took[cell] = self._took.get(cell, 0.0) + seconds

    def _late(self) -> str | None:
        cell, limits = self._charged.cell, self._order.limits
        if time.monotonic() > self._order.until:
            return f"time limit of {limits.total_seconds:g} s for all notebooks reached"
        if self.between > limits.between_seconds:
            return f"limit of {limits.between_seconds:g} s beyond its cells reached"
        took = 0.0 if cell is None else self._took.get(cell, 0.0)
        if cell is None or took < limits.cell_seconds:
            return None
        if took > limits.cell_seconds + GRACE:
            return f"a cell ran longer than {limits.cell_seconds:g} s"
        if cell not in self._interrupted:
            self._interrupted[cell] = self._charged.exercise
            os.kill(self._order.pid, signal.SIGINT)
        return None
