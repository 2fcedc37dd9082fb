"""Read a map of classes and its legend: how each class looks, whatever numbers are drawn."""

import re
from typing import Any

import numpy as np

from autograder.checks.explaining.figures import colours as official
from autograder.checks.explaining.labels.sources import codes_of
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import MISSING
from utils.reference import LAND_COVER, NO_DATA, OUTSIDE_AREA

CODES = np.arange(1, 11)
"""The ten classes of the exercise: class 11, snow and ice, may be added."""

NO_CLASS = (OUTSIDE_AREA.code, NO_DATA.code)

FEWEST = 3
"""Classes whose colours must be in sight: a label of one's own may hold a single one."""

OPAQUE = 0.99
"""Opacity from which on nothing below is seen."""

SCALE_TOLERANCE = official.TOLERANCE

_WORDS = {cover.code: re.sub(r"[^a-z]", "", cover.name.lower()) for cover in LAND_COVER}


def class_colours(panel: pictures.Panel, label: Fact) -> Fact:
    """Colours in which the ten classes are seen, shape (10, 3); NaN for a class not in sight."""
    if panel.scale["kind"] == "array":
        return facts.array(panel.scale["array"][1:])
    if panel.colours["kind"] != "array" or label["kind"] != "array":
        return panel.colours
    picture, classes = panel.colours["array"], label["array"]
    if picture.shape[:2] != classes.shape:
        return facts.text(f"a picture of shape {picture.shape}")
    seen = np.full((CODES.size, 3), np.nan)
    for row, code in enumerate(CODES):
        if (classes == code).any():
            seen[row] = picture[classes == code].mean(axis=0)
    return facts.array(seen)


def no_data_colour(panel: pictures.Panel, label: Fact) -> Fact:
    """Colour of the pixels without data."""
    if panel.colours["kind"] != "array" or label["kind"] != "array":
        return facts.missing("needs the label map")
    picture, classes = panel.colours["array"], label["array"]
    if picture.shape[:2] != classes.shape or not (classes == 0).any():
        return facts.missing("has no pixels without data")
    return facts.numbers(picture[classes == 0].mean(axis=0), 3)


def painted(panel: pictures.Panel, label: Fact) -> Fact:
    """Mean colour of the pixels of each class, shape (10, 3), and how far one is from it.

    The fourth column holds the largest distance of any pixel. NaN for a class that the label does
    not hold.
    """
    classes = codes_of(label)
    if panel.colours["kind"] != "array" or classes is None:
        return facts.missing("needs the label map")
    picture = panel.colours["array"]
    if picture.shape[:2] != classes.shape:
        return facts.missing("has another shape")
    flat = np.where(classes <= CODES[-1], classes, 0).ravel()
    count = np.bincount(flat, minlength=CODES.size + 1)
    sums = [np.bincount(flat, band.ravel(), CODES.size + 1) for band in np.moveaxis(picture, 2, 0)]
    means = np.transpose(sums) / np.where(count, count, np.nan)[:, None]
    distance = np.abs(picture.reshape(-1, 3) - means[flat])[flat > 0]
    painted = np.full((CODES.size, 4), distance.max() if distance.size else np.nan)
    painted[:, :3] = means[1:]
    return facts.array(painted)


def is_painted(evidence: Evidence) -> bool:
    """Whether all pixels of each class have its colour, pale or not, whatever numbers are drawn.

    A code for no data that is drawn like a class is none of it.
    """
    return classes_painted(evidence) and not no_data_drawn(evidence)


def classes_painted(evidence: Evidence) -> bool:
    """`is_painted` but for pixels without a label."""
    painted = evidence["painted"]
    if evidence["img_array"]["kind"] != "array":  # painted by what says nothing of the patch
        return False
    if painted["kind"] != "array" or painted["shape"] != [CODES.size, 4]:
        return False
    there = np.isfinite(painted["array"]).all(axis=1)
    seen = painted["array"][there]
    if len(seen) < FEWEST or seen[0, 3] > SCALE_TOLERANCE:
        return False
    alpha = official.opacity(seen[:, :3], official.COLOURS[:10][there])
    return alpha >= (OPAQUE if is_covered(evidence) else official.FAINTEST)


def is_covered(evidence: Evidence) -> bool:
    """Whether the labels lie over another picture."""
    return evidence["layers"].get("values", [1])[0] > 1


def no_data_drawn(evidence: Evidence) -> bool:
    """Whether pixels without a label are drawn by their code for no data."""
    shown, own = evidence["shown"], codes_of(evidence["img_array"])
    if shown["kind"] != "array" or own is None or shown["array"].shape != own.shape:
        return False
    return bool(np.isin(shown["array"][own == 0], NO_CLASS).any())


# --- the legend ----------------------------------------------------------------------------------


def legend(figure: Any) -> tuple[list[str], Fact]:
    """What the legends of a figure say.

    Args:
        figure: A matplotlib figure, or `MISSING`.

    Returns:
        Their entries in words, and the colours 0-1 of `CODES`, shape (10, 3), NaN for none.
    """
    if figure is MISSING:
        return [], facts.missing("needs a figure")
    return attempt(([], facts.text("a legend that could not be read")), _legend_of, figure)


def _legend_of(figure: Any) -> tuple[list[str], Fact]:
    legends = figure.legends + [ax.get_legend() for ax in pictures.axes_of(figure)]
    colours = np.full((CODES.size, 3), np.nan)
    entries = []
    for one in (item for item in legends if item is not None):
        for patch, shown in zip(one.legend_handles, one.get_texts(), strict=False):
            entries.append(shown.get_text())
            code = code_in(entries[-1])
            if code in CODES:
                colours[code - 1] = _handle_colour(patch)
    return entries, facts.array(colours) if entries else facts.missing("has no entries")


def _handle_colour(handle: Any) -> np.ndarray:
    """Colour of a legend's patch, marker or line, as RGB 0-1."""
    from matplotlib.colors import to_rgb

    if hasattr(handle, "get_facecolor"):
        return np.ravel(handle.get_facecolor())[:3]
    marked = handle.get_marker() not in (None, "None", "none", "", " ")
    return np.array(to_rgb(handle.get_markerfacecolor() if marked else handle.get_color()))


def code_in(words: str) -> int:
    """Class that a legend entry names, by number or by name; 0 where it names none."""
    number = re.search(r"\d+", words)
    if number:
        return int(number.group())
    letters = re.sub(r"[^a-z]", "", words.lower())
    if not letters:
        return 0
    alike = [
        code
        for code, name in _WORDS.items()
        if name.startswith(letters[:12]) or letters.startswith(name[:12])
    ]
    # Two classes begin with "Woody broadleaved": the one with more letters in common is meant.
    return max(alike, key=lambda code: _in_common(_WORDS[code], letters), default=0)


def _in_common(one: str, other: str) -> int:
    """With how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((place for place, (a, b) in pairs if a != b), shorter)
