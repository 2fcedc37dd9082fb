"""Answers that left the same behind are found alike, and others are not."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.judging.unexplained import Unexplained, alike, kept
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact

RNG = np.random.default_rng(3)
LAND = RNG.random((60, 50))

FACTS: dict[str, Fact] = {
    "array": facts.array(LAND),
    "another array": facts.array(LAND**2),
    "another shape": facts.array(LAND.T),
    "nothing in it": facts.array(np.zeros((0, 4))),
    "numbers": facts.numbers([1.0, 2.0], 2),
    "other numbers": facts.numbers([1.0, 3.0], 2),
    "not finite": facts.numbers([float("nan"), float("inf")], 2),
    "text": facts.text("a"),
    "another text": facts.text("b"),
    "texts": facts.texts(["a", "b"]),
    "outline": {"kind": "geometry", "wkt": "POINT (1 2)"},
    "type": facts.other("a"),
    "nothing": facts.missing("was never assigned"),
}


def left(fact: Fact, name: str = "ndvi", error: str = "") -> Unexplained:
    return Unexplained(name, f"`{name}`", "", kept(fact), (name,), error)


@pytest.mark.parametrize("one", FACTS)
@pytest.mark.parametrize("other", FACTS)
def test_the_same_is_alike_and_another_is_not(one: str, other: str) -> None:
    assert alike(left(FACTS[one]), left(FACTS[other])) == (one == other)


def test_what_is_kept_is_json_of_a_few_thousand_characters() -> None:
    wide = {"kind": "geometry", "wkt": "POINT (1 2)" * 10_000}
    for fact in (*FACTS.values(), wide, facts.array(np.full((900, 900), np.nan))):
        assert len(json.dumps(kept(fact), allow_nan=False)) < 10_000


@given(st.floats(-0.001, 0.001), st.integers(0, 2**32 - 1))
def test_the_way_of_computing_does_not_matter(error: float, seed: int) -> None:
    noise = np.random.default_rng(seed).random(LAND.shape)
    assert alike(left(FACTS["array"]), left(facts.array(LAND + error * noise)))


def test_answers_that_stopped_are_alike_if_they_stopped_alike() -> None:
    nothing = FACTS["nothing"]
    first, same, other = (left(nothing, error=f"KeyError: {key}") for key in ("a", "a", "b"))
    assert alike(first, same)
    assert not alike(first, other)
    assert not alike(first, left(nothing, error="ValueError: a"))
    assert not alike(first, left(nothing, "red", "KeyError: a"))
