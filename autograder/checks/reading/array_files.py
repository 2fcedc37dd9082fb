"""Read the array in a ``.npy`` file, and tell what else a file may be."""

import io
import math

import numpy as np
from numpy.lib import format as npy

from autograder.checks.reading.guard import attempt


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
