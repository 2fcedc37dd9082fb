"""A patch on an interactive map."""

from typing import Any

import numpy as np

from autograder.checks import texts
from autograder.checks.asking import web_map as asking
from autograder.checks.explaining.explanation import first_of
from autograder.checks.explaining.places import overlays
from autograder.checks.explaining.places.frames import other_name
from autograder.checks.explaining.places.numbers import (
    SOUTH_WEST_NORTH_EAST,
    WEST_SOUTH_EAST_NORTH,
    bounds_of,
    centre_of,
)
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.reading import facts, frames, maps
from autograder.checks.reading.colours import as_shown, is_rgb
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import MISSING, Workspace
from utils.reference import WGS84

DEGREE_TOLERANCE = 1e-5
"""One metre: bounds may come from corners or from densified edges."""

CENTRE_TOLERANCE = 1e-4
LOCATION_TOLERANCE = 2e-3
"""Two hundred metres: the map need not be centred to the pixel."""

COLOUR_TOLERANCE = 0.02
GROUND_TOLERANCE = 0.04
GRID = np.linspace(0.12, 0.88, 12)
"""Places in the tile, as fractions of its width and height, at which ground colours are read."""

NOWHERE = [np.inf] * 4
"""What a conversion that fails leaves."""

MAX_OVERLAYS = 4
"""Overlays of a map among which the composite is looked for."""

NAMES = ("west", "south", "east", "north", "center_lat", "center_lon", "m")
BOUNDS = NAMES[:4]


def collect(workspace: Workspace) -> Evidence:
    """Read the bounds, the centre, the map and its overlay."""
    rgb = facts.array(workspace.earlier("rgb"))
    own = workspace.own("m")
    layer, image = _overlay(own, rgb)
    corners = maps.overlay_bounds(layer)
    return {
        "bounds": _together(workspace, BOUNDS),
        "centre": _together(workspace, ("center_lat", "center_lon")),
        "map": facts.own(workspace, "m", maps.location),
        "overlay_bounds": corners,
        "overlay_image": image,
        "visible": maps.visible(layer),
        "rgb": rgb,
        "ground": _ground_of_overlay(workspace, image, corners),
        "layers": maps.other_layers(own),
        "zoom": maps.zoom(own),
        "other_names": facts.other_names(workspace, NAMES),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Tell an overlay that was made and not added from one that was never made."""
    corners = claims["overlay_bounds"]
    if corners["kind"] != "missing" or not workspace.source:
        return {}
    return {"overlay_bounds": facts.missing(overlays.why_missing(workspace.source))}


def _overlay(value: Any, rgb: Fact) -> tuple[Any, Fact]:
    """The overlay of a map that shows the composite, else the last one; and its image."""
    layers = maps.overlays(value)[:MAX_OVERLAYS]
    read = [(layer, maps.overlay_image(layer)) for layer in layers]
    showing = (pair for pair in read if overlays.shows(pair[1], rgb))
    return next(showing, (read or [(None, maps.overlay_image(None))])[0])


def _together(workspace: Workspace, names: tuple[str, ...]) -> Fact:
    """Several numbers as one fact."""
    for name in names:
        if why := workspace.why_missing(name):
            return facts.missing(why)
    return facts.numbers([workspace.names[name] for name in names], len(names))


def _ground_of_overlay(workspace: Workspace, image: Fact, corners: Fact) -> Fact:
    """Colours that the overlay shows at known places of the tile, shape (n, 3)."""
    if image["kind"] != "array" or corners["kind"] != "numbers":
        return facts.missing("needs an overlay")
    places = _degrees(workspace.earlier("tile_bounds"), workspace.earlier("tile_crs"))
    if places is None or len(corners["values"]) != 4:
        return facts.missing("needs `tile_bounds` and `tile_crs`")
    south, west, north, east = corners["values"]
    if south >= north or west >= east:
        return facts.missing("needs bounds in order")
    longitudes, latitudes = places
    rows, columns = (north - latitudes) / (north - south), (longitudes - west) / (east - west)
    return facts.array(_smoothed(image["array"][..., :3], rows, columns))


def _degrees(bounds: Any, crs: Any) -> tuple[np.ndarray, np.ndarray] | None:
    """Longitudes and latitudes of the places of `GRID`."""
    if bounds is MISSING or crs is MISSING:
        return None
    sides, system = facts.numbers(bounds, 4), frames.crs(crs)
    if len(sides.get("values", ())) != 4 or system["kind"] != "text":
        return None
    from rasterio.errors import RasterioError
    from rasterio.warp import transform

    left, bottom, right, top = sides["values"]
    x, y = np.meshgrid(left + GRID * (right - left), top - GRID * (top - bottom))
    try:
        longitudes, latitudes = transform(system["text"], WGS84, x.ravel(), y.ravel())
    except (RasterioError, TypeError, ValueError):
        return None
    return np.array(longitudes), np.array(latitudes)


def _smoothed(image: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Mean colours of 5 × 5 pixels around places given as fractions; NaN outside the image."""
    height, width = image.shape[:2]
    colours = np.full((rows.size, 3), np.nan)
    for place, (row, column) in enumerate(zip(rows * height, columns * width, strict=True)):
        if 0 <= row < height and 0 <= column < width:
            top, left = max(0, int(row) - 2), max(0, int(column) - 2)
            colours[place] = image[top : top + 5, left : left + 5].mean(axis=(0, 1))
    return colours


def _reprojected(evidence: Evidence) -> bool:
    """Whether the overlay puts each colour where it is on the ground."""
    ground, rgb = evidence["ground"], evidence["rgb"]
    if ground["kind"] != "array" or ground["shape"] != [GRID.size**2, 3] or not is_rgb(rgb):
        return False
    columns, rows = np.meshgrid(GRID, GRID)
    true = _smoothed(as_shown(rgb["array"]), rows.ravel(), columns.ravel())
    error = np.abs(ground["array"] - true)
    # Each colour by itself: red alone, as grey, is right in red and not far off in dark places.
    if np.isnan(error).any() or not np.median(error, axis=0).max() < GROUND_TOLERANCE:
        return False
    # Where all is forest, the image upside down has nearly the right colours too.
    grid = true.reshape(GRID.size, GRID.size, 3)
    turned = (grid[::-1], grid[:, ::-1], grid[::-1, ::-1])
    others = [np.abs(ground["array"] - other.reshape(-1, 3)).mean() for other in turned]
    return bool(error.mean() <= min(others))


def _own_bounds(evidence: Evidence) -> list[float]:
    """The learner's own bounds; none where they enclose nothing: a constant is no result."""
    sides = evidence["bounds"].get("values", ())
    if len(sides) != 4 or not np.isfinite(sides).all():
        return []
    west, south, east, north = sides
    return [] if west == east or south == north else [west, south, east, north]


def _image(evidence: Evidence, expected: Fact) -> Difference | None:
    """The overlay is the learner's own composite, or reprojected."""
    image, rgb = evidence["overlay_image"], evidence["rgb"]
    if overlays.shows(image, rgb) or _reprojected(evidence):
        return None
    return compare(image, expected, COLOUR_TOLERANCE)


def _typed_before(evidence: Evidence, name: str, earlier: str) -> bool:
    """Whether a result was typed in only because an earlier one was, whose points it cost."""
    if not evidence[name] == evidence[earlier] == facts.TYPED_IN:
        return False
    one, other = evidence[f"typed {name}"]["values"], evidence[f"typed {earlier}"]["values"]
    return np.allclose(sorted(one), sorted(other), rtol=0, atol=LOCATION_TOLERANCE)


def _opposite(corners: Fact) -> Fact:
    """Two corners, south-west first: a map takes any two opposite ones."""
    if corners["kind"] != "numbers" or len(corners["values"]) != 4:
        return corners
    lat, lon, other_lat, other_lon = corners["values"]
    lats, lons = sorted((lat, other_lat)), sorted((lon, other_lon))
    return {"kind": "numbers", "values": [lats[0], lons[0], lats[1], lons[1]]}


def _corners(evidence: Evidence, expected: Fact) -> Difference | None:
    """The overlay lies on the learner's own bounds, on the right ones, or is reprojected."""
    corners = _opposite(evidence["overlay_bounds"])
    if _typed_before(evidence, "overlay_bounds", "bounds"):
        return None
    if corners.get("values") == evidence["bounds"].get("values") == NOWHERE:
        return None
    if bounds := _own_bounds(evidence):
        west, south, east, north = bounds
        own = {"kind": "numbers", "values": [south, west, north, east]}
        if compare(corners, own, DEGREE_TOLERANCE) is None:
            return None
    return None if _reprojected(evidence) else compare(corners, expected, DEGREE_TOLERANCE)


def _centre(evidence: Evidence, expected: Fact) -> Difference | None:
    """The centre of the learner's own bounds, or of the right ones."""
    centre = evidence["centre"]
    if bounds := _own_bounds(evidence):
        west, south, east, north = bounds
        own = {"kind": "numbers", "values": [(south + north) / 2, (west + east) / 2]}
        if compare(centre, own, CENTRE_TOLERANCE) is None:
            return None
    return compare(centre, expected, CENTRE_TOLERANCE)


def _map(evidence: Evidence, expected: Fact) -> Difference | None:
    """The map is centred on the learner's own centre, or on the right one."""
    location, centre = evidence["map"], evidence["centre"]
    if _typed_before(evidence, "map", "centre"):
        return None
    own = centre["kind"] == "numbers" and _own_bounds(evidence)
    if own and compare(location, centre, LOCATION_TOLERANCE) is None:
        return None
    return compare(location, expected, LOCATION_TOLERANCE)


def remarks(evidence: Evidence) -> list[str]:
    """Praise the exact way, and tell of a zoom level at which the patch cannot be looked at."""
    said = texts.of_exercise(8)
    exact = not overlays.shows(evidence["overlay_image"], evidence["rgb"]) and _reprojected(
        evidence
    )
    found = [said.remarks["reprojected"]] if exact else []
    if key := overlays.zoom_remark(evidence["zoom"], _own_bounds(evidence)):
        level = f"{evidence['zoom']['values'][0]:g}"
        found.append(said.explanations[key].filled({"level": level}).say)
    return found


EXERCISE = Exercise(
    names=NAMES,
    facts=(
        ERROR,
        FactSpec(
            "bounds",
            "bounds",
            "west, south, east, north",
            DEGREE_TOLERANCE,
            computed=True,
            unit="degrees",
            explain=first_of(
                other_name("bounds", "west", "float", "tuple", "list", "BoundingBox", "ndarray"),
                bounds_of("bounds", WEST_SOUTH_EAST_NORTH),
            ),
        ),
        FactSpec(
            "centre",
            "centre",
            "`center_lat`, `center_lon`",
            CENTRE_TOLERANCE,
            comparison=_centre,
            computed=True,
            unit="degrees",
            explain=first_of(
                other_name("centre", "center_lat", "float", "float64", "tuple", "list"),
                centre_of("centre", ("center_lat", "center_lon"), CENTRE_TOLERANCE),
            ),
        ),
        FactSpec(
            "map",
            "map",
            "The centre of the map `m`",
            LOCATION_TOLERANCE,
            comparison=_map,
            computed=True,
            unit="degrees",
            explain=first_of(
                other_name("map", "m", "Map"),
                overlays.explain_map,
                centre_of("map", ("location[0]", "location[1]"), LOCATION_TOLERANCE),
            ),
        ),
        FactSpec(
            "overlay_bounds",
            "overlay",
            "The overlay's bounds (south, west, north, east)",
            DEGREE_TOLERANCE,
            comparison=_corners,
            computed=True,
            unit="degrees",
            explain=first_of(
                overlays.explain_missing, bounds_of("overlay_bounds", SOUTH_WEST_NORTH_EAST)
            ),
        ),
        FactSpec(
            "overlay_image",
            "overlay",
            "The overlay's image",
            COLOUR_TOLERANCE,
            comparison=_image,
            explain=overlays.explain_image,
        ),
        FactSpec("visible", "overlay", "The overlay", explain=overlays.explain_visible),
    ),
    collect=collect,
    follows=("rgb",),
    conclude=conclude,
    remarks=remarks,
    builds_on=("rgb",),
    figures=asking.FIGURES,
    transfer=asking.TRANSFER,
)
