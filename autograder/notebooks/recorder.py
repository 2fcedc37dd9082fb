"""Run solutions and known mistakes in an IPython shell, and read the evidence that they leave."""

import contextlib
import gc
import io
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol
from unittest import mock

import numpy as np

from autograder.checks.check import claims_of, concluded
from autograder.checks.exercises import exercise as find
from autograder.checks.notebook.cells import exercise_id, given_id
from autograder.checks.notebook.names import is_course_call
from autograder.checks.notebook.session import Session
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.guard import quiet
from autograder.checks.reading.workspace import Workspace
from autograder.notebooks.source import Manifest, Notebook
from autograder.patches import PRACTICE
from autograder.services import Services, ServicesClient
from utils.errors import CourseError
from utils.reference import S3_HOST


class RunningServices(Protocol):
    """Running offline services: `autograder.services.Services` or `ForkedServices`."""

    environment: dict[str, str]

    @property
    def client(self) -> ServicesClient:
        """Their client."""


Starting = AbstractContextManager[RunningServices]


class Recorder:
    """Runs a notebook's cells and the variants of its exercises in the process's IPython shell."""

    def __init__(self, client: ServicesClient, folder: Path, world: Path) -> None:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        config = Config()
        config.HistoryManager.enabled = False
        self.shell = InteractiveShell.instance(config=config)
        self.client = client
        self.folder = folder
        self.world = world
        self._watch()
        self.start()

    def start(self) -> None:
        """Begin a new notebook: empty the shell and the folder."""
        self.close()
        self.shell.reset(new_session=True)
        self._watch()
        self.start_folder()

    def _watch(self) -> None:
        self.session = Session(self.shell)
        self.session.watch()

    def start_folder(self) -> None:
        """Make the working folder empty, and change to it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        os.chdir(self.folder)

    def close(self) -> None:
        """Stop watching, and collect the answers' garbage."""
        self.session.unwatch()
        with quiet():
            gc.collect()

    def run(self, code: str, cell_id: str) -> BaseException | None:
        """Run one cell without output; returns the exception that stopped it, if any."""
        import matplotlib.pyplot as plt
        from matplotlib.backend_bases import FigureCanvasBase
        from matplotlib.figure import Figure

        with (
            contextlib.redirect_stdout(io.StringIO()),
            quiet(),
            # Not needed, and slower than most answers: to lay out tracebacks and figures.
            mock.patch.object(self.shell, "showtraceback", _nothing),
            mock.patch.object(Figure, "tight_layout", _nothing),
            mock.patch.object(FigureCanvasBase, "draw_idle", _nothing),
        ):
            result = self.shell.run_cell(code, cell_id=cell_id)
            plt.close("all")
        problem = result.error_before_exec or result.error_in_exec
        return problem if isinstance(problem, BaseException) else None

    def given(self, code: str) -> None:
        """Run a given cell.

        Raises:
            CourseError: It fails.
        """
        self._must_run(code, given_id("recording"))

    def solved(self, manifest: Manifest) -> None:
        """Run an exercise's solution, for the cells that follow.

        Raises:
            CourseError: It fails.
        """
        self._must_run(manifest.solution, exercise_id(manifest.number))

    def _must_run(self, code: str, cell_id: str) -> None:
        problem = self.run(code, cell_id)
        if problem is not None:
            raise CourseError(
                f"This cell failed with {problem!r}:\n{code}", "a cell that runs", "Mend the source"
            )

    @contextlib.contextmanager
    def replaying(self, number: int) -> Iterator[None]:
        """Put names, runs and files back afterwards, so that each variant starts alike.

        Args:
            number: The exercise. If it looks at requests and uploads, the services are reset.
        """
        names = {key: _copy(value) for key, value in self.shell.user_ns.items()}
        runs = list(self.session.runs)
        if find(number).reads_services:
            self.client.reset()
        with self._files_kept():
            try:
                yield
            finally:
                with quiet():  # connections that an answer left open would complain
                    self.shell.user_ns.clear()
                self.shell.user_ns.update(names)
                self.session.runs[:] = runs

    @contextlib.contextmanager
    def _files_kept(self) -> Iterator[None]:
        """Put the files of the working folder back afterwards."""
        with contextlib.ExitStack() as stack:
            kept = None
            if any(self.folder.iterdir()):
                kept = stack.enter_context(tempfile.TemporaryDirectory())
                shutil.copytree(self.folder, kept, dirs_exist_ok=True)
            try:
                yield
            finally:
                if kept or any(self.folder.iterdir()):
                    self.start_folder()
                if kept:
                    shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def workspace(self, code: str, number: int) -> Workspace:
        """Run an answer to an exercise; returns what it left."""
        self.run(code, exercise_id(number))
        client = self.client if find(number).reads_services else None
        return self.session.workspace(number, client)

    def evidence(self, code: str, number: int) -> Evidence:
        """The evidence of an answer to an exercise; afterwards all is put back."""
        exercise = find(number)
        with self.replaying(number):
            workspace = self.workspace(code, number)
            with quiet():  # without a time limit: a busy computer must not change what is recorded
                return concluded(exercise, claims_of(exercise, workspace), workspace)


def _nothing(*_: Any, **__: Any) -> None:
    """Stands for what is not needed."""


def _copy(value: Any) -> Any:
    """A copy of an array, so that code that writes into it cannot spoil it; else the value."""
    return value.copy() if type(value) is np.ndarray else value


@contextlib.contextmanager
def recorder(
    world: Path = PRACTICE, start: Callable[[Path], Starting] = Services
) -> Iterator[Recorder]:
    """A recorder on offline services.

    Args:
        world: Folder of the world that they serve.
        start: Starts them, given the folder; a context manager.
    """
    with tempfile.TemporaryDirectory() as temporary, start(world) as services:
        environment = {
            "MPLBACKEND": "agg",
            "IPYTHONDIR": temporary,
            # The next recorder in this process may serve another world under the same addresses.
            "CPL_VSIL_CURL_NON_CACHED": f"/vsicurl/https://{S3_HOST}",
            **services.environment,
        }
        before = Path.cwd()
        try:
            with mock.patch.dict(os.environ, environment):
                _forget_proxy()
                with _garbage_of_answers_only():
                    player = Recorder(services.client, Path(temporary) / "work", world)
                    try:
                        yield player
                    finally:
                        player.close()
                        os.chdir(before)
        finally:
            _forget_proxy()


@contextlib.contextmanager
def _garbage_of_answers_only() -> Iterator[None]:
    """Leave what is there before the answers, all libraries, out of each search for garbage."""
    with quiet():
        gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _forget_proxy() -> None:
    """Have urllib read the environment again: it remembers the proxy of its first use."""
    urllib.request.install_opener(urllib.request.build_opener())


def exercises_in_place(
    player: Recorder, notebook: Notebook, *, examples: bool = True
) -> Iterator[Manifest]:
    """Each exercise of a notebook, with everything before it solved and run.

    Cells that only call the course are left out: recording starts services and watches itself.

    Args:
        player: Runs them.
        notebook: The notebook.
        examples: Whether worked examples are run. They are written for the patches of the course,
            and no exercise on a patch needs them.
    """
    player.start()
    for cell in notebook.cells:
        if cell.exercise:
            yield cell.exercise
            player.solved(cell.exercise)
        elif cell.kind == "given" and (examples or cell.locked) and not is_course_call(cell.source):
            player.given(cell.source)
