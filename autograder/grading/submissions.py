"""The students' folders: found, judged usable, and copied. Nothing in them is ever changed.

All of it comes from strangers: names, links, sizes and contents are checked before use.
"""

import json
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.course import ASSIGNMENT
from autograder.grading.student_names import look_alikes, name_problem, printable, shown_name
from utils.errors import CourseError

MAX_BYTES = 50_000_000
"""Largest notebook that is read. The solved ones with their figures are under 2 MB."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: Name of the folder, safe to print; nbgrader's student id where it can be graded.
        folder: The student's folder.
        problem: Why the submission cannot be graded at all; empty where it can.
        notes: What else to tell about the name.
    """

    student: str
    folder: Path
    problem: str = ""
    notes: tuple[str, ...] = ()


def find_submissions(submitted: Path) -> list[Submission]:
    """List the folders of students, sorted by name.

    Hidden folders without an assignment (``.git``), and plain files, are no submissions.

    Raises:
        CourseError: There is no such folder, it cannot be read, or nobody handed anything in.
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
    """Whether a folder is there for other purposes, such as ``.git``."""
    return entry.name.startswith(".") and not os.path.exists(os.path.join(entry, ASSIGNMENT))


def _may_hold_notebooks(folder: Path) -> bool:
    """Whether a student's folder holds an assignment, or cannot be looked into."""
    return os.path.isdir(folder / ASSIGNMENT) or not os.access(folder, os.R_OK | os.X_OK)


def copy_notebooks(
    submission: Submission, notebooks: list[str], release: Path, destination: Path
) -> dict[str, str]:
    """Copy the notebooks of a submission, a released one standing in for each unusable one.

    Only regular files that lie in the assignment's folder are read; links are not followed.

    Args:
        submission: Whose notebooks.
        notebooks: Names without ``.ipynb``.
        release: Folder of the notebooks as they were handed out.
        destination: Folder to be made, in place of what is there.

    Returns:
        For each notebook that is not the student's own: why.
    """
    shutil.rmtree(destination, ignore_errors=True)
    destination.mkdir(parents=True)
    problems = {}
    for notebook in notebooks:
        name = f"{notebook}.ipynb"
        try:
            content = read_notebook(submission.folder / ASSIGNMENT, notebook)
        except UnusableNotebook as error:
            problems[notebook] = str(error)
            content = (release / name).read_bytes()
        (destination / name).write_bytes(content)
    return problems


class UnusableNotebook(Exception):
    """Why a submitted notebook cannot be graded, for the student to read."""


def read_notebook(folder: Path, notebook: str) -> bytes:
    """The content of a submitted notebook that is json of nbformat 4.

    Raises:
        UnusableNotebook: There is no such file, or it is not such a notebook.
    """
    content = read_regular_file(folder, notebook)
    try:
        parsed = json.loads(content)
    except RecursionError:
        raise UnusableNotebook(f"notebook {notebook} is nested too deeply") from None
    except ValueError:  # not UTF-8, or not json
        raise UnusableNotebook(f"notebook {notebook} is not valid JSON") from None
    version = parsed.get("nbformat") if isinstance(parsed, dict) else None
    if version is None or not isinstance(parsed.get("cells", []), list):
        raise UnusableNotebook(f"notebook {notebook} is JSON, but not a notebook")
    if version != 4:
        raise UnusableNotebook(
            f"notebook {notebook} has nbformat {printable(str(version))[:20]} where 4 is expected"
        )
    return content


def read_regular_file(folder: Path, notebook: str) -> bytes:
    """Read the notebook's file without following links or waiting on pipes.

    Raises:
        UnusableNotebook: It is missing, not a regular file, unreadable or too large.
    """
    if folder.is_symlink():
        raise UnusableNotebook(f"the folder {ASSIGNMENT} is a link")
    path = folder / f"{notebook}.ipynb"
    try:
        if path.is_symlink():
            raise UnusableNotebook(f"notebook {notebook} is a link")
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnusableNotebook(f"notebook {notebook} is not a regular file")
            if status.st_size > MAX_BYTES:
                raise UnusableNotebook(
                    f"notebook {notebook} has {status.st_size / 1e6:.0f} MB, "
                    f"more than the {MAX_BYTES / 1e6:.0f} MB allowed"
                )
            return file.read(MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise UnusableNotebook(f"notebook {notebook} is missing") from None
    except IsADirectoryError:
        raise UnusableNotebook(f"notebook {notebook} is not a regular file") from None
    except OSError as error:
        raise UnusableNotebook(f"notebook {notebook} cannot be read: {error.strerror}") from error
