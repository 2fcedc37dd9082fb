"""Record expectations: run each solution and each known mistake, and keep what they leave."""

import contextlib
import io
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from autograder.checks import expectation as expectations
from autograder.checks.catch_up import RECORDED, values_file, write_values
from autograder.checks.check import evidence_of
from autograder.checks.compare import reduce, sample_positions
from autograder.checks.exercise import Exercise
from autograder.checks.exercises import exercise as find
from autograder.checks.expectation import Expectation, Variant
from autograder.checks.facts import Evidence, Fact
from autograder.checks.guard import quiet
from autograder.checks.session import Session
from autograder.checks.workspace import Workspace
from autograder.notebooks.source import Change, Manifest, Notebook, read_all
from autograder.patches import PRACTICE, World
from autograder.services import Services, ServicesClient
from utils.errors import CourseError
from utils.reference import PRACTICE_PATCH_URL

START = "start"
"""Name of the first given cell: recording brings its own services and watches by itself."""

PATCH_EXERCISES = (3, 4, 5)
"""Exercises that a learner may do on any patch that is served."""


class Recorder:
    """Replays a notebook's cells and the variants of its exercises in one IPython shell."""

    def __init__(self, client: ServicesClient, folder: Path) -> None:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        config = Config()
        config.HistoryManager.enabled = False
        self.shell = InteractiveShell.instance(config=config)
        self.client = client
        self.folder = folder
        self._watch()
        self.start()

    def start(self) -> None:
        """Forget everything: a new notebook begins."""
        self.close()
        self.shell.reset(new_session=True)
        self._watch()
        self.start_folder()

    def _watch(self) -> None:
        self.session = Session(self.shell)
        self.session.watch()

    def start_folder(self) -> None:
        """An empty working folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        os.chdir(self.folder)

    def close(self) -> None:
        """Stop watching."""
        self.session.unwatch()

    def run(self, code: str, cell_id: str) -> BaseException | None:
        """Run one cell without a word; returns the exception that stopped it."""
        import matplotlib.pyplot as plt

        with contextlib.redirect_stdout(io.StringIO()), quiet():
            result = self.shell.run_cell(code, cell_id=cell_id)
            plt.close("all")
        problem = result.error_before_exec or result.error_in_exec
        return problem if isinstance(problem, BaseException) else None

    def given(self, code: str) -> None:
        """Run a given cell or a solution, which must not fail."""
        self._must_run(code, "given-recording")

    def solved(self, manifest: Manifest) -> None:
        """Run an exercise's solution, for the cells that follow."""
        self._must_run(manifest.solution, f"exercise-{manifest.number}")

    def _must_run(self, code: str, cell_id: str) -> None:
        problem = self.run(code, cell_id)
        if problem is not None:
            raise CourseError(
                f"This cell failed with {problem!r}:\n{code}", "a cell that runs", "Mend the source"
            )

    @contextlib.contextmanager
    def replaying(self) -> Iterator[None]:
        """Put names, runs and files back afterwards: each variant starts from the same place."""
        names = {key: _copy(value) for key, value in self.shell.user_ns.items()}
        runs = list(self.session.runs)
        with tempfile.TemporaryDirectory() as kept:
            shutil.copytree(self.folder, kept, dirs_exist_ok=True)
            self.client.reset()
            try:
                yield
            finally:
                self.shell.user_ns.clear()
                self.shell.user_ns.update(names)
                self.session.runs[:] = runs
                self.start_folder()
                shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def workspace(self, code: str, number: int) -> Workspace:
        """Run an exercise's cell and say what it left."""
        self.run(code, f"exercise-{number}")
        client = self.client if find(number).reads_services else None
        return self.session.workspace(number, client)

    def evidence(self, code: str, number: int) -> Evidence:
        """What an answer leaves behind."""
        with self.replaying():
            workspace = self.workspace(code, number)
            with quiet():
                return evidence_of(find(number), workspace)


def _copy(value: Any) -> Any:
    """A copy of an array, so that a mistake that writes into it spoils nothing."""
    return value.copy() if type(value) is np.ndarray else value


@contextlib.contextmanager
def recorder(world: Path = PRACTICE) -> Iterator[Recorder]:
    """A recorder on offline services that serve ``world``."""
    with tempfile.TemporaryDirectory() as temporary, Services(world=world) as services:
        environment = {**services.environment, "MPLBACKEND": "agg", "IPYTHONDIR": temporary}
        before = Path.cwd()
        try:
            with mock.patch.dict(os.environ, environment):
                _forget_proxy()
                player = Recorder(services.client, Path(temporary) / "work")
                try:
                    yield player
                finally:
                    player.close()
                    os.chdir(before)
        finally:
            _forget_proxy()


def _forget_proxy() -> None:
    """Have urllib read the environment again: it remembers the proxy of its first use."""
    urllib.request.install_opener(urllib.request.build_opener())


def record(world: Path = PRACTICE, only: Iterable[int] = ()) -> list[Path]:
    """Record the expectations of a world into its ``expectations`` folder.

    Args:
        world: Folder of the world.
        only: Numbers of the exercises to record (default: all).
    """
    wanted, files = set(only), []
    with recorder(world) as player:
        urls = list(World.load(world).patches)
        for notebook in read_all():
            if wanted and wanted.isdisjoint(item.number for item in notebook.exercises):
                continue
            for manifest in exercises_in_place(player, notebook):
                if wanted and manifest.number not in wanted:
                    continue
                for url in urls if manifest.number in PATCH_EXERCISES else [PRACTICE_PATCH_URL]:
                    expectation = record_exercise(player, on_patch(manifest, url))
                    file = expectations.path(world / "expectations", manifest.number, url)
                    expectations.write(file, expectation)
                    files.append(file)
                if manifest.number in RECORDED:
                    files.append(record_values(player, manifest, world / "expectations"))
    return files


def record_values(player: Recorder, manifest: Manifest, folder: Path) -> Path:
    """Store the results of an exercise for learners who are stuck; returns the file."""
    file = values_file(folder, manifest.number)
    with player.replaying():
        player.solved(manifest)
        write_values(file, manifest.number, player.shell.user_ns)
    return file


def exercises_in_place(player: Recorder, notebook: Notebook) -> Iterator[Manifest]:
    """Each exercise of a notebook, with everything before it solved and run."""
    player.start()
    for cell in notebook.cells:
        if cell.exercise:
            yield cell.exercise
            player.solved(cell.exercise)
        elif cell.kind == "given" and cell.name != START:
            player.given(cell.source)


def on_patch(manifest: Manifest, url: str) -> Manifest:
    """The exercise with another patch's address in its code."""
    old, new = (address.rsplit("SENTINEL2/", 1)[-1] for address in (PRACTICE_PATCH_URL, url))
    return Manifest(**{**vars(manifest), "code": manifest.code.replace(old, new)})


def record_exercise(player: Recorder, manifest: Manifest) -> Expectation:
    """Run the solution, the accepted answers and the mistakes of one exercise."""
    solution, others = rehearse(player, manifest)
    return expectation_of(manifest, solution, others)


def rehearse(player: Recorder, manifest: Manifest) -> tuple[Evidence, list[Evidence]]:
    """What the solution leaves behind, and what each accepted answer and each mistake does."""
    changes = (*manifest.accepted, *manifest.mistakes)
    answers = [manifest.solution, *(change.apply(manifest.solution) for change in changes)]
    solution, *others = (player.evidence(code, manifest.number) for code in answers)
    return solution, others


def expectation_of(manifest: Manifest, solution: Evidence, others: list[Evidence]) -> Expectation:
    """Reduce what `rehearse` saw to an expectation.

    Raises:
        CourseError: The source gives points to other aspects than the checker looks at.
    """
    exercise = find(manifest.number)
    looked_at = {spec.aspect for spec in exercise.facts if spec.aspect}
    if looked_at != set(manifest.aspects):
        raise CourseError(
            f"Exercise {manifest.number} gives points for {', '.join(manifest.aspects)}",
            f"points for {', '.join(sorted(looked_at))}",
            "Name the same aspects in solutions/*.md",
        )
    kept = {
        spec.name: _kept(solution[spec.name], [other[spec.name] for other in others])
        for spec in exercise.facts
    }
    variants = [
        _variant(exercise, change, evidence, kept)
        for change, evidence in zip((*manifest.accepted, *manifest.mistakes), others, strict=True)
    ]
    return Expectation(
        manifest.number,
        manifest.title,
        manifest.aspects,
        kept,
        tuple(variants[: len(manifest.accepted)]),
        tuple(variants[len(manifest.accepted) :]),
        manifest.hints,
        manifest.messages,
        manifest.see,
    )


def _kept(fact: Fact, others: list[Fact]) -> Fact:
    """The solution's fact, sampled also where the other answers differ from it."""
    if fact["kind"] != "array":
        return fact
    arrays = [other["array"] for other in others if other["kind"] == "array"]
    return reduce(fact, sample_positions(fact["array"], arrays))


def _variant(
    exercise: Exercise, change: Change, evidence: Evidence, kept: dict[str, Fact]
) -> Variant:
    """The facts in which an answer differs from the solution."""
    facts = {}
    for spec in exercise.facts:
        fact = evidence[spec.name]
        if spec.difference(evidence, kept[spec.name]) is None:
            continue
        same_shape = fact["kind"] == "array" and fact["shape"] == kept[spec.name].get("shape")
        positions = np.array(kept[spec.name]["positions"]) if same_shape else None
        facts[spec.name] = reduce(fact, positions)
    return Variant(change.name, change.message, facts)
