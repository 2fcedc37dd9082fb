"""Grade a class: which submissions are graded now, and what is written of each."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.course import read_course, read_sources
from autograder.grading.handed_in.submissions import Submission, find_submissions
from autograder.grading.handed_in.trees import composed
from autograder.grading.limits import Limits
from autograder.grading.processes.class_work import ClassWork
from autograder.grading.processes.pool import pool
from autograder.grading.reports.everything import write_everything
from autograder.grading.reports.terminal import LOG, Terminal
from autograder.grading.results.atomic import UNFINISHED
from autograder.grading.results.book import Book
from autograder.grading.results.class_list import keep_class_list, read_class_list
from autograder.grading.results.folder import make_results
from autograder.grading.results.nbgrader_folders import prepare
from autograder.grading.results.record import Record
from autograder.grading.results.store import Run, locked, open_run, world_folder
from autograder.grading.worlds.grading_world import (
    course_digest,
    make_world,
    new_seed,
    practice_world,
)
from autograder.grading.worlds.world_picture import preface_cells
from utils.errors import CourseError


@dataclass(frozen=True)
class Options:
    """What the command line asks for.

    Attributes:
        submitted: Folder with a folder for each student, or the archive of a class.
        results: Folder for what comes out.
        workers: Submissions at a time, on this machine.
        scheduler: Address of a dask scheduler whose workers do the work; empty for this machine.
        seed: Seed of the grading world; ``None`` for a new one, or that of an earlier run.
        practice: Whether the practice patch is used.
        student: The one student to be graded again; empty for all.
        names: A class list, which the results keep; ``None`` for the one that they have, if any.
        confined: Whether submissions are shut in.
        limits: What a submission may use.
    """

    submitted: Path
    results: Path
    workers: int
    scheduler: str = ""
    seed: int | None = None
    practice: bool = False
    student: str = ""
    names: Path | None = None
    confined: bool = True
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Finished:
    """A class that was graded.

    Attributes:
        records: What became of each submission, scores by hand included.
        kept: Number of submissions that an earlier run had graded.
        run: What all were graded with.
        seconds: Time that it took.
        no_feedback: By student with a grade, but without feedback: why.
    """

    records: list[Record]
    kept: int
    run: Run
    seconds: float
    no_feedback: dict[str, str]


def grade_class(options: Options, terminal: Terminal) -> Finished:
    """Grade what is not graded yet, then write everything that the results hold.

    Args:
        options: What the command line asks for.
        terminal: Is told how far the run is.

    Raises:
        CourseError: The folders cannot be used, the grading world cannot be made, or a worker
            cannot grade, or cannot shut submissions in.
        OSError: The results, or temporary files, can no longer be written.
    """
    started = time.monotonic()
    submitted, results = options.submitted.resolve(), options.results.resolve()
    found, nobodys = find_submissions(submitted, [source.name for source in read_sources()])
    submissions = _wanted(found, options.student)
    terminal.tell(f"Submissions found: {len(submissions)}.")
    for line in nobodys:
        terminal.tell(line)
    if options.names is not None:
        read_class_list(options.names)
    make_results(submitted, results)
    log = results / LOG
    with (
        locked(results),
        terminal.everything_else_in(log),
        pool(options.workers, options.scheduler, options.confined, results / UNFINISHED) as workers,
    ):
        course = read_course()
        run = _open_run(options, results, terminal)
        if options.names is not None:
            keep_class_list(options.names, results)
        # The workers import while the gradebook is prepared: both take seconds.
        with workers.in_world(world_folder(results), log):
            terminal.tell("Starting the workers, and grading the course's own solution first.")
            prepare(results, course)
            with Book(results) as book, terminal.bar(len(submissions)) as bar:
                work = ClassWork(
                    results,
                    course,
                    book,
                    limits=options.limits,
                    confined=options.confined,
                    preface=preface_cells(world_folder(results)),
                    log=log,
                )
                work.grade(submissions, workers, again=bool(options.student), bar=bar)
                records = work.records()
        terminal.tell("Writing the table, the feedback and the report.")
        seconds = time.monotonic() - started
        no_feedback = write_everything(
            results, records, run, workers=options.workers, kept=work.kept, seconds=seconds
        )
    return Finished(records, work.kept, run, seconds, no_feedback)


def _open_run(options: Options, results: Path, terminal: Terminal) -> Run:
    def make(folder: Path, seed: int) -> None:
        if options.practice:
            practice_world(folder)
            return
        with terminal.meanwhile("Drawing a landscape for this run, and solving the course on it."):
            make_world(folder, seed)

    return open_run(
        results,
        course=course_digest(),
        seed=options.seed,
        practice=options.practice,
        limits=options.limits,
        new_seed=new_seed,
        make_world=make,
    )


def _wanted(submissions: list[Submission], student: str) -> list[Submission]:
    """All submissions, or those of one student.

    Raises:
        CourseError: There is no such student.
    """
    if not student:
        return submissions
    wanted = composed(student)
    found = [item for item in submissions if composed(item.student) == wanted]
    if not found:
        names = ", ".join(submission.student for submission in submissions[:5])
        raise CourseError(
            f"There is no submission of {student}",
            f"The name of a folder, such as {names}",
            "Check STUDENT",
        )
    return found
