"""Submissions spread over the cores of this machine, or over the machines of a cluster."""

import io
import logging
import os
import tarfile
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from autograder.grading.sandbox import missing
from autograder.grading.supervisor import Graded, Task
from autograder.grading.wire import GradingFailedError
from autograder.grading.zygote import Zygote
from autograder.services.rclone import Guard
from utils.errors import CourseError

PLUGIN = "grading"

AHEAD = 2
"""Submissions that are read before a core is free for them, for each core."""

CONNECT_LIMIT = 20
"""Seconds that a scheduler has to answer."""


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
        self._guard = Guard(folder=folder)  # also where this process is killed
        with tarfile.open(fileobj=io.BytesIO(self._world)) as archive:
            archive.extractall(folder / "world", filter="data")
        self._folder = folder / "world"
        self._zygote = Zygote(Path(self._log))

    def teardown(self, worker: Worker) -> None:
        """Called by dask when a worker ends."""
        self._zygote.close()
        self._guard.close()

    def grade(self, task: Task) -> Graded:
        """Grade a submission in this world."""
        return self._zygote.grade(replace(task, world=self._folder))


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
    """Workers that are ready to grade."""

    client: Client
    slots: int

    def grade(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Graded | str]]:
        """Grade submissions, some at a time.

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

        for _ in range(AHEAD * self.slots):
            submit_next()
        for future in done:
            task = running.pop(future.key)
            submit_next()
            problem = future.exception()  # such as a worker that was lost again and again
            lost = problem and f"the grader failed: {type(problem).__name__}"
            yield task, lost or future.result()


@contextmanager
def pool(world: Path, workers: int, scheduler: str, log: Path, confined: bool) -> Iterator[Pool]:
    """Workers that grade in a world.

    Args:
        world: Its folder.
        workers: Submissions at a time, on this machine.
        scheduler: Address of a dask scheduler whose workers are used instead, if any.
        log: Where processes on this machine write what is not for the terminal.
        confined: Whether submissions are to be shut in.

    Raises:
        CourseError: No such scheduler, or a worker's system cannot shut submissions in.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with ExitStack() as stack:
        if scheduler:
            client = stack.enter_context(_connect(scheduler))
        else:
            cluster = LocalCluster(
                n_workers=1,
                threads_per_worker=workers,
                processes=False,
                dashboard_address=None,
                memory_limit=None,
            )
            client = stack.enter_context(Client(stack.enter_context(cluster)))
        if confined:
            _demand_sandbox(client.run(missing))
        plugin = GradingPlugin(pack(world), os.devnull if scheduler else str(log))
        client.register_plugin(plugin)
        stack.callback(client.unregister_worker_plugin, PLUGIN)
        yield Pool(client, sum(client.nthreads().values()))


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


def _demand_sandbox(lacking: dict[str, list[str]]) -> None:
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
