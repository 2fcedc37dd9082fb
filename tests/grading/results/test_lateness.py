"""Who handed in late is in the gradebook, where nbgrader's own formgrader and export show it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.limits import Limits
from autograder.grading.results.book import Book
from autograder.grading.results.lateness import penalty, with_lateness
from autograder.grading.results.nbgrader_folders import database_url, prepare
from autograder.grading.results.record import Record
from autograder.grading.results.store import Run
from autograder.root import ASSIGNMENT
from tests.grading.results.graded_results import COURSE, FULL, record

DUE = datetime(2026, 12, 1, 11, tzinfo=UTC)
DAY = 86_400
BEST = sum(FULL.values())
RUN = Run(1, False, Limits(), "course", "world", "2026-01-01T00:00:00+00:00", DUE.isoformat())


@pytest.mark.parametrize(
    ("policy", "seconds", "lost"),
    [
        ("none", 9 * DAY, 0),
        ("zero", 0, 0),
        ("zero", 1, 10),
        ("10%", 0, 0),
        ("10%", 1, 1),
        ("10%", DAY, 1),
        ("10%", DAY + 1, 2),
        ("30%", 9 * DAY, 10),
    ],
)
def test_what_lateness_costs(policy: str, seconds: float, lost: float) -> None:
    assert penalty(policy, 10.0, seconds) == lost
    assert penalty(policy, 0.0, seconds) == 0


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    prepare(folder, COURSE)
    with Book(folder) as book:
        for student in ("early", "late", "later"):
            book.write(record(student))
    return folder


def handed_in(student: str, seconds: float) -> Record:
    return replace(record(student), handed_in=DUE.timestamp() + seconds if seconds else 0.0)


CLASS = [
    *(handed_in("early", -5), handed_in("late", 60), handed_in("later", DAY + 60)),
    handed_in("unread", 60),  # it never came into the gradebook
]


def penalties(results: Path) -> dict[str, float]:
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        found = gradebook.find_assignment(ASSIGNMENT).submissions
        return {one.student_id: one.late_submission_penalty for one in found}


def test_each_loses_what_the_policy_says_and_the_gradebook_has_it(results: Path) -> None:
    counted = with_lateness(results, CLASS, replace(RUN, late="10%"))
    assert {one.student: one.late for one in counted} == {
        "early": 0,
        "late": 60,
        "later": DAY + 60,
        "unread": 60,
    }
    assert {one.student: round(one.score, 2) for one in counted} == {
        "early": BEST,
        "late": BEST * 0.9,
        "later": BEST * 0.8,
        "unread": BEST,
    }
    assert penalties(results) == {"early": 0, "late": BEST * 0.1, "later": BEST * 0.2}
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).duedate == DUE.replace(tzinfo=None)
        late = gradebook.find_submission(ASSIGNMENT, "late")
        assert late.total_seconds_late == 60


def test_a_score_by_hand_and_an_extension_count(results: Path) -> None:
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        gradebook.grant_extension(ASSIGNMENT, "later", days=1)
        one = gradebook.find_grade("check-1", COURSE.notebooks[0], ASSIGNMENT, "late")
        one.manual_score = one.max_score - 2
        gradebook.db.commit()
    with Book(results) as book:
        counted = with_lateness(results, book.marked(CLASS), replace(RUN, late="zero"))
    assert {one.student: one.late for one in counted if one.late} == {
        "late": 60,
        "later": 60,
        "unread": 60,
    }
    assert penalties(results) == {"early": 0, "late": BEST - 2, "later": BEST}
    assert [one.score for one in counted if one.student == "late"] == [0]


def test_without_a_due_date_or_a_known_time_nobody_is_late(results: Path) -> None:
    strict = replace(RUN, late="zero")
    for run, records in (
        (replace(strict, due=""), CLASS),
        (strict, [replace(one, handed_in=0.0) for one in CLASS]),
    ):
        counted = with_lateness(results, records, run)
        assert not any(one.late or one.penalty for one in counted)
        assert not any(penalties(results).values())
    before = (results / "gradebook.db").read_bytes()
    with_lateness(results, records, run)
    assert (results / "gradebook.db").read_bytes() == before
