"""A folder of results, opened for reading after `make grade`."""

import json
from collections.abc import Mapping
from pathlib import Path

from autograder.checks.notebook.cells import number_in
from autograder.grading.results.atomic import is_accepted
from autograder.grading.results.book import Book
from autograder.grading.results.lateness import with_lateness
from autograder.grading.results.nbgrader_folders import autograded_folder
from autograder.grading.results.record import Record
from autograder.grading.results.store import Store, read_run
from utils.errors import CourseError


def records_in(results: Path) -> dict[str, Record]:
    """The records by student, a score entered by hand in place of ours, and how late each is.

    Raises:
        CourseError: The folder holds no results.
    """
    records = without_marks(results).values()
    run = read_run(results)
    assert run is not None  # there are records
    with Book(results) as book:
        marked = book.marked(records)
    return {record.student: record for record in with_lateness(results, marked, run)}


def without_marks(results: Path) -> dict[str, Record]:
    """The records by student, as graded.

    Raises:
        CourseError: The folder holds no results.
    """
    if not (results / "records").is_dir():
        raise CourseError(
            f"{results} holds no results", "a folder with records/", "Run `make grade` first"
        )
    if is_accepted(results):
        found = f"Regrading {results} was stopped before all was in its place"
        raise CourseError(found, "", "Run `make grade` first, which goes on with it")
    return Store(results).all()


def one_of(records: Mapping[str, Record], student: str) -> Record:
    """The record of a student.

    Raises:
        CourseError: There is none of that name.
    """
    if student not in records:
        names = ", ".join(list(records)[:5])
        raise CourseError(
            f"The results hold nothing of {student}", f"a name such as {names}", "Check STUDENT"
        )
    return records[student]


def cells_of(results: Path, student: str) -> dict[int, list[dict[str, object]]]:
    """The cells of each exercise in a student's graded notebooks, the answer before its check.

    They are json as the grader wrote it; what stands in an answer is still a learner's text.
    """
    cells: dict[int, list[dict[str, object]]] = {}
    for path in sorted(autograded_folder(results, student).glob("*.ipynb")):
        for cell in json.loads(path.read_bytes())["cells"]:
            name = str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
            number = number_in(name, "exercise") or number_in(name, "check")
            if number:
                cells.setdefault(number, []).append(cell)
    return cells


def answer_in(cells: list[dict[str, object]]) -> str:
    """The code of an exercise, from its cells."""
    code = [str(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return code[0] if code else ""
