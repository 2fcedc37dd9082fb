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

from autograder.root import ROOT
from tests.grading.whole_class.classroom import (
    ASSIGNMENT,
    POINTS,
    command,
    grade,
    hand_in,
    scores,
    table,
)


def test_help_names_what_comes_out() -> None:
    process = grade("--help")
    assert process.returncode == 0
    for word in ("SUBMITTED", "RESULTS", "grades.csv", "report.html", "--seed", "--unsafe"):
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
    hand_in(submitted / "alice", {})
    assert "lies in the other" in refused(submitted, submitted / "results")
    (tmp_path / "file").write_text("")
    assert "cannot be written: File exists" in refused(submitted, tmp_path / "file")
    assert "holds [ ]" in refused(submitted, tmp_path / "[1]")
    missing = refused("--student", "bob", submitted, tmp_path / "results")
    assert "There is no submission of bob" in missing
    assert "alice" in missing
    assert "NAMES" in refused("--names", tmp_path / "gone", submitted, tmp_path / "results")
    assert not (tmp_path / "results").exists()


def test_a_protected_folder_of_results_is_one_line(tmp_path: Path) -> None:
    hand_in(tmp_path / "submitted" / "alice", {})
    protected = Path("/proc/results")  # where not even the administrator may write
    assert "cannot be written" in refused(tmp_path / "submitted", protected)


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    hand_in(tmp_path / "submitted" / "alice", {})
    impatient = (
        "import sys; from autograder.grading.processes import pool; pool.CONNECT_LIMIT = 2; "
        "from autograder.grading.__main__ import main; sys.exit(main())"
    )
    words = ("--practice", "--scheduler", "tcp://127.0.0.1:9")
    process = subprocess.run(
        [sys.executable, "-c", impatient, *words, tmp_path / "submitted", tmp_path / "results"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 2
    (line,) = process.stderr.splitlines()
    assert "No dask scheduler answers at tcp://127.0.0.1:9" in line


def test_wrong_arguments_are_answered_without_loading_nbgrader() -> None:
    program = "import sys, autograder.grading.__main__; sys.exit('nbgrader' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


STUBBORN = """
import pathlib, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
pathlib.Path("running").touch()
while True:
    pass
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopping_leaves_nothing_behind_and_the_next_run_goes_on(
    tmp_path: Path, how: signal.Signals
) -> None:
    submitted, results = tmp_path / "submitted", tmp_path / "results"
    hand_in(submitted / "alice", {})
    hand_in(submitted / "bob", {5: STUBBORN})
    words = ("--practice", "--workers", 1, submitted, results)
    with TemporaryDirectory(prefix="s") as scratch:
        process = subprocess.Popen(
            command(*words),
            cwd=ROOT,
            env={**os.environ, "TMPDIR": scratch},
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        )
        stop_when_running(process, Path(scratch), how)
        wait_until(lambda: not os.listdir(scratch))
    records = {path: path.stat().st_mtime_ns for path in (results / "records").iterdir()}
    assert len(records) == 1
    assert not (results / "grades.csv").exists()

    assignment = submitted / "bob" / ASSIGNMENT
    for path in assignment.iterdir():
        path.unlink()
    assignment.rmdir()
    hand_in(submitted / "bob", {5: "x = 1"})
    again = grade(*words)
    assert again.returncode == 0, again.stderr
    assert "1 kept" in again.stdout or "kept" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in records} == records
    assert scores(table(results), "bob") == [0] * len(POINTS)


def stop_when_running(process: "subprocess.Popen[str]", scratch: Path, how: signal.Signals) -> None:
    """Send the signal once the learner's code runs, and hold that everything ends."""
    assert process.stderr is not None
    with process.stderr as errors:
        wait_until(lambda: list(scratch.rglob("running")) or process.poll() is not None)
        assert process.poll() is None, errors.read()
        started = psutil.Process(process.pid).children(recursive=True)
        assert len(started) >= 3
        # A terminal sends Ctrl-C to all processes in the foreground.
        send = os.killpg if how == signal.SIGINT else os.kill
        send(process.pid, how)
        status = process.wait(30)
        _, left = psutil.wait_procs(started, timeout=15)
        assert not left
        if how != signal.SIGKILL:
            assert status == 130
            assert errors.read().splitlines()[-1].startswith("Stopped.")


def wait_until(condition: object, folder: str | Path = "") -> None:
    """Wait until something is so, three minutes at most."""
    assert callable(condition)
    deadline = time.monotonic() + 180
    while not condition():
        assert time.monotonic() < deadline, folder and list(Path(folder).rglob("*"))
        time.sleep(0.1)
