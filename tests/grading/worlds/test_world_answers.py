"""On a grading patch, computed answers are right and those known by heart are wrong."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.judge import judge
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Manifest, read_all
from tests.checks.known_answers.answers_file import answers

PRACTICE_BOX = "(3649890, 2331750, 3652390, 2334250)"

BY_HEART = [
    (3, "np.clip(rgb / p98, 0, 1)", "np.clip(rgb / p98, 0, 1).transpose(1, 0, 2)"),
    (3, "np.percentile(rgb, 98)", "0.1744"),
    (4, "fc = np.clip(fc / p98, 0, 1)", "fc = np.clip(fc / p98, 0, 1)[:250, :250]"),
    (5, "np.zeros_like(nir)", "np.ones_like(nir)"),
    (6, "box(*tile_bounds)", f"box{PRACTICE_BOX}"),
    (7, "tile_geom = box(*tile_bounds)", f"tile_geom = box{PRACTICE_BOX}"),
    (7, 'predicate="intersects"', 'predicate="within"'),
    (7, 'tile_gdf, nuts, predicate="intersects"', "tile_gdf, nuts.query('NUTS_ID == \"FRJ27\"')"),
    (7, "tile_geom.area / 1e6", "6.25"),
    (8, "*tile_bounds)", f"*{PRACTICE_BOX})"),
    (8, "(south + north) / 2", "43.771357"),
]
"""Answers that are right on the practice patch, or in its shape, and nowhere else."""


@pytest.fixture
def world(grading_world: Path) -> Path:
    """The grading world of all tests."""
    return grading_world


def test_answers_known_by_heart_fail_by_their_values_alone(world: Path) -> None:
    found = {}
    for player, manifest in _exercises(world):
        exercise = find(manifest.number)
        expectation = expectations.load(manifest.number)
        for number, old, new in BY_HEART:
            if number == manifest.number:
                assert old in manifest.solution
                code = manifest.solution.replace(old, new)
                evidence = player.evidence(code, number) | {
                    "literals": {"kind": "numbers", "values": []},
                    "join": {"kind": "text", "text": "by position"},
                }
                found[new] = judge(exercise, evidence, expectation, Served(world)).passed
    assert found == {new: False for _, _, new in BY_HEART}


def test_right_answers_pass_across_a_border_too_and_wrong_ones_do_not(world: Path) -> None:
    judged = {}
    for player, manifest in _exercises(world):
        if manifest.number not in (6, 7, 8):
            continue
        for answer in answers(manifest):
            with player.replaying(manifest.number):
                verdict = check_workspace(player.workspace(answer.code, manifest.number))
            judged[answer.name] = verdict.passed == answer.right
    assert [name for name, as_hoped in judged.items() if not as_hoped] == []
    assert len(judged) > 60


def test_a_region_may_be_found_in_other_words_than_those_of_a_spatial_join(
    world: Path,
) -> None:
    for player, manifest in _exercises(world):
        if manifest.number == 7:
            code = manifest.solution.replace(
                'gpd.sjoin(tile_gdf, nuts, predicate="intersects")',
                "tile_gdf.merge(nuts[nuts.distance(tile_geom) == 0].drop(columns='geometry'), "
                "how='cross')",
            )
            assert code != manifest.solution
            with player.replaying(7):
                verdict = check_workspace(player.workspace(code, 7))
            assert verdict.passed, str(verdict)


def test_dividing_by_zero_without_a_thought_is_seen_here_too(world: Path) -> None:
    for player, manifest in _exercises(world):
        if manifest.number == 5:
            code = re.sub(r"np\.divide\(.*\)", "(nir - red) / (nir + red)", manifest.solution)
            assert code != manifest.solution
            with player.replaying(5):
                verdict = check_workspace(player.workspace(code, 5))
            assert verdict.mistake == "divided-by-zero"


def _exercises(world: Path) -> Iterator[tuple[Recorder, Manifest]]:
    """The exercises from 3 to 8, each with everything before it solved."""
    with recorder(world) as player:
        for notebook in read_all()[1:4]:
            for manifest in exercises_in_place(player, notebook):
                yield player, manifest
