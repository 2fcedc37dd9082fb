"""A simulated patch looks, counts and behaves as a real one does."""

import time

import numpy as np
import pytest

from autograder.patches.build_world import PRACTICE_BOUNDS
from autograder.patches.landscape.simulate import Patch, simulate_patch
from tests.patches.conftest import OBLONG
from utils.errors import CourseError
from utils.reference import ALL_CODES, LABEL_YEARS, NDVI_INDEX, NDWI_INDEX

B3, B4, B8, B8A, B9 = 2, 3, 7, 8, 9

NDVI_RANGES = {
    1: (0.1, 0.5),
    2: (0.7, 0.9),
    3: (0.75, 0.95),
    4: (0.75, 0.95),
    5: (0.35, 0.9),
    6: (0.5, 0.85),
    7: (0.25, 0.75),
    8: (0.2, 0.5),
    9: (0.1, 0.5),
    10: (-0.5, 0.0),
}
"""Mean NDVI that the reflectances of each class imply, mixed pixels at the edges included."""

ENOUGH = 40
"""Pixels from which the mean of a class says something."""


def normalised_difference(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    total = first + second
    return np.divide(first - second, total, out=np.zeros_like(total), where=total != 0)


def test_patch_has_the_documented_arrays(patch: Patch) -> None:
    left, bottom, right, top = patch.bounds
    shape = (int(top - bottom) // 10, int(right - left) // 10)
    assert patch.bands.shape == (14, *shape)
    assert patch.bands.dtype == np.float64
    assert np.isfinite(patch.bands).all()
    assert patch.bands[:12].min() >= 0
    assert patch.bands[:12].max() <= 1
    assert tuple(patch.labels) == LABEL_YEARS
    for label in patch.labels.values():
        assert (label.shape, label.dtype) == (shape, np.uint8)
        assert set(np.unique(label)) <= {cover.code for cover in ALL_CODES}


def test_mean_ndvi_of_each_class_is_what_the_class_implies(patch: Patch) -> None:
    ndvi, label = patch.bands[NDVI_INDEX - 1], patch.labels[2018]
    means = {code: ndvi[label == code].mean() for code in NDVI_RANGES if (label == code).any()}
    wrong = {
        code: mean
        for code, mean in means.items()
        if (label == code).sum() > ENOUGH and not NDVI_RANGES[code][0] < mean < NDVI_RANGES[code][1]
    }
    assert not wrong


def test_landscape_has_the_common_classes(patches: dict[str, Patch]) -> None:
    for name in ("valley", "fresh", "oblong"):
        label = patches[name].labels[2018]
        assert {1, 3, 5, 6, 7, 9, 10} <= set(np.unique(label)), name


def test_same_seed_gives_the_same_pixels() -> None:
    first, second = (simulate_patch(4, OBLONG) for _ in range(2))
    assert first.bands.tobytes() == second.bands.tobytes()
    for year in LABEL_YEARS:
        assert first.labels[year].tobytes() == second.labels[year].tobytes()


def test_other_seed_gives_another_landscape(patches: dict[str, Patch]) -> None:
    one = patches["fresh"]
    other = simulate_patch(6, one.bounds)
    assert np.mean(one.labels[2018] == other.labels[2018]) < 0.7
    assert np.mean(one.bands == other.bands) < 0.05


def test_every_patch_has_the_pixels_that_catch_mistakes(patch: Patch) -> None:
    red, nir = patch.bands[B4], patch.bands[B8]
    assert 3 <= np.sum(red + nir == 0) <= 20
    assert np.sum(red > nir) > 20
    for label in patch.labels.values():
        assert np.sum(label >= 254) > 5
        assert np.sum(label == 11) > 3


def test_only_fresh_patches_hold_the_coastal_code(patches: dict[str, Patch]) -> None:
    assert (patches["fresh"].labels[2018] == 253).any()
    assert not (patches["valley"].labels[2018] == 253).any()


def test_indices_are_close_to_those_of_the_bands_but_not_equal(patch: Patch) -> None:
    for number, first, second in ((NDVI_INDEX, B8, B4), (NDWI_INDEX, B3, B8)):
        own = normalised_difference(patch.bands[first], patch.bands[second])
        apart = np.abs(patch.bands[number - 1] - own)
        assert np.median(apart) < 0.01
        assert np.mean(apart > 1e-4) > 0.5


def test_narrow_near_infrared_moves_ndvi_noticeably(patch: Patch) -> None:
    red = patch.bands[B4]
    wide, narrow = (normalised_difference(patch.bands[band], red) for band in (B8, B8A))
    assert 0.008 < np.abs(wide - narrow).mean() < 0.04


def test_coarse_bands_are_smoother_than_fine_ones(patch: Patch) -> None:
    def roughness(band: int) -> float:
        image = patch.bands[band]
        return float(np.abs(np.diff(image, axis=1)).mean() / image.std())

    assert roughness(B9) < 0.75 * roughness(B8A)
    assert roughness(B8A) < 0.75 * roughness(B8)


def test_bands_are_no_copies_of_each_other(patch: Patch) -> None:
    for one in range(14):
        for other in range(one):
            assert np.mean(patch.bands[one] == patch.bands[other]) < 0.1


def test_years_differ_in_some_places(patch: Patch) -> None:
    before, after = patch.labels[2018], patch.labels[2021]
    assert 0.005 < np.mean(before != after) < 0.25
    assert np.sum((before > 4) & (before < 9) & (after == 1)) > 20


@pytest.mark.parametrize(
    "bounds",
    [
        (3649890, 2331750, 3652390, 2334255),
        (3652390, 2331750, 3649890, 2334250),
        (3649890, 2331750, 3649990, 2331850),
        (float("nan"), 2331750, 3649990, 2331850),
    ],
    ids=["off-grid", "reversed", "too-small", "not-a-number"],
)
def test_impossible_footprint_is_refused(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(CourseError, match="multiples of 10 m"):
        simulate_patch(1, bounds)


def test_plans_of_practice_and_fresh_patches_differ(patches: dict[str, Patch]) -> None:
    water = {name: patches[name].labels[2018] == 10 for name in ("valley", "fresh")}
    assert np.mean(water["valley"] & water["fresh"]) < 0.8 * np.mean(water["valley"])
    assert patches["valley"].bounds == PRACTICE_BOUNDS


def test_patch_is_simulated_in_seconds() -> None:
    started = time.process_time()
    simulate_patch(7, PRACTICE_BOUNDS)
    # About 0.8 s; the limit only catches a change of another order.
    assert time.process_time() - started < 6
