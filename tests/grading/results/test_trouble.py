"""The machine's trouble is said in one line, and told from what a submission did."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from autograder.grading.results.trouble import GO_ON, in_one_line, is_machines

MACHINES = [
    OSError(errno.ENOSPC, "No space left on device", "/r/grades.csv"),
    OSError(errno.EIO, "Input/output error"),
    OSError(errno.EROFS, "Read-only file system", "/r/records"),
    OSError(errno.EFBIG, "File too large"),
    OSError(errno.EMFILE, "Too many open files"),
    OSError(errno.EAGAIN, "Resource temporarily unavailable"),
    MemoryError(),
    RuntimeError("can't start new thread"),
    *(
        OperationalError("INSERT", {}, sqlite3.OperationalError(words))
        for words in ("database or disk is full", "disk I/O error", "unable to open database file")
    ),
]
"""Errors that are no submission's."""

OTHERS = [
    OSError(errno.ENOENT, "No such file or directory", "tile.tif"),
    OSError(errno.ENAMETOOLONG, "File name too long"),
    ValueError("No space left on device"),
    RuntimeError("dictionary changed size during iteration"),
    ZeroDivisionError(),
]
"""Errors that a submission may have brought about, whatever they say."""


def caused_by(error: BaseException) -> BaseException:
    """Another error that was raised because of one."""
    try:
        try:
            raise error
        except BaseException as problem:
            raise ValueError("something\nelse") from problem
    except ValueError as outer:
        return outer


@pytest.mark.parametrize("error", MACHINES, ids=str)
def test_what_the_machine_lacks_is_named_with_a_remedy(
    error: BaseException, tmp_path: Path
) -> None:
    for found in (error, caused_by(error)):
        assert is_machines(found)
        line = in_one_line(found, tmp_path, tmp_path / "grading.log")
        assert "\n" not in line
        assert "The grader itself failed" not in line
        assert line.endswith(f"{GO_ON}.")


@pytest.mark.parametrize("error", OTHERS, ids=str)
def test_what_a_submission_may_bring_about_is_not_the_machines(error: BaseException) -> None:
    assert not is_machines(error)


def test_a_full_disk_is_named_however_a_library_tells_it(tmp_path: Path) -> None:
    full = [("a.tif", "b.tif", f"[Errno 28] {os.strerror(errno.ENOSPC)}: 'b.tif'")]
    line = in_one_line(shutil.Error(full), tmp_path, tmp_path / "grading.log")
    assert "No space left on device. Make room there." in line


def test_results_that_are_gone_are_named(tmp_path: Path) -> None:
    gone = tmp_path / "results"
    error = FileNotFoundError(errno.ENOENT, "No such file or directory", str(gone / "grades.csv"))
    assert f"{gone} is gone" in in_one_line(error, gone, gone / "grading.log")


def test_any_other_error_is_one_line_that_names_the_log(tmp_path: Path) -> None:
    line = in_one_line(ValueError("one\ntwo" * 1000), tmp_path, tmp_path / "grading.log")
    assert "\n" not in line
    assert len(line) < 1000
    assert f"Details: {tmp_path / 'grading.log'}" in line
