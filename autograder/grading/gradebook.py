"""nbgrader's database of grades."""

import os
import shutil
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.grading.config import course_config, database_url
from autograder.grading.course import ASSIGNMENT, CHECK_CELL, Course
from utils.errors import CourseError


def prepare_gradebook(results: Path, course: Course) -> None:
    """Make the gradebook, or bring it up to date, before several processes write to it.

    Also writes ``results/release``: the notebooks as nbgrader hands them out.

    Raises:
        CourseError: The gradebook there belongs to other notebooks.
    """
    # nbgrader calls the program alembic, which lies beside this Python.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    source = results / "source" / ASSIGNMENT
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for notebook in course.notebooks:
        shutil.copyfile(course.folder / f"{notebook}.ipynb", source / f"{notebook}.ipynb")
    config = course_config(results)
    try:
        GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    except NbGraderException as error:
        raise CourseError(
            f"The gradebook in {results} does not fit the notebooks of the course",
            "A gradebook of the same exercises, or none",
            f"Choose another RESULTS, or see {results}/grading.log",
        ) from error


def read_scores(results: Path, student: str) -> dict[int, float]:
    """The score of each exercise of a student, a grade entered by hand counting before ours.

    What nbgrader left for an instructor to grade by hand counts 0 until that is done.
    """
    scores = {}
    with Gradebook(database_url(results)) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.auto_score is None:
                    grade.auto_score = 0.0
                if match := CHECK_CELL.fullmatch(grade.name):
                    scores[int(match[1])] = float(grade.score)
        gradebook.db.commit()
    return scores


def write_zeros(results: Path, student: str) -> None:
    """Give a student whose submission could not be graded no points."""
    with Gradebook(database_url(results)) as gradebook:
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(ASSIGNMENT, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0.0
        gradebook.db.commit()
