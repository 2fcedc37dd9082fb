"""Which notebooks are rehearsed, whatever they are called."""

import json
import shutil
from pathlib import Path

import pytest

from autograder.grading.course import read_sources
from autograder.rehearsal.own_notebooks import OwnNotebook, own_notebooks
from autograder.root import RELEASED
from utils.errors import CourseError

NAMES = sorted(path.stem for path in RELEASED.glob("*.ipynb"))


def found_in(places: list[Path]) -> list[OwnNotebook]:
    return own_notebooks(places, read_sources())


def without_ids(path: Path) -> None:
    """As a front-end that knows no cell ids saves it."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        del cell["id"]
    path.write_text(json.dumps(notebook))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    shutil.copytree(RELEASED, own)
    return own


def test_a_folder_holds_them_in_the_order_of_the_course(folder: Path) -> None:
    shutil.copytree(folder, folder / ".ipynb_checkpoints")
    (folder / "notes.ipynb").write_text('{"cells": []}')
    found = found_in([folder])
    assert [item.name for item in found] == NAMES
    assert all(item.path.parent == folder for item in found)


@pytest.mark.parametrize("name", ["02 (1).ipynb", "Copy of 02.ipynb", "mein Heft é.ipynb"])
@pytest.mark.parametrize("ids", [True, False])
def test_a_renamed_one_is_known_by_its_exercises(folder: Path, name: str, ids: bool) -> None:
    path = (folder / f"{NAMES[1]}.ipynb").rename(folder / name)
    if not ids:
        without_ids(path)
    (found,) = found_in([path])
    assert (found.name, found.path, found.content) == (NAMES[1], path, path.read_bytes())


def test_of_two_copies_the_one_with_the_name_of_the_course_is_taken(folder: Path) -> None:
    for copy in ("00 copy.ipynb", "99 copy.ipynb"):
        shutil.copy(folder / f"{NAMES[1]}.ipynb", folder / copy)
    assert [item.path.stem for item in found_in([folder])] == NAMES


def test_one_that_cannot_be_read_as_a_notebook_is_left_to_the_grader(folder: Path) -> None:
    (folder / f"{NAMES[0]}.ipynb").write_text("<<<<<<< HEAD")
    assert [item.name for item in found_in([folder])] == NAMES


@pytest.mark.parametrize("place", ["gone", "empty", "other.ipynb"])
def test_what_is_no_notebook_of_the_course_is_said_in_a_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.ipynb").write_text('{"cells": []}')
    with pytest.raises(CourseError, match=place) as said:
        found_in([tmp_path / place])
    assert "\n" not in str(said.value)
