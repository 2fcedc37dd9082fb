"""Grade submissions, each in a process of its own and some at a time."""

import logging
from collections import deque
from collections.abc import Generator
from contextlib import closing
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from autograder.grading.course import Course
from autograder.grading.fork_server import CONTEXT
from autograder.grading.gradebook import prepare_gradebook, write_zeros
from autograder.grading.submissions import Submission
from autograder.grading.worker import LOG, Graded, Job, no_grade, work

STOP_WAIT = 10
"""Seconds that a process gets to end what it has started."""


def grade_submissions(
    submissions: list[Submission], course: Course, results: Path, timeout: int, workers: int
) -> list[Graded]:
    """Grade submissions into the folder of results, with a progress bar.

    Args:
        submissions: What was handed in.
        course: The exercises.
        results: Folder of the gradebook and of all that nbgrader works in.
        timeout: Seconds that a cell may run.
        workers: Number of submissions that run at a time.

    Raises:
        CourseError: The gradebook there belongs to other notebooks.
    """
    logging.basicConfig(
        filename=results / LOG, filemode="w", level=logging.INFO, encoding="utf-8", force=True
    )
    logging.captureWarnings(True)
    prepare_gradebook(results, course)
    with TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as scratch:
        job = Job(course, results, Path(scratch), timeout)
        with closing(grade_all(submissions, job, workers)) as as_done:
            return list(tqdm(as_done, "grading", len(submissions), unit="submission"))


def grade_all(submissions: list[Submission], job: Job, workers: int) -> Generator[Graded]:
    """Grade submissions and yield each as it is done; stop everything when closed early.

    A process serves one submission only, so that nothing passes from one to the next. All are
    forked from one process that has imported nbgrader and done nothing else.
    """
    waiting = deque(submissions)
    running: dict[Any, tuple[BaseProcess, Submission]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                submission = waiting.popleft()
                if submission.problem:
                    yield no_grade(submission, job.course, submission.problem)
                    continue
                receiver, sender = CONTEXT.Pipe(duplex=False)
                process: BaseProcess = CONTEXT.Process(target=work, args=(submission, job, sender))
                process.start()
                running[receiver] = (process, submission)
                # The process now holds the only sender, so that its end closes the pipe.
                sender.close()
            for ready in wait(list(running)):
                process, submission = running[ready]
                graded = receive(ready, submission, job)
                process.join()
                del running[ready]
                yield graded
    finally:
        stop([process for process, _ in running.values()])


def receive(receiver: Any, submission: Submission, job: Job) -> Graded:
    """Take the answer of a process; no grade where it ended without one."""
    try:
        graded: Graded = receiver.recv()
    except EOFError:
        problem = f"could not be graded: the grading process ended, see {LOG}"
        graded = no_grade(submission, job.course, problem)
    if graded.problem:
        write_zeros(job.results, submission.student)
    return graded


def stop(processes: list[BaseProcess]) -> None:
    """End processes, and what they have started."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(STOP_WAIT)
        if process.is_alive():
            process.kill()
