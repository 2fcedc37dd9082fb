"""Explains bounds, centres, locations and areas that stand as plain numbers."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.places import areas, boxes, known, points
from autograder.checks.explaining.places.areas import Measure
from autograder.checks.explaining.places.rectangles import DEGREE_SIDES, Rectangle, digits, pair
from autograder.checks.explaining.places.telling import elsewhere, times, told, told_point
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import WGS84

WEST_SOUTH_EAST_NORTH = (0, 1, 2, 3)
SOUTH_WEST_NORTH_EAST = (1, 0, 3, 2)


def bounds_of(name: str, order: Sequence[int]) -> Explain:
    """Explains four numbers in degrees.

    Args:
        name: The fact.
        order: Where west, south, east and north stand in it.
    """

    def explain(evidence: Evidence, _: Mapping[str, Fact], served: Served) -> Explanation | None:
        fact, typed = known.as_computed(evidence, name)
        if fact["kind"] != "numbers" or len(fact["values"]) != 4:
            return None
        patch, found = known.header(served).rectangle, [fact["values"][place] for place in order]
        wanted = patch.sides(WGS84)
        sides = [DEGREE_SIDES[place] for place in order]
        shown = ", ".join(f"{side} {{}}" for side in sides)
        texts = pair(fact["values"], wanted[list(order)].tolist(), shown)
        values = {"found": texts[0], "expected": texts[1]}
        if typed:
            right = np.allclose(found, wanted, rtol=0, atol=1e-5)
            return Explanation("typed-in" if right else "typed-in-otherwise", values)
        slip = boxes.slip_of(
            found,
            patch,
            WGS84,
            known.pixels(served),
            partial(known.other_patches, served),
            partial(known.region_boxes, served),
        )
        middle = ((found[0] + found[2]) / 2, (found[1] + found[3]) / 2)
        if slip is None:
            if boxes.off_earth(found, WGS84):
                return Explanation("place-off-earth", values)
            return elsewhere(middle, WGS84, patch, values)
        explanation = told(slip, values, DEGREE_SIDES, WGS84, middle)
        at = [str(explanation.values[f"is_{place}"]) for place in order if slip.sides]
        own = {"order": ", ".join(at), "right": ", ".join(sides), "label_of": sides[0]}
        return Explanation(explanation.key, {**explanation.values, **own})

    return explain


def centre_of(name: str, names: tuple[str, str], tolerance: float) -> Explain:
    """Explains a latitude and a longitude that should be the centre of the bounds.

    Args:
        name: The fact.
        names: What the two numbers are called.
        tolerance: Largest difference in degrees that counts as equal.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact, typed = known.as_computed(evidence, name)
        if fact["kind"] != "numbers" or len(fact["values"]) != 2:
            return None
        patch = known.header(served).rectangle
        bounds = _own(evidence["bounds"]) or patch.sides(WGS84).tolist()
        west, south, east, north = bounds
        wanted = ((south + north) / 2, (west + east) / 2)
        shown = ", ".join(f"{part} {{}}" for part in names)
        texts = pair(fact["values"], wanted, shown)
        values = {"found": texts[0], "expected": texts[1]}
        if typed:
            near = np.allclose(fact["values"], wanted, rtol=0, atol=tolerance)
            return Explanation("typed-in" if near else "typed-in-otherwise", values)
        point = points.point_of(fact["values"], bounds, patch, partial(_rectangles, served))
        if point is None:
            return elsewhere(fact["values"][::-1], WGS84, patch, values)
        return told_point(point, values, names, fact["values"])

    return explain


def _rectangles(served: Served) -> dict[str, Rectangle]:
    return known.other_patches(served) | known.region_boxes(served)


def _own(fact: Fact) -> list[float]:
    """The learner's own bounds, where they are in degrees and enclose something."""
    sides = fact.get("values", ())
    if len(sides) != 4 or not np.isfinite(sides).all() or np.abs(sides).max() > 360:
        return []
    west, south, east, north = sides
    return [] if west == east or south == north else [west, south, east, north]


def explain_area(
    evidence: Evidence, expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """Explains the area of the patch in square kilometres."""
    fact, typed = known.as_computed(evidence, "area_km2")
    if fact["kind"] != "numbers" or not fact["values"]:
        return None
    found = [value for value in fact["values"] if np.isfinite(value)]
    own = evidence["tile"]
    patch = known.patch(expected, "tile")
    outline = known.shape(own if own["kind"] == "geometry" else expected["tile"])
    exact = outline.area / 1e6
    form = "{} km²"
    if not found:
        return Explanation("area-not-finite")
    if len(set(found)) > 1:
        shown = ", ".join(digits(value, 3) for value in found[:3])
        values = {"count": str(len(found)), "found": form.format(shown)}
        return Explanation("area-several", {**values, "expected": form.format(digits(exact, 3))})
    texts = pair(found[:1], [exact], form)
    values = {"found": texts[0], "expected": texts[1]}
    if typed:
        right = any(np.isclose(found[0], round(exact, n), rtol=1e-6) for n in (2, 3, 4, 9))
        return Explanation("typed-in" if right else "typed-in-otherwise", values)
    touched = len(evidence["joined_ids"].get("texts", ()))
    measure = areas.measure_of(
        found[0], outline, patch, known.pixels(served), partial(known.regions, served), touched
    )
    return measure and Explanation(measure.kind, {**values, **_of_measure(measure)})


def _of_measure(measure: Measure) -> dict[str, str]:
    return {
        "amount": times(measure.amount)
        if measure.kind.startswith("area-too")
        else digits(measure.amount, 1),
        "system": measure.system,
        "place": measure.place,
    }
