"""One row for each learner, as Moodle, Canvas and a spreadsheet import it.

Sources: https://docs.moodle.org/en/Grade_import (columns are matched by their names) and
https://community.canvaslms.com, "How do I import grades in the Gradebook?" (five leading columns, a
second row of points possible).
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from unicodedata import normalize

from autograder.careful_files import write_file
from autograder.grading.afterwards.opened import records_in
from autograder.grading.reports.rendering import duration
from autograder.grading.results.class_list import COLUMNS, KEY, Person, class_list
from autograder.grading.results.grades import safe_text
from autograder.grading.results.record import Record, Row
from autograder.root import ASSIGNMENT
from utils.errors import CourseError

Table = list[list[str]]


EXPORTED = "export"
"""Folder of the tables, below the results."""


def feedback(record: Record) -> str:
    """What a learner was told, in one line for each exercise that lost points."""
    if record.problem and not record.graded:
        return safe_text(f"Not graded: {record.problem}")
    told = [
        safe_text(f"Exercise {row.exercise} ({_of(row)}): {row.comment} {row.message}")
        for row in record.rows
        if row.score is None or row.score < row.max_score or row.changed or row.comment
    ]
    if record.late:
        less = f"; this costs {_number(record.penalty)} points" if record.penalty else ""
        told.insert(0, f"Handed in {duration(record.late)} late{less}.")
    return "\n".join(told) or "Everything is right."


def moodle(records: Iterable[Record], people: Mapping[str, Person]) -> Table:
    """Moodle: *Grades › Import › CSV file*."""
    head = ["Identifier", "Full name", "Email address", "Grade", "Maximum Grade"]
    table = [[*head, "Feedback comments"]]
    for record in records:
        person = _person(record, people)
        who = [person["id"], person["name"], person["email"]]
        table.append([*who, _points(record), _best(record), feedback(record)])
    return table


def canvas(records: Iterable[Record], people: Mapping[str, Person]) -> Table:
    """Canvas: *Grades › Import*."""
    records = list(records)
    best = _best(records[0]) if records else ""
    table = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT]]
    table.append(["    Points Possible", "", "", "", "", best])
    for record in records:
        person = _person(record, people)
        table.append([person["name"], person["id"], "", person["email"], "", _points(record)])
    return table


def spreadsheet(records: Iterable[Record], people: Mapping[str, Person]) -> Table:
    """A table to read and count with: points in all, lost for lateness, and by exercise."""
    records = list(records)
    numbers = sorted({row.exercise for record in records for row in record.rows})
    head = [KEY, *COLUMNS, "points", "out_of", "late_penalty"]
    table = [[*head, *(f"exercise_{n}" for n in numbers), "feedback"]]
    for record in records:
        scores = {row.exercise: _number(row.score) for row in record.rows}
        person = _person(record, people)
        who = [safe_text(record.student), *(person[name] for name in COLUMNS)]
        points = [_points(record), _best(record), _number(record.penalty)]
        points += (scores.get(n, "") for n in numbers)
        table.append([*who, *points, feedback(record)])
    return table


FORMS = {"moodle": moodle, "canvas": canvas, "spreadsheet": spreadsheet}
"""What is written, by the name of the file."""


def write(results: Path, names: Path | None = None) -> list[Path]:
    """Write ``export/*.csv`` into a folder of results; returns the files.

    Args:
        results: Folder of results.
        names: A class list; ``None`` for the one that the results have, if any.

    Raises:
        CourseError: Results or class list cannot be read, or nothing can be written.
    """
    people = class_list(results, names)
    records = sorted(records_in(results).values(), key=lambda record: record.student)
    files = []
    try:
        (results / EXPORTED).mkdir(exist_ok=True)
        for name, form in FORMS.items():
            files.append(results / EXPORTED / f"{name}.csv")
            write_file(files[-1], _csv(form(records, people)))
    except OSError as error:
        raise CourseError(
            f"{results / 'export'} cannot be written: {error.strerror}", "a folder to write to", ""
        ) from error
    return files


def _csv(table: Table) -> bytes:
    """The table with a mark at its start by which spreadsheets read accents right."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode("utf-8-sig")


def _person(record: Record, people: Mapping[str, Person]) -> dict[str, str]:
    """Who a learner is by the class list; without one, the folder's name stands for all."""
    person = people.get(normalize("NFC", record.student), {})
    found = {name: safe_text(person.get(name, "")) for name in COLUMNS}
    found["name"] = found["name"] or safe_text(record.student)
    found["id"] = found["id"] or safe_text(record.student)
    return found


def _points(record: Record) -> str:
    """The points; empty where an exercise is not graded, which an import leaves as it is."""
    return _number(record.score if record.graded else None)


def _number(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def _of(row: Row) -> str:
    if row.score is None:
        return "not graded"
    return ", ".join(filter(None, (f"{row.score:g} of {row.max_score:g}", row.changed)))


def _best(record: Record) -> str:
    return _number(sum(row.max_score for row in record.rows))
