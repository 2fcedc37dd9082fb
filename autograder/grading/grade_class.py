"""Grade a class: which submissions are graded now, and what is written of each."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading.course import read_course, read_sources
from autograder.grading.handed_in.submissions import Submission, find_submissions
from autograder.grading.handed_in.trees import composed
from autograder.grading.limits import Limits
from autograder.grading.processes.class_work import ClassWork
from autograder.grading.processes.pool import pool
from autograder.grading.reports.everything import write_everything
from autograder.grading.reports.recognised import Recognised
from autograder.grading.reports.sentences import about_gone, about_late
from autograder.grading.reports.terminal import LOG, Terminal
from autograder.grading.results.atomic import UNFINISHED, copy_gradebook
from autograder.grading.results.book import Book
from autograder.grading.results.class_list import (
    ids_for,
    keep_class_list,
    key_file,
    read_class_list,
    read_key,
)
from autograder.grading.results.folder import make_results
from autograder.grading.results.lateness import with_lateness
from autograder.grading.results.nbgrader_folders import prepare
from autograder.grading.results.record import Record
from autograder.grading.results.store import (
    ANOTHER,
    APPLY,
    Run,
    Store,
    locked,
    open_run,
    read_run,
    world_folder,
)
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
        limits: What a submission may use; ``None`` for what the run was begun with.
        due: When submissions were due: ISO 8601, in UTC; empty for at no time, ``None`` as begun.
        late: What lateness costs, see `lateness.penalty`; ``None`` as begun.
        anonymous: Whether students get ids of which only a key beside the results says whose they
            are; results that were begun so go on so.
        begun: Folder of results whose marks by hand are carried over; ``None`` for none.
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
    limits: Limits | None = None
    due: str | None = None
    late: str | None = None
    anonymous: bool = False
    begun: Path | None = None


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
    found, nobodys = read_class(options)
    terminal.tell(f"Submissions found: {len(_wanted(found, options))}.")
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
        found = identified(found, options)
        submissions = _wanted(found, options)
        course = read_course()
        run = _open_run(options, results, terminal)
        if options.names is not None:
            keep_class_list(options.names, results)
        # The workers import while the gradebook is prepared: both take seconds.
        with workers.in_world(world_folder(results), log):
            terminal.tell("Starting the workers, and grading the course's own solution first.")
            if options.begun:
                copy_gradebook(results, options.begun)
            prepare(results, course)
            with Book(results) as book, terminal.bar(len(submissions)) as bar:
                work = ClassWork(
                    results,
                    course,
                    book,
                    limits=run.limits,
                    confined=options.confined,
                    preface=preface_cells(world_folder(results)),
                    log=log,
                    earlier=Store(options.begun).all() if options.begun else {},
                )
                for line in about_gone(work.students - {item.student for item in found}):
                    terminal.tell(line)
                work.grade(submissions, workers, again=bool(options.student), bar=bar)
                records = work.records()
        records = with_lateness(results, records, run)
        for line in about_late(records, run.due):
            terminal.tell(line)
        terminal.tell("Writing the table, the feedback and the report.")
        seconds = time.monotonic() - started
        no_feedback = write_everything(
            results, records, run, workers=options.workers, kept=work.kept, seconds=seconds
        )
    return Finished(records, work.kept, run, seconds, no_feedback)


def dry_run(options: Options, again: bool, tell: Callable[[str], None]) -> bool:
    """Tell what was recognised and what would be graded; grade nothing and write nothing.

    Args:
        options: What the command line asks for.
        again: Whether what is graded already would be graded again.
        tell: Is told each line.

    Returns:
        Whether all can be graded.

    Raises:
        CourseError: There are no submissions, or results that cannot be read.
    """
    results = options.results.resolve()
    found, nobodys = read_class(options)
    run = read_run(results)
    records = Store(results).all() if (results / "records").is_dir() else {}
    if run and run.anonymous:
        key = read_key(results)
        ids = {key.id_of(item.student): item.student for item in found}
        records = {ids.get(student, student): record for student, record in records.items()}
    due = (run.due if run else "") if options.due is None else options.due
    recognised = Recognised(read_sources(), records, again or bool(options.student), due)
    for submission in _wanted(found, options):
        for line in recognised.tell(submission):
            tell(line)
    for line in (*nobodys, *about_gone(records.keys() - {item.student for item in found})):
        tell(line)
    if run and run.course != course_digest() and not again:
        tell(f"RESULTS was graded with another version of the course. {APPLY}.")
    tell(recognised.in_all())
    return not recognised.states["unread"] and not recognised.in_part


def read_class(options: Options) -> tuple[list[Submission], list[str]]:
    """List what students handed in, sorted by name, and say what belongs to nobody.

    Raises:
        CourseError: There are no submissions.
    """
    names = [source.name for source in read_sources()]
    return find_submissions(options.submitted.resolve(), names)


def identified(found: list[Submission], options: Options) -> list[Submission]:
    """The submissions under the ids that their students have in the results.

    Args:
        found: The submissions, by name.
        options: What the command line asks for; the caller holds the lock of the results.

    Raises:
        CourseError: The results were begun with names, or their key is gone, or a class list is
            given that would name them in there.
    """
    results = (options.begun or options.results).resolve()
    run = read_run(results)
    if run and options.anonymous and not run.anonymous:
        raise CourseError(f"The run in {results} was begun with names", "", ANOTHER)
    if not (run.anonymous if run else options.anonymous):
        return found
    if options.names is not None:
        raise CourseError("NAMES would name students in anonymous results", "", "Leave it out")
    if run and not key_file(results).exists():
        raise CourseError(
            f"{key_file(results)} is gone", "The key of these anonymous results", "Bring it back"
        )
    ids = ids_for(results, [item.student for item in found])
    named = {ids[item.student]: item for item in found}
    return [
        replace(named[key], student=key, hidden=named[key].student, notes=())
        for key in sorted(named)
    ]


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
        due=options.due,
        late=options.late,
        anonymous=options.anonymous,
        new_seed=new_seed,
        make_world=make,
    )


def _wanted(submissions: list[Submission], options: Options) -> list[Submission]:
    """All submissions, or those of one student, by name or by id.

    Raises:
        CourseError: There is no such student, or the key of the results cannot be read.
    """
    if not options.student:
        return submissions
    wanted = composed(options.student)
    key = read_key((options.begun or options.results).resolve())
    found = [
        item
        for item in submissions
        if wanted in (composed(item.student), composed(item.hidden), key.id_of(item.student))
    ]
    if not found:
        names = ", ".join(submission.student for submission in submissions[:5])
        raise CourseError(
            f"There is no submission of {options.student}",
            f"The name of a folder, such as {names}",
            "Check STUDENT",
        )
    return found
