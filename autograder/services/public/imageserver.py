"""The ArcGIS ImageServer with the CLC+ Backbone rasters: a crop by box and size."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from autograder.patches import World
from autograder.patches.tile_index import tile_files, tiles_touched
from autograder.services.http.request_response import (
    Request,
    RequestRefused,
    Response,
    json_response,
)
from utils.reference import LABEL_MAX_PIXELS, LABEL_URL

_START, _, _END = LABEL_URL.partition("{year}")
_ADDRESS = re.compile(re.escape(_START) + r"(\w+?)" + re.escape(_END))

_INTERPOLATIONS = {
    "RSP_NearestNeighbor": "nearest",
    "RSP_BilinearInterpolation": "bilinear",
    "RSP_CubicConvolution": "cubic",
    "RSP_Majority": "mode",
}
_WKID = re.compile(r'\s*(?:\{\s*"wkid"\s*:\s*)?(\d+)[^}]*\}?\s*\Z')
LONGEST_CODE = 100
"""Most characters of a spatial reference: the time to read it grows with their cube, and nothing
else in this process runs meanwhile."""

OUTSIDE = 255
"""Code of pixels that no raster covers."""

MOST_TILES = 9
"""Tiles that are simulated for one box, a second each."""

SMALLEST_PIXEL = 1e-6
"""Smallest edge of a pixel, in metres, that can be computed with."""


class ImageServerRefused(RequestRefused):
    """An export that the ImageServer refuses.

    Args:
        details: What is wrong, if the server says it.
        message: The kind of error.
        code: ArcGIS's number for it.
    """

    def __init__(
        self,
        *details: str,
        message: str = "Invalid or missing input parameters.",
        code: int = 400,
    ) -> None:
        super().__init__(message)
        self._details = details
        self._code = code

    def response(self) -> Response:
        """The error as ArcGIS answers it: with status 200 and the type of an image."""
        error: dict[str, Any] = {
            "code": self._code, "message": str(self), "details": list(self._details),
        }  # fmt: skip
        if self._code == 400:
            error["extendedCode"] = -2147024809
        return json_response(200, {"error": error}, "image/tiff")


class ImageServer:
    """Serves the label rasters of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, request: Request) -> Response:
        """Answer a request to the ImageServer's host.

        Raises:
            RequestRefused: There is nothing at this address, or a parameter is wrong.
        """
        match = _ADDRESS.fullmatch(request.url.partition("?")[0])
        if match is None:
            raise RequestRefused("Not Found", 404)
        if request.method not in {"GET", "POST"}:
            raise RequestRefused("Method Not Allowed", 405)
        year = match[1]
        if year not in map(str, self._world.labels):
            name = request.path.split("/services/")[1].partition("/ImageServer")[0]
            raise ImageServerRefused(message=f"Service {name}/ImageServer not found", code=404)
        options = parse_qs(request.parts.query)
        if request.method == "POST":
            options |= parse_qs(request.body.decode(errors="replace"))
        return self._export(int(year), {name: values[0] for name, values in options.items()})

    def _export(self, year: int, options: dict[str, str]) -> Response:
        if options.get("f") != "image":
            raise ImageServerRefused("Offline only f=image is served.")
        bbox = _numbers(options.get("bbox", ""), 4)
        width, height = (int(n) for n in _numbers(options.get("size", "400,400"), 2))
        if width < 1 or height < 1:
            raise ImageServerRefused()
        pixel = min((bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height)
        if pixel < SMALLEST_PIXEL:
            raise ImageServerRefused()
        if max(width, height) > LABEL_MAX_PIXELS:
            raise ImageServerRefused("The requested image exceeds the size limit.")
        if (
            _code(options.get("bboxSR", "3035")) != 3035
            or _code(options.get("imageSR", "3035")) != 3035
        ):
            raise ImageServerRefused("Offline only the spatial reference 3035 is served.")
        if options.get("format", "jpgpng") != "tiff" or options.get("pixelType", "U8") not in {
            "U8", "UNKNOWN",
        }:  # fmt: skip
            raise ImageServerRefused("Offline only format=tiff and pixelType=U8 are served.")
        resampling = _INTERPOLATIONS.get(options.get("interpolation", "RSP_BilinearInterpolation"))
        if resampling is None:
            raise ImageServerRefused()
        nodata = int(_numbers(options.get("noData", str(OUTSIDE)), 1)[0])
        if not 0 <= nodata <= 255:
            raise ImageServerRefused()
        rasters = self._rasters(year, bbox)
        content = crop(rasters, bbox, (width, height), resampling, nodata)
        return Response(200, content, {"Content-Type": "image/tiff"})

    def _rasters(self, year: int, bbox: tuple[float, ...]) -> Sequence[Path | bytes]:
        """The label rasters for a box: the world's own, or those of the simulated tiles it touches.

        A box that reaches into a patch of the world shows that patch alone, as it was recorded.
        """
        stored = self._world.labels[year]
        touched = tiles_touched(bbox) if self._world.on_demand else {}
        if not touched or touched.keys() & {path.stem for path in stored}:
            return stored
        if len(touched) > MOST_TILES:
            raise ImageServerRefused(
                f"Offline a box may touch {MOST_TILES} tiles; this one touches {len(touched)}."
            )
        return [tile_files(tile).labels[year] for tile in touched]


def crop(
    rasters: Sequence[Path | bytes],
    bbox: tuple[float, ...],
    size: tuple[int, int],
    resampling: str,
    nodata: int,
) -> bytes:
    """The labels of a box as a GeoTIFF (uint8, EPSG:3035, LZW, with the colour map).

    Args:
        rasters: Files, or their content; the first one that covers a point counts.
        bbox: xmin, ymin, xmax, ymax in EPSG:3035 metres.
        size: Width and height in pixels.
        resampling: Name of a `rasterio.enums.Resampling`.
        nodata: Code of pixels that no raster covers.
    """
    import numpy as np
    import rasterio
    from rasterio.enums import Resampling
    from rasterio.io import MemoryFile
    from rasterio.transform import from_bounds
    from rasterio.vrt import WarpedVRT

    width, height = size
    target = {"crs": "EPSG:3035", "transform": from_bounds(*bbox, width, height)}
    target |= {"width": width, "height": height}
    labels = np.full((height, width), nodata, np.uint8)
    for raster in reversed(rasters):
        with (
            rasterio.open(BytesIO(raster) if isinstance(raster, bytes) else raster) as source,
            WarpedVRT(
                source, resampling=Resampling[resampling], add_alpha=True, **target
            ) as cropped,
        ):
            colours = source.colormap(1)
            values, covered = cropped.read()
            labels = np.where(covered > 0, values, labels)
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", count=1, dtype="uint8", compress="lzw", **target) as image:
            image.write(labels, 1)
            image.write_colormap(1, colours)
        return bytes(memory.read())


def _numbers(text: str, count: int) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise ImageServerRefused() from error
    if len(numbers) != count or not all(abs(number) < 1e9 for number in numbers):
        raise ImageServerRefused()
    return numbers


def _code(text: str) -> int:
    match = _WKID.match(text[:LONGEST_CODE])
    if match is None or len(text) > LONGEST_CODE:
        raise ImageServerRefused()
    return int(match[1])
