"""Compare a fact with an expected one, and reduce facts to what a comparison needs.

A reduced array keeps its shape, dtype kind, range, chunk means and a sample of pixels: enough to
tell right from wrong and one mistake from another, and readable as json.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.reading.facts import Fact

RANDOM_SAMPLES = 120
CHUNKS = 50
SIGNIFICANT_DIGITS = 7


@dataclass(frozen=True)
class Difference:
    """What was found against what was expected, in a learner's words."""

    found: str
    expected: str

    def with_unit(self, fact: Fact, reduced: Fact, unit: str) -> "Difference":
        """The same with a unit behind what is a number or an outline."""
        measured = ("numbers", "geometry", "array")
        return Difference(
            f"{self.found} {unit}" if unit and fact["kind"] in measured else self.found,
            f"{self.expected} {unit}" if unit and reduced["kind"] in measured else self.expected,
        )


# --- reduce -----------------------------------------------------------------------------------


def sample_positions(solution: np.ndarray, others: Iterable[np.ndarray]) -> np.ndarray:
    """Flat positions of the pixels to remember.

    The first `RANDOM_SAMPLES` are spread at random (the same ones for the same shape); then come
    a few at which each of ``others``, arrays of known mistakes, differs from ``solution``.
    """
    rng = np.random.default_rng(solution.size)
    positions = list(rng.choice(solution.size, min(RANDOM_SAMPLES, solution.size), replace=False))
    for other in others:
        if other.shape == solution.shape:
            unequal = ~np.isclose(other, solution, rtol=0, atol=1e-3, equal_nan=True)
            places = np.flatnonzero(unequal)
            positions += list(places[:: max(1, places.size // 6)][:6])
    return np.array(list(dict.fromkeys(int(position) for position in positions)))


def reduce(fact: Fact, positions: np.ndarray | None = None) -> Fact:
    """The json form of a fact that an expectation stores.

    Args:
        fact: Any fact.
        positions: For an array, the flat positions to sample (default: random ones).
    """
    if fact["kind"] != "array":
        return fact
    values = fact["array"].ravel()
    if positions is None or (positions.size and positions.max() >= values.size):
        positions = sample_positions(values, ())
    return {
        "kind": "array",
        "dtype": fact["dtype"],
        "shape": list(fact["shape"]),
        "range": _rounded(_range(values)),
        "mean": _rounded([_mean(values)])[0],
        "chunks": _rounded(_chunk_means(values)),
        "positions": [int(position) for position in positions],
        "values": _rounded(values[positions]),
    }


def _finite(values: np.ndarray) -> np.ndarray:
    values = values.astype(float, copy=False)
    finite = np.isfinite(values)
    return values if finite.all() else values[finite]


def _range(values: np.ndarray) -> list[float]:
    finite = _finite(values)
    return [float(finite.min()), float(finite.max())] if finite.size else [np.nan, np.nan]


def _mean(values: np.ndarray) -> float:
    finite = _finite(values)
    return float(finite.mean()) if finite.size else float("nan")


def _chunk_means(values: np.ndarray) -> list[float]:
    """Means of `CHUNKS` runs of pixels, about equal in length: a local change shows in one."""
    return [_mean(chunk) for chunk in np.array_split(values, CHUNKS)]


def _rounded(values: Iterable[float]) -> list[float | str]:
    """Floats with `SIGNIFICANT_DIGITS`; NaN and infinities as text, because json has none."""
    numbers = (float(value) for value in values)
    return [
        float(f"{number:.{SIGNIFICANT_DIGITS}g}") if np.isfinite(number) else str(number)
        for number in numbers
    ]


# --- compare ----------------------------------------------------------------------------------


def compare(fact: Fact, expected: Fact, tolerance: float) -> Difference | None:
    """Tell how ``fact`` differs from ``expected``.

    Args:
        fact: A learner's fact, arrays whole.
        expected: A reduced fact.
        tolerance: Largest absolute difference of two numbers that counts as equal.

    Returns:
        ``None`` where they agree.
    """
    return None if same(fact, expected, tolerance) else _difference(fact, expected, tolerance)


def same(fact: Fact, expected: Fact, tolerance: float) -> bool:
    """Whether `compare` finds no difference; quicker, because it words nothing."""
    return fact["kind"] == expected["kind"] and bool(
        _COMPARISONS[fact["kind"]](fact, expected, tolerance)
    )


def _difference(fact: Fact, expected: Fact, tolerance: float) -> Difference:
    if fact["kind"] == expected["kind"] == "array":
        if fact["shape"] != expected["shape"]:
            return Difference(f"shape {_shape(fact)}", f"shape {_shape(expected)}")
        return Difference(
            f"{describe(fact)}; {_share(fact, expected, tolerance)}", describe(expected)
        )
    return Difference(describe(fact), describe(expected))


def _share(fact: Fact, expected: Fact, tolerance: float) -> str:
    """How many of the sampled pixels differ."""
    unequal = ~_close(
        fact["array"].ravel()[expected["positions"]], _floats(expected["values"]), tolerance
    )
    share = unequal[:RANDOM_SAMPLES].mean()
    return f"about {share:.0%} of the pixels differ" if share >= 0.01 else "a few pixels differ"


def _floats(values: list[Any]) -> np.ndarray:
    return np.array([float(value) for value in values])


def _close(left: np.ndarray, right: np.ndarray, tolerance: float) -> np.ndarray:
    return np.isclose(
        left.astype(float, copy=False), right, rtol=1e-6, atol=tolerance, equal_nan=True
    )


def _same_array(fact: Fact, expected: Fact, tolerance: float) -> bool:
    if list(fact["shape"]) != list(expected["shape"]):
        return False
    values = fact["array"].ravel()
    sampled = values[expected["positions"]]
    return bool(
        _close(sampled, _floats(expected["values"]), tolerance).all()
        and _close(np.array(_range(values)), _floats(expected["range"]), tolerance).all()
        and _close(np.array(_chunk_means(values)), _floats(expected["chunks"]), tolerance).all()
    )


def _same_numbers(fact: Fact, expected: Fact, tolerance: float) -> bool:
    left, right = fact["values"], expected["values"]
    return len(left) == len(right) and bool(
        _close(np.array(left, dtype=float), _floats(right), tolerance).all()
    )


def _same_geometry(fact: Fact, expected: Fact, tolerance: float) -> bool:
    import shapely

    left, right = shapely.from_wkt(fact["wkt"]), shapely.from_wkt(expected["wkt"])
    if left.geom_type != right.geom_type:
        return False
    # An outline that crosses itself has the same corners, and another area.
    alike = abs(left.area - right.area) <= max(tolerance, 1e-9) * max(left.length, right.length)
    return bool(alike and shapely.hausdorff_distance(left.boundary, right.boundary) <= tolerance)


_COMPARISONS = {
    "array": _same_array,
    "numbers": _same_numbers,
    "geometry": _same_geometry,
    "text": lambda fact, expected, _: fact["text"] == expected["text"],
    "texts": lambda fact, expected, _: fact["texts"] == expected["texts"],
    "missing": lambda fact, expected, _: fact["why"] == expected["why"],
    "other": lambda fact, expected, _: fact["type"] == expected["type"],
}


# --- describe ---------------------------------------------------------------------------------


def _shape(fact: Fact) -> str:
    return f"({', '.join(str(length) for length in fact['shape'])})"


def number(value: float) -> str:
    """A number as a person would write it: four significant digits, whole where large."""
    value = float(value)
    return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def describe(fact: Fact) -> str:
    """A fact in a few words, whole or reduced."""
    kind = fact["kind"]
    if kind == "missing":
        return str(fact["why"])
    if kind == "array":
        return _describe_array(fact)
    if kind == "numbers":
        return ", ".join(number(value) for value in fact["values"])
    if kind == "texts":
        return _describe_texts(fact["texts"])
    if kind == "geometry":
        return _describe_geometry(fact["wkt"])
    return str(fact["text"] if kind == "text" else f"an object of type {fact['type']}")


def _describe_texts(items: list[str]) -> str:
    shown = ", ".join(items[:6])
    return (shown + (f" … ({len(items)} in all)" if len(items) > 6 else "")) or "nothing"


def _describe_array(fact: Fact) -> str:
    if "array" in fact:
        values = fact["array"].ravel()
        finite = _finite(values)
        (low, high), mean = _range(finite), _mean(finite)
        not_numbers = int(values.size - finite.size)
    else:
        (low, high), mean, not_numbers = _floats(fact["range"]), fact["mean"], 0
    words = f"{_shape(fact)} from {number(low)} to {number(high)}, mean {number(float(mean))}"
    return words + (f", {not_numbers} not finite" if not_numbers else "")


def _describe_geometry(wkt: str) -> str:
    import shapely

    geometry = shapely.from_wkt(wkt)
    west, south, east, north = geometry.bounds
    corners = ", ".join(
        f"{value:.6g}" if abs(value) < 1000 else f"{value:.0f}"
        for value in (west, south, east, north)
    )
    return f"{geometry.geom_type} with bounds {corners}"
