"""What passes through the proxy: a request with its body, and the response or refusal."""

import http.client
import json
import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from email.message import Message
from io import BufferedIOBase
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

HEAD_LIMIT = 64 * 1024
"""Most bytes of all headers of a request, and of its first line."""

BODY_LIMIT = 1024 * 1024
"""Largest request body, in bytes, that is held in memory. S3 uploads are streamed instead."""

SKIP_LIMIT = 256 * 1024 * 1024
"""Bytes of a refused body that are read all the same: many clients listen only afterwards."""

TRAILER_LIMIT = 100
"""Most lines after a body in chunks."""

CHUNK_SIZE = 256 * 1024
"""Size, in bytes, of the pieces in which bodies are passed on."""

_LENGTH = re.compile("[0-9]{1,15}")
_CHUNK_LENGTH = re.compile(rb"[0-9A-Fa-f]{1,12}")


class HeadLines:
    """Lends out the lines of a request's head, and no more than `HEAD_LIMIT` bytes of them."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self._remaining = HEAD_LIMIT

    def readline(self, limit: int) -> bytes:
        """The next line, or as much of it as `limit` bytes hold.

        Raises:
            LineTooLong: The lines so far are longer than all may be.
        """
        line = self._stream.readline(min(limit, self._remaining + 1))
        self._remaining -= len(line)
        if self._remaining < 0:
            raise http.client.LineTooLong("header")
        return line


class Body:
    """The body of one request, read from the connection once: whole, or piece by piece.

    Args:
        stream: Where the connection's bytes come from.
        headers: The request's headers, which say how long the body is.

    Raises:
        BadRequest: The length is not a number.
    """

    def __init__(self, stream: BufferedIOBase, headers: Message) -> None:
        self._stream = stream
        self.chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
        length = headers.get("Content-Length", "0").strip()
        if not _LENGTH.fullmatch(length):
            raise BadRequest(f"Content-Length is {length[:50]!r}, which is not a number of bytes.")
        self.length = None if self.chunked else int(length)
        self._remaining = self.length or 0
        self._ended = not self.chunked

    @property
    def complete(self) -> bool:
        """Whether all of it has been read."""
        return self._ended and not self._remaining

    def read(self) -> bytes:
        """The whole body.

        Raises:
            BadRequest: It is larger than `BODY_LIMIT`.
        """
        whole = bytearray()
        for piece in self.pieces():
            whole += piece
            if len(whole) > BODY_LIMIT:
                self.skip()
                raise BadRequest(f"The body is larger than {BODY_LIMIT} bytes.", 413)
        return bytes(whole)

    def skip(self) -> None:
        """Read on to the end of the body.

        Raises:
            ConnectionError: It is too long even for that.
        """
        skipped = 0
        for piece in self.pieces():
            skipped += len(piece)
            if skipped > SKIP_LIMIT:
                raise ConnectionAbortedError("the body goes on and on")

    def pieces(self) -> Iterator[bytes]:
        """The body in pieces of at most `CHUNK_SIZE` bytes; what was read once does not come again.

        Raises:
            ConnectionError: The client went away in the middle.
            BadRequest: A chunk does not have the form that HTTP asks for.
        """
        while True:
            if not self._remaining and not self._next_chunk():
                return
            piece = self._stream.read(min(self._remaining, CHUNK_SIZE))
            if not piece:
                raise ConnectionResetError("the client left in the middle of a body")
            self._remaining -= len(piece)
            if self.chunked and not self._remaining:
                self._stream.readline(3)
            yield piece

    def _next_chunk(self) -> bool:
        """Begin the next chunk; False at the end of the body."""
        if self._ended:
            return False
        size = self._stream.readline(1024).split(b";")[0].strip()
        if not _CHUNK_LENGTH.fullmatch(size):
            raise BadRequest(f"{size[:50]!r} is not the size of a chunk.")
        self._remaining = int(size, 16)
        if not self._remaining:
            self._ended = True
            trailers = (self._stream.readline(1024).strip() for _ in range(TRAILER_LIMIT))
            if all(trailers):  # which nobody here needs
                raise BadRequest("The body is followed by too many lines.")
        return bool(self._remaining)


@dataclass
class Request:
    """One request as the client sent it.

    Attributes:
        method: ``GET``, ``POST`` …
        url: The full URL with its query.
        target: Path and query exactly as they stood in the request line (signatures cover them).
        headers: Case-insensitive headers.
        stream: The body, unread.
        client_left: Says whether the client has gone: then nobody needs an answer.
    """

    method: str
    url: str
    target: str
    headers: Message
    stream: Body
    client_left: Callable[[], bool] = lambda: False
    _body: bytes | None = field(default=None, repr=False)

    @property
    def body(self) -> bytes:
        """The whole body, read at the first call.

        Raises:
            BadRequest: It is larger than `BODY_LIMIT`, or not sent as HTTP asks for.
            ConnectionError: The client went away in the middle.
        """
        if self._body is None:
            self._body = self.stream.read()
        return self._body

    @property
    def body_if_read(self) -> bytes | None:
        """The whole body if it was asked for or kept, else None: it was passed on, or is unread."""
        return self._body

    def passing(self, keep: bool) -> Iterator[bytes]:
        """The body piece by piece, to be passed on.

        Args:
            keep: Whether a body of up to `BODY_LIMIT` is kept for the journal.

        Raises:
            BadRequest: It is not sent as HTTP asks for.
            ConnectionError: The client went away in the middle.
        """
        held, size = [], 0
        for piece in self.stream.pieces():
            size += len(piece)
            if keep and size <= BODY_LIMIT:
                held.append(piece)
            yield piece
        if keep and size <= BODY_LIMIT:
            self._body = b"".join(held)

    @property
    def parts(self) -> SplitResult:
        """The URL in its parts."""
        return urlsplit(self.url)

    @property
    def path(self) -> str:
        """The decoded path of the URL."""
        return unquote(self.parts.path)


@dataclass
class Response:
    """One answer.

    Attributes:
        status: HTTP status.
        body: The whole body, where it is held in memory.
        headers: Headers to send; the length is added.
        pieces: The body piece by piece, where it is passed on from elsewhere; without a
            ``Content-Length`` in `headers` it is sent in chunks.
        reason: Words after the status, if others than HTTP's own.
        omit_body: The answer to HEAD: headers as for GET, nothing after them.
        own: Whether the services made it; another server's headers are its own.
        close: Ends what `pieces` come from, wherever they have got to.
    """

    status: int
    body: bytes | memoryview = b""
    headers: MutableMapping[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None
    reason: str | None = None
    omit_body: bool = False
    own: bool = True
    close: Callable[[], None] = lambda: None


def json_response(
    status: int, content: Any, content_type: str = "application/json", **headers: str
) -> Response:
    """A response whose body is `content` as JSON; `headers` are added to its type."""
    return Response(
        status,
        json.dumps(content, ensure_ascii=False).encode(errors="replace"),
        {"Content-Type": content_type, **headers},
    )


def text_response(status: int, text: str, reason: str | None = None) -> Response:
    """A response in plain text.

    Args:
        status: HTTP status.
        text: The body, without the end of its line.
        reason: Words after the status, if others than HTTP's own.
    """
    return Response(
        status,
        f"{text}\n".encode(errors="replace"),
        {"Content-Type": "text/plain; charset=utf-8"},
        reason=reason,
    )


def is_number(value: Any) -> bool:
    """Whether JSON content is a finite number (true and false are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


class RequestRefused(Exception):
    """A request that is refused. Each service has a subclass, whose answer has its own form.

    Whoever answers requests raises it; `Session.answer` sends `response`.

    Args:
        message: What is wrong, for the client.
        status: HTTP status of the answer.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status

    def response(self) -> Response:
        """The answer: here the message in plain text."""
        return text_response(self.status, str(self))


class BadRequest(RequestRefused):
    """A request that is not HTTP as we speak it.

    It is not in the journal, and the connection is closed after the answer.
    """
