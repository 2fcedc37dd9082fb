"""Read geometries and GeoDataFrames: outline and CRS, whatever the other columns."""

import sys
from typing import Any

from autograder.checks import facts
from autograder.checks.facts import Fact

METRE_TOLERANCE = 1e-3
DEGREE_TOLERANCE = 1e-7
MAX_ROWS = 100_000
MAX_VERTICES = 20_000


def is_frame(value: Any) -> bool:
    """Whether ``value`` is a GeoDataFrame or GeoSeries."""
    geopandas = sys.modules.get("geopandas")
    return geopandas is not None and isinstance(
        value, (geopandas.GeoDataFrame, geopandas.GeoSeries)
    )


def geometry(value: Any) -> Fact:
    """A shapely geometry."""
    shapely = sys.modules.get("shapely")
    if shapely is None or not isinstance(value, shapely.Geometry):
        return facts.other(value)
    if value.is_empty or shapely.get_num_coordinates(value) > MAX_VERTICES:
        return facts.other(value)
    return {"kind": "geometry", "wkt": shapely.to_wkt(value, rounding_precision=9)}


def frame_crs(value: Any) -> Fact:
    """The CRS of a frame."""
    if not is_frame(value):
        return facts.other(value)
    return facts.crs(value.crs) if has_geometry(value) else facts.text("no CRS")


def has_geometry(value: Any) -> bool:
    """Whether a frame has an active geometry column."""
    return not hasattr(value, "_geometry_column_name") or (
        value._geometry_column_name in value.columns
    )


def frame_geometry(value: Any) -> Fact:
    """The one geometry of a frame; several equal ones count as one (a tile in two regions)."""
    if not is_frame(value):
        return facts.other(value)
    if not has_geometry(value):
        return facts.text("a frame without geometry")
    if not 0 < len(value) <= MAX_ROWS:
        return facts.text(f"a frame with {len(value)} rows")
    shapes = list(value.geometry.iloc[:20])
    if any(shape is None or not shape.equals(shapes[0]) for shape in shapes):
        return facts.text(f"a frame with {len(value)} different geometries")
    return geometry(shapes[0])


def column(value: Any, name: str) -> list[str] | None:
    """The values of a frame's column, also where a join added a suffix to its name."""
    if not hasattr(value, "columns") or len(value) > MAX_ROWS:
        return None
    for key in value.columns:
        if isinstance(key, str) and key in (name, f"{name}_right", f"{name}_left"):
            return [str(item) for item in value[key]]
    return None
