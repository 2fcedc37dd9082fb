"""The folders named on the command line."""

from pathlib import Path
from tempfile import TemporaryDirectory

from utils.errors import CourseError

PATTERNS = frozenset("*?[]#%")
"""What a path to nbgrader's course folder cannot hold: it is used as a pattern and as a URL."""


def make_results(submitted: Path, results: Path) -> None:
    """Make the folder of results where there is none.

    Args:
        submitted: Folder of submissions, absolute, links resolved.
        results: Folder of results, the same.

    Raises:
        CourseError: One folder lies in the other, or the results cannot be written.
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
        results.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=results):
            pass
    except OSError as error:
        raise CourseError(
            f"RESULTS {results} cannot be written: {error.strerror}",
            "A folder that you may write to, or a place where one can be made",
            "Choose another RESULTS",
        ) from error
