"""The command: ``python -m autograder.grading SUBMITTED RESULTS``."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from autograder.grading.course import ASSIGNMENT, SOLUTIONS, read_course
from autograder.grading.folders import make_results
from autograder.grading.fork_server import start_fork_server
from autograder.grading.submissions import find_submissions
from utils.errors import CourseError

DESCRIPTION = f"""\
Run and score the submissions SUBMITTED/<student>/{ASSIGNMENT}/*.ipynb.
RESULTS gets grades.csv, gradebook.db, feedback/<student>/ and grading.log.
The exit status is 0 when every submission has a grade."""

MAX_WORKERS = 8
"""Submissions run at a time unless the user says more: each takes up to 1 GB of memory."""

WRONG_USE = 2
"""Exit status after arguments that cannot be used, as argparse has it."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def positive(text: str) -> int:
    """A whole number, 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return value


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.grading",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("submitted", type=Path, metavar="SUBMITTED", help="folder with a folder for each student")
    add("results", type=Path, metavar="RESULTS", help="folder for what comes out")
    add("--timeout", type=positive, default=120, metavar="S", help="seconds for a cell (120)")
    add("--workers", type=positive, metavar="N", help="submissions at a time (cores, up to 8)")
    add("--solutions", type=Path, default=SOLUTIONS, metavar="DIR", help="solved notebooks")
    return parser.parse_args()


def grade(options: argparse.Namespace) -> int:
    """Do what the command line says and return the exit status.

    Raises:
        CourseError: The folders named cannot be used.
    """
    started = time.monotonic()
    submitted, results = options.submitted.resolve(), options.results.resolve()
    submissions = find_submissions(submitted)
    make_results(submitted, results)
    course = read_course(options.solutions.resolve())

    # nbgrader takes seconds to import: wrong arguments and --help are answered before, and the
    # process from which the others are forked imports it at the same time.
    start_fork_server()
    from autograder.grading.report import summary, write_grades
    from autograder.grading.run import grade_submissions
    from autograder.grading.worker import LOG

    workers = options.workers or min(os.cpu_count() or 1, MAX_WORKERS)
    graded = grade_submissions(submissions, course, results, options.timeout, workers)
    write_grades(results / "grades.csv", (row for result in graded for row in result.rows))
    for result in graded:
        if result.problem:
            print(f"{result.student} has no grade: {result.problem}.", file=sys.stderr)
        elif not result.feedback:
            print(f"{result.student} has a grade but no feedback: see {LOG}.", file=sys.stderr)
    print(summary(graded, time.monotonic() - started))
    return 1 if any(result.problem for result in graded) else 0


def interrupt(*_: object) -> None:
    """Treat SIGTERM like Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Run the command; what the user can put right is told in one line."""
    options = arguments()
    signal.signal(signal.SIGTERM, interrupt)
    try:
        return grade(options)
    except CourseError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("Stopped. grades.csv is as it was before; start again to grade.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
