"""What students hand in is read as it is, never changed, and never more than a notebook."""

import json
import os
from pathlib import Path

import pytest

from autograder.grading import submissions
from autograder.grading.course import read_course
from autograder.grading.submissions import (
    Submission,
    UnusableNotebook,
    copy_notebooks,
    find_submissions,
    read_notebook,
)
from tests.grading.small_course import ASSIGNMENT, EXERCISES, hand_in
from utils.errors import CourseError


def test_students_are_listed_by_name_and_other_files_are_passed_over(tmp_path: Path) -> None:
    for student in ("bob", "alice"):
        hand_in(tmp_path / student)
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_text("late: bob")
    found = find_submissions(tmp_path)
    assert [submission.student for submission in found] == ["alice", "bob"]
    assert not any(submission.problem for submission in found)


def test_a_student_who_handed_in_nothing_is_listed_too(tmp_path: Path) -> None:
    hand_in(tmp_path / "alice")
    (tmp_path / "bob").mkdir()
    assert [submission.student for submission in find_submissions(tmp_path)] == ["alice", "bob"]


@pytest.mark.parametrize(
    "name", ["Zoë Müller", "o'brien", "a,b", "100%", "{x}", "李雷", "-x", "=1"]
)
def test_ordinary_names_are_accepted(tmp_path: Path, name: str) -> None:
    hand_in(tmp_path / name)
    assert find_submissions(tmp_path) == [Submission(name, tmp_path / name)]


@pytest.mark.parametrize(
    "name",
    ["..x", " alice", "alice ", "a\x1b[31m", "a\nb", "[a]", "a*", "b?", "a\u202eb", "a\udcff"],
)
def test_odd_names_are_told_and_safe_to_print(tmp_path: Path, name: str) -> None:
    hand_in(tmp_path / name)
    (submission,) = find_submissions(tmp_path)
    assert "rename the folder" in submission.problem
    assert submission.student.isprintable()


def test_names_that_look_alike_are_graded_both_and_told(tmp_path: Path) -> None:
    for name in ("alice", "\u0430lice", "bob"):  # the second begins with a Cyrillic letter
        hand_in(tmp_path / name)
    alice, bob, other = find_submissions(tmp_path)
    assert not (alice.problem or bob.problem or other.problem)
    assert bob.notes == ()
    assert "looks like 1 other" in alice.notes[0]
    assert "CYRILLIC SMALL LETTER A" in other.notes[0]


def test_a_linked_student_folder_is_not_followed(tmp_path: Path) -> None:
    hand_in(tmp_path / "alice")
    (tmp_path / "mallory").symlink_to(tmp_path / "alice")
    assert "is a link" in find_submissions(tmp_path)[1].problem


def test_a_folder_without_submissions_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="holds no submissions"):
        find_submissions(tmp_path)
    hand_in(tmp_path)  # SUBMITTED names one student's folder
    with pytest.raises(CourseError, match="<student>/data-acquisition"):
        find_submissions(tmp_path)
    with pytest.raises(CourseError, match="No such file"):
        find_submissions(tmp_path / "nowhere")


def spoil(path: Path, how: str) -> None:
    """Put something in place of a notebook."""
    content = path.read_bytes()
    path.unlink()
    if how == "link":
        path.symlink_to("/etc/passwd")
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "folder":
        path.mkdir()
    elif how == "bytes":
        path.write_bytes(b"\xff\xfe")
    elif how == "deep":
        path.write_text("[" * 100_000)
    elif how == "nbformat 3":
        path.write_text(json.dumps(json.loads(content) | {"nbformat": 3}))
    elif how != "missing":
        path.write_text(how)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("missing", "is missing"),
        ("link", "is a link"),
        ("pipe", "is not a regular file"),
        ("folder", "is not a regular file"),
        ("bytes", "is not valid JSON"),
        ("{", "is not valid JSON"),
        ("", "is not valid JSON"),
        ("deep", "nested too deeply"),
        ("[1, 2]", "is JSON, but not a notebook"),
        ('{"nbformat": 4, "cells": 3}', "is JSON, but not a notebook"),
        ("nbformat 3", "has nbformat 3 where 4 is expected"),
    ],
)
def test_a_released_notebook_stands_in_for_an_unusable_one(
    tmp_path: Path, how: str, reason: str
) -> None:
    release = hand_in(tmp_path / "release", {1: "pass"})
    assignment = hand_in(tmp_path / "alice")
    spoil(assignment / "01-first.ipynb", how)
    copy = tmp_path / "copy"
    problems = copy_notebooks(
        Submission("alice", tmp_path / "alice"), list(EXERCISES), release, copy
    )
    assert list(problems) == ["01-first"]
    assert reason in problems["01-first"]
    for name, origin in (("01-first", release), ("02-second", assignment)):
        file = f"{name}.ipynb"
        assert (copy / file).read_bytes() == (origin / file).read_bytes()


def test_only_notebooks_of_the_course_are_copied(tmp_path: Path) -> None:
    assignment = hand_in(tmp_path / "alice")
    for extra in ("numpy.py", "sitecustomize.py", "03-mine.ipynb"):
        (assignment / extra).write_text("{}")
    copy = tmp_path / "copy"
    copy_notebooks(Submission("alice", tmp_path / "alice"), list(EXERCISES), assignment, copy)
    assert sorted(path.stem for path in copy.iterdir()) == list(EXERCISES)


def test_a_linked_assignment_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / ASSIGNMENT).symlink_to(hand_in(tmp_path / "other"))
    with pytest.raises(UnusableNotebook, match="is a link"):
        read_notebook(tmp_path / "alice" / ASSIGNMENT, "01-first")


def test_a_huge_notebook_is_not_read(tmp_path: Path) -> None:
    path = hand_in(tmp_path) / "01-first.ipynb"
    os.truncate(path, submissions.MAX_BYTES + 1)
    with pytest.raises(UnusableNotebook, match="more than the 50 MB allowed"):
        read_notebook(path.parent, "01-first")


def test_exercises_and_points_are_read_from_the_solved_notebooks(tmp_path: Path) -> None:
    course = read_course(hand_in(tmp_path))
    assert course.notebooks == list(EXERCISES)
    assert [(e.number, e.notebook, e.points) for e in course.exercises] == [
        (1, "01-first", 5.0),
        (2, "01-first", 5.0),
        (3, "02-second", 5.0),
    ]


def test_a_folder_without_check_cells_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="make notebooks"):
        read_course(tmp_path)
