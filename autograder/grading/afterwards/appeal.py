"""One exercise of one learner on a page: answer, verdict, patch, and how to see it again."""

import shlex
from pathlib import Path
from typing import Any

from autograder.careful_files import write_file
from autograder.checks.judging.expectation import load
from autograder.grading.afterwards.opened import answer_in, cells_of, one_of, records_in
from autograder.grading.reports.pages import page_name
from autograder.grading.reports.rendering import data_url, page
from autograder.grading.results.store import Run, read_run, world_folder
from autograder.grading.worlds.world_picture import describe
from utils.errors import CourseError

APPEALS = "appeals"
"""Folder of the pages, below the results."""


def write(results: Path, student: str, exercise: int) -> Path:
    """Write the page for one exercise of one learner into ``appeals``; returns the file.

    Args:
        results: Folder of results.
        student: Name of the learner.
        exercise: Number of the exercise.

    Raises:
        CourseError: The results, the learner or the exercise are not there.
    """
    record = one_of(records_in(results), student)
    row = next((row for row in record.rows if row.exercise == exercise), None)
    if row is None:
        raise CourseError(
            f"The results have no exercise {exercise}",
            f"one of {', '.join(str(row.exercise) for row in record.rows)}",
            "Check EXERCISE",
        )
    run = read_run(results)
    assert run is not None  # there are records
    cells = cells_of(results, student).get(exercise, [])
    file = results / APPEALS / f"exercise-{exercise:02d}-{page_name(student)}"
    patch = None if run.practice else describe(world_folder(results))
    content = page(
        "appeal.html",
        record=record,
        row=row,
        title=load(exercise, folder=world_folder(results) / "expectations").title,
        answer=answer_in(cells),
        verdict=_words_of(cells),
        patch=patch.for_instructors if patch else "It was graded on the practice patch.",
        picture=data_url(patch.picture) if patch else "",
        alternative=patch.alternative if patch else "",
        commands=commands(results, student, run),
    )
    try:
        file.parent.mkdir(exist_ok=True)
        write_file(file, content)
    except OSError as error:
        raise CourseError(
            f"{file} cannot be written: {error.strerror}", "a folder to write to", ""
        ) from error
    return file


def commands(results: Path, student: str, run: Run) -> list[str]:
    """What an instructor types to grade the learner again, here or on the same patch elsewhere."""
    where = f"SUBMITTED=… RESULTS={shlex.quote(str(results))}"
    elsewhere = "GRADE=--practice" if run.practice else f'GRADE="--seed {run.seed}"'
    return [
        f"make regrade STUDENT={shlex.quote(student)} {where}",
        f"make grade SUBMITTED=… RESULTS=another {elsewhere}",
    ]


def _words_of(cells: list[dict[str, Any]]) -> str:
    """The card in words, as the check's cell shows it."""
    said = []
    for cell in cells:
        for output in cell.get("outputs", []) if cell["cell_type"] == "code" else []:
            shown = output.get("data", {}).get("text/plain", output.get("text", ""))
            said.append("".join(shown))
    return "\n".join(said)
