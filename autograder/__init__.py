"""The course in a notebook: `start_course` in its first cell, `check` under an exercise.

Beside them stand `hint`, `progress` and `catch_up`. Importing this package is cheap: the parts are
imported when they are first called.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checks.check import Checker
    from autograder.checks.panel import Panel
    from autograder.checks.progress import Overview
    from autograder.checks.verdict import Verdict

__all__ = ["catch_up", "check", "hint", "progress", "start_course"]

_checker: "Checker | None" = None


def start_course() -> None:
    """Make the notebook ready: offline services, checks, and blanks that say so when used.

    Services that run already are used (``make lab`` starts them); else they are started, and stop
    with this kernel. Calling it again changes nothing.

    Raises:
        CourseError: This is not IPython, or the services cannot start.
    """
    global _checker
    from IPython import get_ipython

    from autograder.checks.check import Checker
    from autograder.checks.session import Session
    from autograder.services import ensure_services
    from utils.errors import CourseError

    shell = get_ipython()
    if shell is None:
        raise CourseError(
            "This is a plain Python script",
            "a notebook",
            "Run `make lab` and open a notebook of the course",
        )
    client = ensure_services()
    if _checker is None or _checker.session.shell is not shell:
        session = Session(shell)
        session.watch()
        _checker = Checker(session, client)
    _checker.client = client
    _checker.session.bind_blank()
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
    return _started().check(exercise)


def hint(exercise: int) -> "Panel":
    """Open one more hint of an exercise.

    Args:
        exercise: Its number, 1 to 11.

    Returns:
        All hints that are open, and how many are left.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    return _started().hints.open(exercise)


def progress() -> "Overview":
    """All eleven exercises at a glance, with the best points so far.

    JupyterLab's kernels share them, also after a restart.

    Raises:
        CourseError: `start_course` was not called.
    """
    return _started().progress.overview()


def catch_up(exercise: int) -> "Panel":
    """Get the results of an exercise that the next ones need, at no points for it.

    Args:
        exercise: Its number, 1 to 11.

    Returns:
        What was bound, in words.

    Raises:
        CourseError: There is no such exercise, or `start_course` was not called.
    """
    from autograder.checks.catch_up import catch_up as give
    from autograder.services.token import CLIENT_ID, CLIENT_SECRET

    return give(exercise, _started().session, (CLIENT_ID, CLIENT_SECRET))


def _started() -> "Checker":
    """What `start_course` has made."""
    from utils.errors import CourseError

    if _checker is None:
        raise CourseError(
            "The course is not started in this kernel", "", "Run the notebook's first cell"
        )
    return _checker
