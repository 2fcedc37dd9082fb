"""Notebooks as learners hand them in, made from one of the course."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from autograder.grading.course import SourceNotebook, read_source
from autograder.grading.handed_in.submitted_notebook import Submitted, read_submitted
from autograder.root import RELEASED

NAME = "02-patches-with-rasterio"
"""Holds exercises 3, 4 and 5."""

EXERCISES = (3, 4, 5)

Json = dict[str, Any]


@cache
def source() -> SourceNotebook:
    """The course's notebook."""
    return read_source(RELEASED / f"{NAME}.ipynb")


@cache
def _content() -> str:
    return (RELEASED / f"{NAME}.ipynb").read_text("utf-8")


def released() -> Json:
    """The course's notebook, to be changed."""
    return json.loads(_content())


def answered() -> Json:
    """The notebook with an answer in each exercise."""
    notebook = released()
    for number in EXERCISES:
        cell = find(notebook, f"exercise-{number}")
        cell["source"] = [*cell["source"], f"\nanswer_{number} = {number}"]
    return notebook


def place_of(notebook: Json, name: str) -> int:
    """Where a cell stands."""
    return next(i for i, cell in enumerate(notebook["cells"]) if cell.get("id") == name)


def find(notebook: Json, name: str) -> Json:
    """A cell by its id."""
    found: Json = notebook["cells"][place_of(notebook, name)]
    return found


def code(source: str, **more: Any) -> Json:
    """A cell that a learner adds."""
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    return {**cell, "execution_count": None, **more}


def copy_of(notebook: Json, name: str, **changes: Any) -> Json:
    """A copy of a cell as JupyterLab pastes it: with nbgrader's name and a new id."""
    return {**copy.deepcopy(find(notebook, name)), "id": f"pasted-{name}", **changes}


def insert(notebook: Json, after: str, *cells: Json) -> None:
    """Put cells after another one."""
    place = place_of(notebook, after) + 1
    notebook["cells"][place:place] = cells


def remove(notebook: Json, *names: str) -> None:
    """Delete cells."""
    notebook["cells"] = [cell for cell in notebook["cells"] if cell.get("id") not in names]


def forget_names(notebook: Json, keep: Callable[[Json], bool] = lambda cell: False) -> None:
    """Take away ids and nbgrader's names, as a detour through other programs does."""
    for cell in notebook["cells"]:
        if not keep(cell):
            cell.pop("id", None)
            cell["metadata"] = {}


def read(notebook: object) -> Submitted:
    """The notebook as grading reads it."""
    return read_submitted(json.dumps(notebook).encode(), source())


def ran(submitted: Submitted) -> list[tuple[str, int, str]]:
    """What is run of exercises: kind, exercise and last line of the code."""
    return [
        (cell.kind, cell.exercise, cell.source.splitlines()[-1])
        for cell in submitted.cells
        if cell.kind != "given"
    ]


ALL_ANSWERED = [
    entry
    for number in EXERCISES
    for entry in (
        ("exercise", number, f"answer_{number} = {number}"),
        ("check", number, f"check({number})"),
    )
]
"""What is `ran` of an answered notebook."""
