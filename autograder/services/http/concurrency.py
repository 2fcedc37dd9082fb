"""Who may compute, and how much may wait to be sent: bounds what all requests cost together."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait

from autograder.services.http.request_response import Response

UNSENT_LIMIT = 64 * 1024 * 1024
"""Bytes of answers that wait to be read; for a further one, the oldest are given up."""

LOOK_AGAIN = 0.2
"""Seconds between looks at whether who waits is still there."""


class Turns:
    """Lets one request of a session compute at a time. Safe to use from several threads.

    All compute in the same thread, because GDAL opens the database of PROJ anew in each.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1)
        self._unsent: dict[object, tuple[int, Callable[[], None]]] = {}  # the oldest comes first

    def compute(self, answer: Callable[[], Response], left: Callable[[], bool]) -> Response:
        """What `answer` returns, when its turn has come.

        Args:
            answer: Computes an answer.
            left: Says whether the client has gone meanwhile.

        Raises:
            ConnectionError: It has.
        """
        turn = self._worker.submit(answer)
        while not wait([turn], LOOK_AGAIN).done:
            if left() and turn.cancel():
                raise ConnectionResetError("the client left before its turn")
        return turn.result()

    @contextlib.contextmanager
    def sending(self, size: int, give_up: Callable[[], None]) -> Iterator[None]:
        """Count an answer of `size` bytes as unsent meanwhile.

        Args:
            size: Bytes that it holds in memory.
            give_up: Ends the connection that it waits for.
        """
        answer = object()
        with self._lock:
            self._unsent[answer] = (size, give_up)
            while self._size() > UNSENT_LIMIT and len(self._unsent) > 1:
                _, give_up_oldest = self._unsent.pop(next(iter(self._unsent)))
                give_up_oldest()
        try:
            yield
        finally:
            with self._lock:
                self._unsent.pop(answer, None)

    def _size(self) -> int:
        return sum(size for size, _ in self._unsent.values())

    def close(self) -> None:
        """Compute no further answer."""
        self._worker.shutdown(wait=False, cancel_futures=True)
