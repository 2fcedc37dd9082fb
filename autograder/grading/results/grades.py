"""``grades.csv``: a row for each student and exercise, safe to open in a spreadsheet."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from autograder.careful_files import write_file
from autograder.grading.results.record import Record

COLUMNS = (
    "student_id",
    "exercise",
    "score",
    "max_score",
    "mistake",
    "message",
    "aspects",
    "found",
    "expected",
    "reasons",
    "by_hand",
    "comment",
)
"""The columns; new ones stand at the end. `by_hand` tells of points that a person changed."""

FORMULA_STARTS = frozenset("=+-@|")
"""A spreadsheet takes a text that begins with one of these, or its wide form, for a formula."""

MAX_TEXT = 500
"""Longest text in a cell of the table, in characters."""


def write_grades(path: Path, records: Iterable[Record]) -> None:
    """Write the table, sorted by student and exercise, as a whole or not at all.

    An exercise that is not graded has no score, which is not the same as 0.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for record in sorted(records, key=lambda record: record.student):
        for row in sorted(record.rows, key=lambda row: row.exercise):
            score = "" if row.score is None else f"{row.score:g}"
            numbers = (row.exercise, score, f"{row.max_score:g}")
            reasons = "; ".join(f"{aspect}: {reason}" for aspect, reason in row.reasons.items())
            told = (row.mistake, row.message, row.aspects, row.found, row.expected, reasons)
            texts = map(safe_text, (*told, row.changed, row.comment))
            table.writerow((safe_text(record.student), *numbers, *texts))
    # With a mark at its start, by which spreadsheets read accents right.
    write_file(path, text.getvalue().encode("utf-8-sig"))


def safe_text(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula, wherever it splits the line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"
    # In many countries spreadsheets split lines at semicolons, whatever stands in quotes.
    return ";".join(map(_no_formula, line.split(";")))


def _no_formula(text: str) -> str:
    """The text, with an apostrophe in front where it would be taken for a formula."""
    body = text.lstrip()
    start = unicodedata.normalize("NFKC", body).lstrip(" '\"`")[:1]
    return f"{text[: len(text) - len(body)]}'{body}" if start in FORMULA_STARTS else text
