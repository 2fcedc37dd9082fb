"""Serving bytes over HTTP as object stores and web servers do: HEAD, ranges, entity tags."""

import hashlib
import re
from email.utils import formatdate

from autograder.services.messages import Request, Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

MODIFIED = formatdate(1_735_689_600, usegmt=True)
"""When fixtures were last modified, the same for all and for ever: 1 January 2025."""


def file_response(request: Request, content: bytes, content_type: str) -> Response:
    """`content`, or the one range of it that was asked for.

    Several ranges at once are answered with the whole, as HTTP allows. The answer to a range
    outside the content has status 416.
    """
    headers = {
        "Content-Type": content_type,
        "Accept-Ranges": "bytes",
        "ETag": f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"',
        "Last-Modified": MODIFIED,
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(304, headers=headers, omit_body=True)
    head = request.method == "HEAD"
    window = _window(request, len(content), headers["ETag"])
    if window is None:
        return Response(200, content, headers, omit_body=head)
    start, stop = window
    if start >= stop:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(416, b"", headers)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
    return Response(206, memoryview(content)[start:stop], headers, omit_body=head)


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
