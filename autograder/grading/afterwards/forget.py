"""Remove a learner from a folder of results: who withdrew, or whose folder was renamed."""

import contextlib
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.grading.afterwards.opened import one_of, without_marks
from autograder.grading.results.atomic import remove_folder
from autograder.grading.results.book import database_url
from autograder.grading.results.store import Store, locked


def forget(results: Path, student: str) -> None:
    """Remove a learner's record, graded notebooks, feedback and marks, those by hand included.

    Table and report leave the learner out from the next run on.

    Raises:
        CourseError: There is no such learner, or another run is at work.
    """
    one_of(without_marks(results), student)
    with locked(results):
        for place in ("autograded", "feedback", "submitted"):
            remove_folder(results, results / place / student)
        with (
            Gradebook(database_url(results / "gradebook.db")) as gradebook,
            contextlib.suppress(MissingEntry),  # one whose submission could never be read
        ):
            gradebook.remove_student(student)
        Store(results).remove(student)
