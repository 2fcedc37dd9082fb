"""Remove a learner from a folder of results: who withdrew, or whose folder was renamed."""

import contextlib
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.grading.afterwards.appeal import APPEALS
from autograder.grading.afterwards.export import EXPORTED
from autograder.grading.afterwards.opened import one_of, records_in, without_marks
from autograder.grading.afterwards.similar import SIMILAR
from autograder.grading.reports.everything import write_everything
from autograder.grading.reports.pages import page_name
from autograder.grading.results.atomic import remove_folder
from autograder.grading.results.class_list import forget_in_class_list, forget_in_key
from autograder.grading.results.nbgrader_folders import database_url
from autograder.grading.results.store import Store, locked, read_run


def forget(results: Path, student: str) -> None:
    """Remove a learner's record, graded notebooks, feedback and marks, those by hand included.

    Table and report are written anew without the learner. What instructors have made of all, such
    as the exported tables, is removed: the command that made it makes it again.

    Raises:
        CourseError: There is no such learner, or another run is at work.
    """
    one_of(without_marks(results), student)
    with locked(results):
        for place in ("autograded", "feedback", "submitted"):
            remove_folder(results, results / place / student)
        remove_folder(results, results / EXPORTED)
        for page in [results / SIMILAR, *(results / APPEALS).glob(f"*-{page_name(student)}")]:
            page.unlink(missing_ok=True)
        with (
            Gradebook(database_url(results / "gradebook.db")) as gradebook,
            contextlib.suppress(MissingEntry),  # one whose submission could never be read
        ):
            gradebook.remove_student(student)
        Store(results).remove(student)
        forget_in_class_list(results, student)
        forget_in_key(results, student)
        run = read_run(results)
        assert run is not None  # there are records
        write_everything(results, list(records_in(results).values()), run)
