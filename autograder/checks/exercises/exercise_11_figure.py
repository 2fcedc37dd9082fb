"""Image and label side by side, with a legend of the classes."""

import re
from typing import Any

import numpy as np

from autograder.checks.exercises.exercise_09_label import CODE_TOLERANCE, codes
from autograder.checks.explaining.colour_names import with_code
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.follow import is_picture_of, same_pixels, shows
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import MISSING, Workspace
from utils.reference import COASTAL_SEAWATER, LAND_COVER

CODES = np.arange(1, 11)
"""The ten classes of the exercise: class 11, snow and ice, may be added."""

FEWEST = 3
"""Classes whose colours must be in sight: a label of one's own may hold a single one."""

SCALE_TOLERANCE = 0.02
NO_DATA_PAINTED = (
    "Pixels without data (0) are painted in the colour of a class: mask them, for example with "
    "a masked array, so that they stay white."
)
_WORDS = {cover.code: re.sub(r"[^a-z]", "", cover.name.lower()) for cover in LAND_COVER}


def collect(workspace: Workspace) -> Evidence:
    """Read both panels and the legend."""
    probe = np.concatenate([[0], CODES]).astype(np.uint8)
    label = codes(workspace.earlier("img_array"))
    rgb = facts.array(workspace.earlier("rgb"))
    figure, panels = pictures.pair_showing(
        pictures.figures_of(workspace, "fig", "axes", "ax"),
        probe,
        lambda left, right: (
            is_picture_of(left.colours, rgb) and right.data != pictures.NO_PANEL.data
        ),
    )
    right = panels[1]
    return {
        "rgb": rgb,
        "img_array": label,
        "layout": pictures.layout(figure),
        "left": panels[0].colours,
        "shown": right.data,
        "scale": _class_colours(right, label),
        "blending": facts.text("blended" if right.blended else "each pixel its class"),
        "legend": _legend(figure),
        "no_data": _no_data_colour(right, label),
    }


def _class_colours(panel: pictures.Panel, label: Fact) -> Fact:
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


def _no_data_colour(panel: pictures.Panel, label: Fact) -> Fact:
    """Colour of the pixels without data."""
    if panel.colours["kind"] != "array" or label["kind"] != "array":
        return facts.missing("needs the label map")
    picture, classes = panel.colours["array"], label["array"]
    if picture.shape[:2] != classes.shape or not (classes == 0).any():
        return facts.missing("has no pixels without data")
    return facts.numbers(picture[classes == 0].mean(axis=0), 3)


def _legend(figure: Any) -> Fact:
    """Colours that the legend gives to the ten classes, shape (10, 3); NaN where it has none."""
    if figure is MISSING:
        return facts.missing("needs a figure")
    return attempt(facts.text("a legend that could not be read"), _legend_of, figure)


def _legend_of(figure: Any) -> Fact:
    legends = figure.legends + [ax.get_legend() for ax in pictures.axes_of(figure)]
    colours = np.full((CODES.size, 3), np.nan)
    entries = 0
    for legend in (item for item in legends if item is not None):
        for patch, words in zip(legend.legend_handles, legend.get_texts(), strict=False):
            code = _code(words.get_text())
            entries += 1
            if code in CODES:
                colours[code - 1] = _handle_colour(patch)
    if not entries:
        return facts.missing("has no entries")
    return facts.array(colours)


def _handle_colour(handle: Any) -> np.ndarray:
    """Colour of a legend's patch, marker or line, as RGB 0-1."""
    from matplotlib.colors import to_rgb

    if hasattr(handle, "get_facecolor"):
        return np.ravel(handle.get_facecolor())[:3]
    marked = handle.get_marker() not in (None, "None", "none", "", " ")
    return np.array(to_rgb(handle.get_markerfacecolor() if marked else handle.get_color()))


def _code(words: str) -> int:
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


def _shown(evidence: Evidence, expected: Fact) -> Difference | None:
    """The right panel shows the learner's own label: as codes, or as a picture in colour."""
    shown, label = evidence["shown"], evidence["img_array"]
    if shown["kind"] == "array" and label["kind"] == "array":
        in_colour = len(shown["shape"]) == 3  # its colours are judged under `scale`
        shown = shown | {"array": np.nan_to_num(shown["array"])}
        if in_colour and shown["array"].shape[:2] == label["array"].shape:
            return None
        if _same_classes(shown["array"], label["array"]):
            return None
    if shown["kind"] == "array" and len(shown["shape"]) == 2:
        # Who binds `img_array` anew here may leave in it what is no class, as above.
        left_in = np.isin(shown["array"], [0, COASTAL_SEAWATER.code])
        shown = shown | {"array": np.where(left_in, np.nan, shown["array"])}
    return compare(shown, expected, CODE_TOLERANCE)


def _same_classes(shown: np.ndarray, label: np.ndarray) -> bool:
    """Whether each class lies where the label has it; all other codes may be left out, as 0."""
    if shown.shape != label.shape:
        return False
    right = np.abs(shown.astype(float) - label) <= CODE_TOLERANCE  # two masks have no difference
    left_out = ~np.isin(label, CODES) & (shown == 0)
    return bool((right | left_out).all())


def _scale(evidence: Evidence, expected: Fact) -> Difference | None:
    """Each class in sight has its colour."""
    scale, label = evidence["scale"], evidence["img_array"]
    if scale["kind"] == "array" and scale["shape"] == [CODES.size, 3]:
        unseen = np.isnan(scale["array"]).any(axis=1)
        drawn = np.isin(CODES, label["array"]) if label["kind"] == "array" else ~unseen
        if (~unseen).sum() < FEWEST or (drawn & unseen).any():
            return Difference("a class of the label map that has no colour", "a colour for each")
        wanted = np.array(expected["values"], dtype=float)[
            np.argsort(expected["positions"])
        ].reshape(CODES.size, 3)
        filled = np.where(np.isnan(scale["array"]), wanted, scale["array"])
        for code, one, other in zip(CODES, filled, wanted, strict=True):
            if np.abs(one - other).max() > SCALE_TOLERANCE:
                name = LAND_COVER[code - 1].name
                words = [f"class {code} ({name}) in {with_code(item)}" for item in (one, other)]
                return Difference(*words)
        return None
    return compare(scale, expected, SCALE_TOLERANCE)


def _legend_fits(evidence: Evidence, expected: Fact) -> Difference | None:
    """The legend gives all ten classes the colours that the map shows, or the official ones."""
    legend, scale = evidence["legend"], evidence["scale"]
    if legend["kind"] == scale["kind"] == "array" and legend["shape"] == scale["shape"]:
        named: np.ndarray = legend["array"]
        seen: np.ndarray = scale["array"]
        complete = not np.isnan(named).any()
        if complete and same_pixels(np.where(np.isnan(seen), named, seen), named, SCALE_TOLERANCE):
            return None
    difference = compare(legend, expected, SCALE_TOLERANCE)
    if difference and legend["kind"] == "array" and legend["shape"] == [CODES.size, 3]:
        entries = int((~np.isnan(legend["array"][:, 0])).sum())
        if entries < CODES.size:
            return Difference(f"{entries} of the 10 classes named", "all 10 classes")
        return Difference("colours that differ from the map's", "for each class the map's colour")
    return difference


def remarks(evidence: Evidence) -> list[str]:
    """Say so where pixels without data look like a class."""
    colour, scale = evidence["no_data"], evidence["scale"]
    if scale["kind"] != "array" or scale["shape"] != [CODES.size, 3]:
        return []
    if len(colour.get("values", ())) != 3:
        return []
    distance = np.abs(scale["array"] - np.array(colour["values"])).max(axis=1)
    return [NO_DATA_PAINTED] if (distance < SCALE_TOLERANCE).any() else []


EXERCISE = Exercise(
    names=("classes", "cmap", "fig", "axes", "legend_elements"),
    facts=(
        ERROR,
        FactSpec("layout", "image", "The panels"),
        FactSpec("left", "image", "The left panel", comparison=shows("left", "rgb")),
        FactSpec("shown", "labels", "The right panel", CODE_TOLERANCE, comparison=_shown),
        FactSpec(
            "scale",
            "labels",
            "The colours of the classes",
            SCALE_TOLERANCE,
            comparison=_scale,
            everywhere=True,
        ),
        FactSpec("blending", "labels", "The drawing of the labels"),
        FactSpec(
            "legend",
            "legend",
            "The legend",
            SCALE_TOLERANCE,
            comparison=_legend_fits,
            everywhere=True,
        ),
    ),
    collect=collect,
    remarks=remarks,
    builds_on=("rgb", "img_array"),
)
