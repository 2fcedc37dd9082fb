"""Exercise 8: degrees and metres at the patch."""

import math

from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Transfer
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import PIXEL_SIZE

DEGREE = 111_320.0
"""Metres of a degree of longitude at the equator."""

TOLERANCE = 0.015
"""Share by which an answer may differ: it may come from a sphere or from an ellipsoid."""


def _bounds(evidence: Evidence) -> str:
    """The learner's `west`, `south`, `east` and `north`."""
    west, south, east, north = evidence["bounds"]["values"]
    return ", ".join(f"{side:.8g}" for side in (west, south, east, north))


def _size(evidence: Evidence) -> str:
    """Rows and columns of the learner's `rgb`."""
    rows, columns, _ = evidence["rgb"]["shape"]
    return f"{rows} rows and {columns} columns"


def _degree_of_longitude(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number of metres is a degree of longitude at the patch: key of the answer."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    said = answer["values"][0]
    west, _, east, _ = evidence["bounds"]["values"]
    length = DEGREE * math.cos(math.radians(evidence["centre"]["values"][0]))
    of_box = evidence["rgb"]["shape"][1] * PIXEL_SIZE / (east - west)
    known = {
        "right": length,
        "kilometres": length / 1000,
        "of-latitude": DEGREE,
        "of-the-box": of_box,
    }
    close = (key for key, value in known.items() if abs(said - value) <= TOLERANCE * value)
    return next(close, "other-length" if math.isfinite(said) else "no-number")


FIGURES = {"bounds": _bounds, "size": _size}
TRANSFER = Transfer(
    lambda value: facts.numbers(value, 1),
    _degree_of_longitude,
    ("kilometres", "no-number", "of-latitude", "of-the-box", "other-length"),
)
