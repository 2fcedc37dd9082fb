"""Points that a person entered are told wherever points are told, with what they replaced."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.reports.pages import page_name, write_report
from autograder.grading.reports.summary import summary
from autograder.grading.results.book import Book
from autograder.grading.results.grades import write_grades
from autograder.grading.results.nbgrader_folders import database_url, feedback_folder
from autograder.grading.results.record import Record
from autograder.grading.results.store import Store
from autograder.root import ASSIGNMENT
from tests.grading.reports.reading_pages import read, text_of
from tests.grading.results.graded_results import FULL, feedback_on, grade, marked
from tests.grading.results.many_records import RUN, TITLES

NOTEBOOK = "02-patches-with-rasterio"
STUDENT = "Zoë Ångström"
COMMENT = "Well tried; see B8"
CHANGED = "hanged by hand: 4.5 instead of 2"
SINCE = "the work has changed since"


def enter(
    results: Path, score: float | None, comment: str = "", extra: float | None = None
) -> None:
    """Do what an instructor does in the formgrader, on exercise 5."""
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        where = (NOTEBOOK, ASSIGNMENT, STUDENT)
        mark = gradebook.find_grade("check-5", *where)
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = score, extra, False
        gradebook.find_comment("exercise-5", *where).manual_comment = comment or None
        gradebook.db.commit()


@pytest.fixture(scope="module")
def graded(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("graded") / "results")
    with Book(folder) as book:
        grade(folder, book, STUDENT, {5: 2.0})
    return folder


@pytest.fixture
def results(graded: Path, tmp_path: Path) -> Path:
    """Results with one graded submission."""
    return shutil.copytree(graded, tmp_path / "results")


def hand_in_again(results: Path) -> None:
    """Have other work graded, to the same points, as `ClassWork` notes it."""
    with Book(results) as book:
        before = book.marked_by_hand().get(STUDENT, {})
        again = grade(results, book, STUDENT, {5: 2.0})
    Store(results).put(replace(again, marked_before=tuple(before)))


def everywhere(results: Path) -> dict[str, str]:
    """What terminal, table, report, the learner's page and feedback say."""
    records = marked(results, STUDENT)
    write_grades(results / "grades.csv", records)
    write_report(results, records, TITLES, RUN)
    feedback_on(results, STUDENT)
    feedback = feedback_folder(results, STUDENT) / f"{NOTEBOOK}.html"
    return {
        "terminal": " ".join(summary(records, 0, 1.0, None, results, 200).split()),
        "table": (results / "grades.csv").read_text("utf-8-sig"),
        "report": text_of(read(results / "report.html")),
        "page": text_of(read(results / "report" / page_name(STUDENT))),
        "feedback": feedback.read_text("utf-8").partition("</head>")[2],
    }


def test_points_by_hand_are_told_with_their_comment_wherever_points_are(results: Path) -> None:
    enter(results, 4.5, COMMENT)
    for place, said in everywhere(results).items():
        assert CHANGED in said, place
        assert COMMENT in said, place
        assert SINCE not in said, place


def test_that_the_work_has_changed_since_is_told_until_somebody_looks(results: Path) -> None:
    enter(results, 4.5, COMMENT)
    hand_in_again(results)
    for place, said in everywhere(results).items():
        assert f"{CHANGED}; {SINCE}" in said, place
    enter(results, 4.0, COMMENT)
    for place, said in everywhere(results).items():
        assert "hanged by hand: 4 instead of 2" in said, place
        assert SINCE not in said, place


@pytest.mark.parametrize(
    ("score", "extra", "points"),
    [(None, None, 2.0), (2.0, None, 2.0), (0.0, None, 0.0), (5.0, 1.0, 6.0), (None, 0.5, 2.5)],
)
def test_points_and_aspects_agree_whatever_was_entered(
    results: Path, score: float | None, extra: float | None, points: float
) -> None:
    enter(results, score, "", extra)
    [record] = marked(results, STUDENT)
    row = record.rows[4]
    assert row.score == points
    if points == 2.0:
        assert (row.by_hand, row.aspects) == (None, "")
    else:
        assert row.by_hand is not None
        assert row.by_hand.graded == 2.0
        assert row.aspects == f"by hand {points:g}/5"
    assert record.score == sum(FULL.values()) - 5 + points


def test_a_comment_alone_changes_no_points_and_is_told(results: Path) -> None:
    enter(results, None, COMMENT)
    told = everywhere(results)
    assert not [place for place, said in told.items() if "by hand:" in said]
    for place in ("table", "report", "page", "feedback"):
        assert COMMENT in told[place], place


def test_records_keep_what_was_graded(results: Path) -> None:
    enter(results, 4.5, COMMENT)
    everywhere(results)
    kept: Record = Store(results).all()[STUDENT]
    assert (kept.rows[4].score, kept.rows[4].by_hand) == (2.0, None)
