"""Where the cause is the grader's, the machine's, or a file that cannot be read, nobody gets 0."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import psutil
import pytest
from nbgrader.api import Gradebook

from autograder.root import ROOT
from tests.grading.whole_class.classroom import (
    ASSIGNMENT,
    POINTS,
    Table,
    command,
    grade,
    hand_in,
    scores,
    solutions,
    table,
)

SECOND = "02-patches-with-rasterio"
IN_SECOND = (3, 4, 5)
FULL = sum(POINTS.values())


def torn(folder: Path) -> None:
    notebook = hand_in(folder) / f"{SECOND}.ipynb"
    notebook.write_bytes(notebook.read_bytes()[:1000])


def empty_file(folder: Path) -> None:
    (hand_in(folder) / f"{SECOND}.ipynb").write_bytes(b"")


def folder_in_its_place(folder: Path) -> None:
    notebook = hand_in(folder) / f"{SECOND}.ipynb"
    notebook.unlink()
    notebook.mkdir()


def not_handed_in(folder: Path) -> None:
    (hand_in(folder) / f"{SECOND}.ipynb").unlink()


def nothing(folder: Path) -> None:
    (folder / ASSIGNMENT).mkdir(parents=True)


IN_PART = (torn, empty_file, folder_in_its_place)
"""What cannot be read is one notebook of several."""


class Run(NamedTuple):
    """A finished run."""

    submitted: Path
    results: Path
    process: "subprocess.CompletedProcess[str]"
    rows: Table


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("class")
    submitted, results = folder / "submitted", folder / "results"
    hand_in(submitted / "alice")
    for student in (*IN_PART, not_handed_in, nothing):
        student(submitted / student.__name__)
    names = folder / "class.csv"
    names.write_text("student_id;name\nalice;Alice Lindström\n", "utf-8")
    process = grade("--practice", "--names", names, submitted, results)
    assert (results / "grades.csv").exists(), process.stderr
    return Run(submitted, results, process, table(results))


@pytest.mark.parametrize("student", [student.__name__ for student in IN_PART])
def test_exercises_of_a_notebook_that_cannot_be_read_have_no_score(run: Run, student: str) -> None:
    expected = [None if n in IN_SECOND else points for n, points in POINTS.items()]
    assert scores(run.rows, student) == expected
    row = run.rows[student, IN_SECOND[0]]
    assert row["mistake"] == "not-graded"
    assert SECOND in row["message"]


def test_who_handed_in_nothing_that_can_be_read_has_no_scores(run: Run) -> None:
    assert scores(run.rows, "nothing") == [None] * len(POINTS)
    assert "no notebook of the course was found" in run.rows["nothing", 1]["message"]


def test_a_notebook_that_was_surely_not_handed_in_counts_as_0(run: Run) -> None:
    expected = [0.0 if n in IN_SECOND else points for n, points in POINTS.items()]
    assert scores(run.rows, "not_handed_in") == expected


def test_the_mean_is_that_of_the_graded_and_the_status_tells(run: Run) -> None:
    assert run.process.returncode == 1
    assert "2 graded, 4 not graded." in run.process.stdout
    lost = sum(POINTS[number] for number in IN_SECOND)
    assert f"Mean {FULL - lost / 2:.1f} of {FULL:g} points." in run.process.stdout
    for student in (*IN_PART, nothing):
        assert student.__name__ in run.process.stdout


def test_the_gradebook_asks_for_a_score_and_shows_none(run: Run) -> None:
    with Gradebook(f"sqlite:///{run.results}/gradebook.db") as gradebook:
        for student in (*IN_PART, nothing):
            submission = gradebook.find_submission(ASSIGNMENT, student.__name__)
            assert submission.needs_manual_grade
            for notebook in submission.notebooks:
                unread = student is nothing or notebook.name == SECOND
                for one in notebook.grades:
                    assert (one.auto_score is None) == unread
                    assert one.needs_manual_grade == unread
        assert not gradebook.find_submission(ASSIGNMENT, "alice").needs_manual_grade


def test_pages_say_so(run: Run) -> None:
    for student in IN_PART:
        page = (run.results / "report" / f"{student.__name__}.html").read_text("utf-8")
        assert "Not graded in full:" in page
        assert "0 of 5 points" not in page
        folder = run.results / "feedback" / student.__name__ / ASSIGNMENT
        feedback = (folder / f"{SECOND}.html").read_text("utf-8")
        assert "(not graded)" in feedback
        assert "Score: 0" not in feedback
    assert "Not graded" in (run.results / "report.html").read_text("utf-8")


def test_the_same_command_grades_what_is_mended_and_takes_scores_by_hand(run: Run) -> None:
    rmtree(run.submitted / "torn")
    hand_in(run.submitted / "torn")
    with Gradebook(f"sqlite:///{run.results}/gradebook.db") as gradebook:
        for number in IN_SECOND:
            name = f"check-{number}"
            one = gradebook.find_grade(name, SECOND, ASSIGNMENT, "empty_file")
            one.manual_score = 1.5
        gradebook.find_grade("check-3", SECOND, ASSIGNMENT, "torn").manual_score = 2.0
        gradebook.find_comment("exercise-3", SECOND, ASSIGNMENT, "torn").manual_comment = "By mail"
        gradebook.db.commit()
    process = grade("--practice", run.submitted, run.results)
    rows = table(run.results)
    assert scores(rows, "torn") == [*list(POINTS.values())[:2], 2.0, *list(POINTS.values())[3:]]
    changed = "changed by hand: 2 instead of 5; the work has changed since"
    row = rows["torn", 3]
    assert (row["by_hand"], row["comment"], row["aspects"]) == (changed, "By mail", "by hand 2/5")
    assert "torn, exercise 3, changed by hand: 2 instead of 5" in process.stdout
    assert [rows["empty_file", number]["score"] for number in IN_SECOND] == ["1.5"] * 3
    assert "4 graded, 2 not graded; " in process.stdout
    assert process.returncode == 1
    report = (run.results / "report.html").read_text("utf-8")
    assert "Alice Lindström" in report, "who gave a class list once need not again"


# --- the machine ------------------------------------------------------------------------------

SLOW = {5: "import pathlib, time\npathlib.Path('running').touch()\ntime.sleep(4)"}
"""Runs long enough to be harmed meanwhile."""


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    """One who is graded while the harm is done, and one who comes afterwards."""
    folder = tmp_path / "submitted"
    hand_in(folder / "ann", {1: solutions()[1], **SLOW})
    hand_in(folder / "ben", {1: solutions()[1]})
    return folder


def while_running(
    submitted: Path, results: Path, scratch: Path, harm: Callable[[psutil.Process], None]
) -> "subprocess.CompletedProcess[str]":
    """Run the command, and do harm once a learner's code runs."""
    scratch.mkdir()
    words = command("--practice", "--workers", 1, submitted, results)
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def watch() -> None:
        while process.poll() is None:
            if list(scratch.rglob("running")):
                return harm(psutil.Process(process.pid))
            time.sleep(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    out, errors = process.communicate(timeout=300)
    thread.join()
    return subprocess.CompletedProcess(words, process.returncode, out, errors)


def kill_the_runner(command: psutil.Process) -> None:
    """As the kernel does where memory runs out: kill the process that runs a learner's code."""
    for process in command.children(recursive=True):
        if "work-" in process.cwd():
            process.send_signal(signal.SIGKILL)


def kill_the_fork_server(command: psutil.Process) -> None:
    for process in command.children():
        if "autograder.grading.processes.fork_server" in process.cmdline():
            process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("harm", [kill_the_runner, kill_the_fork_server])
def test_a_submission_that_the_machine_failed_is_graded_again(
    submitted: Path, tmp_path: Path, harm: Callable[[psutil.Process], None]
) -> None:
    scratch = Path("/tmp", f"s{os.getpid()}{harm.__name__[-6:]}")
    try:
        process = while_running(submitted, tmp_path / "results", scratch, harm)
    finally:
        rmtree(scratch)
    assert process.returncode == 0, process.stdout
    assert "Traceback" not in process.stderr
    for student in ("ann", "ben"):
        assert scores(table(tmp_path / "results"), student)[0] == POINTS[1]


def test_results_that_vanish_are_one_line_and_the_same_command_goes_on(
    submitted: Path, tmp_path: Path
) -> None:
    results, scratch = tmp_path / "results", Path("/tmp", f"s{os.getpid()}gone")
    try:
        process = while_running(submitted, results, scratch, lambda _: rmtree(results))
    finally:
        rmtree(scratch)
    assert process.returncode == 2
    assert "Traceback" not in process.stderr
    assert "is gone" in process.stderr.splitlines()[-1]
    assert grade("--practice", submitted, results).returncode == 0


@pytest.mark.parametrize("blocks", [1, 100, 1_000, 4_000])
def test_where_files_may_not_grow_it_is_one_line_and_the_same_command_goes_on(
    tmp_path: Path, blocks: int
) -> None:
    submitted, results = tmp_path / "submitted", tmp_path / "results"
    hand_in(submitted / "ann", {1: solutions()[1]})
    words = command("--practice", submitted, results)
    limited = ["sh", "-c", f'ulimit -f {blocks} && exec "$@"', "sh", *words]
    process = subprocess.run(
        limited, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert "Traceback" not in process.stderr + process.stdout
    if process.returncode != 0:
        assert process.returncode == 2
        assert "(ulimit -f)" in process.stderr.splitlines()[-1]
    again = grade("--practice", submitted, results)
    assert again.returncode == 0, again.stderr
    assert scores(table(results), "ann")[0] == POINTS[1]
