"""What was handed in, as a tree of files and folders. Nothing is followed, changed or unpacked.

An archive is a folder in this tree: see `archives`.
"""

import io
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

from autograder.careful_files import LinkError, NotRegularError, open_regular

MAX_ENTRIES = 10_000
"""Most entries of a folder, and of all folders of a submission, that are looked at."""

TOO_MANY = f"holds more than {MAX_ENTRIES:,} files and folders; keep the notebooks alone"

MAX_DEPTH = 8
"""Deepest folder of a submission that is looked into."""

Kind = Literal["folder", "file", "link", "other"]


class UnusableNotebook(Exception):
    """Why a notebook, or what may hold one, cannot be graded, for the student to read.

    Where it says of a file what it is or does, the file's name is put in front.
    """


def composed(name: str) -> str:
    """A name in the form in which a letter and its accent are one; a Mac writes them as two."""
    return unicodedata.normalize("NFC", name)


def _no_children() -> "list[Node]":
    return []


@dataclass(frozen=True)
class Node:
    """A file or a folder.

    Attributes:
        name: Its name, `composed`.
        kind: ``other`` is a pipe, a socket, a device.
        stream: Opens the content of a file.
        children: Gives what a folder holds, sorted by name.
        size: Bytes that it says to have.
        changed: When it was changed, in Unix time; 0 where that is not known.
    """

    name: str
    kind: Kind
    stream: Callable[[], IO[bytes]]
    children: "Callable[[], list[Node]]" = _no_children
    size: int = 0
    changed: float = 0.0

    def read(self, limit: int) -> bytes:
        """The content, of so many bytes at most.

        Raises:
            UnusableNotebook: It is no file, unreadable, too large, or being written.
        """
        if self.kind != "file":
            raise UnusableNotebook(
                f"is {'a link' if self.kind == 'link' else 'not a regular file'}"
            )
        demand_size(self.size, limit)
        try:
            with self.stream() as stream:
                content = stream.read(limit + 1)
        except LinkError:
            raise UnusableNotebook("is a link") from None
        except NotRegularError:
            raise UnusableNotebook("is not a regular file") from None
        except OSError as error:
            raise UnusableNotebook(f"cannot be read: {error.strerror or error}") from error
        demand_size(len(content), limit)
        return content


def on_disk(path: Path) -> Node:
    """A file or folder; the path to here may lead over links, below nothing does.

    Raises:
        OSError: There is none.
    """
    return _node(path.absolute(), (), os.stat(path))


def _node(root: Path, parts: tuple[str, ...], status: os.stat_result) -> Node:
    return Node(
        composed(parts[-1] if parts else root.name),
        _kind(status.st_mode),
        lambda: io.BufferedReader(_Reopened(root, parts, status), 1 << 20),
        lambda: _children(root, parts),
        status.st_size,
        status.st_mtime,
    )


def _kind(mode: int) -> Kind:
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    return "link" if stat.S_ISLNK(mode) else "other"


@contextmanager
def _folder(root: Path, parts: tuple[str, ...]) -> Iterator[int]:
    """A folder as an open descriptor, which cannot be exchanged for another or for a link."""
    with ExitStack() as stack:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        stack.callback(os.close, descriptor)
        for name in parts:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            descriptor = os.open(name, flags, dir_fd=descriptor)
            stack.callback(os.close, descriptor)
        yield descriptor


def _children(root: Path, parts: tuple[str, ...]) -> list[Node]:
    found = []
    try:
        with _folder(root, parts) as folder, os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, MAX_ENTRIES + 1)]
            if len(names) > MAX_ENTRIES:
                raise UnusableNotebook(TOO_MANY)
            for name in sorted(names):
                with suppress(FileNotFoundError):
                    status = os.stat(name, dir_fd=folder, follow_symlinks=False)
                    found.append(_node(root, (*parts, name), status))
    except OSError as error:
        raise UnusableNotebook(f"cannot be read: {error.strerror}") from error
    return found


class _Reopened(io.RawIOBase):
    """A file that is opened for each piece that is read, so that none of a class stays open."""

    def __init__(self, root: Path, parts: tuple[str, ...], status: os.stat_result) -> None:
        self._root = root
        self._parts = parts
        self._status = status
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_CUR: self._place, os.SEEK_END: self._status.st_size}.get(whence, 0)
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: Any) -> int:
        with ExitStack() as stack:
            folder, name = None, str(self._root)
            if self._parts:
                folder = stack.enter_context(_folder(self._root, self._parts[:-1]))
                name = self._parts[-1]
            file = stack.enter_context(
                open_regular(name, folder=folder, follow_links=not self._parts)
            )
            now = os.fstat(file.fileno())
            if (now.st_size, now.st_mtime_ns) != (self._status.st_size, self._status.st_mtime_ns):
                raise UnusableNotebook("changed while it was read; grade it again")
            content = os.pread(file.fileno(), len(buffer), self._place)
        buffer[: len(content)] = content
        self._place += len(content)
        return len(content)


def demand_size(size: int, limit: int) -> None:
    """Refuse a file that is too large.

    Raises:
        UnusableNotebook: It is.
    """
    if size > limit:
        raise UnusableNotebook(
            f"has {size / 1e6:,.0f} MB, more than the {limit / 1e6:.0f} MB allowed"
        )


# --- what programs leave beside what was handed in ------------------------------------------------

_JUNK = frozenset(
    {
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "@eadir",
        "__macosx",
        "__pycache__",
        "desktop.ini",
        "ehthumbs.db",
        "icon\r",
        "lost+found",
        "network trash folder",
        "node_modules",
        "recycled",
        "recycler",
        "system volume information",
        "temporary items",
        "thumbs.db",
        "venv",
    }
)


def is_junk(name: str) -> bool:
    """Whether a system or a program has put a file or folder there, and no learner."""
    return name.startswith((".", "~$")) or name.casefold() in _JUNK
