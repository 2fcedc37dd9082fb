"""What a real Jupyter kernel does when it grades: the counterpart of `kernels` inside of it."""

from collections.abc import Collection
from multiprocessing.connection import Client

from IPython.core.getipython import get_ipython

from autograder import classroom
from autograder.checks.notebook.session import Session
from autograder.checks.shell.furnish import furnish
from autograder.grading.handing_over.messages import PipeContact
from autograder.grading.running.grading_classroom import GradingClassroom


def enter(address: str, checks: Collection[int]) -> None:
    """Watch the cells that follow, and have the course's functions work as in grading.

    Args:
        address: Of the socket at which the process that judges listens.
        checks: Exercises whose check cells are in this notebook.
    """
    session = Session(get_ipython())
    session.watch()
    furnish(session.shell)
    classroom.enter(GradingClassroom(session, PipeContact(Client(address)), checks))


def hand_over(number: int) -> None:
    """What a check cell does: hand over the evidence of its exercise."""
    room = classroom.room()
    assert isinstance(room, GradingClassroom)
    room.hand_over(number)
