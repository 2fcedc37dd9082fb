"""nbgrader's gradebook: scores go in from records, and what graders enter comes out.

They go from records into the database as nbgrader's `SaveAutoGrades` would enter them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Connection, Select, case, or_, select
from sqlalchemy.dialects.sqlite import insert

from autograder.checks.notebook.cells import check_id, exercise_id, number_in
from autograder.grading.results.nbgrader_folders import database_url
from autograder.grading.results.record import ByHand, Record, Row
from autograder.root import ASSIGNMENT

NO_RESPONSE = "No response."
"""nbgrader's comment on an answer that is as it was handed out."""


def _scores_of(record: Record) -> dict[str, float | None]:
    """Scores by the id of the check cell."""
    return {check_id(row.exercise): row.score for row in record.rows}


class Book:
    """The gradebook of a folder of results, kept open; a context manager.

    What graders enter (scores, extra credit, comments) is never changed. A student's automatic
    scores and comments are written in one transaction; writing them again changes nothing.

    Args:
        results: Folder of results, after `prepare`.
    """

    def __init__(self, results: Path) -> None:
        self._results = results
        self._gradebook = Gradebook(database_url(results / "gradebook.db"))
        self._engine = self._gradebook.engine
        with self._engine.connect() as database:
            self._assignment = database.execute(
                select(Assignment.id).where(Assignment.name == ASSIGNMENT)
            ).scalar_one()
            notebooks = select(Notebook.id).where(Notebook.assignment_id == self._assignment)
            self._notebooks = list(database.scalars(notebooks))
            self._checks = self._cells(database, GradeCell)
            self._answers = self._cells(database, SolutionCell)

    def _cells(self, database: Connection, kind: type[BaseCell]) -> list[tuple[str, str, str]]:
        """Id, notebook's id and name of all cells of one kind."""
        table = BaseCell.__table__.c
        query = select(table.id, table.notebook_id, table.name).where(
            table.type == kind.__name__, table.notebook_id.in_(self._notebooks)
        )
        return [(cell, notebook, name) for cell, notebook, name in database.execute(query)]

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self._gradebook.close()

    def write(self, record: Record) -> None:
        """Enter the scores of a record. Its notebooks, if there are any, are written already."""
        scores = _scores_of(record)
        untouched = set(map(exercise_id, record.untouched))
        with self._engine.begin() as database:
            mine = self._submission(database, record.student)
            grades = [
                {
                    "notebook_id": mine[notebook],
                    "cell_id": cell,
                    "auto_score": scores.get(name),
                    # No score would be shown as 0: a person is asked for one.
                    "needs_manual_grade": scores.get(name) is None,
                }
                for cell, notebook, name in self._checks
            ]
            entry = insert(Grade)
            # As nbgrader does: what was graded by hand is marked for a second look.
            review = case(
                (Grade.manual_score.is_not(None), True), else_=entry.excluded.needs_manual_grade
            )
            changes = {"auto_score": entry.excluded.auto_score, "needs_manual_grade": review}
            keys = ["cell_id", "notebook_id"]
            database.execute(entry.on_conflict_do_update(index_elements=keys, set_=changes), grades)
            comments = [
                {
                    "notebook_id": mine[notebook],
                    "cell_id": cell,
                    "auto_comment": NO_RESPONSE if name in untouched else None,
                }
                for cell, notebook, name in self._answers
            ]
            remark = insert(Comment)
            text = {"auto_comment": remark.excluded.auto_comment}
            database.execute(remark.on_conflict_do_update(index_elements=keys, set_=text), comments)

    def _submission(self, database: Connection, student: str) -> dict[str, str]:
        """Ids of a student's notebooks by the notebook's id, made where there are none."""
        database.execute(insert(Student).values(id=student).on_conflict_do_nothing())
        owner = {"assignment_id": self._assignment, "student_id": student}
        database.execute(insert(SubmittedAssignment).values(owner).on_conflict_do_nothing())
        submission = database.execute(
            select(SubmittedAssignment.id).filter_by(**owner)
        ).scalar_one()
        rows = [{"assignment_id": submission, "notebook_id": key} for key in self._notebooks]
        database.execute(insert(SubmittedNotebook).on_conflict_do_nothing(), rows)
        query = select(SubmittedNotebook.notebook_id, SubmittedNotebook.id).where(
            SubmittedNotebook.assignment_id == submission
        )
        return {row.notebook_id: row.id for row in database.execute(query)}

    def write_missing(self, records: Iterable[Record]) -> list[Record]:
        """Write the records that are not in the gradebook, and say which they were."""
        known: dict[str, dict[str, float | None]] = defaultdict(dict)
        for student, _, cell, score, _ in self._grades(Grade.auto_score, unscored=True):
            known[student][cell] = score
        missing = [record for record in records if known[record.student] != _scores_of(record)]
        for record in missing:
            self.write(record)
        return missing

    def scores(self) -> dict[str, dict[int, float]]:
        """Scores by student and exercise; a score entered by hand replaces the automatic one.

        What has neither is left out.
        """
        scores: dict[str, dict[int, float]] = defaultdict(dict)
        for student, _, cell, score, _ in self._grades(Grade.score):
            if number := number_in(cell, "check"):
                scores[student][number] = score
        return dict(scores)

    def marked_by_hand(self) -> dict[str, dict[int, bool]]:
        """By student, the exercises with points that a person entered.

        Each tells whether it was graded again since.
        """
        query = self._rows(Grade, Grade.needs_manual_grade).where(Grade.manual_score.is_not(None))
        marked: dict[str, dict[int, bool]] = defaultdict(dict)
        with self._engine.connect() as database:
            for student, _, cell, again in database.execute(query):
                marked[student][number_in(cell, "check")] = bool(again)
        return dict(marked)

    def marked(self, records: Iterable[Record]) -> list[Record]:
        """The records with what people entered: points in place of ours, comments."""
        scores, comments, by_hand = self.scores(), self._comments(), self.marked_by_hand()
        return [
            replace(
                record,
                rows=tuple(
                    _marked(
                        row,
                        scores.get(record.student, {}).get(row.exercise),
                        comments.get((record.student, row.exercise), ""),
                        row.exercise in record.marked_before
                        and by_hand.get(record.student, {}).get(row.exercise, False),
                    )
                    for row in record.rows
                ),
            )
            for record in records
        ]

    def _comments(self) -> dict[tuple[str, int], str]:
        """What people wrote, by student and exercise."""
        query = self._rows(Comment, Comment.manual_comment).where(Comment.manual_comment != "")
        with self._engine.connect() as database:
            return {
                (student, number_in(cell, "exercise")): comment
                for student, _, cell, comment in database.execute(query)
            }

    def _grades(self, column: Any, unscored: bool = False) -> list[Any]:
        """Student, notebook, cell, a column of the grade, and points possible, of all grades.

        Args:
            column: The column.
            unscored: Whether grades without any score, which nbgrader adds up as 0, are wanted.
        """
        query = self._rows(Grade, column, Grade.max_score)
        if not unscored:
            scored = or_(Grade.auto_score.is_not(None), Grade.manual_score.is_not(None))
            query = query.where(scored)
        with self._engine.connect() as database:
            return list(database.execute(query))

    def _rows(self, kind: type[Grade] | type[Comment], *columns: Any) -> Select[Any]:
        """A query for student, notebook, cell, and columns of grades or comments."""
        cell = BaseCell.__table__.c
        return (
            select(SubmittedAssignment.student_id, Notebook.name, cell.name, *columns)
            .select_from(kind)
            .join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(BaseCell.__table__, cell.id == kind.cell_id)
            .where(SubmittedAssignment.assignment_id == self._assignment)
        )


def _marked(row: Row, score: float | None, comment: str, work_changed: bool) -> Row:
    """A row with what people entered."""
    row = replace(row, comment=comment)
    if score is None or score == row.score:
        return row
    before = ByHand(row.score, row.aspects, work_changed)
    return replace(row, score=score, aspects=f"by hand {score:g}/{row.max_score:g}", by_hand=before)
