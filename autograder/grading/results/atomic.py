"""Folders in the results that are there as a whole or not at all, even after a kill."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from autograder.careful_files import write_file

UNFINISHED = ".unfinished"
"""Folder in the folder of results for drafts, and for what is being removed."""


def replace_folder(results: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files in place of what is there.

    A kill leaves the old folder, the new one, or none; never a mixture.

    Args:
        results: Folder of results, in which ``folder`` lies.
        folder: The folder to be replaced.
        files: Content by name.
    """
    waste = results / UNFINISHED
    waste.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=waste))
    draft.chmod(0o755)
    for name, content in files.items():
        (draft / name).write_bytes(content)
    remove_folder(results, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    os.rename(draft, folder)


def remove_folder(results: Path, folder: Path) -> None:
    """Remove a folder in the folder of results, if it is there; a kill leaves it whole or gone."""
    waste = results / UNFINISHED
    waste.mkdir(exist_ok=True)
    away = Path(tempfile.mkdtemp(dir=waste))
    try:
        os.rename(folder, away / "old")
    except FileNotFoundError:
        pass
    finally:
        shutil.rmtree(away)


def remove_unfinished(results: Path) -> None:
    """Remove the drafts of a killed run. The caller must hold the lock (`store.locked`)."""
    shutil.rmtree(results / UNFINISHED, ignore_errors=True)
    for folder in (results, results / "records"):
        for draft in folder.glob(".*.part"):
            draft.unlink(missing_ok=True)


# --- all that was graded anew --------------------------------------------------------------------

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
