"""The text at the end of a run tells the outcome, in a terminal of any width."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.reports.summary import summary
from autograder.grading.results.record import Record, Row, without_score
from tests.grading.results.many_records import BEST, hostile_records, learners

RESULTS = Path("results of a long course", "with a long name", "and another folder", "in it")


def told(records: list[Record], kept: int = 0, seed: int | None = 42, width: int = 80) -> str:
    return summary(records, kept, 90.0, seed, RESULTS, width)


def learner(student: str, mistake: str = "", problem: str = "") -> Record:
    score = 2.0 if mistake else 5.0
    row = Row(5, score, 5.0, mistake, f"What {mistake} is." if mistake else "")
    row = without_score(5, 5.0, problem) if problem else row
    return Record(student, "", (row,), problem)


def test_a_run_in_which_all_went_well_takes_few_lines() -> None:
    assert told([learner("ann"), learner("ben")], seed=123).splitlines() == [
        "2 graded, 0 not graded.",
        "Mean 5.0 of 5 points.",
        "90.0 s, 45.00 s per submission.",
        "Seed 123 – the same seed gives the same scores.",
        f"Report: {RESULTS / 'report.html'}",
    ]


def test_failed_submissions_are_named_under_their_reason() -> None:
    missing = [learner(f"student-{number}", problem="no notebook") for number in range(7)]
    lines = told([learner("ann"), *missing, learner("zoe", problem="a link")]).splitlines()
    assert lines[:5] == [
        "1 graded, 8 not graded.",
        "Not graded:",
        "  no notebook: student-0, student-1, student-2, student-3, student-4 and 2 more",
        "  a link: zoe",
        "Mean 5.0 of 5 points.",
    ]


def test_the_three_most_common_mistakes_are_named() -> None:
    made = ["first"] * 4 + ["second"] * 3 + ["third"] * 2 + ["fourth", "not-attempted"]
    made += ["not-attempted"] * 5
    records = [learner(f"student-{number}", mistake) for number, mistake in enumerate(made)]
    lines = told(records).splitlines()
    start = lines.index("Most common mistakes:")
    assert lines[start + 1 : start + 4] == [
        "  exercise 5 first, 4 learners: What first is.",
        "  exercise 5 second, 3 learners: What second is.",
        "  exercise 5 third, 2 learners: What third is.",
    ]
    assert "fourth" not in told(records)


def test_a_notebook_that_is_missing_is_no_mistake() -> None:
    assert "not-judged" not in told([learner("ann", "not-judged"), learner("ben", "other")])


def test_what_an_earlier_run_graded_does_not_count_as_time() -> None:
    assert "3 graded, 0 not graded; 2 of them kept from an earlier run." in told(
        [learner("ann"), learner("ben"), learner("cem")], kept=2
    )
    assert "90.0 s, 90.00 s per submission." in told([learner("ann"), learner("ben")], kept=1)
    assert "nothing new to grade" in told([learner("ann")], kept=1)


def test_the_practice_patch_is_named_where_it_served() -> None:
    assert "practice patch" in told([learner("ann")], seed=None)
    assert "Seed" not in told([learner("ann")], seed=None)


def test_nobody_or_nobody_graded() -> None:
    assert "0 graded, 0 not graded." in told([])
    assert "Mean" not in told([learner("ann", problem="no notebook")])


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_text_fits_the_terminal_and_paths_stay_whole(width: int) -> None:
    *lines, path = told(learners(60), kept=1, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert path == f"Report: {RESULTS / 'report.html'}"
    assert f"of {BEST:g} points" in " ".join(lines)


def test_hostile_texts_do_not_reach_the_terminal() -> None:
    for records in (hostile_records(), [replace(item, problem="") for item in hostile_records()]):
        text = told(records)
        assert all(character.isprintable() or character == "\n" for character in text)
        assert len(text) < 10_000
