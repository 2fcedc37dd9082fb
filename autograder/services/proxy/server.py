"""The HTTPS proxy: opens tunnels to the served hosts, reads the requests in them, answers.

One thread per connection. Inside a tunnel connections stay open from request to request.
"""

import contextlib
import http.client
import select
import socket
import socketserver
import ssl
import threading
import time
import traceback
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from autograder.services.http.connections import Connections
from autograder.services.http.heard import Heard
from autograder.services.http.request_response import (
    HEAD_LIMIT,
    BadRequest,
    Body,
    HeadLines,
    Request,
    Response,
    text_response,
)
from autograder.services.patience import patiently
from autograder.services.proxy import control
from autograder.services.proxy.services_session import Session

SEND_BUFFER = 256 * 1024
"""Bytes that the system holds of each answer until its client reads on."""

IDLE_LIMIT = 300.0
"""Seconds after which a connection that is not used is closed."""

HTTPS_PORT = "443"
"""Port that goes without saying."""

METHOD_LIMIT = 20
"""Longest name of a method; HTTP's own have seven letters at most."""

QUOTE_LIMIT = 200
"""Characters of a request that an answer repeats."""


class Handler(BaseHTTPRequestHandler):
    """One connection: a tunnel, or direct requests to the control endpoints."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_LIMIT
    server: "ProxyServer"
    connection: socket.socket
    host: str | None = None

    def handle(self) -> None:
        """Answer requests until the client leaves; how it leaves is its own affair."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().handle()

    def finish(self) -> None:
        """Close the connection (after a tunnel was opened it is not the one accepted)."""
        super().finish()
        self.connection.close()

    def handle_one_request(self) -> None:
        """Read one request and answer it."""
        self._note_activity()
        self.raw_requestline = self.rfile.readline(HEAD_LIMIT + 1)
        self._acknowledge()
        if not self.raw_requestline:
            self.close_connection = True
        elif len(self.raw_requestline) > HEAD_LIMIT:
            self.send_error(414)
        elif self._read_head():
            try:
                if self.command == "CONNECT":
                    self._open_tunnel()
                else:
                    self._answer()
            except BadRequest as error:
                self.send_error(error.status, str(error))

    def _read_head(self) -> bool:
        """Read method, target and headers; False if they were answered as not understood."""
        stream = self.rfile
        self.rfile = HeadLines(stream)  # type: ignore[assignment]
        try:
            understood = self.parse_request()
        finally:
            self.rfile = stream
        if understood and not (self.command.isalpha() and len(self.command) <= METHOD_LIMIT):
            self.send_error(501)
            return False
        return understood

    def _note_activity(self, body: Body | None = None) -> None:
        """Say that this connection is not idle, and which body is received or answered."""
        self.server.connections.update(self.request, self.connection, body)

    def _acknowledge(self) -> None:
        """Acknowledge at once: a client with Nagle's algorithm waits 40 ms for it otherwise."""
        if hasattr(socket, "TCP_QUICKACK"):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def handle_expect_100(self) -> bool:
        """Tell a client that waits before it sends its body to go on."""
        self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is not HTTP in plain words and close."""
        self.close_connection = True
        reason = message or http.client.responses.get(code, "Error")
        self._send_whole(text_response(code, reason[:QUOTE_LIMIT]))

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: what services were asked is in the journal."""

    def _open_tunnel(self) -> None:
        """Go over to TLS with the certificate of the host, if we serve it."""
        host = self.path.lower().removesuffix(f":{HTTPS_PORT}")
        if self.host is not None or host not in self.server.session.hosts:
            self.close_connection = True
            asked = self.path.removesuffix(f":{HTTPS_PORT}")
            self._send(self._request(f"https://{self.path}"), _not_served(asked))
            return
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.connection = self.server.context.wrap_socket(
            self.connection, server_side=True, do_handshake_on_connect=False
        )
        self._note_activity()
        self.connection.do_handshake()
        self.rfile = self.connection.makefile("rb")
        self.host = host
        self.close_connection = False

    def _answer(self) -> None:
        session = self.server.session
        if self.host is not None:
            if not self.path.startswith("/"):
                raise BadRequest("The target of a request begins with a slash.")
            request = self._request(f"https://{self.host}{self.path}")
            response = session.answer(request)
        else:
            # Outside of a tunnel it is not encrypted, whatever it says: no service has seen it.
            plain = self.path.lower().startswith("https:")
            request = self._request(f"http{self.path[5:]}" if plain else self.path)
            if self.server.control and self.path.startswith(control.CONTROL_PATH):
                self._send_whole(control.answer(session, request))
                return
            response = self._refuse_plain(request)
        self._send(request, response)
        request.stream.skip()  # what nobody has read

    def _refuse_plain(self, request: Request) -> Response:
        host = request.parts.hostname
        if host is not None and host not in self.server.session.hosts:
            return _not_served(host)
        return text_response(
            400, f"Plain http is not served offline; ask for https ({self.path[:QUOTE_LIMIT]})"
        )

    def _request(self, url: str) -> Request:
        try:
            urlsplit(url)
        except ValueError as error:
            raise BadRequest("The target of the request is not a URL.") from error
        body = Body(self.rfile, self.headers)
        self._note_activity(body)
        target = self.requestline.split()[1]  # `path` has lost a second slash at its beginning
        return Request(self.command, url, target, self.headers, body, self._client_left)

    def _client_left(self) -> bool:
        """Whether the client has closed the connection."""
        arrived = select.poll()
        gone = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR
        try:
            arrived.register(self.connection, select.POLLIN | gone)
            events = arrived.poll(0)
            if not events or events[0][1] & gone:  # TLS may say goodbye before it goes
                return bool(events)
            # Past SSLSocket's own, which does not peek.
            return not socket.socket.recv(self.connection, 1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def _send(self, request: Request, response: Response) -> None:
        """Send the answer; the journal has it before the client has its last byte."""
        started = time.time()
        session = self.server.session
        heard = Heard(response.headers)
        if response.pieces is None:
            if not response.omit_body:
                heard.take(response.body)
            session.record(request, response, started, heard)
            # What is no bytes is a view of a file that all answers share.
            size = heard.size if isinstance(response.body, bytes) else 0
            with self.server.connections.sending(self.connection, size):
                self._send_whole(response)
            return
        try:
            last, chunked = self._head(response)
            for piece in response.pieces:
                self.connection.sendall(last)
                heard.take(piece)
                last = b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece
            last += b"0\r\n\r\n" if chunked else b""
        finally:
            response.close()
            session.record(request, response, started, heard)
        self.connection.sendall(last)

    def _send_whole(self, response: Response) -> None:
        """Send status, headers and a body that is held in memory."""
        head, _ = self._head(response)
        body = b"" if response.omit_body else response.body
        if len(body) <= 65536:
            self.connection.sendall(head + bytes(body))  # in one packet where it fits
        else:
            self.connection.sendall(head)
            self.connection.sendall(body)

    def _head(self, response: Response) -> tuple[bytes, bool]:
        """Status and headers; and whether the body follows in chunks, its length being unknown."""
        reason = response.reason or http.client.responses.get(response.status, "")
        lines = [f"HTTP/1.1 {response.status} {reason}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        chunked = False
        if "content-length" not in (name.lower() for name in response.headers):
            if response.own:
                lines.append(f"Content-Length: {len(response.body)}")
            elif self.request_version == "HTTP/1.0":
                self.close_connection = True  # which is how the body ends
            elif not response.omit_body:
                chunked = True
                lines.append("Transfer-Encoding: chunked")
        if response.own:
            lines += [f"Date: {self.date_time_string()}", "Server: offline-services"]
        if self.close_connection:
            lines.append("Connection: close")
        return "\r\n".join((*lines, "", "")).encode("latin-1", "replace"), chunked


class ProxyServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on a free port of this computer only, for one session.

    Args:
        session: Answers the requests.
        context: TLS settings with a certificate for the session's hosts.
        control: Whether the control endpoints answer.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, session: Session, context: ssl.SSLContext, control: bool) -> None:
        self.session = session
        self.context = context
        self.control = control
        self.connections = Connections()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

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


def _not_served(host: str) -> Response:
    """The answer for a host that is not the course's."""
    found = f"{host[:QUOTE_LIMIT]} is not served offline"
    text = f"{found}: only the services of the course can be reached."
    return text_response(502, text, text)
