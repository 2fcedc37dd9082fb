"""The children of a supervisor, in which submitted code runs.

They are forked before the supervisor gets its task, so that their memory holds no secret.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.messages import Message, PipeContact, receive, send
from autograder.grading.limits import Limits
from autograder.grading.processes.guardian import Guardian
from autograder.grading.sandbox import NetworkBroker, confine, die_with_parent, readable_paths
from autograder.services.patience import patiently


@dataclass(frozen=True)
class Child:
    """A process that waits to be told what to run.

    Attributes:
        pid: Its number.
        connection: The way to it.
        broker: Its way to the network.
        guardian: Watches it, and the others of the same submission.
    """

    pid: int
    connection: Connection
    broker: NetworkBroker
    guardian: Guardian


def fork_children(count: int, private: Sequence[Connection]) -> list[Child]:
    """Fork children, which then wait for `start`. Their memory holds what ours holds now.

    Args:
        count: How many.
        private: Our connections, which the children must not keep open.
    """
    waiting: list[tuple[int, Connection, NetworkBroker]] = []
    for _ in range(count):
        ours, theirs = Pipe()
        broker = NetworkBroker()
        pid = patiently(os.fork)
        if not pid:
            for connection in (ours, *private, *(connection for _, connection, _ in waiting)):
                connection.close()
            _serve(theirs, broker)
        theirs.close()
        waiting.append((pid, ours, broker))
    others = [thing for _, connection, broker in waiting for thing in (connection, broker)]
    guardian = Guardian([*private, *others])
    return [Child(*each, guardian) for each in waiting]


def _serve(connection: Connection, broker: NetworkBroker) -> NoReturn:
    """Be a child: wait for the order, run it, end."""
    try:
        die_with_parent()
        os.setsid()  # Linux may share the processor by session: many threads gain nothing
        order = receive(connection).content
        try:
            _settle_in(order, connection, broker)
            from autograder.grading.running.runner import run_cells
        except BaseException:
            send(connection, Message("failed", {"why": traceback.format_exc()}))
            raise
        contact = PipeContact(connection)
        run_cells([Cell(**cell) for cell in order["cells"]], contact, Limits(**order["limits"]))
        contact.done()
    finally:
        os._exit(0)


def _settle_in(order: dict[str, Any], connection: Connection, broker: NetworkBroker) -> None:
    """Let go of what the parent had open and set, and shut this process in if the order says so."""
    from autograder.grading.processes.prefork import after_fork

    folder, limits = Path(order["folder"]), Limits(**order["limits"])
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    sys.path[:] = [path for path in sys.path if path]
    after_fork()
    if order["confined"]:
        readable = [*readable_paths(), *map(Path, order["readable"])]
        confine(folder, readable, broker, limits, keep=[connection.fileno()])


def start(child: Child, cells: Sequence[Cell], **order: Any) -> None:
    """Tell a child what to run.

    Args:
        child: The process.
        cells: What it runs.
        order: What `_settle_in` and `_serve` read, and the ``port`` of the offline services.
    """
    if order["confined"]:
        child.broker.open(order["port"])
    content = {"cells": [asdict(cell) for cell in cells], **order}
    send(child.connection, Message("run", content))
