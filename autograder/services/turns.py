"""Who may compute, and how much may wait to be sent: bounds what all requests cost together."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from autograder.services.messages import BadRequest

UNSENT_LIMIT = 200 * 1024 * 1024
"""Bytes of answers that wait to be read; with more, no further answer is computed."""

PATIENCE = 30.0
"""Seconds that a request waits for earlier answers to be read."""

LOOK_AGAIN = 0.2
"""Seconds between looks at whether who waits is still there."""


class Turns:
    """Lets one request of a session compute at a time. Safe to use from several threads."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._taken = False
        self._unsent = 0

    @contextlib.contextmanager
    def turn(self, left: Callable[[], bool]) -> Iterator[None]:
        """Wait for the turn and keep it.

        Args:
            left: Says whether the client has gone meanwhile.

        Raises:
            ConnectionError: It has.
            BadRequest: Earlier answers were not read for too long.
        """
        limit = time.monotonic() + PATIENCE
        with self._free:
            while self._taken or self._unsent > UNSENT_LIMIT:
                self._free.wait(LOOK_AGAIN)
                if left():
                    raise ConnectionResetError("the client left before its turn")
                if time.monotonic() > limit and not self._taken:
                    raise BadRequest(503, "Read the answers to your earlier requests first.")
            self._taken = True
        try:
            yield
        finally:
            with self._free:
                self._taken = False
                self._free.notify_all()

    @contextlib.contextmanager
    def sending(self, size: int) -> Iterator[None]:
        """Count an answer of `size` bytes as unsent meanwhile."""
        with self._free:
            self._unsent += size
        try:
            yield
        finally:
            with self._free:
                self._unsent -= size
                self._free.notify_all()
