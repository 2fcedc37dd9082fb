"""One connection to the proxy: opens tunnels to hosts, reads the requests in them, answers.

Inside a tunnel connections stay open from request to request.
"""

import contextlib
import http.client
import select
import socket
import ssl
import struct
import time
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol
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
from autograder.services.proxy import control
from autograder.services.proxy.faults import NO_NAME, UNREACHABLE, UNTRUSTED, ConnectionReset
from autograder.services.proxy.services_session import Session

IDLE_LIMIT = 300.0
"""Seconds after which a connection that is not used is closed."""

HTTPS_PORT = "443"
"""Port that goes without saying."""

METHOD_LIMIT = 20
"""Longest name of a method; HTTP's own have seven letters at most."""

RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""Value of ``SO_LINGER`` with which a connection is reset when it is closed."""

COULD_NOT_REACH = {NO_NAME: "its name is not known", UNREACHABLE: "it refuses connections"}
"""What a proxy says of a host that it cannot reach, by fault."""

QUOTE_LIMIT = 200
"""Characters of a request that an answer repeats."""


class Server(Protocol):
    """What a connection needs of the proxy; see `ProxyServer`."""

    session: Session
    context: ssl.SSLContext
    control: bool
    connections: Connections

    @property
    def untrusted(self) -> ssl.SSLContext:
        """TLS settings with a certificate of an authority that no client knows."""


class Handler(BaseHTTPRequestHandler):
    """One connection: a tunnel, or direct requests to the control endpoints."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_LIMIT
    server: Server  # type: ignore[assignment]
    connection: socket.socket
    host: str | None = None

    def handle(self) -> None:
        """Answer requests until the client leaves; how it leaves is its own affair."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                super().handle()
            except ConnectionReset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)

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
            if self.server.session.live and self.host is None:
                self._let_through(host)
                return
            asked = self.path.removesuffix(f":{HTTPS_PORT}")
            self._send(self._request(f"https://{self.path}"), _not_served(asked))
            return
        fault = self.server.session.faults.at_tunnel(host)
        if fault in COULD_NOT_REACH:
            self.close_connection = True
            self._send(self._request(f"https://{self.path}"), _not_reached(host, fault))
            return
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        context = self.server.untrusted if fault == UNTRUSTED else self.server.context
        self.connection = context.wrap_socket(
            self.connection, server_side=True, do_handshake_on_connect=False
        )
        self._note_activity()
        self.connection.do_handshake()
        self.rfile = self.connection.makefile("rb")
        self.host = host
        self.close_connection = False

    def _let_through(self, host: str) -> None:
        """Open a tunnel to a host that is no service of the course, where real ones are asked."""
        from autograder.services.passing_on.tunnel import connected, pour

        live = self.server.session.live
        assert live
        name, _, port = host.rpartition(":") if ":" in host else (host, "", HTTPS_PORT)
        request = self._request(f"https://{self.path}")
        try:
            service = connected(name, int(port), live.outside)
        except (OSError, ValueError):
            words = f"{host[:QUOTE_LIMIT]} cannot be reached"
            self._send(request, text_response(502, f"{words}.", words))
            return
        self.server.session.record(request, Response(200), time.time(), Heard({}))
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        pour(self.connection, service, IDLE_LIMIT)

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


def _not_reached(host: str, fault: str) -> Response:
    """What a proxy answers for a host that it cannot reach."""
    text = f"{host} cannot be reached: {COULD_NOT_REACH[fault]}."
    return text_response(502, text, text)


def _not_served(host: str) -> Response:
    """The answer for a host that is not the course's."""
    found = f"{host[:QUOTE_LIMIT]} is not served offline"
    text = f"{found}: only the services of the course can be reached."
    return text_response(502, text, text)
