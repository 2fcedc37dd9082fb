"""Read coordinate systems, geometries and GeoDataFrames: outline, CRS, columns."""

import re
import sys
from itertools import islice
from typing import Any, cast

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt, from_library
from autograder.checks.reading.workspace import MISSING

_OLD_CODE = re.compile(r"\+init=epsg:(\d+)\b", re.IGNORECASE)
MAX_CRS_TEXT = 10_000

METRE_TOLERANCE = 1e-3
DEGREE_TOLERANCE = 1e-7
MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_AREAS = 50
"""Most numbers of a column of areas that are read."""

MAX_VERTICES = 20_000
"""Most vertices of one outline that is read."""

MAX_NEAR_VERTICES = 2_000_000
"""Most vertices of the outlines around a tile that are intersected with it."""


def is_frame(value: Any) -> bool:
    """Whether ``value`` is a GeoDataFrame or GeoSeries."""
    geopandas = sys.modules.get("geopandas")
    return (
        geopandas is not None
        and issubclass(type(value), (geopandas.GeoDataFrame, geopandas.GeoSeries))
        and from_library(value)
    )


def geometry(value: Any) -> Fact:
    """A shapely geometry as well-known text with 9 decimals, in its own CRS."""
    shapely = sys.modules.get("shapely")
    if shapely is None or not issubclass(type(value), shapely.Geometry):
        return facts.other(value)
    count = int(shapely.get_num_coordinates(value))
    if not 0 < count <= MAX_VERTICES or shapely.get_num_geometries(value) > MAX_VERTICES:
        return facts.text(f"a geometry of {count} points")
    if not np.isfinite(shapely.get_coordinates(value)).all():
        return facts.text("a geometry with coordinates that are not finite")
    return {"kind": "geometry", "wkt": shapely.to_wkt(value, rounding_precision=9)}


def crs(value: object) -> Fact:
    """A coordinate reference system as ``EPSG:code`` where it has one, else as text or WKT.

    Args:
        value: rasterio ``CRS``, pyproj ``CRS``, EPSG number or text.
    """
    if value is MISSING:
        return facts.missing("was never assigned")
    if value is None:
        return facts.text("no CRS")
    cls = type(value)  # `isinstance` would ask the object, whose answer may lie
    if issubclass(cls, int) and cls is not bool:
        return facts.text(f"EPSG:{facts.words(int.__int__(cast(int, value)))}")
    if issubclass(cls, str):
        return _crs_in_text(str.__getitem__(cast(str, value), slice(MAX_CRS_TEXT)))
    if issubclass(cls, tuple(_crs_classes())) and from_library(value):
        return attempt(facts.other(value), _crs_words, value)
    return facts.other(value)


def _crs_classes() -> list[Any]:
    """The CRS classes of the libraries that are loaded."""
    modules = [sys.modules.get(name) for name in ("rasterio.crs", "pyproj")]
    return [module.CRS for module in modules if module is not None]


def _crs_in_text(name: str) -> Fact:
    """The CRS that a text names: ``EPSG:3035``, ``3035``, or WKT in full."""
    code = name.strip().upper()
    classes = _crs_classes()
    if "[" in code[:20] and classes:
        return attempt(facts.text(code), lambda: _crs_words(classes[0].from_wkt(name)))
    return facts.text(f"EPSG:{code}" if code.isdigit() else code)


def _crs_words(value: Any) -> Fact:
    code = value.to_epsg() or _code_of_old(value)
    return facts.text(f"EPSG:{code}" if code else value.to_wkt())


def _code_of_old(value: Any) -> str:
    """The code in the old spelling ``{"init": "epsg:3035"}``, for which ``to_epsg`` has none."""
    match = _OLD_CODE.match(str(getattr(value, "srs", "")))
    return match[1] if match else ""


def frame_crs(value: Any) -> Fact:
    """The CRS of a frame."""
    if not is_frame(value):
        return facts.other(value)
    return crs(value.crs) if has_geometry(value) else facts.text("no CRS")


def table_crs(value: Any) -> Fact:
    """The CRS of a GeoDataFrame; a GeoSeries is no table."""
    return frame_crs(value) if is_frame(value) and is_table(value) else facts.other(value)


def is_table(value: Any) -> bool:
    """Whether a frame is a GeoDataFrame, and no GeoSeries."""
    return issubclass(type(value), sys.modules["geopandas"].GeoDataFrame)


def is_column(value: Any) -> bool:
    """Whether ``value`` is a column of a pandas table."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(value) is pandas.Series


def has_geometry(value: Any) -> bool:
    """Whether a frame has an active geometry column."""
    geopandas = sys.modules["geopandas"]
    if issubclass(type(value), geopandas.GeoSeries):
        return True
    return value._geometry_column_name in value.columns


def outlines(value: Any) -> np.ndarray:
    """The geometries of a frame as an array of objects, ``None`` where a row has none.

    Raises:
        ValueError: There are more than `MAX_ROWS`.
    """
    series = value.geometry
    if len(series.array) > MAX_ROWS:
        raise ValueError(f"a frame with {len(series.array)} rows")
    return np.asarray(series.array, dtype=object)


def frame_geometry(value: Any) -> Fact:
    """The one geometry of a frame; equal ones count as one (a tile that lies in two regions)."""
    import shapely

    if not is_frame(value):
        return facts.other(value)
    if not has_geometry(value):
        return facts.text("a frame without geometry")
    if not 0 < len(value) <= MAX_ROWS:
        return facts.text(f"a frame with {len(value)} rows")
    shapes = outlines(value)
    if shapes[0] is None:
        return facts.text("a frame with an empty geometry")
    boxes = shapely.bounds(shapes)
    if not np.isfinite(boxes).all():
        return facts.text("coordinates that are not finite")
    if (boxes != boxes[0]).any() or not shapely.equals(shapes[:20], shapes[0]).all():
        return facts.text(f"a frame with {len(shapes)} different geometries")
    return geometry(shapes[0])


def rows_touching(value: Any, tile: Any) -> np.ndarray:
    """For each of n rows, whether its outline meets ``tile`` (in the same CRS): bool, shape (n,).

    Boxes are compared first, so that all of Europe takes no longer than one country.

    Raises:
        ValueError: The outlines around the tile are too large to be intersected.
    """
    import shapely

    shapes = outlines(value)
    west, south, east, north = shapely.bounds(tile)
    left, bottom, right, top = shapely.bounds(shapes).T
    near = (left <= east) & (right >= west) & (bottom <= north) & (top >= south)
    if shapely.get_num_coordinates(shapes[near]).sum() > MAX_NEAR_VERTICES:
        raise ValueError("outlines with too many points")
    touching = np.zeros(len(shapes), dtype=bool)
    touching[near] = shapely.intersects(shapes[near], tile)
    return touching


def column(value: Any, name: str) -> list[str] | None:
    """The values of a frame's column, even if a join added a suffix to its name, or its index."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not (type(value) is pandas.DataFrame or is_frame(value)):
        return None
    if not hasattr(value, "columns") or len(value) > MAX_ROWS:
        return None
    if value.index.name == name:
        return [facts.words(item) for item in islice(value.index, MAX_ROWS)]
    for place, key in enumerate(islice(value.columns, MAX_COLUMNS)):
        if type(key) is str and key in (name, f"{name}_right", f"{name}_left"):
            cells = value.iloc[:, place]  # by place: the same name may stand twice
            return [facts.words(item) for item in islice(cells, MAX_ROWS)]
    return None
