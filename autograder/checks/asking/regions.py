"""Exercise 7: the size of the patch and of its region."""

import math

from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Transfer
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts
from autograder.checks.reading.facts import MAX_TEXTS, Evidence, Fact

RATIO_TOLERANCE = 0.02
"""Share by which an answer may differ: outlines come in several scales."""

DIGITS_TOLERANCE = 0.01
"""The same as a logarithm to base 10, for numbers that differ in their unit."""


def _edges(evidence: Evidence) -> tuple[float, float, float, float]:
    """West, south, east, north of the learner's `tile_geom`, in the unit of its coordinates.

    Raises:
        KeyError: There is no such outline.
    """
    import shapely

    west, south, east, north = shapely.bounds(shapely.from_wkt(evidence["tile"]["wkt"]))
    return west, south, east, north


def _width(evidence: Evidence) -> str:
    west, _, east, _ = _edges(evidence)
    return number(east - west)


def _height(evidence: Evidence) -> str:
    _, south, _, north = _edges(evidence)
    return number(north - south)


def _rows(evidence: Evidence) -> str:
    """How many rows the learner's `joined` has."""
    count = len(evidence["joined_ids"]["texts"])
    return f"at least {count}" if count == MAX_TEXTS else f"{count}"


def _patches_in_region(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number tells how often the patch fits into its region: key of the answer."""
    import shapely

    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    said = answer["values"][0]
    if not math.isfinite(said) or said <= 0:
        return "no-number"
    region = shapely.area(shapely.from_wkt(evidence["outline"]["wkt"]))
    ratio = region / evidence["tile_area"]["values"][0]
    if abs(said - ratio) <= RATIO_TOLERANCE * ratio:
        return "right"
    if abs(said * ratio - 1) <= RATIO_TOLERANCE:
        return "upside-down"
    digits = math.log10(said / ratio)
    if abs(digits - round(digits)) <= DIGITS_TOLERANCE:
        return "two-units"
    return "other-ratio"


FIGURES = {
    "width": _width,
    "height": _height,
    "west": lambda evidence: number(_edges(evidence)[0]),
    "south": lambda evidence: number(_edges(evidence)[1]),
    "touching": lambda evidence: f"{len(evidence['nuts']['texts'])}",
    "rows": _rows,
}
TRANSFER = Transfer(
    lambda value: facts.numbers(value, 1),
    _patches_in_region,
    ("no-number", "other-ratio", "two-units", "upside-down"),
)
