"""What was done to numbers that are no rising function of one band."""

from collections.abc import Iterator

import numpy as np

from autograder.checks.explaining.explanation import Explanation


def without_match(
    array: np.ndarray, bands: np.ndarray, wanted: tuple[int, ...], *, scaled: bool
) -> Iterator[Explanation]:
    """Numbers that were cut to whole ones, ran over, or were divided in parts.

    Args:
        array: The learner's array.
        bands: The patch, shape (bands, rows, columns).
        wanted: Numbers of the bands that are asked for.
        scaled: Whether a picture for display is asked for.
    """
    stack = bands[[band - 1 for band in wanted]]
    if len(wanted) == 1:
        stack = stack[0]
    elif scaled:
        stack = np.moveaxis(stack, 0, -1)
    if array.shape != stack.shape:
        return
    flat = np.random.default_rng(array.size).integers(0, array.size, 600)
    seen, light = array.ravel()[flat].astype(float), stack.ravel()[flat]
    if array.dtype.kind not in "iu" and np.ptp(array) == 0:
        return
    for divisor in (np.percentile(stack, 98), stack.max(), 1.0) if scaled else (1.0,):
        full = light / divisor
        for right in (full, np.clip(full, 0, 1)):
            if np.array_equal(seen, np.trunc(right)) or np.array_equal(seen, np.rint(right)):
                yield Explanation("cast-to-whole-numbers")
                return
        if array.dtype.itemsize == 1 and np.abs(seen - np.floor(full * 255) % 256).max() <= 1:
            yield Explanation("ran-over-255")
            return
    if scaled:
        yield from _in_parts(array, stack)


def _in_parts(array: np.ndarray, stack: np.ndarray) -> Iterator[Explanation]:
    """A picture of which each column, row or pixel was divided by a number of its own."""
    with np.errstate(all="ignore"):
        ratios = np.where((array > 0) & (array < 1), array / stack, np.nan)
    rng = np.random.default_rng(array.size)
    rows, columns = (rng.integers(0, sides, 12) for sides in array.shape[:2])
    parts = {
        "each-column-by-another-number": [ratios[:, column, 0] for column in columns],
        "each-row-by-another-number": [ratios[row, :, 0] for row in rows],
        "each-pixel-by-another-number": list(ratios[rows, columns]),
    }
    for key, groups in parts.items():
        groups = [group[np.isfinite(group)] for group in groups]
        groups = [group for group in groups if group.size > 1]
        means = [float(group.mean()) for group in groups]
        if len(groups) > 3 and all(np.ptp(group) < 1e-4 * group.mean() for group in groups):
            if np.ptp(means) > 1e-3 * max(means):
                yield Explanation(key)
            return
