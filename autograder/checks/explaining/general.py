"""Explanations by the kind of a fact alone: its type, its numbers, an array's shape and pixels.

They come after those of an exercise, and know of the right answer only what was recorded.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.pixels import number
from autograder.checks.reading.facts import TYPED_IN, Fact

CALLABLE = ("function", "method", "builtin_function_or_method", "type")

TYPES = {
    "NoneType": "none",
    "str": "text-in-its-place",
    "list": "list-in-its-place",
    "DatasetReader": "file-in-its-place",
    "Response": "answer-in-its-place",
    "Series": "row-in-its-place",
    "GeoSeries": "series-in-its-place",
}
"""Keys of the sentences for objects that an exercise cannot use, by type."""

NEARLY = 0.01
"""Largest difference of numbers that are close, as a share of their range."""

MIN_PIXELS = 1000
"""Smaller arrays are tables of colours, not pictures."""

SAMPLED = 120
"""The first recorded pixels are spread at random; those after them show known mistakes."""

Turn = Callable[[np.ndarray], np.ndarray]


def of_fact(fact: Fact, expected: Fact, tolerance: float) -> Explanation | None:
    """The explanation of the difference between a fact and its reduced expectation, or ``None``."""
    if fact == TYPED_IN:
        return Explanation("typed-in")
    if fact["kind"] == "other":
        key = "not-called" if fact["type"] in CALLABLE else TYPES.get(fact["type"])
        return Explanation(key) if key else None
    if fact["kind"] == expected["kind"] == "numbers":
        return _of_numbers(fact["values"], expected["values"], tolerance)
    if fact["kind"] == expected["kind"] == "array":
        return _of_array(fact, expected)
    return None


# --- numbers ------------------------------------------------------------------------------------


def _of_numbers(found: list[float], expected: list[float], tolerance: float) -> Explanation | None:
    left, right = np.array(found, dtype=float), np.array(expected, dtype=float)
    if left.size != right.size or not left.size:
        return None
    if not np.isfinite(left).all():
        return Explanation("not-finite")
    distance = np.abs(np.sort(left) - np.sort(right)).max()
    if left.size > 1 and distance <= max(tolerance, 1e-9):
        return Explanation("other-order")
    factor = _factor(left, right)
    if factor is not None and (factor < 0 or _is_power_of_ten(factor)):
        return _scaled(factor)
    for digits in range(-3, 7):
        if np.allclose(left, np.round(right, digits), rtol=1e-12, atol=1e-9):
            return Explanation("rounded")
    off = float(np.abs(left - right).max())
    if off < NEARLY * max(float(np.abs(right).max()), 1e-12):
        return Explanation("close", {"difference": number(off)})
    return None


def _is_power_of_ten(factor: float) -> bool:
    exponent = np.log10(factor)
    return bool(abs(exponent - round(exponent)) < 1e-3 and round(exponent) != 0)


def _factor(left: np.ndarray, right: np.ndarray) -> float | None:
    """The constant factor between two lists of numbers; ``None`` for none, or one near 1."""
    solid = np.isfinite(left) & np.isfinite(right) & (np.abs(right) > 1e-3)
    if solid.sum() < 1 or not np.abs(left[solid]).max() > 0:
        return None
    ratios = left[solid] / right[solid]
    factor = float(np.median(ratios))
    steady = np.allclose(ratios, factor, rtol=2e-3)
    telling = abs(factor) > 1.5 or abs(factor) < 0.7 or factor < 0
    return factor if steady and telling else None


def _scaled(factor: float) -> Explanation:
    if abs(factor + 1) < 0.01:
        return Explanation("sign-reversed")
    size = abs(factor) if abs(factor) > 1 else 1 / abs(factor)
    key = "too-large" if abs(factor) > 1 else "too-small"
    return Explanation(key, {"factor": number(round(size) if size > 20 else round(size, 1))})


# --- arrays -------------------------------------------------------------------------------------


def turns(shape: list[int]) -> Iterator[tuple[str, Turn]]:
    """Ways in which a picture or a stack of bands may be turned, each with its key."""
    rows, columns = (1, 2) if len(shape) == 3 and shape[0] in (3, 4) else (0, 1)
    yield "upside-down", partial(np.flip, axis=rows)
    yield "mirrored", partial(np.flip, axis=columns)
    yield "rows-and-columns-swapped", partial(np.swapaxes, axis1=rows, axis2=columns)
    yield "turned-by-a-half", partial(np.flip, axis=(rows, columns))
    for quarters in (1, 3):
        yield "turned-by-a-quarter", partial(np.rot90, k=quarters, axes=(rows, columns))
    colours = 2 if rows == 0 else 0
    if len(shape) == 3 and shape[colours] == 3:
        for order in list(permutations(range(3)))[1:]:
            yield "colours-swapped", partial(np.take, indices=order, axis=colours)


def _of_array(fact: Fact, expected: Fact) -> Explanation | None:
    found, wanted = list(fact["shape"]), list(expected["shape"])
    if found != wanted:
        return _of_shape(found, wanted)
    array = np.asarray(fact["array"], dtype=float)
    if array.size < MIN_PIXELS:
        return None
    finite = array[np.isfinite(array)]
    if finite.size and finite.min() == finite.max():
        return Explanation("constant", {"value": number(finite[0])})
    positions = expected["positions"][:SAMPLED]
    values = np.array([float(value) for value in expected["values"][:SAMPLED]])
    if array.ndim >= 2:
        for key, turn in turns(wanted):
            turned = turn(array)
            if turned.shape == array.shape and _same(turned.ravel()[positions], values):
                return Explanation(key)
    sampled = array.ravel()[positions]
    factor = _factor(sampled, values)
    if factor is not None:
        return _scaled(factor)
    if _same(sampled, values):
        return Explanation("few-pixels", {"count": str(len(values))})
    off = np.abs(sampled - values)
    if np.isfinite(off).all() and off.max() < NEARLY * np.ptp(values):
        return Explanation("close", {"difference": number(float(off.max()))})
    return None


def _same(left: np.ndarray, right: np.ndarray) -> bool:
    return bool(np.allclose(left, right, rtol=1e-3, atol=2e-3, equal_nan=True))


def _of_shape(found: list[int], wanted: list[int]) -> Explanation:
    if sorted(found) == sorted(wanted):
        return Explanation("axes-in-another-order")
    if [length for length in found if length != 1] == wanted:
        return Explanation("extra-axis", {"shape": f"({', '.join(map(str, found))})"})
    return Explanation("other-size" if len(found) == len(wanted) else "other-axes")
