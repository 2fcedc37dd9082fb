"""What an outline is that should be that of the patch."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.places import boxes, known
from autograder.checks.explaining.places.boxes import Known, Slip
from autograder.checks.explaining.places.rectangles import (
    Rectangle,
    in_degrees,
    names,
    pair,
    unit,
)
from autograder.checks.explaining.places.telling import elsewhere, told
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact

SHOWN = "x {} – {}, y {} – {}"


def outline_of(name: str, wanted: str, system: str) -> Explain:
    """Explains an outline.

    Args:
        name: The fact.
        wanted: A fact of the solution: the outline of the patch in EPSG:3035.
        system: The system in which it should be.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact, typed = known.as_computed(evidence, name)
        if fact["kind"] == "other":
            return Explanation("outline-no-polygon", {"type": fact["type"]})
        if fact["kind"] != "geometry":
            return of_words(fact)
        outline, rectangle = known.shape(fact), known.patch(expected, wanted)
        slip = slip_of(
            outline,
            rectangle,
            system,
            known.pixels(served),
            partial(known.other_patches, served),
            partial(known.regions, served),
        )
        values = _pair(outline, rectangle, system, slip)
        if typed:
            right = _alike(outline, rectangle.outline(system))
            return Explanation("typed-in" if right else "typed-in-otherwise", values)
        left, bottom, right, top = outline.bounds
        middle = ((left + right) / 2, (bottom + top) / 2)
        if slip is None:
            return elsewhere(middle, system, rectangle, values)
        return told(slip, values, names(slip.system or system), system, middle)

    return explain


def of_words(fact: Fact) -> Explanation | None:
    """What is said of an outline that is none, by how it was read."""
    words = fact.get("text", "")
    if "different geometries" in words:
        return Explanation("outline-several", {"count": _first_number(words)})
    if words.startswith("a frame with 0 rows"):
        return Explanation("outline-none")
    return None


def _first_number(words: str) -> str:
    return next((word for word in words.split() if word.isdigit()), "")


def slip_of(
    outline: Any,
    wanted: Rectangle,
    system: str,
    pixels: tuple[int, int] = (0, 0),
    patches: Known = dict,
    regions: Callable[[], Mapping[str, Any]] = dict,
) -> Slip | None:
    """The simplest account of an outline; ``None`` where it is right, or nothing explains it.

    Args:
        outline: A shapely geometry of finite coordinates.
        wanted: The rectangle that it should be.
        system: The system in which it should be.
        pixels: Columns and rows of the patch.
        patches: Gives other patches that it may be, by name.
        regions: Gives outlines of regions in EPSG:3035, by name.
    """
    if _alike(outline, wanted.outline(system)):
        return None
    return (
        _of_type(outline, wanted, system)
        or _of_corners(outline, wanted, system)
        or _of_bounds(outline, wanted, system, pixels, patches)
        or _other_patch(outline, patches)
        or _of_region(outline, regions)
    )


def _alike(one: Any, other: Any) -> bool:
    """Whether two polygons are the same, but for a thousandth of their size."""
    size = max(other.bounds[2] - other.bounds[0], other.bounds[3] - other.bounds[1])
    near = boxes.TOLERANCE * size
    if one.geom_type != "Polygon" or np.abs(np.subtract(one.bounds, other.bounds)).max() > near:
        return False
    return bool(
        abs(one.area - other.area) <= near * other.length
        and one.boundary.hausdorff_distance(other.boundary) <= near
    )


def _of_type(outline: Any, wanted: Rectangle, system: str) -> Slip | None:
    """Not a surface: a point or a line."""
    if outline.geom_type == "Point":
        for own in wanted.systems:
            middle = np.array(wanted.middle(own))
            size = np.ptp(wanted.sides(own).reshape(2, 2), axis=0).max()
            if np.abs(middle - [outline.x, outline.y]).max() <= boxes.TOLERANCE * size * 10:
                return Slip("outline-middle", own)
        return Slip("outline-point", system)
    if outline.geom_type in ("LineString", "LinearRing", "MultiLineString"):
        same = np.allclose(outline.bounds, wanted.sides(system), rtol=0, atol=_near(wanted, system))
        return Slip("outline-rim" if same else "outline-line", system)
    return None


def _near(wanted: Rectangle, system: str) -> float:
    left, bottom, right, top = wanted.sides(system)
    return float(boxes.TOLERANCE * max(right - left, top - bottom))


def _of_corners(outline: Any, wanted: Rectangle, system: str) -> Slip | None:
    """The corners of the patch in any system, too few, in another order, or x and y swapped."""
    import shapely

    points = shapely.get_coordinates(outline)
    for own in (system, *(other for other in wanted.systems if other != system)):
        true = wanted.outline(own)
        if own != system and not _alike(true, shapely.box(*true.bounds)) and _alike(outline, true):
            return Slip("box-system", own)
        if _alike(shapely.transform(outline, lambda xy: xy[:, ::-1]), true):
            return Slip("outline-swapped", own)
    corners = shapely.get_coordinates(wanted.outline(system))[:4]
    distance = np.abs(points[:, None] - corners[None]).max(axis=2)
    if (distance.min(axis=1) <= _near(wanted, system)).all() and len(points) >= 4:
        met = len(set(distance.argmin(axis=1).tolist()))
        return {3: Slip("outline-three", system), 4: Slip("outline-crossed", system)}.get(met)
    return None


def _of_region(outline: Any, regions: Callable[[], Mapping[str, Any]]) -> Slip | None:
    """The outline of a region."""
    for name, region in regions().items():
        if outline.geom_type == region.geom_type and outline.equals_exact(region, 1.0):
            return Slip("outline-region", place=name)
    return None


def _other_patch(outline: Any, patches: Known) -> Slip | None:
    """The tilted outline of another patch."""
    for name, rectangle in patches().items():
        for own in rectangle.systems:
            if _alike(outline, rectangle.outline(own)):
                return Slip("box-other-patch", own, place=name)
    return None


def _of_bounds(
    outline: Any,
    wanted: Rectangle,
    system: str,
    pixels: tuple[int, int],
    patches: Known,
) -> Slip | None:
    """An upright box."""
    left, bottom, right, top = outline.bounds
    if np.allclose(outline.bounds, wanted.sides(system), rtol=0, atol=_near(wanted, system)):
        full = outline.area >= (1 - boxes.TOLERANCE) * (right - left) * (top - bottom)
        tilted = system != wanted.crs
        return Slip("outline-upright", system) if full and tilted else None
    slip = boxes.slip_of(outline.bounds, wanted, system, pixels, patches)
    if slip and slip.kind == "box-order":
        return Slip("outline-sides", slip.system, slip.sides)
    if slip and slip.kind == "box-system-order":
        return Slip("outline-sides-system", slip.system, slip.sides)
    return slip


def _pair(outline: Any, wanted: Rectangle, system: str, slip: Slip | None) -> dict[str, str]:
    """Found and expected: from where to where it reaches."""
    left, bottom, right, top = outline.bounds
    west, south, east, north = wanted.sides(system)
    own = slip.system if slip and slip.kind.startswith("box-system") else system
    found, expected = pair((left, right, bottom, top), (west, east, south, north), SHOWN)
    measure = unit(own) if in_degrees(own) == in_degrees(system) else ""
    return {
        "found": f"{found} {measure or unit(own)}",
        "expected": f"{expected} {unit(system)}",
    }
