"""Passing signed requests on to rclone, and its answers back."""

import contextlib
import http.client
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.services.http.request_response import CHUNK, BadRequest, Body, Request, Response
from autograder.services.storage.rclone import Rclone
from autograder.services.storage.upload_allowance import Allowance

HELD = 4 * CHUNK
"""Answers and bodies of up to this many bytes are held in memory while they are passed on."""

_NOT_PASSED_ON = frozenset(
    {"connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer"}
    | {"transfer-encoding", "upgrade"}
)


class Upstream:
    """Sends requests to rclone as they are: their signature covers the Host header too.

    Args:
        rclone: The process behind.
        folder: Where large bodies of unknown length are kept meanwhile.
    """

    def __init__(self, rclone: Rclone, folder: Path) -> None:
        self._rclone = rclone
        self._folder = folder

    def ask(self, request: Request, allowance: Allowance) -> Response | None:
        """The answer to a request; None if rclone hung up without one.

        Args:
            request: The request; each has a connection of its own, and only its own body in it.
            allowance: What may be uploaded.

        Raises:
            AllowanceSpentError: The body is larger than what is left of it.
            BadRequest: Target or headers cannot be passed on.
        """
        with contextlib.ExitStack() as stack:
            # First, so that a client that never finishes holds up nobody else.
            pieces, size = stack.enter_context(self._measured(request.stream, allowance))
            connection = self._rclone.connect()
            stack.callback(connection.close)
            _send_head(connection, request, size)
            listening = True
            for piece in pieces:  # to the end, or the client could not hear us
                listening = listening and _send(connection, piece)
            try:
                answer = connection.getresponse()
            except http.client.RemoteDisconnected:
                return None
            except (OSError, http.client.HTTPException):
                return Response(500)
            headers = {
                name: value
                for name, value in answer.getheaders()
                if name.lower() not in {"connection", "transfer-encoding", "date"}
            }
            head = request.method == "HEAD"
            if head or (answer.length or 0) <= HELD:
                return Response(answer.status, answer.read(), headers, omit_body=head)
            pieces = _pieces(answer, stack.pop_all())
            return Response(answer.status, headers=headers, pieces=pieces)

    @contextlib.contextmanager
    def _measured(self, body: Body, allowance: Allowance) -> Iterator[tuple[Iterator[bytes], int]]:
        """The pieces of a body and its size in bytes.

        rclone wants to know the size before; s3fs sends chunks without saying it. These are kept
        meanwhile, on disk if they are large.
        """
        if body.length is not None:
            allowance.take(body.length)
            yield body.pieces(), body.length
            return
        with tempfile.SpooledTemporaryFile(max_size=HELD, dir=str(self._folder)) as spool:
            for piece in body.pieces():
                allowance.take(len(piece))
                spool.write(piece)
            size = spool.tell()
            spool.seek(0)
            yield iter(lambda: spool.read(CHUNK), b""), size


def _send_head(connection: http.client.HTTPConnection, request: Request, size: int) -> None:
    try:
        connection.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
        for name, value in request.headers.items():
            if name.lower() not in _NOT_PASSED_ON:
                connection.putheader(name, value)
    except (ValueError, http.client.InvalidURL) as error:
        raise BadRequest(400, "Target or headers hold what HTTP does not allow.") from error
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
        while piece := answer.read(CHUNK):
            yield piece
