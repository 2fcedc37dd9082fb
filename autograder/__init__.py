"""Checks for the course: `start_course` in a notebook's first cell, `check` under an exercise."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checks.check import Checker
    from autograder.checks.verdict import Verdict

__all__ = ["check", "start_course"]

_checker: "Checker | None" = None


def start_course() -> None:
    """Make the notebook ready: offline services, checks, and blanks that say so when used.

    Services that run already are used (``make lab`` starts them); else they are started, and stop
    with this kernel. Calling it again changes nothing.
    """
    global _checker
    from IPython import get_ipython

    from autograder.checks.check import Checker
    from autograder.checks.session import Session
    from autograder.services import ensure_services

    client = ensure_services()
    if _checker is None:
        session = Session(get_ipython())
        session.watch()
        _checker = Checker(session, client)
    _checker.client = client
    print("Ready. The services answer offline, and the practice patch is simulated.")


def check(exercise: int) -> "Verdict":
    """Check an exercise on what the notebook's variables hold now.

    Args:
        exercise: Its number, 1 to 11.

    Returns:
        The verdict, which a notebook shows as a card.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    from utils.errors import CourseError

    if _checker is None:
        raise CourseError(
            "The course is not started in this kernel", "", "Run the notebook's first cell"
        )
    return _checker.check(exercise)
