"""What several tests of grading build on; each takes seconds to make."""

import fcntl
import os
from pathlib import Path

import pytest

from autograder.grading.results.nbgrader_folders import prepare
from autograder.grading.worlds.grading_world import make_world
from autograder.patches import PRACTICE
from tests.grading.handing_over.handed_over import HandedOver, solved
from tests.grading.results.graded_results import COURSE

SEED = 271828182845904
"""Seed of the grading world of the tests."""


@pytest.fixture(scope="session")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[int, HandedOver]:
    """What the solved course hands over on the practice patch, by exercise."""
    return solved(PRACTICE, tmp_path_factory.mktemp("honest") / "kept")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results with a gradebook in which nobody is; to be copied, as nbgrader takes seconds."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder, COURSE)
    return folder


@pytest.fixture(scope="session")
def grading_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grading world. Every known answer is judged in it as hoped: else making it fails.

    It is drawn once for all processes that run tests, on all cores: who comes meanwhile waits.
    """
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder = place / "grading" / "world"
    with open(place / "grading.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make_world(folder, SEED)
    return folder
