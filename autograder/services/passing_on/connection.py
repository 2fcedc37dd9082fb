"""One connection to a real service: sends targets as they stand, and ends when its client leaves.

urllib3 does the rest: tunnels through a company's proxy, verification, reuse, framing.
"""

import socket
import threading
import time
from collections.abc import Mapping
from typing import Any

from urllib3 import HTTPHeaderDict, HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from autograder.services.http.connections import hang_up
from autograder.services.http.request_response import Request
from autograder.services.patience import patiently

IDLE_LIMIT = 20.0
"""Seconds after which an open connection is not used again: the other side may have closed it."""

LOOK = 0.25
"""Seconds between two looks at whether clients have left."""


class Watch:
    """Hangs up on services whose client has left, while they are asked and while they answer.

    Its thread runs only while a request is passed on. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[int, tuple[Request, Any]] = {}
        self._looking = False

    def begin(self, request: Request, connection: Any) -> None:
        """Look after the client of `request`, for whom `connection` is used."""
        with self._lock:
            self._asked[id(request)] = request, connection
            idle, self._looking = not self._looking, True
        if idle:
            patiently(threading.Thread(target=self._look, daemon=True).start)

    def end(self, request: Request) -> None:
        """Look no more: the answer has been passed on, or there is none."""
        with self._lock:
            self._asked.pop(id(request), None)

    def _look(self) -> None:
        while True:
            time.sleep(LOOK)
            with self._lock:
                if not self._asked:
                    self._looking = False
                    return
                for request, connection in self._asked.values():
                    if request.client_left():
                        # A connection inside of a proxy's own encryption wraps the socket.
                        hang_up(getattr(connection, "socket", connection))


class PassedHeaders(HTTPHeaderDict):
    """Headers of a request that is passed on, with the request itself.

    Attributes:
        request: What the client asked.
        watch: Looks after that client.
        began: Whether a connection was there, over which it was sent.
    """

    request: Request
    watch: Watch
    began = False


class ExactConnection(HTTPSConnection):
    """A connection whose requests carry the client's own target, byte for byte.

    urllib3 would write it anew, with capitals where something is encoded.
    """

    _used = 0.0
    sock: socket.socket

    @property
    def is_connected(self) -> bool:
        """Whether another request may use this connection."""
        return super().is_connected and time.monotonic() - self._used < IDLE_LIMIT

    def request(  # type: ignore[override]
        self,
        method: str,
        url: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        """Send a request; `url` is replaced by the target that passed headers bring along."""
        self._used = time.monotonic()
        if not isinstance(headers, PassedHeaders):
            super().request(method, url, body, headers, **options)
            return
        headers.began = True
        headers.watch.begin(headers.request, self.sock)
        super().request(method, headers.request.target, body, headers, **options)


class ExactPool(HTTPSConnectionPool):
    """Connections to one host."""

    ConnectionCls = ExactConnection
