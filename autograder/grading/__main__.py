"""The command: ``python -m autograder.grading SUBMITTED RESULTS``."""

import argparse
import logging
import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.grading.course import ASSIGNMENT, SOLUTIONS
from utils.errors import CourseError

DESCRIPTION = f"""\
Run and score the submissions SUBMITTED/<student>/{ASSIGNMENT}/*.ipynb.
RESULTS gets grades.csv, gradebook.db, feedback/<student>/ and grading.log."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def seconds(text: str) -> int:
    """A number of seconds, 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return value


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.grading",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("submitted", type=Path, metavar="SUBMITTED", help="folder with a folder for each student")
    add("results", type=Path, metavar="RESULTS", help="folder for what comes out")
    add(
        "--timeout", type=seconds, default=120, metavar="S", help="seconds for a cell (%(default)s)"
    )
    add(
        "--workers", type=seconds, metavar="N", help="submissions run at a time (one for each core)"
    )
    add("--solutions", type=Path, default=SOLUTIONS, metavar="DIR", help="solved notebooks")
    return parser.parse_args(words)


def check_folders(submitted: Path, results: Path) -> None:
    """Make RESULTS where it is missing.

    Raises:
        CourseError: One folder lies in the other, or RESULTS cannot be used.
    """
    if results.is_relative_to(submitted) or submitted.is_relative_to(results):
        raise CourseError(
            f"SUBMITTED {submitted} and RESULTS {results} lie in one another",
            "Two folders apart, so that no submission is overwritten",
            "Choose another RESULTS",
        )
    if found := set("*?[]#%") & set(str(results)):
        raise CourseError(
            f"RESULTS {results} holds {' '.join(sorted(found))}",
            "A name without * ? [ ] # %, which nbgrader reads as patterns",
            "Choose another RESULTS",
        )
    try:
        results.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=results):
            pass
    except OSError as error:
        raise CourseError(
            f"RESULTS {results} cannot be written: {error.strerror}",
            "A folder, or a place where one can be made",
            "Choose another RESULTS",
        ) from error


def grade(options: argparse.Namespace) -> int:
    """Do what the command says and return its exit status.

    Raises:
        CourseError: The folders named cannot be used.
    """
    # Here, so that --help and wrong arguments are answered at once.
    from tqdm import tqdm

    from autograder.grading.course import read_course
    from autograder.grading.submissions import find_submissions

    started = time.monotonic()
    submitted, results = options.submitted.resolve(), options.results.resolve()
    submissions = find_submissions(submitted)
    check_folders(submitted, results)
    course = read_course(options.solutions.resolve())

    from autograder.grading.gradebook import prepare_gradebook
    from autograder.grading.report import summary, write_grades
    from autograder.grading.run import grade_all
    from autograder.grading.worker import Job

    log = results / "grading.log"
    logging.basicConfig(filename=log, filemode="w", level=logging.INFO, encoding="utf-8")
    logging.captureWarnings(True)
    prepare_gradebook(results, course)
    workers = options.workers or len(os.sched_getaffinity(0))
    with TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as scratch:
        job = Job(course, results, Path(scratch), options.timeout)
        with closing(grade_all(submissions, job, workers)) as results_as_done:
            progress = tqdm(
                results_as_done, total=len(submissions), desc="grading", unit="submission"
            )
            graded = list(progress)
    write_grades(results / "grades.csv", (row for result in graded for row in result.rows))
    for result in graded:
        if result.problem:
            print(f"{result.student} has no grade: {result.problem}.", file=sys.stderr)
    print(summary(graded, time.monotonic() - started))
    return 1 if any(result.problem for result in graded) else 0


def interrupt(*_: object) -> None:
    """Treat SIGTERM like Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Run the command; errors that the user can put right are one line."""
    signal.signal(signal.SIGTERM, interrupt)
    options = arguments()
    try:
        return grade(options)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. grades.csv is as it was before; start again to grade.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
