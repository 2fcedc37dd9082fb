"""Which colour each class got, and whether limits or colours are the reason."""

import re
from dataclasses import dataclass

import numpy as np

from autograder.checks.explaining import claims
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.figures.colours import (
    COLOURS,
    FAINTEST,
    NAMES,
    TOLERANCE,
    class_of,
    opacity,
)
from autograder.checks.texts.colour_names import colour_name

LIMITS_SET = re.compile(r"\b(vmin|vmax|norm|set_clim|clim)\b")


@dataclass(frozen=True)
class Scale:
    """How numbers get their colours in a panel.

    Attributes:
        table: Colours of its colour map, 0-1, shape (n, 3), at most some hundred.
        limits: Numbers that get the first and the last colour.
        name: Name of the colour map.
        seen: Colours in which classes 1 to 10 are seen, shape (10, 3), NaN where out of sight.
        bounded: Whether a ``BoundaryNorm`` finds the colours.
    """

    table: np.ndarray
    limits: tuple[float, float]
    name: str
    seen: np.ndarray
    bounded: bool = False


def of_scale(scale: Scale, source: str) -> Explanation | None:
    """Why classes do not have their colours, though their codes are shown.

    Args:
        scale: How the codes get their colours.
        source: The learner's code.
    """
    there = np.isfinite(scale.seen).all(axis=1)
    alpha = opacity(scale.seen[there], COLOURS[:10][there])
    if 0 < alpha < FAINTEST:
        return Explanation("colours-pale", {"percent": f"{100 * alpha:.0f}"})
    own = [class_of(colour) for colour in scale.table]
    if sum(map(bool, own)) < len(own) / 2:
        return Explanation("scale-other-map", {"map": scale.name[:40]})
    first = next(place for place, code in enumerate(own) if code)
    run = list(range(1, 1 + len(own) - first))
    if own[first:] == run:
        return _of_limits(scale, len(own), 1 - first, source)
    return of_colours(scale.seen)


def _of_limits(scale: Scale, count: int, first: int, source: str) -> Explanation | None:
    """Why colours in the right order miss their classes.

    Args:
        scale: How the codes get their colours.
        count: How many colours there are.
        first: The code that the first colour stands for.
        source: The learner's code.
    """
    low, high = scale.limits
    last = first + count - 1
    values = {
        "low": f"{low:g}",
        "high": f"{high:g}",
        "first": str(first),
        "last": str(last),
        "count": str(count),
    } | _example(scale.seen)
    if scale.bounded:
        return Explanation("limits-of-a-norm", values)
    if _fit(low, high, first, count):
        return None
    if not LIMITS_SET.search(claims.plain(source)):
        return Explanation("limits-from-the-codes", values)
    if low == 1 and first == 0:
        return Explanation("limits-without-no-data", values)
    if low in (first, first - 0.5):
        return Explanation("limits-end-elsewhere", values)
    return Explanation("limits-begin-elsewhere", values)


def _fit(low: float, high: float, first: int, count: int) -> bool:
    """Whether limits give each of the codes from ``first`` on the colour of its own."""
    if not high > low:
        return False
    places = np.floor((np.arange(count) + first - low) / (high - low) * count + 1e-9)
    return bool((np.minimum(places, count - 1) == np.arange(count)).all())


def of_colours(seen: np.ndarray) -> Explanation | None:
    """Which class has the colour of another; ``None`` where all have their own.

    Args:
        seen: Colours 0-1 of classes 1 to 10, shape (10, 3), NaN where out of sight.
    """
    example = _example(seen)
    if not example:
        return None
    codes = [class_of(colour) for colour in seen]
    pairs = [(code, place) for place, code in enumerate(codes, 1) if code]
    steps = {code - place for code, place in pairs}
    if len(pairs) >= 3 and len(steps) == 1 and 0 not in steps:
        return Explanation("colours-one-further" if steps == {1} else "colours-shifted", example)
    if len(pairs) >= 3 and len({code + place for code, place in pairs}) == 1:
        return Explanation("colours-reversed", example)
    key = "colour-of-another-class" if example["other"] else "colour-of-no-class"
    return Explanation(key, example)


def _example(seen: np.ndarray) -> dict[str, str]:
    """The first class in sight that does not have its colour; empty where all have theirs."""
    for place, colour in enumerate(seen):
        if np.isfinite(colour).all() and np.abs(colour - COLOURS[place]).max() > TOLERANCE:
            other = class_of(colour)
            return {
                "code": str(place + 1),
                "name": NAMES[place],
                "colour": colour_name(colour),
                "right_colour": colour_name(COLOURS[place]),
                "other": NAMES[other - 1] if other else "",
            }
    return {}
