"""The submissions of a class on their way into the results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from autograder.grading.course import Course, SourceNotebook, read_sources
from autograder.grading.handed_in.submission_files import HandedIn, read_submission
from autograder.grading.handed_in.submissions import Submission
from autograder.grading.limits import Limits
from autograder.grading.processes.pool import NoGrade, Pool
from autograder.grading.processes.self_test import demand_full_marks, solved_task
from autograder.grading.processes.task import Graded, Task
from autograder.grading.results.atomic import remove_folder
from autograder.grading.results.book import Book
from autograder.grading.results.nbgrader_folders import (
    autograded_folder,
    feedback_folder,
    write_notebooks,
)
from autograder.grading.results.record import Record, without_score
from autograder.grading.results.store import Store, world_folder
from utils.errors import CourseError

FIRST = 3
"""Where so many submissions, the first of a run, fail for one cause, the others would as well."""


class ClassWork:
    """Grades the submissions that are not graded yet, and writes down what became of each.

    Args:
        results: Folder of results.
        course: The exercises.
        book: The gradebook.
        limits: What a submission may use.
        confined: Whether submissions are shut in.
        preface: Cells to put on top of each graded notebook.
        log: Where the details of a failure are.
        earlier: What these marks by hand were entered for, where the records are of another folder.

    Attributes:
        kept: Number of submissions that an earlier run had graded.
    """

    def __init__(
        self,
        results: Path,
        course: Course,
        book: Book,
        *,
        limits: Limits,
        confined: bool,
        preface: Sequence[dict[str, Any]],
        log: Path,
        earlier: Mapping[str, Record],
    ) -> None:
        self.kept = 0
        self._results = results
        self._course = course
        self._book = book
        self._limits = limits
        self._confined = confined
        self._preface = tuple(preface)
        self._log = log
        self._earlier = dict(earlier)
        self._sources: tuple[SourceNotebook, ...] = tuple(read_sources())
        self._store = Store(results)
        self._by_hand = book.marked_by_hand()
        # An earlier run may have been killed between a record and the gradebook.
        book.write_missing(r for r in self._store.all().values() if not r.problem)

    @property
    def students(self) -> set[str]:
        """Whom the results have."""
        return set(self._store.all())

    def grade(self, submissions: list[Submission], workers: Pool, again: bool, bar: Any) -> None:
        """Grade submissions.

        Those for which the grader or its machine failed are graded once more in the end: what
        other submissions did may have been the cause.

        Args:
            submissions: The submissions.
            workers: Who grades them.
            again: Whether what is graded already is graded again.
            bar: Is told how many are done.

        Raises:
            CourseError: The machine cannot grade; where it can be known, no submission is touched.
        """
        self._bar = bar
        tasks = self._tasks(submissions, again)
        first = next(tasks, None)
        if first is None:
            return
        solved = solved_task(first)
        demand_full_marks(workers.grade_everywhere(solved), self._log)
        causes: list[NoGrade | None] = []
        failed: set[str] = set()
        for task, graded in workers.grade(chain([first], tasks)):
            if isinstance(graded, NoGrade):
                failed.add(task.student)
            else:
                self._keep(task, graded)
            if len(causes) < FIRST:
                causes.append(graded if isinstance(graded, NoGrade) else None)
                if len(causes) == FIRST:
                    self._demand_sound(causes, solved, workers)
        self._grade_failed([s for s in submissions if s.student in failed], workers)

    def _demand_sound(self, causes: Sequence[NoGrade | None], solved: Task, workers: Pool) -> None:
        """Stop where the first submissions failed for one cause that is not theirs.

        A cause that code of theirs may have made up counts only if the solution fails now too.

        Raises:
            CourseError: They did.
        """
        found = [cause for cause in causes if cause is not None]
        if len(found) < FIRST or len({cause.reason for cause in found}) > 1:
            return
        if not all(cause.before_code for cause in found):
            demand_full_marks(workers.grade_everywhere(solved), self._log)
            return
        raise CourseError(
            f"The first {FIRST} submissions could not be graded: {found[0].reason}",
            "A machine on which submissions run",
            f"Mend that first, see {self._log}. The same command then goes on from here",
        )

    def _grade_failed(self, submissions: list[Submission], workers: Pool) -> None:
        for task, graded in workers.grade(self._tasks(submissions, again=True)):
            if isinstance(graded, NoGrade):
                self._book.write(self._fail(task.student, task.digest, graded.reason, task.notes))
            else:
                self._keep(task, graded)

    def _tasks(self, submissions: list[Submission], again: bool) -> Iterator[Task]:
        """A task for each submission that is to be run; the others are dealt with here."""
        records, booked = self._store.all(), set(self._book.scores())
        for submission in submissions:
            if submission.problem:
                failed = self._fail(submission.student, "", submission.problem, submission.notes)
                if submission.student in booked:  # others stay out: the name may be the problem
                    self._book.write(failed)
                continue
            handed_in = read_submission(submission, self._sources)
            if nothing := handed_in.nothing:
                notes = handed_in.notes
                self._book.write(self._fail(submission.student, handed_in.digest, nothing, notes))
                continue
            record = records.get(submission.student)
            if record and record.is_of(handed_in.digest) and not again:
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
            self._limits,
            self._preface,
            self._confined,
            handed_in.not_handed_in,
            handed_in.sent,
        )

    def _keep(self, task: Task, graded: Graded) -> None:
        """Write down what became of a submission; with its record it counts as graded."""
        record = replace(self._noted(graded.record), handed_in=task.handed_in)
        self._store.remove(task.student)  # a kill must not leave an old record beside new notebooks
        write_notebooks(self._results, task.student, graded.notebooks)
        self._store.put(record)
        self._book.write(record)
        self._bar.update()

    def _fail(self, student: str, digest: str, problem: str, notes: Sequence[str]) -> Record:
        """Write down that a submission has no grade."""
        rows = tuple(
            without_score(exercise.number, exercise.points, problem)
            for exercise in self._course.exercises
        )
        record = self._noted(Record(student, digest, rows, problem, notes=tuple(notes)))
        if student in self._store.all():  # what is said of an earlier submission no longer holds
            for folder in (autograded_folder, feedback_folder):
                remove_folder(self._results, folder(self._results, student))
        self._store.put(record)
        self._bar.update()
        return record

    def _noted(self, record: Record) -> Record:
        """The record of a submission; it tells which points by hand were entered for another."""
        marked = self._by_hand.get(record.student, {})
        known = self._earlier | self._store.all()
        before = known.get(record.student)
        if before is not None and before.digest == record.digest:
            # Who has looked at it since has entered the points for this submission.
            kept = tuple(number for number in before.marked_before if marked.get(number))
            return replace(record, marked_before=kept)
        return replace(record, marked_before=tuple(sorted(marked)))

    def records(self) -> list[Record]:
        """What became of each submission, a score entered by hand in place of ours."""
        return self._book.marked(self._store.all().values())
