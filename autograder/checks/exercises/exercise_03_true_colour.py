"""Open a patch, read red, green and blue, and show it."""

from typing import Any

import numpy as np

from autograder.checks.explaining.images.geography import bounds, system
from autograder.checks.explaining.images.panels import panel
from autograder.checks.explaining.images.told import bands_as_read
from autograder.checks.explaining.images.told import picture as scaled_picture
from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Figure, Result, Transfer
from autograder.checks.judging.follow import is_picture_of, shows
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts, frames, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace

VALUE_TOLERANCE = 2e-5
"""Reflectance: ten times the rounding of float32, a hundredth of what tells two bands apart."""

DISPLAY_TOLERANCE = 1e-3
"""Display values 0-1: a percentile may be interpolated in more than one way."""

METRE_TOLERANCE = 1e-3
NO_PROBE = np.zeros(0)

TRUE_COLOUR = (4, 3, 2)
"""Red, green and blue, as rasterio counts."""

STEPS = 1000
"""Display values 0-1 are stored as whole numbers of this many steps: a third of the size."""


def collect(workspace: Workspace) -> Evidence:
    """Read the arrays, the geography and the picture."""
    rgb = facts.own(workspace, "rgb", facts.array)
    figures = pictures.figures_of(workspace, "ax", "fig")
    _, shown = pictures.showing(figures, NO_PROBE, lambda panel: is_picture_of(panel.colours, rgb))
    return {
        "rgb_data": facts.own(workspace, "rgb_data", facts.array),
        "rgb": rgb,
        "tile_crs": facts.own(workspace, "tile_crs", frames.crs),
        "tile_bounds": facts.own(workspace, "tile_bounds", facts.numbers, 4),
        "picture": shown.colours,
    }


def _in_steps(rgb: np.ndarray) -> np.ndarray:
    return np.rint(rgb * STEPS).astype(np.uint16)


def _from_steps(stored: np.ndarray) -> np.ndarray:
    return (stored / STEPS).astype(np.float32)


def _as_text(crs: Any) -> np.ndarray:
    return np.array(crs.to_string())


def _crs(stored: np.ndarray) -> Any:
    from rasterio.crs import CRS

    return CRS.from_string(str(stored))


def _bounding_box(stored: np.ndarray) -> Any:
    from rasterio.coords import BoundingBox

    return BoundingBox(*stored.tolist())


def shape(name: str) -> Figure:
    """The sides of one of the learner's arrays."""
    return lambda evidence: " × ".join(map(str, evidence[name]["array"].shape))


def percentile(name: str, per_cent: float) -> Figure:
    """A percentile of all numbers of one of the learner's arrays; 100 is the largest."""

    def figure(evidence: Evidence) -> str:
        return number(float(np.nanpercentile(evidence[name]["array"], per_cent)))

    return figure


def _bounds(evidence: Evidence) -> str:
    """The four numbers of `tile_bounds`, in the learner's order."""
    return ", ".join(map(number, evidence["tile_bounds"]["values"]))


WANTED_SHARE, SHARE_TOLERANCE = 0.25, 0.01
"""Share of the numbers that the question cuts to 1."""


def _cuts_a_quarter(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether dividing by a percentile cuts a quarter of the numbers in `rgb_data` to 1."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-percentile"
    [per_cent] = answer["values"]
    if not 0 <= per_cent <= 100:
        return "no-percentile"
    values = evidence["rgb_data"]["array"]
    share = float((values > np.percentile(values, per_cent)).mean())
    if abs(share - WANTED_SHARE) <= SHARE_TOLERANCE:
        return "right"
    if per_cent < 1:
        return "fraction"
    return "too-low" if share > WANTED_SHARE else "too-high"


EXERCISE = Exercise(
    names=("tile_url", "rgb_data", "tile_crs", "tile_bounds", "rgb", "p98", "fig", "ax"),
    facts=(
        ERROR,
        FactSpec(
            "rgb_data",
            "values",
            "`rgb_data`",
            VALUE_TOLERANCE,
            implied_by=("rgb",),
            explain=bands_as_read("rgb_data", TRUE_COLOUR),
        ),
        FactSpec(
            "rgb",
            "values",
            "`rgb`",
            DISPLAY_TOLERANCE,
            explain=scaled_picture("rgb", TRUE_COLOUR, panel="picture"),
        ),
        FactSpec("tile_crs", "geography", "`tile_crs`", explain=system("tile_crs")),
        FactSpec(
            "tile_bounds",
            "geography",
            "`tile_bounds`",
            METRE_TOLERANCE,
            computed=True,
            unit="m",
            explain=bounds("tile_bounds"),
        ),
        FactSpec(
            "picture",
            "display",
            "The panel",
            comparison=shows("picture", "rgb"),
            explain=panel("picture", "rgb", ("rgb_data",), TRUE_COLOUR),
        ),
    ),
    collect=collect,
    follows=("rgb",),
    any_patch=True,
    gives=(
        Result("rgb", _in_steps, _from_steps),
        Result("tile_crs", _as_text, _crs),
        Result("tile_bounds", unpack=_bounding_box),
    ),
    figures={
        "bounds": _bounds,
        "largest": percentile("rgb_data", 100),
        "middle": percentile("rgb_data", 50),
        "p98": percentile("rgb_data", 98),
        "shape": shape("rgb"),
    },
    transfer=Transfer(
        lambda value: facts.numbers(value, 1),
        _cuts_a_quarter,
        ("fraction", "no-percentile", "too-high", "too-low"),
    ),
)
