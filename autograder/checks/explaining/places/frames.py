"""Which system a frame declares against which its numbers are in; and what stands in its place."""

import difflib
import re
from collections.abc import Mapping

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.places import boxes, known
from autograder.checks.explaining.places.rectangles import Rectangle, in_degrees, unit
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact

_KINDS = {
    "DataFrame": "frame-table",
    "GeoSeries": "frame-series",
    "NoneType": "frame-nothing",
    "Series": "frame-column",
    "str": "frame-text",
    **dict.fromkeys(("BoundingBox", "list", "ndarray", "tuple"), "frame-numbers"),
    **dict.fromkeys(("MultiPolygon", "Polygon"), "frame-outline"),
}
"""What is said of an object in place of a frame, by its type."""

_NAMED_IN_WKT = re.compile(r'\A\w+\[\s*"([^"]{1,60})"')

_CODE = re.compile(r"EPSG:\d{4,6}")

NO_CRS = "no CRS"


def in_place_of_frame(fact_name: str, name: str) -> Explain:
    """Explains an object that is no frame.

    Args:
        fact_name: A fact of the kind ``other``.
        name: The learner's name for it.
    """

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        fact = evidence[fact_name]
        key = _KINDS.get(fact["type"]) if fact["kind"] == "other" else None
        return Explanation(key, {"type": fact["type"], "name": name}) if key else None

    return explain


def crs_of(frame: str, name: str, outline: str, wanted: str) -> Explain:
    """Explains the system that a frame declares.

    Args:
        frame: The learner's name of the frame.
        name: The fact of the system.
        outline: The fact of the frame's outline.
        wanted: A fact of the solution: the outline of the patch in EPSG:3035.
    """

    def explain(evidence: Evidence, expected: Mapping[str, Fact], _: Served) -> Explanation | None:
        declared, asked = evidence[name].get("text", ""), expected[name]["text"]
        if evidence[name]["kind"] != "text":
            return None
        values = {
            "name": frame,
            "declared": short(declared),
            "asked": asked,
            **_pair(declared, asked),
        }
        if declared == NO_CRS:
            return Explanation("crs-none", values)
        if evidence[outline]["kind"] != "geometry":
            return None
        patch = known.patch(expected, wanted)
        numbers = numbers_in(known.shape(evidence[outline]).bounds, patch, declared)
        values["system"] = numbers
        if declared == asked == numbers:
            return None
        if numbers == asked and in_degrees(asked) and declared.startswith("GEOG"):
            return Explanation("crs-code", values)
        key = {declared: "crs-converted", asked: "crs-declared", "": ""}.get(numbers, "crs-other")
        if key == "crs-converted" and declared == patch.crs:
            key = "crs-not-converted"
        return Explanation(key, values) if key else None

    return explain


def _pair(declared: str, asked: str) -> dict[str, str]:
    found = short(declared)
    known_unit = re.fullmatch(r"EPSG:(4326|4258|3035|3857|32[67]\d\d)", declared)
    return {
        "found": f"{found} ({unit(declared)})" if known_unit else found,
        "expected": f"{asked} ({unit(asked)})",
    }


def short(crs: str) -> str:
    """A system as its code, or as its name where it has none."""
    named = _NAMED_IN_WKT.match(crs)
    return named[1] if named else crs[:40]


def numbers_in(bounds: tuple[float, ...], patch: Rectangle, first: str) -> str:
    """The system in which these are the bounds of the patch, ``first`` if it can be; or ``""``."""
    systems = (first, *patch.systems) if _CODE.fullmatch(first) else patch.systems
    for system in dict.fromkeys(systems):
        sides = patch.sides(system)
        size = max(sides[2] - sides[0], sides[3] - sides[1])
        if np.abs(sides - bounds).max() <= boxes.TOLERANCE * size:
            return system
    return ""


def other_name(fact: str, name: str, *types: str) -> Explain:
    """Explains a result that is not there, by one of its kind that has another name.

    Args:
        fact: The fact of the result.
        name: The name that is asked for.
        types: Names of the types that it may have.
    """

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        if not evidence[fact].get("why", "").startswith(("was never", "was not")):
            return None
        made = (item.split(" ", 1) for item in evidence["other_names"].get("texts", ()))
        named = [other for kind, other in made if kind in types]
        likest = sorted(named, key=lambda other: -_likeness(name, other))
        return Explanation("other-name", {"name": name, "other": likest[0]}) if likest else None

    return explain


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
