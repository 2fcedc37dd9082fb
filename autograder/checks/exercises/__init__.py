"""The eleven exercises, as the checker sees them; each is imported when it is first checked."""

from importlib import import_module

from autograder.checks.judging.exercise import Exercise
from utils.errors import CourseError

MODULES = {
    1: "search",
    2: "image",
    3: "true_colour",
    4: "false_colour",
    5: "ndvi",
    6: "footprint",
    7: "regions",
    8: "web_map",
    9: "label",
    10: "upload",
    11: "figure",
}
"""Module of each exercise, by its number."""


def exercise(number: int) -> Exercise:
    """The exercise with this number.

    Raises:
        CourseError: There is none.
    """
    if type(number) is not int or number not in MODULES:
        raise CourseError(
            f"There is no exercise {number!r}", "a whole number from 1 to 11", "Try check(5)"
        )
    return import_module(f"autograder.checks.exercises.{MODULES[number]}").EXERCISE
