"""NDVI from near infrared and red, on a fixed colour scale."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks.exercises.exercise_03_true_colour import VALUE_TOLERANCE
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.told import bands_as_read
from autograder.checks.explaining.indices.guards import left_to_chance, on_purpose
from autograder.checks.explaining.indices.map_shown import colour_bar, colours, image
from autograder.checks.explaining.indices.told import index
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Figure, Transfer
from autograder.checks.judging.follow import COLOUR_TOLERANCE, same_pixels
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace

NDVI_TOLERANCE = 1e-4
"""NDVI: ample for float32; band 8A in place of 8 moves it by about 0.02."""

NIR, RED = 8, 4
"""Numbers of the bands, as rasterio counts."""

COLOUR_MAPS = ("RdYlGn", "BrBG", "PiYG", "RdYlBu")
"""The colour map that is asked for, and those of `accepted`, which all readers tell apart."""

PROBE = np.linspace(-1, 1, 41)
"""NDVI values at which the colour scale is read."""

SCALE_TOLERANCE = 0.02

RED, NEAR_INFRARED = 4, 8
OPTICAL_LAYERS = 12
"""Layers of a patch that hold reflectance; the last two hold indices."""


def collect(workspace: Workspace) -> Evidence:
    """Read the bands, NDVI, and the picture with its colour scale."""
    ndvi = facts.own(workspace, "ndvi", facts.array)
    figures = pictures.figures_of(workspace, "fig", "ax", "im")
    figure, panel = pictures.showing(figures, PROBE, lambda panel: _is_map(panel.data, ndvi))
    return {
        "nir": facts.own(workspace, "nir", facts.array),
        "red": facts.own(workspace, "red", facts.array),
        "ndvi": ndvi,
        "shown": panel.data,
        "scale": panel.scale,
        "colours": panel.colours,
        "colour_bar": _colour_bar(figure, panel.scale),
    }


HANDLED, DIVIDED, BY_CHANCE = "handled", "divided by zero", "left to chance"


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Whether pixels without light were thought of: dividing by zero also leaves NaN."""
    ndvi, source = claims["ndvi"], workspace.source
    finite = ndvi["kind"] != "array" or bool((np.isfinite(ndvi["array"]) | _holes_in(claims)).all())
    if left_to_chance(source, "ndvi"):
        return {"zeros": facts.text(BY_CHANCE)}
    return {"zeros": facts.text(HANDLED if finite or on_purpose(source, "ndvi") else DIVIDED)}


def _holes_in(claims: Evidence) -> np.ndarray:
    """Where the bands themselves hold no number, so that NDVI cannot; shape as `ndvi`."""
    shape = claims["ndvi"]["array"].shape
    holes = np.zeros(shape, bool)
    for name in ("nir", "red"):
        if claims[name]["kind"] == "array" and claims[name]["array"].shape == shape:
            holes |= ~np.isfinite(claims[name]["array"])
    return holes


def _zeros(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    keys = {BY_CHANCE: "left-to-chance", DIVIDED: "divided-by-zero-unseen"}
    key = keys.get(evidence["zeros"].get("text", ""))
    return Explanation(key) if key else None


def _colour_bar(figure: Any, scale: Fact) -> Fact:
    """Colours of the colour bar at the probe values.

    Of several it is the one with the colours of the image, else the last one.
    """
    bars = pictures.colour_bars(figure, PROBE)
    fitting = [bar for bar in bars if _same_colours(bar, scale)]
    return (fitting or bars or [facts.missing("is not there")])[-1]


def _same_colours(bar: Fact, scale: Fact) -> bool:
    """Whether two scales give the probe values the same colours."""
    return bar["kind"] == scale["kind"] == "array" and same_pixels(
        bar["array"], scale["array"], SCALE_TOLERANCE
    )


def _bar_fits(evidence: Evidence, expected: Fact) -> Difference | None:
    """The colour bar has the colours of the learner's own image, or the expected ones."""
    bar, scale = evidence["colour_bar"], evidence["scale"]
    if _same_colours(bar, scale):
        return None
    return compare(bar, expected, SCALE_TOLERANCE)


def _shown(evidence: Evidence, expected: Fact) -> Difference | None:
    """The image shows the learner's own NDVI, or else the expected one."""
    shown, own = evidence["shown"], evidence["ndvi"]
    if _is_map(shown, own):
        return None
    return compare(shown, expected, NDVI_TOLERANCE)


def _is_map(shown: Fact, own: Fact) -> bool:
    """Whether the numbers of an image are those of the learner's own NDVI."""
    return shown["kind"] == own["kind"] == "array" and same_pixels(
        shown["array"], own["array"], NDVI_TOLERANCE
    )


def _range(evidence: Evidence, place: int) -> str:
    """Lowest or highest finite number of the learner's `ndvi`."""
    values = evidence["ndvi"]["array"]
    return number((values[np.isfinite(values)].min, values[np.isfinite(values)].max)[place]())


def _mean(name: str) -> Figure:
    """The mean of one of the learner's bands, as reflectance in per cent."""

    def figure(evidence: Evidence) -> str:
        return f"{number(100 * float(np.nanmean(evidence[name]['array'])), 2)} %"

    return figure


def _holes(evidence: Evidence) -> str:
    """How many pixels of the learner's `ndvi` hold no number."""
    return f"{int((~np.isfinite(evidence['ndvi']['array'])).sum()):,}"


STANDS_OUT = 0.9
"""Share of the water that must lie above 0, and of the rest below."""

FEWEST_PIXELS = 50
"""Water of fewer pixels shows nothing."""


def _water_stands_out(answer: Fact, evidence: Evidence, served: Served) -> str:
    """Whether two layers tell water from the rest as `ndvi` tells plants: key of the answer."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 2:
        return "no-pair"
    first, second = answer["values"]
    if not {first, second} <= set(range(1, OPTICAL_LAYERS + 1)) or first == second:
        return "no-pair"
    water = evidence["ndvi"]["array"] < 0
    if water.sum() < FEWEST_PIXELS:
        return "no-water"
    one, other = (served.patch.bands[int(layer) - 1].astype(float) for layer in (first, second))
    index = (one - other) / np.maximum(one + other, 1e-9)
    if _tells(index, water):
        return "reversed-ndvi" if (first, second) == (RED, NEAR_INFRARED) else "right"
    return "water-below" if _tells(-index, water) else "not-water"


def _tells(index: np.ndarray, water: np.ndarray) -> bool:
    """Whether an index is above 0 where there is water, and below elsewhere."""
    return min((index[water] > 0).mean(), (index[~water] < 0).mean()) >= STANDS_OUT


EXERCISE = Exercise(
    names=("tile_url", "nir", "red", "ndvi", "fig", "ax", "im"),
    facts=(
        ERROR,
        FactSpec(
            "nir",
            "values",
            "`nir`",
            VALUE_TOLERANCE,
            implied_by=("ndvi",),
            explain=bands_as_read("nir", (NIR,)),
        ),
        FactSpec(
            "red",
            "values",
            "`red`",
            VALUE_TOLERANCE,
            implied_by=("ndvi",),
            explain=bands_as_read("red", (RED,)),
        ),
        FactSpec("ndvi", "values", "`ndvi`", NDVI_TOLERANCE, explain=index("ndvi", (NIR, RED))),
        FactSpec("zeros", "values", "The division", explain=_zeros),
        FactSpec(
            "shown",
            "display",
            "The image",
            implied_by=("colours",),
            comparison=_shown,
            explain=image("shown", "ndvi", ("nir", "red"), (NIR, RED)),
        ),
        FactSpec(
            "scale",
            "display",
            "The colour scale",
            SCALE_TOLERANCE,
            implied_by=("colours",),
            everywhere=True,
            explain=colours("scale", "ndvi", PROBE, COLOUR_MAPS, (-1.0, 1.0)),
        ),
        FactSpec("colours", "", "The picture", COLOUR_TOLERANCE),
        FactSpec(
            "colour_bar",
            "display",
            "The colour bar",
            SCALE_TOLERANCE,
            comparison=_bar_fits,
            everywhere=True,
            explain=colour_bar("colour_bar", "scale", PROBE),
        ),
    ),
    collect=collect,
    follows=("ndvi",),
    conclude=conclude,
    any_patch=True,
    figures={
        "low": lambda evidence: _range(evidence, 0),
        "high": lambda evidence: _range(evidence, 1),
        "mean_nir": _mean("nir"),
        "mean_red": _mean("red"),
        "holes": _holes,
    },
    transfer=Transfer(
        lambda value: facts.numbers(value, 2),
        _water_stands_out,
        ("no-pair", "no-water", "not-water", "reversed-ndvi", "water-below"),
    ),
)
