"""The profile of a raster, and a false-colour composite beside the true one."""

import ast
import re
import textwrap
from collections.abc import Mapping

import numpy as np

from autograder.checks import texts
from autograder.checks.exercises.exercise_03_true_colour import (
    DISPLAY_TOLERANCE,
    NO_PROBE,
    TRUE_COLOUR,
    VALUE_TOLERANCE,
    percentile,
)
from autograder.checks.explaining.code import calls_of, names_in, texts_in
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.images.panels import panel
from autograder.checks.explaining.images.told import bands_as_read, picture
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Transfer
from autograder.checks.judging.follow import is_picture_of, shows
from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Evidence, Fact, joined
from autograder.checks.reading.workspace import Workspace

PROFILE_KEYS = ("driver", "dtype", "width", "height", "count", "crs", "transform")
"""Keys that `profile` and `meta` of a rasterio dataset share."""

NOT_PRINTED = "not printed"

_BLOCKS = re.compile("block|compress", re.IGNORECASE)

FALSE_COLOUR = (8, 4, 3)
"""Near infrared, red and green, as rasterio counts."""

MANY_METRES = 100_000
"""Numbers above this are coordinates in metres, not degrees or pixels."""

KEYS_ONLY = "the keys of a profile without its values"

_TRANSFORM = re.compile("transform", re.IGNORECASE)
_PROFILE = re.compile("profile", re.IGNORECASE)
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
        "rgb_bounds": facts.numbers(workspace.earlier("tile_bounds"), 4),
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
        return facts.text(f"something else: {textwrap.shorten(printed, 60, placeholder=' …')}")
    # The CRS before it has long numbers as well; words about a transform may follow it.
    parts = (_METRES.findall(part) for part in _TRANSFORM.split(printed)[1:])
    metres = [float(words) for words in next(filter(None, reversed([*parts])), [])]
    if not metres:
        return facts.text(KEYS_ONLY)
    return facts.numbers(metres[:2], 2)


def _profile_fits(evidence: Evidence, expected: Fact) -> Difference | None:
    """The profile is that of this patch; one number tells, where the other was cut off."""
    found = evidence["profile"]
    if found["kind"] == expected["kind"] == "numbers":
        if not set(expected["values"]).isdisjoint(found["values"]):
            return None
        return Difference("the profile of another file", "the profile of this patch")
    said = found.get("why") or found.get("text", "something else")
    return Difference(said, "driver, dtype, width, height, count, crs, transform")


def _other_print(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """What was printed in place of the profile."""
    found, source = evidence["profile"], joined(evidence["source"])
    if found["kind"] == "missing":
        return Explanation("profile-not-printed") if "profile" in names_in(source) else None
    if found["kind"] != "text":
        return None
    if found["text"] == KEYS_ONLY:
        return Explanation("only-keys-printed")
    if _PROFILE.search(found["text"]) and any("profile" in words for words in texts_in(source)):
        return Explanation("profile-in-quotes")
    printed = [call.args[0] for call in calls_of(source, "print") if call.args]
    parts = [part.attr for part in printed if isinstance(part, ast.Attribute)]
    return Explanation("one-part-printed", {"found": parts[0]}) if parts else None


def _other_layout(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    keys = {"a single panel": "single-panel", "one above the other": "one-above-the-other"}
    key = keys.get(evidence["layout"].get("text", ""))
    return Explanation(key) if key else None


def remarks(evidence: Evidence) -> list[str]:
    """Where the two panels show two places, and where the shorter description was printed."""
    profile, blocks = evidence["profile"], evidence["blocks"]
    short = profile["kind"] == "numbers" and blocks.get("text") == NOT_PRINTED
    said = texts.of_exercise(4)
    found = [said.explanations["two-places"].say] if _two_places(evidence) else []
    return [*found, said.remarks["meta-printed"]] if short else found


def _two_places(evidence: Evidence) -> bool:
    """Whether `rgb` was made of another patch."""
    made_of, this = evidence["rgb_bounds"], evidence["profile"]
    if made_of["kind"] != "numbers" or this["kind"] != "numbers":
        return False
    in_metres = [value for value in made_of["values"] if abs(value) > MANY_METRES]
    return len(in_metres) == 4 and set(in_metres).isdisjoint(this["values"])


OPTICAL_LAYERS = 12
"""Layers of a patch that hold bands."""

PLANTS = 2.0
"""How many times as bright in near infrared as in red plants are, at least."""

STANDS_OUT = 0.9
"""Share of the plants that must have the colour."""

FEWEST_PIXELS = 50
"""Plants on fewer pixels show nothing."""


def _plants_are_green(answer: Fact, evidence: Evidence, served: Served) -> str:
    """Whether three layers, as red, green and blue, give the plants of `fc` a green colour."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 3:
        return "no-triple"
    layers = answer["values"]
    if not set(layers) <= set(range(1, OPTICAL_LAYERS + 1)) or len(set(layers)) < 3:
        return "no-triple"
    own = evidence["fc"]["array"]
    plants = own[..., 0] > PLANTS * own[..., 1]
    if plants.sum() < FEWEST_PIXELS:
        return "no-plants"
    seen = np.array([served.patch.bands[int(layer) - 1][plants] for layer in layers])
    shares = np.bincount(seen.argmax(axis=0), minlength=3) / plants.sum()
    keys = ("red", "right", "blue")
    return keys[int(shares.argmax())] if shares.max() >= STANDS_OUT else "mixed"


EXERCISE = Exercise(
    names=("tile_url", "fc_data", "fc", "p98", "fig", "axes"),
    facts=(
        ERROR,
        FactSpec(
            "fc_data",
            "values",
            "`fc_data`",
            VALUE_TOLERANCE,
            implied_by=("fc",),
            explain=bands_as_read("fc_data", FALSE_COLOUR),
        ),
        FactSpec(
            "fc",
            "values",
            "`fc`",
            DISPLAY_TOLERANCE,
            explain=picture("fc", FALSE_COLOUR, TRUE_COLOUR, panel="right"),
        ),
        FactSpec(
            "profile", "metadata", "The profile", comparison=_profile_fits, explain=_other_print
        ),
        FactSpec("layout", "display", "The panels", explain=_other_layout),
        FactSpec(
            "right",
            "display",
            "The right-hand panel",
            comparison=shows("right", "fc"),
            explain=panel("right", "fc", ("rgb", "fc_data"), FALSE_COLOUR),
        ),
        FactSpec(
            "left",
            "display",
            "The left-hand panel",
            comparison=shows("left", "rgb"),
            explain=panel("left", "rgb", ("fc", "fc_data"), TRUE_COLOUR),
        ),
    ),
    collect=collect,
    follows=("rgb", "fc"),
    remarks=remarks,
    any_patch=True,
    builds_on=("rgb",),
    figures={"largest": percentile("fc_data", 100), "p98": percentile("fc_data", 98)},
    transfer=Transfer(
        lambda value: facts.numbers(value, 3),
        _plants_are_green,
        ("blue", "mixed", "no-plants", "no-triple", "red"),
    ),
)
