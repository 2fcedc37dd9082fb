"""A class in a world of its own: what is right counts, what only fits the practice patch not."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest
from nbgrader.api import Gradebook

from autograder.grading.course import read_course
from autograder.grading.results.store import fingerprint
from autograder.grading.worlds.world_picture import describe
from tests.grading.whole_class.classroom import (
    ASSIGNMENT,
    POINTS,
    Table,
    grade,
    hand_in,
    scores,
    solutions,
    table,
)

SEED = 20260704
TIMEOUT = 8
"""Seconds for a cell: ten times what honest ones take, on a busy machine as well."""


def changed(number: int, old: str, new: str) -> dict[int, str]:
    """All solutions, one of them with another text in it."""
    code = solutions()[number]
    assert old in code
    return {**solutions(), number: code.replace(old, new)}


def typed_in() -> dict[int, str]:
    """Exercise 5 with the values that a learner may have seen on the practice patch."""
    typed = "ndvi = np.full((250, 250), 0.62)\n"
    lines = solutions()[5].splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if line.startswith("ndvi"))
    return {**solutions(), 5: "".join([*lines[: place + 1], typed, *lines[place + 1 :]])}


ANSWERS: dict[str, Callable[[], dict[int, str]]] = {
    "alice": solutions,
    "bob": lambda: changed(5, "nir - red", "red - nir"),
    "crash": lambda: {**solutions(), 4: "import os\nos._exit(0)"},
    "hang": lambda: {**solutions(), 1: "raise ValueError('no')", 4: "while True:\n    pass"},
    "released": dict,
    "stubborn": lambda: {
        **solutions(),
        4: "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass",
    },
    "typed": typed_in,
    "zoë and co": solutions,
}

FULL = list(POINTS.values())


def without(*lost: int) -> list[float]:
    """Full marks but for some exercises."""
    return [0 if number in lost else points for number, points in POINTS.items()]


SCORES = {
    "alice": FULL,
    "crash": without(4, 5),
    "hang": without(1, 2, 4),
    "released": [0] * len(FULL),
    "stubborn": without(4, 5),
    "typed": without(5),  # shown well, but one number for all pixels holds nothing of the patch
    "zoë and co": FULL,
}

MESSAGES = {
    ("alice", 1): "^$",
    ("crash", 4): "^The notebook was stopped here: the Python process ended in exercise 4",
    ("crash", 5): "^The notebook was stopped before this.*: the Python process ended in exercise 4",
    ("hang", 2): "^This exercise needs `oauth` from exercise 1, and the cell of exercise 1 stopped",
    ("hang", 4): f"A cell ran longer than {TIMEOUT} s",
    ("missing", 6): "notebook 03-geopandas is missing",
    ("stubborn", 5): f"stopped before this.*: a cell ran longer than {TIMEOUT} s in exercise 4",
    ("torn", 3): "notebook 02-patches-with-rasterio is not valid JSON",
}


class Run(NamedTuple):
    """A finished run."""

    submitted: Path
    results: Path
    process: "CompletedProcess[str]"
    rows: Table


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("a class")
    submitted, results = folder / "submitted", folder / "results"
    for student, answers in ANSWERS.items():
        hand_in(submitted / student, answers())
    (hand_in(submitted / "missing") / "03-geopandas.ipynb").unlink()
    (hand_in(submitted / "torn") / "02-patches-with-rasterio.ipynb").write_text("{")
    hand_in(submitted / "a\x1bb")
    before = digests(submitted)
    process = grade("--seed", SEED, "--timeout", TIMEOUT, submitted, results)
    assert (results / "grades.csv").exists(), process.stderr
    assert digests(submitted) == before, "submissions are never changed"
    return Run(submitted, results, process, table(results))


def test_there_is_a_row_for_each_exercise_of_each_student(run: Run) -> None:
    students = sorted([*ANSWERS, "missing", "torn", r"a\x1bb"])
    assert list(run.rows) == [(who, number) for who in students for number in POINTS]


@pytest.mark.parametrize("student", SCORES)
def test_each_gets_what_is_right_and_costs_nobody_else_anything(run: Run, student: str) -> None:
    assert scores(run.rows, student) == SCORES[student]


@pytest.mark.parametrize(("student", "exercise"), MESSAGES)
def test_the_reason_stands_in_the_row(run: Run, student: str, exercise: int) -> None:
    assert re.search(MESSAGES[student, exercise], run.rows[student, exercise]["message"])


def test_mistakes_are_named_as_on_the_practice_patch(run: Run) -> None:
    row = run.rows["bob", 5]
    assert (row["score"], row["mistake"]) == ("2", "sign-reversed")
    assert row["aspects"] == "values 0/3; display 2/2"
    assert row["found"].startswith("`ndvi`: ")
    assert row["expected"].startswith("`ndvi`: ")


def test_the_gradebook_says_the_same(run: Run) -> None:
    with Gradebook(f"sqlite:///{run.results}/gradebook.db") as gradebook:
        for student in ANSWERS:
            submission = gradebook.find_submission(ASSIGNMENT, student)
            assert submission.score == sum(filter(None, scores(run.rows, student)))
            assert submission.max_score == sum(FULL)
            assert not submission.needs_manual_grade


def test_feedback_shows_the_verdicts_and_the_patch(run: Run) -> None:
    pages = sorted((run.results / "feedback" / "bob").rglob("*.html"))
    assert len(pages) == len(read_course().notebooks)
    page = pages[1].read_text("utf-8")
    assert "graded on another patch than the one you worked on" in page
    assert "2 of 5 points" in page
    assert str(SEED) not in page


def test_the_summary_tells_who_has_no_grade_and_the_seed(run: Run) -> None:
    assert run.process.returncode == 1
    assert "9 graded, 2 not graded" in run.process.stdout
    assert "the folder name holds characters that do not print" in run.process.stdout
    assert str(SEED) in run.process.stdout
    assert "Traceback" not in run.process.stderr


def test_the_world_is_that_of_its_seed_not_square_and_secret(run: Run, grading_world: Path) -> None:
    """Every known answer is judged in it as hoped: else the command would not have graded."""
    world = run.results / "world"
    assert fingerprint(world) != fingerprint(grading_world)
    one, other = describe(grading_world), describe(world)
    assert (one.width, one.height) != (other.width, other.height)
    assert other.width != other.height
    about = run.results / "run.json"
    assert json.loads(about.read_text())["seed"] == SEED
    assert about.stat().st_mode & 0o077 == 0


def test_in_the_same_world_scores_are_the_same_byte_for_byte(run: Run, tmp_path: Path) -> None:
    some, results = tmp_path / "submitted", tmp_path / "results"
    for student in ("bob", "typed"):
        hand_in(some / student, ANSWERS[student]())
    shutil.copytree(run.results / "world", results / "world")  # as its seed would give it again
    shutil.copy2(run.results / "run.json", results)
    process = grade("--timeout", TIMEOUT, "--workers", 1, some, results)
    assert process.returncode == 0, process.stderr
    lines = (results / "grades.csv").read_text("utf-8-sig").splitlines()
    before = (run.results / "grades.csv").read_text("utf-8-sig").splitlines()
    assert lines == [line for line in before if re.match("student_id|bob|typed", line)]


def test_a_second_run_keeps_what_is_graded_and_grades_what_has_changed(run: Run) -> None:
    others = {path: path.stat().st_mtime_ns for path in (run.results / "records").iterdir()}
    path = run.submitted / "bob" / ASSIGNMENT / "02-patches-with-rasterio.ipynb"
    before = path.read_text("utf-8")
    path.write_text(before.replace("red - nir", "nir - red"), "utf-8")
    try:
        process = grade("--timeout", TIMEOUT, run.submitted, run.results)
        assert scores(table(run.results), "bob") == FULL
        anew = [path for path in others if path.stat().st_mtime_ns != others[path]]
        assert len(anew) == 2, "bob, and the one without a usable name"
    finally:
        path.write_text(before, "utf-8")
    process = grade("--timeout", TIMEOUT, "--student", "bob", run.submitted, run.results)
    assert process.returncode == 1
    assert scores(table(run.results), "bob") == scores(run.rows, "bob")


def test_a_grade_does_not_outlive_its_submission(run: Run, tmp_path: Path) -> None:
    folder, elsewhere = run.submitted / "alice", tmp_path / "alice"
    shutil.move(folder, elsewhere)
    folder.symlink_to(elsewhere)
    try:
        process = grade("--timeout", TIMEOUT, run.submitted, run.results)
        assert "the student's folder is a link" in process.stdout
        assert scores(table(run.results), "alice") == [None] * len(FULL)
        with Gradebook(f"sqlite:///{run.results}/gradebook.db") as gradebook:
            grades = gradebook.find_submission(ASSIGNMENT, "alice").notebooks[0].grades
            assert {grade.auto_score for grade in grades} == {None}
        for kept in ("autograded", "feedback"):
            assert not list((run.results / kept / "alice").rglob("*.*"))
    finally:
        folder.unlink()
        shutil.move(elsewhere, folder)
    grade("--timeout", TIMEOUT, run.submitted, run.results)
    assert scores(table(run.results), "alice") == FULL


def test_another_seed_is_refused_in_the_same_folder(run: Run) -> None:
    process = grade("--timeout", TIMEOUT, "--seed", 5, run.submitted, run.results)
    assert process.returncode == 2
    assert "was begun with another seed" in process.stderr
