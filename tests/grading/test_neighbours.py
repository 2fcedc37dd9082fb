"""One run over good and bad submissions: each bad one costs itself only."""

import csv
import hashlib
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tests.grading.small_course import (
    ASSIGNMENT,
    EXERCISES,
    MAX_SCORE,
    SOLVED,
    grade,
    hand_in,
)

TIMEOUT = 3
IGNORE_INTERRUPTS = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"

ANSWERS = {
    "alice": SOLVED,
    "bob": {1: "answer_1 = 2.5"},
    "crash": {2: "import os\nos._exit(0)"},
    "hang": {1: f"{IGNORE_INTERRUPTS}while True:\n    pass"},
    "sleep": {1: "import time\ntime.sleep(1000)"},
    "greedy": {
        1: "check = print",
        2: "check = lambda number: 5.0",
        3: "verdict = Verdict(3, 7)\ncheck = lambda number: verdict",
    },
    "noisy": {1: "import sys\nprint('deprecated', file=sys.stderr)\nanswer_1 = 1"},
    "zoë and co": SOLVED,
}
"""What each student wrote, right where nothing else is said."""

SCORES = {
    "alice": (5, 5, 5),
    "bob": (3.5, 5, 5),
    "copied": (5, 5, 5),
    "crash": (5, 0, 5),
    "empty": (0, 0, 0),
    "greedy": (0, 0, 0),
    "hang": (0, 0, 5),
    "missing": (5, 5, 0),
    "noisy": (5, 5, 5),
    "released": (0, 0, 0),
    "sleep": (4, 5, 5),
    "torn": (0, 0, 5),
    "unmarked": (0, 0, 5),
    "widgets": (5, 5, 5),
    "zoë and co": (5, 5, 5),
    r"a\x1bb": (0, 0, 0),
}
"""Points for the three exercises."""

MESSAGES = {
    ("alice", 1): "",
    ("bob", 1): "'=This is not the number",
    ("crash", 2): "the Python process ended in exercise 2",
    ("empty", 3): "notebook 02-second is missing",
    ("greedy", 1): "the check of exercise 1 shows no verdict",
    ("greedy", 2): "the check of exercise 2 shows no verdict",
    ("greedy", 3): "the check of exercise 3 shows a score of 7, which is not between 0 and 5",
    ("hang", 1): f"stopped in exercise 1: a cell ran longer than {TIMEOUT} s",
    ("hang", 2): f"stopped in exercise 1: a cell ran longer than {TIMEOUT} s",
    ("missing", 3): "notebook 02-second is missing",
    ("torn", 2): "notebook 01-first is not valid JSON",
}


class Run(NamedTuple):
    """A finished run."""

    submitted: Path
    results: Path
    words: tuple[object, ...]
    process: CompletedProcess[str]

    def rows(self) -> list[dict[str, str]]:
        """The lines of ``grades.csv``."""
        with open(self.results / "grades.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hand_in_all(submitted: Path) -> None:
    """Write the submissions of everybody."""
    for student, answers in ANSWERS.items():
        hand_in(submitted / student, answers)
    (submitted / "empty").mkdir()
    (hand_in(submitted / "missing") / "02-second.ipynb").unlink()
    (hand_in(submitted / "torn") / "01-first.ipynb").write_text("{")
    hand_in(submitted / "a\x1bb")
    for student in ("copied", "unmarked", "widgets"):
        path = hand_in(submitted / student) / "01-first.ipynb"
        notebook = nbformat.read(path, as_version=4)
        if student == "copied":
            notebook.cells.insert(2, NotebookNode({**notebook.cells[3], "id": "copy"}))
        elif student == "widgets":
            notebook.metadata["widgets"] = "not what nbconvert expects"
        else:
            for cell in notebook.cells:
                cell.metadata.pop("nbgrader", None)
        nbformat.write(notebook, path)
    hand_in(submitted / "released", {1: "answer_1 = -9", 2: "answer_2 = -9", 3: "answer_3 = -9"})


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    submitted, results = folder / "submitted", folder / "results"
    hand_in_all(submitted)
    before = digests(submitted)
    words = ("--solutions", hand_in(folder / "solutions"), "--timeout", TIMEOUT)
    process = grade(*words, submitted, results)
    assert (results / "grades.csv").exists(), process.stderr
    assert digests(submitted) == before, "submissions are never changed"
    return Run(submitted, results, words, process)


def test_there_is_a_row_for_each_exercise_of_each_student_in_order(run: Run) -> None:
    with open(run.results / "grades.csv", encoding="utf-8") as file:
        assert file.readline() == "student_id,exercise,score,max_score,mistake,message,aspects\n"
    students = [(row["student_id"], int(row["exercise"])) for row in run.rows()]
    assert students == [(student, number) for student in sorted(SCORES) for number in (1, 2, 3)]
    assert {float(row["max_score"]) for row in run.rows()} == {MAX_SCORE}


@pytest.mark.parametrize("student", SCORES)
def test_a_bad_submission_costs_only_itself(run: Run, student: str) -> None:
    scores = tuple(float(r["score"]) for r in run.rows() if r["student_id"] == student)
    assert scores == SCORES[student]


@pytest.mark.parametrize(("student", "exercise"), MESSAGES)
def test_the_reason_stands_in_the_row(run: Run, student: str, exercise: int) -> None:
    messages = {(r["student_id"], int(r["exercise"])): r["message"] for r in run.rows()}
    assert messages[student, exercise] == MESSAGES[student, exercise]


def test_mistakes_are_named(run: Run) -> None:
    mistakes = {(r["student_id"], int(r["exercise"])): r["mistake"] for r in run.rows()}
    assert mistakes["bob", 1] == "wrong-number"
    assert mistakes["alice", 1] == ""


def agree(run: Run) -> None:
    """Hold that the gradebook says what the table says."""
    with Gradebook(f"sqlite:///{run.results}/gradebook.db") as gradebook:
        for row in run.rows():
            if row["student_id"] == r"a\x1bb":
                continue
            (name,) = (n for n, numbers in EXERCISES.items() if int(row["exercise"]) in numbers)
            found = gradebook.find_grade(
                f"check-{row['exercise']}", name, ASSIGNMENT, row["student_id"]
            )
            assert (found.score, found.max_score) == (float(row["score"]), float(row["max_score"]))
            assert not found.needs_manual_grade


def test_the_gradebook_says_the_same(run: Run) -> None:
    agree(run)


def test_everybody_with_a_grade_gets_feedback_on_every_notebook(run: Run) -> None:
    for student in set(SCORES) - {r"a\x1bb", "widgets"}:
        pages = sorted((run.results / "feedback" / student).rglob("*.html"))
        assert [page.stem for page in pages] == list(EXERCISES), student
    feedback = run.results / "feedback"
    page = (feedback / "bob" / ASSIGNMENT / "01-first.html").read_text("utf-8")
    assert "card of exercise 1" in page
    page = (feedback / "torn" / ASSIGNMENT / "01-first.html").read_text("utf-8")
    assert "not valid JSON" in page


def test_the_last_line_sums_up_and_the_status_tells_of_submissions_without_a_grade(
    run: Run,
) -> None:
    assert run.process.returncode == 1
    last = run.process.stdout.splitlines()[-1]
    assert last.startswith("15 graded, 1 failed, mean ")
    assert r"a\x1bb has no grade: the folder name holds characters" in run.process.stderr
    assert "widgets has a grade but no feedback" in run.process.stderr
    assert "Traceback" not in run.process.stderr


def test_grading_again_replaces_the_grades(run: Run) -> None:
    others = run.submitted.parent / "again"
    hand_in(others / "alice", {1: "answer_1 = 3"})
    before = (run.results / "grades.csv").read_bytes()
    process = grade(*run.words, others, run.results)
    try:
        assert process.returncode == 0, process.stderr
        assert [float(row["score"]) for row in run.rows()] == [3, 5, 5]
        agree(run)
        assert process.stdout.startswith("1 graded, 0 failed, mean 13.0 of 15, ")
    finally:
        (run.results / "grades.csv").write_bytes(before)
