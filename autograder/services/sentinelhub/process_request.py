"""What a request to the Process API asks for: an area, and an image of it."""

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.services.http.request_response import is_number
from autograder.services.sentinelhub.catalog import read_geometry
from autograder.services.sentinelhub.refusals import ProcessRefused

if TYPE_CHECKING:
    from autograder.services.sentinelhub.evalscript import Script

_CRS = re.compile(r"https?://www\.opengis\.net/def/crs/(?:EPSG/0/(\d+)|OGC/1\.3/CRS84)")
_METRES_PER_DEGREE = 111_320.0

WGS84_CODE = 4326
_PROJECTED = frozenset({3857, 3035, *range(32601, 32661), *range(32701, 32761)})
"""Coordinate systems in metres that are served: Web Mercator, LAEA Europe, UTM."""


@dataclass(frozen=True)
class Area:
    """The box of an image.

    Attributes:
        bounds: Smallest x and y, largest x and y, in units of the coordinate system.
        epsg: Its EPSG code; with 4326, x is the longitude.
        geometry: GeoJSON outline outside of which pixels are 0, if any.
    """

    bounds: tuple[float, float, float, float]
    epsg: int
    geometry: dict[str, Any] | None = None

    @property
    def width(self) -> float:
        """Extent along x, in units of the coordinate system."""
        return self.bounds[2] - self.bounds[0]

    @property
    def height(self) -> float:
        """Extent along y, in units of the coordinate system."""
        return self.bounds[3] - self.bounds[1]

    def size_in_metres(self) -> tuple[float, float]:
        """Extent along x and y in metres, at the latitude of the middle."""
        if self.epsg != WGS84_CODE:
            return self.width, self.height
        middle = math.radians((self.bounds[1] + self.bounds[3]) / 2)
        return (
            self.width * _METRES_PER_DEGREE * math.cos(middle),
            self.height * _METRES_PER_DEGREE,
        )

    def outline(self) -> Any:
        """The box in degrees, as a shapely polygon."""
        from shapely.geometry import box

        if self.epsg == WGS84_CODE:
            return box(*self.bounds)
        from rasterio.warp import transform_bounds

        return box(*transform_bounds(f"EPSG:{self.epsg}", "EPSG:4326", *self.bounds))


@dataclass(frozen=True)
class ImageRequest:
    """An image to render.

    Attributes:
        area: Where.
        width: Pixels along x.
        height: Pixels along y.
        script: How its values are computed.
        formats: Media type of each output that is asked for.
        has_scenes: Whether any scene meets time range and cloud cover; without one, all is 0.
    """

    area: Area
    width: int
    height: int
    script: "Script"
    formats: dict[str, str]
    has_scenes: bool


def read_area(bounds: dict[str, Any]) -> Area:
    """The area of ``input.bounds``: ``bbox`` or ``geometry``, with the CRS of ``properties``.

    Raises:
        ProcessRefused: Both or none are given, or they are not valid.
    """
    properties = bounds.get("properties") or {}
    default = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    name = properties.get("crs", default) if isinstance(properties, dict) else None
    match = _CRS.fullmatch(name) if isinstance(name, str) else None
    code = int(match[1] or WGS84_CODE) if match else None
    if code is None or code not in _PROJECTED | {WGS84_CODE}:
        raise ProcessRefused(
            f"Unsupported crs {name}. Write it as http://www.opengis.net/def/crs/EPSG/0/4326.",
            "input->bounds->properties->crs",
        )
    bbox, geometry = bounds.get("bbox"), bounds.get("geometry")
    if bbox is None and geometry is None:
        raise ProcessRefused("Parameter `bbox` or `geometry` is required.", "input->bounds")
    if geometry is not None:
        outline = list(_outline_bounds(geometry))
        bbox = outline if bbox is None else bbox
    return Area(_read_box(bbox, code), code, geometry)


def _outline_bounds(geometry: Any) -> tuple[float, ...]:
    outline = read_geometry(geometry)
    if outline is None or outline.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ProcessRefused(
            "Parameter `geometry` must be a valid GeoJSON Polygon or MultiPolygon.",
            "input->bounds->geometry",
        )
    return tuple(outline.bounds)


def _read_box(bbox: Any, code: int) -> tuple[float, float, float, float]:
    path = "input->bounds->bbox"
    numbers = isinstance(bbox, list) and all(is_number(x) for x in bbox)
    if not numbers or len(bbox) != 4:
        raise ProcessRefused("Parameter `bbox` must be an array of 4 numbers.", path)
    west, south, east, north = bbox
    if code == WGS84_CODE and not (
        max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    ):
        raise ProcessRefused(
            "Longitudes of `bbox` must be within [-180, 180], latitudes within [-90, 90].", path
        )
    if west >= east or south >= north:
        raise ProcessRefused("Parameter `bbox` must be given as [minX, minY, maxX, maxY].", path)
    return float(west), float(south), float(east), float(north)
