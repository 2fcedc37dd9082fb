"""A machine on which the course's own solution fails is refused, whatever fails."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.grading.course import read_sources
from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.limits import Limits
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.pool import NoGrade
from autograder.grading.processes.self_test import demand_full_marks, solved_task
from autograder.grading.processes.task import Graded, Task
from autograder.grading.results.record import Record, Row
from autograder.patches import PRACTICE, World
from autograder.root import RELEASED
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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    server = ForkServer(World.load(PRACTICE), tmp_path_factory.mktemp("server") / "log")
    yield server
    server.close()


@pytest.fixture
def task(tmp_path: Path) -> Task:
    course = tuple(read_sources())
    return Task("ann", "", {}, {}, (), course, PRACTICE, tmp_path, Limits())


def test_the_solution_gets_full_marks_here(task: Task, server: ForkServer) -> None:
    outcome = server.grade(solved_task(task))
    assert len(outcome.record.rows) >= 1
    demand_full_marks([outcome], LOG)


def test_an_empty_solution_is_no_solution(task: Task, server: ForkServer) -> None:
    outcome = server.grade(solved_task(task, folder=RELEASED))
    with pytest.raises(CourseError, match="the solution of exercise"):
        demand_full_marks([outcome], LOG)


def test_a_fork_server_that_was_killed_is_started_again(task: Task, server: ForkServer) -> None:
    server._wait_until_ready()
    server._process.kill()
    server._process.wait()
    demand_full_marks([server.grade(solved_task(task))], LOG)


def linked(folder: Path, original: Path) -> Path:
    """A folder with links to all that lies in another."""
    folder.mkdir(parents=True)
    for entry in original.iterdir():
        (folder / entry.name).symlink_to(entry)
    return folder


def without_rclone(environment: Path) -> None:
    (environment / "bin" / "rclone").unlink()


def with_a_broken_proj(environment: Path) -> None:
    (packages,) = (environment / "lib").glob("*/site-packages")
    for place in ("pyproj/proj_dir/share/proj", "rasterio/proj_data", "pyogrio/proj_data"):
        folder = packages
        for part in Path(place).parts:
            folder /= part
            if folder.is_symlink():
                original = folder.resolve()
                folder.unlink()
                linked(folder, original)
        (folder / "proj.db").unlink()
        (folder / "proj.db").write_bytes(b"no database")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python environment like ours, which can be damaged, and which ours starts from now on."""
    own, folder = Path(sys.prefix), tmp_path / "environment"
    linked(folder / "bin", own / "bin")
    (packages,) = (own / "lib").glob("python*/site-packages")
    linked(folder / packages.relative_to(own), packages)
    (folder / "pyvenv.cfg").symlink_to(own / "pyvenv.cfg")
    monkeypatch.setattr(sys, "executable", str(folder / "bin" / "python"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return folder


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (without_rclone, "no rclone program"),
        (with_a_broken_proj, "PROJ"),
    ],
)
def test_a_broken_machine_is_named(
    damage: Callable[[Path], None], named: str, environment: Path, task: Task, tmp_path: Path
) -> None:
    damage(environment)
    server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        with pytest.raises(GradingFailedError, match=named) as raised:
            server.grade(solved_task(task))
    finally:
        server.close()
    assert len(str(raised.value).splitlines()) == 1
