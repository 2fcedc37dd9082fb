"""Archives that were handed in, read member by member: nothing is unpacked to the disk.

What an archive says of itself is not trusted: names are only names, sizes are counted in reading.
"""

import bz2
import gzip
import io
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import IO, Any

from autograder.careful_files import NotRegularError
from autograder.grading.handed_in.trees import (
    MAX_DEPTH,
    Kind,
    Node,
    UnusableNotebook,
    composed,
    demand_size,
)

MAX_ARCHIVE = 500_000_000
"""Largest archive that a learner hands in, in bytes."""

MAX_INDEX = 10_000_000
"""Most bytes that list the members of an archive: a hundred are enough for one."""

MAX_MEMBERS = 100_000
"""Most members of an archive that are looked at."""

MAX_UNPACKED = 300_000_000
"""Most bytes of an unpacked tar that are read."""

CLASS = 1000
"""How many times more the archive of a whole class may hold."""

MAX_MEMBER = 100_000_000
"""Largest member that is read."""

MAX_NAME = 255
"""Longest name of a file, in characters."""

TOO_MANY = "holds more files than can be looked at"
BROKEN = "is a broken archive; ask for it again"

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2")
UNREADABLE_ENDINGS = (
    *(".7z", ".rar", ".zipx", ".cab", ".dmg", ".iso", ".z01", ".001"),
    *(".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.lz", ".tar.lzma", ".tar.z"),
    *(".xz", ".gz", ".bz2", ".zst", ".lz", ".lzma", ".lz4", ".z"),
)

_STORED, _DEFLATED = 0, 8
_PASSWORD = 1
_UTF8 = 0x800
_TIME_IN_UTC = 0x5455
_UNSET = (1980, 1, 2)  # programs write the first day of 1980 where they know no time
_LATEST = 1e10


def is_archive(name: str) -> bool:
    """Whether a file is an archive, as its name says."""
    return name.casefold().endswith(ENDINGS + UNREADABLE_ENDINGS)


def without_ending(name: str) -> str:
    """The name of an archive without its ending."""
    endings = [end for end in ENDINGS + UNREADABLE_ENDINGS if name.casefold().endswith(end)]
    return name[: len(name) - max(map(len, endings), default=0)]


def opened(archive: Node, times: int = 1) -> Node:
    """An archive as a folder.

    Args:
        archive: The archive's file.
        times: How much more it may hold than that of one learner.

    Raises:
        UnusableNotebook: It cannot be opened, or holds more than can be looked at.
    """
    if archive.kind != "file":
        archive.read(0)
    if not archive.name.casefold().endswith(ENDINGS):
        raise UnusableNotebook("is an archive that cannot be opened here; unpack it")
    demand_size(archive.size, MAX_ARCHIVE * times)
    try:
        stream = archive.stream()
        if stream.read(2) == b"PK":
            return _tree(archive, _members_of_zip(stream, times))
        return _tree(archive, _members_of_tar(stream, times))
    except _BROKEN as error:
        raise UnusableNotebook(BROKEN) from error


_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    OSError,
    RecursionError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Python's readers raise for archives that are no good."""


@dataclass
class _Member:
    name: str
    kind: Kind
    size: int
    changed: float
    stream: Callable[[], IO[bytes]]
    inside: "dict[str, _Member]" = field(default_factory=dict)


def _tree(archive: Node, members: Iterable[_Member]) -> Node:
    top = _Member("", "folder", 0, 0.0, _nothing)
    for member in members:
        parts = member.name.replace("\\", "/").split("/")
        parts = [composed(part) for part in parts if part not in ("", ".")]
        if not parts or ".." in parts or "\0" in member.name:
            continue
        parts = parts[: 2 * MAX_DEPTH]  # deeper than is looked into, so that it is told
        if max(map(len, parts)) > MAX_NAME:  # no file can have such a name
            continue
        folder = top
        for part in parts[:-1]:
            folder = folder.inside.setdefault(part, _Member(part, "folder", 0, 0.0, _nothing))
        if member.kind != "folder":
            folder.inside[parts[-1]] = member
    return _as_node(archive.name, top, archive.changed)


def _as_node(name: str, member: _Member, changed: float) -> Node:
    def children() -> list[Node]:
        return [_as_node(n, m, m.changed) for n, m in sorted(member.inside.items())]

    kind: Kind = "folder" if member.inside else member.kind
    return Node(name, kind, member.stream, children, member.size, changed)


def _nothing() -> IO[bytes]:
    raise NotRegularError


# --- zip ------------------------------------------------------------------------------------------


def _members_of_zip(stream: IO[bytes], times: int) -> Iterable[_Member]:
    _demand_short_index(stream, MAX_INDEX * min(times, 10))
    archive = zipfile.ZipFile(stream)
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnusableNotebook(TOO_MANY)
    for info in members:
        kind: Kind = "folder" if info.is_dir() else "file"
        if stat.S_ISLNK(info.external_attr >> 16):
            kind = "link"
        content = partial(_zipped, archive, info)
        yield _Member(_zipped_name(info), kind, info.file_size, _zipped_time(info), content)


def _demand_short_index(stream: IO[bytes], limit: int) -> None:
    """Refuse an archive whose list of members would fill the memory.

    Raises:
        UnusableNotebook: It would.
    """
    length = stream.seek(0, io.SEEK_END)
    start = max(0, length - 66_000)
    stream.seek(start)
    end = stream.read(66_000)
    place = end.rfind(b"PK\x05\x06")
    if place < 0:
        raise UnusableNotebook(BROKEN)
    size = int.from_bytes(end[place + 12 : place + 16], "little")
    if size == 0xFFFFFFFF:  # a longer form stands in front, with a number of eight bytes
        place = end.rfind(b"PK\x06\x06")
        size = int.from_bytes(end[place + 40 : place + 48], "little") if place >= 0 else size
    if size > limit:
        raise UnusableNotebook(TOO_MANY)


def _zipped_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; programs write UTF-8, or what their Windows has, without saying so."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    for encoding in ("utf-8", "cp437", "cp850", "cp1252"):
        with suppress(UnicodeError):
            name = info.filename.encode("cp437").decode(encoding)
            if encoding == "utf-8" or _reads_well(name):
                return name
    return info.filename


def _reads_well(name: str) -> bool:
    """Whether a name is written in Latin letters, none of them a capital inside a word."""
    letters = [character for character in name if not character.isascii()]
    latin = all(unicodedata.name(letter, "").startswith("LATIN ") for letter in letters)
    return latin and not any(
        before.islower() and letter.isupper() and not letter.isascii()
        for before, letter in pairwise(name)
    )


def _zipped_time(info: zipfile.ZipInfo) -> float:
    """When a member was changed; in the time zone of this machine where the archive names none."""
    kind, size, flags, seconds = (*struct.unpack_from("<HHBi", info.extra.ljust(9, b"\0")),)
    if kind == _TIME_IN_UTC and size >= 5 and flags & 1:
        return _sound(seconds)
    try:
        return _sound(datetime(*info.date_time).timestamp()) if info.date_time > _UNSET else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _sound(changed: float) -> float:
    """A time as an archive gives it; 0 where it can be none."""
    return float(changed) if 0 < changed < _LATEST else 0.0


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    if info.flag_bits & _PASSWORD:
        raise UnusableNotebook("is protected by a password")
    if info.compress_type not in (_STORED, _DEFLATED):
        raise UnusableNotebook("is packed in a way that cannot be opened here; unpack it")
    return _loaded(partial(archive.open, info))


def _loaded(source: Callable[[], IO[bytes] | None]) -> IO[bytes]:
    """What a member of an archive holds, which may be far more than it was said to be."""
    try:
        stream = source()
        if stream is None:
            raise NotRegularError
        with stream:
            content = stream.read(MAX_MEMBER + 1)
    except NotRegularError:
        raise
    except _BROKEN as error:
        raise UnusableNotebook(BROKEN) from error
    demand_size(len(content), MAX_MEMBER)
    return io.BytesIO(content)


# --- tar ------------------------------------------------------------------------------------------


class _Counted(io.RawIOBase):
    """A stream from which only so much is read, however often it is wound back."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self._left = left

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        before = self.tell()
        place = self._stream.seek(offset, whence)
        # What is packed is unpacked up to there, where that lies behind anew from the start.
        self._count(place - before if place > before else place + 1)
        return place

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._count(len(content))
        return content

    def _count(self, used: int) -> None:
        self._left -= used
        if self._left < 0:
            raise UnusableNotebook("unpacks to more than can be looked at")


def _members_of_tar(stream: IO[bytes], times: int) -> list[_Member]:
    stream.seek(0)
    start = stream.read(3)
    stream.seek(0)
    plain: Any = stream
    if start[:2] == b"\x1f\x8b":
        plain = gzip.GzipFile(fileobj=stream)
    elif start == b"BZh":
        plain = bz2.BZ2File(stream)
    counted = _Counted(plain, MAX_UNPACKED * times)
    archive = tarfile.TarFile(fileobj=counted)
    members: list[_Member] = []
    for info in archive:
        if len(members) >= MAX_MEMBERS:
            raise UnusableNotebook(TOO_MANY)
        kind: Kind = "file" if info.isreg() else "folder" if info.isdir() else "other"
        kind = "link" if info.issym() or info.islnk() else kind
        content = partial(_loaded, partial(archive.extractfile, info))
        members.append(_Member(info.name, kind, info.size, _sound(info.mtime), content))
    return members
