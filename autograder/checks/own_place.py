"""``check_place(step, place, …)``: the notebook on a learner's own place, checked for no points.

Nothing is recorded, as the place may be any: what is right follows from what the services answer
for it, the same services that the notebook asks.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from autograder.checks.reading.blank import Blank
from autograder.checks.showing.panel import Panel
from autograder.checks.texts import card as say
from utils.download import START_SERVICES
from utils.errors import CourseError
from utils.places import read_index, regions_with_images
from utils.reference import LAEA, NUTS_URL, WGS84

NEAR = 1.0
"""Metres within which two points are the same."""

Finding = tuple[str, dict[str, object]]
"""Key of a sentence, and its values."""


def check_place(step: int, place: dict[str, Any], **results: Any) -> Panel:
    """Say whether a step of the notebook is right for a place.

    Args:
        step: Its number, from 1 to 4.
        place: What `find_place` gave.
        results: The learner's results of this step, by name.

    Raises:
        CourseError: There is no such step, or `place` is not an answer of the geocoder.
    """
    if step not in STEPS:
        raise CourseError(f"There is no step {step!r}", "Steps have numbers from 1 to 4")
    if not isinstance(place, dict) or not {"lat", "lon"} <= place.keys():
        raise CourseError("`place` is not an answer of the geocoder", todo="Run its cell again")
    empty = [name for name, value in results.items() if isinstance(value, Blank)]
    if empty:
        found: Finding = ("place-blank", {"name": empty[0]})
    else:
        try:
            found = STEPS[step](place, **results)
        except CourseError:
            raise
        except Exception as problem:  # a learner's object may raise anything when it is looked at
            found = ("place-unread", {"kind": type(problem).__name__})
    right = found[0].endswith("-right")
    heading = say("place-step-right" if right else "place-step-wrong", step=step)
    return Panel(heading, notes=(say(found[0], **found[1]),))


def _degrees(place: dict[str, Any], lon: Any, lat: Any) -> Finding:
    true = float(place["lon"]), float(place["lat"])
    if isinstance(lon, str) or isinstance(lat, str):
        return "place-text", {}
    own = float(lon), float(lat)
    if _same(own, true, 1e-6):
        return "place-degrees-right", {"lat": f"{own[1]:.4f}", "lon": f"{own[0]:.4f}"}
    if _same(own[::-1], true, 1e-6):
        return "place-swapped", {"value": f"{own[0]:.4f}"}
    if _same(own, true, 1.0):
        return "place-rounded", {}
    return "place-elsewhere", {"lat": f"{own[1]:.4f}", "lon": f"{own[0]:.4f}"}


def _region(place: dict[str, Any], point: Any, region: Any) -> Finding:
    import geopandas as gpd

    true = _true_point(place)
    if not isinstance(point, gpd.GeoSeries) or len(point) != 1:
        return "place-no-series", {"kind": type(point).__name__}
    own = point.iloc[0]
    degrees = float(place["lon"]), float(place["lat"])
    if _same((own.x, own.y), degrees, 1e-6) or _same((own.y, own.x), degrees, 1e-6):
        labelled = point.crs is not None and point.crs == LAEA
        return "place-relabelled" if labelled else "place-not-projected", {}
    if point.crs is None or point.crs != LAEA:
        return "place-other-crs", {"crs": str(point.crs and point.crs.to_string())}
    if own.distance(true) > NEAR:
        swapped = _projected(degrees[1], degrees[0])
        key = "place-swapped-metres" if own.distance(swapped) <= NEAR else "place-far"
        return key, {"kilometres": f"{own.distance(true) / 1000:.0f}"}
    regions = _regions()
    expected = set(regions.loc[regions.intersects(true), "NUTS_ID"])
    if not hasattr(region, "columns") or "NUTS_ID" not in region:
        return "place-no-join", {}
    if set(region["NUTS_ID"]) != expected:
        return "place-other-region", {"count": len(region)}
    if not expected:
        return "place-no-region-right", {}
    return "place-region-right", {"region": ", ".join(region["NUTS_NAME"])}


def _nearest(place: dict[str, Any], nearest: Any, year: Any) -> Finding:
    true, regions, served = _true_point(place), _regions(), regions_with_images(int(year))
    distances = dict(zip(regions["NUTS_ID"], regions.distance(true), strict=True))
    if not isinstance(nearest, str) or nearest not in distances:
        return "place-no-code", {}
    own = distances[nearest]
    if nearest not in served:
        return "place-without-images", {"code": nearest, "year": year}
    least = min(distances[code] for code in served if code in distances)
    if own - least > NEAR:
        kilometres = {"own": f"{own / 1000:.0f}", "least": f"{least / 1000:.0f}"}
        return "place-farther", {"code": nearest, **kilometres}
    if own > 0:
        return "place-nearest-right", {"code": nearest, "kilometres": f"{own / 1000:.0f}"}
    return "place-within-right", {"code": nearest}


def _tile(place: dict[str, Any], tile_for: Any, nearest: Any, year: Any) -> Finding:
    """Try a learner's function: at the place, on an edge, and where no tile lies."""
    import numpy as np
    import shapely

    if not callable(tile_for):
        return "place-no-function", {}
    index = read_index(str(nearest), int(year))
    boxes = shapely.box(*np.stack(index["bbox"].tolist()).T)
    true = _true_point(place)
    _, south, west_edge, north = boxes[len(boxes) // 2].bounds
    edge = shapely.Point(west_edge, (south + north) / 2)
    west, south, _, _ = shapely.total_bounds(boxes)
    outside = shapely.Point(west - 5000, south - 5000)
    inside = boxes[0].centroid
    for where, point in (("inside", inside), ("edge", edge), ("outside", outside), ("own", true)):
        distances = shapely.distance(boxes, point)
        names = set(index["filename"][distances <= distances.min() + NEAR])
        try:
            own = tile_for(point, index.copy())
        except Exception as problem:
            return f"place-tile-{where}-raises", {"kind": type(problem).__name__}
        if not isinstance(own, str) or own not in names:
            return f"place-tile-{where}", {}
    if shapely.distance(boxes, true).min() > 0:
        kilometres = shapely.distance(boxes, true).min() / 1000
        return "place-tile-near-right", {"kilometres": f"{kilometres:.1f}"}
    return "place-tile-right", {}


STEPS: dict[int, Callable[..., Finding]] = {1: _degrees, 2: _region, 3: _nearest, 4: _tile}


@cache
def _regions() -> Any:
    """The NUTS 3 outlines that are served, EPSG:3035."""
    import geopandas as gpd

    try:
        return gpd.read_file(NUTS_URL)
    except Exception as error:  # GDAL's, of many kinds
        raise CourseError(
            "The check could not read the outlines of the regions", todo=START_SERVICES
        ) from error


def _true_point(place: dict[str, Any]) -> Any:
    return _projected(float(place["lon"]), float(place["lat"]))


def _projected(longitude: float, latitude: float) -> Any:
    """A point in EPSG:3035."""
    import shapely
    from rasterio.warp import transform

    (x,), (y,) = transform(WGS84, LAEA, [longitude], [latitude])
    return shapely.Point(x, y)


def _same(one: tuple[float, float], other: tuple[float, float], tolerance: float) -> bool:
    return all(
        math.isclose(a, b, rel_tol=0, abs_tol=tolerance) for a, b in zip(one, other, strict=True)
    )
