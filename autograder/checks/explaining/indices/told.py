"""Explanations of a wrong index, the first step that went astray first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.images.bands import find as find_bands
from autograder.checks.explaining.images.lying import COLUMNS, ROWS, cut_out, ways
from autograder.checks.explaining.images.numbers import grain_of
from autograder.checks.explaining.images.pixels import differing, number
from autograder.checks.explaining.images.told import NAMES, by
from autograder.checks.explaining.indices.formulas import NORMALISED, SAMPLES, Made, find
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import NDVI_INDEX

ALMOST = 0.999
"""Share of pixels that must fit where numbers may be rounded either way."""

BLUE = 2
CLOSE_BLUE, DISTINCT = 1e-3, 0.05
"""How exactly blue is told from an index, and how far both bands must be apart for that."""

SAME = 2e-4
"""Largest difference of two indices that count as the same."""


def index(name: str, wanted: tuple[int, int]) -> Explain:
    """An explainer of a normalised difference of two bands, shape (rows, columns).

    Args:
        name: Fact with the array.
        wanted: Numbers of the bands that are asked for, first minus second.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact["kind"] != "array":
            return None
        return next(of_array(fact["array"], served, wanted), None)

    return explain


def of_array(array: np.ndarray, served: Served, wanted: tuple[int, int]) -> Iterator[Explanation]:
    """All that is wrong with an index, in the order in which it came about.

    Args:
        array: The learner's array.
        served: What is served.
        wanted: Numbers of the bands that are asked for.
    """
    bands = served.patch.bands
    flat_shape = tuple(length for length in array.shape if length != 1)
    if not array.size or len(flat_shape) not in (1, 2):
        return
    layer = _of_one_layer(array, bands)
    if layer:
        yield layer
        return
    seen = array.ravel().astype(float)
    flat = _sample(seen)
    if flat.size < SAMPLES:
        yield from _of_few_values(array, bands, wanted)
        return
    grain = grain_of(array)
    parts = (
        [cut_out(flat_shape, (ROWS, COLUMNS), array.reshape(flat_shape), _right(bands, wanted))]
        if len(flat_shape) == 2
        else []
    )
    for lying in (*ways(flat_shape, bands.shape[1:], (ROWS, COLUMNS)), *filter(None, parts)):
        _, rows, columns = lying.places(flat)
        light = bands[:, rows, columns]
        two = light[[band - 1 for band in wanted]]
        lit = (two > 0).all(axis=0)
        if lying.cut or lying.turn:  # of other bands and turned as well: not looked for
            light = two
        made = find(seen[flat][lit], light[:, lit], wanted if len(light) > 2 else (1, 2), grain)
        if made and len(light) == 2:
            both = (wanted[made.first - 1], wanted[made.second - 1])
            made = replace(made, first=both[0], second=both[1])
        if made:
            if array.ndim > 2:
                yield Explanation("extra-axis", {"shape": str(array.shape)})
            if lying.cut or lying.turn:
                yield Explanation(
                    lying.cut or lying.turn,
                    {"found": by(array.shape), "expected": by(bands.shape[1:])},
                )
            yield from _of_formula(made, wanted)
            if array.shape == bands.shape[1:]:
                yield from _of_range(array, made.of(bands), grain)
                yield from _of_pixels(array, bands, wanted)
            return
    if array.shape == bands.shape[1:]:
        rows, columns = np.unravel_index(flat, array.shape)
        light = bands[:, rows, columns]
        lit = np.abs(light[wanted[0] - 1] - light[wanted[1] - 1]) > DISTINCT
        if _is_enhanced(seen[flat][lit], light[:, lit], wanted):
            yield Explanation("enhanced")


def _is_enhanced(seen: np.ndarray, bands: np.ndarray, wanted: tuple[int, int]) -> bool:
    """Whether numbers are the index EVI, which takes blue as well, or a number in its place."""
    a, b = (bands[band - 1] for band in wanted)
    with np.errstate(all="ignore"):
        blue = (a + 6 * b + 1 - 2.5 * (a - b) / seen) / 7.5
    own = np.abs(blue - bands[BLUE - 1]).max() < CLOSE_BLUE
    return bool(own or np.ptp(blue) < CLOSE_BLUE)


def _sample(values: np.ndarray) -> np.ndarray:
    """Flat positions of some numbers between the extremes, where most are cut."""
    with np.errstate(invalid="ignore"):
        low, high = np.nanmin(values), np.nanmax(values)
        between = np.flatnonzero((values > low) & (values < high) & np.isfinite(values))
    if not between.size:
        return between
    return np.random.default_rng(values.size).choice(between, SAMPLES)


def _of_one_layer(array: np.ndarray, bands: np.ndarray) -> Explanation | None:
    """An index that is a layer of the patch, as it is or scaled."""
    match = find_bands(array, bands, (), (ROWS, COLUMNS))
    if match is None or len(match.bands) != 1:
        return None
    band = match.bands[0]
    values = {"band": str(band), "shows": NAMES[band]}
    return Explanation("ready-made-index" if band >= NDVI_INDEX else "one-band-only", values)


def _of_few_values(
    array: np.ndarray, bands: np.ndarray, wanted: tuple[int, int]
) -> Iterator[Explanation]:
    """An index of so few different numbers that it was cut to whole ones."""
    if array.shape != bands.shape[1:]:
        return
    right = Made(NORMALISED, *wanted).of(bands)
    lit = np.isfinite(right)
    seen = array[lit].astype(float)

    def made_by(rounding: Callable[[np.ndarray], np.ndarray]) -> bool:
        return float((seen == rounding(right[lit])).mean()) > ALMOST

    if made_by(np.trunc) or made_by(np.rint):
        yield Explanation("index-to-whole-numbers")
    elif made_by(np.floor):
        yield Explanation("divided-to-whole-numbers")


def _of_formula(made: Made, wanted: tuple[int, int]) -> Iterator[Explanation]:
    """What is wrong with the two bands, the formula, or what followed it."""
    first, second = wanted
    pair = {
        "found": _named((made.first, made.second)),
        "expected": _named(wanted),
        "gain": number(made.gain),
        "offset": number(made.offset),
    }
    if {made.first, made.second} != set(wanted):
        key = "index-of-one-other-band" if {made.first, made.second} & set(wanted) else ""
        yield Explanation(key or "index-of-other-bands", pair)
    if made.formula == "difference-only" and made.gain != 1:
        yield Explanation("divided-by-one-number", pair)
        return
    if made.formula != NORMALISED:
        swapped = (made.first, made.second) == (second, first)
        yield Explanation(made.formula, pair)
        if swapped:
            yield Explanation("sign-turned", pair)
        return
    # Swapped bands and a turned sign are one and the same
    swapped = (made.first, made.second) != wanted and {made.first, made.second} == set(wanted)
    gain = -made.gain if swapped else made.gain
    yield from _of_line(gain, made.offset)
    if made.added:
        yield Explanation("added-to-the-sum", {"number": number(made.added)})


def _of_line(gain: float, offset: float) -> Iterator[Explanation]:
    """What was done to a right index afterwards."""
    ends = {"low": number(offset - abs(gain)), "high": number(offset + abs(gain))}
    values = {"gain": number(abs(gain)), "offset": number(abs(offset)), **ends}
    if gain < 0:
        yield Explanation("subtracted-from-a-number" if offset else "sign-turned", values)
    if offset and abs(gain - offset) < 0.02 * gain:
        high = 255.0 if 250 < offset + gain < 257 else offset + gain
        yield Explanation("index-stretched", {**values, "low": "0", "high": number(high)})
    elif offset and gain > 0:
        yield Explanation("index-shifted", values)
    elif abs(gain) != 1:
        yield Explanation("index-multiplied", values)


def _named(bands: tuple[int, ...]) -> str:
    return " and ".join(f"{band} ({NAMES[band]})" for band in bands)


def _of_range(array: np.ndarray, right: np.ndarray, grain: float) -> Iterator[Explanation]:
    """Numbers that were cut at an end, or rounded."""
    both = np.isfinite(array) & np.isfinite(right)
    found, lit = array[both].astype(float), right[both]
    low, high = float(found.min()), float(found.max())
    slack = (SAME + grain) * max(1.0, float(np.abs(lit).max()))
    within = np.abs(np.clip(lit, low, high) - found).max() <= slack
    if within and (low > lit.min() + slack or high < lit.max() - slack):
        yield Explanation("index-cut", {"low": number(low), "high": number(high)})
    if array.dtype == np.float16:
        yield Explanation("half-precision")
    elif grain:
        yield Explanation("rounded-numbers", {"number": number(grain)})


def _right(bands: np.ndarray, wanted: tuple[int, int]) -> np.ndarray:
    """The index as it is asked for, 0 where both bands are 0."""
    first, second = (bands[band - 1] for band in wanted)
    above, below = first - second, first + second
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _of_pixels(
    array: np.ndarray, bands: np.ndarray, wanted: tuple[int, int]
) -> Iterator[Explanation]:
    """Pixels that differ from a right index: those without light, or others."""
    dark = sum(bands[band - 1] for band in wanted) == 0
    right = _right(bands, wanted)
    found = next(differing(array, right, SAME), None)
    if found and not any(differing(array[~dark], right[~dark], SAME)):
        key = "no-light-otherwise" if found.values["value"] else "no-light-various"
        found = Explanation(key, found.values)
    if found:
        yield found
