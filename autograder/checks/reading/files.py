"""Read a learner's files: only regular ones, of bounded size, and the arrays in them."""

import io
import math
import os
from pathlib import Path, PurePath
from typing import Any

import numpy as np
from numpy.lib import format as npy

from autograder.careful_files import open_regular, within
from autograder.checks.reading.guard import attempt, from_library

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


def array_in(content: bytes) -> np.ndarray | None:
    """The array in the bytes of a ``.npy`` file; ``None`` where they hold none of numbers."""
    return attempt(None, _loaded, content)


def _loaded(content: bytes) -> np.ndarray | None:
    """The array in a ``.npy`` file; ``None`` where its header promises more than it holds."""
    stream = io.BytesIO(content)
    version = npy.read_magic(stream)
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read_header(stream)
    if (
        dtype.kind not in "biuf"
        or math.prod(shape) * dtype.itemsize != len(content) - stream.tell()
    ):
        return None
    return np.load(io.BytesIO(content), allow_pickle=False)


def kind_of(content: bytes) -> str:
    """What a file is that holds no array of numbers."""
    if not content:
        return "an empty or very large file"
    if content.startswith(b"PK"):
        return "an archive of several arrays (.npz)"
    if content.startswith(b"\x93NUMPY"):
        return "a .npy file that does not hold numbers"
    if content.startswith((b"II", b"MM")):
        return "a TIFF"
    if content.startswith(b"\x80"):
        return "pickled Python objects"
    text = all(32 <= byte < 127 or byte in b"\r\n\t" for byte in content[:500])
    return "a text file" if text else "bytes without the header of a .npy file"
