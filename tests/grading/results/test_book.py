"""The gradebook is as nbgrader would leave it, and what graders enter in it is theirs."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveAutoGrades

from autograder.grading.course import Course, read_course
from autograder.grading.results.book import Book
from autograder.grading.results.nbgrader_folders import (
    autograded_folder,
    database_url,
    feedback_folder,
    prepare,
    write_notebooks,
)
from autograder.grading.results.store import Store
from autograder.root import ASSIGNMENT
from tests.grading.results.graded_results import (
    COURSE,
    FULL,
    feedback_on,
    grade,
    marked,
    notebooks,
    record,
    starter,
)
from tests.grading.whole_class import small_course
from utils.errors import CourseError

nbgraders_own = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
nbgraders_clock = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
SCORES = {2: 3.5, 5: 0.0, 7: 2.0}


@pytest.fixture
def results(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return shutil.copytree(prepared, tmp_path / "my results")


@pytest.fixture
def book(results: Path) -> Iterator[Book]:
    with Book(results) as book:
        yield book


def content(results: Path) -> list[tuple[Any, ...]]:
    """All grades and comments in the gradebook, told by names instead of ids."""
    names = """
        select submitted_assignment.student_id, notebook.name, base_cell.name, {columns},
               submitted_assignment.timestamp, submitted_notebook.flagged,
               submitted_notebook.late_submission_penalty
        from {table}
        join submitted_notebook on submitted_notebook.id = {table}.notebook_id
        join notebook on notebook.id = submitted_notebook.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
        join base_cell on base_cell.id = {table}.cell_id
        order by 1, 2, 3
    """
    grade = "auto_score, manual_score, extra_credit, needs_manual_grade"
    with closing(sqlite3.connect(results / "gradebook.db")) as database:
        grades = database.execute(names.format(columns=grade, table="grade"))
        comments = database.execute(
            names.format(columns="auto_comment, manual_comment", table="comment")
        )
        return [*grades, *comments]


def write_as_nbgrader(results: Path, student: str) -> None:
    """Enter graded notebooks in the gradebook as ``nbgrader autograde`` does."""
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(ASSIGNMENT, student)
    for path in autograded_folder(results, student).glob("*.ipynb"):
        about = {"notebook": path.stem, "assignment": ASSIGNMENT, "student": student}
        resources = {"nbgrader": about | {"db_url": database_url(results / "gradebook.db")}}
        SaveAutoGrades().preprocess(nbformat.read(path, 4), resources)


def grade_by_hand(results: Path, student: str) -> None:
    """What an instructor enters in the formgrader."""
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        where = ("02-patches-with-rasterio", ASSIGNMENT, student)
        mark = gradebook.find_grade("check-5", *where)
        mark.manual_score, mark.needs_manual_grade = 4.0, False
        gradebook.find_grade("check-4", *where).extra_credit = 0.5
        gradebook.find_comment("exercise-5", *where).manual_comment = "Well *tried*"
        gradebook.db.commit()


@nbgraders_own
def test_the_gradebook_is_as_nbgrader_leaves_it(results: Path, book: Book) -> None:
    stock = shutil.copytree(results, results.with_name("stock"))
    untouched = {number: starter(number) for number in (1, 5)}
    for folder in (results, stock):
        write_notebooks(folder, "ada", notebooks(SCORES, untouched))
    book.write(record("ada", SCORES, untouched))
    write_as_nbgrader(stock, "ada")
    assert content(results) == content(stock)
    remarks = {row[2] for row in content(results) if "No response." in row}
    assert remarks == {"exercise-1", "exercise-5"}


@nbgraders_own
def test_after_a_regrade_too(results: Path, book: Book) -> None:
    stock = shutil.copytree(results, results.with_name("stock"))
    for scores in ({}, SCORES):
        for folder in (results, stock):
            write_notebooks(folder, "ada", notebooks(scores))
        book.write(record("ada", scores))
        write_as_nbgrader(stock, "ada")
        if not scores:
            grade_by_hand(results, "ada")
            grade_by_hand(stock, "ada")
    assert content(results) == content(stock)


def test_what_graders_enter_outlives_a_regrade(results: Path, book: Book) -> None:
    grade(results, book, "ada", SCORES)
    assert book.scores()["ada"] == FULL | SCORES
    grade_by_hand(results, "ada")
    by_hand = {4: 5.5, 5: 4.0}
    assert book.scores()["ada"] == FULL | SCORES | by_hand
    grade(results, book, "ada", {4: 2.0, 5: 1.0})
    assert book.scores()["ada"] == FULL | {4: 2.5, 5: 4.0}
    [ada] = marked(results, "ada")
    assert {row.exercise: row.comment for row in ada.rows if row.comment} == {5: "Well *tried*"}


def test_writing_twice_changes_nothing(results: Path, book: Book) -> None:
    graded = grade(results, book, "ada", SCORES)
    before = content(results)
    book.write(graded)
    assert content(results) == before
    with closing(sqlite3.connect(results / "gradebook.db")) as database:
        tables = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
        counts = [database.execute(f"select count(*) from {t}").fetchone()[0] for t in tables]
    assert counts == [1, 1, len(COURSE.notebooks), len(FULL), len(FULL)]


def test_nobody_else_is_touched(results: Path, book: Book) -> None:
    grade(results, book, "ada", SCORES)
    grade_by_hand(results, "ada")
    ada = content(results)
    grade(results, book, "adam", {1: 0.0})
    assert [row for row in content(results) if row[0] == "ada"] == ada


ODD_NAMES = [
    "Zoë Ångström",
    "-rf",
    "=1+1",
    "a+b",
    "O'Brien, Pat",
    "x%20y",
    "{student_id}",
    "~",
    "名",
]


def test_students_may_have_odd_names(results: Path, book: Book) -> None:
    for score, student in enumerate(ODD_NAMES):
        grade(results, book, student, {1: score / 2})
    assert {student: scores[1] for student, scores in book.scores().items()} == {
        student: score / 2 for score, student in enumerate(ODD_NAMES)
    }
    assert feedback_on(results, *ODD_NAMES) == {}
    for student in ODD_NAMES:
        assert len(list(feedback_folder(results, student).iterdir())) == len(COURSE.notebooks)


@nbgraders_clock
def test_the_formgrader_lists_submissions_as_graded(
    results: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in (*ODD_NAMES, "ada"):
        grade(results, book, student, SCORES)
    monkeypatch.chdir(results)
    api = NbGraderAPI(CourseDirectory(root=str(results)))
    submissions = api.get_submissions(ASSIGNMENT)
    assert sorted(one["student"] for one in submissions) == sorted([*ODD_NAMES, "ada"])
    for one in submissions:
        assert one["autograded"]
        assert not one["needs_manual_grade"]
        assert (one["score"], one["max_score"]) == (
            sum((FULL | SCORES).values()),
            sum(FULL.values()),
        )
    assert api.get_assignment(ASSIGNMENT)["num_submissions"] == len(ODD_NAMES) + 1
    (failed,) = {
        one["failed_tests"] for one in api.get_notebook_submissions(ASSIGNMENT, "03-geopandas")
    }
    assert failed


def test_nbgraders_own_autograde_finds_nothing_to_run(
    results: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(results, book, "ada", SCORES)
    before = content(results)
    monkeypatch.chdir(results)
    outcome = NbGraderAPI(CourseDirectory(root=str(results))).autograde(ASSIGNMENT, "ada")
    assert not outcome["success"]
    assert len(list(autograded_folder(results, "ada").iterdir())) == len(COURSE.notebooks)
    assert content(results) == before


def test_preparing_again_changes_no_file(prepared: Path) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in prepared.rglob("*")}

    before = times()
    prepare(prepared, COURSE)
    assert times() == before


@pytest.mark.parametrize("lost", ["source/.ready", "gradebook.db", "release", "source"])
def test_what_a_kill_left_unprepared_is_prepared(lost: str, results: Path) -> None:
    path = results / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    prepare(results, COURSE)
    with Book(results) as book:
        grade(results, book, "ada", SCORES)
        assert book.scores() == {"ada": FULL | SCORES}


def test_preparing_for_a_gradebook_in_use_keeps_its_grades(results: Path, book: Book) -> None:
    grade(results, book, "ada", SCORES)
    grade_by_hand(results, "ada")
    before = content(results)
    (results / "source/.ready").unlink()
    prepare(results, COURSE)
    assert content(results) == before


def test_a_gradebook_of_other_exercises_is_refused(tmp_path: Path) -> None:
    folder = small_course.hand_in(tmp_path / "small")
    small = read_course(folder)
    prepare(tmp_path, small)
    with Book(tmp_path) as book:
        book.write(record("ada"))
    fewer = Course(folder, small.exercises[:2])
    with pytest.raises(CourseError, match="Choose another RESULTS"):
        prepare(tmp_path, fewer)


def test_a_kill_before_the_record_leaves_a_submission_that_is_graded_again(
    results: Path, book: Book
) -> None:
    write_notebooks(results, "ada", notebooks(SCORES))
    assert Store(results).all() == {}
    assert book.scores() == {}
    grade(results, book, "ada", SCORES)
    assert book.scores() == {"ada": FULL | SCORES}


def test_a_kill_after_the_record_leaves_one_that_is_entered_at_the_next_start(
    results: Path, book: Book
) -> None:
    bob = grade(results, book, "bob")
    ada = record("ada", SCORES)
    write_notebooks(results, "ada", notebooks(SCORES))
    Store(results).put(ada)
    assert book.write_missing(Store(results).all().values()) == [ada]
    assert book.scores() == {"ada": FULL | SCORES, "bob": {r.exercise: r.score for r in bob.rows}}
    assert book.write_missing(Store(results).all().values()) == []


def test_the_same_holds_for_a_regrade(results: Path, book: Book) -> None:
    grade(results, book, "ada")
    grade_by_hand(results, "ada")
    Store(results).remove("ada")
    write_notebooks(results, "ada", notebooks(SCORES))
    assert Store(results).all() == {}
    again = record("ada", SCORES)
    Store(results).put(again)
    assert book.write_missing(Store(results).all().values()) == [again]
    assert book.scores()["ada"] == FULL | SCORES | {4: 5.5, 5: 4.0}


def test_a_kill_before_feedback_leaves_it_to_be_made(results: Path, book: Book) -> None:
    grade(results, book, "ada")
    feedback_on(results, "ada")
    old = [path.read_text("utf-8") for path in sorted(feedback_folder(results, "ada").iterdir())]
    grade(results, book, "ada", SCORES)
    assert not feedback_folder(results, "ada").exists()
    feedback_on(results, "ada")
    new = [path.read_text("utf-8") for path in sorted(feedback_folder(results, "ada").iterdir())]
    assert "Score: 3.5 / 5.0" in new[0]
    assert "Score: 3.5 / 5.0" not in old[0]


def test_a_kill_in_the_middle_of_a_transaction_leaves_nothing_of_it(
    results: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(results, book, "ada")
    before = content(results)
    broken = record("ada", {11: "not a number"})  # type: ignore[dict-item]
    with pytest.raises(Exception, match="not a number"):
        book.write(broken)
    assert content(results) == before


def test_results_may_be_moved(results: Path, book: Book, tmp_path: Path) -> None:
    grade(results, book, "ada", SCORES)
    moved = tmp_path / "elsewhere"
    os.rename(results, moved)
    prepare(moved, COURSE)
    with Book(moved) as other:
        assert other.scores() == {"ada": FULL | SCORES}
