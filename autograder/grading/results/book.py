"""nbgrader's gradebook, and the folders beside it that its formgrader reads.

Scores go from records into the database, as nbgrader's `SaveAutoGrades` would enter them.
"""

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

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

from autograder.careful_files import write_file
from autograder.checks.notebook.cells import check_id, exercise_id, number_in
from autograder.grading.course import Course
from autograder.grading.results.atomic import UNFINISHED, remove_folder, replace_folder
from autograder.grading.results.harmless import Harmless
from autograder.grading.results.record import Record
from autograder.grading.results.trouble import is_machines
from autograder.root import ASSIGNMENT
from utils.errors import CourseError

DATABASE_WAIT = 120
"""Seconds to wait while the formgrader writes to the gradebook."""

PROBE = 1_000_000
"""Bytes that are written to learn whether there is room: more than a gradebook takes at first."""

NO_RESPONSE = "No response."
"""nbgrader's comment on an answer that is as it was handed out."""

CONFIG = '''\
"""Settings for nbgrader in this folder: `make gradebook RESULTS=...` opens it."""

from pathlib import Path

c = get_config()

# This folder, whatever other settings of nbgrader say that are found on this computer.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).resolve().parent}/gradebook.db"
c.CourseDirectory.course_id = ""

# The folders in submitted/ are empty on purpose. nbgrader's own "autograde" would run what
# strangers wrote, as you; `make regrade STUDENT=...` runs it shut in.

# "nbgrader export" writes its own table beside ours, which is grades.csv.
c.ExportPlugin.to = "nbgrader-grades.csv"
'''


def prepare(results: Path, course: Course) -> None:
    """Make nbgrader's folders, release and gradebook, unless they are there for this course.

    Raises:
        CourseError: The gradebook there belongs to other notebooks.
    """
    config = results / "nbgrader_config.py"
    if not config.exists():
        write_file(config, CONFIG.encode())
    ready = results / "source" / ".ready"
    paths = [course.folder / f"{notebook}.ipynb" for notebook in course.notebooks]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    complete = (results / "gradebook.db").exists() and (results / "release" / ASSIGNMENT).exists()
    if complete and ready.exists() and ready.read_text() == digest.hexdigest():
        return
    ready.unlink(missing_ok=True)
    source = results / "source" / ASSIGNMENT
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for path in paths:
        shutil.copyfile(path, source / path.name)
    _generate(results)
    write_file(ready, digest.hexdigest().encode())


def _generate(results: Path) -> None:
    """Let nbgrader make the release and enter the assignment in the gradebook."""
    # Imported here because it takes seconds, and a run that is resumed does not need it.
    from alembic.script import ScriptDirectory
    from nbgrader import dbutil
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    database = results / "gradebook.db"
    # A new one is made elsewhere and moved: half a gradebook would stay unusable.
    draft = database if database.exists() else results / UNFINISHED / database.name
    (results / UNFINISHED).mkdir(exist_ok=True)
    (results / UNFINISHED / database.name).unlink(missing_ok=True)
    config = Config()
    config.CourseDirectory.root = str(results)
    config.CourseDirectory.db_url = database_url(draft)
    config.CourseDirectory.assignment_id = ASSIGNMENT
    config.BaseConverter.force = True
    assign = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    try:
        # nbgrader starts the program alembic to ask for this, which takes longer than all the rest.
        newest = ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head
        with mock.patch("nbgrader.api.get_alembic_version", newest):
            assign.start()
    except NbGraderException as error:
        if is_machines(error):
            raise
        write_file(results / UNFINISHED / "probe", bytes(PROBE))  # nbgrader hides a full disk
        raise CourseError(
            f"The gradebook in {results} does not fit the notebooks of the course",
            "A gradebook of the same exercises, or none",
            f"Choose another RESULTS, or see {results}/grading.log",
        ) from error
    if draft != database:
        os.rename(draft, database)


def database_url(database: Path) -> str:
    """SQLAlchemy's address of a gradebook."""
    return f"sqlite:///{database}?timeout={DATABASE_WAIT}"


def autograded_folder(results: Path, student: str) -> Path:
    """Folder of a student's graded notebooks."""
    return results / "autograded" / student / ASSIGNMENT


def feedback_folder(results: Path, student: str) -> Path:
    """Folder of a student's feedback."""
    return results / "feedback" / student / ASSIGNMENT


def write_notebooks(results: Path, student: str, notebooks: Mapping[str, Harmless]) -> None:
    """Put a student's graded notebooks where the formgrader looks, and remove old feedback.

    Args:
        results: Folder of results.
        student: Student id.
        notebooks: Each by its name, without ``.ipynb``.
    """
    remove_folder(results, feedback_folder(results, student))
    files = {
        # A lone surrogate, which UTF-8 cannot hold, becomes a question mark.
        f"{name}.ipynb": json.dumps(content, ensure_ascii=False).encode(errors="replace")
        for name, content in notebooks.items()
    }
    replace_folder(results, autograded_folder(results, student), files)
    # The formgrader counts these folders, and needs nothing in them.
    (results / "submitted" / student / ASSIGNMENT).mkdir(parents=True, exist_ok=True)


def _scores_of(record: Record) -> dict[str, float | None]:
    """Scores by the id of the check cell."""
    return {check_id(row.exercise): row.score for row in record.rows}


@dataclass(frozen=True)
class Marks:
    """Scores and comments of a student's notebook, those that graders entered included.

    Attributes:
        scores: Points earned and points possible, by the id of the cell.
        comments: Comments by the id of the cell.
    """

    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


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

    def marked(self, records: Iterable[Record]) -> list[Record]:
        """The records, each score that was entered by hand in place of ours."""
        scores = self.scores()
        return [
            replace(
                record,
                rows=tuple(
                    replace(row, score=scores.get(record.student, {}).get(row.exercise, row.score))
                    for row in record.rows
                ),
            )
            for record in records
        ]

    def marks(self) -> dict[str, dict[str, Marks]]:
        """Scores and comments for the feedback, by student and notebook."""
        marks: dict[str, dict[str, Marks]] = defaultdict(lambda: defaultdict(Marks))
        for student, notebook, cell, score, best in self._grades(Grade.score):
            marks[student][notebook].scores[cell] = score, best
        comments = self._rows(Comment, Comment.comment).where(Comment.comment.is_not(None))
        with self._engine.connect() as database:
            for student, notebook, cell, comment in database.execute(comments):
                marks[student][notebook].comments[cell] = comment
        return {student: dict(notebooks) for student, notebooks in marks.items()}

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
