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
from utils.errors import CourseError

MAX_BYTES = 50_000_000
"""Largest notebook that is read. The solved ones with their figures are under 2 MB."""

PATTERN_CHARACTERS = "*?[]"
"""nbgrader looks folders up by pattern, so that a name with these would mean other folders."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: Name of the folder, safe to print; nbgrader's student id where it can be graded.
        folder: The student's folder.
        problem: Why the submission cannot be graded at all; empty where it can.
    """

    student: str
    folder: Path
    problem: str = ""


def printable(name: str) -> str:
    r"""The name with characters that do not print written as escapes, e.g. ``\x1b``."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def name_problem(name: str) -> str:
    """Why a folder name cannot be a student id, or an empty string."""
    if not name.isprintable():
        return "the folder name holds characters that do not print; rename the folder"
    if name != name.strip():
        return "the folder name begins or ends with a space; rename the folder"
    if name.startswith("."):
        return "the folder name begins with a dot; rename the folder"
    if any(character in name for character in PATTERN_CHARACTERS):
        return f"the folder name holds one of {PATTERN_CHARACTERS}; rename the folder"
    return ""


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
    submissions = []
    for entry in entries:
        if not entry.is_dir():
            continue
        folder = submitted / entry.name
        if entry.name.startswith(".") and not (folder / ASSIGNMENT).exists():
            continue
        problem = name_problem(entry.name)
        if entry.is_symlink():
            problem = "the student's folder is a link; put the folder itself there"
        submissions.append(Submission(printable(entry.name), folder, problem))
    if not any((submission.folder / ASSIGNMENT).is_dir() for submission in submissions):
        raise CourseError(
            f"{submitted} holds no submissions",
            f"One folder for each student: {layout}",
            "Check SUBMITTED",
        )
    return submissions


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
