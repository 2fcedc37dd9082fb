"""Compare a fact with an expected one, and reduce facts to what a comparison needs.

A reduced array keeps its shape, dtype kind, range, chunk means and a sample of pixels: enough to
tell right from wrong and one mistake from another, and readable as json.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.judging import describing, one_line
from autograder.checks.reading.facts import Fact

RANDOM_SAMPLES = 120
CHUNKS = 50
SIGNIFICANT_DIGITS = 7


@dataclass(frozen=True)
class Difference:
    """What was found against what was expected, in a learner's words."""

    found: str
    expected: str

    def of(self, label: str, found_unit: str, expected_unit: str) -> "Difference":
        """The same with its subject, and with units behind numbers, each on one line."""
        words, units = (self.found, self.expected), (found_unit, expected_unit)
        return Difference(*one_line.with_subject(words, label, units))


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
            places = _apart(other.ravel(), solution.ravel())
            positions += list(places[:: max(1, places.size // 6)][:6])
    return np.array(list(dict.fromkeys(int(position) for position in positions)), dtype=int)


def _apart(other: np.ndarray, solution: np.ndarray) -> np.ndarray:
    """Positions at which two flat arrays differ: looked at closely only where they are unequal."""
    places = np.flatnonzero(other != solution)
    close = np.isclose(other[places], solution[places], rtol=0, atol=1e-3, equal_nan=True)
    return places[~close]


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
    return Difference(*describing.pair(fact, expected, _agreeing(fact, expected, tolerance)))


def _agreeing(fact: Fact, expected: Fact, tolerance: float) -> np.ndarray | None:
    """Which of the sampled pixels agree, those spread at random; ``None`` for other shapes."""
    if not fact["kind"] == expected["kind"] == "array" or fact["shape"] != expected["shape"]:
        return None
    sampled = fact["array"].ravel()[expected["positions"]]
    agreeing = _close(sampled, _floats(expected["values"]), tolerance)
    spread = agreeing[:RANDOM_SAMPLES]
    return agreeing if spread.all() else spread


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
    if left.geom_type != right.geom_type or (right.is_valid and not left.is_valid):
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


def says_something(expected: Fact) -> bool:
    """Whether a reduced fact tells right from wrong: only NaN, zeros or emptiness do not."""
    if expected["kind"] == "array":
        numbers = np.array([*_floats(expected["range"]), *_floats(expected["values"])])
        return bool(np.any(np.isfinite(numbers) & (numbers != 0)))
    if expected["kind"] == "geometry":
        import shapely

        return not shapely.from_wkt(expected["wkt"]).is_empty
    return bool(expected.get("values") or expected.get("texts") or expected.get("text"))
