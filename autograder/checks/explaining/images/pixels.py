"""Pixels in which an array differs from a right one."""

from collections.abc import Iterator

import numpy as np

from autograder.checks.explaining.explanation import Explanation


def differing(array: np.ndarray, right: np.ndarray, tolerance: float) -> Iterator[Explanation]:
    """That some pixels differ, and which one number they hold, if it is one.

    Args:
        array: The learner's array.
        right: The right one, of the same shape.
        tolerance: Largest difference that counts as the same.
    """
    with np.errstate(invalid="ignore"):
        values = array[~(np.abs(array - right) <= tolerance)]
    if not values.size:
        return
    value = one_number(values)
    counts = {"count": f"{values.size:,}", "all": f"{array.size:,}", "value": value}
    yield Explanation("pixels-replaced" if value else "some-pixels-differ", counts)


def one_number(values: np.ndarray) -> str:
    """The number that all pixels hold, or an empty text."""
    if np.isnan(values).all():
        return "NaN"
    return number(float(values[0])) if (values == values[0]).all() else ""


def number(value: float) -> str:
    """A number as a person writes it: four significant digits."""
    value = float(f"{value:.4g}")
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
