"""Students' folders are read as they are: nothing is followed, waited for, or read without end."""

import os
import socket
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from autograder.grading.course import SourceNotebook, read_source
from autograder.grading.handed_in import submission_files
from autograder.grading.handed_in.submission_files import (
    HandedIn,
    read_submission,
)
from autograder.grading.handed_in.submissions import Submission
from autograder.grading.handed_in.trees import on_disk
from tests.grading.whole_class.small_course import ASSIGNMENT, EXERCISES, hand_in


def read(folder: Path) -> HandedIn:
    return read_submission(Submission("alice", (on_disk(folder),)), sources())


@cache
def sources() -> list[SourceNotebook]:
    """The course's notebooks."""
    with TemporaryDirectory() as folder:
        released = hand_in(Path(folder), dict.fromkeys((1, 2, 3), "answer = None"))
        return [read_source(released / f"{name}.ipynb") for name in EXERCISES]


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    """A folder with two good notebooks."""
    return hand_in(tmp_path / "alice")


def reason(assignment: Path) -> str:
    """Why the first notebook is not read; the second one always is."""
    found = read(assignment.parent)
    assert list(found.notebooks) == ["02-second"]
    return found.problems["01-first"].removeprefix("notebook 01-first ")


def test_notebooks_are_read_byte_by_byte(assignment: Path) -> None:
    found = read(assignment.parent)
    assert found.problems == {}
    assert found.notes == ()
    assert found.notebooks == {
        name: (assignment / f"{name}.ipynb").read_bytes() for name in EXERCISES
    }


def test_the_digest_is_that_of_the_content_alone(assignment: Path, tmp_path: Path) -> None:
    first = read(assignment.parent).digest
    path = assignment / "01-first.ipynb"
    os.utime(path, (0, 0))
    (assignment / "notes.txt").write_text("mine")
    assert read(assignment.parent).digest == first
    assert read(hand_in(tmp_path / "bob").parent).digest == first
    path.write_bytes(path.read_bytes() + b" ")
    changed = read(assignment.parent).digest
    path.unlink()
    assert len({first, changed, read(assignment.parent).digest}) == 3


def test_a_missing_notebook_is_told(assignment: Path) -> None:
    (assignment / "01-first.ipynb").unlink()
    assert reason(assignment) == "is missing"


@pytest.mark.parametrize("target", ["/etc/passwd", "02-second.ipynb", "nowhere"])
def test_links_are_not_followed(assignment: Path, target: str) -> None:
    path = assignment / "01-first.ipynb"
    path.unlink()
    path.symlink_to(target)
    assert reason(assignment) == "is a link"


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder"])
def test_only_files_are_opened(
    assignment: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = assignment / "01-first.ipynb"
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        monkeypatch.chdir(assignment)  # the address of a socket has little room
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    assert reason(assignment) == "is not a regular file"


def test_a_huge_file_is_not_read(assignment: Path) -> None:
    os.truncate(assignment / "01-first.ipynb", 200_000_000)
    assert reason(assignment) == "has 200 MB, more than the 50 MB allowed"


def test_all_notebooks_together_are_bounded(
    assignment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (assignment / "01-first.ipynb").stat().st_size
    monkeypatch.setattr(submission_files, "MAX_ALL_BYTES", size + 10)
    found = read(assignment.parent)
    assert list(found.notebooks) == ["01-first"]
    assert "is one too many" in found.problems["02-second"]


def test_a_file_that_is_being_written_is_not_graded_by_half(
    assignment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = assignment / "01-first.ipynb"
    status = os.fstat

    def look_and_write(descriptor: int) -> Any:
        found = status(descriptor)
        path.write_bytes(path.read_bytes() + b" ")
        os.utime(path, (time.time(), time.time() + 5))
        return found

    monkeypatch.setattr(os, "fstat", look_and_write)
    assert reason(assignment) == "changed while it was read; grade it again"


def test_an_unreadable_notebook_is_told(assignment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_open = os.open

    def refuse(path: Any, *arguments: Any, **options: Any) -> int:
        if path == "01-first.ipynb":
            raise PermissionError(13, "Permission denied")
        return plain_open(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)  # file modes do not stop an administrator
    assert reason(assignment) == "cannot be read: Permission denied"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "is missing"),
        ("link", "was not found, and data-acquisition is a link"),
        ("file", "was not found, and data-acquisition is not a folder"),
        ("pipe", "was not found, and data-acquisition is not a regular file"),
    ],
)
def test_the_assignment_must_be_a_folder(tmp_path: Path, kind: str, words: str) -> None:
    other = hand_in(tmp_path / "bob")
    folder = tmp_path / "alice"
    folder.mkdir()
    if kind == "link":
        (folder / ASSIGNMENT).symlink_to(other)
    elif kind == "file":
        (folder / ASSIGNMENT).write_text("")
    elif kind == "pipe":
        os.mkfifo(folder / ASSIGNMENT)
    found = read(folder)
    assert found.notebooks == {}
    assert found.problems == {name: f"notebook {name} {words}" for name in EXERCISES}


def test_a_student_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    hand_in(tmp_path / "bob")
    (tmp_path / "alice").mkdir()
    alice, _ = on_disk(tmp_path).children()
    (tmp_path / "alice").rmdir()
    (tmp_path / "alice").symlink_to("bob")
    found = read_submission(Submission("alice", (alice,)), sources())
    assert found.notebooks == {}
    assert found.not_handed_in == frozenset()
    assert "alice cannot be read" in found.nothing


def test_other_notebooks_are_named(assignment: Path) -> None:
    for name in ("scratch (1)", "First", "\x1b[31m", *map(str, range(10))):
        (assignment / f"{name}.ipynb").write_text("{}")
    for name in ("numpy.py", ".hidden.ipynb", "data.csv"):
        (assignment / name).write_text("")
    (assignment / ".ipynb_checkpoints").mkdir()
    (assignment / ".ipynb_checkpoints" / "01-first-checkpoint.ipynb").write_text("{}")
    found = read(assignment.parent)
    assert found.problems == {}
    assert found.notes == (
        "notebooks that are not the course's were not graded: data-acquisition/\\x1b[31m.ipynb, "
        "data-acquisition/0.ipynb, data-acquisition/1.ipynb, data-acquisition/2.ipynb, "
        "data-acquisition/3.ipynb and 8 more",
        "files beside the notebooks were not used: "
        "data-acquisition/data.csv, data-acquisition/numpy.py",
    )


def test_nothing_stays_open(assignment: Path) -> None:
    before = os.listdir("/proc/self/fd")
    read(assignment.parent)
    (assignment / "01-first.ipynb").unlink()
    read(assignment.parent)
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.parametrize("name", ["helpers.py", "data/points.csv", "saved.npy", "My Values.PKL"])
def test_files_that_are_not_used_are_told(assignment: Path, name: str) -> None:
    (assignment / name).parent.mkdir(exist_ok=True)
    (assignment / name).write_text("mine")
    note = f"files beside the notebooks were not used: data-acquisition/{name}"
    assert read(assignment.parent).notes == (note,)


@pytest.mark.parametrize(
    "name", ["bulgaria_rgb.tif", "map.png", ".hidden.py", "__pycache__/helpers.py", "01-first.py"]
)
def test_what_systems_and_notebooks_leave_behind_is_no_helper(assignment: Path, name: str) -> None:
    (assignment / name).parent.mkdir(exist_ok=True)
    (assignment / name).write_text("mine")
    assert read(assignment.parent).notes == ()


def test_of_many_unused_files_some_are_told(assignment: Path) -> None:
    for number in range(9):
        (assignment / f"{number}.csv").write_text("mine")
    (note,) = read(assignment.parent).notes
    assert note.endswith("4.csv and 4 more")
