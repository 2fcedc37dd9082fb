"""What a panel shows in place of the array that it is meant to show."""

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.checks.explaining.code import names_in
from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.images.told import of_array
from autograder.checks.explaining.served import Served
from autograder.checks.reading.colours import as_shown, is_rgb
from autograder.checks.reading.facts import Evidence, Fact, joined

CLOSE = 0.012
"""Three steps of 256: rounding to bytes on the way to the screen."""

FEW = 0.02
"""Largest step between the colours of neighbouring values on a colour map."""


def panel(name: str, own: str, arrays: tuple[str, ...], wanted: tuple[int, ...]) -> Explain:
    """An explainer of a panel that shows a picture in colour.

    Args:
        name: Fact with the colours of the panel.
        own: Fact with the array that it should show.
        arrays: Facts with other arrays that it may show.
        wanted: Numbers of the bands of the picture.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact["kind"] != "array":
            return _without_picture(fact, own, joined(evidence["source"]))
        found = _shown(fact["array"], evidence, own, arrays)
        return next(found, None) or next(of_array(fact["array"], served, wanted, scaled=True), None)

    return explain


def _without_picture(fact: Fact, own: str, source: str) -> Explanation | None:
    if fact["kind"] != "missing":
        return None
    drawn = "imshow" in names_in(source)
    return Explanation("panel-empty" if drawn else "nothing-drawn", {"own": own})


def _shown(
    colours: np.ndarray, evidence: Evidence, own: str, arrays: tuple[str, ...]
) -> Iterator[Explanation]:
    """Which of the learner's arrays a panel shows, and how."""
    for name in arrays:
        picture = _picture(evidence[name])
        if picture is not None and _same(picture, colours):
            raw = evidence[name]["shape"][0] == 3 and name != own
            yield Explanation(
                "raw-bands-shown" if raw else "other-array-shown", {"name": name, "own": own}
            )
    picture = _picture(evidence[own])
    if picture is None:
        return
    for (swapped, rows, columns), key in TURNS.items():
        turned = picture[:: -1 if rows else 1, :: -1 if columns else 1]
        if _same(turned.swapaxes(0, 1) if swapped else turned, colours):
            yield Explanation(key)
    for order in ((2, 1, 0), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1)):
        if _same(picture[..., order], colours):
            yield Explanation("colours-in-another-order", {"own": own})
    for place in range(3):
        if picture.shape == colours.shape and _is_map(colours, picture[..., place]):
            number = str(place)
            yield Explanation("one-colour-shown", {"own": own, "place": number})


def _picture(fact: Fact) -> np.ndarray | None:
    """The colours of an array as it is drawn; bands that come first are put last."""
    if fact["kind"] != "array" or fact["array"].ndim != 3:
        return None
    if is_rgb(fact):
        return as_shown(fact["array"])
    return as_shown(np.moveaxis(fact["array"], 0, -1)) if fact["shape"][0] == 3 else None


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.abs(one - other).max() <= CLOSE)


def _is_map(colours: np.ndarray, values: np.ndarray) -> bool:
    """Whether colours are those of a colour map over some values."""
    flat = np.random.default_rng(values.size).integers(0, values.size, 4000)
    order = flat[np.argsort(values.ravel()[flat], kind="stable")]
    steps = np.abs(np.diff(colours.reshape(-1, 3)[order], axis=0)).max(axis=1)
    return bool(np.percentile(steps, 99) < FEW)
