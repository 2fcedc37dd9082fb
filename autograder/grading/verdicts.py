"""What the output of a check cell says.

nbgrader gives full marks to a check cell without an output or with one that is not a number. Here
only a verdict counts: `checks` shows it as ``application/vnd.course.verdict+json``.
"""

import math
from dataclasses import dataclass
from typing import Any

from autograder.checks.verdict import MIME_TYPE

NOT_GRADED = "NotGraded"
"""Name of the error that stands in a check cell without a verdict; its text says why."""

TIMED_OUT = "CellTimeoutError"
"""Name of the error that nbclient leaves in a cell that ran too long."""

Output = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """The part of a verdict that goes into the table of grades.

    Attributes:
        aspects: The points by aspect in words, such as ``values 3/3; display 0/2``.
    """

    score: float
    mistake: str
    message: str
    aspects: str = ""


class NoVerdict(Exception):
    """Why the output of a check cell is not a verdict, for the student to read."""


def verdict_output(outputs: list[Output], exercise: int, points: float) -> Output:
    """The one output that carries the verdict on the exercise.

    Raises:
        NoVerdict: There is none, there are several, or it is not valid.
    """
    results = [output for output in outputs if output["output_type"] == "execute_result"]
    if not results:
        raise NoVerdict(failure(outputs) or f"the check of exercise {exercise} shows no verdict")
    if len(results) > 1:
        raise NoVerdict(f"the check of exercise {exercise} shows more than one result")
    read_verdict(results[0], exercise, points)
    return results[0]


def read_verdict(output: Output, exercise: int, points: float) -> Verdict:
    """Read the verdict on an exercise.

    Raises:
        NoVerdict: It is not a valid verdict on this exercise.
    """
    data = output.get("data", {})
    content = data.get(MIME_TYPE)
    if not isinstance(content, dict):
        raise NoVerdict(f"the check of exercise {exercise} shows no verdict")
    if content.get("exercise") != exercise:
        raise NoVerdict(f"the check of exercise {exercise} shows the verdict on another one")
    score = content.get("score")
    try:
        shown = float("".join(data["text/plain"]))
    except (KeyError, TypeError, ValueError):
        shown = math.nan
    if isinstance(score, bool) or not isinstance(score, int | float) or shown != score:
        raise NoVerdict(f"the check of exercise {exercise} shows no score")
    if not 0 <= score <= points:
        raise NoVerdict(
            f"the check of exercise {exercise} shows a score of {score:g}, "
            f"which is not between 0 and {points:g}"
        )
    mistake, message = (
        text if isinstance(text := content.get(name), str) else ""
        for name in ("mistake", "message")
    )
    return Verdict(float(score), mistake, message, _aspects(content.get("aspects")))


def _aspects(split: Any) -> str:
    """The points by aspect in words; an empty string where they are not what a verdict holds."""
    try:
        return "; ".join(
            f"{aspect['name']} {aspect['earned']:g}/{aspect['points']:g}" for aspect in split
        )
    except (KeyError, TypeError, ValueError):
        return ""


def failure(outputs: list[Output]) -> str:
    """Why a cell failed, from its error outputs; an empty string where it did not."""
    errors = {
        output["ename"]: str(output["evalue"])
        for output in outputs
        if output["output_type"] == "error"
    }
    for name in (NOT_GRADED, TIMED_OUT):
        if name in errors:
            return errors[name]
    return "; ".join(f"the check ended with {name}: {text}" for name, text in errors.items())


def error_output(reason: str) -> Output:
    """An output with which nbgrader gives no points, and which tells the student why."""
    return {
        "output_type": "error",
        "ename": NOT_GRADED,
        "evalue": reason,
        "traceback": [f"Not graded: {reason}."],
    }
