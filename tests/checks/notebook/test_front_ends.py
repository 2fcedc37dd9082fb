"""Whatever a front-end tells of its cells, each cell counts for its own exercise."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.exercises import exercise as find
from autograder.checks.notebook.cells import digest
from autograder.checks.notebook.names import is_course_call
from autograder.grading.course import SourceNotebook, read_source
from autograder.root import RELEASED
from autograder.services import Services
from tests.checks.notebook_stand_in import EXERCISES, START, Notebook, lab_kernel

NUMBERS = (3, 4, 5)
SOURCE: SourceNotebook = read_source(RELEASED / "02-patches-with-rasterio.ipynb")
METADATA = {cell.id: dict(cell.metadata) for cell in SOURCE.cells}

Metadata = Mapping[str, Any]


def lab(cell: str) -> Metadata:
    """JupyterLab 3 and 4, Notebook 7: the cell's metadata and id."""
    return {**METADATA.get(cell, {}), "deletedCells": [], "recordTiming": False, "cellId": cell}


def vs_code(cell: str) -> Metadata:
    """VS Code: an address of its own in place of the id, and the cell's metadata."""
    own = f"vscode-notebook-cell:/home/a%20b/02.ipynb#W{digest(cell)}sZmlsZQ%3D%3D"
    return {"cellId": own, **METADATA.get(cell, {})}


def new_ids(cell: str) -> Metadata:
    """JupyterLab, after a program that gave all cells new ids and dropped what it did not know."""
    return {"deletedCells": [], "cellId": f"{digest(cell)}-b7e1-4d4f-a97a-ada19bcdfd8a"}


def nothing(cell: str) -> Metadata:
    """Classic notebook, Colab, nbclient, ``jupyter run`` and papermill."""
    return {}


def odd(cell: str) -> Metadata:
    """What nobody should send."""
    return {"cellId": ["x"], "nbgrader": "exercise-3", "tags": None}


FRONT_ENDS: list[Callable[[str], Metadata]] = [lab, vs_code, new_ids, nothing, odd]

every_front_end = pytest.mark.parametrize("front_end", FRONT_ENDS)

ORDERS = {
    "from top to bottom": "3 check3 4 check4 5 check5",
    "cells first, last check first": "3 4 5 check5 check4 check3",
    "backwards": "3 5 4 check4 check5 check3",
    "again": "3 4 check3 check4 5 3 4 check5 check4 check3",
}


@every_front_end
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_solved_notebook_has_full_points_in_any_order(
    notebook: Notebook, front_end: Callable[[str], Metadata], order: str
) -> None:
    for word in order.split():
        if word.startswith("check"):
            notebook.send(f"check({word[5:]})", front_end(word.replace("check", "check-")))
            assert notebook.checker.check(int(word[5:])).score == 5.0
        else:
            notebook.send(EXERCISES[int(word)].solution, front_end(f"exercise-{word}"))


SPLIT = {
    3: re.split(r"(?m)^(?=# Step)", EXERCISES[3].solution),
    4: re.split(r"(?m)^(?=# Step)", EXERCISES[4].solution),
    5: re.split(r"(?m)^(?=# Step)", EXERCISES[5].solution),
}


@every_front_end
@pytest.mark.parametrize("checks", [(3, 4, 5), (5, 4, 3)])
def test_an_answer_split_over_several_cells_is_one_answer(
    notebook: Notebook, front_end: Callable[[str], Metadata], checks: tuple[int, ...]
) -> None:
    for number in NUMBERS:
        for place, part in enumerate(SPLIT[number]):
            cell = f"exercise-{number}" if place == 0 else f"added-{number}{'x' * place}"
            notebook.send(part, front_end(cell))
    assert [notebook.checker.check(n).score for n in checks] == [5.0] * 3


def without_comments(code: str) -> str:
    return "\n".join(line for line in code.splitlines() if not line.strip().startswith("#"))


@every_front_end
def test_an_answer_written_anew_is_known_by_its_names(
    notebook: Notebook, front_end: Callable[[str], Metadata]
) -> None:
    for number in NUMBERS:
        code = re.sub(r"(?m)^(ax|axes|plt|im)\b", r"0; \1", EXERCISES[number].solution)
        notebook.send(without_comments(code), front_end(f"exercise-{number}"))
    cards = [notebook.checker.check(number) for number in (5, 3, 4)]
    assert [card.score for card in cards] == [5.0] * 3


@every_front_end
def test_a_mended_cell_replaces_what_it_printed_and_drew_before(
    notebook: Notebook, front_end: Callable[[str], Metadata]
) -> None:
    cell = front_end("exercise-4")
    notebook.send(EXERCISES[3].solution, front_end("exercise-3"))
    notebook.send("print('of another cell')", front_end("added"))
    notebook.send(EXERCISES[4].solution.replace("src.profile", "'wrong words'"), cell)
    notebook.checker.check(4)
    notebook.send(EXERCISES[4].solution, cell)
    workspace = notebook.workspace(4)
    assert "wrong words" not in workspace.printed
    assert "GTiff" in workspace.printed
    assert notebook.checker.check(4).score == 5.0


HELPERS = {
    "behind its cell, then its check": ("3 h check3", "print(rgb.shape)", 3),
    "behind its cell, then the next one": ("3 h 4 check3 check4", "print(rgb.shape)", 3),
    "behind both cells": ("3 4 h check3 check4", "print(fc.shape)", 4),
    "behind a check, in front of the next cell": ("3 check3 h 4 check4", "print(rgb.shape)", 4),
    "after a check that failed": ("3 check3 h check3", "print(1)", 3),
    "read by the next cell": ("3 h 4 check3 check4", "rgb = rgb * 1", 4),
    "with its check inside": ("3 4 h check3 check4", "print(1)\ncheck(4)", 4),
    "in front of everything": ("h 3 check3", "print(1)", 3),
}


def cheap_answer(number: int) -> str:
    """Code that makes the names for which an exercise asks, and reads the result of the third."""
    reads = "shown = [rgb]\n" if number == 4 else ""
    return f"import numpy\n{reads}{' = '.join(find(number).names)} = numpy.zeros(3)"


@every_front_end
@pytest.mark.parametrize(("order", "code", "number"), HELPERS.values(), ids=HELPERS)
def test_an_added_cell_counts_for_the_exercise_beside_it(
    notebook: Notebook,
    front_end: Callable[[str], Metadata],
    order: str,
    code: str,
    number: int,
) -> None:
    notebook.offer("check", notebook.workspace)
    for word in order.split():
        if word == "h":
            notebook.send(code, front_end("added"))
        elif word.startswith("check"):
            notebook.send(f"{word[:5]}({word[5:]})", front_end(f"check-{word[5:]}"))
        else:
            notebook.send(cheap_answer(int(word)), front_end(f"exercise-{word}"))
    (helper,) = [run for run in notebook.session.runs if run.source == code]
    assert helper.exercise == number


@every_front_end
def test_examples_of_the_course_count_for_no_exercise_even_when_changed(
    notebook: Notebook, front_end: Callable[[str], Metadata]
) -> None:
    given = [cell for cell in SOURCE.cells if cell.kind == "given"]
    assert len(given) > 3
    for cell in given:
        notebook.send(cell.source, front_end(cell.id))
        notebook.send(f"{cell.source}\n# my note", front_end(cell.id))
    own = [cell for cell in given if len(cell.source.splitlines()) > 3]
    known = {run.source for run in notebook.session.runs if run.exercise == 0}
    assert {cell.source for cell in own} <= known
    assert {f"{cell.source}\n# my note" for cell in own if not is_course_call(cell.source)} <= known


@pytest.mark.parametrize("front_end", [lab, vs_code, new_ids, nothing])
def test_in_a_real_kernel(
    services: Services, tmp_path: Path, front_end: Callable[[str], Metadata]
) -> None:
    environment = {**os.environ, **services.environment, "JUPYTER_DATA_DIR": str(tmp_path)}
    with lab_kernel(environment, tmp_path) as run:
        assert "Error" not in run(START, front_end("given-02-01"))
        for number in NUMBERS:
            run(EXERCISES[number].solution, front_end(f"exercise-{number}"))
        shown = [run(f"check({number})", front_end(f"check-{number}")) for number in (5, 3, 4)]
    assert shown == ["5.0"] * 3


@pytest.mark.parametrize(("asks", "kept"), [(True, 1), (False, 0)])
def test_progress_is_kept_of_a_learner_and_not_of_a_program_that_runs_notebooks(
    services: Services, tmp_path: Path, asks: bool, kept: int
) -> None:
    environment = {**os.environ, **services.environment, "JUPYTER_DATA_DIR": str(tmp_path)}
    with lab_kernel(environment, tmp_path, asks) as run:
        for code in (START, EXERCISES[5].solution, "check(5)"):
            run(code, nothing(""))
    assert len(list(tmp_path.rglob("exercise-05.json"))) == kept
