"""A notebook's cells run one by one: in this process's IPython, or in a kernel of its own."""

import contextlib
import gc
import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.manager import start_new_kernel
from traitlets.config import Config

from autograder.checks.check import Checker
from autograder.checks.exercises import every_exercise
from autograder.checks.notebook.elsewhere import Elsewhere
from autograder.checks.notebook.session import Session
from autograder.notebooks.run import run_notebook
from autograder.notebooks.source import Manifest, read_all

EXERCISES: Mapping[int, Manifest] = {
    item.number: item for notebook in read_all() for item in notebook.exercises
}

START = (
    "from autograder import answer, catch_up, check, hint, progress, rehearse, start_course\n\n"
    "start_course()"
)


class Notebook:
    """A watched IPython shell. Exercise cells get their ids, as in JupyterLab."""

    def __init__(self, client: object = None) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        self.shell = InteractiveShell.instance(config=config)
        gc.freeze()  # IPython searches for garbage here, which takes as long as much is imported
        self.shell.reset(new_session=True)
        gc.unfreeze()
        # There is one shell in each process: in it no earlier test watches files any more.
        for called in self.shell.events.callbacks.values():
            called[:] = [
                one for one in called if type(getattr(one, "__self__", 0)) is not Elsewhere
            ]
        vars(self.shell).pop("refusals", None)
        self.session = Session(self.shell)
        self.session.watch()
        self.checker = Checker(self.session, client)

    def run(self, code: str, cell_id: str | None = None) -> str:
        """Run a cell; returns what it printed."""
        return self.send(code, {"cellId": cell_id} if cell_id else {})

    def send(self, code: str, metadata: Mapping[str, Any]) -> str:
        """Run a cell with the metadata that a front-end sends; returns what it printed."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.shell.run_cell(code, cell_id=metadata.get("cellId"), cell_meta=metadata)
        return printed.getvalue()

    def answer(self, number: int, code: str) -> str:
        """Run an exercise's own cell."""
        return self.run(code, f"exercise-{number}")

    def solve(self, number: int) -> None:
        """Run an exercise's cell with the solution in it."""
        self.answer(number, EXERCISES[number].solution)

    def solve_from_the_start(self, number: int) -> None:
        """Run an exercise's solution, and before it those of the exercises that it builds on."""
        words = set(re.findall(r"\w+", EXERCISES[number].solution))
        for earlier in every_exercise():
            if earlier.number < number and not words.isdisjoint(earlier.results):
                self.solve_from_the_start(earlier.number)
        self.solve(number)

    def offer(self, name: str, do: Callable[[int], object]) -> None:
        """Bind a call of the course, such as ``check``, to something that takes a number."""

        def call(number: int) -> None:
            do(number)

        call.__module__ = "autograder"
        self.shell.user_ns[name] = call

    def workspace(self, number: int) -> Any:
        """What the exercise may read now."""
        return self.session.workspace(number)

    def close(self) -> None:
        """Stop watching."""
        self.session.unwatch()


def run_cells(codes: list[str], environment: Mapping[str, str], folder: Path) -> list[Any]:
    """Run cells with nbclient, which sends no cell ids; returns them with their outputs."""
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    notebook = nbformat.v4.new_notebook(cells=cells)
    return list(run_notebook(notebook, environment, folder).cells)


@contextlib.contextmanager
def lab_kernel(environment: Mapping[str, str], folder: Path, asks: bool = False) -> Iterator[Any]:
    """A kernel to which cells are sent with their ids, as JupyterLab does.

    Args:
        environment: Its variables.
        folder: Its working folder.
        asks: Whether input is offered, as by all front-ends with a learner before them.

    Yields:
        A function: code and cell id (or all metadata that a front-end sends) in, ``text/plain`` of
        the result (or the error) out.
    """
    manager, client = start_new_kernel(
        kernel_name="python3",
        env=dict(environment),
        cwd=str(folder),
        extra_arguments=["--log-level=ERROR"],
    )

    def run(code: str, sent: str | Mapping[str, Any]) -> str:
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": asks,
            "stop_on_error": True,
        }
        message = client.session.msg("execute_request", content)
        message["metadata"] = {"cellId": sent} if isinstance(sent, str) else dict(sent)
        client.shell_channel.send(message)
        shown = ""
        while True:
            reply = client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            content = reply["content"]
            if reply["msg_type"] == "execute_result":
                shown = content["data"]["text/plain"]
            elif reply["msg_type"] == "error":
                shown = "\n".join(content["traceback"])
            elif reply["msg_type"] == "status" and content["execution_state"] == "idle":
                return shown

    try:
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def points(notebook: Any) -> list[tuple[str, str]]:
    """Points earned and possible, as the cards of a notebook tell them."""
    shown = [
        output["data"].get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if cell.id.startswith("check-") and "data" in output
    ]
    return [
        (found[1], found[2])
        for text in shown
        if (found := re.search(r"([\d.]+) of ([\d.]+) points", text))
    ]
