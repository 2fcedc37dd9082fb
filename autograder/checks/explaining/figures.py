"""Class maps beside images: limits, colours and legends that do not fit the classes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checks.explaining import claims
from autograder.checks.explaining.colour_names import colour_name
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import LAND_COVER

COLOURS = np.array([[*bytes.fromhex(cover.colour[1:])] for cover in LAND_COVER]) / 255
"""Official colours of the classes, 0-1, shape (11, 3): row 0 is class 1."""

NAMES = tuple(cover.name for cover in LAND_COVER)

TOLERANCE = 0.035
"""Largest difference of two colours that count as equal: public lists of the classes differ from
the official one by up to eight steps of 255."""

FAINTEST = 0.5
"""Least opacity of a class map: below, each pixel shows more of the page than of its class."""

LIMITS_SET = re.compile(r"\b(vmin|vmax|norm|set_clim|clim)\b")


def class_of(colour: np.ndarray) -> int:
    """The class whose colour this is; 0 for none."""
    near = np.abs(COLOURS - colour).max(axis=1) <= TOLERANCE
    return int(near.argmax()) + 1 if near.any() else 0


def opacity(seen: np.ndarray, wanted: np.ndarray) -> float:
    """The opacity at which colours look as they are seen on white; 0 where none does.

    Args:
        seen: Colours 0-1, shape (n, 3).
        wanted: What they are where they are opaque, of the same shape.
    """
    room = 1 - wanted
    if not (room > 0.5).any():
        return 0.0
    alpha = float(np.median(((1 - seen) / np.where(room > 0.5, room, np.nan))[room > 0.5]))
    alpha = min(alpha, 1.0)
    return alpha if np.abs(1 - alpha * room - seen).max() <= TOLERANCE else 0.0


# --- the colours of the map ---------------------------------------------------------------------


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
    if abs(low - first) < 0.51 and abs(high - last) < 0.51:
        return None
    if not LIMITS_SET.search(claims.plain(source)):
        return Explanation("limits-from-the-codes", values)
    if low == 1 and first == 0:
        return Explanation("limits-without-no-data", values)
    if abs(low - first) < 0.51:
        return Explanation("limits-end-elsewhere", values)
    return Explanation("limits-begin-elsewhere", values)


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


# --- the legend ---------------------------------------------------------------------------------


def of_legend(named: np.ndarray, seen: np.ndarray, words: Sequence[str]) -> Explanation | None:
    """Why a legend does not fit the map.

    Args:
        named: Colours 0-1 that it gives to classes 1 to 10, shape (10, 3), NaN where it has none.
        seen: Colours in which the map shows these classes, in the same form.
        words: Its entries in words.
    """
    there = np.isfinite(named).all(axis=1)
    if not there.any():
        bare = not any(word.strip("_0123456789 ") for word in words)
        return Explanation("legend-without-words" if bare else "legend-unknown-words",
                           {"words": words[0][:40] if words else ""})  # fmt: skip
    if "0" in [word.strip() for word in words]:
        return Explanation("legend-from-zero")
    if not there.all():
        lacking = [place for place in range(len(named)) if not there[place]]
        key = "legend-one-missing" if len(lacking) == 1 else "legend-some-missing"
        values = {"count": str(int(there.sum())), "name": NAMES[lacking[0]]}
        return Explanation(key, values | {"code": str(lacking[0] + 1)})
    if np.ptp(named, axis=0).max() <= TOLERANCE:
        return Explanation("legend-one-colour", {"colour": colour_name(named[0])})
    codes = [class_of(colour) for colour in named]
    steps = {code - place for place, code in enumerate(codes, 1)}
    wanted = np.where(np.isnan(seen), COLOURS[:10], seen)
    place = int(np.argmax(np.abs(named - wanted).max(axis=1) > TOLERANCE))
    values = {
        "name": NAMES[place],
        "colour": colour_name(named[place]),
        "right_colour": colour_name(wanted[place]),
    }
    if len(steps) == 1 and 0 not in steps:
        return Explanation("legend-shifted", values)
    if {code + place for place, code in enumerate(codes, 1)} in ({11}, {12}):
        return Explanation("legend-reversed", values)
    return Explanation("legend-other-colour", values)


# --- the panels ---------------------------------------------------------------------------------


def of_layout(evidence: Evidence) -> Explanation | None:
    """Why the panels do not lie side by side."""
    layout = evidence["layout"]
    if layout["kind"] == "missing":
        return Explanation("figure-missing")
    if layout.get("text") == "a single panel":
        several = _number(evidence["figures"]) > 1
        return Explanation("panels-in-two-figures" if several else "panel-single")
    return Explanation("panels-one-above-the-other")


def _number(fact: Fact) -> float:
    return float(fact["values"][0]) if fact["kind"] == "numbers" else 0.0


def of_left(evidence: Evidence) -> Explanation | None:
    """What the left panel shows in place of the image."""
    left, variable = evidence["left"], _word(evidence["left_variable"])
    if left["kind"] == "missing":
        return Explanation("left-empty")
    if _word(evidence["left_drawn_as"]) == "has several layers":
        return Explanation("left-covered")
    if variable:
        right = _word(evidence["right_variable"]) == "rgb" and variable == "img_array"
        key = "panels-exchanged" if right else "left-other-variable"
        return Explanation(key, {"variable": variable})
    rgb = evidence["rgb"]
    return None if left["kind"] != "array" or rgb["kind"] != "array" else _of_image(left, rgb)


def _of_image(left: Fact, rgb: Fact) -> Explanation | None:
    """What was done to the image in the left panel."""
    shown, image = left["array"], rgb["array"]
    if image.ndim != 3 or image.shape[2] != 3:
        return None
    ways = {
        "left-upside-down": image[::-1],
        "left-mirrored": image[:, ::-1],
        "left-turned-half": image[::-1, ::-1],
        "left-transposed": image.swapaxes(0, 1),
        "left-colours-reversed": image[:, :, ::-1],
    }
    for key, way in ways.items():
        if way.shape == shown.shape and np.abs(np.clip(way, 0, 1) - shown).max() <= TOLERANCE:
            return Explanation(key)
    if shown.shape != image.shape:
        return Explanation("left-other-size", {
            "found": f"{shown.shape[0]} rows, {shown.shape[1]} columns",
            "right": f"{image.shape[0]} rows, {image.shape[1]} columns",
        })  # fmt: skip
    bright = float(np.nanmean(shown)) / max(float(np.nanmean(np.clip(image, 0, 1))), 1e-6)
    flat = np.ptp(shown) < 0.02
    if flat or bright < 0.6 or bright > 1.6:
        return Explanation("left-too-dark" if bright < 1 else "left-too-bright")
    return None


def of_right(evidence: Evidence) -> Explanation | None:
    """What the right panel shows in place of the labels; ``None`` for other labels."""
    shown, variable = evidence["shown"], _word(evidence["right_variable"])
    if shown["kind"] == "missing":
        labels_left = _word(evidence["left_variable"]) == "img_array"
        return Explanation("right-empty-labels-left" if labels_left else "right-empty")
    if variable in ("", "img_array"):
        return None
    key = "right-shows-image" if variable == "rgb" else "right-other-variable"
    return Explanation(key, {"variable": variable})


def of_titles(titles: Sequence[str], source: str) -> Explanation | None:
    """Which of two panels has no title; ``None`` where both have one, or none has.

    Args:
        titles: Those of the left and of the right panel.
        source: The learner's code.
    """
    if len(titles) != 2 or bool(titles[0]) == bool(titles[1]):
        return None
    if "plt.title(" in claims.plain(source):
        return Explanation("title-by-pyplot")
    return Explanation("title-missing-right" if titles[0] else "title-missing-left")


def _word(fact: Fact) -> str:
    return str(fact["text"]) if fact["kind"] == "text" else ""
