"""The notebooks are what the text source says, and nothing else."""

import base64
import io
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from PIL import Image

from autograder.checks.exercises import MODULES
from autograder.checks.notebook.cells import GIVEN_CELLS
from autograder.notebooks.build_notebooks import build_course, build_solutions
from autograder.notebooks.source import read_all
from autograder.root import RELEASED, SOLVED

NAMES = [notebook.name for notebook in read_all()]
POINTS = {item.number: item.points for notebook in read_all() for item in notebook.exercises}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("solved notebooks")
    build_solutions(folder)
    return folder


def test_building_the_course_again_changes_nothing(tmp_path: Path) -> None:
    fingerprints = GIVEN_CELLS.read_bytes()
    for file in build_course(tmp_path):
        assert file.read_bytes() == (RELEASED / file.name).read_bytes()
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
                assert output.metadata["image/png"]["alt"]


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
