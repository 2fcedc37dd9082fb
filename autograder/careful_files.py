"""Files: untrusted ones read without following links or pipes, our own written as a whole."""

import os
import stat
import tempfile
from io import BufferedReader
from pathlib import Path


class NotRegularError(OSError):
    """Not a regular file: a link, a folder, a device, a pipe."""


class LinkError(NotRegularError):
    """A symbolic link where none is followed."""


def open_regular(
    path: str | Path, *, folder: int | None = None, follow_links: bool = False
) -> BufferedReader:
    """Open a regular file for reading. Nothing else is opened, followed or waited for.

    Args:
        path: The file; relative to ``folder``, if there is one.
        folder: Descriptor of an open folder.
        follow_links: Whether a symbolic link in the last part of the path is followed.

    Raises:
        NotRegularError: It is something else; `LinkError` for a link.
        OSError: It is missing or cannot be read.
        ValueError: The path holds a NUL.
    """
    # Before opening: to open a device can have an effect.
    _demand_regular(os.stat(path, dir_fd=folder, follow_symlinks=follow_links))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
    if not follow_links:
        flags |= os.O_NOFOLLOW
    file = os.fdopen(os.open(path, flags, dir_fd=folder), "rb")
    try:
        _demand_regular(os.fstat(file.fileno()))  # it may have been replaced meanwhile
    except BaseException:
        file.close()
        raise
    return file


def _demand_regular(status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise LinkError("it is a link")
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError("it is not a regular file")


def within(file: BufferedReader, limit: int) -> bytes:
    """The bytes of an open file; ``b""`` where there are more than ``limit``."""
    size = os.fstat(file.fileno()).st_size
    return file.read(size) if size <= limit else b""


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that after a kill or a power cut it is the old or the new one."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
