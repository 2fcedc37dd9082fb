"""Grade a class: which submissions are graded now, and what is written of each."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from autograder.checks.judging.expectation import load
from autograder.grading.course import Course, SourceNotebook, read_course, read_sources
from autograder.grading.handed_in.submission_files import HandedIn, read_submission
from autograder.grading.handed_in.submissions import Submission, find_submissions
from autograder.grading.limits import Limits
from autograder.grading.processes.pool import Pool, pool
from autograder.grading.processes.task import Graded, Task
from autograder.grading.reports.feedback import write_feedback
from autograder.grading.reports.pages import RunFacts, write_report
from autograder.grading.results.atomic import UNFINISHED, remove_folder
from autograder.grading.results.book import (
    Book,
    autograded_folder,
    feedback_folder,
    prepare,
    write_notebooks,
)
from autograder.grading.results.grades import write_grades
from autograder.grading.results.record import Record, Row
from autograder.grading.results.store import (
    Run,
    Store,
    locked,
    make_results,
    open_run,
    world_folder,
)
from autograder.grading.worlds.grading_world import (
    course_digest,
    make_world,
    new_seed,
    practice_world,
)
from autograder.grading.worlds.world_picture import describe, preface_cells
from utils.errors import CourseError

LOG = "grading.log"
"""Log file in the folder of results: everything that does not go to the terminal."""


@dataclass(frozen=True)
class Options:
    """What the command line asks for.

    Attributes:
        submitted: Folder with a folder for each student.
        results: Folder for what comes out.
        workers: Submissions at a time, on this machine.
        scheduler: Address of a dask scheduler whose workers do the work; empty for this machine.
        seed: Seed of the grading world; ``None`` for a new one, or that of an earlier run.
        practice: Whether the practice patch is used.
        student: The one student to be graded again; empty for all.
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


def grade_class(options: Options) -> Finished:
    """Grade what is not graded yet, then write everything that the results hold.

    Raises:
        CourseError: The folders cannot be used, the grading world cannot be made, or a worker
            cannot shut submissions in.
    """
    started = time.monotonic()
    submitted, results = options.submitted.resolve(), options.results.resolve()
    submissions = _wanted(find_submissions(submitted), options.student)
    make_results(submitted, results)
    scratch = results / UNFINISHED
    with (
        locked(results),
        pool(options.workers, options.scheduler, options.confined, scratch) as workers,
    ):
        _log_to(results / LOG)
        course = read_course()
        run = open_run(
            results,
            course=course_digest(),
            seed=options.seed,
            practice=options.practice,
            limits=options.limits,
            new_seed=new_seed,
            make_world=_practice if options.practice else make_world,
        )
        # The workers import while the gradebook is prepared: both take seconds.
        with workers.in_world(world_folder(results), results / LOG):
            prepare(results, course)
            with Book(results) as book:
                work = _Work(options, results, course, book)
                work.grade(submissions, workers)
                records = work.records()
        write_grades(results / "grades.csv", records)
        with_grade = [record.student for record in records if not record.problem]
        no_feedback = write_feedback(results, with_grade, options.workers)
        seconds = time.monotonic() - started
        _write_report(results, records, run, work.kept, seconds)
    return Finished(records, work.kept, run, seconds, no_feedback)


def _wanted(submissions: list[Submission], student: str) -> list[Submission]:
    """All submissions, or those of one student.

    Raises:
        CourseError: There is no such student.
    """
    if not student:
        return submissions
    found = [submission for submission in submissions if submission.student == student]
    if not found:
        names = ", ".join(submission.student for submission in submissions[:5])
        raise CourseError(
            f"There is no submission of {student}",
            f"The name of a folder, such as {names}",
            "Check STUDENT",
        )
    return found


def _log_to(path: Path) -> None:
    logging.basicConfig(
        filename=path,
        filemode="w",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(message)s",
        encoding="utf-8",
        force=True,
    )
    logging.captureWarnings(True)


def _practice(folder: Path, _seed: int) -> None:
    practice_world(folder)


class _Work:
    """The submissions of a class on their way into the results.

    Attributes:
        kept: Number of submissions that an earlier run had graded.
    """

    def __init__(self, options: Options, results: Path, course: Course, book: Book) -> None:
        self.kept = 0
        self._options = options
        self._results = results
        self._course = course
        self._book = book
        self._sources: tuple[SourceNotebook, ...] = tuple(read_sources())
        self._preface = tuple(preface_cells(world_folder(results)))
        self._store = Store(results)
        # An earlier run may have been killed between a record and the gradebook.
        book.write_missing(r for r in self._store.all().values() if not r.problem)

    def grade(self, submissions: list[Submission], workers: Pool) -> None:
        """Grade those that are not graded yet, with a progress bar."""
        with tqdm(total=len(submissions), desc="grading", unit="submission") as self._bar:
            for task, graded in workers.grade(self._tasks(submissions)):
                self._keep(task, graded)

    def _tasks(self, submissions: list[Submission]) -> Iterator[Task]:
        """A task for each submission that is to be run; the others are dealt with here."""
        records, booked = self._store.all(), set(self._book.scores())
        for submission in submissions:
            if submission.problem:
                failed = self._fail(submission.student, "", submission.problem)
                if submission.student in booked:  # others stay out: the name may be the problem
                    self._book.write(failed)
                continue
            handed_in = read_submission(submission, [source.name for source in self._sources])
            record = records.get(submission.student)
            unchanged = record and not record.problem and record.digest == handed_in.digest
            if unchanged and not self._options.student:
                self.kept += 1
                self._bar.update()
                continue
            yield self._task(submission.student, handed_in)

    def _task(self, student: str, handed_in: HandedIn) -> Task:
        return Task(
            student,
            handed_in.digest,
            handed_in.notebooks,
            handed_in.problems,
            tuple(handed_in.notes),
            self._sources,
            world_folder(self._results),
            self._results,
            self._options.limits,
            self._preface,
            self._options.confined,
        )

    def _keep(self, task: Task, graded: Graded | str) -> None:
        """Write down what became of a submission; with its record it counts as graded."""
        if isinstance(graded, str):
            self._book.write(self._fail(task.student, task.digest, graded))
            return
        self._store.remove(task.student)  # a kill must not leave an old record beside new notebooks
        write_notebooks(self._results, task.student, graded.notebooks)
        self._store.put(graded.record)
        self._book.write(graded.record)
        self._bar.update()

    def _fail(self, student: str, digest: str, problem: str) -> Record:
        """Write down that a submission has no grade; its student gets no points."""
        rows = tuple(
            Row(exercise.number, 0.0, exercise.points, message=problem)
            for exercise in self._course.exercises
        )
        record = Record(student, digest, rows, problem)
        if student in self._store.all():  # what is said of an earlier submission no longer holds
            for folder in (autograded_folder, feedback_folder):
                remove_folder(self._results, folder(self._results, student))
        self._store.put(record)
        self._bar.update()
        return record

    def records(self) -> list[Record]:
        """What became of each submission, a score entered by hand in place of ours."""
        scores = self._book.scores()
        records = []
        for student, record in self._store.all().items():
            own = {} if record.problem else scores.get(student, {})
            rows = tuple(
                replace(row, score=own.get(row.exercise, row.score)) for row in record.rows
            )
            records.append(replace(record, rows=rows))
        return records


def _write_report(
    results: Path, records: list[Record], run: Run, kept: int, seconds: float
) -> None:
    world = world_folder(results)
    facts = RunFacts(datetime.now(UTC), seconds, kept)
    if not run.practice:
        patch = describe(world)
        facts = replace(
            facts,
            seed=run.seed,
            patch=patch.sentence,
            picture=patch.picture,
            alternative=patch.alternative,
        )
    exercises = [row.exercise for row in records[0].rows] if records else []
    expected = {number: load(number, folder=world / "expectations") for number in exercises}
    titles = {number: expectation.title for number, expectation in expected.items()}
    write_report(results, records, titles, facts)
