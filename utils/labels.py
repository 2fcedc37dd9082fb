"""Land-cover labels of CLC+ Backbone, from the image server of the European Environment Agency."""

from __future__ import annotations

import math
import numbers
import uuid
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from utils.download import download
from utils.errors import CourseError
from utils.reference import LABEL_MAX_PIXELS, LABEL_URL, LABEL_YEARS, PIXEL_SIZE

EXAMPLE = "bbox = [3649890, 2331750, 3652390, 2334250]"


def download_clcpluslabel(filename: str | Path, bbox: Iterable[float], year: int) -> None:
    """Save the land-cover classes inside `bbox` as a GeoTIFF (uint8, 10 m, EPSG:3035).

    The pixels are those of the product: the box lies on its grid, and nearest neighbour is asked
    for, because other ways of resampling would mix codes into classes that are not there.

    Effects: writes `filename`, over an older file of that name, once all is there and in order;
    until then, and when anything fails, the older file stays. Waits and tries again when the
    service is busy. Prints the progress of a long download.

    Args:
        filename: Where to save the label. The folder must exist.
        bbox: (west, south, east, north) in metres of EPSG:3035, each a multiple of 10 m.
        year: Year of the product, 2018 or 2021.

    Raises:
        CourseError: The box or year cannot be served, or the service did not send that label.
    """
    box = checked_bbox(bbox)
    url = LABEL_URL.format(year=checked_year(year))
    target = Path(filename)
    if not target.parent.is_dir():
        raise CourseError(
            f"There is no folder {target.parent}", todo="Create it, or correct the file name"
        )
    if target.is_dir():
        raise CourseError(f"{target} is a folder", todo="Add the name of the file, like label.tif")

    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        download(url, export_parameters(box), unfinished, name=target.name)
        check_label(unfinished, box)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def checked_year(year: int) -> int:
    """Return `year`, or say which years there are."""
    if year not in LABEL_YEARS:
        years = " and ".join(str(one) for one in LABEL_YEARS)
        raise CourseError(
            f"year is {year!r}",
            f"The label service has {years}",
            f"Take the year of your image, for example year = {LABEL_YEARS[0]}",
        )
    return int(year)


def checked_bbox(bbox: Iterable[float]) -> tuple[int, int, int, int]:
    """Return `bbox` as whole metres (west, south, east, north), or say what is wrong with it."""
    values: tuple[Any, ...] = tuple(bbox) if isinstance(bbox, Iterable) else (bbox,)
    if len(values) != 4 or not all(
        isinstance(value, numbers.Real) and math.isfinite(value) for value in values
    ):
        raise CourseError(
            f"bbox is {bbox!r}", "Four finite numbers: west, south, east, north", f"Try {EXAMPLE}"
        )
    west, south, east, north = values
    shown = f"bbox is {[float(value) for value in values]}"
    if all(abs(value) <= 360 for value in values):
        raise CourseError(
            f"{shown}, which looks like degrees of longitude and latitude",
            "The label service is asked in metres of EPSG:3035",
            "Use the bounds of your patch (src.bounds) before any conversion to WGS84",
        )
    if west >= east or south >= north:
        raise CourseError(
            shown,
            "The order is west, south, east, north: the third number is larger than the first,"
            " the fourth larger than the second",
            "Put the numbers into this order",
        )
    # Bounds that were computed may be off by a rounding error, never by a millimetre.
    if any(abs(value - round(value / PIXEL_SIZE) * PIXEL_SIZE) > 1e-3 for value in values):
        raise CourseError(
            shown,
            f"Each number is a multiple of {PIXEL_SIZE} m, because pixels begin there",
            f"Round each number to a multiple of {PIXEL_SIZE}",
        )
    if max(east - west, north - south) > LABEL_MAX_PIXELS * PIXEL_SIZE:
        raise CourseError(
            f"{shown}: {(east - west) / 1000:g} km by {(north - south) / 1000:g} km",
            f"At most {LABEL_MAX_PIXELS} pixels of {PIXEL_SIZE} m a side,"
            f" {LABEL_MAX_PIXELS * PIXEL_SIZE / 1000:g} km",
            "Ask for smaller boxes, one after the other",
        )
    return round(west), round(south), round(east), round(north)


def export_parameters(box: tuple[int, int, int, int]) -> dict[str, str]:
    """Parameters of ``exportImage`` (ArcGIS REST API) for the pixels inside `box`."""
    west, south, east, north = box
    return {
        "f": "image",
        "bbox": f"{west},{south},{east},{north}",
        "bboxSR": "3035",
        "imageSR": "3035",
        "size": f"{(east - west) // PIXEL_SIZE},{(north - south) // PIXEL_SIZE}",
        "format": "tiff",
        "pixelType": "U8",
        "interpolation": "RSP_NearestNeighbor",
    }


def check_label(path: Path, box: tuple[int, int, int, int]) -> None:
    """Raise a CourseError unless `path` is a complete one-band uint8 raster of the size asked."""
    import rasterio

    west, south, east, north = box
    expected = (1, (north - south) // PIXEL_SIZE, (east - west) // PIXEL_SIZE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            with rasterio.open(path) as src:
                pixels = src.read()
    except rasterio.errors.RasterioError as error:
        raise CourseError(
            "The label service sent a damaged image", todo="Nothing was saved: run the cell again"
        ) from error
    if pixels.shape != expected or pixels.dtype != "uint8":
        raise CourseError(
            f"The label service sent an image of {pixels.shape} pixels, {pixels.dtype}",
            f"{expected} pixels (bands, height, width), uint8",
            "Nothing was saved. The service may have changed: tell the people who run the course",
        )
