"""Every student's folder is listed, with what is wrong with it."""

from pathlib import Path

import pytest

from autograder.grading.course import read_course
from autograder.grading.handed_in import submissions
from autograder.grading.handed_in.submissions import Submission
from tests.grading.whole_class.small_course import EXERCISES, hand_in
from utils.errors import CourseError


def find_submissions(folder: Path) -> list[Submission]:
    """The submissions in a folder in which nothing belongs to nobody."""
    found, nobodys = submissions.find_submissions(folder, list(EXERCISES))
    assert nobodys == []
    return found


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
    (submission,) = find_submissions(tmp_path)
    assert (submission.student, submission.problem, submission.notes) == (name, "", ())


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
    assert [found.problem for found in (alice, bob, other)] == ["", "", ""]
    assert bob.notes == ()
    assert "looks like 1 other" in alice.notes[0]
    assert "CYRILLIC SMALL LETTER A" in other.notes[0]


@pytest.mark.parametrize("names", [("old", "new"), ("v1", "v2"), ("work 1", "work (final)")])
def test_folders_in_an_only_folder_that_are_called_like_versions_are_told(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        hand_in(tmp_path / "one" / name).rename(tmp_path / "one" / name / "work")
    found, lines = submissions.find_submissions(tmp_path, list(EXERCISES))
    assert [item.student for item in found] == sorted(names)
    (line,) = lines
    assert "one folder, one," in line
    assert all(name in line for name in names)
    assert line.endswith("If these are versions of one student's work, keep the one that counts.")


@pytest.mark.parametrize("names", [["anna", "ben"], ["altmann", "newton"], ["old", "young"]])
def test_a_class_in_a_folder_needs_no_word(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        work = hand_in(tmp_path / "class" / name)
        if name == "altmann":
            work.rename(work.with_name("work"))
    assert [item.student for item in find_submissions(tmp_path)] == names


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
