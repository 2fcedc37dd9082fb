"""The HTTPS proxy: accepts connections on a port of this computer, a thread for each."""

import contextlib
import socket
import socketserver
import ssl
import threading
import traceback
from functools import cached_property, partial
from typing import Any

from autograder.services.http.certificates import Authority
from autograder.services.http.connections import MAX_CONNECTIONS, Connections, room_for_a_class
from autograder.services.patience import patiently
from autograder.services.proxy.handler import Handler
from autograder.services.proxy.services_session import Session

SEND_BUFFER = 256 * 1024
"""Bytes that the system holds of each answer until its client reads on."""


class ProxyServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on a free port of this computer only, for one session.

    Args:
        session: Answers the requests.
        context: TLS settings with a certificate for the session's hosts.
        control: Whether the control endpoints answer.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, session: Session, context: ssl.SSLContext, control: bool) -> None:
        self.session = session
        self.context = context
        self.control = control
        self.connections = Connections(room_for_a_class() if control else MAX_CONNECTIONS)
        self._closing = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    @cached_property
    def untrusted(self) -> ssl.SSLContext:
        """TLS settings with a certificate of an authority that no client knows."""
        return Authority(self.session.hosts).context

    @property
    def port(self) -> int:
        """The port that was free."""
        return int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a new connection in a thread of its own, if there is room for one."""
        if self.connections.add(request):
            patiently(partial(super().process_request, request, client_address))
        else:
            self.shutdown_request(request)

    def close_request(self, request: Any) -> None:
        """Close a connection, however it ended."""
        super().close_request(request)
        self.connections.remove(request)

    def start(self) -> None:
        """Accept connections, in a thread of its own."""
        self._thread.start()

    def _serve(self) -> None:
        while not self._closing:
            self.handle_request()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether to answer a new connection."""
        return not self._closing

    def close(self) -> None:
        """Stop listening at once, and close every connection."""
        self._closing = True
        with contextlib.suppress(OSError):  # one more connection, which the thread waits for
            socket.create_connection(("127.0.0.1", self.port), timeout=1.0).close()
        self._thread.join()
        self.server_close()
        self.connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep the traceback for the status; nothing is printed."""
        self.session.failures.append(traceback.format_exc())
