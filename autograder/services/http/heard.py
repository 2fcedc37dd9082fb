"""What of an answer is noted while it passes: size, digest, and its text where it is short."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping

from autograder.services.http.request_response import BODY_LIMIT, CHUNK_SIZE

ENCODINGS = ("gzip", "deflate")
"""Ways of compressing that are understood."""

_ANY_HEAD = 32 + zlib.MAX_WBITS
"""Has zlib tell by the first bytes whether it is gzip or deflate."""


class Heard:
    """Notes an answer piece by piece, as its client understands it: decompressed.

    Args:
        headers: The answer's headers. Of a ``Content-Encoding`` that is not understood, the bytes
            are noted as they are sent; of a long answer, none are held.

    Attributes:
        size: Bytes so far.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        length = headers.get("Content-Length", "")
        long = length.isdecimal() and int(length) > BODY_LIMIT
        self._held: list[bytes | memoryview] | None = None if long else []
        known = headers.get("Content-Encoding", "").strip().lower() in ENCODINGS
        self._unpacker = zlib.decompressobj(_ANY_HEAD) if known else None

    def take(self, piece: bytes | memoryview) -> None:
        """Note one more piece."""
        for plain in self._plain(piece):
            self.size += len(plain)
            self._digest.update(plain)
            if self.size > BODY_LIMIT:
                self._held = None
            elif self._held is not None:
                self._held.append(plain)

    @property
    def body(self) -> bytes | None:
        """All of it; None where it is larger than `BODY_LIMIT`."""
        if not self.size:  # the answer to HEAD tells the length of what it does not bring
            return b""
        return None if self._held is None else b"".join(self._held)

    @property
    def sha256(self) -> str:
        """The digest of all of it."""
        return self._digest.hexdigest()

    def _plain(self, piece: bytes | memoryview) -> Iterator[bytes | memoryview]:
        if self._unpacker is None:
            yield piece
            return
        waiting = bytes(piece)
        try:
            while waiting:  # a little may become very much
                yield self._unpacker.decompress(waiting, CHUNK_SIZE)
                waiting = self._unpacker.unconsumed_tail
        except zlib.error:  # it is not what it says: its client will complain
            self._unpacker = None
