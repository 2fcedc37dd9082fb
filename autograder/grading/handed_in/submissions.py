"""Find the students' folders, and tell which cannot be graded. Nothing in them is changed."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.handed_in.student_names import look_alikes, name_problem, shown_name
from autograder.root import ASSIGNMENT
from utils.errors import CourseError


@dataclass(frozen=True)
class Submission:
    """One student's folder.

    Attributes:
        student: Name of the folder, safe to print; nbgrader's student id if there is no problem.
        folder: The student's folder.
        problem: Why the submission cannot be graded at all; empty where it can.
        notes: Notes on the name, such as that it looks like another.
    """

    student: str
    folder: Path
    problem: str = ""
    notes: tuple[str, ...] = ()


def find_submissions(submitted: Path) -> list[Submission]:
    """List the folders of students, sorted by name.

    Hidden folders without an assignment (``.git``), and plain files, are no submissions.

    Raises:
        CourseError: There is no such folder, it cannot be read, or it holds no submissions.
    """
    layout = f"{submitted}/<student>/{ASSIGNMENT}/*.ipynb"
    try:
        entries = sorted(os.scandir(submitted), key=lambda entry: entry.name)
    except OSError as error:
        raise CourseError(
            f"{submitted} cannot be read: {error.strerror}",
            f"A folder with submissions as {layout}",
            "Check SUBMITTED",
        ) from error
    folders = [entry for entry in entries if entry.is_dir() and not _is_hidden(entry)]
    alike = look_alikes(entry.name for entry in folders)
    submissions = []
    for entry in folders:
        problem = name_problem(entry.name)
        if entry.is_symlink():
            problem = "the student's folder is a link; put the folder itself there"
        notes = (alike[entry.name],) if entry.name in alike else ()
        folder = submitted / entry.name
        submissions.append(Submission(shown_name(entry.name), folder, problem, notes))
    if not any(_may_hold_notebooks(submission.folder) for submission in submissions):
        raise CourseError(
            f"{submitted} holds no submissions",
            f"One folder for each student: {layout}",
            "Check SUBMITTED",
        )
    return submissions


def _is_hidden(entry: "os.DirEntry[str]") -> bool:
    """Whether a folder is no student's, such as ``.git``."""
    return entry.name.startswith(".") and not os.path.exists(os.path.join(entry, ASSIGNMENT))


def _may_hold_notebooks(folder: Path) -> bool:
    """Whether a student's folder holds an assignment, or cannot be looked into."""
    return os.path.isdir(folder / ASSIGNMENT) or not os.access(folder, os.R_OK | os.X_OK)


class UnusableNotebook(Exception):
    """Why a submitted notebook cannot be graded, for the student to read."""


class MissingNotebook(UnusableNotebook):
    """There is no notebook of that name."""
