"""Submissions spread over the cores of this machine, or over the machines of a cluster."""

import io
import logging
import os
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dask
from distributed import Client, Future, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.task import Graded, Task
from autograder.grading.sandbox import missing
from autograder.patches import World
from autograder.services.cleanup import CleanupProcess
from utils.errors import CourseError

PLUGIN = "grading"

AHEAD = 2
"""Submissions that dask holds for each thread of a worker: one is graded, one waits."""

MESSAGES_KEPT = "distributed.admin.low-level-log-length"
"""Dask's setting for how many messages it keeps for debugging: ours hold whole notebooks."""

PAUSES = (1.0, 5.0)
"""Seconds before a submission that the machine may have failed is graded anew."""

CONNECT_LIMIT = 20
"""Seconds that a scheduler has to answer."""


@dataclass(frozen=True)
class NoGrade:
    """That the grader or its machine failed: a submission is neither right nor wrong.

    Attributes:
        reason: Why, in words.
        before_code: Whether no code of the submission had run yet: then it is not the cause.
    """

    reason: str
    before_code: bool


Result = tuple[Task, Graded | NoGrade]
"""A submission, and the result or why there is none."""


class GradingPlugin(WorkerPlugin):
    """What a dask worker needs to grade: the world in a folder, and a fork server.

    Args:
        world: The world's folder, as `pack` makes it.
        log: Path of the log; for workers on other machines the null device.
    """

    name = PLUGIN

    def __init__(self, world: bytes, log: str = os.devnull) -> None:
        self._world = world
        self._log = log

    def setup(self, worker: Worker) -> None:
        """Called by dask when a worker starts."""
        folder = Path(tempfile.mkdtemp(prefix="grading-"))
        # It removes the folder even if this process is killed.
        self._cleanup = CleanupProcess(folder=folder)
        with tarfile.open(fileobj=io.BytesIO(self._world)) as archive:
            archive.extractall(folder / "world", filter="data")
        self._folder = folder
        self._fork_server = ForkServer(World.load(folder / "world"), Path(self._log))

    def teardown(self, worker: Worker) -> None:
        """Called by dask when a worker ends."""
        self._fork_server.close()
        self._cleanup.close()

    def grade(self, task: Task) -> Graded:
        """Grade a submission in this world.

        Raises:
            GradingFailedError: The grader failed.
        """
        folder = self._folder
        return self._fork_server.grade(replace(task, world=folder / "world", scratch=folder))


def _grade(task: Task) -> Graded | NoGrade:
    """What runs on a worker: the submission graded, or why there is no grade."""
    plugin = get_worker().plugins[PLUGIN]
    assert isinstance(plugin, GradingPlugin)
    try:
        return graded_patiently(plugin.grade, task)
    except GradingFailedError as problem:
        return NoGrade(f"the grader failed: {problem}", problem.before_code)


def graded_patiently(grade: Callable[[Task], Graded], task: Task) -> Graded:
    """A submission graded: again where it says that the machine was short of something.

    That is not its learner's. What a submission says changes nothing in the end.

    Args:
        grade: Grades a submission.
        task: The submission.

    Raises:
        GradingFailedError: The grader failed.
    """
    for pause in PAUSES:
        graded = grade(task)
        if not graded.doubt:
            return graded
        logging.warning("%s is graded again: %s", task.student, graded.doubt)
        time.sleep(pause)
    return grade(task)


def pack(world: Path) -> bytes:
    """A world's folder as the bytes of a tar file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(world, arcname=".")
    return buffer.getvalue()


@dataclass(frozen=True)
class Pool:
    """Workers that can grade."""

    client: Client

    @contextmanager
    def in_world(self, world: Path, log: Path) -> Iterator[None]:
        """Have every worker start a fork server for a world, without waiting until it is ready.

        Args:
            world: Folder of the world to grade in.
            log: Log file of the processes on this machine.
        """
        here = isinstance(self.client.cluster, LocalCluster)
        self.client.register_plugin(GradingPlugin(pack(world), str(log) if here else os.devnull))
        try:
            yield
        finally:
            self.client.unregister_worker_plugin(PLUGIN)

    def grade(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Grade submissions, some at a time, while `in_world` lasts.

        Yields:
            Each task when it is done, with the result or why there is none.
        """
        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        done = as_completed()

        def submit_next() -> None:
            task = next(waiting, None)
            if task is not None:
                future = self.client.submit(_grade, task, pure=False)
                running[future.key] = task
                done.add(future)

        for _ in range(AHEAD * sum(self.client.nthreads().values())):
            submit_next()
        for future in done:
            task = running.pop(future.key)
            submit_next()
            yield task, _outcome(future)

    def grade_everywhere(self, task: Task) -> list[Graded | NoGrade]:
        """Grade one submission on each of the workers."""
        futures = [
            self.client.submit(_grade, task, workers=[address], pure=False)
            for address in self.client.nthreads()
        ]
        return [_outcome(future) for future in futures]


def _outcome(future: Future[Graded | NoGrade]) -> Graded | NoGrade:
    problem = future.exception()  # such as KilledWorker, after several lost workers
    if problem is not None:
        return NoGrade(f"the grader failed: {type(problem).__name__}", before_code=False)
    outcome: Graded | NoGrade = future.result()
    return outcome


@contextmanager
def pool(workers: int, scheduler: str, confined: bool, scratch: Path) -> Iterator[Pool]:
    """Workers on this machine, or those of a cluster.

    Args:
        workers: Submissions at a time, on this machine.
        scheduler: Address of a dask scheduler whose workers are used instead; empty for none.
        confined: Whether submissions are to be shut in.
        scratch: Folder for dask's temporary files on this machine.

    Raises:
        CourseError: The scheduler does not answer or has no workers, or a worker's system cannot
            shut submissions in.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if not scheduler:  # settings of other programs, which are for their clusters
        dask.config.refresh(paths=[], env={})
    settings = {"temporary-directory": str(scratch), MESSAGES_KEPT: 10}
    with ExitStack() as stack, dask.config.set(settings):
        if scheduler:
            client = stack.enter_context(_connect(scheduler))
        else:
            cluster = LocalCluster(
                n_workers=1,
                threads_per_worker=workers,
                processes=False,
                dashboard_address="127.0.0.1:0",
                memory_limit=None,
            )
            client = stack.enter_context(Client(stack.enter_context(cluster)))
        if confined:
            demand_sandbox(client.run(missing))
        yield Pool(client)


def _connect(scheduler: str) -> Client:
    try:
        client = Client(scheduler, timeout=CONNECT_LIMIT)
    except (OSError, ValueError) as problem:
        raise CourseError(
            f"No dask scheduler answers at {scheduler} ({problem})",
            "An address such as tcp://scheduler:8786",
            "Start one with `dask scheduler`, and workers with `dask worker`",
        ) from problem
    if not client.nthreads():
        client.close()
        raise CourseError(
            f"The scheduler at {scheduler} has no workers",
            "At least one, with this project installed",
            f"Start some: `dask worker {scheduler}`",
        )
    return client


def demand_sandbox(lacking: dict[str, list[str]]) -> None:
    """Refuse to grade where submissions cannot be shut in.

    Raises:
        CourseError: ``lacking`` names something that a worker's system lacks.
    """
    found = sorted({words for missing_there in lacking.values() for words in missing_there})
    if found:
        raise CourseError(
            f"This system cannot shut submissions in: it lacks {'; '.join(found)}",
            "A system that keeps a submission away from files, network and other processes",
            "Grade on another one, or give --unsafe if you trust every submitted notebook",
        )
