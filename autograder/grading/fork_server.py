"""The process from which all processes that grade are forked; it imports nbgrader once."""

import multiprocessing
from multiprocessing import forkserver

CONTEXT = multiprocessing.get_context("forkserver")
"""How processes are made: from a process with imports and one thread, nothing else."""


def start_fork_server() -> None:
    """Start it, without waiting until it is ready."""
    CONTEXT.set_forkserver_preload(["autograder.grading.worker"])
    forkserver.ensure_running()
