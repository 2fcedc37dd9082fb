"""The open connections of a proxy: how many there may be, and which of them still wait."""

import contextlib
import resource
import select
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.services.http.request_response import Body

MAX_CONNECTIONS = 100
"""Connections at a time of a submission, which may open them to do harm. For one more, the one that
has been idle for longest is closed."""

CLASSROOM = 1_000
"""The same where learners work: 200 kernels with five connections each."""

MAX_CLOSING = 50
"""Closed connections whose threads have not noticed yet; with more, no new one is accepted."""

UNSENT_LIMIT = 64 * 1024 * 1024
"""Bytes of all answers that wait to be read. For more, the connections of the oldest are closed."""

POLL_INTERVAL = 0.005
"""Seconds between looks at whether something has arrived."""


@dataclass(eq=False)
class Connection:
    """One open connection.

    Attributes:
        socket: Where its bytes come from.
        body: The body of the request that is received or answered, if any.
    """

    socket: socket.socket
    body: Body | None = None

    @property
    def busy(self) -> bool:
        """Whether a request has come in whole and is not answered yet."""
        return self.body is not None and self.body.complete


class Connections:
    """All open connections of one port. Safe to use from several threads.

    Args:
        most: How many there may be at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._open: dict[socket.socket, Connection] = {}  # the one idle for longest comes first
        self._closing: set[socket.socket] = set()
        self._unsent: dict[socket.socket, int] = {}  # bytes; the oldest comes first

    def add(self, accepted: socket.socket) -> bool:
        """Count a new connection.

        Returns:
            Whether there is room for it.
        """
        with self._lock:
            if len(self._closing) >= MAX_CLOSING:
                return False
            if len(self._open) >= self._most:
                oldest = next(iter(self._open))
                hang_up(self._open.pop(oldest).socket)
                self._closing.add(oldest)
            self._open[accepted] = Connection(accepted)
            return True

    def update(self, accepted: socket.socket, now: socket.socket, body: Body | None) -> None:
        """Note that something has happened on a connection.

        Args:
            accepted: The connection as it was accepted.
            now: The socket that has taken its place, inside a tunnel.
            body: The body of the request that is to be answered, if any.
        """
        with self._lock:
            connection = self._open.pop(accepted, None)
            if connection is not None:
                connection.socket, connection.body = now, body
                self._open[accepted] = connection

    def remove(self, accepted: socket.socket) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.pop(accepted, None)
            self._closing.discard(accepted)

    def close_all(self) -> None:
        """Close every connection; its thread sees that its client has left."""
        with self._lock:
            for connection in self._open.values():
                hang_up(connection.socket)

    @contextlib.contextmanager
    def sending(self, connection: socket.socket, size: int) -> Iterator[None]:
        """Count an answer as unsent while the context lasts; above `UNSENT_LIMIT` the oldest go.

        Args:
            connection: Where it is sent.
            size: Bytes of it that only this answer holds in memory.
        """
        with self._lock:
            self._unsent[connection] = size
            while sum(self._unsent.values()) > UNSENT_LIMIT and len(self._unsent) > 1:
                oldest = next(iter(self._unsent))
                del self._unsent[oldest]
                hang_up(oldest)
        try:
            yield
        finally:
            with self._lock:
                self._unsent.pop(connection, None)

    def wait_until_idle(self, listening: socket.socket, timeout: float) -> bool:
        """Wait until nobody asks anything. A request that stopped in the middle does not count.

        Args:
            listening: The socket that accepts connections.
            timeout: Seconds to wait at most.

        Returns:
            Whether all requests are answered, and nothing more waits to be read.
        """
        limit = time.monotonic() + timeout
        while not self._idle(listening):
            if time.monotonic() > limit:
                return False
            time.sleep(POLL_INTERVAL)
        return True

    def _idle(self, listening: socket.socket) -> bool:
        arrived = select.poll()
        with self._lock:
            if any(connection.busy for connection in self._open.values()):
                return False
            sockets = [listening, *(connection.socket for connection in self._open.values())]
            for number in {each.fileno() for each in sockets} - {-1}:
                arrived.register(number, select.POLLIN)
            return not arrived.poll(0)


def room_for_a_class() -> int:
    """Connections of `CLASSROOM`, or as many as half of the files that may be open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CLASSROOM if files == resource.RLIM_INFINITY else min(CLASSROOM, files // 2)


def hang_up(connection: socket.socket) -> None:
    """Close a connection; the thread that uses it sees that its client has left."""
    with contextlib.suppress(OSError):  # not SSLSocket's, which other threads would stumble over
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
