"""Grade one submission, in a process of its own."""

import logging
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psutil
from nbgrader.converters.base import NbGraderException

from autograder.grading.autograde import autograde, read_verdicts, write_feedback
from autograder.grading.config import course_config
from autograder.grading.course import ASSIGNMENT, Course, Exercise
from autograder.grading.gradebook import read_scores
from autograder.grading.submissions import Submission, copy_notebooks
from autograder.services import Services

ROOT = Path(__file__).parents[2]

STOP_WAIT = 3
"""Seconds that kernels and services get to end by themselves when grading is stopped."""

LOG = "grading.log"
"""File in the folder of results to which all that is not for the terminal goes."""


@dataclass(frozen=True)
class Job:
    """What is the same for all submissions of a run.

    Attributes:
        course: The exercises.
        results: Folder of the gradebook and of nbgrader's work.
        scratch: Folder for what lives only as long as the run.
        timeout: Seconds that a cell may run.
    """

    course: Course
    results: Path
    scratch: Path
    timeout: int


@dataclass(frozen=True)
class Row:
    """One line of ``grades.csv``."""

    student: str
    exercise: Exercise
    score: float
    mistake: str
    message: str
    aspects: str = ""


@dataclass(frozen=True)
class Graded:
    """What became of one submission.

    Attributes:
        student: Name, safe to print.
        rows: A row for each exercise.
        problem: Why there is no grade; empty where there is one.
        feedback: Whether feedback could be written, if there is a grade.
    """

    student: str
    rows: tuple[Row, ...]
    problem: str = ""
    feedback: bool = True


def no_grade(submission: Submission, course: Course, problem: str) -> Graded:
    """The rows of a submission that could not be graded."""
    rows = (Row(submission.student, e, 0.0, "", problem) for e in course.exercises)
    return Graded(submission.student, tuple(rows), problem)


def grade(submission: Submission, job: Job) -> Graded:
    """Copy, run and score one submission and write its feedback."""
    student = submission.student
    release = job.results / "release" / ASSIGNMENT
    submitted = job.results / "submitted" / student / ASSIGNMENT
    problems = copy_notebooks(submission, job.course.notebooks, release, submitted)
    config = course_config(job.results, job.timeout, student)
    scratch = Path(mkdtemp(dir=job.scratch))
    try:
        if len(problems) < len(job.course.notebooks):
            with services():
                autograde(config, problems, scratch, release)
        else:
            autograde(config, problems, scratch, release)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    try:
        write_feedback(config)
        feedback = True
    except NbGraderException:  # such as text nested so deeply that it cannot be laid out
        feedback = False
    verdicts = read_verdicts(job.results / "autograded" / student / ASSIGNMENT, job.course)
    scores = read_scores(job.results, student)
    rows = []
    for exercise in job.course.exercises:
        verdict = verdicts[exercise.number]
        texts = (verdict.mistake, verdict.message, verdict.aspects)
        rows.append(Row(student, exercise, scores[exercise.number], *texts))
    return Graded(student, tuple(rows), feedback=feedback)


@contextmanager
def services() -> Iterator[None]:
    """Offline services for this process and the kernels it starts, with nothing in them yet."""
    with Services() as started:
        os.environ.update(started.environment)
        yield


def work(submission: Submission, job: Job, answer: Any) -> None:
    """Be the process that grades one submission and sends a `Graded` through `answer`."""
    stop_with_parent()
    divert_output(job.results / LOG, submission.student)
    # Kernels run elsewhere; they find the course's packages even where these are not installed.
    # A kernel of the same name that the user has installed for another Python is not meant.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    try:
        graded = grade(submission, job)
    except Exception as error:
        logging.exception("The submission could not be graded")
        problem = f"could not be graded: {type(error).__name__}, see {LOG}"
        graded = no_grade(submission, job.course, problem)
    answer.send(graded)


def stop_with_parent() -> None:
    """End with all that was started here on SIGTERM, or when the parent process is gone."""
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def stop(*_: object) -> None:
        started = psutil.Process().children(recursive=True)
        for process in psutil.Process().children():
            process.terminate()  # the services then clean up after themselves
        _, left = psutil.wait_procs(started, timeout=STOP_WAIT)
        for process in left:
            process.kill()
        os._exit(1)

    def watch() -> None:
        connection.wait([sentinel])
        stop()

    signal.signal(signal.SIGTERM, stop)
    # Ctrl-C reaches every process of the terminal; the parent then sends SIGTERM. A handler that
    # does nothing, because SIG_IGN would be passed on to the kernels.
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=watch, daemon=True).start()


def divert_output(log: Path, student: str) -> None:
    """Send log records, warnings, and what child processes print, to the log of the run."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(file, stream)
    logging.basicConfig(
        filename=log,
        level=logging.INFO,
        format=f"%(asctime)s {student.replace('%', '%%')} %(levelname)s %(message)s",
        encoding="utf-8",
        force=True,
    )
    logging.captureWarnings(True)
