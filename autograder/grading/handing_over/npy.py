"""Arrays as ``.npy`` files that hold plain numbers or truth values, and nothing else."""

import io
import math
import re

import numpy as np

from autograder.checks.reading.facts import MAX_ELEMENTS

MAX_DIMENSIONS = 8
_LONGEST_AXIS = 10**7 - 1

# numpy's own reader evaluates the header as Python, and takes any dtype.
_HEADER = re.compile(
    rb"\{'descr': '([<>|](?:b1|[iu][1248]|f[248]))', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,7}, ?)*(?:\d{1,7})?)\), \} *\n"
)
_MAGIC = b"\x93NUMPY\x01\x00"
_ALIGNMENT = 64


class UnusableEvidence(Exception):
    """Evidence that no honest run hands over; the text says what is wrong with it."""


def as_npy(array: np.ndarray, room: int) -> bytes | None:
    """An array as a ``.npy`` file; ``None`` where it takes more than ``room`` bytes.

    Numbers wider than 8 bytes become float64. Too many or too long axes give ``None`` as well.
    """
    if array.dtype.itemsize > 8:
        array = array.astype(float)
    too_long = array.ndim > MAX_DIMENSIONS or max(array.shape, default=0) > _LONGEST_AXIS
    if too_long or array.nbytes + 1000 > room:
        return None
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def from_npy(content: bytes) -> np.ndarray:
    """The array in a file that `as_npy` made; it shares the file's bytes.

    Raises:
        UnusableEvidence: It is another file.
    """
    start = 10 + int.from_bytes(content[8:10], "little")
    header = _HEADER.fullmatch(content, 10, start) if start <= len(content) else None
    if not header or not content.startswith(_MAGIC) or start % _ALIGNMENT:
        raise UnusableEvidence("The evidence has an array that cannot be read.")
    dtype = np.dtype(header[1].decode())
    shape = [int(length) for length in header[3].decode().split(",") if length.strip()]
    count = math.prod(shape)
    if count > MAX_ELEMENTS or len(shape) > MAX_DIMENSIONS:
        raise UnusableEvidence("The evidence has an array that is too large.")
    if len(content) - start != count * dtype.itemsize:
        raise UnusableEvidence("The evidence has an array of another size than it says.")
    flat = np.frombuffer(content, dtype, offset=start)
    if dtype.kind == "b" and flat.view(np.uint8).max(initial=0) > 1:
        raise UnusableEvidence("The evidence has truth values that are none.")
    try:
        return flat.reshape(shape, order="F" if header[2] == b"True" else "C")
    except ValueError:  # without elements, but too large along its axes
        raise UnusableEvidence("The evidence has an array that is too large.") from None
