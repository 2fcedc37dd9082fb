"""Tells the machine's trouble from what a submission did, while one is graded."""

import contextlib
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.limits import MEGABYTE
from utils.errors import CourseError

LEAST_ROOM = 10 * MEGABYTE
"""Bytes that must be free on the disk of a submission's folder: exercises write some thousand."""

LEAST_FILES = 100
"""Files for which there must be room."""


@contextlib.contextmanager
def setting_up() -> Iterator[None]:
    """What fails in here is the grader's or its machine's, for no code of a submission has run.

    Raises:
        GradingFailedError: It failed.
    """
    try:
        yield
    except (CourseError, OSError, RuntimeError) as problem:
        traceback.print_exc()
        raise GradingFailedError(last_line(problem)) from problem


def demand_room(folder: Path) -> None:
    """Give up where a disk is so full that honest code would fail.

    Raises:
        GradingFailedError: It is.
    """
    disk = os.statvfs(folder)
    free = disk.f_bfree if os.geteuid() == 0 else disk.f_bavail
    if free * disk.f_frsize < LEAST_ROOM or disk.f_ffree < min(LEAST_FILES, disk.f_files):
        raise GradingFailedError(f"the disk of {folder.parent.parent} is full", before_code=False)


def last_line(problem: object) -> str:
    """The last line of a text, which of a traceback says what was wrong."""
    return (str(problem).strip().splitlines() or [""])[-1]
