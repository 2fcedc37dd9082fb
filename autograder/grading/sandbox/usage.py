"""How much time a process took for itself, and what it weighs against others."""

import contextlib
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

HEAVIER = 1.25
"""By how much a step of niceness changes a thread's share of a processor, as Linux has it."""

FEW = 2
"""So many threads at a time are left alone."""

LONG = 5.0
"""Seconds of processor time after which a process weighs less. The solution of a notebook takes one
to two and a half, all in all."""

AFTER_LONG = 3
"""Steps by which it is nicer then: it weighs half of one that has just begun. What a cell waits for
a processor is not its time, so an honest one only gets slower."""

LEAST = 19
"""Highest niceness."""

TICK = 1 / os.sysconf("SC_CLK_TCK")


class Usage:
    """Time and weight of a process, as its parent's side sees it.

    On a busy machine a process waits for a processor through no fault of its own. So its time is
    what it computed, in all threads, and what it waited for other things.

    Args:
        pid: The process.
    """

    def __init__(self, pid: int) -> None:
        self._process = Path("/proc", str(pid))
        self._nice = 0
        self._ready = 0
        self._seen = time.monotonic()
        self._computed = self._processor_seconds()

    def seconds(self, waits: bool = False) -> float:
        """Seconds of its own since this was asked last.

        Args:
            waits: Whether it waited for us, so that only what it computed counts.
        """
        now, computed = time.monotonic(), self._processor_seconds()
        passed, used = now - self._seen, max(0.0, computed - self._computed)
        self._seen, self._computed = now, computed
        self._ready = self._count_ready()
        return used if waits or self._ready else max(passed, used)

    def weigh(self) -> None:
        """See to it that all its threads weigh as much as one: nobody gets more by having more.

        One that computes for long gets less than those that do not. What counts is how many were
        ready, and what was computed, when `seconds` was asked last.
        """
        many = self._ready > FEW
        nice = round(math.log(self._ready, HEAVIER)) if many else 0
        nice = min(LEAST, nice + AFTER_LONG * (self._computed > LONG))
        if nice <= self._nice:  # it cannot be taken back by an ordinary user
            return
        self._nice = nice
        for thread in self._threads():
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, int(thread.name), nice)

    def _count_ready(self) -> int:
        """How many threads compute, or wait for a processor."""
        return sum(_state(thread / "stat").startswith(b"R") for thread in self._threads())

    def _threads(self) -> Iterator[Path]:
        try:
            yield from (self._process / "task").iterdir()
        except (FileNotFoundError, ProcessLookupError):
            return

    def _processor_seconds(self) -> float:
        fields = _state(self._process / "stat").split()
        return (int(fields[11]) + int(fields[12])) * TICK if fields else 0.0


def _state(path: Path) -> bytes:
    """What ``/proc`` says behind the name, from the state on; nothing of one that is gone."""
    try:
        # The process chooses its name, which stands in brackets.
        return path.read_bytes().rpartition(b") ")[2]
    except (FileNotFoundError, ProcessLookupError):
        return b""
