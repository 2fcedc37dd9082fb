"""What honest submissions hand over, made by running known answers in a world."""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.checks.reading.workspace import Workspace
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.evidence import Packed, pack
from autograder.grading.processes.judge_exercise import Seen
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Manifest, read_all
from autograder.patches import PRACTICE
from autograder.root import ROOT


@dataclass(frozen=True)
class HandedOver:
    """One exercise of a submission, as it reaches the grader; plain data."""

    number: int
    packed: Packed
    source: str
    requests: Sequence[Mapping[str, Any]] = ()
    objects: Sequence[Mapping[str, Any]] = ()
    contents: Mapping[str, bytes] | None = None
    folder: Path = Path()

    @property
    def seen(self) -> Seen:
        """What the grader sees of it."""
        read = (self.contents or {}).__getitem__
        return Seen(self.requests, self.objects, read, self.folder)

    @property
    def cells(self) -> list[Cell]:
        """The notebook, reduced to the exercise's cell."""
        return [Cell(0, f"exercise-{self.number}", "exercise", self.number, self.source)]


def handed_over(workspace: Workspace, folder: Path) -> HandedOver:
    """What an exercise hands over from a folder."""
    contents = {item["path"]: workspace.read_object(item["path"]) for item in workspace.objects}
    return HandedOver(
        workspace.exercise,
        pack(workspace.exercise, workspace),
        workspace.source,
        list(workspace.requests),
        list(workspace.objects),
        contents,
        folder,
    )


def in_place(world: Path = PRACTICE) -> Iterator[tuple[Recorder, Manifest]]:
    """Each exercise of the course with everything before it solved."""
    with recorder(world) as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                yield player, manifest


def solved(world: Path, kept: Path) -> dict[int, HandedOver]:
    """What the solutions hand over in a world, by exercise.

    In a process of its own: GDAL remembers files by their address, whatever the world.

    Args:
        world: The world in which they run.
        kept: Folder for copies of what they wrote; must not exist.
    """
    command = [
        sys.executable,
        "-m",
        "tests.grading.handing_over.handed_over",
        str(world),
        str(kept),
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    found: dict[int, HandedOver] = pickle.loads((kept / "handed-over").read_bytes())
    return found


def _solve(world: Path, kept: Path) -> None:
    found = {}
    for player, manifest in in_place(world):
        with player.replaying(manifest.number):
            workspace = player.workspace(manifest.solution, manifest.number)
            folder = kept / str(manifest.number)
            shutil.copytree(player.folder, folder)
            found[manifest.number] = handed_over(replace(workspace, folder=folder), folder)
    (kept / "handed-over").write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    from tests.grading.handing_over.handed_over import (
        _solve as solve,  # so that pickle finds the class again
    )

    solve(Path(sys.argv[1]), Path(sys.argv[2]))
