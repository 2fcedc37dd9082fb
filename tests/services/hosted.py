"""An instance in a process of its own, whose memory and threads can be seen from here.

Run as a program it starts an instance, prints its environment, and answers every line that it
reads with a report.
"""

import json
import resource
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from autograder.patches import PRACTICE, World
from autograder.root import ROOT
from autograder.services.lifetime.instance import Instance
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from autograder.services.storage.object_store import ACCESS_KEY, SECRET_KEY, SESSION_TOKEN
from tests.services.sentinelhub.process_requests import body
from utils.reference import CATALOG_URL, NUTS_URL, PROCESS_URL, S3_HOST, TOKEN_URL

MEGABYTE = 1_000_000
WAIT = 30.0
"""Seconds after which an answer is taken for lost."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOGIN = f"grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}"


class Answer:
    """Status, headers and body of an answer."""

    def __init__(self, connection: socket.socket, method: str = "GET") -> None:
        response = HTTPResponse(connection, method=method)
        response.begin()
        self.status = response.status
        self.headers = dict(response.getheaders())
        self.content = response.read()

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def json(self) -> Any:
        return json.loads(self.content)


class Hosted:
    """The process, and raw ways to speak to it."""

    def __init__(self, uploads: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.hosted", str(uploads)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.environment = self._line()
        self.address = ("127.0.0.1", urlsplit(self.environment["https_proxy"]).port or 0)
        self.bundle = self.environment["SSL_CERT_FILE"]
        self._context = ssl.create_default_context(cafile=self.bundle)

    def _line(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    @property
    def pid(self) -> int:
        return self._process.pid

    def report(self) -> dict[str, Any]:
        """What has become of it: ``peak`` (bytes of memory), ``threads``, ``failures`` …."""
        assert self._process.stdin
        self._process.stdin.write("report\n")
        self._process.stdin.flush()
        return dict(self._line())

    def close(self) -> None:
        self._process.communicate()

    def plain(self) -> socket.socket:
        """A connection to the proxy."""
        return socket.create_connection(self.address, timeout=WAIT)

    def tunnel(self, url: str) -> ssl.SSLSocket:
        """A connection to a host through the proxy."""
        host = urlsplit(url).netloc
        plain = self.plain()
        plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode())
        assert plain.recv(1000).startswith(b"HTTP/1.1 200 ")
        return self._context.wrap_socket(plain, server_hostname=host)

    def ask(
        self, method: str, url: str, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """One request in a connection of its own; what is given is sent as it is."""
        parts = urlsplit(url)
        target = url.removeprefix(f"{parts.scheme}://{parts.netloc}") or "/"
        with self.tunnel(url) as connection:
            connection.sendall(head(method, target, parts.netloc, content, headers) + content)
            return Answer(connection, method)

    def token(self) -> dict[str, str]:
        """Headers that authorize."""
        answer = self.ask("POST", TOKEN_URL, LOGIN.encode(), FORM)
        return {"Authorization": f"Bearer {answer.json['access_token']}"}

    def post(self, url: str, content: Any) -> Answer:
        """Authorized JSON, or bytes."""
        sent = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.ask("POST", url, sent, self.token())

    def image(self, **changes: Any) -> Answer:
        """An image of the Process API."""
        return self.post(PROCESS_URL, body({n.replace("__", "."): v for n, v in changes.items()}))

    def s3(
        self, method: str, target: str, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """A signed request to the storage; the path is sent as it is, and signed as S3 reads it."""
        path, mark, query = target.partition("?")
        read = f"https://{S3_HOST}{quote(unquote(path), safe='/~')}{mark}{query}"
        given = signed(method, read, content, headers)
        return self.ask(method, f"https://{S3_HOST}{target}", content, given)

    def serve_the_honest(self) -> None:
        """What an honest client asks is answered."""
        search = {"collections": ["sentinel-2-l2a"], "datetime": "../..", "limit": 1}
        assert self.post(CATALOG_URL, search).json["context"]["returned"] == 1
        assert self.image().status == 200
        assert self.ask("GET", NUTS_URL).status == 200
        assert self.s3("PUT", "/my-bucket/honest", b"content").status == 200
        assert self.s3("GET", "/my-bucket/honest").content == b"content"


def head(
    method: str, target: str, host: str, content: bytes, headers: dict[str, str] | None = None
) -> bytes:
    """A request without its body."""
    given = {"Host": host, "Content-Length": str(len(content)), **(headers or {})}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {text}" for name, text in given.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def signed(
    method: str, url: str, content: bytes = b"", headers: dict[str, str] | None = None
) -> dict[str, str]:
    """Headers with a signature of the storage's credentials."""
    host = {"Host": S3_HOST, **(headers or {})}
    request = AWSRequest(method=method, url=url, data=content, headers=host)
    credentials = Credentials(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN)
    S3SigV4Auth(credentials, "s3", "us-east-1").add_auth(request)
    return dict(request.headers.items())


@contextmanager
def many(number: int, connect: Any) -> Iterator[list[Any]]:
    """Many connections, closed in the end."""
    connections = [connect() for _ in range(number)]
    try:
        yield connections
    finally:
        for connection in connections:
            connection.close()


def peak() -> int:
    """Most bytes of memory that this process has held."""
    status = Path("/proc/self/status")  # getrusage counts what the parent held before
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Serve, and report."""
    instance = Instance(
        World.load(PRACTICE), control=False, only_own_authority=True, uploads=int(sys.argv[1])
    )
    print(json.dumps(instance.environment), flush=True)
    for _ in sys.stdin:
        settled = instance.wait_until_idle()
        report = {
            "settled": settled,
            "peak": peak(),
            "threads": threading.active_count(),
            "failures": list(instance.session.failures),
            "requests": len(instance.session.journal.requests()),
            "objects": instance.session.buckets.objects(),
            "folder": str(instance.folder),
            "disk": sum(f.stat().st_size for f in instance.folder.rglob("*") if f.is_file()),
        }
        print(json.dumps(report), flush=True)
    instance.close()


if __name__ == "__main__":
    main()
