"""The class list: who the learners are, by the names of the folders that were handed in."""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

from autograder.careful_files import write_file
from utils.errors import CourseError

KEY = "student_id"
"""Column of a class list that holds the names of the folders that were handed in."""

COLUMNS = {"name": "full name", "email": "e-mail address", "id": "number in the LMS"}
"""Columns of a class list that may stand beside it, and what they are."""

Person = Mapping[str, str]

KEPT = "class.csv"
"""The class list in a folder of results: the one that was given last."""


def read_class_list(path: Path) -> dict[str, Person]:
    """A class list: csv with ``student_id`` and any of `COLUMNS`; by student.

    Raises:
        CourseError: The file cannot be read, or has no such column.
    """
    expected = f"a csv file with the columns {KEY} and any of {', '.join(COLUMNS)}"
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"NAMES {path} cannot be read ({error})", expected, "") from error
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = list(csv.DictReader(lines, delimiter=delimiter))
    if not rows or KEY not in rows[0]:
        found = ", ".join(rows[0]) if rows else "nothing below its first line"
        raise CourseError(f"NAMES {path} has {found}", expected, "Name its columns so")
    return {
        normalize("NFC", row[KEY]): {name: row.get(name) or "" for name in COLUMNS} for row in rows
    }


def keep_class_list(path: Path, results: Path) -> None:
    """Put a class list into a folder of results, for this run and all that follow.

    Raises:
        OSError: The results cannot be written.
    """
    write_file(results / KEPT, path.read_bytes(), mode=0o600)


def class_list(results: Path, given: Path | None = None) -> dict[str, Person]:
    """The class list that is given, else the one in a folder of results, else an empty one.

    Raises:
        CourseError: It cannot be read.
    """
    kept = results / KEPT
    if given is None and not os.path.lexists(kept):
        return {}
    return read_class_list(given or kept)


def forget_in_class_list(results: Path, student: str) -> None:
    """Leave a learner out of the class list in a folder of results.

    Raises:
        CourseError: It cannot be read.
        OSError: The results cannot be written.
    """
    people = class_list(results)
    if people.pop(normalize("NFC", student), None) is not None:
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow((KEY, *COLUMNS))
        table.writerows((other, *person.values()) for other, person in people.items())
        write_file(results / KEPT, text.getvalue().encode(), mode=0o600)


def name_of(student: str, people: Mapping[str, Person]) -> str:
    """The full name of a learner by the class list; the folder's name where it has none."""
    return people.get(normalize("NFC", student), {}).get("name") or student
