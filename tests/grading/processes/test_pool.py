"""Submissions are graded alike here and on a cluster; where they cannot be shut in, not at all."""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.grading.limits import Limits
from autograder.grading.processes import pool
from autograder.grading.processes.task import Graded, Task
from autograder.grading.results.record import Record
from autograder.patches import PRACTICE, World
from autograder.root import ROOT
from tests.grading.whole_class.classroom import grade, hand_in, solutions, table
from utils.errors import CourseError

LACKS = "Landlock with rules for TCP ports (Linux 6.7 or newer; this is Linux 5.15)"


def test_a_system_that_lacks_something_is_refused_and_told_what() -> None:
    with pytest.raises(CourseError) as refusal:
        pool.demand_sandbox({"tcp://a:1": [], "tcp://b:1": [LACKS]})
    assert LACKS in str(refusal.value)
    assert "--unsafe" in str(refusal.value)
    pool.demand_sandbox({"tcp://a:1": []})


class NoZygote:
    """Grades without looking."""

    def __init__(self, world: World, log: Path) -> None:
        pass

    def grade(self, task: Task) -> Graded:
        return Graded(Record(task.student, "", ()), {})

    def close(self) -> None:
        pass


def test_what_is_graded_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ForkServer", NoZygote)
    tasks = (Task(str(n), "", {}, {}, (), (), PRACTICE, tmp_path, Limits()) for n in range(100))
    with pool.pool(2, "", False, tmp_path) as workers:
        with workers.in_world(PRACTICE, tmp_path / "log"):
            done = [task.student for task, _ in workers.grade(tasks)]
        gc.collect()
        remembered = sum(type(thing) is Task for thing in gc.get_objects())
    assert sorted(done, key=int) == [str(n) for n in range(100)]
    assert remembered < 40


SOUND = Graded(Record("a", "", ()), {})
DOUBTED = Graded(Record("a", "", ()), {}, "OSError: No space left on device")


@pytest.mark.parametrize("outcomes", [[SOUND], [DOUBTED, SOUND], [DOUBTED, DOUBTED, SOUND]])
def test_who_says_that_the_machine_lacked_something_is_graded_again(
    outcomes: list[Graded], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PAUSES", (0.0, 0.0))
    left = iter(outcomes)
    task = Task("a", "", {}, {}, (), (), PRACTICE, PRACTICE, Limits())
    assert pool.graded_patiently(lambda _: next(left), task) is SOUND
    assert not list(left)


def test_what_a_submission_says_of_the_machine_changes_nothing_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "PAUSES", (0.0, 0.0))
    tries = []

    def grade_once(task: Task) -> Graded:
        tries.append(task)
        return DOUBTED

    task = Task("a", "", {}, {}, (), (), PRACTICE, PRACTICE, Limits())
    assert pool.graded_patiently(grade_once, task) is DOUBTED
    assert len(tries) == 3


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Address of a dask scheduler with one worker, in processes of their own."""
    about = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    common = ["--scheduler-file", str(about), "--no-dashboard"]
    commands = (
        [*dask, "scheduler", "--port", "0", "--host", "127.0.0.1", *common],
        [*dask, "worker", "--nthreads", "1", "--no-nanny", *common],
    )
    with ExitStack() as stack, open(tmp_path / "dask.log", "wb") as log:
        for command in commands:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            deadline = time.monotonic() + 60
            while not about.exists():
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield json.loads(about.read_text())["address"]


def test_a_cluster_gives_the_same_grades(tmp_path: Path, scheduler: str) -> None:
    submitted = tmp_path / "submitted"
    wrong = solutions()[5].replace("nir - red", "red - nir")
    hand_in(submitted / "alice", {**solutions(), 5: wrong})
    deadline = time.monotonic() + 60
    while True:  # the worker takes a moment to come
        words = ("--practice", "--scheduler", scheduler, submitted, tmp_path / "there")
        process = grade(*words)
        if "has no workers" not in process.stderr or time.monotonic() > deadline:
            break
    assert process.returncode == 0, process.stderr
    assert grade("--practice", submitted, tmp_path / "here").returncode == 0
    there, here = table(tmp_path / "there"), table(tmp_path / "here")
    assert there == here
    assert there["alice", 5]["mistake"] == "sign-reversed"
