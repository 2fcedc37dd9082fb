"""Stop code that takes too long."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 1.0
"""Seconds after which TimeoutError is raised again, where code has caught and ignored it."""


@contextmanager
def timeout(seconds: int) -> Iterator[None]:
    """Stop what runs inside after some seconds; only in the main thread of a process.

    Raises:
        TimeoutError: It took longer.
    """

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"it took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
