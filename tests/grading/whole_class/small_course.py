"""A course of two notebooks with three exercises, small enough to grade in a second."""

import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.root import ROOT

ASSIGNMENT = "data-acquisition"
EXERCISES = {"01-first": (1, 2), "02-second": (3,)}
MAX_SCORE = 5

START = '''
class Verdict:
    """Shows itself as the verdicts of the course do."""

    def __init__(self, exercise, score):
        self.exercise, self.score = exercise, score

    def _repr_mimebundle_(self, include=None, exclude=None):
        right = self.score == 5
        return {
            "text/plain": str(float(self.score)),
            "text/html": f"<p>card of exercise {self.exercise}</p>",
            "application/vnd.course.verdict+json": {
                "exercise": self.exercise,
                "score": self.score,
                "max_score": 5,
                "mistake": None if right else "wrong-number",
                "message": "" if right else "=This is not the number",
            },
        }


def check(number):
    answer = globals().get(f"answer_{number}", 0)
    return Verdict(number, max(0, 5 - abs(number - answer)))
'''


def nbgrader(grade_id: str, kind: str) -> dict[str, object]:
    """Metadata of a cell that is ``given``, the ``solution``, or the ``check``."""
    about = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": kind == "check",
        "solution": kind == "solution",
        "locked": kind != "solution",
        "task": False,
    }
    return about | ({"points": MAX_SCORE} if kind == "check" else {})


def notebook(name: str, answers: dict[int, str]) -> NotebookNode:
    """A notebook in which the cells of exercises hold the answers given as code."""

    def cell(grade_id: str, kind: str, code: str) -> NotebookNode:
        return new_code_cell(code, id=grade_id, metadata={"nbgrader": nbgrader(grade_id, kind)})

    cells = [new_markdown_cell("# Numbers", id="title"), cell(f"start-{name}", "given", START)]
    for number in EXERCISES[name]:
        code = answers.get(number, f"answer_{number} = None or 0")
        cells.append(cell(f"exercise-{number}", "solution", code))
        cells.append(cell(f"check-{number}", "check", f"check({number})"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


SOLVED = {number: f"answer_{number} = {number}" for number in (1, 2, 3)}
"""The right answers."""


def hand_in(folder: Path, answers: dict[int, str] | None = None) -> Path:
    """Write the notebooks with these answers (or the right ones) into the folder of a student."""
    assignment = folder / ASSIGNMENT
    assignment.mkdir(parents=True)
    for name in EXERCISES:
        content = notebook(name, SOLVED | (answers or {}))
        nbformat.write(content, assignment / f"{name}.ipynb")
    return assignment


def command(*words: object) -> list[str]:
    """The words of the command."""
    return [sys.executable, "-m", "autograder.grading", *map(str, words)]


def grade(*words: object, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run the command and wait for it."""
    return subprocess.run(
        command(*words), cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
