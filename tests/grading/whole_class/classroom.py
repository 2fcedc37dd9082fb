"""Students who hand in the course's notebooks, and the command that grades them."""

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from autograder.grading.course import read_course
from autograder.notebooks.source import read_all
from autograder.root import RELEASED, ROOT

ASSIGNMENT = "data-acquisition"
POINTS = {exercise.number: exercise.points for exercise in read_course().exercises}


@cache
def solutions() -> dict[int, str]:
    """The code that solves each exercise."""
    return {item.number: item.solution for book in read_all() for item in book.exercises}


def hand_in(folder: Path, answers: Mapping[int, str] | None = None) -> Path:
    """Write the notebooks with these answers (or the solutions) into the folder of a student.

    Args:
        folder: The student's folder.
        answers: Code by exercise; what is not named stays as it was handed out.
    """
    answers = solutions() if answers is None else answers
    assignment = folder / ASSIGNMENT
    assignment.mkdir(parents=True)
    for path in RELEASED.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            kind, _, number = cell["id"].partition("-")
            if kind == "exercise" and int(number) in answers:
                cell["source"] = answers[int(number)]
        (assignment / path.name).write_text(json.dumps(notebook), "utf-8")
    return assignment


def command(*words: object) -> list[str]:
    """The words of the command."""
    return [sys.executable, "-m", "autograder.grading", *map(str, words)]


def grade(*words: object, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run the command and wait for it."""
    return subprocess.run(
        command(*words), cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )


Table = dict[tuple[str, int], dict[str, str]]


def table(results: Path) -> Table:
    """The lines of ``grades.csv``, by student and exercise."""
    with open(results / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["student_id"], int(row["exercise"])): row for row in csv.DictReader(file)}


def scores(rows: Table, student: str) -> list[float | None]:
    """The points of a student by exercise; ``None`` where it is not graded."""
    cells = (rows[student, number]["score"] for number in POINTS)
    return [float(cell) if cell else None for cell in cells]
