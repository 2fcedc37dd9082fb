"""The landscape of rehearsals, as a first rehearsal leaves it in the user's cache."""

import shutil
from pathlib import Path

import pytest

from autograder.grading.results.store import fingerprint
from autograder.grading.worlds.grading_world import code_digest
from autograder.rehearsal.public_world import PUBLIC_SEED
from tests.grading.conftest import SEED, grading_world

__all__ = ["cache", "grading_world", "own_cache"]


@pytest.fixture(scope="session")
def cache(grading_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds the landscape; made once, as it takes long."""
    assert SEED == PUBLIC_SEED
    folder = tmp_path_factory.mktemp("cache")
    world = folder / "satellite-course" / "rehearsal" / code_digest()[:16]
    shutil.copytree(grading_world, world)
    world.with_suffix(".sealed").write_text(fingerprint(world))
    return folder


@pytest.fixture
def own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as this process's own cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return cache
