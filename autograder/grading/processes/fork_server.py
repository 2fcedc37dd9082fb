"""The fork server: everything imported, no secrets; supervisors are forked from it.

It has one thread and an environment without secrets. It serves until its socket closes, and what
it has forked ends with it.
"""

import contextlib
import gc
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import traceback
from dataclasses import replace
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from autograder.grading.handing_over.messages import GradingFailedError
from autograder.patches import World
from autograder.root import ROOT
from autograder.services.patience import patiently

if TYPE_CHECKING:
    from autograder.grading.processes.task import Graded, Task

READY = b"!"

ALLOCATION = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(2**18),
    "MALLOC_TRIM_THRESHOLD_": str(2**16),
}
"""Settings of the C library with which freed memory goes back to the system: one arena for all
threads takes 20 MB less for each submission, arrays in mappings of their own another 50 MB."""

START_LIMIT = 120.0
"""Seconds that the imports may take on a machine with much else to do."""


class ForkServer:
    """Starts a fork server and passes it submissions; all threads of this process may use it.

    Args:
        world: The world to grade in; the server gets it without seed and labels.
        log: File that takes what it prints.
    """

    def __init__(self, world: World, log: Path) -> None:
        self._world = replace(world, seed=0, labels={})
        self._log = log
        self._lock = threading.Lock()
        self._start()

    def _start(self) -> None:
        from autograder.grading.sandbox import clean_environment

        self._socket, theirs = socket.socketpair()
        # -P: never import from the working folder.
        command = [
            sys.executable,
            "-P",
            "-m",
            "autograder.grading.processes.fork_server",
            str(theirs.fileno()),
        ]
        with theirs, open(self._log, "ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=clean_environment({**ALLOCATION, "PYTHONPATH": str(ROOT)}),
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is meant for the main process
            )
        self._ready = False
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:
            pickle.dump(self._world, pipe)

    def grade(self, task: "Task") -> "Graded":
        """Grade a submission in a supervisor of its own.

        Raises:
            GradingFailedError: The server does not start, or the supervisor failed.
        """
        ours, theirs = Pipe()
        with ours:
            with theirs, self._lock:
                if self._process.poll() is not None:  # somebody has killed it
                    self._socket.close()
                    self._start()
                self._wait_until_ready()
                try:
                    socket.send_fds(self._socket, [READY], [theirs.fileno()])
                except OSError:
                    raise GradingFailedError("the process to fork from ended") from None
            try:
                ours.send_bytes(str(len(task.course)).encode())
                ours.send(task)
                answer: Graded | GradingFailedError = ours.recv()
            except (EOFError, OSError):
                raise GradingFailedError("the judging process ended", before_code=False) from None
        if isinstance(answer, GradingFailedError):
            raise answer
        return answer

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        self._socket.settimeout(START_LIMIT)
        with contextlib.suppress(TimeoutError):
            self._ready = self._socket.recv(1) == READY
        if not self._ready:
            raise GradingFailedError(f"the process to fork from did not start{self._last_words()}")
        self._socket.settimeout(None)

    def _last_words(self) -> str:
        """The last line that it printed, in brackets, where that can be read."""
        with contextlib.suppress(OSError):
            if lines := self._log.read_text(errors="replace").strip().splitlines():
                return f" ({lines[-1].strip()})"
        return ""

    def close(self) -> None:
        """End it, and everything that was forked from it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()


def main() -> None:
    """Fork a supervisor for each connection that comes through the socket of the given number."""
    from autograder.grading.processes.prefork import import_everything

    door = socket.socket(fileno=int(sys.argv[1]))
    import_everything()
    import_module("autograder.grading.processes.supervisor")
    import_module("autograder.services.lifetime.preload_world").preload(
        pickle.load(sys.stdin.buffer)
    )
    gc.collect()
    gc.freeze()  # forks share the memory of objects that their garbage collector does not touch
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors are not waited for
    door.sendall(READY)
    while True:
        word, descriptors, _, _ = socket.recv_fds(door, 1, 1)
        if not word:
            return
        connection = Connection(descriptors[0])
        try:
            forked = patiently(os.fork)
        except OSError as problem:  # too many processes for long: only this submission fails
            connection.send(GradingFailedError(f"no process could be started: {problem.strerror}"))
        else:
            if not forked:
                door.close()
                _supervise(connection)
        connection.close()


def _failure(problem: BaseException) -> GradingFailedError:
    """Why there is no grade, on one line."""
    lines = str(problem).strip().splitlines() or [""]
    if isinstance(problem, GradingFailedError):
        return GradingFailedError(lines[-1], problem.before_code)
    return GradingFailedError(f"{type(problem).__name__}: {lines[-1]}", before_code=False)


def _supervise(connection: Connection) -> NoReturn:
    """Be a supervisor."""
    from autograder.grading.processes.supervisor import serve
    from autograder.grading.sandbox import die_with_parent

    try:
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        serve(connection)
    except BaseException as problem:
        traceback.print_exc()
        connection.send(_failure(problem))
    finally:
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
