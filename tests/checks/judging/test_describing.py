"""Found and expected: a pair of one form that tells what differs, whatever was left behind."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.checks.judging.compare import Difference, compare, reduce
from autograder.checks.judging.exercise import FactSpec
from autograder.checks.judging.one_line import LONGEST, with_own_subject
from autograder.checks.reading import facts
from autograder.checks.reading.facts import TYPED_IN, Fact
from autograder.checks.reading.guard import quiet
from autograder.checks.texts.colour_names import colour_name, with_code

RGB = np.random.default_rng(5).uniform(0, 1, (40, 50, 3))
SQUARE = "POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))"


def outline(wkt: str) -> Fact:
    return {"kind": "geometry", "wkt": wkt}


def said(fact: Fact, expected: Fact, unit: str = "", tolerance: float = 1e-9) -> Difference:
    """What a card says of a fact named `x`."""
    spec = FactSpec("x", "values", "`x`", tolerance, unit=unit)
    pair = spec.difference({"x": fact}, reduce(expected))
    assert pair is not None
    return pair


def array(values: np.ndarray) -> Fact:
    return facts.array(values)


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        (
            np.moveaxis(RGB, 2, 0),
            RGB,
            ("shape (3, 40, 50), bands first", "shape (40, 50, 3), bands last"),
        ),
        (RGB[..., 0], RGB, ("shape (40, 50)", "shape (40, 50, 3)")),
        (
            (RGB * 255).astype(np.uint8),
            RGB,
            ("whole numbers (uint8), 0 to 254", "decimal numbers (float64), 0.0"),
        ),
        (RGB * 3, RGB, ("values 0.00", "values 0.00")),
        (RGB[::-1], RGB, ("0 of 120 compared pixels right", "120 of 120 compared pixels right")),
        (
            np.where(RGB > 0.9, np.nan, RGB),
            np.clip(RGB, 0, 0.92),
            ("no number (NaN or inf) in", "no number (NaN or inf) in 0 of 120 compared pixels"),
        ),
    ],
)
def test_of_an_array_only_what_differs_is_told(
    found: np.ndarray, expected: np.ndarray, words: tuple[str, str]
) -> None:
    pair = said(array(found), array(expected))
    assert pair.found.startswith(f"`x`: {words[0]}")
    assert pair.expected.startswith(f"`x`: {words[1]}")
    assert "mean" not in pair.found + pair.expected


def test_one_pixel_that_no_sample_meets_is_told_as_a_few() -> None:
    one = RGB.copy()
    one[np.unravel_index(_not_sampled(RGB), RGB.shape)] = 0.5
    pair = said(array(one), array(RGB))
    assert pair.found == "`x`: all but a few of 6,000 values right"
    assert pair.expected == "`x`: all 6,000 values right"


def _not_sampled(values: np.ndarray) -> int:
    kept = set(reduce(array(values))["positions"])
    return next(place for place in range(values.size) if place not in kept)


def test_a_scale_is_told_in_names_of_colours() -> None:
    steps = np.linspace(0, 1, 11)[:, None]
    scale = (1 - steps) * np.array([1.0, 0, 0]) + steps * np.array([0, 0.4, 0.2])
    pair = said(array(scale[::-1].copy()), array(scale))
    assert pair.found.startswith("`x`: from dark green over ")
    assert pair.found.endswith(" to red")
    assert pair.expected.startswith("`x`: from red over ")


def test_two_reds_are_told_apart_by_their_codes_behind_the_name() -> None:
    one, other = np.tile([1.0, 0, 0], (10, 1)), np.tile([0.98, 0, 0], (10, 1))
    pair = said(array(one), array(other))
    assert pair.found == "`x`: red (#FF0000) in row 1"
    assert pair.expected == "`x`: red (#FA0000) in row 1"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(("#FF0000", "red"), ("#1F77B4", "blue"), ("#00FF08", "bright green")),
        *(("#FFFF80", "pale yellow"), ("#BFBFBF", "light grey"), ("#804000", "brown")),
        *(("#0080FF", "light blue"), ("#440154", "dark violet"), ("#FF80FF", "pink")),
    ],
)
def test_colours_have_the_name_that_a_person_would_give(code: str, name: str) -> None:
    colour = np.array([*bytes.fromhex(code[1:])]) / 255
    assert colour_name(colour) == name
    assert with_code(colour) == f"{name} ({code})"


@pytest.mark.parametrize(
    ("words", "label", "named"),
    [
        ("center_lat 43.8, center_lon 1.7", "`center_lat`, `center_lon`", True),
        ("divided by the largest value", "`rgb`", False),
        ("`rgb` on the left", "`rgb`", True),
        ("rgb_data on the left", "`rgb`", False),
        ("no entries", "The legend", False),
    ],
)
def test_a_pair_of_an_explanation_gets_the_subject_that_it_lacks(
    words: str, label: str, named: bool
) -> None:
    found, expected = with_own_subject((words, "other"), label)
    assert found == (words if named else f"{label}: {words}")
    assert expected == ("other" if named else f"{label}: other")


def test_what_is_no_colour_has_no_name() -> None:
    assert with_code(np.array([np.nan, 0, 0])) == "no colour"


@pytest.mark.parametrize(
    ("found", "unit", "words"),
    [
        ([6.2537], "km²", ("`x`: 6.254 km²", "`x`: 6.25 km²")),
        ([6_250_000.0], "km²", ("`x`: 6250000", "`x`: 6.25 km²")),
        ([6.25004], "km²", ("`x`: 6.25004 km²", "`x`: 6.25 km²")),
        ([-6.25], "", ("`x`: −6.25", "`x`: 6.25")),
        ([math.inf], "km²", ("`x`: inf", "`x`: 6.25 km²")),
    ],
)
def test_numbers_have_as_many_digits_as_it_takes_and_a_unit_where_it_can_be_theirs(
    found: list[float], unit: str, words: tuple[str, str]
) -> None:
    pair = said({"kind": "numbers", "values": found}, {"kind": "numbers", "values": [6.25]}, unit)
    assert (pair.found, pair.expected) == words


@pytest.mark.parametrize(
    ("wkt", "found", "expected"),
    [
        ("POLYGON ((0 0, 0 2, 3 2, 3 0, 0 0))", "right 3, top 2 m", "right 2, top 2 m"),
        ("POLYGON ((0 0, 0 2, 2 2, 2 0, 1 1, 0 0))", "5 corners", "4 corners"),
        ("POLYGON ((0 0, 0 2, 2 2, 1 1, 0 0))", "close, but not the same", "exactly"),
        ("MULTIPOLYGON (((0 0, 0 2, 2 2, 2 0, 0 0)))", "MultiPolygon", "Polygon"),
        ("POLYGON EMPTY", "left nan", "left 0"),
    ],
)
def test_an_outline_is_told_by_its_sides_or_corners(wkt: str, found: str, expected: str) -> None:
    pair = said(outline(wkt), outline(SQUARE), "m")
    assert found in pair.found
    assert expected in pair.expected


def test_a_number_in_a_text_is_told_to_be_a_text() -> None:
    pair = said(facts.text("6.25"), {"kind": "numbers", "values": [6.25]}, "km²")
    assert pair.found == "`x`: the text “6.25”"
    assert pair.expected == "`x`: 6.25 km²"


def test_what_the_checker_says_of_a_thing_is_no_text_of_the_learners() -> None:
    pair = said(facts.text("no two corners"), {"kind": "numbers", "values": [6.25]})
    assert pair.found == "`x`: no two corners"


def test_typed_in_numbers_are_not_told_as_wrong_ones() -> None:
    pair = said(TYPED_IN, {"kind": "numbers", "values": [6.25]}, "km²")
    assert pair.found == "`x`: typed into the code"
    assert pair.expected == "`x`: computed from the data"


def test_of_long_lists_the_entries_that_matter_are_told() -> None:
    names = [f"BG{number}" for number in range(311, 330)]
    pair = said(facts.texts([*names, "TR100"]), facts.texts(names))
    assert pair.found == "`x`: 20 entries, among them TR100"
    assert "19 entries" in pair.expected


def test_long_paths_are_told_from_where_they_part() -> None:
    root = "data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27"
    found = f"{root}/2021/250/3649890_2331750_0_937_and_some_more_of_the_name.npy"
    pair = said(facts.text(found), facts.text(found.replace("2021", "2018")))
    assert pair.found.startswith("`x`: … 2021/250/")
    assert pair.expected.startswith("`x`: … 2018/250/")


FACTS = st.one_of(
    st.lists(st.floats(), max_size=6).map(lambda values: {"kind": "numbers", "values": values}),
    st.text(max_size=300).map(facts.text),
    st.lists(st.text(max_size=300), max_size=9).map(facts.texts),
    st.text(max_size=99).map(facts.missing),
    st.sampled_from([facts.other(1), facts.other("a"), TYPED_IN]),
    st.sampled_from([SQUARE, "POINT (1 2)", "POLYGON EMPTY"]).map(outline),
    arrays.arrays(
        st.sampled_from([np.uint8, np.float32, np.float64, bool, np.int64]),
        arrays.array_shapes(max_dims=4, max_side=5),
    ).map(facts.array),
)


@given(FACTS, FACTS)
def test_whatever_is_compared_the_pair_differs_and_each_is_one_line(
    fact: Fact, expected: Fact
) -> None:
    with quiet():
        pair = compare(fact, reduce(expected), 0.0)
        if pair is None:
            return
        shown = pair.of("`x`", "m", "m")
    assert shown.found != shown.expected
    for words in (shown.found, shown.expected):
        assert len(words) <= LONGEST
        assert "\n" not in words


@given(st.lists(st.from_regex(r"[a-z]{1,30}", fullmatch=True), min_size=1, max_size=60))
def test_no_word_is_cut(words: list[str]) -> None:
    pair = said(facts.text(" ".join(words)), facts.text("something else"))
    shown = re.findall(r"[a-z]+", pair.found.removeprefix("`x`: "))
    assert set(shown) <= {*words}
