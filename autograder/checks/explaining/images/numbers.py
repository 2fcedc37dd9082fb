"""What is wrong with the numbers of an array whose bands are known."""

from collections.abc import Iterator

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.bands import LEAST_VALUES, Match
from autograder.checks.explaining.images.divisors import Source, Written, of_all, source_of
from autograder.checks.explaining.images.pixels import differing, number
from autograder.checks.explaining.images.scaling import LOGARITHM, Curve, alike, curve_of

WANTED = Source("percentile", "all", 98.0)
"""The divisor that exercises ask for."""

OF_UNKNOWN_ORIGIN = ("divided-by-a-number", "multiplied", "each-band-by-another-number", "shifted")
USUAL_FACTORS = ("10,000", "1,000", "100", "255")

EDGE = 1e-3
"""How far from 0 and 1 a picture may end, and still be cut there."""


def of_match(
    array: np.ndarray,
    match: Match,
    bands: np.ndarray,
    other: tuple[int, ...],
    written: Written,
    *,
    scaled: bool,
) -> Iterator[Explanation]:
    """What is wrong with the numbers of an array, first what was done first.

    Args:
        array: The learner's array.
        match: Its bands, and how it lies on the patch.
        bands: The patch, shape (bands, rows, columns).
        other: Numbers of the bands of another image.
        written: The numbers in the learner's code.
        scaled: Whether a picture for display is asked for.
    """
    if not scaled:
        yield from _of_raw(array, match)
        yield from _of_pixels(array, match, bands, scaled=False)
        return
    stack = bands[[band - 1 for band in match.bands]]
    others = {"image": bands[[band - 1 for band in other]]} if other else {}
    others["layers"] = bands
    low, high = float(np.nanmin(array)), float(np.nanmax(array))
    grain = grain_of(array)
    readings = []
    for full in _fulls(array, high):
        curves = [curve_of(channel, grain / full, low, high, full) for channel in match.channels]
        known = [curve for curve in curves if curve is not None]
        if known and (len(known) == len(curves) or len(known) == _telling(match)):
            told = len(known) == len(curves)
            each = stack if told else stack[[curve is not None for curve in curves]]
            divided = _divided(known, stack, each, others, written, match.bands)
            readings.append((full, known, divided))
            if divided is None:
                break
    if not readings:
        yield from _of_falling(match)
        return
    best = min(readings, key=lambda reading: _unlikely(reading[2]))
    yield from _in_order(array, best[0], best[1], best[2], grain)
    yield from _of_pixels(array, match, bands, scaled=True)


def _of_falling(match: Match) -> Iterator[Explanation]:
    """A picture that gets darker where the ground is brighter, by no straight line."""
    if not all(channel.falling for channel in match.channels):
        return
    for channel in match.channels:
        between = (channel.values < channel.values.max()) & (channel.light > 0)
        products = channel.values[between] * channel.light[between]
        if products.size > 1 and np.ptp(products) > 0.05 * products.mean():
            yield Explanation("inverted-otherwise")
            return
    yield Explanation("divided-the-wrong-way")


def _telling(match: Match) -> int:
    """How many channels hold enough different numbers for a curve."""
    return sum(np.unique(channel.values).size >= LEAST_VALUES for channel in match.channels)


def _fulls(array: np.ndarray, high: float) -> tuple[float, ...]:
    """What may stand for full brightness."""
    if array.dtype.kind in "iu" and high > 1:
        return (255.0, 1.0) if high <= 255 else (1.0, 65_535.0)
    return (1.0, 255.0) if 30 < high <= 255.5 else (1.0,)


def grain_of(array: np.ndarray) -> float:
    """The step of rounded numbers: 1, 0.1, 0.01, 0.001; 0 for numbers that were not rounded."""
    if array.dtype == np.float16:
        return 0.001
    sample = array.ravel()[:: max(1, array.size // 3000)].astype(float)
    sample = sample[np.isfinite(sample)]
    for step in (1.0, 0.1, 0.01, 0.001):
        if np.allclose(sample, np.rint(sample / step) * step, rtol=0, atol=1e-6):
            return step
    return 0.0


def _unlikely(found: Explanation | None) -> int:
    """How unlikely a divisor is: none amiss, a named one, a number of unknown origin."""
    if found is None:
        return 0
    usual = found.values.get("number") in USUAL_FACTORS
    return 1 if usual or found.key not in OF_UNKNOWN_ORIGIN else 2


def _divided(
    curves: list[Curve],
    stack: np.ndarray,
    each: np.ndarray,
    others: dict[str, np.ndarray],
    written: Written,
    bands: tuple[int, ...],
) -> Explanation | None:
    """What is wrong with what was subtracted, and with the divisor."""
    if any(curve.bend == LOGARITHM for curve in curves):
        return None
    divisors, shifts = ([getattr(curve, key) for curve in curves] for key in ("divisor", "shift"))
    slack = max(curve.slack for curve in curves)
    if max(divisors) < 0:
        return Explanation("inverted")
    if any(_shifted(curve) for curve in curves):
        return _stretched(shifts, divisors, stack, each, slack, written)
    if alike(divisors, slack):
        found = of_all(float(np.mean(divisors)), stack, others, slack, written, bands)
        return None if found == WANTED else _by_one(found)
    return _by_each(divisors, each, slack, written)


def _by_one(found: Source) -> Explanation:
    values = {"number": number(found.number), "band": str(found.band)}
    if found.what == "constant":
        factor = 1 / found.number
        if found.number == 1:
            return Explanation("not-divided")
        if factor > 1 and abs(factor - round(factor, 1)) < 1e-3 * factor:
            return Explanation("multiplied", {"number": number(factor)})
        return Explanation("divided-by-a-number", values)
    if found.what == "product":
        return Explanation("multiplied-by-percentile", values)
    if found.of != "all":
        return Explanation(f"divided-by-{found.what}-of-{found.of}", values)
    return Explanation(f"divided-by-{found.what}", values)


def _by_each(
    divisors: list[float], each: np.ndarray, slack: float, written: Written
) -> Explanation:
    sources = {
        source_of(divisor, values, "each", slack * divisor, written)
        for divisor, values in zip(divisors, each, strict=True)
    }
    source = sources.pop()
    if not sources and source.what in ("percentile", "maximum", "fraction", "mean"):
        return Explanation(f"divided-by-{source.what}-of-each", {"number": number(source.number)})
    words = ", ".join(number(divisor) for divisor in divisors)
    return Explanation("each-band-by-another-number", {"numbers": words})


def _stretched(
    shifts: list[float],
    divisors: list[float],
    stack: np.ndarray,
    each: np.ndarray,
    slack: float,
    written: Written,
) -> Explanation:
    """What was subtracted before the division."""
    one = np.ptp(shifts) <= 2 * slack * max(divisors) and alike(divisors, slack)
    lower, upper, spread = set(), set(), set()
    for shift, divisor, values in zip(shifts, divisors, [stack] if one else each, strict=False):
        width = slack * divisor
        lower.add(source_of(shift, values, "", width, written))
        upper.add(source_of(shift + divisor, values, "", width, written))
        spread.add(source_of(divisor, values, "", width, written).what)
    of = "" if one else "-each"
    first, last = lower.pop(), upper.pop()
    if spread == {"deviation"} and first.what == "mean":
        return Explanation(f"standardised{of}")
    if not lower and not upper and (first.what, last.what) == ("minimum", "maximum"):
        return Explanation(f"stretched-from-minimum-to-maximum{of}")
    if not lower and not upper and first.what == last.what == "percentile":
        values = {"low": number(first.number), "high": number(last.number)}
        return Explanation(f"stretched-between-percentiles{of}", values)
    if not lower and first.what == "minimum":
        return Explanation("minimum-subtracted")
    return Explanation("shifted", {"number": number(max(shifts, key=abs))})


def _in_order(
    array: np.ndarray, full: float, curves: list[Curve], divided: Explanation | None, grain: float
) -> Iterator[Explanation]:
    """All that is wrong, as it was done: divided, cut, bent, counted out of 255."""
    if divided:
        yield divided
    low, high = float(np.nanmin(array)) / full, float(np.nanmax(array)) / full
    curve = curves[0]
    if high > 1 + EDGE or low < -EDGE:
        cut = float((array >= np.nanmax(array)).mean()) > EDGE
        key = "cut-at-another-value" if cut else "not-clipped"
        yield Explanation(key, {"high": number(high), "low": number(low)})
    elif high < 1 - max(EDGE, grain / full) and not divided:
        yield Explanation("cut-at-another-value", {"high": number(high), "low": number(low)})
    if curve.bend:
        yield Explanation(curve.bend, {"number": number(curve.power)})
    if full != 1:
        yield Explanation("out-of-255" if full == 255 else "out-of-65535")
    elif grain:
        yield Explanation("rounded-numbers", {"number": number(grain)})


def _of_pixels(
    array: np.ndarray, match: Match, bands: np.ndarray, *, scaled: bool
) -> Iterator[Explanation]:
    """Pixels that differ, where all else is right."""
    right = bands[[band - 1 for band in match.bands]]
    if scaled:
        right = np.moveaxis(np.clip(right / np.percentile(right, 98), 0, 1), 0, -1)
    if len(match.bands) == 1 and array.ndim == 2:
        right = right[0]
    if array.shape == right.shape:
        yield from differing(array, right, 2e-5 if not scaled else EDGE)


def _shifted(curve: Curve) -> bool:
    return abs(curve.shift / curve.divisor) > curve.doubt


def _of_raw(array: np.ndarray, match: Match) -> Iterator[Explanation]:
    """What was done to bands that are wanted as they are."""
    grain = grain_of(array)
    for channel in match.channels:
        if np.allclose(channel.values, channel.light, rtol=0, atol=2e-5):
            continue
        curve = curve_of(channel, grain, -np.inf, np.inf, 1.0)
        if curve is None or curve.bend or curve.divisor <= 0:
            yield Explanation("bands-changed")
        elif _shifted(curve):
            yield Explanation("bands-shifted", {"number": number(abs(curve.shift))})
        elif abs(curve.divisor - 1) < 0.01:
            yield Explanation("bands-rounded", {"number": number(grain)} if grain else {})
        elif curve.divisor > 1:
            yield Explanation("bands-divided", {"number": number(curve.divisor)})
        else:
            yield Explanation("bands-multiplied", {"number": number(1 / curve.divisor)})
        return
