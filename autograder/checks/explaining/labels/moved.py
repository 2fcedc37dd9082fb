"""Labels in another size, or off their place: cut out, padded, thinned out, resized, averaged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels.sources import Source

BLOCK = 8
"""Side of a block of pixels by which an array is found again in labels."""

BLOCKS = 4
"""How many blocks are tried, those with the most codes first."""

LEAST_VARIED = 6
"""Changes of code inside of a block: fewer are met in many places."""

LEAST_OVERLAP = 0.2
"""Share of the smaller array that must lie on the labels."""

NEARLY_ALL = 0.98
"""Share of pixels that agree where rows were chosen by rounding, one way or the other."""

WIDEST = 8
"""Pixels around a place whose codes may be mixed."""


@dataclass(frozen=True)
class Offset:
    """Where an array lies in labels: its pixel (0, 0) is row ``row``, column ``column`` there."""

    row: int
    column: int


def explained(table: np.ndarray, sources: Sequence[Source]) -> Explanation | None:
    """What was done to the labels of a table of numbers; ``None`` where nothing is found.

    Args:
        table: Any numbers, shape (rows, columns).
        sources: Cleaned labels, those that are right first.
    """
    whole = np.array_equal(table, np.rint(table))
    if whole:
        for source in sources:
            found = _thinned(table, source.codes) or _moved(table, source.codes)
            if found:
                return found
    for source in sources[:2]:
        found = (_resized(table, source.codes) if whole else None) or _mixed(table, source.codes)
        if found:
            return found
    return None


def _sizes(table: np.ndarray, codes: np.ndarray) -> dict[str, str]:
    """Both sizes, rows first."""
    return {
        "rows": str(table.shape[0]),
        "columns": str(table.shape[1]),
        "right_rows": str(codes.shape[0]),
        "right_columns": str(codes.shape[1]),
    }


def _thinned(table: np.ndarray, codes: np.ndarray) -> Explanation | None:
    """Only every n-th row and column was taken."""
    if table.size >= codes.size or min(table.shape) < 2:
        return None
    down, across = (-(-full // small) for full, small in zip(codes.shape, table.shape, strict=True))
    if not np.array_equal(codes[::down, ::across], table):
        return None
    return Explanation("labels-thinned", _sizes(table, codes))


def _moved(table: np.ndarray, codes: np.ndarray) -> Explanation | None:
    """The pixels are right, but lie elsewhere: cut out, with an edge around, or shifted."""
    offset = _offset(table, codes)
    if offset is None:
        return None
    rows, columns = table.shape
    inside = offset.row >= 0 and offset.column >= 0
    inside &= offset.row + rows <= codes.shape[0] and offset.column + columns <= codes.shape[1]
    if inside:
        return Explanation("labels-cut-out", _sizes(table, codes))
    if rows >= codes.shape[0] and columns >= codes.shape[1] and table.size > codes.size:
        return Explanation("labels-padded", _sizes(table, codes))
    return Explanation(
        "labels-shifted-in-place",
        {"down": str(abs(offset.row)), "across": str(abs(offset.column))},
    )


def _offset(table: np.ndarray, codes: np.ndarray) -> Offset | None:
    """Where a table lies in labels; ``None`` where it is not found."""
    for row, column in _varied_blocks(table):
        block = table[row : row + BLOCK, column : column + BLOCK]
        for top, left in _places_of(block, codes):
            offset = Offset(top - row, left - column)
            if _agree(table, codes, offset):
                return offset
    return None


def _varied_blocks(table: np.ndarray) -> Iterator[tuple[int, int]]:
    """Upper left corners of the blocks in which codes change most often."""
    rows, columns = table.shape
    if rows < BLOCK or columns < BLOCK:
        return
    changes = np.zeros(table.shape)
    changes[:, 1:] += table[:, 1:] != table[:, :-1]
    changes[1:] += table[1:] != table[:-1]
    tall, wide = rows // BLOCK, columns // BLOCK
    cut = changes[: tall * BLOCK, : wide * BLOCK].reshape(tall, BLOCK, wide, BLOCK)
    count = cut.sum(axis=(1, 3))
    for place in np.argsort(-count.ravel())[:BLOCKS]:
        row, column = divmod(int(place), wide)
        if count[row, column] >= LEAST_VARIED:
            yield row * BLOCK, column * BLOCK


def _places_of(block: np.ndarray, codes: np.ndarray) -> list[tuple[int, int]]:
    """Where a block is found in labels: its first few places."""
    tall, wide = (side - BLOCK + 1 for side in codes.shape)
    if tall < 1 or wide < 1:
        return []
    alike = np.ones((tall, wide), bool)
    for row, column in np.ndindex(block.shape):
        alike &= codes[row : row + tall, column : column + wide] == block[row, column]
        if not row and not column and not alike.any():
            return []
    return [(int(row), int(column)) for row, column in np.argwhere(alike)[:5]]


def _agree(table: np.ndarray, codes: np.ndarray, offset: Offset) -> bool:
    """Whether all pixels that lie on the labels have their codes."""
    top, left = max(0, -offset.row), max(0, -offset.column)
    bottom = min(table.shape[0], codes.shape[0] - offset.row)
    right = min(table.shape[1], codes.shape[1] - offset.column)
    own = table[top:bottom, left:right]
    there = codes[
        top + offset.row : bottom + offset.row, left + offset.column : right + offset.column
    ]
    return own.size >= LEAST_OVERLAP * min(table.size, codes.size) and np.array_equal(own, there)


def _resized(table: np.ndarray, codes: np.ndarray) -> Explanation | None:
    """Another size, each pixel with a code of its place."""
    if table.shape == codes.shape or min(table.shape) < BLOCK:
        return None
    rows, columns = (
        ((np.arange(small) + 0.5) * full / small).astype(int)
        for small, full in zip(table.shape, codes.shape, strict=True)
    )
    around = codes[rows[:, None], columns] == table
    for down, across in ((-1, 0), (0, -1), (-1, -1), (1, 0), (0, 1), (1, 1)):
        there = codes[np.clip(rows + down, 0, codes.shape[0] - 1)[:, None],
                      np.clip(columns + across, 0, codes.shape[1] - 1)]  # fmt: skip
        around |= there == table
    return Explanation("labels-resized", _sizes(table, codes)) if _enough(around, table) else None


def _enough(alike: np.ndarray, table: np.ndarray) -> bool:
    return bool(alike.mean() >= NEARLY_ALL) and float(np.ptp(table)) > 0


def _mixed(table: np.ndarray, codes: np.ndarray) -> Explanation | None:
    """Codes of neighbours were mixed: each number lies between those around its place."""
    if not np.isfinite(table).all() or min(table.shape) < BLOCK:
        return None
    reach = max(full / small for full, small in zip(codes.shape, table.shape, strict=True))
    if reach > WIDEST:
        return None
    rows, columns = (
        ((np.arange(small) + 0.5) * full / small).astype(int)
        for small, full in zip(table.shape, codes.shape, strict=True)
    )
    low, high = _around(codes, int(np.ceil(reach / 2)) + 1)
    low, high = low[rows[:, None], columns], high[rows[:, None], columns]
    slack = 0.02 + 0.15 * (high - low)  # cubic resampling shoots a little over
    between = (table >= low - slack) & (table <= high + slack)
    calm = low == high
    if not _enough(between, table) or not (between[calm].mean() if calm.any() else 0) > NEARLY_ALL:
        return None
    fractions = table[table != np.rint(table)]
    if fractions.size:
        values = {"value": f"{fractions[np.argmax(np.abs(fractions % 1 - 0.5) < 0.3)]:.2f}"}
        return Explanation("labels-averaged", values | _sizes(table, codes))
    same = table.shape == codes.shape
    return Explanation("labels-smoothed" if same else "labels-resized", _sizes(table, codes))


def _around(codes: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """The smallest and the largest code up to ``reach`` pixels around each place."""
    low, high = codes.astype(int), codes.astype(int)
    for _ in range(reach):
        for axis in (0, 1):
            low, high = _spread(low, axis, np.minimum), _spread(high, axis, np.maximum)
    return low, high


def _spread(values: np.ndarray, axis: int, choose: np.ufunc) -> np.ndarray:
    """Each value replaced by the chosen one of itself and its two neighbours along an axis."""
    lines = np.swapaxes(values, 0, axis)
    padded = np.pad(lines, ((1, 1), (0, 0)), mode="edge")
    return np.swapaxes(choose(choose(padded[:-2], lines), padded[2:]), 0, axis)
