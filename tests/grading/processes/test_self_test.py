"""A machine on which the course's own solution fails is refused, whatever fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.course import read_sources
from autograder.grading.limits import Limits
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.pool import NoGrade
from autograder.grading.processes.self_test import demand_full_marks, solved_task
from autograder.grading.processes.task import Graded, Task
from autograder.grading.results.record import Record, Row
from autograder.patches import PRACTICE, World
from utils.errors import CourseError

LOG = Path("grading.log")


def graded(*scores: float) -> Graded:
    rows = tuple(Row(number, score, 5.0, "", "PROJ fails.") for number, score in enumerate(scores))
    return Graded(Record("self-test", "", rows), {})


def test_full_marks_on_every_worker_are_demanded() -> None:
    demand_full_marks([graded(5, 5), graded(5)], LOG)
    with pytest.raises(CourseError, match=r"exercise 1 fails: PROJ fails\..*grading\.log"):
        demand_full_marks([graded(5, 5), graded(5, 4)], LOG)
    with pytest.raises(CourseError, match="cannot grade: no process could be started"):
        demand_full_marks([NoGrade("no process could be started", before_code=True)], LOG)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    course = tuple(read_sources())
    return Task("ann", "", {}, {}, (), course, PRACTICE, tmp_path, Limits())


def test_the_solution_gets_full_marks_here(task: Task, tmp_path: Path) -> None:
    server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        outcome = server.grade(solved_task(task))
    finally:
        server.close()
    assert len(outcome.record.rows) >= 1
    demand_full_marks([outcome], LOG)


def test_an_empty_solution_is_no_solution(task: Task, tmp_path: Path) -> None:
    released = solved_task(task, folder=Path("course/data-acquisition").absolute())
    server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        outcome = server.grade(replace(released, scratch=tmp_path))
    finally:
        server.close()
    with pytest.raises(CourseError, match="the solution of exercise"):
        demand_full_marks([outcome], LOG)


def test_a_fork_server_that_was_killed_is_started_again(task: Task, tmp_path: Path) -> None:
    server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        server.grade(solved_task(task))
        server._process.kill()
        server._process.wait()
        demand_full_marks([server.grade(solved_task(task))], LOG)
    finally:
        server.close()
