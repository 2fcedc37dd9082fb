"""The exercises, as the checker sees them.

Each has a module with its number in the name, such as ``exercise_05_ndvi.py``, which is imported
when the exercise is first needed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeGuard

from autograder.checks.judging.exercise import Exercise
from utils.errors import CourseError


def modules_in(folder: Path) -> list[tuple[int, str]]:
    """Number of each exercise and name of its module, in order."""
    names = (re.fullmatch(r"exercise_(\d+)_\w+", file.stem) for file in folder.glob("*.py"))
    return sorted((int(name[1]), name[0]) for name in names if name)


MODULES = dict(modules_in(Path(__file__).parent))
"""Module of each exercise, by its number."""

FIRST_TO_LAST = f"{min(MODULES)} to {max(MODULES)}"
"""The numbers of all exercises, in words."""


def is_exercise(value: object) -> TypeGuard[int]:
    """Whether a value is the number of an exercise."""
    return type(value) is int and value in MODULES


def exercise(number: int) -> Exercise:
    """The exercise with this number.

    Raises:
        CourseError: There is none.
    """
    if not is_exercise(number):
        raise CourseError(
            f"There is no exercise {number!r}",
            f"a whole number from {FIRST_TO_LAST}",
            "Try check(5)",
        )
    return _imported(number)


@cache
def _imported(number: int) -> Exercise:
    module = import_module(f"{__name__}.{MODULES[number]}")
    return replace(module.EXERCISE, number=number)


def every_exercise() -> Iterator[Exercise]:
    """All exercises in order, each imported when its turn comes."""
    return map(exercise, MODULES)


def maker_of(name: str) -> Exercise:
    """The exercise that makes a result on which others build."""
    return next(item for item in every_exercise() if name in item.results)
