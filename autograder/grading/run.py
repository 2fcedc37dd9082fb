"""Grade submissions, each in a process of its own and some at a time."""

import multiprocessing
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from autograder.grading.gradebook import write_zeros
from autograder.grading.submissions import Submission
from autograder.grading.worker import Graded, Job, no_grade, work

STOP_WAIT = 10
"""Seconds that a process gets to end what it has started."""


def grade_all(submissions: list[Submission], job: Job, workers: int) -> Iterator[Graded]:
    """Grade submissions and yield each as it is done; stop everything when closed early.

    A process serves one submission only, so that nothing passes from one to the next. All are
    forked from one process that has imported nbgrader and done nothing else.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.grading.worker"])
    waiting = deque(submissions)
    running: dict[Connection, tuple[BaseProcess, Submission]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                submission = waiting.popleft()
                if submission.problem:
                    yield no_grade(submission, job.course, submission.problem)
                    continue
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=work, args=(submission, job, sender))
                process.start()
                running[receiver] = (process, submission)
                # The process now holds the only sender, so that its end closes the pipe.
                sender.close()
            for receiver in wait(list(running)):
                assert isinstance(receiver, Connection)
                process, submission = running[receiver]
                graded = receive(receiver, submission, job)
                process.join()
                del running[receiver]
                yield graded
    finally:
        stop([process for process, _ in running.values()])


def receive(receiver: Connection, submission: Submission, job: Job) -> Graded:
    """Take the answer of a process; no grade where it ended without one."""
    try:
        graded: Graded = receiver.recv()
    except EOFError:
        problem = "could not be graded: the grading process ended, see grading.log"
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
