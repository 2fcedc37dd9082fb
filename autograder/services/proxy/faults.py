"""A switch for faults: the services fail as real ones do, so that one sees what clients make of it.

Statuses are answered in the form that the service itself has; the rest happens to the connection.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import responses

from autograder.services.http.request_response import Request, Response, json_response
from autograder.services.sentinelhub.refusals import CatalogRefused, ProcessRefused, TokenRefused
from utils.errors import CourseError
from utils.reference import CATALOG_URL, PROCESS_URL, S3_HOST, TOKEN_URL

NO_NAME, UNREACHABLE, UNTRUSTED = "no-name", "refused", "untrusted"
"""The host's name is not found; it refuses connections; its certificate is nobody's we trust."""

AT_TUNNEL = frozenset({NO_NAME, UNREACHABLE, UNTRUSTED})
STATUSES = frozenset({"401", "403", "404", "429", "500", "503"})
CONNECTION = frozenset({"reset", "silent", "drip", "cut-off"})
"""The connection is reset; no answer comes; it comes byte by byte; it ends in the middle."""

ANSWERS = frozenset({"web-page", "error-in-200", "expired"})
"""A page to log in (hotels have such); json that tells of an error; credentials have expired."""

KINDS = AT_TUNNEL | STATUSES | CONNECTION | ANSWERS

PAUSE, PAUSE_MS = "1", "500"
"""What a service that has had too many requests asks to wait: in seconds, as HTTP has it, and in
milliseconds, as CDSE does."""

IN_S3 = {
    401: "ExpiredToken",
    403: "AccessDenied",
    404: "NoSuchKey",
    429: "TooManyRequests",
    500: "InternalError",
    503: "SlowDown",
}
"""Codes of Amazon's S3 API by HTTP status."""

DRIP_INTERVAL = 0.01
"""Seconds between the bytes of an answer that drips."""

POLL_INTERVAL = 0.05
"""Seconds between looks at whether who waits in vain is still there."""


class ConnectionReset(ConnectionAbortedError):
    """The connection is to be reset, not closed."""


@dataclass
class Fault:
    """One fault.

    Attributes:
        kind: One of `KINDS`.
        host: The host that fails; empty for all.
        times: How often it still fails.
    """

    kind: str
    host: str = ""
    times: int = 1_000_000


class Faults:
    """The faults that are switched on. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switch a fault on.

        Raises:
            CourseError: There is no such kind.
        """
        if fault.kind not in KINDS:
            raise CourseError(
                f"the fault {fault.kind!r}", f"one of {', '.join(sorted(KINDS))}", "Take one"
            )
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            self._faults.clear()

    def at_tunnel(self, host: str) -> str:
        """The fault that meets who opens a connection to a host; empty for none."""
        return self._next(host, AT_TUNNEL)

    def of_request(self, request: Request) -> str:
        """The fault that meets a request; empty for none."""
        return self._next(request.parts.netloc, KINDS - AT_TUNNEL)

    def _next(self, host: str, kinds: frozenset[str]) -> str:
        with self._lock:
            for fault in self._faults:
                if fault.times and fault.kind in kinds and fault.host in ("", host):
                    fault.times -= 1
                    return fault.kind
        return ""


def misbehave(kind: str, request: Request, properly: Callable[[Request], Response]) -> Response:
    """Answer a request with a fault.

    Args:
        kind: One of `KINDS` that are no matter of the tunnel.
        request: The request.
        properly: Answers it as it should be.

    Raises:
        RequestRefused: The answer is a refusal in the service's own form.
        ConnectionError: The connection is to be closed without an answer.
    """
    match kind:
        case "reset":
            raise ConnectionReset("switched on")
        case "silent":
            while not request.client_left():
                time.sleep(POLL_INTERVAL)
            raise ConnectionResetError("the client left")
        case "drip":
            return _in_pieces(properly(request), _drip)
        case "cut-off":
            return _in_pieces(properly(request), _cut_off)
        case "web-page":
            page = b"<!DOCTYPE html><html><title>Welcome</title>Log in to use this network.</html>"
            return Response(200, page, {"Content-Type": "text/html; charset=utf-8"})
        case "error-in-200":
            error = {"code": 400, "message": "Invalid or missing input parameters.", "details": []}
            return json_response(200, {"error": error}, "image/tiff")
        case "expired":
            return _refused(request, 401)
    return _refused(request, int(kind))


def _in_pieces(response: Response, pieces: Callable[[bytes], Iterator[bytes]]) -> Response:
    """The same answer, its body as a fault has it."""
    if response.omit_body:
        return response
    body = b"".join(response.pieces) if response.pieces else bytes(response.body)
    headers = {"Content-Length": str(len(body)), **response.headers}
    return Response(response.status, b"", headers, pieces(body), response.reason)


def _drip(body: bytes) -> Iterator[bytes]:
    for place in range(len(body)):
        time.sleep(DRIP_INTERVAL)
        yield body[place : place + 1]


def _cut_off(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    yield b""  # so that what came before is sent
    raise ConnectionResetError("cut off")


def _refused(request: Request, status: int) -> Response:
    """A refusal as the service itself words it."""
    words, address = responses[status], request.url.partition("?")[0]
    if address == TOKEN_URL:
        error = "invalid_client" if status < 500 else "unknown_error"
        response = TokenRefused(error, words, status).response()
    elif address == CATALOG_URL:
        response = CatalogRefused(words, status).response()
    elif address == PROCESS_URL:
        code = words.upper().replace(" ", "_")
        response = ProcessRefused(words, status=status, code=code).response()
    elif request.parts.netloc == S3_HOST:
        code = IN_S3[status]
        body = f"<Error><Code>{code}</Code><Message>{words}</Message></Error>"
        # S3 itself has 400 for credentials that have expired.
        status = 400 if status == 401 else status
        response = Response(status, body.encode(), {"Content-Type": "application/xml"})
    else:
        page = f"<html><title>{status} {words}</title><h1>{status} {words}</h1></html>"
        response = Response(status, page.encode(), {"Content-Type": "text/html"})
    if status == 429:
        by_cdse = address in (TOKEN_URL, CATALOG_URL, PROCESS_URL)
        response.headers["Retry-After"] = PAUSE_MS if by_cdse else PAUSE
    response.omit_body = request.method == "HEAD"
    return response
