"""A slip in a picture is found again, whichever it is, on whichever land."""

from collections.abc import Callable

import numpy as np
import pytest

from autograder.checks import texts
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.divisors import Written
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.images.pixels import number
from autograder.checks.explaining.images.told import NAMES, of_array
from autograder.checks.explaining.served import Served
from tests.checks.explaining.slips import Kind, Trial, landscapes, tried

TRUE, FALSE = (4, 3, 2), (8, 4, 3)
Rng = np.random.Generator
Change = Callable[[Rng, np.ndarray], tuple[np.ndarray, str, dict[str, str]]]
"""Makes a slip in a stack of bands, shape (rows, columns, bands): the picture, key, values."""


def stack(served: Served, bands: tuple[int, ...]) -> np.ndarray:
    """Bands of a patch, colours last."""
    return np.moveaxis(served.patch.bands[[band - 1 for band in bands]], 0, -1)


def right(bands: np.ndarray) -> np.ndarray:
    """The picture that is asked for."""
    return np.clip(bands / np.percentile(bands, 98), 0, 1)


def first(
    array: np.ndarray,
    served: Served,
    wanted: tuple[int, ...],
    scaled: bool = True,
    code: tuple[float, ...] = (),
) -> Explanation | None:
    """The first explanation of an array."""
    array = np.ascontiguousarray(array)
    other = FALSE if wanted == TRUE else TRUE
    return next(of_array(array, served, wanted, other, Written(code), scaled=scaled), None)


def kind(change: Change) -> Kind:
    """A kind of slips in a picture of true or false colour, of either number type."""

    def make(rng: Rng, served: Served) -> Trial:
        wanted = TRUE if rng.random() < 0.5 else FALSE
        picture, key, values = change(rng, stack(served, wanted))
        picture = picture.astype(np.float32) if rng.random() < 0.5 else picture
        code = (float(values["number"].replace(",", "")),) if "number" in values else ()
        return Trial(first(picture, served, wanted, code=code), key, values, f"{key} {values}")

    return make


# --- bands --------------------------------------------------------------------------------------


def other_bands(rng: Rng, served: Served, scaled: bool) -> Trial:
    wanted = TRUE if rng.random() < 0.5 else FALSE
    layers = 13 if scaled else 14  # the last one is negative nearly everywhere: clipped to nothing
    while True:
        bands = tuple(int(band) for band in rng.choice(layers, 3, replace=False) + 1)
        shifts = {found - asked for found, asked in zip(bands, wanted, strict=True)}
        if sorted(bands) != sorted(wanted) and shifts not in ({1}, {-1}):
            break
    array = stack(served, bands)
    array = right(array) if scaled else np.moveaxis(array, -1, 0)
    shown = f"{', '.join(map(str, bands))} ({', '.join(NAMES[band] for band in bands)})"
    return Trial(first(array, served, wanted, scaled), "other-bands", {"found": shown}, str(bands))


def scaled_other_bands(rng: Rng, served: Served) -> Trial:
    return other_bands(rng, served, True)


def raw_other_bands(rng: Rng, served: Served) -> Trial:
    return other_bands(rng, served, False)


def another_order(rng: Rng, served: Served) -> Trial:
    wanted = TRUE if rng.random() < 0.5 else FALSE
    orders = [(4, 2, 3), (2, 3, 4)] if wanted == TRUE else [(8, 3, 4), (3, 4, 8), (4, 8, 3)]
    bands = orders[rng.integers(len(orders))]
    return Trial(
        first(right(stack(served, bands)), served, wanted), "bands-in-another-order", {}, str(bands)
    )


def shifted_bands(rng: Rng, served: Served) -> Trial:
    wanted = TRUE if rng.random() < 0.5 else FALSE
    shift = int(rng.choice([-1, 1]))
    array = right(stack(served, tuple(band + shift for band in wanted)))
    key = "band-numbers-too-low" if shift < 0 else "band-numbers-too-high"
    return Trial(first(array, served, wanted), key, {}, str(shift))


def one_band(rng: Rng, served: Served) -> Trial:
    band = int(rng.choice([found for found in range(1, 15) if found not in (7, 8, 9)]))
    array = served.patch.bands[band - 1].astype(rng.choice(["f4", "f8"]))
    return Trial(
        first(array, served, (8,), False), "other-band", {"found": f"{band} ({NAMES[band]})"}
    )


def other_count(rng: Rng, served: Served) -> Trial:
    count = int(rng.choice([2, 4, 5, 6, 7]))
    bands = tuple(int(band) for band in rng.choice(14, count, replace=False) + 1)
    array = np.moveaxis(stack(served, bands), -1, 0)
    return Trial(first(array, served, TRUE, False), "other-number-of-bands", {"count": str(count)})


# --- how a picture lies -------------------------------------------------------------------------


def turned(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    (swapped, rows, columns), key = list(TURNS.items())[rng.integers(len(TURNS))]
    picture = right(bands)[:: -1 if rows else 1, :: -1 if columns else 1]
    return (picture.swapaxes(0, 1) if swapped else picture), key, {}


def axes(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    middle = rng.random() < 0.5
    order = [(0, 2, 1), (1, 2, 0)] if middle else [(2, 0, 1), (2, 1, 0)]
    return (
        right(bands).transpose(order[rng.integers(2)]),
        "bands-in-the-middle" if middle else "bands-first",
        {},
    )


def scrambled(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    source = [np.moveaxis(bands, -1, 0), np.moveaxis(bands, -1, 0).swapaxes(1, 2)]
    return right(source[rng.integers(2)]).reshape(bands.shape), "pixels-scrambled", {}


def cut_out(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    top, left = (int(rng.integers(0, side // 3)) for side in bands.shape[:2])
    height, width = (int(rng.integers(side // 3, side // 2)) for side in bands.shape[:2])
    part = bands[top : top + height, left : left + width]
    return right(part), "cut-out", {"found": f"{height} × {width}"}


def every_nth(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    step = int(rng.choice([2, 3, 4]))
    return right(bands[::step, ::step]), "every-nth-pixel", {}


def resized(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    size = [int(side * rng.uniform(0.55, 1.8)) for side in bands.shape[:2]]
    rows, columns = (
        ((np.arange(new) + 0.5) * old / new).astype(int)
        for new, old in zip(size, bands.shape, strict=False)
    )
    return right(bands[rows[:, None], columns]), "resized", {"found": f"{size[0]} × {size[1]}"}


# --- scaling ------------------------------------------------------------------------------------


def by_number(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    divisor = float(f"{rng.uniform(1.5, 9) * 10.0 ** rng.integers(-1, 5):.3g}")
    return bands / divisor, "divided-by-a-number", {"number": number(divisor)}


def by_percentile(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    percentile = float(rng.choice([99, 95, 90, 96, 93, 85, 75, 50, 5, 2, 99.9]))
    picture = np.clip(bands / np.percentile(bands, percentile), 0, 1)
    return picture, "divided-by-percentile", {"number": number(percentile)}


def by_fraction(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    fraction = float(rng.choice([0.98, 0.95, 0.9, 0.99]))
    picture = np.clip(bands / np.percentile(bands, fraction), 0, 1)
    return picture, "divided-by-fraction", {"number": number(fraction)}


def by_each_percentile(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    percentile = float(rng.choice([98, 99, 95, 90, 88]))
    picture = bands / np.percentile(bands, percentile, axis=(0, 1))
    picture = np.clip(picture, 0, 1) if rng.random() < 0.7 else picture
    return picture, "divided-by-percentile-of-each", {"number": number(percentile)}


def by_largest(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    if rng.random() < 0.5:
        return bands / bands.max(), "divided-by-maximum", {}
    return bands / bands.max(axis=(0, 1)), "divided-by-maximum-of-each", {}


def by_mean(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    picture = bands / bands.mean()
    return (np.clip(picture, 0, 1) if rng.random() < 0.5 else picture), "divided-by-mean", {}


def other_image(rng: Rng, served: Served) -> Trial:
    percentile = int(rng.choice([98, 95, 99]))
    divisor = np.percentile(stack(served, TRUE), percentile)
    picture = np.clip(stack(served, FALSE) / divisor, 0, 1)
    found = first(picture, served, FALSE, code=(percentile,))
    return Trial(found, "divided-by-percentile-of-image", {"number": str(percentile)})


def one_bands_percentile(rng: Rng, served: Served) -> Trial:
    band = int(rng.choice(FALSE))
    divisor = np.percentile(served.patch.bands[band - 1], 98)
    picture = np.clip(stack(served, FALSE) / divisor, 0, 1)
    found = first(picture, served, FALSE, code=(98.0,))
    return Trial(found, "divided-by-percentile-of-one", {"number": "98", "band": str(band)})


def all_layers(rng: Rng, served: Served) -> Trial:
    picture = np.clip(stack(served, TRUE) / np.percentile(served.patch.bands, 98), 0, 1)
    return Trial(first(picture, served, TRUE), "divided-by-percentile-of-layers", {})


def raw(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    return np.clip(bands, 0, 1), "not-divided", {}


def unclipped(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    return bands / np.percentile(bands, 98), "not-clipped", {}


def clipped_elsewhere(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    high = round(float(rng.uniform(0.5, 0.95)), 2)
    return np.minimum(right(bands), high), "cut-at-another-value", {"high": number(high)}


def stretched(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    low, high = [(2, 98), (1, 99), (5, 95)][rng.integers(3)]
    each = rng.random() < 0.5
    ends = [np.percentile(bands, end, axis=(0, 1) if each else None) for end in (low, high)]
    key = "stretched-between-percentiles" + ("-each" if each else "")
    values = {"low": str(low), "high": str(high)}
    return np.clip((bands - ends[0]) / (ends[1] - ends[0]), 0, 1), key, values


def stretched_whole(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    bands = bands + 0.01  # where the darkest is 0, this is the same as dividing by the largest
    low, high = bands.min(axis=(0, 1)), bands.max(axis=(0, 1))
    return (bands - low) / (high - low), "stretched-from-minimum-to-maximum-each", {}


def standardised(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    axis = (0, 1) if rng.random() < 0.5 else None
    key = "standardised-each" if axis else "standardised"
    return (bands - bands.mean(axis=axis)) / bands.std(axis=axis), key, {}


def bent(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    power = round(float(rng.choice([*rng.uniform(0.3, 0.48, 3), *rng.uniform(0.52, 0.95, 3)])), 2)
    return right(bands) ** power, "raised-to-a-power", {"number": number(power)}


def rooted(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    if rng.random() < 0.5:
        return np.sqrt(right(bands)), "square-root-taken", {}
    return right(bands) ** 2, "squared", {}


def inverted(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    return 1 - right(bands), "inverted", {}


def wrong_way(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    lit = np.maximum(bands, 1e-4)
    return np.clip(np.percentile(lit, 50) / lit, 0, 1), "divided-the-wrong-way", {}


def whole_255(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    picture = right(bands) * 255
    return [picture, picture.astype(np.uint8), np.rint(picture)][rng.integers(3)], "out-of-255", {}


def run_over(rng: Rng, served: Served) -> Trial:
    bands = stack(served, TRUE)
    picture = (bands / np.percentile(bands, 98) * 255).astype(np.int64).astype(np.uint8)
    return Trial(first(picture, served, TRUE), "ran-over-255", {})


def cast(rng: Rng, served: Served) -> Trial:
    picture = right(stack(served, TRUE))
    picture = picture.astype(rng.choice(["u1", "i4", "i8"]))
    return Trial(first(picture, served, TRUE), "cast-to-whole-numbers", {})


def rounded(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    digits = int(rng.choice([1, 2]))
    return np.round(right(bands), digits), "rounded-numbers", {"number": number(10.0**-digits)}


def multiplied(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    factor = round(float(rng.uniform(1.5, 6)), 1)
    return np.clip(bands * factor, 0, 1), "multiplied", {"number": number(factor)}


def in_parts(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    axis = int(rng.integers(3))
    divisor = np.percentile(bands, 98, axis=axis, keepdims=True)
    of = ("column", "row", "pixel")[axis]
    divisor = np.maximum(divisor, 1e-6)
    return np.clip(bands / divisor, 0, 1), f"each-{of}-by-another-number", {}


def no_data(rng: Rng, bands: np.ndarray) -> tuple[np.ndarray, str, dict[str, str]]:
    picture = np.ascontiguousarray(right(bands))
    places = rng.choice(picture.size, int(rng.integers(3, 40)), replace=False)
    picture.ravel()[places] = np.nan
    return picture, "pixels-replaced", {"value": "NaN", "count": str(len(places))}


# --- raw bands ----------------------------------------------------------------------------------


def raw_scaled(rng: Rng, served: Served) -> Trial:
    factor = float(rng.choice([10_000, 1000, 255, 100]))
    bands = np.moveaxis(stack(served, TRUE), -1, 0)
    if rng.random() < 0.5:
        found = first(bands * factor, served, TRUE, False)
        return Trial(found, "bands-multiplied", {"number": number(factor)})
    found = first(bands / factor, served, TRUE, False)
    return Trial(found, "bands-divided", {"number": number(factor)})


def raw_moved(rng: Rng, served: Served) -> Trial:
    return Trial(first(stack(served, TRUE), served, TRUE, False), "bands-last", {})


# --- two at a time ------------------------------------------------------------------------------


def bands_and_more(rng: Rng, served: Served) -> Trial:
    """Of two slips, the one that came first is named."""
    changes = (raw, unclipped, by_each_percentile, rooted, whole_255, turned, stretched)
    change = changes[rng.integers(len(changes))]
    bands = [(2, 3, 4), (8, 3, 2), (7, 6, 5)][rng.integers(3)]
    picture, *_ = change(rng, stack(served, bands))
    key = "bands-in-another-order" if bands == (2, 3, 4) else "other-bands"
    return Trial(first(picture, served, TRUE), key, {}, change.__name__)


def turned_and_more(rng: Rng, served: Served) -> Trial:
    changes = (raw, unclipped, by_each_percentile, rooted, whole_255, by_largest)
    picture, *_ = changes[rng.integers(len(changes))](rng, stack(served, TRUE))
    return Trial(first(picture[::-1], served, TRUE), "upside-down", {})


def divided_and_more(rng: Rng, served: Served) -> Trial:
    bands = stack(served, TRUE)
    picture = bands / np.percentile(bands, 98, axis=(0, 1))
    picture = [picture, np.clip(picture, 0, 1) ** 0.5, np.clip(picture, 0, 1) * 255][
        rng.integers(3)
    ]
    return Trial(first(picture, served, TRUE), "divided-by-percentile-of-each", {"number": "98"})


KINDS: dict[str, Kind] = {
    "other bands, scaled": scaled_other_bands,
    "other bands, as read": raw_other_bands,
    "bands in another order": another_order,
    "bands counted from elsewhere": shifted_bands,
    "one other band": one_band,
    "another number of bands": other_count,
    "turned or mirrored": kind(turned),
    "axes in another order": kind(axes),
    "reshaped": kind(scrambled),
    "cut out": kind(cut_out),
    "every nth pixel": kind(every_nth),
    "resized": kind(resized),
    "divided by a number": kind(by_number),
    "divided by another percentile": kind(by_percentile),
    "percentile as a fraction": kind(by_fraction),
    "percentile of each band": kind(by_each_percentile),
    "percentile of the other picture": other_image,
    "percentile of one band": one_bands_percentile,
    "percentile of all layers": all_layers,
    "divided by the largest": kind(by_largest),
    "divided by the mean": kind(by_mean),
    "each row, column or pixel divided": kind(in_parts),
    "not divided": kind(raw),
    "multiplied": kind(multiplied),
    "not clipped": kind(unclipped),
    "clipped elsewhere": kind(clipped_elsewhere),
    "stretched between percentiles": kind(stretched),
    "standardised": kind(standardised),
    "raised to a power": kind(bent),
    "square root or square": kind(rooted),
    "negative": kind(inverted),
    "divided the wrong way": kind(wrong_way),
    "0 to 255": kind(whole_255),
    "run over 255": run_over,
    "whole numbers": cast,
    "rounded": kind(rounded),
    "no data left in": kind(no_data),
    "raw bands scaled": raw_scaled,
    "raw bands moved": raw_moved,
    "bands, and one more slip": bands_and_more,
    "upside down, and one more slip": turned_and_more,
    "each band divided, and one more slip": divided_and_more,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_random_slip_is_found_again(name: str) -> None:
    for _, trials in tried({name: KINDS[name]}, 6):
        for trial in trials:
            assert trial.right, f"{trial.made}: {trial.found}, not {trial.key} {trial.values}"


def test_what_is_right_is_not_explained() -> None:
    for served in landscapes():
        for wanted in (TRUE, FALSE):
            assert first(right(stack(served, wanted)), served, wanted) is None
            assert first(np.moveaxis(stack(served, wanted), -1, 0), served, wanted, False) is None


@pytest.mark.parametrize("seed", range(4))
def test_what_is_no_picture_of_the_patch_gets_no_cause(seed: int) -> None:
    """Noise, smoothed and mixed bands: nothing is claimed of them."""
    rng = np.random.default_rng(seed)
    for served in landscapes():
        bands = stack(served, TRUE)
        noise = rng.random(bands.shape)
        mixed = right(bands) * 0.5 + noise * 0.5
        smooth = (bands + np.roll(bands, 1, axis=0) + np.roll(bands, 1, axis=1)) / 3
        for picture in (noise, mixed, right(smooth)):
            assert first(picture, served, TRUE) is None


def test_every_explanation_of_a_slip_has_a_sentence() -> None:
    for _, trials in tried(KINDS, 1):
        for trial in trials:
            entry = texts.explanation(3, trial.key)
            assert entry, trial.key
            assert trial.found
            assert "{" not in "".join(
                vars(entry.filled({"label": "`rgb`", **trial.found.values})).values()
            )
