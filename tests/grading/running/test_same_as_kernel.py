"""Cells leave the same behind in a submission's process as in a real Jupyter kernel."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.course import read_sources
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.limits import Limits
from autograder.grading.processes import supervisor
from autograder.grading.processes.fork_server import ForkServer
from autograder.grading.processes.task import Task
from autograder.notebooks.source import Notebook, read_all
from autograder.patches import PRACTICE, World
from autograder.services.lifetime.instance import Instance
from tests.grading.running.kernels import KernelRun, run_in_kernel
from tests.grading.running.notebook_run import Output, Seen, cells, run
from tests.grading.whole_class.classroom import hand_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The working folder: the same for both, because it shows in evidence."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def both(notebook: list[Cell], folder: Path) -> tuple[Seen, Seen]:
    """The same cells in a submission's process and in a kernel, with fresh services for each."""
    seen = []
    for real in (False, True):
        services = Instance(World.load(PRACTICE), control=False, only_own_authority=True)
        try:
            if real:
                seen.append(Seen(hashed=True))
                ended = run_in_kernel(notebook, seen[-1], services.environment, folder, Limits())
                assert not ended
            else:
                seen.append(run(notebook, folder, services.environment, hashed=True))
        finally:
            services.close()
        for file in folder.iterdir():
            if file.is_file():
                file.unlink()
    return seen[0], seen[1]


# --- evidence -------------------------------------------------------------------------------------


def every_known_answer(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """The cells of a notebook; each exercise is answered in all known ways, rightly at last."""
    given = 0
    for cell in notebook.cells:
        if cell.kind == "given":
            given += 1
            yield f"given-{given:02d}", cell.source
        elif cell.exercise:
            solution = cell.exercise.solution
            mistakes = (mistake.apply(solution) for mistake in cell.exercise.mistakes)
            for answer in (cell.exercise.starter, *mistakes, solution):
                yield f"exercise-{cell.exercise.number}", answer
                yield f"check-{cell.exercise.number}", ""


@pytest.mark.parametrize("notebook", read_all(), ids=lambda notebook: notebook.name)
def test_every_known_answer_leaves_the_same_evidence(notebook: Notebook, folder: Path) -> None:
    every = cells(*every_known_answer(notebook))
    ours, kernels = both(every, folder)
    assert len(ours.handed) == sum(cell.kind == "check" for cell in every)
    for one, other in zip(ours.handed, kernels.handed, strict=True):
        answer = every[one[0] - 1].source
        assert json.loads(one[2].description) == json.loads(other[2].description), answer
        assert one[2].arrays == other[2].arrays, answer


# --- verdicts -------------------------------------------------------------------------------------


def test_verdicts_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mistakes = {
        exercise.number: exercise.mistakes[0].apply(exercise.solution)
        for notebook in read_all()
        for exercise in notebook.exercises
    }
    assignment = hand_in(tmp_path, mistakes)
    task = Task(
        student="somebody",
        digest="",
        notebooks={file.stem: file.read_bytes() for file in assignment.iterdir()},
        problems={},
        notes=(),
        course=tuple(read_sources()),
        world=PRACTICE,
        scratch=tmp_path,
        limits=Limits(),
        confined=False,
    )
    fork_server = ForkServer(World.load(PRACTICE), tmp_path / "log")
    try:
        ours = fork_server.grade(task).record
    finally:
        fork_server.close()
    monkeypatch.setattr(supervisor, "SubmissionRun", KernelRun)
    # Kernels take the place of children, which stay unused.
    kernels = supervisor.grade(task, children=[None] * len(task.course)).record  # type: ignore[list-item]
    assert ours.rows == kernels.rows
    assert all((row.score or 0) < row.max_score and row.mistake for row in ours.rows)
    assert not kernels.stopped


# --- outputs --------------------------------------------------------------------------------------

NOTEBOOK = """
from autograder import answer, catch_up, check, hint, progress, rehearse, start_course

start_course()
# %%
1 / 0
# %%
def inverse(x):
    return 1 / x

inverse(0)
# %%
for
# %%
try:
    1 / 0
except ZeroDivisionError as problem:
    raise KeyError("k") from problem
# %%
raise KeyboardInterrupt("stop")
# %%
import sys

print("before")
sys.exit(3)
# %%
print("one")
print("two")
3
# %%
print("out")
print("wrong", file=sys.stderr)
# %%
import warnings

warnings.warn("careful")
# %%
import logging

logging.getLogger("learner").warning("careful")
# %%
import asyncio

await asyncio.sleep(0.01)
5
# %%
from IPython.display import HTML, clear_output, display

shown = display("a", display_id="q")
print(1)
shown.update("b")
display(HTML("<b>bold</b>"))
# %%
print(1)
clear_output()
print(2)
clear_output(wait=True)
print(3)
# %%
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.plot([1, 2])
# %%
fig
# %%
plt.gca().get_title()
# %%
%matplotlib inline
plt.plot([1]);
# %%
plt.subplots()
plt.show()
plt.subplots()
print("later")
# %%
import pandas as pd

pd.DataFrame({f"column{i}": [i * 1000] for i in range(20)})
# %%
print(_)
# %%
import threading

thread = threading.Thread(target=lambda: print("from a thread"))
thread.start()
thread.join()
# %%
class Unshowable:
    def _repr_html_(self):
        raise ValueError("no")

Unshowable()
# %%
class Chatty:
    def _repr_mimebundle_(self, **_):
        return {"text/plain": "1.5"}

Chatty()
# %%
___ + 1
# %%
__name__, type(get_ipython()).__name__, get_ipython().execution_count
# %%
import pickle

pickle.loads(pickle.dumps(Chatty())).__class__.__name__
# %%
5;
# %%
# nothing but words
# %%

# %%
breakpoint()
# %%
check(3)
# %%
hint(3)
# %%
progress()
# %%
catch_up(5)
"""


def test_outputs_are_those_of_a_kernel(folder: Path) -> None:
    notebook = cells(*NOTEBOOK.split("# %%\n"))
    ours, kernels = both(notebook, folder)
    for cell in notebook:
        one, other = (
            [plain(out) for out in seen.outputs.get(cell.index, [])] for seen in (ours, kernels)
        )
        assert one == other, cell.source


def plain(output: Output) -> Any:
    """An output without what differs each time: places in memory and of files, and pixels."""
    output = json.loads(json.dumps(output))
    if "data" in output:
        data = output["data"]
        picture = data.pop("image/png", None) or data.pop("image/jpeg", None)
        data["picture"] = picture is not None
    words = json.dumps(output)
    words = re.sub(r"0x[0-9a-f]+", "0x", words)
    return json.loads(re.sub(r'[^\s"]*/ipykernel_\d+/', "", words))
