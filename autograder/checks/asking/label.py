"""Exercise 9: which codes the labels hold, and how much of the ground each covers."""

import math

import numpy as np

from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Transfer
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import LAND_COVER, PIXEL_SIZE

MOST_CODES = 12
"""Numbers of an array that are listed."""

HECTARE = 10_000
"""Square metres."""

TOLERANCE = 0.01
"""Share by which an area may differ, as by rounding."""


def _codes(evidence: Evidence) -> str:
    """The numbers that occur in the learner's `img_array`, from the smallest on."""
    found = np.unique(evidence["img_array"]["array"])
    listed = [number(float(value)) for value in found[:MOST_CODES]]
    more = len(found) - len(listed)
    return ", ".join(listed) + (f" and {more:,} more" if more else "")


def _shape(evidence: Evidence) -> str:
    """The shape of the learner's `img_array`."""
    return " × ".join(map(str, evidence["img_array"]["shape"]))


def _box(evidence: Evidence) -> str:
    """The learner's `bbox`."""
    return ", ".join(f"{edge:.8g}" for edge in evidence["own_box"]["values"])


def counted(evidence: Evidence) -> dict[int, int]:
    """How many pixels of the learner's `img_array` have each class.

    Raises:
        KeyError: There is no such array.
    """
    array = evidence["img_array"]["array"]
    return {cover.code: int((array == cover.code).sum()) for cover in LAND_COVER}


def _largest_class(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether code and hectares are those of the largest class: key of the answer."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 2:
        return "no-pair"
    code, area = answer["values"]
    pixels = counted(evidence)
    if code not in pixels or not math.isfinite(area):
        return "no-pair"
    largest = max(pixels.values())
    if pixels[int(code)] < largest:
        return "smaller-class"
    square_metres = largest * PIXEL_SIZE**2
    known = {
        "right": square_metres / HECTARE,
        "pixels": largest,
        "square-kilometres": square_metres / 1e6,
        "square-metres": square_metres,
    }
    close = (key for key, value in known.items() if abs(area - value) <= TOLERANCE * value)
    return next(close, "other-area")


FIGURES = {
    "codes": _codes,
    "shape": _shape,
    "box": _box,
    "year": lambda evidence: evidence["own_year"]["text"],
}
TRANSFER = Transfer(
    lambda value: facts.numbers(value, 2),
    _largest_class,
    ("no-pair", "other-area", "pixels", "smaller-class", "square-kilometres", "square-metres"),
)
