"""What two numbers are that should be the middle of a box: latitude and longitude in degrees."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from autograder.checks.explaining.places.rectangles import DEGREE_SIDES, Rectangle
from utils.reference import WGS84

TOLERANCE = 2e-3
"""Of the box's size: so near, a number counts as another."""

SOUTH_NORTH, WEST_EAST = (1, 3), (0, 2)


class Value(NamedTuple):
    """What a number is.

    Attributes:
        kind: Key of an explanation.
        system: The system that it is in.
        sides: The sides from which it was computed: 0 to 3 for west, south, east, north.
        amount: A number of decimals.
    """

    kind: str
    system: str = WGS84
    sides: tuple[int, ...] = ()
    amount: int = 0


class Point(NamedTuple):
    """What two numbers are; ``place`` is the one that tells, 0 or 1."""

    value: Value
    place: int = 0
    name: str = ""


_OF_TWO: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    ("centre-mean", lambda low, high: (low + high) / 2),
    ("centre-sum", lambda low, high: low + high),
    ("centre-half-size", lambda low, high: (high - low) / 2),
    ("centre-size", lambda low, high: high - low),
    ("centre-no-brackets", lambda low, high: low + high / 2),
    ("centre-no-brackets", lambda low, high: low / 2 + high),
)


def point_of(
    found: Sequence[float],
    bounds: Sequence[float],
    patch: Rectangle,
    others: Callable[[], Mapping[str, Rectangle]] = dict,
) -> Point | None:
    """What two numbers are; ``None`` where they are right, or nothing explains them.

    Args:
        found: What should be the latitude and the longitude of the middle.
        bounds: West, south, east, north in degrees, as the learner has them.
        patch: The patch.
        others: Gives what else the middle may be of, by name.
    """
    if not all(map(math.isfinite, found)):
        return Point(Value("centre-not-finite"))
    west, south, east, north = bounds
    middle = ((south + north) / 2, (west + east) / 2)
    near = TOLERANCE * max(abs(east - west), abs(north - south))
    if _near(found, middle, near):
        return None
    if _near(found, middle[::-1], near):
        return Point(Value("centre-swapped"))
    if _near(found, (0, 0), 1e-9):
        return Point(Value("centre-zero"))
    values = [
        _value(number, wanted, bounds, patch, near)
        for number, wanted in zip(found, (SOUTH_NORTH, WEST_EAST), strict=True)
    ]
    if all(values) or _one_is_right(found, middle, near):
        for place, value in enumerate(values):
            if value is not None and abs(found[place] - middle[place]) > near:
                return Point(value, place)
    if _near(found, (sum(bounds) / 4,) * 2, near):
        return Point(Value("centre-of-four"))
    for name, rectangle in others().items():
        x, y = rectangle.middle(WGS84)
        if _near(found, (y, x), 10 * near):
            return Point(Value("centre-elsewhere"), name=name)
    return _rounded(found, middle)


def _near(one: Sequence[float], other: Sequence[float], near: float) -> bool:
    return all(abs(a - b) <= near for a, b in zip(one, other, strict=True))


def _one_is_right(found: Sequence[float], middle: Sequence[float], near: float) -> bool:
    return any(abs(a - b) <= near for a, b in zip(found, middle, strict=True))


def _value(
    number: float, wanted: tuple[int, int], bounds: Sequence[float], patch: Rectangle, near: float
) -> Value | None:
    """What a number is, its own mean if it can be."""
    candidates = sorted(_values(bounds, patch, near), key=lambda item: item[2].sides != wanted)
    for value, distance, told in candidates:
        if abs(number - value) <= distance:
            return told
    return None


def _values(
    bounds: Sequence[float], patch: Rectangle, near: float
) -> Iterator[tuple[float, float, Value]]:
    """What may be computed from four bounds: the value, how near is near, and what it is."""
    for side in range(4):
        yield bounds[side], near, Value("centre-side", WGS84, (side,))
    for kind, compute in _OF_TWO:
        for sides in (SOUTH_NORTH, WEST_EAST):
            # A size is a small number, and must not be taken for a coordinate near zero.
            distance = near / 100 if kind in ("centre-half-size", "centre-size") else near
            value = compute(*(bounds[side] for side in sides))
            yield value, distance, Value(kind, WGS84, sides)
    for sides in combinations(range(4), 2):
        if sides not in (SOUTH_NORTH, WEST_EAST):
            mean = (bounds[sides[0]] + bounds[sides[1]]) / 2
            yield mean, near, Value("centre-mixed", WGS84, sides)
    for system in patch.systems:
        if system != WGS84:
            left, bottom, right, top = patch.sides(system).tolist()
            distance = TOLERANCE * max(right - left, top - bottom)
            yield (bottom + top) / 2, distance, Value("centre-system", system, SOUTH_NORTH)
            yield (left + right) / 2, distance, Value("centre-system", system, WEST_EAST)


def _rounded(found: Sequence[float], middle: Sequence[float]) -> Point | None:
    """The middle, rounded."""
    for decimals in range(6, -1, -1):
        if all(round(b, decimals) == a for a, b in zip(found, middle, strict=True)):
            return Point(Value("centre-rounded", amount=decimals))
    whole = all(a in (math.floor(b), int(b)) for a, b in zip(found, middle, strict=True))
    return Point(Value("centre-rounded")) if whole else None


def sides_of(value: Value) -> list[str]:
    """What the notebooks call the sides that a value comes from."""
    return [DEGREE_SIDES[side] for side in value.sides]
