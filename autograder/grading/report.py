"""The table of grades and the summary."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from autograder.grading.worker import Graded, Row

COLUMNS = ("student_id", "exercise", "score", "max_score", "mistake", "message", "aspects")

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins with one of these for a formula."""

MAX_TEXT = 500
"""Longest text in a cell, in characters."""


def safe_text(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"
    return f"'{line}" if line.startswith(FORMULA_START) else line


def write_grades(path: Path, rows: Iterable[Row]) -> None:
    """Write ``grades.csv``, sorted by student and exercise, at once or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(draft, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(COLUMNS)
            for row in sorted(rows, key=lambda row: (row.student, row.exercise.number)):
                numbers = (row.exercise.number, f"{row.score:g}", f"{row.exercise.points:g}")
                texts = map(safe_text, (row.mistake, row.message, row.aspects))
                table.writerow((safe_text(row.student), *numbers, *texts))
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def summary(results: list[Graded], seconds: float) -> str:
    """One line: how many were graded and failed, their mean, and the time it took."""
    graded = [result for result in results if not result.problem]
    parts = [f"{len(graded)} graded", f"{len(results) - len(graded)} failed"]
    if graded:
        total = sum(row.score for result in graded for row in result.rows)
        best = sum(row.exercise.points for row in graded[0].rows)
        parts.append(f"mean {total / len(graded):.1f} of {best:g}")
    parts.append(f"{seconds:.0f} s ({seconds / len(results):.1f} s each)")
    return ", ".join(parts)
