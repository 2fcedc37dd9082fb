"""Who may compute, and how much may wait to be sent: bounds what all requests cost together."""

import contextlib
import threading
from collections.abc import Callable, Iterator

UNSENT_LIMIT = 64 * 1024 * 1024
"""Bytes of answers that wait to be read; for a further one, the oldest are given up."""

LOOK_AGAIN = 0.2
"""Seconds between looks at whether who waits is still there."""


class Turns:
    """Lets one request of a session compute at a time. Safe to use from several threads."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._taken = False
        self._unsent: dict[object, tuple[int, Callable[[], None]]] = {}  # the oldest comes first

    @contextlib.contextmanager
    def turn(self, left: Callable[[], bool]) -> Iterator[None]:
        """Wait for the turn and keep it.

        Args:
            left: Says whether the client has gone meanwhile.

        Raises:
            ConnectionError: It has.
        """
        with self._free:
            while self._taken:
                self._free.wait(LOOK_AGAIN)
                if left():
                    raise ConnectionResetError("the client left before its turn")
            self._taken = True
        try:
            yield
        finally:
            with self._free:
                self._taken = False
                self._free.notify()

    @contextlib.contextmanager
    def sending(self, size: int, give_up: Callable[[], None]) -> Iterator[None]:
        """Count an answer of `size` bytes as unsent meanwhile.

        Args:
            size: Bytes that it holds in memory.
            give_up: Ends the connection that it waits for.
        """
        answer = object()
        with self._free:
            self._unsent[answer] = (size, give_up)
            while self._size() > UNSENT_LIMIT and len(self._unsent) > 1:
                _, give_up_oldest = self._unsent.pop(next(iter(self._unsent)))
                give_up_oldest()
        try:
            yield
        finally:
            with self._free:
                self._unsent.pop(answer, None)

    def _size(self) -> int:
        return sum(size for size, _ in self._unsent.values())
