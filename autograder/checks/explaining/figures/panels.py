"""What the panels of a figure show, how they lie, and which has a title."""

from collections.abc import Sequence

import numpy as np

from autograder.checks.explaining import claims
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.figures.colours import TOLERANCE
from autograder.checks.reading.facts import Evidence, Fact


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
    band = evidence["left_band"].get("values", (0,))[0]
    if band in (1, 2, 3):
        return Explanation("left-one-band", {"band": f"{band:.0f}"})
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
