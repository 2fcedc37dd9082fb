"""The course in a notebook: `start_course` in its first cell, `check` under an exercise.

Beside them stand `hint`, `progress`, `catch_up`, `answer` and `rehearse`. Importing this package is
cheap: the parts are imported when they are first called.
"""

from typing import TYPE_CHECKING

from autograder.root import claim_the_name

if TYPE_CHECKING:
    from autograder.checks.judging.verdict import Verdict
    from autograder.checks.showing.panel import Panel
    from autograder.checks.showing.progress import Overview
    from autograder.checks.showing.rehearsed import Rehearsed
    from autograder.classroom import Classroom

__all__ = ["answer", "catch_up", "check", "hint", "progress", "rehearse", "start_course"]

claim_the_name()


def start_course() -> None:
    """Make the notebook ready: offline services, checks, and blanks that say so when used.

    Services that run already are used (``make lab`` starts them); else they are started, and stop
    with this kernel. It may be called again.

    Raises:
        CourseError: This is not IPython, or the services cannot start.
    """
    _room().start()


def check(exercise: int) -> "Verdict | Panel":
    """Check an exercise on what the notebook's variables hold now.

    Args:
        exercise: Its number.

    Returns:
        The verdict, which a notebook shows as a card; while grading, a line that it comes later.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    return _room().check(exercise)


def hint(exercise: int) -> "Panel":
    """Open one more hint of an exercise.

    Args:
        exercise: Its number.

    Returns:
        All hints that are open, and how many are left.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    return _room().hint(exercise)


def progress() -> "Overview | Panel":
    """All exercises at a glance, with the best points so far.

    JupyterLab's kernels share these points, also after a restart.

    Raises:
        CourseError: `start_course` was not called.
    """
    return _room().progress()


def catch_up(exercise: int) -> "Panel":
    """Get the results of an exercise that the next ones need; it then earns no points for them.

    Args:
        exercise: Its number.

    Returns:
        What was bound, in words.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    return _room().catch_up(exercise)


def answer(exercise: int, value: object) -> "Panel":
    """Answer the question that the card of a right exercise asks, for no points.

    Args:
        exercise: Its number.
        value: The answer.

    Returns:
        Whether it is right, in words.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    return _room().answer(exercise, value)


def rehearse() -> "Rehearsed | Panel":
    """Grade the notebooks in this one's folder, as saved, as they are graded later.

    Your code runs on a landscape that it has not seen, and shut in where the system offers that.
    It takes some seconds, the first time about a minute. No points are kept.

    Returns:
        The points and the cards of all exercises.

    Raises:
        CourseError: There are no notebooks, or `start_course` was not called.
    """
    return _room().rehearse()


def _room() -> "Classroom":
    """The classroom in use: one for a learner's kernel, another while grading."""
    from autograder.classroom import room

    return room()
