"""Read a learner's files: only regular ones, of bounded size."""

import os
from pathlib import Path, PurePath
from typing import Any

from autograder.careful_files import open_regular, within
from autograder.checks.reading.guard import from_library

MAX_PATH = 4096


def content(path: Any, folder: Path, limit: int) -> bytes | None:
    """The bytes of a file.

    Args:
        path: Text, bytes or a ``pathlib`` path, absolute or in ``folder``.
        folder: The working folder of the notebook.
        limit: Largest size in bytes that is read.

    Returns:
        ``None`` where there is no such regular file (devices and pipes are never opened);
        ``b""`` for an empty or larger one.
    """
    try:
        file = os.path.join(folder, plain_path(path))
        with open_regular(file, follow_links=True) as stream:
            return within(stream, limit)
    except (OSError, ValueError):  # also a path that is too long, or holds a NUL
        return None


def modified(path: Any, folder: Path) -> float:
    """When a file was last written, in Unix time; 0 where there is none.

    Args:
        path: As for `content`.
        folder: The working folder of the notebook.
    """
    try:
        return os.stat(os.path.join(folder, plain_path(path))).st_mtime
    except (OSError, ValueError):
        return 0.0


def plain_path(value: Any) -> str:
    """A path as plain text; no ``__fspath__`` is called.

    Raises:
        TypeError: It is not text, bytes or a ``pathlib`` path.
    """
    cls = type(value)
    if issubclass(cls, str):
        return str.__getitem__(value, slice(MAX_PATH + 1))
    if issubclass(cls, bytes):
        return os.fsdecode(bytes.__getitem__(value, slice(MAX_PATH + 1)))
    if issubclass(cls, PurePath) and from_library(value):
        return str(value)[: MAX_PATH + 1]
    raise TypeError("not a path")
