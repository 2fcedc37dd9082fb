"""How an array may lie on a patch: order of axes, turned, mirrored, scrambled, cut out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

Places = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Channel, row and column on the patch of some numbers of an array, each of shape (n,)."""

BANDS, ROWS, COLUMNS = range(3)
FIRST, LAST = (BANDS, ROWS, COLUMNS), (ROWS, COLUMNS, BANDS)
"""Orders of axes: as rasterio gives bands, as matplotlib wants colours."""

TURNS = {
    (False, True, False): "upside-down",
    (False, False, True): "mirrored",
    (False, True, True): "turned-by-a-half",
    (True, False, False): "rows-and-columns-swapped",
    (True, True, False): "turned-by-a-quarter",
    (True, False, True): "turned-by-a-quarter",
    (True, True, True): "rows-and-columns-swapped",
}
"""Name of each way to turn a picture: axes swapped, rows flipped, columns flipped."""

MOST_BANDS = 14
STEPS = (2, 3, 4, 5, 10)


@dataclass(frozen=True)
class Lying:
    """One way in which an array may lie on a patch.

    Attributes:
        axes: What each of the array's axes goes along; empty for a scrambled array.
        turn: One of `TURNS`, or ``""``.
        cut: ``scrambled``, ``cut-out``, ``every-nth-pixel``, ``resized`` or ``""``.
        places: Where numbers lie on the patch, by their flat positions in the array.
    """

    axes: tuple[int, ...]
    turn: str
    cut: str
    places: Callable[[np.ndarray], Places]


def ways(
    shape: tuple[int, ...], patch: tuple[int, int], wanted: tuple[int, ...]
) -> Iterator[Lying]:
    """All ways in which an array of a shape may lie on a patch, simplest first.

    Args:
        shape: Shape of the array.
        patch: Height and width of the patch.
        wanted: The order of axes that is asked for, tried first.
    """
    orders = [order for order in _orders(len(shape), wanted) if _bands(shape, order) <= MOST_BANDS]
    flips = [(rows, columns) for rows in (False, True) for columns in (False, True)]
    for order in orders:
        for rows, columns in flips:
            if _sides(shape, order) == patch:
                turn = (_swapped(order, wanted), rows, columns)
                yield Lying(
                    order, TURNS.get(turn, ""), "", partial(_plain, shape, order, patch, turn[1:])
                )
    yield from _scrambled(shape, patch)
    for order in orders:
        yield from _parts(shape, order, patch)


def _orders(axes: int, wanted: tuple[int, ...]) -> list[tuple[int, ...]]:
    if axes == 2:
        return [(ROWS, COLUMNS), (COLUMNS, ROWS)]
    if axes != 3:
        return []
    straight = [wanted, *(order for order in (FIRST, LAST) if order != wanted)]
    others = [(ROWS, BANDS, COLUMNS)]
    return [*straight, *others, *(_other_way(order) for order in (*straight, *others))]


def _other_way(order: tuple[int, ...]) -> tuple[int, ...]:
    """The same order of axes with rows and columns swapped."""
    return tuple({ROWS: COLUMNS, COLUMNS: ROWS}.get(axis, axis) for axis in order)


def _swapped(order: tuple[int, ...], _wanted: tuple[int, ...]) -> bool:
    return order.index(COLUMNS) < order.index(ROWS)


def _bands(shape: tuple[int, ...], order: tuple[int, ...]) -> int:
    return shape[order.index(BANDS)] if BANDS in order else 1


def _sides(shape: tuple[int, ...], order: tuple[int, ...]) -> tuple[int, int]:
    return shape[order.index(ROWS)], shape[order.index(COLUMNS)]


def _at(shape: tuple[int, ...], order: tuple[int, ...], flat: np.ndarray) -> Places:
    """Channel, row and column within an array that is not turned."""
    at = np.unravel_index(flat, shape)
    channel = at[order.index(BANDS)] if BANDS in order else np.zeros_like(flat)
    return channel, at[order.index(ROWS)], at[order.index(COLUMNS)]


def _plain(
    shape: tuple[int, ...],
    order: tuple[int, ...],
    patch: tuple[int, int],
    flipped: tuple[bool, bool],
    flat: np.ndarray,
) -> Places:
    channel, rows, columns = _at(shape, order, flat)
    return (
        channel,
        patch[0] - 1 - rows if flipped[0] else rows,
        patch[1] - 1 - columns if flipped[1] else columns,
    )


def _scrambled(shape: tuple[int, ...], patch: tuple[int, int]) -> Iterator[Lying]:
    """The bands in some order of axes, cut anew into the array's shape."""
    size = int(np.prod(shape, dtype=np.int64))
    bands, rest = divmod(size, patch[0] * patch[1])
    if rest or not 1 <= bands <= MOST_BANDS:
        return
    for order in (FIRST, LAST, _other_way(FIRST), _other_way(LAST)):
        lengths = {BANDS: bands, ROWS: patch[0], COLUMNS: patch[1]}
        source = tuple(lengths[axis] for axis in order)
        if source != shape:
            yield Lying((), "", "scrambled", partial(_at, source, order))


def _parts(
    shape: tuple[int, ...], order: tuple[int, ...], patch: tuple[int, int]
) -> Iterator[Lying]:
    """A cut-out at a corner or the middle of the patch, or every nth pixel of it."""
    height, width = _sides(shape, order)
    down, right = patch[0] - height, patch[1] - width
    turn = "rows-and-columns-swapped" if _swapped(order, ()) else ""
    for step in STEPS:
        if (height, width) == (-(-patch[0] // step), -(-patch[1] // step)):
            every = partial(_part, shape, order, (0, 0), step)
            yield Lying(order, turn, "every-nth-pixel", every)
    if (down, right) != (0, 0) and min(height, width) > 1:
        yield Lying(order, turn, "resized", partial(_resized, shape, order, patch))
    if min(down, right) < 0 or max(down, right) == 0:
        return
    corners = [(row, column) for row in (0, down) for column in (0, right)]
    for corner in dict.fromkeys([*corners, (down // 2, right // 2)]):
        yield Lying(order, turn, "cut-out", partial(_part, shape, order, corner, 1))


def _resized(
    shape: tuple[int, ...], order: tuple[int, ...], patch: tuple[int, int], flat: np.ndarray
) -> Places:
    """The nearest pixel of the patch, as rasterio takes it for another number of rows."""
    channel, rows, columns = _at(shape, order, flat)
    height, width = _sides(shape, order)
    return (
        channel,
        ((rows + 0.5) * patch[0] / height).astype(int),
        ((columns + 0.5) * patch[1] / width).astype(int),
    )


def cut_out(
    shape: tuple[int, ...], order: tuple[int, ...], array: np.ndarray, whole: np.ndarray
) -> Lying | None:
    """Where on the patch a cut-out lies, from the ratios of four of its pixels.

    Args:
        shape: Shape of the array.
        order: Order of its axes.
        array: Its first channel, shape (rows, columns).
        whole: The same channel of the whole patch, but for a factor.
    """
    down, right = (full - part for full, part in zip(whole.shape, array.shape, strict=True))
    if min(down, right) < 0 or min(array.shape) < 2:
        return None
    rng = np.random.default_rng(array.size)
    lit = np.argwhere((array > np.nanmin(array)) & (array < np.nanmax(array)))
    if len(lit) < 4:
        return None
    spots = lit[rng.choice(len(lit), 4, replace=False)]
    windows = [whole[row : row + down + 1, column : column + right + 1] for row, column in spots]
    first, *others = (float(array[row, column]) for row, column in spots)
    fits = np.ones((down + 1, right + 1), dtype=bool)
    for value, window in zip(others, windows[1:], strict=True):
        fits &= np.isclose(windows[0] * value, window * first, rtol=1e-4, atol=1e-12)
    corners = np.argwhere(fits)
    if len(corners) != 1:
        return None
    corner = (int(corners[0][0]), int(corners[0][1]))
    return Lying(order, "", "cut-out", partial(_part, shape, order, corner, 1))


def _part(
    shape: tuple[int, ...],
    order: tuple[int, ...],
    corner: tuple[int, int],
    step: int,
    flat: np.ndarray,
) -> Places:
    channel, rows, columns = _at(shape, order, flat)
    return channel, corner[0] + rows * step, corner[1] + columns * step
