"""What the functions of `autograder` do in a learner's kernel.

While a submission is graded, `enter` puts a `GradingClassroom` (`grading.running`) in its place.
"""

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from autograder.checks.check import Checker
    from autograder.checks.judging.verdict import Verdict
    from autograder.checks.showing.panel import Panel
    from autograder.checks.showing.progress import Overview
    from autograder.checks.showing.rehearsed import Rehearsed


class Classroom(Protocol):
    """The seven functions of a notebook. What they return is shown by the notebook."""

    def start(self) -> None:
        """Make the notebook ready."""

    def check(self, exercise: int) -> "Verdict | Panel":
        """Check an exercise."""

    def hint(self, exercise: int) -> "Panel":
        """Open one more hint."""

    def progress(self) -> "Overview | Panel":
        """Show all exercises at a glance."""

    def catch_up(self, exercise: int) -> "Panel":
        """Give the results of an exercise."""

    def answer(self, exercise: int, value: object) -> "Panel":
        """Answer the question behind an exercise."""

    def rehearse(self) -> "Rehearsed | Panel":
        """Grade the notebooks as saved, for the learner alone."""


class KernelClassroom:
    """The `Classroom` of a learner's own kernel, with the offline services."""

    def __init__(self) -> None:
        self._checker: Checker | None = None

    def start(self) -> None:
        """Find or start the services, and watch the cells.

        Raises:
            CourseError: This is not IPython, the services cannot start, or this system allows too
                little.
        """
        from autograder.surroundings.machine import demand_limits

        demand_limits()  # without threads not even numpy can be imported
        from IPython import get_ipython

        from autograder.checks.check import Checker
        from autograder.checks.notebook.elsewhere import Elsewhere
        from autograder.checks.notebook.session import Session
        from autograder.checks.shell.furnish import furnish
        from autograder.root import in_the_way
        from autograder.services import ensure_services
        from autograder.services.passing_on.ways import choose, wish
        from autograder.surroundings import settle
        from autograder.surroundings.outside import remember
        from autograder.web_map import show_offline
        from utils.errors import CourseError

        shell = get_ipython()
        if shell is None:
            raise CourseError(
                "This is a plain Python script",
                "a notebook",
                "Run `make lab` and open a notebook of the course",
            )
        wished, outside = wish(os.environ), remember(os.environ)
        if wished == "live" and outside.client is None:
            from autograder.services.passing_on.own_client import ask_for_client

            os.environ.update(ask_for_client())
            outside = remember(os.environ)
        notes = settle()
        if other := in_the_way():
            notes.append(
                f"`utils` is the course's own here, so {other} is not used."
                " Give that file another name if you want to import it."
            )
        ways = choose(wished, outside)
        client = ensure_services(ways)
        if self._checker is None or self._checker.session.shell is not shell:
            furnish(shell)
            Elsewhere(shell)  # before the session, which looks at what it has noted
            session = Session(shell)
            session.watch()
            show_offline(shell)
            self._checker = Checker(session, client)
        self._checker.client = client
        self._checker.session.bind_blank()
        print(ways.told, *notes, sep="\n")

    def check(self, exercise: int) -> "Verdict":
        """Judge an exercise on what the notebook's variables hold now.

        Raises:
            CourseError: There is no such exercise, or `start` was not called.
        """
        return self._started().check(exercise)

    def hint(self, exercise: int) -> "Panel":
        """Open one more hint."""
        return self._started().hints.open(exercise)

    def progress(self) -> "Overview":
        """Show the best points so far."""
        return self._started().progress.overview()

    def catch_up(self, exercise: int) -> "Panel":
        """Bind the recorded results of an exercise."""
        from autograder.checks.showing.catch_up import catch_up
        from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET

        return catch_up(exercise, self._started().session, (CLIENT_ID, CLIENT_SECRET))

    def answer(self, exercise: int, value: object) -> "Panel":
        """Tell whether an answer to an exercise's question is right."""
        return self._started().answer(exercise, value)

    def rehearse(self) -> "Rehearsed | Panel":
        """Grade the notebooks in this one's folder, in a process of its own."""
        from autograder.checks.showing.rehearsed import rehearse

        return rehearse(self._started().session)

    def _started(self) -> "Checker":
        """The checker that `start` has made."""
        from utils.errors import CourseError

        if self._checker is None:
            raise CourseError(
                "The course is not started in this kernel", "", "Run the notebook's first cell"
            )
        return self._checker


_room: Classroom = KernelClassroom()


def room() -> Classroom:
    """The classroom in use."""
    return _room


def enter(classroom: Classroom) -> None:
    """Use another classroom from now on."""
    global _room
    _room = classroom
