"""Real Jupyter kernels: what a submission's process does is held against what they do.

Nothing is shut in here, and each notebook takes seconds to start and to end.
"""

import os
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from multiprocessing.connection import Listener
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from unittest import mock

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.handed_in.submitted_notebook import Submitted
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.messages import (
    BrokenMessageError,
    Contact,
    Message,
    receive,
    send,
)
from autograder.grading.limits import Limits
from autograder.grading.processes import supervisor
from autograder.grading.processes.children import Child
from autograder.grading.processes.submission_judge import answer
from autograder.grading.sandbox import clean_environment, home_in
from autograder.root import ROOT

INSIDE = "__import__('tests.grading.running.kernel_side', fromlist=['_'])"
"""Expression for `kernel_side` that leaves no name behind."""


class Client(AsyncKernelClient):
    """Tells a kernel the ids of cells, as JupyterLab does and nbclient does not."""

    cell_metadata: Mapping[str, Any] = MappingProxyType({})

    def execute(self, *args: Any, **options: Any) -> str:
        """Send the code of the cell with `cell_metadata`."""
        tell = partial(self.session.msg, metadata=dict(self.cell_metadata))
        with mock.patch.object(self.session, "msg", tell):
            return super().execute(*args, **options)


def run_in_kernel(
    cells: Sequence[Cell],
    contact: Contact,
    environment: Mapping[str, str],
    folder: Path,
    limits: Limits,
) -> str:
    """Run the code cells of a notebook in a kernel of their own, and hand over what was made.

    Args:
        cells: The cells, check cells included.
        contact: Takes outputs and evidence.
        environment: Variables of the offline services.
        folder: Working folder.
        limits: Only the time that a cell may take is looked at.

    Returns:
        Why it ended early, or an empty string.
    """
    variables = {**clean_environment(home_in(folder)), **environment, "PYTHONPATH": str(ROOT)}
    del variables["MPLBACKEND"]  # a kernel draws into the notebook
    manager = AsyncKernelManager(kernel_name="python3", client_factory=Client)
    client = NotebookClient(
        new_notebook(),
        km=manager,
        timeout=round(limits.cell_seconds),
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "CellTimeoutError", "evalue": "", "traceback": []},
        allow_errors=True,
        coalesce_streams=True,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    with (
        TemporaryDirectory(prefix="kernel-") as place,
        Listener(f"{place}/door", "AF_UNIX") as door,
        # A kernel of the same name that was installed for another Python is not meant.
        mock.patch.dict(os.environ, JUPYTER_PREFER_ENV_PATH="1"),
    ):
        threading.Thread(target=_attend, args=(door, contact), daemon=True).start()
        with client.setup_kernel(env=variables, cleanup_kc=True):
            assert isinstance(client.kc, Client)
            checks = [cell.exercise for cell in cells if cell.kind == "check"]
            client.kc.execute(f"{INSIDE}.enter({door.address!r}, {checks})", silent=True)
            try:
                for cell in cells:
                    _run(client, cell, contact)
            except DeadKernelError:
                return "the Python process ended"
            except CellTimeoutError:
                return f"a cell ran longer than {limits.cell_seconds:g} s"
    return ""


class KernelRun(supervisor.SubmissionRun):
    """Runs the notebooks of a submission in kernels."""

    def run_cells(self, child: Child, submitted: Submitted) -> str:
        """See `SubmissionRun`; the child stays unused."""
        environment, limits = self.services.environment, self.task.limits
        reason = run_in_kernel(submitted.cells, self.judge, environment, self.folder, limits)
        return self.stop(reason, supervisor.place_of(self.judge.running)) if reason else ""


def _run(client: NotebookClient, cell: Cell, contact: Contact) -> None:
    """Run one cell; a check cell hands over evidence instead of what is written in it."""
    contact.begin(cell.index)
    check = cell.kind == "check"
    assert isinstance(client.kc, Client)
    client.kc.cell_metadata = {**cell.metadata, "cellId": cell.id}
    node = new_code_cell(f"{INSIDE}.hand_over({cell.exercise})" if check else cell.source)
    client.nb.cells.append(node)
    client.execute_cell(node, len(client.nb.cells) - 1)
    contact.end(cell.index, [] if check else node.outputs)


def _attend(door: Listener, contact: Contact) -> None:
    """Answer what a kernel says."""
    with door.accept() as connection:
        while True:
            try:
                message = receive(connection)
            except (EOFError, BrokenMessageError):
                return
            reply = answer(contact, message.word, message.content, message.parts)
            send(connection, Message("answer", *(reply or ({}, ()))))
