"""Serving bytes over HTTP as object stores and web servers do: HEAD, ranges, entity tags."""

import hashlib
import re
from email.utils import formatdate

from autograder.services.http.request_response import Request, Response

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")

MODIFIED = formatdate(1_735_689_600, usegmt=True)
"""When each file was last modified, as clients are told: always 1 January 2025."""


class ServedFile:
    """Bytes in memory under one address.

    Args:
        content: The file.
        content_type: Its media type.
    """

    def __init__(self, content: bytes, content_type: str) -> None:
        self.content = content
        self._headers = {
            "Content-Type": content_type,
            "Accept-Ranges": "bytes",
            "ETag": f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"',
            "Last-Modified": MODIFIED,
        }

    def answer(self, request: Request) -> Response:
        """The file, or the one range of it that was asked for.

        Several ranges at once are answered with the whole, as HTTP allows. The answer to a range
        outside the file has status 416.
        """
        headers = dict(self._headers)
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return Response(304, headers=headers, omit_body=True)
        head, size = request.method == "HEAD", len(self.content)
        window = _window(request, size, headers["ETag"])
        if window is None:
            return Response(200, memoryview(self.content), headers, omit_body=head)
        start, stop = window
        if start >= stop:
            headers["Content-Range"] = f"bytes */{size}"
            return Response(416, b"", headers)
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        return Response(206, memoryview(self.content)[start:stop], headers, omit_body=head)


def _window(request: Request, size: int, tag: str) -> tuple[int, int] | None:
    """Start and stop of the range asked for; None asks for everything, empty for nothing."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or match[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    stop = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return int(first), stop
