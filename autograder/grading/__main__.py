"""The command: ``python -m autograder.grading SUBMITTED RESULTS``."""

import argparse
import os
import re
import shutil
import signal
import sys
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.handed_in.lms_names import moment
from autograder.grading.limits import Limits
from autograder.grading.reports.terminal import LOG, Terminal
from autograder.root import ASSIGNMENT
from autograder.surroundings import start_anew
from autograder.surroundings.machine import THREADS, demand_data, demand_limits
from utils.errors import CourseError

if TYPE_CHECKING:
    from autograder.grading.grade_class import Options

DESCRIPTION = f"""\
Run and score the submissions SUBMITTED/<student>/{ASSIGNMENT}/*.ipynb.
SUBMITTED may as well be what Moodle, Canvas, ILIAS or Blackboard gives out, as a
folder or as the archive. Notebooks are found in folders and archives and known
by their content, whatever their names.

RESULTS gets grades.csv, report.html, feedback/<student>/ and nbgrader's
gradebook.db. A run that was stopped goes on where it was; a submission that has
changed since is graded again. After a change of the course, --regrade grades all
again, lists who changes, and asks.

The exit status is 0 when every submission has a grade, 1 when some are not graded
(what was handed in could not be read, or the grader failed), 2 when grading is not
possible, or no longer."""

MAX_WORKERS = 8
"""Most submissions at a time without ``--workers``: each takes up to 2 GB of memory."""

NOT_ALL = 1
"""Exit status where some submissions are not graded."""

IMPOSSIBLE = 2
"""Exit status where grading is not possible; argparse's after arguments that cannot be used."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

NARROW = 80
"""Widest line of the summary, in characters."""


def positive(text: str) -> int:
    """A whole number, 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return value


def due(text: str) -> str:
    """When submissions are due, in UTC; in the time zone of this machine where it names none."""
    try:
        return "" if text == "none" else moment(text, None).astimezone(UTC).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day and time of day") from None


def late(text: str) -> str:
    """What lateness costs."""
    if not re.fullmatch(r"none|zero|\d{1,2}%|100%", text):
        raise argparse.ArgumentTypeError(f"{text!r} is none of none, zero, and such as 10%")
    return text


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.grading",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("submitted", type=Path, metavar="SUBMITTED", help="folder or archive with the submissions")
    add("results", type=Path, metavar="RESULTS", help="folder for what comes out")
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--student", default="", metavar="NAME", help="grade only this student, again"
    )
    again.add_argument(
        "--regrade",
        action="store_true",
        help="grade all again with the course as it is now: lists who changes, then asks",
    )
    add("--dry-run", action="store_true", help="tell what was recognised; grade and write nothing")
    add("--yes", action="store_true", help="the answer to what --regrade asks")
    add("--names", type=Path, metavar="CSV", help="class list with student_id, for the report")
    add("--timeout", type=positive, metavar="S", help="seconds for a cell (120)")
    add("--workers", type=positive, metavar="N", help="submissions at a time (cores, up to 8)")
    add("--scheduler", default="", metavar="ADDRESS", help="use a dask cluster: tcp://host:8786")
    add("--due", type=due, metavar="TIME", help="such as 2026-12-01T12:00 or …+01:00; or none")
    add("--late", type=late, metavar="POLICY", help="none, zero, or 10%% for each day late")
    add("--anonymous", action="store_true", help="ids for names; the key lies beside RESULTS")
    patch = parser.add_mutually_exclusive_group()
    patch.add_argument("--seed", type=int, metavar="N", help="grade on the patch of an earlier run")
    patch.add_argument(
        "--practice", action="store_true", help="grade on the patch that learners worked with"
    )
    add("--unsafe", action="store_true", help="do not shut submissions in: for trusted ones only")
    return parser.parse_args()


def workers_of(given: argparse.Namespace) -> int:
    """Submissions at a time, on this machine."""
    return int(given.workers or min(os.cpu_count() or 1, MAX_WORKERS))


def options_of(given: argparse.Namespace) -> "Options":
    """What the command line asks for."""
    from autograder.grading.grade_class import Options

    return Options(
        submitted=given.submitted,
        results=given.results,
        workers=workers_of(given),
        scheduler=given.scheduler,
        seed=given.seed,
        practice=given.practice,
        student=given.student,
        names=given.names,
        confined=not given.unsafe,
        limits=replace(Limits(), cell_seconds=float(given.timeout)) if given.timeout else None,
        due=given.due,
        late=given.late,
        anonymous=given.anonymous,
    )


def grade(given: argparse.Namespace, terminal: Terminal) -> int:
    """Do what the command line says and return the exit status.

    Raises:
        CourseError: See `grade_class`.
    """
    demand_data()
    demand_limits(THREADS * (1 if given.scheduler else workers_of(given)))
    # Imported here because it takes seconds: --help and wrong arguments are answered at once.
    from autograder.grading.afterwards.regrade import regrade
    from autograder.grading.grade_class import dry_run, grade_class
    from autograder.grading.reports.summary import summary

    options = options_of(given)
    if given.dry_run:
        return 0 if dry_run(options, given.regrade, terminal.tell) else NOT_ALL
    if given.regrade:
        finished = regrade(options, terminal, lambda: given.yes or confirmed())
    else:
        finished = grade_class(options, terminal)
    for student, problem in finished.no_feedback.items():
        terminal.say(f"{student} has a grade but no feedback: {problem}.")
    width = min(shutil.get_terminal_size((NARROW, 24)).columns, NARROW)
    seed = None if finished.run.practice else finished.run.seed
    print(
        summary(
            finished.records,
            kept=finished.kept,
            seconds=finished.seconds,
            seed=seed,
            results=given.results,
            width=width,
        ),
        flush=True,
    )
    return 0 if all(record.graded for record in finished.records) else NOT_ALL


def confirmed() -> bool:
    """Ask on the terminal whether changes are to be applied; without one nobody has agreed."""
    if not sys.stdin.isatty():
        return False
    try:
        return input("Apply these changes? [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:
        return False


def interrupt(*_: object) -> None:
    """Treat SIGTERM like Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Run the command. What stops it is said in one line, without a traceback."""
    given = arguments()
    signal.signal(signal.SIGTERM, interrupt)
    terminal = Terminal()
    terminal.tell(f"Reading {given.submitted}.")
    try:
        return grade(given, terminal)
    except CourseError as error:
        terminal.say(str(error))
        return IMPOSSIBLE
    except KeyboardInterrupt:
        terminal.say("Stopped. The same command goes on from here.")
        return INTERRUPTED
    except Exception as error:
        from autograder.grading.results.atomic import regraded_folder
        from autograder.grading.results.trouble import in_one_line

        logs = [given.results / LOG]
        if given.regrade:
            logs.insert(0, regraded_folder(given.results) / LOG)
        log = next((log for log in logs if log.exists()), logs[-1])
        terminal.say(in_one_line(error, given.results, log))
        return IMPOSSIBLE


if __name__ == "__main__":
    start_anew()
    sys.exit(main())
