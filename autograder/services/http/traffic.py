"""Who is connected to a proxy: bounds how many, and tells when all requests are answered."""

import contextlib
import select
import socket
import threading
import time
from dataclasses import dataclass

from autograder.services.http.request_response import Body

MOST_CONNECTIONS = 100
"""Connections at a time. For one more, the one that has been still for longest is closed."""

MOST_LEAVING = 50
"""Closed connections whose threads have not noticed yet; with more, no new one is accepted."""

LOOK_AGAIN = 0.005
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


class Traffic:
    """All open connections of one port. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[socket.socket, Connection] = {}  # the one still for longest comes first
        self._leaving: set[socket.socket] = set()

    def arrives(self, accepted: socket.socket) -> bool:
        """Note a new connection.

        Returns:
            Whether there is room for it.
        """
        with self._lock:
            if len(self._leaving) >= MOST_LEAVING:
                return False
            if len(self._open) >= MOST_CONNECTIONS:
                stillest = next(iter(self._open))
                hang_up(self._open.pop(stillest).socket)
                self._leaving.add(stillest)
            self._open[accepted] = Connection(accepted)
            return True

    def moves(self, accepted: socket.socket, now: socket.socket, body: Body | None) -> None:
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

    def leaves(self, accepted: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.pop(accepted, None)
            self._leaving.discard(accepted)

    def end(self) -> None:
        """Close every connection; its thread sees that its client has left."""
        with self._lock:
            for connection in self._open.values():
                hang_up(connection.socket)

    def wait_until_still(self, listening: socket.socket, timeout: float) -> bool:
        """Wait until nobody asks anything.

        Args:
            listening: The socket that accepts connections.
            timeout: Seconds to wait at most.

        Who has sent a part of a request, and stopped, is not waited for.

        Returns:
            Whether all requests are answered, and nothing more waits to be read.
        """
        limit = time.monotonic() + timeout
        while not self._still(listening):
            if time.monotonic() > limit:
                return False
            time.sleep(LOOK_AGAIN)
        return True

    def _still(self, listening: socket.socket) -> bool:
        arrived = select.poll()
        with self._lock:
            if any(connection.busy for connection in self._open.values()):
                return False
            sockets = [listening, *(connection.socket for connection in self._open.values())]
            for number in {each.fileno() for each in sockets} - {-1}:
                arrived.register(number, select.POLLIN)
            return not arrived.poll(0)


def hang_up(connection: socket.socket) -> None:
    """Close a connection; the thread that uses it sees that its client has left."""
    with contextlib.suppress(OSError):  # not SSLSocket's, which other threads would stumble over
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
