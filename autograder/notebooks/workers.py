"""Run tasks in parallel, each in a process that is forked from this one.

A forked process has everything imported, and starts in some milliseconds. While this one forks, it
must have one thread and no open connection.
"""

import contextlib
import fcntl
import gc
import os
import signal
import stat
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any, TypeVar

from autograder.patches import World
from autograder.services import ServicesClient
from utils.errors import CourseError

Task = TypeVar("Task")
Result = TypeVar("Result")

LIBRARIES = (
    "matplotlib.pyplot",
    "geopandas",
    "pyogrio",
    "folium.raster_layers",
    "rasterio.vrt",
    "requests_oauthlib",
    "utils.s3",
    "autograder.services.lifetime.instance",
    "autograder.services.sentinelhub.render",
    "IPython.core.interactiveshell",
)
"""Modules of notebooks and services that take long to import."""


def available_workers() -> int:
    """Number of processes to run at a time: the usable cores, or 1 where forking is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def warm_up() -> None:
    """Import what the tasks need, before they are forked."""
    for name in LIBRARIES:
        import_module(name)
    import_module("utils.s3").read_description()
    gc.collect()
    gc.freeze()  # the garbage collector of each task then skips the libraries


def in_parallel(
    work: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> list[Result]:
    """The results of ``work`` for each task, in order; no process is left, even after a failure.

    Args:
        work: Runs in a forked process; its result is pickled.
        tasks: Its arguments, in the order in which to start.
        workers: Processes at a time.

    Raises:
        CourseError: A task failed.
    """
    running: dict[Connection, tuple[int, ForkProcess]] = {}
    results: dict[int, Result] = {}
    waiting = list(enumerate(tasks))[::-1]
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                number, task = waiting.pop()
                ours, theirs = get_context("fork").Pipe()
                process = get_context("fork").Process(target=_work, args=(work, task, theirs))
                process.start()
                theirs.close()
                running[ours] = number, process
            for connection in wait(list(running)):
                assert isinstance(connection, Connection)
                number, process = running[connection]
                results[number] = _received(connection)
                del running[connection]
                process.join()
    finally:
        for _, process in running.values():
            process.kill()
            process.join()
    return [results[number] for number in range(len(tasks))]


def _received(connection: Connection) -> Any:
    with connection:
        try:
            answer = connection.recv()
        except EOFError:
            answer = CourseError("a process that records ended early", "its results", "")
    if isinstance(answer, CourseError):
        raise answer
    return answer


def _work(work: Callable[[Task], Result], task: Task, connection: Connection) -> None:
    """What a forked process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    open_files_anew()
    try:
        connection.send(work(task))
    except CourseError as problem:
        connection.send(problem)
    except Exception:
        connection.send(CourseError(traceback.format_exc()[-2000:], "a task that succeeds", ""))


def open_files_anew() -> None:
    """After a fork, open the files that libraries keep open (``proj.db``) anew.

    Otherwise all forks would share, and move, one position in them.
    """
    for name in os.listdir("/dev/fd"):
        shared = int(name)
        with contextlib.suppress(OSError):  # the descriptor for listing this folder is closed
            reading = fcntl.fcntl(shared, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
            if not reading or not stat.S_ISREG(os.fstat(shared).st_mode):
                continue
            own = os.open(os.readlink(f"/dev/fd/{shared}"), os.O_RDONLY | os.O_CLOEXEC)
            os.lseek(own, os.lseek(shared, 0, os.SEEK_CUR), os.SEEK_SET)
            os.dup2(own, shared, inheritable=False)
            os.close(own)


class ForkedServices:
    """Offline services in a process that is forked from this one.

    It serves while the context lasts, and ends with this process. Clients trust only its authority.

    Args:
        world: Folder of the world to serve.

    Attributes:
        environment: Variables that send a process's clients to these services.
    """

    def __init__(self, world: Path) -> None:
        self._world = world
        self.environment: dict[str, str] = {}

    @property
    def client(self) -> ServicesClient:
        """Client for journal, objects and reset of these services."""
        return ServicesClient(self.environment["COURSE_CONTROL"])

    def __enter__(self) -> "ForkedServices":
        self._ours, theirs = get_context("fork").Pipe()
        self._process = get_context("fork").Process(target=self._serve, args=(theirs,))
        self._process.start()
        theirs.close()
        self.environment = self._ours.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._process.join()

    def _serve(self, connection: Connection) -> None:
        from autograder.services.lifetime.instance import Instance

        self._ours.close()  # so that the connection closes with the parent's end
        open_files_anew()
        instance = Instance(World.load(self._world), only_own_authority=True)
        try:
            # Their process uses no other services later, so GDAL may cache what it has read.
            connection.send({**instance.environment, "CPL_VSIL_CURL_NON_CACHED": ""})
            connection.poll(None)
        finally:
            instance.close()
