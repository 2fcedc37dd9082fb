"""The explanation of a slip: which sentence, with which values."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from autograder.checks import texts
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.places import gazetteer
from autograder.checks.explaining.places.boxes import Slip
from autograder.checks.explaining.places.points import Point, sides_of
from autograder.checks.explaining.places.rectangles import (
    Rectangle,
    digits,
    transformed,
    unit,
)
from utils.reference import WGS84

WITH_PLACE = {"centre-swapped": "centre-swapped-at", "outline-swapped": "outline-swapped-at"}
"""Explanations that have a second sentence, which names the place where it is known."""


def told(
    slip: Slip,
    values: Mapping[str, str],
    sides: Sequence[str],
    system: str,
    middle: Sequence[float],
) -> Explanation:
    """The explanation of what four numbers are.

    Args:
        slip: What they are.
        values: Values that the sentence may have besides, such as the pair.
        sides: What the four sides are called.
        system: The system that was asked for.
        middle: The middle of the box that was found, x and y in that system.
    """
    named = [*sides, "width", "height"]
    at = [named[side] for side in slip.sides]
    factor = "-too-" in slip.kind or "-size-" in slip.kind
    return placed(
        Explanation(
            slip.kind,
            {
                **values,
                "system": slip.system,
                "asked": system,
                "unit": unit(system),
                "place": slip.place,
                "order": ", ".join(at),
                "right": ", ".join(sides),
                **{f"is_{place}": name for place, name in enumerate(at)},
                "side": sides[int(slip.other) % 4],
                "amount": times(slip.amount) if factor else digits(slip.amount),
                "other": digits(slip.other),
            },
        ),
        middle,
        system,
    )


def told_point(
    point: Point, values: Mapping[str, str], names: Sequence[str], found: Sequence[float]
) -> Explanation:
    """The explanation of what two numbers are.

    Args:
        point: What they are.
        values: Values that the sentence may have besides, such as the pair.
        names: What the two numbers are called.
        found: Latitude and longitude as they were found.
    """
    sides = sides_of(point.value)
    explanation = Explanation(
        point.value.kind,
        {
            **values,
            "name": names[point.place],
            "system": point.value.system,
            "place": point.name,
            "first": sides[0] if sides else "",
            "second": sides[-1] if sides else "",
            "amount": str(point.value.amount),
        },
    )
    return placed(explanation, found[::-1], WGS84)


def placed(explanation: Explanation, at: Sequence[float], system: str) -> Explanation:
    """The explanation with the name of a place on Earth, where it can say it and it is known."""
    key = _place(at, system)
    if explanation.key not in WITH_PLACE or not key:
        return explanation
    values = {**explanation.values, "where": texts.of_place(key)}
    return Explanation(WITH_PLACE[explanation.key], values)


def _place(at: Sequence[float], system: str) -> str:
    x, y = at
    if not math.isfinite(x + y) or (system == WGS84 and abs(y) > 90):
        return ""
    return gazetteer.place_in(x, y, system)


def elsewhere(
    at: Sequence[float], system: str, patch: Rectangle, values: Mapping[str, str]
) -> Explanation | None:
    """Where something lies of which no more is known; ``None`` within a kilometre of the patch."""
    x, y = at
    if system == WGS84 and not (abs(y) <= 90 and abs(x) <= 360):
        return Explanation("place-off-earth", values)
    (longitude,), (latitude,) = transformed(system, WGS84, [x], [y])
    if not math.isfinite(longitude + latitude):
        return Explanation("place-off-earth", values)
    distance = gazetteer.kilometres((longitude, latitude), patch.middle(WGS84))
    values = {**values, "distance": digits(round(distance), 0)}
    if distance < 1:
        return None
    if distance > 200 and (key := gazetteer.place(longitude, latitude)):
        return Explanation("place-far-at", {**values, "where": texts.of_place(key)})
    return Explanation("place-far", values)


def times(factor: float) -> str:
    """A factor, or by what is divided, from 1 upwards."""
    size = factor if factor >= 1 or factor <= 0 else 1 / factor
    return digits(round(size), 0) if np.isclose(size, round(size), rtol=2e-3) else f"{size:.3g}"
