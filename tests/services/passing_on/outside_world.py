"""A little internet: services that answer what they are told to, behind a company's proxy."""

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable

import trustme

COMPANY = trustme.CA(organization_name="A company")
"""The authority that the company's machines trust."""

END = b"\r\n\r\n"
Script = Callable[["Talk"], None]


class Talk:
    """One connection to a service: what it has heard, and ways to speak."""

    def __init__(self, connection: ssl.SSLSocket) -> None:
        self.connection = connection
        self.stream = connection.makefile("rb")
        self.head = b""
        self.body = b""

    def hear(self) -> bool:
        """Read one request; its body too, where a length is given."""
        lines = list(iter(self.stream.readline, b"\r\n"))
        if not lines or b"" in lines[-1:]:
            return False
        self.head = b"".join(lines)
        named = [line for line in lines if line.lower().startswith(b"content-length:")]
        self.body = self.stream.read(int(named[0].partition(b":")[2])) if named else b""
        return True

    def say(self, answer: bytes) -> None:
        self.connection.sendall(answer)

    def is_left(self, seconds: float = 5.0) -> bool:
        """Whether the other side closes the connection within that time."""
        self.connection.settimeout(seconds)
        try:
            while self.connection.recv(65536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        return True


class OddService:
    """A service under a name of its own, which does what `script` says at each request.

    Attributes:
        heard: Heads of all requests.
        bodies: Their bodies.
        connections: How many connections were opened.
        left: Set by a script whose client has left.
    """

    def __init__(self, host: str, authority: trustme.CA = COMPANY) -> None:
        self.host = host
        self.script: Script = lambda talk: None
        self.heard: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.left = threading.Event()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(self._context)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def answer(self, answer: bytes) -> None:
        """Say the same at each request."""
        self.script = lambda talk: talk.say(answer)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        self.connections += 1
        with contextlib.suppress(OSError), plain, self._context.wrap_socket(plain, True) as secure:
            talk = Talk(secure)
            while talk.hear():
                self.heard.append(talk.head)
                self.bodies.append(talk.body)
                self.script(talk)

    def close(self) -> None:
        self._listening.close()


class CompanyProxy:
    """The only way out: opens tunnels for who knows the password, to the services of a table.

    Attributes:
        ways: Port on this computer by host; a host that is not there does not exist.
        asked: Hosts that were asked for.
        onward: Port of another proxy, which knows all hosts that are not in the table.
    """

    onward = 0

    def __init__(self, ways: dict[str, int], login: str = "") -> None:
        self.ways = ways
        self.asked: list[str] = []
        self._login = base64.b64encode(login.encode()) if login else b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        at = f"{login}@" if login else ""
        self.url = f"http://{at}127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            head = b""
            while END not in head:
                head += client.recv(1)
            host = head.split()[1].decode().removesuffix(":443")
            self.asked.append(host)
            if self._login and self._login not in head:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required" + END)
                return
            if host not in self.ways and self.onward:
                self._pass_on(client, self.onward, f"CONNECT {host}:443 HTTP/1.1".encode() + END)
                return
            if host not in self.ways:
                client.sendall(b"HTTP/1.1 502 no such name" + END)
                return
            client.sendall(b"HTTP/1.1 200 here you are" + END)
            self._pass_on(client, self.ways[host], b"")

    def _pass_on(self, client: socket.socket, port: int, first: bytes) -> None:
        with socket.create_connection(("127.0.0.1", port)) as service:
            service.sendall(first)
            back = threading.Thread(target=_pour, args=(service, client))
            back.start()
            _pour(client, service)
            back.join()

    def close(self) -> None:
        self._listening.close()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
