"""Submissions spread over the cores of this machine, or over the machines of a cluster."""

import io
import logging
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from autograder.grading.handing_over.messages import GradingFailedError
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.supervisor import Graded, Task
from autograder.grading.sandbox import missing
from autograder.patches import World
from autograder.services.cleanup import CleanupProcess
from utils.errors import CourseError

PLUGIN = "grading"

AHEAD = 2
"""Submissions that are read before a core is free for them, for each core."""

MESSAGES_KEPT = "distributed.admin.low-level-log-length"
"""Dask's setting for how many messages it remembers: ours hold whole notebooks."""

CONNECT_LIMIT = 20
"""Seconds that a scheduler has to answer."""


Result = tuple[Task, Graded | str]
"""A submission, graded, or why it is not."""


class GradingPlugin(WorkerPlugin):
    """What a dask worker needs to grade: the world in a folder, and a warm process to fork from.

    Args:
        world: The world's folder, packed.
        log: Path of the log, where this is the machine that has it.
    """

    name = PLUGIN

    def __init__(self, world: bytes, log: str = os.devnull) -> None:
        self._world = world
        self._log = log

    def setup(self, worker: Worker) -> None:
        """Called by dask when a worker starts."""
        folder = Path(tempfile.mkdtemp(prefix="grading-"))
        self._cleanup = CleanupProcess(folder=folder)  # also where this process is killed
        with tarfile.open(fileobj=io.BytesIO(self._world)) as archive:
            archive.extractall(folder / "world", filter="data")
        self._folder = folder
        self._fork_server = ForkServer(World.load(folder / "world"), Path(self._log))

    def teardown(self, worker: Worker) -> None:
        """Called by dask when a worker ends."""
        self._fork_server.close()
        self._cleanup.close()

    def grade(self, task: Task) -> Graded:
        """Grade a submission in this world."""
        folder = self._folder
        return self._fork_server.grade(replace(task, world=folder / "world", scratch=folder))


def _grade(task: Task) -> Graded | str:
    """What runs on a worker: the submission graded, or why there is no grade."""
    plugin = get_worker().plugins[PLUGIN]
    assert isinstance(plugin, GradingPlugin)
    try:
        return plugin.grade(task)
    except GradingFailedError as problem:
        return f"the grader failed: {problem}"


def pack(world: Path) -> bytes:
    """A world's folder as bytes."""
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
        """Have every worker start a warm process for a world; nobody waits for it here.

        Args:
            world: Folder of the world to grade in.
            log: Where processes on this machine write what is not for the terminal.
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
            Each task as it is done, with the result, or why there is none.
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
            problem = future.exception()  # such as a worker that was lost again and again
            lost = problem and f"the grader failed: {type(problem).__name__}"
            yield task, lost or future.result()


@contextmanager
def pool(workers: int, scheduler: str, confined: bool, scratch: Path) -> Iterator[Pool]:
    """Workers on this machine, or those of a cluster.

    Args:
        workers: Submissions at a time, on this machine.
        scheduler: Address of a dask scheduler whose workers are used instead, if any.
        confined: Whether submissions are to be shut in.
        scratch: Folder for what dask leaves on this machine while it runs.

    Raises:
        CourseError: No such scheduler, or a worker's system cannot shut submissions in.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
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
    """Refuse to run submissions that cannot be shut in.

    Raises:
        CourseError: A worker's system offers too little; says what is missing.
    """
    found = sorted({words for missing_there in lacking.values() for words in missing_there})
    if found:
        raise CourseError(
            f"This system cannot shut submissions in: it lacks {'; '.join(found)}",
            "A system that keeps a submission away from files, network and other processes",
            "Grade on another one, or give --unsafe if you trust every submitted notebook",
        )
