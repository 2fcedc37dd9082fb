"""Who handed in late, and what that costs: kept in the gradebook where nbgrader keeps it.

An extension that was granted there (nbgrader's `Gradebook.grant_extension`) counts.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Connection, bindparam, func, select

from autograder.grading.results.nbgrader_folders import database_url
from autograder.grading.results.record import Record
from autograder.grading.results.store import Run
from autograder.root import ASSIGNMENT

DAY = 86_400


def penalty(policy: str, score: float, seconds: float) -> float:
    """Points that a notebook loses.

    Args:
        policy: ``none`` or ``zero``, as in nbgrader's `LateSubmissionPlugin`, or how many percent
            of the points each day costs that has begun, such as ``10%``.
        score: Points of the notebook.
        seconds: How late it was handed in.
    """
    if seconds <= 0 or policy == "none":
        return 0.0
    share = 1.0 if policy == "zero" else float(policy[:-1]) / 100 * math.ceil(seconds / DAY)
    return round(max(score, 0.0) * min(share, 1.0), 2)


def with_lateness(results: Path, records: Sequence[Record], run: Run) -> list[Record]:
    """Enter into the gradebook who is late and loses what; returns the records with that.

    Args:
        results: Folder of results.
        records: What became of each submission, scores by hand included.
        run: Says when it was due, and what lateness costs.
    """
    due = datetime.fromisoformat(run.due) if run.due else None
    with (
        Gradebook(database_url(results / "gradebook.db")) as gradebook,
        gradebook.engine.begin() as database,
    ):
        more_time = _enter_times(database, records, due)
        late = {
            record.student: seconds_late(record.handed_in, due, more_time.get(record.student))
            for record in records
        }
        lost = _enter_penalties(database, run.late, late)
    return [
        replace(record, late=late[record.student], penalties=lost.get(record.student, {}))
        for record in records
    ]


def seconds_late(handed_in: float, due: datetime | None, more_time: timedelta | None) -> float:
    """How late something was handed in; 0 where it is not known when, or none was due."""
    if not due or not handed_in:
        return 0.0
    return max(0.0, handed_in - (due + (more_time or timedelta())).timestamp())


def _enter_times(
    database: Connection, records: Sequence[Record], due: datetime | None
) -> dict[str, timedelta]:
    """Enter when it was due and when each was handed in; returns the extensions."""
    assignment = database.scalars(select(Assignment.id).where(Assignment.name == ASSIGNMENT)).one()
    _set(database, Assignment.duedate, {assignment: _in_utc(due.timestamp()) if due else None})
    rows = database.execute(
        select(
            SubmittedAssignment.id,
            SubmittedAssignment.student_id,
            SubmittedAssignment.extension,
        ).where(SubmittedAssignment.assignment_id == assignment)
    ).all()
    times = {record.student: record.handed_in for record in records if record.handed_in}
    known = {key: _in_utc(times[who]) if who in times else None for key, who, _ in rows}
    _set(database, SubmittedAssignment.timestamp, known)
    return {student: extension for _, student, extension in rows if extension}


def _enter_penalties(
    database: Connection, policy: str, late: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Enter what each notebook loses; returns that by student and notebook."""
    points = (
        select(func.coalesce(func.sum(Grade.score), 0.0))
        .where(Grade.notebook_id == SubmittedNotebook.id)
        .scalar_subquery()
    )
    rows = database.execute(
        select(SubmittedNotebook.id, SubmittedAssignment.student_id, Notebook.name, points)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
    ).all()
    lost: dict[str, dict[str, float]] = defaultdict(dict)
    penalties: dict[str, float | None] = {}
    for key, student, name, score in rows:
        points_lost = penalty(policy, score, late.get(student, 0.0))
        penalties[key] = points_lost or None  # nbgrader's word for none
        if points_lost:
            lost[student][name] = points_lost
    _set(database, SubmittedNotebook.late_submission_penalty, penalties)
    return lost


def _set(database: Connection, column: Any, values: Mapping[str, object]) -> None:
    """Give a column of a table these values, by the id of the row; nothing is written in vain."""
    table = column.class_.__table__
    found = database.execute(select(column.class_.id, column))
    known = {row[0]: row[1] for row in found}
    rows = [{"key": key, "value": value} for key, value in values.items() if known[key] != value]
    if rows:
        change = table.update().where(table.c.id == bindparam("key"))
        database.execute(change.values({column.key: bindparam("value")}), rows)


def _in_utc(time: float) -> datetime:
    """A moment as nbgrader keeps it: in UTC, without saying so."""
    return datetime.fromtimestamp(time, UTC).replace(tzinfo=None)
