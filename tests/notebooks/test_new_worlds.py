"""The known answers are judged as meant on patches that nobody has seen before."""

from pathlib import Path

import pytest

from autograder.notebooks.outcomes import MISTAKE, outcomes_in_new_world
from autograder.patches.build import simulate_world

WIDER = (3650000.0, 2331000.0, 3652800.0, 2333200.0)
"""Another footprint inside Tarn: not square, so that swapped axes show in the shape."""


@pytest.mark.parametrize(("seed", "bounds"), [(11, None), (77, WIDER)])
def test_mistakes_are_told_apart_on_a_new_patch(
    tmp_path: Path, seed: int, bounds: tuple[float, float, float, float] | None
) -> None:
    simulate_world(tmp_path / "world", seed, bounds)
    judged = list(outcomes_in_new_world(tmp_path / "world"))
    wrong = [f"{item.kind} {item.name}: {item.verdict}" for item in judged if not item.as_hoped]
    assert not wrong, "\n".join(wrong)
    assert sum(item.kind == MISTAKE for item in judged) >= 8 * 11
