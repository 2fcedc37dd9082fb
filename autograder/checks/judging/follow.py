"""Comparisons with a learner's own earlier result: a mistake does not cost points twice."""

import numpy as np

from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import Comparison
from autograder.checks.reading.colours import as_shown, is_rgb
from autograder.checks.reading.facts import Evidence, Fact

COLOUR_TOLERANCE = 0.012
"""Three steps of 256: rounding to bytes on the way to the screen."""


def same_pixels(left: np.ndarray, right: np.ndarray, tolerance: float) -> bool:
    """Whether two arrays have one shape and the same numbers; NaN equals NaN."""
    return left.shape == right.shape and bool(
        (left == right).all()  # mostly so, and quickly seen
        or np.allclose(left, right, rtol=0, atol=tolerance, equal_nan=True)
    )


def shows(picture: str, own: str) -> Comparison:
    """A comparison: the picture must show the learner's own array, or else be the expected one.

    Args:
        picture: Fact with the colours of a panel.
        own: Fact with the RGB array that it should show.
    """

    def comparison(evidence: Evidence, expected: Fact) -> Difference | None:
        panel, array = evidence[picture], evidence[own]
        if is_picture_of(panel, array):
            return None
        return compare(panel, expected, COLOUR_TOLERANCE)

    return comparison


def is_picture_of(panel: Fact, array: Fact) -> bool:
    """Whether the colours of a panel are those of an RGB array as matplotlib shows it."""
    return (
        panel["kind"] == "array"
        and is_rgb(array)
        and same_pixels(panel["array"], as_shown(array["array"]), COLOUR_TOLERANCE)
    )


def same_as(fact: str, own: str, tolerance: float) -> Comparison:
    """A comparison: the array must be the learner's earlier one, or the expected one; NaN is 0."""

    def comparison(evidence: Evidence, expected: Fact) -> Difference | None:
        left, right = evidence[fact], evidence[own]
        if left["kind"] == right["kind"] == "array":
            mine, earlier = np.nan_to_num(left["array"]), np.nan_to_num(right["array"])
            if same_pixels(mine, earlier, tolerance):
                return None
            left = left | {"array": mine}
        return compare(left, expected, tolerance)

    return comparison
