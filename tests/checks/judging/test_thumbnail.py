"""The small pictures show the learner's own pixels; of the right ones they tell but the places."""

import base64
import io
import time
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autograder.checks.judging.compare import reduce
from autograder.checks.judging.thumbnail import SIDE, Thumbnail, thumbnail
from autograder.checks.reading import facts

RNG = np.random.default_rng(1)
LAND = np.kron(RNG.random((25, 25, 3)), np.ones((10, 10, 1)))
CODES = np.kron(RNG.integers(0, 12, (25, 25)), np.ones((10, 10))).astype(np.uint8)


def pictured(own: Any, right: np.ndarray, tolerance: float = 1e-3) -> Thumbnail | None:
    """The small pictures of ``own`` where ``right`` was expected."""
    return thumbnail(facts.array(own), reduce(facts.array(right)), tolerance)


def shown(uri: str) -> np.ndarray:
    """The pixels of a data URI, shape (H, W, 3)."""
    png = base64.b64decode(uri.removeprefix("data:image/png;base64,"))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int)


@pytest.mark.parametrize(
    ("own", "right"),
    [
        pytest.param(LAND[:, ::-1], LAND, id="mirrored"),
        pytest.param(LAND[::-1], LAND, id="upside-down"),
        pytest.param(LAND.swapaxes(0, 1), LAND, id="rows-and-columns-swapped"),
        pytest.param(LAND[:, :, ::-1], LAND, id="colours-swapped"),
        pytest.param(LAND / 9, LAND, id="too-dark"),
        pytest.param(np.minimum(LAND * 9, 1), LAND, id="too-bright"),
        pytest.param(LAND.reshape(3, 250, 250).transpose(1, 2, 0), LAND, id="scrambled"),
        pytest.param(np.moveaxis(LAND[:, :, ::-1], 2, 0), np.moveaxis(LAND, 2, 0), id="bands"),
        pytest.param(CODES[::-1], CODES, id="classes-upside-down"),
        pytest.param(LAND[::-1, :, 0], LAND[:, :, 0], id="grey-upside-down"),
        pytest.param(np.where(LAND < 0.3, 0, LAND)[:, :, 0], LAND[:, :, 0], id="masked"),
    ],
)
def test_a_picture_that_says_it_better_is_shown(own: np.ndarray, right: np.ndarray) -> None:
    picture = pictured(own, right)
    assert picture is not None
    assert shown(picture.own).shape == shown(picture.marked).shape == (SIDE, SIDE, 3)
    assert "sampled pixels differ" in picture.words


def test_the_own_picture_is_the_learners() -> None:
    picture = pictured(LAND[:, ::-1], LAND)
    assert picture is not None
    seen = shown(picture.own)[2::5, 2::5] / 255
    assert np.abs(seen - LAND[5::10, ::-1][:, 5::10]).mean() < 0.1


def test_of_the_right_picture_only_places_are_told() -> None:
    own = LAND.copy()
    one, other = LAND.copy(), LAND.copy()
    one[:100] = 0
    other[:100] = RNG.random((100, 250, 3))
    assert pictured(own, one) == pictured(own, other)


def test_marks_stand_out_on_any_ground() -> None:
    right = LAND.copy()
    right[:125, :125] += 2
    for own in (LAND * 0, LAND * 0 + 1, LAND):
        picture = pictured(own, right)
        assert picture is not None
        marked = shown(picture.marked)[:60, :60]
        assert marked.min() == 0
        assert marked.max() == 255


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (slice(0, 125), slice(0, 125), "mostly in the upper left quarter"),
        (slice(125, 250), slice(125, 250), "mostly in the lower right quarter"),
        (slice(0, 125), slice(0, 250), "mostly in the upper half"),
        (slice(0, 250), slice(0, 250), "all over the picture"),
    ],
)
def test_words_tell_where_the_picture_differs(rows: slice, columns: slice, words: str) -> None:
    own = LAND.copy()
    own[rows, columns] += 0.5
    picture = pictured(own, LAND)
    assert picture is not None
    assert picture.words.endswith(f"{words}.")


@pytest.mark.parametrize(
    ("own", "right"),
    [
        pytest.param(LAND, LAND, id="nothing-differs"),
        pytest.param(LAND[:100], LAND, id="other-shape"),
        pytest.param(np.zeros((10, 3)), np.ones((10, 3)), id="colour-scale"),
        pytest.param(np.zeros(250), np.ones(250), id="row"),
        pytest.param(np.zeros((250, 250, 5)), np.ones((250, 250, 5)), id="five-bands"),
        pytest.param(np.full((250, 250), np.nan), LAND[:, :, 0], id="grey-and-all-differ"),
        pytest.param("text", LAND, id="no-array"),
    ],
)
def test_no_picture_where_it_would_tell_nothing(own: Any, right: np.ndarray) -> None:
    assert pictured(own, right) is None


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -1e300, 0])
def test_no_numbers_are_too_strange(value: float) -> None:
    own = np.full((250, 250, 3), float(value))
    own[3, 3] = np.nan
    with np.errstate(all="ignore"):
        assert pictured(own, LAND) is not None
        pictured(own[:, :, 0], LAND[:, :, 0])
        pictured(np.moveaxis(own, 2, 0), np.moveaxis(LAND, 2, 0))
        pictured(own.astype(np.float16), LAND)


def test_both_pictures_together_stay_below_30_kb_and_15_ms_of_a_processor() -> None:
    noise = RNG.random((250, 250, 3))
    fact, expected = facts.array(noise), reduce(facts.array(LAND))
    seconds = []
    for _ in range(9):
        start = time.process_time()
        picture = thumbnail(fact, expected, 1e-3)
        seconds.append(time.process_time() - start)
    assert picture is not None
    assert len(picture.own) + len(picture.marked) < 30_000
    assert min(seconds) < 0.015
