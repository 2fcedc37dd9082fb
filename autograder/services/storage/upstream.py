"""Passes signed requests on to rclone, as far as the quota for uploads lasts."""

import contextlib
import http.client
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from autograder.services.http.request_response import (
    CHUNK_SIZE,
    BadRequest,
    Body,
    Request,
    RequestRefused,
    Response,
)
from autograder.services.storage.rclone import Rclone

MEMORY_LIMIT = 4 * CHUNK_SIZE
"""Answers and bodies of up to this many bytes are held in memory while they are passed on."""

ENTRY_COST = 32 * 1024
"""Bytes that an object counts for each name in its path, beside its content.

Files and folders have a cost of their own, however little they hold.
"""

_NOT_PASSED_ON = frozenset(
    {"connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer"}
    | {"transfer-encoding", "upgrade"}
)


class S3Refused(RequestRefused):
    """A request that the object storage refuses.

    Args:
        status: HTTP status.
        code: S3's name for the kind of error.
        message: What is wrong.
        resource: Path that the answer names.
    """

    def __init__(self, status: int, code: str, message: str, resource: str = "") -> None:
        super().__init__(message, status)
        self._code = code
        self._resource = resource

    def response(self) -> Response:
        """The error in the form that S3 clients read."""
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{self._code}</Code><Message>{escape(str(self))}</Message>"
            f"<Resource>{escape(self._resource)}</Resource></Error>"
        )
        return Response(self.status, text.encode(), {"Content-Type": "application/xml"})


class UploadQuota:
    """Counts what is uploaded; what is removed again is not given back.

    Args:
        limit: Bytes in all; None for any number.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._used = 0

    def take(self, size: int, path: str) -> None:
        """Count `size` more bytes of the object at `path`.

        Raises:
            S3Refused: They are more than what is left; nothing is counted.
        """
        with self._lock:
            if self._limit is not None and self._used + size > self._limit:
                raise S3Refused(
                    400,
                    "EntityTooLarge",
                    f"Your uploads are larger than the {self._limit / 1e6:g} MB that are allowed"
                    " in all.",
                    path,
                )
            self._used += size


class Upstream:
    """Sends requests to rclone as they are: their signature covers the Host header too.

    Args:
        rclone: The process behind.
        folder: Where large bodies of unknown length are kept meanwhile.
    """

    def __init__(self, rclone: Rclone, folder: Path) -> None:
        self._rclone = rclone
        self._folder = folder

    def ask(self, request: Request, quota: UploadQuota) -> Response:
        """The answer to a request.

        Args:
            request: The request; each has a connection of its own, and only its own body in it.
            quota: What may be uploaded.

        Raises:
            S3Refused: The body is larger than the quota, or rclone does not answer it.
            BadRequest: Target or headers cannot be passed on.
            CourseError: rclone does not start.
        """
        with contextlib.ExitStack() as stack:
            # First, so that a client that never finishes holds up nobody else.
            pieces, size = stack.enter_context(self._measured(request, quota))
            connection = self._rclone.connect()
            stack.callback(connection.close)
            _send_head(connection, request, size)
            listening = True
            for piece in pieces:  # to the end, or the client could not hear us
                listening = listening and _send(connection, piece)
            try:
                answer = connection.getresponse()
            except http.client.RemoteDisconnected:  # it does so to signatures that it cannot read
                raise S3Refused(
                    400, "AuthorizationHeaderMalformed", "The signature cannot be read."
                ) from None
            except (OSError, http.client.HTTPException):
                raise _failed(request) from None
            if answer.status == 500:  # whose text may name our own folders
                raise _failed(request)
            headers = {
                name: value
                for name, value in answer.getheaders()
                if name.lower() not in {"connection", "transfer-encoding", "date"}
            }
            head = request.method == "HEAD"
            if head or (answer.length or 0) <= MEMORY_LIMIT:
                return Response(answer.status, answer.read(), headers, omit_body=head)
            pieces = _pieces(answer, stack.pop_all())
            return Response(answer.status, headers=headers, pieces=pieces)

    @contextlib.contextmanager
    def _measured(
        self, request: Request, quota: UploadQuota
    ) -> Iterator[tuple[Iterator[bytes], int]]:
        """The pieces of a request's body and its size in bytes.

        rclone wants to know the size before; s3fs sends chunks without saying it. These are kept
        meanwhile, on disk if they are large.
        """
        body: Body = request.stream
        if body.length is not None:
            quota.take(body.length, request.path)
            yield body.pieces(), body.length
            return
        with tempfile.SpooledTemporaryFile(max_size=MEMORY_LIMIT, dir=str(self._folder)) as spool:
            for piece in body.pieces():
                quota.take(len(piece), request.path)
                spool.write(piece)
            size = spool.tell()
            spool.seek(0)
            yield iter(lambda: spool.read(CHUNK_SIZE), b""), size


def _failed(request: Request) -> S3Refused:
    return S3Refused(500, "InternalError", "The storage failed.", request.path)


def _send_head(connection: http.client.HTTPConnection, request: Request, size: int) -> None:
    try:
        connection.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
        for name, value in request.headers.items():
            if name.lower() not in _NOT_PASSED_ON:
                connection.putheader(name, value)
    except (ValueError, http.client.InvalidURL) as error:
        raise BadRequest("Target or headers hold what HTTP does not allow.") from error
    if size or request.method in {"PUT", "POST"}:
        connection.putheader("Content-Length", str(size))
    connection.putheader("Connection", "close")
    connection.endheaders()


def _send(connection: http.client.HTTPConnection, data: bytes) -> bool:
    """Send `data`; False if rclone has answered already and reads no more."""
    try:
        connection.send(data)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _pieces(answer: http.client.HTTPResponse, open_: contextlib.ExitStack) -> Iterator[bytes]:
    with open_:
        while piece := answer.read(CHUNK_SIZE):
            yield piece
