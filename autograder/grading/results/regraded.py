"""What was graded anew inside a folder of results, and how it takes the place of what is there.

A kill at any moment leaves the old results, or new ones that the next run puts in place.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from autograder.careful_files import write_file
from autograder.grading.results.atomic import UNFINISHED, remove_folder

FOLDERS = ("world", "records", "autograded")
"""What takes the place of its like. Gradebook, table and pages follow from these."""

_ACCEPTED = ".accepted"


def regraded_folder(results: Path) -> Path:
    """The folder of results inside a folder of results in which all is graded anew."""
    return results / "regraded"


def accept(results: Path) -> None:
    """From here on what was graded anew counts."""
    new = regraded_folder(results)
    for name in FOLDERS:
        (new / name).mkdir(exist_ok=True)
    write_file(new / _ACCEPTED, b"")


def is_accepted(results: Path) -> bool:
    """Whether what was graded anew counts, and is not yet all in its place."""
    return (regraded_folder(results) / _ACCEPTED).exists()


def put_in_place(results: Path) -> None:
    """Put in its place what was accepted, if anything was. The caller must hold the lock."""
    if not is_accepted(results):
        return
    new = regraded_folder(results)
    for name in FOLDERS:
        if (new / name).exists():  # else it is in its place
            remove_folder(results, results / name)
            os.rename(new / name, results / name)
    remove_folder(results, results / "feedback")
    if (new / "run.json").exists():
        os.replace(new / "run.json", results / "run.json")
    remove_folder(results, new)


def copy_gradebook(results: Path, others: Path) -> None:
    """Have a folder of results begin with the gradebook of another, marks by hand included."""
    if not (others / "gradebook.db").exists():
        return
    draft = results / UNFINISHED / "copied.db"
    draft.parent.mkdir(exist_ok=True)
    draft.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(others / "gradebook.db")) as theirs,
        closing(sqlite3.connect(draft)) as ours,
    ):
        theirs.backup(ours)
    (results / "source" / ".ready").unlink(missing_ok=True)  # it is of another course as yet
    os.replace(draft, results / "gradebook.db")
