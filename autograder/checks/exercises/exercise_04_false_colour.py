"""The profile of a raster, and a false-colour composite beside the true one."""

import re

from autograder.checks import texts
from autograder.checks.exercises.exercise_03_true_colour import (
    DISPLAY_TOLERANCE,
    NO_PROBE,
    VALUE_TOLERANCE,
)
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.follow import is_picture_of, shows
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace

PROFILE_KEYS = ("driver", "dtype", "width", "height", "count", "crs", "transform")
"""Keys that `profile` and `meta` of a rasterio dataset share."""

NOT_PRINTED = "not printed"

_BLOCKS = re.compile("block|compress", re.IGNORECASE)
_TRANSFORM = re.compile("transform", re.IGNORECASE)
_METRES = re.compile(r"\b\d{6,7}(?:\.\d{1,9})?\b")


def collect(workspace: Workspace) -> Evidence:
    """Read what was printed, the composite, and both panels."""
    fc = facts.own(workspace, "fc", facts.array)
    rgb = facts.array(workspace.earlier("rgb"))
    figures = pictures.figures_of(workspace, "fig", "axes", "ax")
    figure, panels = pictures.pair_showing(
        figures,
        NO_PROBE,
        lambda left, right: is_picture_of(left.colours, rgb) and is_picture_of(right.colours, fc),
    )
    return {
        "profile": _profile(workspace),
        "blocks": facts.text("printed" if _BLOCKS.search(workspace.printed) else NOT_PRINTED),
        "fc_data": facts.own(workspace, "fc_data", facts.array),
        "fc": fc,
        "rgb": rgb,
        "layout": pictures.layout(figure),
        "left": panels[0].colours,
        "right": panels[1].colours,
    }


def _profile(workspace: Workspace) -> Fact:
    """The corner of the file in metres, from the profile that was printed in whatever form."""
    printed = workspace.printed.strip()
    if not printed:
        return facts.missing("was not printed")
    if not all(key in printed.lower() for key in PROFILE_KEYS):
        return facts.text(f"something else was printed: {printed[:60]}")
    # The CRS before it has long numbers as well; words about a transform may follow it.
    parts = (_METRES.findall(part) for part in _TRANSFORM.split(printed)[1:])
    metres = [float(words) for words in next(filter(None, reversed([*parts])), [])]
    if not metres:
        return facts.text("the keys of a profile without its values")
    return facts.numbers(metres[:2], 2)


def _profile_fits(evidence: Evidence, expected: Fact) -> Difference | None:
    """The profile is that of this patch; one number tells, where the other was cut off."""
    found = evidence["profile"]
    if found["kind"] == expected["kind"] == "numbers":
        if not set(expected["values"]).isdisjoint(found["values"]):
            return None
        return Difference("the profile of another file", "the profile of this patch")
    return compare(found, expected, 0)


def remarks(evidence: Evidence) -> list[str]:
    """Tell of the longer description where the shorter one was printed."""
    profile, blocks = evidence["profile"], evidence["blocks"]
    short = profile["kind"] == "numbers" and blocks.get("text") == NOT_PRINTED
    return [texts.of_exercise(4).remarks["meta-printed"]] if short else []


EXERCISE = Exercise(
    names=("tile_url", "fc_data", "fc", "p98", "fig", "axes"),
    facts=(
        ERROR,
        FactSpec("fc_data", "values", "`fc_data`", VALUE_TOLERANCE, implied_by=("fc",)),
        FactSpec("fc", "values", "`fc`", DISPLAY_TOLERANCE),
        FactSpec("profile", "metadata", "The profile", comparison=_profile_fits),
        FactSpec("layout", "display", "The panels"),
        FactSpec("right", "display", "The right panel", comparison=shows("right", "fc")),
        FactSpec("left", "display", "The left panel", comparison=shows("left", "rgb")),
    ),
    collect=collect,
    remarks=remarks,
    any_patch=True,
    builds_on=("rgb",),
)
