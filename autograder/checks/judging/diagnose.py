"""Name what is wrong where no recorded mistake fits: from the type or the numbers.

Each diagnosis is computed from a fact and its expectation alone; the sentences stand here.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from typing import NamedTuple

import numpy as np

from autograder.checks.judging.compare import RANDOM_SAMPLES
from autograder.checks.reading.facts import TYPED_IN, Fact


class Diagnosis(NamedTuple):
    """Name of a mistake and sentence for the learner; ``{label}`` stands for the fact's label."""

    name: str
    sentence: str


# --- the type -----------------------------------------------------------------------------------

_TYPES = {
    "NoneType": Diagnosis(
        "none", "{label} is `None`: what you stored is the result of a call that returns nothing."
    ),
    "str": Diagnosis("text-in-its-place", "{label} is only a text, such as a name or an address."),
    "list": Diagnosis("list-in-its-place", "{label} is a plain list; an array is wanted."),
    "DatasetReader": Diagnosis(
        "file-in-its-place", "{label} is the open file. Read from it what is asked for."
    ),
    "Response": Diagnosis(
        "answer-in-its-place", "{label} is the whole answer, not what it contains."
    ),
    "Series": Diagnosis("row-in-its-place", "{label} is one row or column, not the whole table."),
    "GeoSeries": Diagnosis("series-in-its-place", "{label} is a GeoSeries, not a GeoDataFrame."),
}
_CALLABLE = Diagnosis("not-called", "{label} is a function: its brackets are missing.")
_TYPED_IN = Diagnosis(
    "typed-in",
    "{label}: right for this patch, but you typed the numbers in. Take them from the data, so that "
    "they are right for any patch.",
)


def _of_type(name: str) -> Diagnosis | None:
    if name in ("function", "method", "builtin_function_or_method", "type"):
        return _CALLABLE
    return _TYPES.get(name)


# --- numbers ------------------------------------------------------------------------------------


def _of_numbers(found: list[float], expected: list[float], tolerance: float) -> Diagnosis | None:
    left, right = np.array(found, dtype=float), np.array(expected, dtype=float)
    if left.size != right.size:
        return None
    if np.isnan(left).any() or np.isinf(left).any():
        return Diagnosis("not-finite", "{label}: not every number is finite.")
    distance = np.abs(np.sort(left) - np.sort(right)).max()
    if left.size > 1 and distance <= max(tolerance, 1e-9):
        return Diagnosis("other-order", "{label}: the numbers are right, but in another order.")
    factor = _factor(left, right)
    if factor is not None and (factor < 0 or _is_power_of_ten(factor)):
        return Diagnosis("scaled", f"{{label}}: {_times(factor)}. Look at the units.")
    if np.abs(left - right).max() < 0.5 and np.allclose(left, right, rtol=1e-3):
        return Diagnosis(
            "rounded", "{label}: close, but not exact. Compute it, do not copy or round it."
        )
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


def _times(factor: float) -> str:
    if abs(factor + 1) < 0.01:
        return "the sign is reversed"
    size = factor if abs(factor) > 1 else 1 / factor
    rounded = f"{round(size):,}" if abs(size - round(size)) < 0.01 * abs(size) else f"{size:.3g}"
    return f"{rounded} times too {'large' if abs(factor) > 1 else 'small'}"


# --- arrays -------------------------------------------------------------------------------------

NEARLY = 0.05
MIN_PIXELS = 1000
"""Smaller arrays are tables of colours, not pictures."""

Turn = Callable[[np.ndarray], np.ndarray]


def _turns(shape: list[int]) -> Iterator[tuple[Diagnosis, Turn]]:
    """Ways in which a picture or a stack of bands may be turned, each with its diagnosis."""
    rows, columns = (1, 2) if len(shape) == 3 and shape[0] in (3, 4) else (0, 1)
    upside = Diagnosis("upside-down", "{label} stands on its head: the first row is the north.")
    mirrored = Diagnosis("mirrored", "{label} is mirrored: left and right have changed places.")
    diagonal = Diagnosis(
        "rows-and-columns-swapped",
        "{label}: rows and columns have changed places, so it is mirrored along its diagonal.",
    )
    yield upside, lambda array: np.flip(array, rows)
    yield mirrored, lambda array: np.flip(array, columns)
    yield diagonal, lambda array: np.swapaxes(array, rows, columns)
    quarter = Diagnosis("turned", "{label} is turned by a quarter or a half.")
    for turns in (1, 2, 3):
        yield quarter, partial(np.rot90, k=turns, axes=(rows, columns))
    colours = 2 if rows == 0 else 0
    if len(shape) == 3 and shape[colours] == 3:
        swapped = Diagnosis(
            "colours-in-another-order", "{label}: the bands are right, but in another order."
        )
        for order in list(permutations(range(3)))[1:]:
            yield swapped, partial(np.take, indices=order, axis=colours)


def _of_array(fact: Fact, expected: Fact) -> Diagnosis | None:
    found, wanted = list(fact["shape"]), list(expected["shape"])
    if found != wanted:
        return _of_shape(found, wanted)
    array = np.asarray(fact["array"], dtype=float)
    if array.size < MIN_PIXELS:
        return None
    finite = array[np.isfinite(array)]
    if finite.size and finite.min() == finite.max():
        return Diagnosis("constant", f"{{label}}: every pixel holds the same value, {finite[0]:g}.")
    positions = expected["positions"][:RANDOM_SAMPLES]
    values = np.array([float(value) for value in expected["values"][:RANDOM_SAMPLES]])
    if array.ndim >= 2:
        for diagnosis, turn in _turns(wanted):
            turned = turn(array)
            if turned.shape == array.shape and _same(turned.ravel()[positions], values):
                return diagnosis
    sampled = array.ravel()[positions]
    factor = _factor(sampled, values)
    if factor is not None:
        return Diagnosis("scaled", f"{{label}}: {_times(factor)}.")
    if _same(sampled, values):
        return Diagnosis("few-pixels", "{label} is right but for a few pixels. Look at zeros, at "
                         "pixels without data, and at extremes.")  # fmt: skip
    if np.isfinite(sampled).all() and np.abs(sampled - values).max() < NEARLY:
        return Diagnosis(
            "nearly", "{label}: close, but not the same. Was it rounded, or computed otherwise?"
        )
    return None


def _same(left: np.ndarray, right: np.ndarray) -> bool:
    return bool(np.allclose(left, right, rtol=1e-3, atol=2e-3, equal_nan=True))


def _of_shape(found: list[int], wanted: list[int]) -> Diagnosis:
    if sorted(found) == sorted(wanted):
        return Diagnosis("axes-in-another-order", "The axes of {label} are in another order.")
    if [length for length in found if length != 1] == wanted:
        return Diagnosis(
            "extra-axis", "{label} has an extra axis of length 1, as for a list of one band."
        )
    if len(found) == len(wanted):
        return Diagnosis("other-size", "{label} has another size: it was cut, resized or turned.")
    return Diagnosis("other-axes", "{label} has another number of axes.")


# --- one for all --------------------------------------------------------------------------------


def of_fact(fact: Fact, expected: Fact, tolerance: float) -> Diagnosis | None:
    """The diagnosis of the difference between a fact and its expectation, or ``None``."""
    if fact == TYPED_IN:
        return _TYPED_IN
    if fact["kind"] == "other":
        return _of_type(fact["type"])
    if fact["kind"] == expected["kind"] == "numbers":
        return _of_numbers(fact["values"], expected["values"], tolerance)
    if fact["kind"] == expected["kind"] == "array":
        return _of_array(fact, expected)
    return None
