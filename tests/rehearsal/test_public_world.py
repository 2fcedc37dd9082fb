"""The landscape of rehearsals is made once, and again only where it is not whole."""

import os
import shutil
import time
from pathlib import Path

import pytest

from autograder.grading.worlds.grading_world import lacking
from autograder.patches import PRACTICE, World
from autograder.patches.world import MANIFEST
from autograder.rehearsal import public_world as module
from autograder.rehearsal.public_world import KEPT, PUBLIC_SEED, public_world
from utils.reference import PRACTICE_PATCH_URL


class Making:
    """Copies a world in place of making it, and counts."""

    def __init__(self, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.seeds: list[int] = []
        self.told: list[str] = []
        monkeypatch.setattr(module, "make_world", self.make)

    def make(self, folder: Path, seed: int) -> None:
        self.seeds.append(seed)
        shutil.copytree(self.world, folder)


@pytest.fixture
def making(grading_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Making:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Making(grading_world, monkeypatch)


def test_it_is_another_place_and_not_square(grading_world: Path) -> None:
    world = World.load(grading_world)
    assert not lacking(world)  # of unequal sides, among others
    here, there = (
        World.load(folder).patches[PRACTICE_PATCH_URL] for folder in (PRACTICE, grading_world)
    )
    assert here.read_bytes() != there.read_bytes()


def test_it_is_made_once_and_told(making: Making, tmp_path: Path) -> None:
    first = public_world(tmp_path, making.told.append)
    again = public_world(tmp_path, making.told.append)
    assert first == again
    assert first.is_relative_to(tmp_path / "cache")
    assert making.seeds == [PUBLIC_SEED]
    assert len(making.told) == 1


@pytest.mark.parametrize("harm", ["a file is gone", "a file was changed", "half was made"])
def test_one_that_is_not_whole_is_made_again(making: Making, tmp_path: Path, harm: str) -> None:
    folder = public_world(tmp_path, making.told.append)
    match harm:
        case "a file is gone":
            (folder / "nuts.geojson").unlink()
        case "a file was changed":
            (folder / MANIFEST).write_text("{}")
        case _:
            folder.with_suffix(".sealed").unlink()
    assert World.load(public_world(tmp_path, making.told.append)).seed
    assert making.seeds == [PUBLIC_SEED] * 2


def test_where_the_cache_cannot_be_written_it_is_made_elsewhere_and_told(
    making: Making, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file in the place of the folder")
    spare = tmp_path / "spare"
    spare.mkdir()
    assert public_world(spare, making.told.append).is_relative_to(spare)
    assert str(tmp_path / "cache") in making.told[0]


def test_those_of_older_courses_are_removed_in_the_end(making: Making, tmp_path: Path) -> None:
    cache = public_world(tmp_path, making.told.append).parent
    for name, age in (("recent", 1), ("old", KEPT + 1)):
        shutil.copytree(making.world, cache / name)
        seal = cache / f"{name}.sealed"
        seal.write_text("")
        os.utime(seal, (time.time() - age,) * 2)
    public_world(tmp_path, making.told.append)
    assert (cache / "recent").is_dir()
    assert not (cache / "old").exists()
