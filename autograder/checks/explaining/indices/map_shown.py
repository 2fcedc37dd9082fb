"""What a map of an index shows, in which colours, and what its colour bar tells."""

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.images.colouring import REVERSED, Colouring, colouring_of
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.indices.told import SAME, of_array
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact, joined

NEAR = 0.02
"""How exactly limits are told from colours."""


def image(name: str, own: str, arrays: tuple[str, ...], wanted: tuple[int, int]) -> Explain:
    """An explainer of the numbers that an image shows.

    Args:
        name: Fact with these numbers.
        own: Fact with the index that it should show.
        arrays: Facts with other arrays that it may show.
        wanted: Numbers of the bands of the index.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact["kind"] == "missing":
            return Explanation("panel-empty", {"own": own})
        if fact["kind"] != "array":
            return None
        found = _shown(fact["array"], evidence, own, arrays)
        return next(found, None) or next(of_array(fact["array"], served, wanted), None)

    return explain


def _shown(
    shown: np.ndarray, evidence: Evidence, own: str, arrays: tuple[str, ...]
) -> Iterator[Explanation]:
    for name in arrays:
        if evidence[name]["kind"] == "array" and _same(evidence[name]["array"], shown):
            yield Explanation("other-array-shown", {"name": name, "own": own})
    if evidence[own]["kind"] != "array" or evidence[own]["array"].ndim != 2:
        return
    array = evidence[own]["array"]
    for (swapped, rows, columns), key in TURNS.items():
        turned = array[:: -1 if rows else 1, :: -1 if columns else 1]
        if _same(turned.T if swapped else turned, shown):
            yield Explanation(key)
    if _same(-array, shown):
        yield Explanation("shown-with-sign-turned", {"own": own})


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(
        np.allclose(one, other, rtol=0, atol=SAME, equal_nan=True)
    )


def colours(
    name: str, own: str, probe: np.ndarray, names: tuple[str, ...], limits: tuple[float, float]
) -> Explain:
    """An explainer of the colours that an image gives to numbers.

    Args:
        name: Fact with the colours of the probe values.
        own: Fact with the array that is shown.
        probe: The probe values.
        names: Colour maps that are right, the one that is asked for first.
        limits: Lowest and highest value of the scale.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact["kind"] != "array":
            return None
        found = colouring_of(fact["array"], probe, joined(evidence["source"]))
        if found is None:
            return None
        return next(_amiss(found, evidence[own], names, limits), None)

    return explain


def _amiss(
    found: Colouring, own: Fact, names: tuple[str, ...], limits: tuple[float, float]
) -> Iterator[Explanation]:
    backwards = (
        found.low is not None
        and found.high is not None
        and (abs(found.low - limits[1]) + abs(found.high - limits[0]) < 2 * NEAR)
    )
    if found.name in [name + REVERSED for name in names] or (found.name in names and backwards):
        yield Explanation("colour-map-reversed", {"found": found.name, "expected": names[0]})
    if found.name not in names:
        yield Explanation("other-colour-map", {"found": found.name, "expected": names[0]})
    if found.low is None or found.high is None:
        yield Explanation("limits-too-wide", {"found": found.name})
        return
    words = {"low": limit(found.low), "high": limit(found.high)}
    words |= {"right_low": limit(limits[0]), "right_high": limit(limits[1])}
    ends = _ends(own)
    at_low = abs(found.low - ends[0]) < NEAR
    at_high = abs(found.high - ends[1]) < NEAR
    if at_low and at_high:
        yield Explanation("limits-of-the-pixels", words)
    elif at_high and abs(found.low - limits[0]) < NEAR:
        yield Explanation("upper-limit-of-the-pixels", words)
    elif at_low and abs(found.high - limits[1]) < NEAR:
        yield Explanation("lower-limit-of-the-pixels", words)
    else:
        yield Explanation("other-limits", words)


def limit(value: float) -> str:
    """A limit as it is told from colours: two decimals, a true minus sign."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def _ends(fact: Fact) -> tuple[float, float]:
    """Lowest and highest number of an array, NaN for none."""
    finite = fact["array"][np.isfinite(fact["array"])] if fact["kind"] == "array" else np.zeros(0)
    return (float(finite.min()), float(finite.max())) if finite.size else (np.nan, np.nan)


def colour_bar(name: str, scale: str, probe: np.ndarray) -> Explain:
    """An explainer of a colour bar with other colours than its image.

    Args:
        name: Fact with the colours that the bar gives to the probe values.
        scale: Fact with those that the image gives to them.
        probe: The probe values.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        source = joined(evidence["source"])
        if evidence[name]["kind"] == "missing":
            return Explanation("no-colour-bar")
        bar, image = (
            colouring_of(fact["array"], probe, source) if fact["kind"] == "array" else None
            for fact in (evidence[name], evidence[scale])
        )
        if bar is None or image is None:
            return None
        pair = {"found": _words(bar), "expected": _words(image)}
        return Explanation("colour-bar-of-something-else", pair)

    return explain


def _words(colouring: Colouring) -> str:
    if colouring.low is None or colouring.high is None:
        return colouring.name
    return f"{colouring.name}, {limit(colouring.low)} … {limit(colouring.high)}"
