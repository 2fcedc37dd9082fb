"""Hostile submissions among honest ones: none gains, learns, damages or outlives anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grading.attacks.all import ATTACKS
from tests.grading.attacks.attack import KINDS, Attack
from tests.grading.attacks.battle import Battle


@pytest.fixture(scope="module")
def battle(grading_world: Path) -> Iterator[Battle]:
    fought = Battle(ATTACKS, grading_world)
    yield fought
    fought.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}-{attack.name}")
def test_an_attack_was_tried_and_gained_nothing(attack: Attack, battle: Battle) -> None:
    assert battle.faults(attack) == []


def test_nobody_else_was_harmed_and_nothing_stayed(battle: Battle) -> None:
    assert battle.harm() == []


def test_no_secret_stands_in_what_is_written_for_all(battle: Battle) -> None:
    assert battle.leaks_in_common() == []


def test_there_are_attacks_of_every_kind_under_names_of_their_own() -> None:
    assert {attack.kind for attack in ATTACKS} == set(KINDS)
    assert len({attack.student for attack in ATTACKS}) == len(ATTACKS) >= 45
