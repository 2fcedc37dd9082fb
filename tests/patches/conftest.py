"""Patches simulated once for all tests of this folder."""

import pytest

from autograder.patches import PRACTICE, World
from autograder.patches.build_world import PRACTICE_BOUNDS, SECOND_BOUNDS
from autograder.patches.landscape.scene import BOCAGE, VALLEY
from autograder.patches.landscape.simulate import Patch, simulate_patch

OBLONG = (3648290, 2331750, 3650190, 2334250)
"""Across the border of Haute-Garonne and Tarn, 190 by 250 pixels."""


@pytest.fixture(scope="session")
def practice() -> World:
    return World.load(PRACTICE)


@pytest.fixture(scope="session")
def patches() -> dict[str, Patch]:
    """Patches of different plans, seeds and footprints."""
    return {
        "valley": simulate_patch(1, PRACTICE_BOUNDS, VALLEY),
        "bocage": simulate_patch(2, SECOND_BOUNDS, BOCAGE),
        "fresh": simulate_patch(3, PRACTICE_BOUNDS),
        "oblong": simulate_patch(4, OBLONG),
        "small": simulate_patch(5, (3649890, 2331750, 3650890, 2332550)),
    }


@pytest.fixture(params=["valley", "bocage", "fresh", "oblong", "small"])
def patch(request: pytest.FixtureRequest, patches: dict[str, Patch]) -> Patch:
    return patches[request.param]
