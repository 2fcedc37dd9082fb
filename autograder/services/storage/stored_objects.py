"""The objects of a store as they lie on disk; no symbolic link is followed."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

_UNFINISHED = ".rclone_temp_"
"""How rclone begins the names of files whose upload is under way."""


def describe(folder: Path) -> list[dict[str, Any]]:
    """Every object below `folder`: ``path`` with its bucket, ``size``, ``sha256``, ``modified``."""
    found = []
    for path, file in _files(folder):
        with file:
            status = os.fstat(file.fileno())
            found.append(
                {
                    "path": path,
                    "size": status.st_size,
                    "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
                    "modified": status.st_mtime,
                }
            )
    return sorted(found, key=lambda item: str(item["path"]))


def read(folder: Path, path: str, limit: int | None = None) -> bytes:
    """The bytes of the object at ``bucket/key``.

    Args:
        folder: Folder of the buckets.
        path: Bucket and key; it is looked up in the listing, never opened as a path.
        limit: Most bytes to read; None for any size.

    Raises:
        KeyError: There is no such object.
        OSError: It is larger than `limit`.
    """
    for name, file in _files(folder):
        with file:
            if name != path:
                continue
            content = file.read(-1 if limit is None else limit + 1)
            if limit is not None and len(content) > limit:
                raise OSError(errno.EFBIG, f"the object is larger than {limit} bytes", path)
            return content
    raise KeyError(path)


def largest(folder: Path) -> int:
    """Bytes of the largest object below `folder`; 0 where there is none."""
    sizes = [0]
    for _, file in _files(folder):
        with file:
            sizes.append(os.fstat(file.fileno()).st_size)
    return max(sizes)


def _files(folder: Path) -> Iterator[tuple[str, BufferedReader]]:
    """Name and open file of every regular file; whoever asks closes it."""
    for parent, _, names, place in os.fwalk(folder):
        below = Path(parent).relative_to(folder)
        for name in names:
            if name.startswith(_UNFINISHED):
                continue
            try:
                opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
            except OSError:  # removed meanwhile, or a link
                continue
            file = os.fdopen(opened, "rb")
            if stat.S_ISREG(os.fstat(opened).st_mode):
                yield (below / name).as_posix(), file
            else:
                file.close()
