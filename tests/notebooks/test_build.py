"""The notebooks are what the text source says, and nothing else."""

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from PIL import Image

from autograder.checks.exercises import MODULES
from autograder.checks.notebook.cells import GIVEN_CELLS
from autograder.lab import CONFIGURATION
from autograder.notebooks.build_notebooks import build_course, build_solutions
from autograder.notebooks.run import run_notebook
from autograder.notebooks.source import read_all
from autograder.root import RELEASED, SOLVED
from autograder.services import Services

NAMES = [notebook.name for notebook in read_all()]
POINTS = {item.number: item.points for notebook in read_all() for item in notebook.exercises}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("solved notebooks")
    build_solutions(folder)
    return folder


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services() as running:
        yield running


def test_building_the_course_again_changes_nothing(tmp_path: Path) -> None:
    fingerprints = GIVEN_CELLS.read_bytes()
    for file in build_course(tmp_path / RELEASED.name):
        place = RELEASED.parent / file.relative_to(tmp_path)
        assert file.read_bytes() == place.read_bytes()
    assert GIVEN_CELLS.read_bytes() == fingerprints
    assert sorted(file.name for file in RELEASED.iterdir()) == sorted(f"{n}.ipynb" for n in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_building_the_solutions_again_changes_nothing(solved: Path, name: str) -> None:
    kept = nbformat.read(SOLVED / f"{name}.ipynb", as_version=4)
    again = nbformat.read(solved / f"{name}.ipynb", as_version=4)
    assert _without_pictures(kept) == _without_pictures(again)
    for one, other in zip(_pictures(kept), _pictures(again), strict=True):
        assert one.shape == other.shape
        # Another processor may round a colour otherwise.
        assert np.mean(np.abs(one - other) > 8) < 0.01


def _without_pictures(notebook: Any) -> list[Any]:
    cells = []
    for cell in notebook.cells:
        outputs = [
            {key: value for key, value in output.get("data", output).items() if key != "image/png"}
            for output in cell.get("outputs", ())
            if "<img" not in str(output) and "data:image" not in str(output)
        ]
        cells.append((cell.id, cell.source, cell.metadata, outputs))
    return cells


def _pictures(notebook: Any) -> list[np.ndarray]:
    return [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), dtype=int)
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if (png := output.get("data", {}).get("image/png"))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_solved_notebooks_have_no_error_no_warning_and_full_points(name: str) -> None:
    notebook = nbformat.read(SOLVED / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
        if cell.id.startswith("check-"):
            points = cell.metadata.nbgrader.points
            assert float(cell.outputs[0].data["text/plain"]) == points


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_has_words(name: str) -> None:
    notebook = nbformat.read(SOLVED / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                assert output.metadata["image/png"]["alt"] == cell.metadata["alt"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_exported_from_a_notebook_tells_its_pictures_in_words(
    name: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to=html", f"--output-dir={tmp_path}"]
    environment = os.environ | {"JUPYTER_CONFIG_PATH": str(CONFIGURATION)}
    subprocess.run([*command, SOLVED / f"{name}.ipynb"], env=environment, check=True)
    page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    shown = set(map(unescape, re.findall(r'<img[^>]*\balt="([^"]*)"', page)))
    notebook = nbformat.read(SOLVED / f"{name}.ipynb", as_version=4)
    assert shown >= {cell.metadata["alt"] for cell in notebook.cells if "alt" in cell.metadata}


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_with_blanks_runs_to_its_end(name: str, services: Services) -> None:
    services.client.reset()
    notebook = nbformat.read(RELEASED / f"{name}.ipynb", as_version=4)
    ran = run_notebook(notebook, services.environment)
    for cell in ran.cells:
        errors = [output for output in cell.get("outputs", ()) if output.output_type == "error"]
        assert not errors or cell.id.startswith("exercise-")
    assert all(cell.execution_count for cell in ran.cells if cell.cell_type == "code")


def test_the_start_page_leads_to_every_notebook_and_each_to_the_next(services: Services) -> None:
    start = nbformat.read(RELEASED.parent / "start.ipynb", as_version=4)
    assignment = [f"data-acquisition/{name}.ipynb" for name in NAMES]
    assert _links(start) == [*assignment, "own-place.ipynb"]
    run_notebook(start, services.environment)
    for name, following in pairwise(NAMES):
        notebook = nbformat.read(RELEASED / f"{name}.ipynb", as_version=4)
        assert _links(notebook) == [f"{following}.ipynb"]


def _links(notebook: Any) -> list[str]:
    """Links to notebooks."""
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"\]\(([^)]*\.ipynb)\)", words)


def test_learners_notebooks_hold_blanks_and_no_solution() -> None:
    for source in read_all():
        words = (RELEASED / f"{source.name}.ipynb").read_text(encoding="utf-8")
        assert "«" not in words
        for exercise in source.exercises:
            cells = nbformat.reads(words, as_version=4).cells
            learner = next(cell for cell in cells if cell.id == f"exercise-{exercise.number}")
            assert learner.source == exercise.starter
            assert "___" in learner.source
            assert not learner.get("outputs")
            for change in exercise.mistakes:
                assert exercise.texts.mistakes[change.name] not in words


def test_every_exercise_has_its_learner_cell_its_hints_and_its_check() -> None:
    found = []
    for name in NAMES:
        for cell in nbformat.read(RELEASED / f"{name}.ipynb", as_version=4).cells:
            if cell.id.startswith("exercise-"):
                assert cell.metadata.nbgrader.solution
                assert not cell.metadata.nbgrader.locked
            if cell.id.startswith("check-"):
                assert cell.metadata.nbgrader.grade
                assert cell.metadata.nbgrader.locked
                number = int(cell.id.removeprefix("check-"))
                assert cell.metadata.nbgrader.points == POINTS[number]
                assert cell.source == f"check({number})"
                found.append(number)
    assert sorted(found) == list(MODULES)
