"""Passes requests on to the real services, and their answers back, piece by piece.

Nothing is changed on the way but what concerns a single connection, so that signatures hold. The
one exception is the demonstration client of the notebooks: see `OwnClient`.
"""

import time
from collections.abc import Iterable, Iterator
from itertools import chain

from urllib3 import BaseHTTPResponse, HTTPHeaderDict
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    ProtocolError,
    ProxyError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as NoAnswerError
from urllib3.util import SKIP_HEADER

from autograder.services.http.heard import ENCODINGS
from autograder.services.http.request_response import (
    CHUNK_SIZE,
    BadRequest,
    Request,
    RequestRefused,
    Response,
)
from autograder.services.passing_on.connection import PassedHeaders, Watch
from autograder.services.passing_on.internet import Internet, UnknownProxyError
from autograder.services.passing_on.own_client import OwnClient

ONE_CONNECTION = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"}
    | {"te", "trailer", "transfer-encoding", "upgrade", "expect"}
)
"""Headers that concern a single connection (RFC 9110, 7.6.1), and `Expect`, which we answer."""

AGAIN = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that may be sent a second time, where a kept connection turns out to be closed."""


PATIENCE, SLOWEST = 30.0, 1000
"""Seconds after which an answer that comes with fewer bytes a second is given up.

What drips never times out: a client would wait for days.
"""

MEASURED = 8 * 1024 * 1024
"""Bytes of an upload of unknown length that are held to learn it."""


class NotPassedOn(RequestRefused):
    """A real service that could not be asked, or did not answer."""


class PassOn:
    """Answers requests by asking the real services.

    Args:
        internet: The way out.
        own: Puts the learner's own client in the demonstration client's place.
    """

    def __init__(self, internet: Internet, own: OwnClient) -> None:
        self._internet = internet
        self._own = own
        self._watch = Watch()

    def answer(self, request: Request, storage: bool) -> Response:
        """The real service's answer; its body follows while it is sent.

        Args:
            request: What is asked.
            storage: Whether this is for the storage. Files of the learner are nobody's business:
                the journal gets no body. And some storages want to know a size before.

        Raises:
            NotPassedOn: The service cannot be reached; the words say why and name no secret.
            BadRequest: Target or headers hold what HTTP does not allow.
            ConnectionError: The client has left.
        """
        has_body = request.stream.length != 0
        own = self._own.credentials(request)
        headers = self._headers(request)
        body: Iterable[bytes] = request.passing(keep=not storage)
        if own is not None:
            headers.discard("Transfer-Encoding")
            headers.update(own.headers)
            body = [own.body]
        elif storage and request.stream.chunked:
            body, size = _measured(iter(body))
            if size is not None:
                headers.discard("Transfer-Encoding")
                headers["Content-Length"] = str(size)
        elif not has_body:
            body = list(body)
        tries = 2 if request.method in AGAIN and not has_body else 1
        while True:
            tries -= 1
            try:
                answer = self._ask(request, headers, body)
            except ProtocolError as error:
                if tries and not request.client_left():
                    continue
                raise _refused(request, error) from None
            return self._response(request, answer)

    def _ask(
        self, request: Request, headers: PassedHeaders, body: Iterable[bytes]
    ) -> BaseHTTPResponse:
        sending = _Sending(body)
        try:
            return self._internet.ask(
                request.method, request.parts.netloc, headers, None if body == [] else sending
            )
        except BaseException as error:
            self._watch.end(request)
            if sending.problem is not None:
                raise sending.problem from None
            if request.client_left():
                raise ConnectionResetError("the client left before its answer") from None
            # urllib3 blames the proxy for any connection through it that breaks off.
            broke_off = isinstance(error, ProxyError) and headers.began
            if broke_off or isinstance(error, ProtocolError):
                raise ProtocolError from None
            if isinstance(error, ValueError):  # of http.client, whose words quote the request
                raise BadRequest("Target or headers hold what HTTP does not allow.") from None
            if isinstance(error, HTTPError | UnknownProxyError):
                raise _refused(request, error) from None
            raise

    def _headers(self, request: Request) -> PassedHeaders:
        """The headers to send: the client's own, but those of its connection to us."""
        headers = PassedHeaders()
        headers.request, headers.watch = request, self._watch
        for name, value in _passed(request.headers.items()):
            headers.add(name, value)
        if request.stream.chunked:
            headers.discard("Content-Length")
            headers["Transfer-Encoding"] = "chunked"
        if not _is_signed(request):
            accepted = headers.get("Accept-Encoding", "")
            # What is compressed in other ways could not be read for the journal.
            if {word.partition(";")[0].strip() for word in accepted.split(",")} - {"", *ENCODINGS}:
                headers["Accept-Encoding"] = ", ".join(ENCODINGS)
        for name in ("Accept-Encoding", "User-Agent", "Host"):
            headers.setdefault(name, SKIP_HEADER)  # urllib3 would add its own
        return headers

    def _response(self, request: Request, answer: BaseHTTPResponse) -> Response:
        headers = HTTPHeaderDict()
        for name, value in _passed(answer.headers.items()):
            headers.add(name, value)
        bare = request.method == "HEAD" or answer.status in {204, 304}
        passing = _Passing(answer, request, self._watch)
        return Response(
            answer.status,
            headers=headers,
            pieces=passing,
            reason=answer.reason,
            omit_body=bare,
            own=False,
            close=passing.close,
        )


class _Sending:
    """A body on its way, and whether it was the client who failed to bring it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.problem: Exception | None = None

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._pieces)
        while True:
            try:
                piece = next(pieces)
            except StopIteration:
                return
            except (ConnectionError, BadRequest) as error:
                self.problem = error
                raise
            yield piece


class _Passing:
    """The body of an answer, read when its client has taken what came before.

    Raises:
        ConnectionError: The service broke off, or the client has left.
    """

    def __init__(self, answer: BaseHTTPResponse, request: Request, watch: Watch) -> None:
        self._answer = answer
        self._request = request
        self._watch = watch
        self._ended = False
        self._began = time.monotonic()
        self._size = 0
        self._held_up = 0.0
        self._given = self._began

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        asked = time.monotonic()
        self._held_up += asked - self._given  # by the client, who took its time
        try:
            piece = self._answer.read1(CHUNK_SIZE)
        except HTTPError as error:
            raise ConnectionAbortedError("the service broke off") from error
        self._given = time.monotonic()
        self._size += len(piece)
        waited = self._given - self._began - self._held_up
        if piece and waited > PATIENCE and self._size < SLOWEST * waited:
            raise ConnectionAbortedError("the service hardly sends anything")
        if not piece:
            self._ended = True
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        """End the request to the service; a connection whose answer is whole is kept."""
        self._watch.end(self._request)
        if self._ended:
            self._answer.release_conn()
        else:
            self._answer.close()


def _measured(pieces: Iterator[bytes]) -> tuple[Iterable[bytes], int | None]:
    """A body of unknown length, and its length unless it is larger than `MEASURED`.

    MinIO takes both; others, rclone for one, want a length.
    """
    first: list[bytes] = []
    size = 0
    for piece in pieces:
        first.append(piece)
        size += len(piece)
        if size > MEASURED:
            return chain(first, pieces), None
    return first, size


def _passed(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Headers without those of a single connection, among which `Connection` may count more."""
    given = list(headers)
    named = {
        word.strip().lower()
        for name, value in given
        if name.lower() == "connection"
        for word in value.split(",")
    }
    dropped = ONE_CONNECTION | (named - {"host", "content-length"})
    return ((name, value) for name, value in given if name.lower() not in dropped)


def _is_signed(request: Request) -> bool:
    """Whether a signature may cover the headers."""
    return request.headers.get("Authorization", "").startswith("AWS4-")


def _refused(request: Request, error: Exception) -> NotPassedOn:
    """Why a service was not reached, in words of our own: urllib3's name proxies and passwords."""
    host = request.parts.netloc
    cause = error
    if isinstance(error, ProxyError):
        cause = error.original_error
    proxy = " through the proxy of this machine" if cause is not error else ""
    match cause:
        case UnknownProxyError():
            return NotPassedOn(f"{host} cannot be reached through {cause}.", 502)
        case NameResolutionError() if proxy:
            return NotPassedOn(f"{host} cannot be reached: the proxy's name is not known.", 502)
        case NameResolutionError():
            return NotPassedOn(f"{host} cannot be reached: its name is not known.", 502)
        case SSLError():
            return NotPassedOn(
                f"{host} cannot be trusted{proxy}: its certificate is not valid, or comes from an"
                " authority that this machine does not name in SSL_CERT_FILE.",
                502,
            )
        case ConnectTimeoutError() | NoAnswerError():
            return NotPassedOn(f"{host} did not answer in time{proxy}.", 504)
        case ProtocolError():
            return NotPassedOn(f"{host} broke off before it answered.", 502)
    return NotPassedOn(f"{host} cannot be reached{proxy}.", 502)
