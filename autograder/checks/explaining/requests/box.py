"""The box of a request: its order, its unit, its sides, or the place that was meant."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

from autograder.checks.explaining.explanation import Explanation

SIDES = ("west", "south", "east", "north")

EXAMPLES = {
    "sofia": (23.0, 42.0, 24.0, 43.0),
    "northern-bulgaria": (23.0, 42.0, 27.0, 44.0),
    "eastern-bulgaria": (24.5, 42.0, 28.5, 44.0),
}
"""Boxes of the worked examples."""

COUNTRIES = {
    "Albania": (19.2, 39.6, 21.1, 42.7), "Austria": (9.5, 46.4, 17.2, 49.0),
    "Croatia": (13.5, 42.4, 19.4, 46.6), "Czechia": (12.1, 48.5, 18.9, 51.1),
    "France": (-5.1, 41.3, 9.6, 51.1), "Germany": (5.9, 47.3, 15.0, 55.1),
    "Greece": (19.4, 34.8, 28.3, 41.8), "Hungary": (16.1, 45.7, 22.9, 48.6),
    "Italy": (6.6, 35.5, 18.5, 47.1), "North Macedonia": (20.5, 40.9, 23.0, 42.4),
    "Poland": (14.1, 49.0, 24.2, 54.8), "Portugal": (-9.5, 37.0, -6.2, 42.2),
    "Romania": (20.3, 43.6, 29.7, 48.3), "Serbia": (18.8, 42.2, 23.0, 46.2),
    "Spain": (-9.3, 36.0, 3.3, 43.8), "Türkiye": (26.0, 35.8, 44.8, 42.1),
    "Ukraine": (22.1, 44.4, 40.2, 52.4),
}  # fmt: skip
"""Rough boxes in degrees: neighbours, and countries that learners come from."""

ALIKE = 0.6
"""Share of the area of two boxes together that both have, from which on one is meant for the
other."""


def form(value: Any) -> Explanation | None:
    """What is wrong with a box that is not four numbers in a list; ``None`` for one that is."""
    if isinstance(value, str):
        return Explanation("box-as-text")
    if isinstance(value, dict):
        return Explanation("box-with-names")
    if not isinstance(value, list):
        return Explanation("box-not-a-list")
    if any(isinstance(item, list) for item in value[:10]):
        return Explanation("box-of-corners")
    if any(isinstance(item, str) for item in value[:10]):
        return Explanation("box-of-texts")
    if len(value) != 4:
        return Explanation("box-count", {"count": str(len(value))})
    return None


def slip(found: Sequence[float], right: Sequence[float], tolerance: float) -> Explanation | None:
    """What was done to a box in degrees, the simplest that gives the learner's numbers.

    Args:
        found: Four numbers.
        right: West, south, east, north.
        tolerance: Largest difference of two numbers that counts as equal.
        country: Name of the country at a longitude and latitude, ``""`` for none.

    Returns:
        ``None`` for the right box, and for one of not four numbers.
    """
    if len(found) != 4 or _near(found, right, tolerance):
        return None
    return (
        _another_order(found, right, tolerance)
        or _example(found)
        or _unit(found, right, tolerance)
        or _side(found, right, tolerance)
        or _place(found, right)
    )


def _near(found: Sequence[float], right: Sequence[float], tolerance: float) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(found, right, strict=True))


def _another_order(
    found: Sequence[float], right: Sequence[float], tolerance: float
) -> Explanation | None:
    for order in list(permutations(range(4)))[1:]:
        if _near(found, [right[place] for place in order], tolerance):
            sides = [SIDES[place] for place in order]
            keys: dict[tuple[str, ...], str] = {
                ("south", "west", "north", "east"): "box-latitude-first",
                ("west", "east", "south", "north"): "box-west-east-first",
                ("west", "north", "east", "south"): "box-north-west-first",
            }
            key = keys.get(tuple(sides), "box-other-order")
            return Explanation(key, {"found": numbers(found), "order": ", ".join(sides)})
    return None


def _example(found: Sequence[float]) -> Explanation | None:
    for name, box in EXAMPLES.items():
        if _near(found, box, 1e-6):
            return Explanation(f"box-of-{name}")
    return None


def _unit(found: Sequence[float], right: Sequence[float], tolerance: float) -> Explanation | None:
    if all(abs(value) > 360 for value in found):
        return Explanation("box-in-metres", {"found": numbers(found)})
    if any(value < 0 for value in found) and _near(
        [abs(value) for value in found], right, tolerance
    ):
        return Explanation("box-negative", {"found": numbers(found)})
    width, height = right[2] - right[0], right[3] - right[1]
    sized = (*right[:2], width, height)
    if _near(found, sized, tolerance):
        return Explanation("box-of-sizes", {"found": numbers(found)})
    return None


def _side(found: Sequence[float], right: Sequence[float], tolerance: float) -> Explanation | None:
    """One side that is not right, where the other three are."""
    wrong = [place for place in range(4) if abs(found[place] - right[place]) > tolerance]
    if len(wrong) != 1:
        return None
    [place] = wrong
    values = {"found": f"{found[place]:g}", "right": f"{right[place]:g}"}
    for factor in (10, 0.1, 100):
        if abs(found[place] - right[place] * factor) <= tolerance * factor:
            return Explanation("box-decimal-point", values)
    return Explanation(f"box-{SIDES[place]}", values)


def _place(found: Sequence[float], right: Sequence[float]) -> Explanation:
    """Where a box lies that shares at most two sides with the right one."""
    west, south, east, north = found
    values = {side: f"{value:g}" for side, value in zip(SIDES, found, strict=True)}
    if west >= east or south >= north:
        return Explanation("box-turned-round", values)
    name, share = max(
        ((name, shared(found, box)) for name, box in COUNTRIES.items()), key=lambda pair: pair[1]
    )
    if share > max(ALIKE, shared(found, right)):
        return Explanation("box-of-a-country", {**values, "country": name})
    if shared((south, west, north, east), right) > ALIKE:
        return Explanation("box-latitude-first", {"found": numbers(found)})
    inside = west >= right[0] and south >= right[1] and east <= right[2] and north <= right[3]
    around = west <= right[0] and south <= right[1] and east >= right[2] and north >= right[3]
    if inside or around:
        return Explanation("area-too-small" if inside else "area-too-large", values)
    beside = shared(found, right) == 0
    return Explanation("box-elsewhere" if beside else "box-beside", values)


def shared(left: Sequence[float], right: Sequence[float]) -> float:
    """Area that two boxes have in common, as a share of the area of both together."""
    width = min(left[2], right[2]) - max(left[0], right[0])
    height = min(left[3], right[3]) - max(left[1], right[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (left, right)]
    return width * height / (sum(areas) - width * height)


def numbers(values: Sequence[float]) -> str:
    """Numbers as a person writes them, with commas."""
    return ", ".join(f"{value:.10g}" for value in values)


def metres_slip(
    found: Sequence[float], right: Sequence[float], others: Mapping[str, Sequence[float]]
) -> Explanation | None:
    """What was done to the rectangle of a patch in metres.

    Args:
        found: Four numbers.
        right: Left, bottom, right, top of the patch.
        others: The same of the other patches, by address.

    Returns:
        ``None`` for the right box, and for one of not four numbers.
    """
    if len(found) != 4 or _near(found, right, 1):
        return None
    if all(abs(value) <= 360 for value in found):
        key = "box-in-pixels" if found[0] == found[1] == 0 else "box-in-degrees"
        return Explanation(key, {"found": numbers(found)})
    ordered = _another_order(found, right, 1)
    if ordered is not None:
        return Explanation("box-in-another-order", ordered.values)
    if any(_near(found, other, 1) for other in others.values()):
        return Explanation("box-of-another-patch", {"found": numbers(found)})
    return _sized(found, right) or _shifted(found, right)


def _sized(found: Sequence[float], right: Sequence[float]) -> Explanation | None:
    """The lower-left corner is right, and what follows is a size, or a corner by a wrong size."""
    if not _near(found[:2], right[:2], 1):
        return None
    side = round(right[2] - right[0])
    if _near(found[2:], (side, side), 1) or _near(found[2:], (side / 10, side / 10), 1):
        return Explanation("box-width-and-height", {"found": numbers(found)})
    size = found[2] - found[0], found[3] - found[1]
    if min(size) > 0 and not _near(size, (side, side), 1):
        values = {"width": f"{size[0]:.10g}", "height": f"{size[1]:.10g}", "side": str(side)}
        return Explanation("box-of-another-size", values)
    return None


def _shifted(found: Sequence[float], right: Sequence[float]) -> Explanation | None:
    west, south, east, north = (a - b for a, b in zip(found, right, strict=True))
    if abs(west - east) <= 1 and abs(south - north) <= 1:
        values = {"across": f"{abs(west):.10g}", "up": f"{abs(south):.10g}"}
        only = "-across" if abs(south) <= 1 else "-upwards" if abs(west) <= 1 else ""
        return Explanation(f"box-shifted{only}", values)
    wrong = [place for place, gap in enumerate((west, south, east, north)) if abs(gap) > 1]
    if len(wrong) == 1:
        [place] = wrong
        values = {"found": f"{found[place]:.10g}", "right": f"{right[place]:.10g}"}
        return Explanation(f"box-edge-{SIDES[place]}", values)
    if found[0] >= found[2] or found[1] >= found[3]:
        return Explanation("box-corners-turned-round", {"found": numbers(found)})
    return None
