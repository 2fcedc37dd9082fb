"""Explanations of wrong bands and wrong pictures, the first step that went astray first."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from autograder.checks.explaining.code import calls_of, constants, first_arguments
from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.images import numbers
from autograder.checks.explaining.images.bands import Match, find
from autograder.checks.explaining.images.divisors import Written
from autograder.checks.explaining.images.lying import BANDS, COLUMNS, FIRST, LAST, ROWS
from autograder.checks.explaining.images.unmatched import without_match
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact, joined
from utils.reference import BANDS as LEVEL_2A
from utils.reference import NDVI_INDEX, NDWI_INDEX

NOTHING = Written()

NAMES = {band.index: band.description.lower() for band in LEVEL_2A} | {
    NDVI_INDEX: "ready-made NDVI",
    NDWI_INDEX: "ready-made NDWI",
}


def bands_as_read(name: str, wanted: tuple[int, ...]) -> Explain:
    """An explainer of bands that were read, not scaled: shape (bands, rows, columns), or one band.

    Args:
        name: Fact with the array.
        wanted: Numbers of the bands that are asked for.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        return _first_wrong(evidence, name, served, wanted, (), scaled=False)

    return explain


def picture(
    name: str, wanted: tuple[int, ...], other: tuple[int, ...] = (), panel: str = ""
) -> Explain:
    """An explainer of a picture that was scaled for display: shape (rows, columns, colours).

    Args:
        name: Fact with the array.
        wanted: Numbers of the bands that are asked for.
        other: Bands of another image from which the divisor may have been taken.
        panel: Fact with the colours of the panel that should show it.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        if panel and evidence[name]["kind"] == "missing" and evidence[panel]["kind"] == "array":
            return _renamed(evidence, panel, served, wanted)
        return _first_wrong(evidence, name, served, wanted, other, scaled=True)

    return explain


def _renamed(
    evidence: Evidence, panel: str, served: Served, wanted: tuple[int, ...]
) -> Explanation | None:
    """That a panel shows the right picture under another name."""
    shown = first_arguments(joined(evidence["source"]), "imshow")
    amiss = next(of_array(evidence[panel]["array"], served, wanted, scaled=True), None)
    if amiss and amiss.key not in ("rounded-numbers", "some-pixels-differ"):
        return None
    return Explanation("picture-under-another-name", {"found": shown[-1]}) if shown else None


def _first_wrong(
    evidence: Evidence,
    name: str,
    served: Served,
    wanted: tuple[int, ...],
    other: tuple[int, ...],
    *,
    scaled: bool,
) -> Explanation | None:
    fact = evidence[name]
    if fact["kind"] != "array":
        return None
    written = Written(tuple(evidence["literals"]["values"]))
    if scaled and _clipped_backwards(fact["array"], joined(evidence["source"])):
        return Explanation("clip-limits-swapped")
    return next(of_array(fact["array"], served, wanted, other, written, scaled=scaled), None)


def _clipped_backwards(array: np.ndarray, source: str) -> bool:
    """Whether a constant array comes from a call of clip with the highest value first."""
    limits = [constants(call.args[1:]) for call in calls_of(source, "clip")]
    return np.ptp(array) == 0 and any(len(pair) == 2 and pair[0] > pair[1] for pair in limits)


def of_array(
    array: np.ndarray,
    served: Served,
    wanted: tuple[int, ...],
    other: tuple[int, ...] = (),
    written: Written = NOTHING,
    *,
    scaled: bool,
) -> Iterator[Explanation]:
    """All that is wrong with an array of bands, in the order in which it came about.

    Args:
        array: The learner's array.
        served: What is served.
        wanted: Numbers of the bands that are asked for.
        other: Bands of another image from which the divisor may have been taken.
        written: The numbers in the learner's code.
        scaled: Whether a picture for display is asked for, else the bands as they are.
    """
    axes = LAST if scaled else FIRST
    bands = served.patch.bands
    match = find(array, bands, wanted, axes)
    if match is None:
        yield from _of_another_patch(array, served, wanted, axes)
        if scaled and array.ndim == 2:
            yield Explanation("no-colours", {"shape": _shape(array.shape)})
        if scaled and array.ndim == 3 and array.shape[2] == 4:
            yield from _of_four(array, bands, wanted)
        if _is_grey(array, axes):
            yield Explanation("grey", {"expected": named(wanted)})
        yield from without_match(array, bands, wanted, scaled=scaled)
        return
    yield from _of_bands(match.bands, wanted, written)
    yield from _of_place(array, match, bands.shape[1:], axes)
    yield from numbers.of_match(array, match, bands, other, written, scaled=scaled)


def _of_four(
    array: np.ndarray, bands: np.ndarray, wanted: tuple[int, ...]
) -> Iterator[Explanation]:
    """A picture with one constant more for each pixel, its opacity."""
    three = np.ascontiguousarray(array[..., :3])
    if np.ptp(array[..., 3]) == 0 and find(three, bands, wanted, LAST):
        yield Explanation("opacity-added", {"shape": _shape(array.shape)})


def _is_grey(array: np.ndarray, axes: tuple[int, ...]) -> bool:
    """Whether three channels hold the same numbers, and not always the same one."""
    if array.ndim != 3 or array.shape[axes.index(BANDS)] != 3:
        return False
    first, second, third = np.moveaxis(array, axes.index(BANDS), 0)
    return np.array_equal(first, second) and np.array_equal(first, third) and np.ptp(first) > 0


def _of_another_patch(
    array: np.ndarray, served: Served, wanted: tuple[int, ...], axes: tuple[int, ...]
) -> Iterator[Explanation]:
    for url, raster in served.other_patches.items():
        if find(array, raster.bands, wanted, axes):
            file = url.rsplit("/", 1)[-1]
            own = served.url.rsplit("/", 1)[-1]
            yield Explanation("another-patch", {"file": file, "right_file": own})


def named(bands: tuple[int, ...]) -> str:
    """Numbers of bands with what they show: ``8, 4, 3 (near infrared, red, green)``."""
    shown = ", ".join(NAMES[band] for band in bands[:4]) + (" …" if len(bands) > 4 else "")
    return f"{', '.join(map(str, bands))} ({shown})"


def _of_bands(
    found: tuple[int, ...], wanted: tuple[int, ...], written: Written
) -> Iterator[Explanation]:
    """What is wrong with the choice of bands."""
    if found == wanted:
        return
    values = {"found": named(found), "expected": named(wanted), "count": str(len(found))}
    values["wanted"] = str(len(wanted))
    if len(wanted) == 1:
        yield Explanation(_of_one_band(found, wanted[0], written), values)
        return
    shifted = [here - there for here, there in zip(found, wanted, strict=False)]
    if len(found) != len(wanted):
        key = "all-layers-read" if len(found) == NDWI_INDEX else "other-number-of-bands"
    elif sorted(found) == sorted(wanted):
        key = "bands-in-another-order"
    elif set(shifted) == {-1}:
        key = "band-numbers-too-low"
    elif set(shifted) == {1} and written.all_of(wanted):
        key = "band-numbers-too-high"
    elif len(set(found)) < len(found):
        key = "same-band-repeated"
    else:
        key = "other-bands"
    yield Explanation(key, values)


def _of_one_band(found: tuple[int, ...], wanted: int, written: Written) -> str:
    if len(found) > 1:
        return "several-bands-for-one"
    if found[0] - wanted == 1 and written.all_of((wanted,)):
        return "band-number-too-high"
    return "band-number-too-low" if found[0] - wanted == -1 else "other-band"


def _of_place(
    array: np.ndarray, match: Match, sides: tuple[int, ...], axes: tuple[int, ...]
) -> Iterator[Explanation]:
    """What is wrong with the order of axes, or with how the picture lies."""
    lying = match.lying
    if lying.cut == "scrambled":
        yield Explanation("flattened" if array.ndim == 1 else "pixels-scrambled")
        return
    straight = tuple(length for length in array.shape if length != 1)
    if (len(straight) != array.ndim and len(match.channels) == 1) or array.ndim > 3:
        yield Explanation("extra-axis", {"shape": _shape(array.shape)})
    if BANDS in lying.axes and lying.axes.index(BANDS) != axes.index(BANDS):
        place = ("bands-first", "bands-in-the-middle", "bands-last")[lying.axes.index(BANDS)]
        lengths = {BANDS: len(match.channels), ROWS: sides[0], COLUMNS: sides[1]}
        right = _shape(tuple(lengths[axis] for axis in axes))
        yield Explanation(place, {"shape": _shape(array.shape), "right_shape": right})
    if lying.cut:
        own = (straight[lying.axes.index(axis)] for axis in (ROWS, COLUMNS))
        pair = {"found": by(own), "expected": by(sides)}
        yield Explanation(lying.cut, pair)
    if lying.turn:
        yield Explanation(lying.turn)


def by(sides: Iterable[int]) -> str:
    """Height and width: ``250 × 250``."""
    return " × ".join(map(str, sides))


def _shape(lengths: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, lengths))})"
