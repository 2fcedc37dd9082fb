"""What is said of any fact by its kind is true, and its sentence is there."""

import numpy as np
import pytest

from autograder.checks import texts
from autograder.checks.explaining.general import CALLABLE, TYPES, of_fact, turns
from autograder.checks.judging.compare import reduce
from autograder.checks.reading import facts

RNG = np.random.default_rng(3)
LAND = RNG.random((40, 55, 3))
MAP = RNG.random((40, 55))


@pytest.mark.parametrize(
    ("found", "expected", "key"),
    [
        ([2.0, 1.0], [1.0, 2.0], "other-order"),
        ([-1.0, -2.0], [1.0, 2.0], "sign-reversed"),
        ([100.0, 200.0], [1.0, 2.0], "too-large"),
        ([0.001, 0.002], [1.0, 2.0], "too-small"),
        ([float("nan"), 2.0], [1.0, 2.0], "not-finite"),
        ([1.23], [1.2345678], "rounded"),
        ([1.24], [1.2345678], "close"),
        ([1.2, 7.0], [1.2345678, 2.0], ""),
    ],
)
def test_numbers(found: list[float], expected: list[float], key: str) -> None:
    explanation = of_fact(
        {"kind": "numbers", "values": found}, {"kind": "numbers", "values": expected}, 1e-9
    )
    assert (explanation.key if explanation else "") == key
    assert not explanation or filled(explanation.key, dict(explanation.values))


def filled(key: str, values: dict[str, str]) -> texts.Entry:
    entry = texts.explanation(1, key)
    assert entry, key
    return entry.filled({"label": "`it`", **values})


@pytest.mark.parametrize(
    ("own", "right", "key"),
    [
        (LAND[::-1], LAND, "upside-down"),
        (LAND[:, ::-1], LAND, "mirrored"),
        (LAND[::-1, ::-1], LAND, "turned-by-a-half"),
        (LAND.swapaxes(0, 1), LAND, "axes-in-another-order"),
        (LAND[:40, :40].swapaxes(0, 1), LAND[:40, :40], "rows-and-columns-swapped"),
        (np.rot90(LAND[:40, :40]), LAND[:40, :40], "turned-by-a-quarter"),
        (LAND[..., ::-1], LAND, "colours-swapped"),
        (LAND[:30], LAND, "other-size"),
        (MAP[None], MAP, "extra-axis"),
        (MAP, LAND, "other-axes"),
        (np.full_like(MAP, 0.5), MAP, "constant"),
        (MAP * 100, MAP, "too-large"),
        (-MAP, MAP, "sign-reversed"),
        (MAP + 0.005, MAP, "close"),
        (RNG.random(MAP.shape), MAP, ""),
        (MAP + 0.04, MAP, ""),
    ],
)
def test_arrays(own: np.ndarray, right: np.ndarray, key: str) -> None:
    explanation = of_fact(facts.array(own), reduce(facts.array(right)), 1e-4)
    assert (explanation.key if explanation else "") == key
    assert not explanation or filled(explanation.key, dict(explanation.values))


def test_an_array_that_differs_beside_the_sampled_pixels() -> None:
    reduced = reduce(facts.array(MAP))
    own = MAP + 1
    own.ravel()[reduced["positions"]] = MAP.ravel()[reduced["positions"]]
    explanation = of_fact(facts.array(own), reduced, 1e-4)
    assert explanation
    assert (explanation.key, explanation.values) == ("few-pixels", {"count": "120"})


@pytest.mark.parametrize("name", [*TYPES, *CALLABLE])
def test_types(name: str) -> None:
    explanation = of_fact({"kind": "other", "type": name}, reduce(facts.array(MAP)), 0)
    assert explanation
    assert filled(explanation.key, {})


def test_typed_in_numbers_and_unknown_types() -> None:
    typed = of_fact(facts.TYPED_IN, {"kind": "numbers", "values": [1.0]}, 0)
    assert typed
    assert filled(typed.key, {})
    assert of_fact({"kind": "other", "type": "Tree"}, {"kind": "text", "text": ""}, 0) is None


def test_every_turn_has_a_sentence() -> None:
    for key, _ in turns([20, 20, 3]):
        assert filled(key, {})
