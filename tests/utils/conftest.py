"""A real HTTP server that answers as told, for failures that cannot be ordered elsewhere."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


@dataclass(frozen=True)
class Answer:
    """One answer. `claim` is the Content-Length sent, where it shall not be the true one."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    claim: int | None = None
    delay: float = 0
    piece_delay: float = 0


@dataclass
class Server:
    """Answers in the order of `answers`; the last one is repeated. `queries` holds what came."""

    url: str
    answers: list[Answer]
    queries: list[dict[str, str]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,localhost")
    state = Server("", [Answer()])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = parse_qs(urlsplit(self.path).query)
            state.queries.append({name: values[0] for name, values in query.items()})
            state.methods.append(self.command)
            reply = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            time.sleep(reply.delay)
            self.send_response(reply.status)
            length = len(reply.body) if reply.claim is None else reply.claim
            headers = {"Content-Length": str(length), "Connection": "close", **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                half = len(reply.body) // 2
                self.wfile.write(reply.body[:half])
                time.sleep(reply.piece_delay)
                self.wfile.write(reply.body[half:])
            self.close_connection = True

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer

        def log_message(self, *args: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # the client gave up, as some tests want
                super().handle()

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield state
    http.shutdown()
    http.server_close()
    thread.join()
