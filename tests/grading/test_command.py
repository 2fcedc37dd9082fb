"""The command says in one line what it cannot use, and stops without leaving anything running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from nbgrader.api import Gradebook

from autograder.grading.config import database_url
from autograder.grading.course import Exercise, read_course
from autograder.grading.gradebook import prepare_gradebook
from autograder.grading.report import safe_text, write_grades
from autograder.grading.worker import Row
from tests.grading.small_course import ASSIGNMENT, ROOT, command, grade, hand_in
from utils.errors import CourseError


def test_help_names_what_comes_out() -> None:
    process = grade("--help")
    assert process.returncode == 0
    for word in ("SUBMITTED", "RESULTS", "grades.csv", "gradebook.db", "--timeout"):
        assert word in process.stdout


def refused(*words: object) -> str:
    """The one line with which the command refuses its arguments."""
    process = grade(*words)
    assert process.returncode == 2
    (line,) = process.stderr.splitlines()
    return line


def test_folders_that_cannot_be_used_are_one_line(tmp_path: Path) -> None:
    submitted = tmp_path / "submitted"
    assert "No such file or directory" in refused(submitted, tmp_path / "results")
    submitted.mkdir()
    assert "holds no submissions" in refused(submitted, tmp_path / "results")
    hand_in(submitted / "alice")
    assert "lies in the other" in refused(submitted, submitted / "results")
    assert "lies in the other" in refused(submitted, submitted)
    assert "lies in the other" in refused(submitted, tmp_path)
    (tmp_path / "file").write_text("")
    assert "cannot be written: File exists" in refused(submitted, tmp_path / "file")
    assert "cannot be written: Not a directory" in refused(submitted, tmp_path / "file" / "x")
    assert "holds [ ]" in refused(submitted, tmp_path / "[1]")
    assert "make notebooks" in refused("--solutions", tmp_path, submitted, tmp_path / "results")


def test_a_protected_folder_of_results_is_one_line(tmp_path: Path) -> None:
    hand_in(tmp_path / "submitted" / "alice")
    protected = Path("/proc/results")  # where not even the administrator may write
    assert "cannot be written" in refused(tmp_path / "submitted", protected)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader with SQLAlchemy 2
def test_the_gradebook_of_another_course_is_told(tmp_path: Path) -> None:
    solutions = hand_in(tmp_path / "solutions")
    course = read_course(solutions)
    prepare_gradebook(tmp_path, course)
    prepare_gradebook(tmp_path, course)
    with Gradebook(database_url(tmp_path)) as gradebook:
        gradebook.add_student("alice")
        gradebook.add_submission(ASSIGNMENT, "alice")
    (solutions / "02-second.ipynb").unlink()
    with pytest.raises(CourseError, match="does not fit the notebooks"):
        prepare_gradebook(tmp_path, read_course(solutions))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopping_leaves_nothing_running(tmp_path: Path, how: signal.Signals) -> None:
    solutions = hand_in(tmp_path / "solutions")
    running = tmp_path / "running"
    stubborn = (
        "import pathlib, signal\n"
        "for number in (signal.SIGINT, signal.SIGTERM):\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        f"pathlib.Path({str(running)!r}).touch()\n"
        "while True:\n    pass"
    )
    hand_in(tmp_path / "submitted" / "alice", {1: stubborn})
    words = ("--solutions", solutions, tmp_path / "submitted", tmp_path / "results")
    with TemporaryDirectory() as scratch:  # a grader that is killed leaves its scratch folder
        process = subprocess.Popen(
            command(*words),
            cwd=ROOT,
            env={**os.environ, "TMPDIR": scratch},
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        )
        stop_when_running(process, running, how)
        if how != signal.SIGKILL:
            assert not list(Path(scratch).glob("grading-*"))
    assert not (tmp_path / "results" / "grades.csv").exists()


def stop_when_running(process: "subprocess.Popen[str]", running: Path, how: signal.Signals) -> None:
    """Send the signal once the learner's code runs, and hold that everything ends."""
    assert process.stderr is not None
    with process.stderr as errors:
        deadline = time.monotonic() + 60
        while not running.exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        started = psutil.Process(process.pid).children(recursive=True)
        assert any("ipykernel" in " ".join(child.cmdline()) for child in started)
        # A terminal sends Ctrl-C to all processes in the foreground.
        send = os.killpg if how == signal.SIGINT else os.kill
        send(process.pid, how)
        status = process.wait(30)
        _, left = psutil.wait_procs(started, timeout=15)
        assert not left
        if how != signal.SIGKILL:
            assert status == 130
            assert errors.read().splitlines()[-1].startswith("Stopped.")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert safe_text(text).startswith("'")


def test_text_is_one_line_of_bounded_length() -> None:
    assert safe_text("two\nlines\x00 of text") == "two lines of text"
    assert len(safe_text("x" * 10_000)) == 500


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_text("old")
    wrong = Row("alice", Exercise(1, "01-first", 5.0), "not a number", "", "")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="format code"):
        write_grades(path, [wrong])
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["grades.csv"]


def test_wrong_arguments_are_answered_without_loading_nbgrader() -> None:
    program = "import sys, autograder.grading.__main__; sys.exit('nbgrader' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
