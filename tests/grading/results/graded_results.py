"""Folders of results as grading leaves them, made from the solved notebooks without running any."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder.checks.judging.expectation import load
from autograder.grading.course import SourceNotebook, read_course, read_sources
from autograder.grading.handed_in.graded_notebook import graded_notebook
from autograder.grading.handed_in.submitted_notebook import Submitted, read_submitted
from autograder.grading.reports.feedback import write_feedback
from autograder.grading.results.book import Book
from autograder.grading.results.harmless import Harmless, harmless
from autograder.grading.results.nbgrader_folders import write_notebooks
from autograder.grading.results.record import Record, Row
from autograder.grading.results.store import Store
from autograder.patches import PRACTICE
from autograder.root import RELEASED

COURSE = read_course()
FULL = {exercise.number: exercise.points for exercise in COURSE.exercises}


def record(
    student: str,
    scores: Mapping[int, float] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Record:
    """What became of a submission: full marks, but for the scores given."""
    earned = FULL | dict(scores or {})
    rows = (Row(number, earned[number], points) for number, points in FULL.items())
    submitted = (_submitted(source, answers or {}, "") for source in read_sources())
    untouched = (number for notebook in submitted for number in notebook.untouched)
    return Record(student, "fingerprint", tuple(rows), untouched=tuple(untouched))


def notebooks(
    scores: Mapping[int, float] | None = None,
    answers: Mapping[int, str] | None = None,
    shown: Mapping[int, list[dict[str, Any]]] | None = None,
    note: str = "",
) -> dict[str, Harmless]:
    """The notebooks of a submission as graded.

    Args:
        scores: By exercise, where the solution's are not meant.
        answers: By exercise, the same.
        shown: What answers show, by exercise, the same.
        note: Markdown that the learner added on top of each notebook.
    """
    return {
        source.name: harmless(_graded(source, scores or {}, answers or {}, shown or {}, note))
        for source in read_sources()
    }


def _graded(
    source: SourceNotebook,
    scores: Mapping[int, float],
    answers: Mapping[int, str],
    shown: Mapping[int, list[dict[str, Any]]],
    note: str,
) -> dict[str, Any]:
    submitted = _submitted(source, answers, note)
    solved = _solved(source.name)
    outputs, verdicts = {}, {}
    for index, cell in enumerate(submitted.placed):
        if cell.kind == "check":
            verdict = json.loads(json.dumps(solved[cell.id]["outputs"][0]))
            score = float(scores.get(cell.exercise, FULL[cell.exercise]))
            verdict["data"]["text/plain"] = str(score)
            verdicts[index] = verdict
        elif cell.id in solved:
            outputs[index] = solved[cell.id].get("outputs", [])
            if cell.kind == "exercise" and cell.exercise in shown:
                outputs[index] = shown[cell.exercise]
    return graded_notebook(submitted, outputs, verdicts)


def _submitted(source: SourceNotebook, answers: Mapping[int, str], note: str) -> Submitted:
    """A solved notebook as handed in, but for the answers given."""
    handed_in = json.loads((RELEASED / f"{source.name}.ipynb").read_bytes())
    solved = _solved(source.name)
    for cell in handed_in["cells"]:
        if number := _number(cell, "exercise"):
            cell["source"] = answers.get(number, solved[cell["id"]]["source"])
    if note:
        own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": note}
        handed_in["cells"].insert(0, own)
    return read_submitted(json.dumps(handed_in).encode(), source)


def _number(cell: Mapping[str, Any], kind: str) -> int:
    """Number of the exercise, if the cell is of that kind."""
    name, _, number = cell["id"].rpartition("-")
    return int(number) if name == kind else 0


@cache
def _solved(name: str) -> dict[str, Any]:
    """Cells of a solved notebook by id."""
    content = json.loads((COURSE.folder / f"{name}.ipynb").read_bytes())
    return {cell["id"]: cell for cell in content["cells"]}


def starter(number: int) -> str:
    """The cell of an exercise as it is handed out."""
    (source,) = (
        cell.source
        for notebook in read_sources()
        for cell in notebook.cells
        if cell.kind == "exercise" and cell.exercise == number
    )
    return source


def grade(
    results: Path,
    book: Book,
    student: str,
    scores: Mapping[int, float] | None = None,
    answers: Mapping[int, str] | None = None,
) -> Record:
    """All steps of grading a submission, in order."""
    graded = record(student, scores, answers)
    write_notebooks(results, student, notebooks(scores, answers))
    Store(results).put(graded)
    book.write(graded)
    return graded


def marked(results: Path, *students: str) -> list[Record]:
    """The records of some students with what people entered; an empty one for who has none."""
    with Book(results) as book:
        found = {item.student: item for item in book.marked(Store(results).all().values())}
    return [found.get(student, Record(student, "", ())) for student in students]


def feedback_on(results: Path, *students: str, workers: int = 1) -> dict[str, str]:
    """Write the feedback of some students."""
    return write_feedback(results, marked(results, *students), exercise_titles(), workers)


@cache
def exercise_titles() -> dict[int, str]:
    """Title of each exercise."""
    return {number: load(number, folder=PRACTICE / "expectations").title for number in FULL}
