"""The table of grades and the summary."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from autograder.grading.worker import Graded, Row

COLUMNS = ("student_id", "exercise", "score", "max_score", "mistake", "message")

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
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as file:
        try:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(COLUMNS)
            for row in sorted(rows, key=lambda row: (row.student, row.exercise.number)):
                numbers = (row.exercise.number, f"{row.score:g}", f"{row.exercise.points:g}")
                table.writerow(
                    (safe_text(row.student), *numbers, *map(safe_text, (row.mistake, row.message)))
                )
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


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
