"""Whatever was done to labels, taken at random, is found again."""

from collections.abc import Callable

import numpy as np
import pytest

from autograder.checks.explaining.labels.explain import of_array, of_nothing, of_type
from autograder.checks.explaining.labels.recoded import TURNS
from autograder.checks.explaining.labels.sources import own_first, right_ones, window
from autograder.checks.explaining.served import Served
from autograder.checks.reading import facts
from autograder.patches import PRACTICE
from tests.checks.explaining.labels.landscapes import Landscape, any_landscape
from utils.reference import LAND_COVER

Random = np.random.Generator
Slip = Callable[[Landscape, Random], np.ndarray]
PALETTE = np.array([[*bytes.fromhex(cover.colour[1:])] for cover in LAND_COVER])

TRIES = 25
"""Random slips of each kind: together with the kinds about a thousand."""


def key_of(land: Landscape, array: np.ndarray) -> str:
    """The key of the explanation of an array."""
    found = of_array(array, land.sources, lambda: land.bands)
    return found.key if found else ""


def slips(key: str, slip: Slip) -> Callable[[Random], bool]:
    """Whether a random slip of a kind is found again."""

    def again(rng: Random) -> bool:
        land = any_landscape(rng)
        return key_of(land, slip(land, rng)) == key

    return again


def some_classes(land: Landscape, rng: Random, most: int) -> np.ndarray:
    """A few of the classes that occur."""
    there = np.intersect1d(land.right, range(1, 12))
    return rng.choice(there, rng.integers(1, most + 1), replace=False)


def another_year(land: Landscape, rng: Random) -> np.ndarray:
    labels = land.sources[1].codes
    return np.where(labels >= 254, 0, labels) if rng.random() < 0.5 else labels


def another_patch(land: Landscape, rng: Random) -> np.ndarray:
    return land.sources[2].codes


def codes_left_in(land: Landscape, rng: Random) -> np.ndarray:
    return land.raw.astype(rng.choice(["uint8", "int64", "float32"]))


def one_code_left_in(land: Landscape, rng: Random) -> np.ndarray:
    return np.where(land.raw == rng.choice([254, 255]), 0, land.raw)


def no_data_nan(land: Landscape, rng: Random) -> np.ndarray:
    return np.where(land.right == 0, np.nan, land.right)


def no_data_became(land: Landscape, rng: Random) -> np.ndarray:
    return np.where(land.right == 0, rng.choice([-1, 99, -9999, 12, 128]), land.right.astype(int))


def class_removed(land: Landscape, rng: Random) -> np.ndarray:
    gone = np.isin(land.right, some_classes(land, rng, 1))
    return np.where(gone, rng.choice([0, np.nan]), land.right)


def classes_removed(land: Landscape, rng: Random) -> np.ndarray:
    gone = land.right > rng.integers(5, 10)
    return np.where(gone, 0, land.right)


def shifted(sign: int) -> Slip:
    def slip(land: Landscape, rng: Random) -> np.ndarray:
        step = sign * int(rng.choice([1, 1, 2, 5]))
        labels = (land.raw if rng.random() < 0.5 else land.right).astype(int) + step
        return np.mod(labels, 256) if rng.random() < 0.5 else labels

    return slip


def divided(land: Landscape, rng: Random) -> np.ndarray:
    return land.right / rng.choice([255, 11, 10, 100, 250, 2, 10_000])


def multiplied(land: Landscape, rng: Random) -> np.ndarray:
    return land.right.astype(int) * int(rng.choice([2, 10, 23, 100]))


def yes_and_no(land: Landscape, rng: Random) -> np.ndarray:
    chosen = np.isin(land.right, some_classes(land, rng, 3))
    return chosen.astype(rng.choice(["bool", "uint8", "float64"]))


def counted_through(land: Landscape, rng: Random) -> np.ndarray:
    # Whether no data counts or not, and from where: the codes that occur have gaps.
    own = land.right if rng.random() < 0.5 else land.raw
    return np.unique(own, return_inverse=True)[1].reshape(own.shape) + rng.integers(0, 2)


def other_codes(land: Landscape, rng: Random) -> np.ndarray:
    table = rng.permutation(np.arange(256))
    return table[land.right]


def turned(name: str) -> Slip:
    return lambda land, rng: TURNS[name](land.raw if rng.random() < 0.5 else land.right)


def extra_axis(land: Landscape, rng: Random) -> np.ndarray:
    return np.expand_dims(land.raw, int(rng.choice([0, 2])))


def one_hot(land: Landscape, rng: Random) -> np.ndarray:
    layers = np.eye(12)[np.minimum(land.right, 11)]
    layers = layers[..., 1:] if rng.random() < 0.5 else layers
    return np.moveaxis(layers, 2, 0) if rng.random() < 0.5 else layers


def painted(land: Landscape, rng: Random) -> np.ndarray:
    colours = np.vstack([[255, 255, 255], PALETTE])[np.minimum(land.right, 11)]
    picture = colours / 255 if rng.random() < 0.5 else colours.astype(np.uint8)
    return np.moveaxis(picture, 2, 0) if rng.random() < 0.3 else picture


def repeated(land: Landscape, rng: Random) -> np.ndarray:
    return np.stack([land.right] * int(rng.integers(2, 5)), axis=int(rng.choice([0, 2])))


def image_instead(land: Landscape, rng: Random) -> np.ndarray:
    chosen = land.bands[rng.choice(12, 3, replace=False)]
    if rng.random() < 0.5:
        chosen = np.clip(chosen / np.percentile(chosen, 98), 0, 1)
    return np.moveaxis(chosen, 0, 2) if rng.random() < 0.5 else chosen


def band_instead(land: Landscape, rng: Random) -> np.ndarray:
    return land.bands[rng.integers(12)] * rng.choice([1, 10_000])


def in_one_row(land: Landscape, rng: Random) -> np.ndarray:
    return (land.right if rng.random() < 0.5 else land.raw).ravel()


def only_codes(land: Landscape, rng: Random) -> np.ndarray:
    return np.unique(land.right if rng.random() < 0.5 else land.raw)


def counted(land: Landscape, rng: Random) -> np.ndarray:
    ways = [
        np.bincount(land.right.ravel()),
        np.unique(land.right, return_counts=True)[1],
        np.array(np.unique(land.raw, return_counts=True)),
        np.array(np.unique(land.right, return_counts=True)).T,
    ]
    return ways[rng.integers(len(ways))]


def constant(land: Landscape, rng: Random) -> np.ndarray:
    return np.full(land.right.shape, rng.choice([0, 1, 6, np.nan, 255.0]))


def cut_out(land: Landscape, rng: Random) -> np.ndarray:
    rows, columns = land.right.shape
    top, left = rng.integers(1, rows // 3), rng.integers(0, columns // 3)
    return land.right[top : -rng.integers(1, rows // 3), left:]


def padded(land: Landscape, rng: Random) -> np.ndarray:
    return np.pad(land.right, int(rng.integers(1, 20)))


def in_place(land: Landscape, rng: Random) -> np.ndarray:
    steps = rng.integers(1, 20, 2) * rng.choice([-1, 1], 2)
    rows, columns = land.right.shape
    table = np.pad(land.right, 20)
    return table[20 + steps[0] : 20 + steps[0] + rows, 20 + steps[1] : 20 + steps[1] + columns]


def thinned(land: Landscape, rng: Random) -> np.ndarray:
    step = int(rng.integers(2, 6))
    return land.right[::step, ::step]


def resized(land: Landscape, rng: Random) -> np.ndarray:
    sides = [int(side * rng.choice([0.64, 1.28, 2.0, 2.56])) for side in land.right.shape]
    rows, columns = (
        ((np.arange(small) + 0.5) * full / small).astype(int)
        for small, full in zip(sides, land.right.shape, strict=True)
    )
    return land.right[rows[:, None], columns]


def averaged(land: Landscape, rng: Random) -> np.ndarray:
    labels = land.right.astype(float)
    if rng.random() < 0.5:
        rows, columns = (side // 2 * 2 for side in labels.shape)
        return labels[:rows, :columns].reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
    return mean_of_neighbours(labels)


def mean_of_neighbours(labels: np.ndarray) -> np.ndarray:
    around = [np.roll(labels, step, axis) for axis in (0, 1) for step in (-1, 0, 1)]
    table = np.mean(around, axis=0)
    table[[0, -1]], table[:, [0, -1]] = labels[[0, -1]], labels[:, [0, -1]]
    return table


def smoothed(land: Landscape, rng: Random) -> np.ndarray:
    return np.rint(mean_of_neighbours(land.right.astype(float)))


KINDS: dict[str, Callable[[Random], bool]] = {
    "labels of another year": slips("labels-of-another-year", another_year),
    "labels of another patch": slips("labels-of-another-patch", another_patch),
    "254 and 255 left in": slips("labels-codes-left-in", codes_left_in),
    "254 or 255 left in": slips("labels-code-left-in", one_code_left_in),
    "no data as NaN": slips("labels-no-data-nan", no_data_nan),
    "no data as another number": slips("labels-no-data-became", no_data_became),
    "codes in int8": slips("labels-negative", lambda land, _: land.raw.astype("int8")),
    "a class removed": slips("labels-class-removed", class_removed),
    "classes removed": slips("labels-classes-removed", classes_removed),
    "codes moved up": slips("labels-too-large", shifted(1)),
    "codes moved down": slips("labels-too-small", shifted(-1)),
    "codes divided": slips("labels-divided", divided),
    "codes multiplied": slips("labels-multiplied", multiplied),
    "a mask in place of codes": slips("labels-yes-and-no", yes_and_no),
    "codes counted through": slips("labels-counted-through", counted_through),
    "codes exchanged": slips("labels-other-codes", other_codes),
    **{f"labels {name}": slips(f"labels-{name}", turned(name)) for name in TURNS if name},
    "labels with an extra axis": slips("labels-extra-axis", extra_axis),
    "labels one-hot": slips("labels-one-hot", one_hot),
    "labels painted": slips("labels-painted", painted),
    "labels repeated": slips("labels-repeated", repeated),
    "the image for labels": slips("labels-image-instead", image_instead),
    "a band for labels": slips("labels-band-instead", band_instead),
    "labels in one row": slips("labels-in-one-row", in_one_row),
    "the codes that occur": slips("labels-only-codes", only_codes),
    "codes counted": slips("labels-counted", counted),
    "one code everywhere": slips("labels-constant", constant),
    "labels cut out": slips("labels-cut-out", cut_out),
    "labels with an edge": slips("labels-padded", padded),
    "labels off their place": slips("labels-shifted-in-place", in_place),
    "labels thinned out": slips("labels-thinned", thinned),
    "labels resized": slips("labels-resized", resized),
    "labels averaged": slips("labels-averaged", averaged),
    "labels smoothed": slips("labels-smoothed", smoothed),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_random_slip_is_found_again(kind: str) -> None:
    found = [KINDS[kind](np.random.default_rng([5, seed])) for seed in range(TRIES)]
    assert np.mean(found) >= 0.95, f"{found.count(True)} of {TRIES}"


def test_what_is_right_or_has_nothing_to_do_with_labels_gets_no_explanation() -> None:
    for seed in range(TRIES):
        rng = np.random.default_rng(seed)
        land = any_landscape(rng)
        shape = [(40, 50), land.right.shape, (2, 3, 4), (3, *land.right.shape), (7,)][seed % 5]
        assert key_of(land, land.right) == ""
        assert key_of(land, rng.random(shape)) == ""
        assert key_of(land, rng.integers(0, 12, shape)) == ""


@pytest.mark.parametrize("shape", [(0,), (1,), (1, 1), (0, 5, 3), (1, 1, 1, 1), (2, 2, 2, 2), ()])
@pytest.mark.parametrize("dtype", ["bool", "uint8", "float64", "float16", "int64"])
def test_any_array_can_be_looked_at(shape: tuple[int, ...], dtype: str) -> None:
    land = any_landscape(np.random.default_rng(0))
    for value in (0, 1, 254):
        key_of(land, np.full(shape, value, dtype))


def test_very_large_numbers_and_infinities_are_looked_at() -> None:
    land = any_landscape(np.random.default_rng(1))
    for value in (np.inf, -np.inf, 1e308, np.nan):
        array = land.right.astype(float)
        array[0, 0] = value
        array[5:9, 5:9] = np.nan
        key_of(land, array)
        key_of(land, np.stack([array] * 3))


@pytest.mark.parametrize(
    ("kind", "code", "key"),
    [
        ("tuple", "img_array = tiff_to_numpy(filename),", "labels-comma"),
        ("tuple", "img_array = np.nonzero(a)", "labels-several"),
        ("NoneType", "img_array = download_clcpluslabel(a, b, c)", "labels-download-kept"),
        ("NoneType", "download_clcpluslabel(a, b, c)\nimg_array = print(1)", ""),
        ("array of objects", "x = download_clcpluslabel(a)\nimg_array = np.array(x)",
         "labels-download-kept"),
        ("array of text", "img_array = a.astype(str)", "labels-as-text"),
        ("array of text", "!this is no Python", "labels-as-text"),
        ("Dinosaur", "img_array = Dinosaur()", ""),
    ],
)  # fmt: skip
def test_other_objects_are_told_apart(kind: str, code: str, key: str) -> None:
    found = of_type({"kind": "other", "type": kind}, "img_array", code)
    assert (found.key if found else "") == key


def test_a_download_that_is_handed_on_as_a_file_is_told() -> None:
    error = "TypeError: invalid path or file: None"
    found = of_nothing("img_array = tiff_to_numpy(download_clcpluslabel(a, b, c))", error)
    assert found is not None
    assert found.key == "labels-download-kept"
    assert of_nothing("download_clcpluslabel(a, b, c)\nimg_array = f(None)", error) is None
    assert of_nothing("x = download_clcpluslabel(a, b, c)", "NameError: a") is None


def test_labels_are_put_together_as_the_service_does() -> None:
    served = Served(PRACTICE)
    [one, other] = served.labels(2018)
    west, south, east, north = one.bounds
    assert np.array_equal(window([one, other], one.bounds), one.bands[0])
    shifted = window([one], (west - 20, south + 50, east - 20, north + 50))
    assert (shifted[:, :2] == 254).all()
    assert (shifted[:5] == 254).all()
    assert np.array_equal(shifted[5:, 2:], one.bands[0][:-5, :-2])
    with pytest.raises(ValueError, match="size"):
        window([one], (west, south, west, north))


def test_the_learners_own_labels_come_first() -> None:
    served = Served(PRACTICE)
    own = facts.array(np.full((4, 5), 7))
    assert own_first(own, served)[0].codes.shape == (4, 5)
    for strange in (facts.array(np.full((4, 5), 0.5)), facts.missing("is not there")):
        assert own_first(strange, served)[0].codes.shape == served.labels(2018)[0].bands.shape[1:]
    asked = {"year": facts.text("2018"), "bbox": facts.numbers(served.labels(2018)[1].bounds, 4)}
    years = [(source.year, source.patch) for source in right_ones(asked, served)]
    assert years[:2] == [(2018, ""), (2021, "")]
    assert len(years) == 4
