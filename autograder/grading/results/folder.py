"""The folder of results: whether it can be one, and nobody else's."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.grading.results.atomic import UNFINISHED
from autograder.grading.results.store import ANOTHER, run_file
from utils.errors import CourseError

BEFORE_RUN = frozenset({".lock", UNFINISHED, "grading.log", "world"})
"""What a run may leave in its folder before `open_run` has said which run it is."""

NOBODYS = frozenset({".DS_Store", "lost+found"})
"""What a system puts into an empty folder."""

PATTERNS = frozenset("*?[]#%")
"""What a path to nbgrader's course folder cannot hold: it is used as a pattern and as a URL."""


def make_results(submitted: Path, results: Path) -> None:
    """Make the folder of results where there is none.

    Args:
        submitted: Folder of submissions, absolute, links resolved.
        results: Folder of results, the same.

    Nobody else on this computer may look into it: it holds the seed, what is right, and grades.

    Raises:
        CourseError: One folder lies in the other, the path holds one of `PATTERNS`, the folder
            holds something else, or the results cannot be written.
    """
    if results.is_relative_to(submitted) or submitted.is_relative_to(results):
        raise CourseError(
            f"One of SUBMITTED {submitted} and RESULTS {results} lies in the other",
            "Two folders apart, so that no submission is overwritten",
            "Choose another RESULTS",
        )
    if found := sorted(PATTERNS & set(str(results))):
        raise CourseError(
            f"RESULTS {results} holds {' '.join(found)}",
            f"A path without any of {' '.join(sorted(PATTERNS))}, which nbgrader cannot use",
            "Choose another RESULTS",
        )
    try:
        results.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not run_file(results).exists():
            _demand_own(results)
            results.chmod(0o700)
        with TemporaryDirectory(dir=results):
            pass
    except OSError as error:
        raise CourseError(
            f"RESULTS {results} cannot be written: {error.strerror}",
            "A folder that you may write to, or a place where one can be made",
            "Choose another RESULTS",
        ) from error


def _demand_own(results: Path) -> None:
    """Refuse a folder without a run in which something else lies.

    Raises:
        CourseError: There is something.
    """
    others = sorted(set(os.listdir(results)) - BEFORE_RUN - NOBODYS)
    if others:
        named = ", ".join(map(repr, others[:3])) + (", …" if len(others) > 3 else "")
        raise CourseError(
            f"RESULTS {results} holds other files: {named}",
            "A folder of its own, empty or yet to be made, or the one of an earlier run",
            ANOTHER,
        )
