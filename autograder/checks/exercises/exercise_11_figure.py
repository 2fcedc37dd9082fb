"""Image and label side by side, with a legend of the classes."""

from collections.abc import Mapping

import numpy as np

from autograder.checks import texts
from autograder.checks.asking import figure as asking
from autograder.checks.exercises import class_map
from autograder.checks.exercises.class_map import CODES, FEWEST, SCALE_TOLERANCE
from autograder.checks.exercises.exercise_09_label import CODE_TOLERANCE, codes
from autograder.checks.explaining.explanation import Explanation, first_of
from autograder.checks.explaining.figures import legends, panels, scales
from autograder.checks.explaining.labels import explain as labels
from autograder.checks.explaining.labels.sources import codes_of, own_first
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.follow import is_picture_of, same_pixels, shows
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.variables import equal, holding
from autograder.checks.reading.workspace import Workspace
from autograder.checks.texts.colour_names import with_code
from utils.reference import COASTAL_SEAWATER, LAND_COVER


def collect(workspace: Workspace) -> Evidence:
    """Read both panels and the legend."""
    probe = np.concatenate([[0], CODES]).astype(np.uint8)
    label = codes(workspace.earlier("img_array"))
    rgb = facts.array(workspace.earlier("rgb"))
    drawn = pictures.figures_of(workspace, "fig", "axes", "ax")
    figure, (left, right) = pictures.pair_showing(
        drawn,
        probe,
        lambda one, other: is_picture_of(one.colours, rgb) and other.data != pictures.NO_PANEL.data,
    )
    words, legend = class_map.legend(figure)
    return {
        "rgb": rgb,
        "img_array": label,
        "layout": pictures.layout(figure),
        "left": left.colours,
        "shown": right.data,
        "scale": class_map.class_colours(right, label),
        "blending": facts.text("blended" if right.blended else "each pixel its class"),
        "legend": legend,
        "no_data": class_map.no_data_colour(right, label),
        "entries": facts.texts(words),
        "painted": class_map.painted(right, label),
        "table": right.table,
        "limits": right.limits,
        "map": facts.text(right.cmap),
        "norm": facts.text(right.norm),
        "layers": facts.numbers(right.layers, 1),
        "left_drawn_as": facts.text(left.scale.get("why", "")),
        "left_band": facts.numbers(_band(left, rgb), 1),
        "left_variable": facts.text(_variable(left, workspace)),
        "right_variable": facts.text(_variable(right, workspace)),
        "figures": facts.numbers(len(drawn), 1),
        "titles": facts.texts(panel.title for panel in (left, right)),
    }


def _band(panel: pictures.Panel, rgb: Fact) -> int:
    """Which colour of the image, from 1, a panel shows alone; 0 for none."""
    data = panel.data
    if not (data["kind"] == rgb["kind"] == "array" and rgb["shape"] == [*data["shape"], 3]):
        return 0
    alone = (place for place in range(3) if equal(data["array"], rgb["array"][..., place]))
    return next(alone, -1) + 1


def _variable(panel: pictures.Panel, workspace: Workspace) -> str:
    """The name of the array that a panel shows; ``""`` for none."""
    if panel.data["kind"] != "array":
        return ""
    shown = panel.data["array"]
    return holding(
        workspace,
        lambda fact: equal(shown, fact["array"]) or is_picture_of(panel.colours, fact),
    )


def _shown(evidence: Evidence, expected: Fact) -> Difference | None:
    """The right panel shows the learner's own label: as codes, or as a picture in colour."""
    shown, label = evidence["shown"], evidence["img_array"]
    if class_map.is_painted(evidence):
        return None
    if shown["kind"] == "array" and label["kind"] == "array":
        in_colour = len(shown["shape"]) == 3  # its colours are judged under `scale`
        shown = shown | {"array": np.nan_to_num(shown["array"])}
        if in_colour and shown["array"].shape[:2] == label["array"].shape:
            return None
        if _same_classes(shown["array"], label["array"]):
            return None
        if _lacks_classes(shown["array"], label["array"]):
            return Difference("a class left out", "every class shown")
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


def _lacks_classes(shown: np.ndarray, label: np.ndarray) -> bool:
    """Whether the label is shown, with nothing, as 0, in place of some of its classes."""
    if shown.shape != label.shape:
        return False
    gone = (shown == 0) & np.isin(label, CODES)
    return bool(gone.any() and ((shown == label) | (shown == 0)).all() and not gone.all())


def _scale(evidence: Evidence, expected: Fact) -> Difference | None:
    """Each class in sight has its colour."""
    scale, label = evidence["scale"], evidence["img_array"]
    if class_map.is_painted(evidence):
        return None
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


def _not_side_by_side(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """How the panels lie."""
    return panels.of_layout(evidence)


def _not_the_image(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """What the left panel shows."""
    return panels.of_left(evidence)


def _not_for_the_right(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """Which other variable the right panel shows, or that it is empty."""
    return panels.of_right(evidence)


def _not_the_labels(
    evidence: Evidence, _expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """What the right panel shows, as numbers."""
    if class_map.classes_painted(evidence) and class_map.no_data_drawn(evidence):
        return Explanation("no-data-drawn")
    shown, own = evidence["shown"], codes_of(evidence["img_array"])
    if shown["kind"] != "array":
        return None
    array = shown["array"]
    if own is not None and array.shape == own.shape:  # what is no class may be left out
        left_out = ~np.isin(own, CODES) & (np.nan_to_num(array) == 0)
        array = np.where(left_out, own, array)
    sources = own_first(evidence["img_array"], served)
    return labels.of_array(array, sources, lambda: served.patch.bands)


def _not_the_colours(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """Why classes do not have their colours."""
    scale, table, limits = evidence["scale"], evidence["table"], evidence["limits"]
    if scale["kind"] != "array" or scale["shape"] != [CODES.size, 3]:
        return None
    if class_map.is_covered(evidence):
        return Explanation("labels-over-a-picture")
    if table["kind"] != "array" or limits["kind"] != "numbers":
        return scales.of_colours(scale["array"])
    drawn = scales.Scale(
        table["array"],
        (limits["values"][0], limits["values"][1]),
        evidence["map"].get("text", ""),
        scale["array"],
        evidence["norm"].get("text") == "BoundaryNorm",
    )
    found = scales.of_scale(drawn, facts.joined(evidence["source"]))
    return found or scales.of_colours(scale["array"])


def _blended(
    _evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    return Explanation("classes-blended")


def _not_the_legend(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """Why the legend does not fit."""
    legend, scale = evidence["legend"], evidence["scale"]
    if legend["kind"] == "missing":
        return Explanation("legend-missing")
    if legend["kind"] != "array":
        return None
    seen = scale["array"] if scale["kind"] == "array" else np.full((CODES.size, 3), np.nan)
    words = evidence["entries"].get("texts", [])
    return legends.of_legend(legend["array"], seen, words)


def remarks(evidence: Evidence) -> list[str]:
    """Say so where pixels without data look like a class, snow is left out, a title is missing."""
    said = texts.of_exercise(11)
    made = [said.remarks[key] for key, there in _remarkable(evidence).items() if there]
    title = panels.of_titles(evidence["titles"].get("texts", ()), facts.joined(evidence["source"]))
    return [*made, said.explanations[title.key].say] if title else made


def _remarkable(evidence: Evidence) -> dict[str, bool]:
    """By the key of a remark, whether it is to be made."""
    colour, scale = evidence["no_data"].get("values", ()), evidence["scale"]
    painted = False
    if scale["kind"] == "array" and scale["shape"] == [CODES.size, 3] and len(colour) == 3:
        painted = bool((np.abs(scale["array"] - colour).max(axis=1) < SCALE_TOLERANCE).any())
    entries = evidence["entries"].get("texts", ())
    named = {class_map.code_in(words) for words in entries}
    return {
        "no-data-not-masked": painted,
        "ten-classes": named.issuperset(CODES.tolist()) and 11 not in named,
    }


EXERCISE = Exercise(
    names=("classes", "cmap", "fig", "axes", "legend_elements"),
    facts=(
        ERROR,
        FactSpec("layout", "image", "The panels", explain=_not_side_by_side),
        FactSpec(
            "left",
            "image",
            "The left-hand panel",
            comparison=shows("left", "rgb"),
            explain=_not_the_image,
        ),
        FactSpec(
            "shown",
            "labels",
            "The right-hand panel",
            CODE_TOLERANCE,
            comparison=_shown,
            explain=first_of(_not_for_the_right, _not_the_labels),
        ),
        FactSpec(
            "scale",
            "labels",
            "The colours of the classes",
            SCALE_TOLERANCE,
            comparison=_scale,
            explain=first_of(_not_for_the_right, _not_the_colours),
            everywhere=True,
        ),
        FactSpec("blending", "labels", "The drawing of the labels", explain=_blended),
        FactSpec(
            "legend",
            "legend",
            "The legend",
            SCALE_TOLERANCE,
            comparison=_legend_fits,
            explain=_not_the_legend,
            everywhere=True,
        ),
    ),
    collect=collect,
    follows=("rgb", "img_array"),
    remarks=remarks,
    builds_on=("rgb", "img_array"),
    figures=asking.FIGURES,
    transfer=asking.TRANSFER,
)
