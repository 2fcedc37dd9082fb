"""Read files that a learner's code wrote: none outside of its folder, and nothing but files."""

import os
import stat
from pathlib import Path


def read_beneath(root: Path, path: Path, limit: int) -> bytes | None:
    """The bytes of a file beneath a folder; no link on the way is followed.

    Args:
        root: The folder.
        path: The file, absolute.
        limit: Largest size in bytes that is read.

    Returns:
        ``None`` where there is no such regular file; ``b""`` for an empty or larger one.
    """
    try:
        real = os.path.realpath(root)
        inside = os.path.relpath(os.path.normpath(path), real).split(os.sep)
        if not os.path.isabs(path) or ".." in inside or inside == ["."]:
            return None
        folder = os.open(real, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for name in inside[:-1]:
                below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
                os.close(folder)
                folder = below
            return _read(inside[-1], folder, limit)
        finally:
            os.close(folder)
    except (OSError, ValueError):  # also a name that is too long, or holds a NUL
        return None


def _read(name: str, folder: int, limit: int) -> bytes | None:
    # Looked at first: opening a device can do something.
    if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        return None
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with open(os.open(name, flags, dir_fd=folder), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            return None
        return stream.read(status.st_size) if status.st_size <= limit else b""
