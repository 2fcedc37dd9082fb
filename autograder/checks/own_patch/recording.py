"""What is right on a learner's patch: recorded by a process beside the kernel, and waited for.

Recording runs the course's solutions, which changes the working folder, the environment and much
else: nothing for the process of a learner's own code.
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO

from autograder.checks.judging import expectation
from autograder.checks.own_patch.patch_world import COMPLETE, EXPECTATIONS
from autograder.root import ROOT

LONGEST = 60.0
"""Seconds after which a check no longer waits; it takes one or two."""

_STEP = 0.02


class Recordings:
    """The recordings that this kernel has started, one for each patch."""

    def __init__(self) -> None:
        self._running: dict[Path, subprocess.Popen[bytes]] = {}

    def wait_for(self, world: Path, numbers: Collection[int]) -> bool:
        """Whether what is right in some exercises is known; it is recorded where it is not.

        Args:
            world: Folder of the patch's world.
            numbers: The exercises; the last one is asked for, and the others are needed for it.
        """
        files = [expectation.path(world / EXPECTATIONS, number) for number in numbers]
        if world not in self._running and not (world / COMPLETE).is_file():
            self._running[world] = _start(world, max(numbers))
        until = time.monotonic() + LONGEST
        while not all(file.is_file() for file in files):
            process = self._running.get(world)
            if process is None or process.poll() is not None or time.monotonic() > until:
                return all(file.is_file() for file in files)
            time.sleep(_STEP)
        return True


def _start(world: Path, number: int) -> subprocess.Popen[bytes]:
    """Start recording; it ends with this kernel."""
    # -P: a file of the learner's that is called autograder.py is not ours.
    command = [sys.executable, "-P", "-m", "autograder.notebooks.on_the_spot"]
    process = subprocess.Popen(
        [*command, str(world), str(number)],
        stdin=subprocess.PIPE,  # it ends when this kernel does
        stdout=subprocess.DEVNULL,
        stderr=_log(world),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,  # an interrupt of the kernel is not meant for it
    )
    atexit.register(_stop, process)
    return process


def _log(world: Path) -> IO[bytes]:
    with contextlib.suppress(OSError):
        return open(world / "recording.log", "wb")
    return tempfile.TemporaryFile()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End it, its services included."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
