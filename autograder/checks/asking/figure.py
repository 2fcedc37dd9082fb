"""Exercise 11: the classes that a map shows."""

import math
from itertools import combinations

import numpy as np

from autograder.checks.asking.label import counted
from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Transfer
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact

TREES = (2, 3, 4)
SOME_TREES = tuple(kinds for count in (1, 2) for kinds in combinations(TREES, count))
BUSHES = 5
TOLERANCE = 0.11
"""Percentage points by which an answer may differ, as by rounding to one digit."""


def _classes(evidence: Evidence) -> str:
    """How many classes occur in the learner's `img_array`."""
    return f"{sum(count > 0 for count in counted(evidence).values())}"


def _lowest(evidence: Evidence) -> str:
    """The smallest code of a class in the learner's `img_array`."""
    return f"{min(code for code, count in counted(evidence).items() if count)}"


def _highest(evidence: Evidence) -> str:
    """The largest code of a class in the learner's `img_array`."""
    return f"{max(code for code, count in counted(evidence).items() if count)}"


def _unlabelled(evidence: Evidence) -> str:
    """How many pixels of the learner's `img_array` have no label."""
    return f"{int((evidence['img_array']['array'] == 0).sum()):,}"


def _share_of_trees(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number is the share of trees in per cent: key of the answer."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    said, pixels = answer["values"][0], counted(evidence)
    if not math.isfinite(said):
        return "no-number"
    trees = sum(pixels[code] for code in TREES)
    # Pixels without a label may count or not.
    wholes = np.array([evidence["img_array"]["array"].size, max(1, sum(pixels.values()))])
    shares = {"right": trees, "with-bushes": trees + pixels[BUSHES]}
    for key, count in shares.items():
        if (np.abs(said - 100 * count / wholes) <= TOLERANCE).any():
            return key
    if trees and (np.abs(said - trees / wholes) <= TOLERANCE / 100).any():
        return "not-in-per-cent"
    some = (sum(pixels[code] for code in kinds) for kinds in SOME_TREES)
    alone = any((np.abs(said - 100 * count / wholes) <= TOLERANCE).any() for count in some)
    return "some-kinds" if alone else "other-share"


FIGURES = {
    "classes": _classes,
    "lowest": _lowest,
    "highest": _highest,
    "unlabelled": _unlabelled,
}
TRANSFER = Transfer(
    lambda value: facts.numbers(value, 1),
    _share_of_trees,
    ("no-number", "not-in-per-cent", "other-share", "some-kinds", "with-bushes"),
)
