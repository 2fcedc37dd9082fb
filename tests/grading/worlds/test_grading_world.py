"""The grading world: drawn from a seed, always fit to grade on, written whole or not at all."""

import base64
import contextlib
import io
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import shapely
from PIL import Image

from autograder.checks.exercises import MODULES, every_exercise
from autograder.checks.judging import expectation as expectations
from autograder.grading.results.store import fingerprint
from autograder.grading.sandbox import clean_environment
from autograder.grading.worlds import __main__ as worlds_command
from autograder.grading.worlds import grading_world as grading_world
from autograder.grading.worlds.grading_world import (
    SEEDS,
    course_digest,
    lacking,
    make_world,
    new_seed,
    practice_world,
)
from autograder.grading.worlds.world_picture import describe, preface_cells
from autograder.patches import PRACTICE, World
from autograder.patches.build_world import PRACTICE_BOUNDS, SECOND_BOUNDS
from autograder.patches.draw_footprint import draw_footprint, read_regions
from tests.grading.conftest import SEED
from utils.errors import CourseError
from utils.reference import PIXEL_SIZE


@pytest.fixture
def world(grading_world: Path) -> Path:
    """The grading world of all tests."""
    return grading_world


def test_same_seed_gives_the_same_bytes(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Recorder:
        def record(self, folder: Path) -> list[str]:
            shutil.copytree(world / "expectations", folder / "expectations")
            return []

    _with_recorder(monkeypatch, Recorder())
    make_world(tmp_path / "again", SEED)
    assert _contents(tmp_path / "again") == _contents(world)
    assert fingerprint(tmp_path / "again") == fingerprint(world)


def test_recording_gives_the_same_bytes_however_many_processes_do_it_and_where_it_is_spared(
    world: Path, tmp_path: Path
) -> None:
    shutil.copytree(world, tmp_path / "world")
    spared = [exercise.number for exercise in every_exercise() if exercise.every_world]
    assert spared == [1, 2]
    for number in (1, 2, 4, 10, 11):
        expectations.path(tmp_path / "world" / "expectations", number).unlink()
    code = (
        "from autograder.notebooks.record_expectations import *; "
        "from autograder.notebooks.workers import *; "
        "warm_up(); record(Path('world'), [1, 2, 4, 10, 11], workers=3)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=clean_environment(), check=True)
    assert _contents(tmp_path / "world") == _contents(world)


def test_a_world_holds_expectations_and_values_of_every_exercise(world: Path) -> None:
    names = {path.name for path in (world / "expectations").iterdir()}
    assert names == {path.name for path in (PRACTICE / "expectations").iterdir()}
    for number in MODULES:
        own, practice = (
            json.loads(expectations.path(folder / "expectations", number).read_text())
            for folder in (world, PRACTICE)
        )
        for kind in ("mistakes", "accepted"):
            recorded = [variant["name"] for variant in own[kind]]
            assert recorded[: len(practice[kind])] == [item["name"] for item in practice[kind]]


def test_a_world_has_every_edge_case_and_the_practice_world_says_what_it_lacks(
    world: Path,
) -> None:
    assert lacking(World.load(world)) == []
    found = lacking(World.load(PRACTICE))
    assert "3649890_2331750_0_937.tif: no two regions" in found
    assert "3649890_2331750_0_937.tif: no sides of unequal length" in found
    assert not any("light" in line or "infrared" in line for line in found)


@pytest.mark.parametrize("seed", range(40))
def test_footprints_are_oblong_across_a_border_and_elsewhere(seed: int) -> None:
    known = [PRACTICE_BOUNDS, SECOND_BOUNDS]
    bounds = draw_footprint(np.random.default_rng(seed), PRACTICE / "nuts.geojson", known)
    left, bottom, right, top = bounds
    tile = shapely.box(*bounds)
    assert all(edge % PIXEL_SIZE == 0 for edge in bounds)
    assert right - left != top - bottom
    regions = read_regions(PRACTICE / "nuts.geojson").values()
    assert sum(region.intersection(tile).area > 0.1 * tile.area for region in regions) >= 2
    assert sum(region.intersection(tile).area for region in regions) == pytest.approx(tile.area)
    assert not any(tile.intersects(shapely.box(*place)) for place in known)
    # What the notebooks cut out of the image must lie in it.
    assert min(right - left, top - bottom) >= 2400


def test_a_world_in_which_a_known_answer_is_misjudged_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = []

    class Recorder:
        def record(self, folder: Path) -> list[str]:
            seeds.append(World.load(folder).seed)
            return ["exercise 4, mistake not-scaled: 5/5"] if len(seeds) < 2 else []

    _with_recorder(monkeypatch, Recorder())
    make_world(tmp_path / "world", SEED)
    assert len(set(seeds)) == 2
    assert World.load(tmp_path / "world").seed == seeds[-1]


def test_an_exercise_that_is_misjudged_in_every_world_stops_the_grading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Recorder:
        def record(self, folder: Path) -> list[str]:
            return ["exercise 4, mistake not-scaled: 5/5"]

    _with_recorder(monkeypatch, Recorder())
    monkeypatch.setattr(grading_world, "DRAWS", 1)
    with pytest.raises(CourseError, match="mistake not-scaled") as problem:
        make_world(tmp_path / "world", SEED)
    assert "must be recognisable on any landscape" in str(problem.value)
    assert "make mistakes SEEDS=3" in str(problem.value)
    assert list(tmp_path.iterdir()) == []


def test_known_answers_can_be_tried_on_fresh_patches_before_a_class_is_graded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [[], ["exercise 4, mistake not-scaled: 5/5"]]

    class Recorder:
        def record(self, folder: Path) -> list[str]:
            return answers.pop(0)

    _with_recorder(monkeypatch, Recorder())
    monkeypatch.setattr(sys, "argv", ["worlds", "2"])
    assert worlds_command.main() == 1
    first, second, summary = capsys.readouterr().out.splitlines()
    assert first.endswith("every known answer is judged as its author meant it")
    assert second.endswith("exercise 4, mistake not-scaled: 5/5")
    assert summary.startswith("1 of 2 patches do not serve to grade on")


def _with_recorder(monkeypatch: pytest.MonkeyPatch, recorder: object) -> None:
    @contextlib.contextmanager
    def recording(_workers: int | None) -> Iterator[object]:
        yield recorder

    monkeypatch.setattr(grading_world, "recording", recording)


@pytest.mark.parametrize("moment", ["simulating", "recording"])
def test_ctrl_c_leaves_nothing(tmp_path: Path, moment: str) -> None:
    _stop_the_making(tmp_path, moment, signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


def test_a_kill_leaves_no_process(tmp_path: Path) -> None:
    _stop_the_making(tmp_path, "recording", signal.SIGKILL)


def _stop_the_making(folder: Path, moment: str, how: signal.Signals) -> None:
    """Stop a process that makes a world, and hold that all those that it started end too."""
    code = (
        "from pathlib import Path; from autograder.grading.worlds.grading_world import make_world; "
        f"make_world(Path({str(folder / 'world')!r}), {SEED})"
    )
    maker = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, start_new_session=True
    )
    written = "world.json" if moment == "recording" else "nuts.geojson"
    _wait_for(lambda: any(folder.glob(f".world-*/world/{written}")))
    if moment == "recording":
        _wait_for(lambda: len(_family(maker)) > 3)
    family = _family(maker)
    maker.send_signal(how)
    _, errors = maker.communicate(timeout=60)
    assert maker.returncode == -how, errors.decode()
    assert psutil.wait_procs(family, timeout=10)[1] == []


def _family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def _wait_for(condition: object) -> None:
    assert callable(condition)
    limit = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_seeds_are_secret_short_and_checked(tmp_path: Path) -> None:
    seeds = {new_seed() for _ in range(100)}
    assert len(seeds) == 100
    assert all(0 <= seed < SEEDS and len(str(seed)) <= 15 for seed in seeds)
    for wrong in (-1, SEEDS):
        with pytest.raises(CourseError, match="at most 15 digits"):
            make_world(tmp_path / "world", wrong)
    with pytest.raises(CourseError, match="exists"):
        make_world(tmp_path, SEED)


def test_the_practice_world_can_be_graded_on_too(tmp_path: Path) -> None:
    practice_world(tmp_path / "world")
    assert fingerprint(tmp_path / "world") == fingerprint(PRACTICE)
    assert preface_cells(tmp_path / "world") == []


def test_fingerprints_tell_that_something_changed(tmp_path: Path) -> None:
    practice_world(tmp_path / "world")
    before = fingerprint(tmp_path / "world")
    file = expectations.path(tmp_path / "world" / "expectations", 5)
    file.write_bytes(file.read_bytes() + b"\n")
    assert fingerprint(tmp_path / "world") != before


@pytest.mark.parametrize(
    "file",
    [
        *("solutions/one.md", "autograder/grading/one.py", "utils/one.py", "course/one.ipynb"),
        *("autograder/checks/one.json", "autograder/checks/texts/en/one.yaml"),
    ],
)
def test_the_course_is_another_one_when_something_of_it_changes(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grading_world, "ROOT", tmp_path)
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text("one")
    before = course_digest()
    assert course_digest() == before
    path.write_text("two")
    assert course_digest() != before


def test_the_learner_is_told_and_shown_which_patch_counted(world: Path) -> None:
    patch = describe(world)
    assert f"{patch.width} × {patch.height} pixels, on the border of " in patch.sentence
    with Image.open(io.BytesIO(patch.picture)) as picture:
        assert picture.format == "PNG"
        assert picture.height == patch.height
        assert picture.width > 2 * patch.width
    assert len(patch.picture) < 100_000
    assert "Right, its land-cover labels: " in patch.alternative
    cells = preface_cells(world)
    assert cells[0]["source"] == patch.sentence
    (output,) = cells[1]["outputs"]
    assert base64.b64decode(output["data"]["image/png"]) == patch.picture
    assert output["metadata"]["image/png"]["alt"] == patch.alternative
    said = json.dumps(cells)
    assert str(SEED) not in said
    assert str(World.load(world).seed) not in said


def test_stock_nbgrader_shows_the_patch_in_its_feedback_with_words(world: Path) -> None:
    from nbconvert.exporters import HTMLExporter
    from nbformat import from_dict
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory

    notebook = {"cells": preface_cells(world), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    about = {"notebook": "one", "score": 1, "max_score": 2, "late_penalty": 0}
    exporter = HTMLExporter(config=GenerateFeedback(coursedir=CourseDirectory()).config)
    html, _ = exporter.from_notebook_node(from_dict(notebook), {"nbgrader": about})
    assert "another patch" in html
    assert f'alt="{describe(world).alternative}"' in html


def _contents(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}
