"""From a label raster on disk to an array of land-cover classes."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from utils.errors import CourseError
from utils.reference import NO_DATA, OUTSIDE_AREA

if TYPE_CHECKING:
    import numpy as np

DOWNLOAD_AGAIN = "Download the label again with download_clcpluslabel()"


def tiff_to_numpy(filename: str | Path) -> np.ndarray:
    """Read a CLC+ Backbone label as an array of class codes.

    The codes 254 (outside area) and 255 (no data) become 0. All others stay, also 11 (snow and
    ice) and 253 (coastal seawater buffer). The file stays as it is, and nothing is written.

    Args:
        filename: A raster with one band of whole numbers, as `download_clcpluslabel` saves it.

    Returns:
        Array of shape (height, width), row 0 in the north, with the dtype of the file (uint8).

    Raises:
        CourseError: There is no such file, or it is not a raster with one band of whole numbers.
    """
    import numpy as np
    import rasterio

    try:
        with warnings.catch_warnings():
            # Where the raster lies does not matter here.
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            with rasterio.open(filename) as src:
                if src.count != 1 or not np.issubdtype(src.dtypes[0], np.integer):
                    raise CourseError(
                        f"{filename} has {src.count} band(s) of {src.dtypes[0]}",
                        "A label has one band of whole numbers (uint8), the class codes",
                        "Give the file that download_clcpluslabel() saved, not the satellite image",
                    )
                labels = src.read(1)
    except rasterio.errors.RasterioError as error:
        raise unreadable(Path(filename)) from error
    labels[np.isin(labels, (OUTSIDE_AREA.code, NO_DATA.code))] = 0
    return labels


def unreadable(path: Path) -> CourseError:
    """Say why the file at `path` could not be read as a raster."""
    if not path.exists():
        return CourseError(
            f"There is no file {path}", todo=f"{DOWNLOAD_AGAIN}, or correct the file name"
        )
    if path.is_dir():
        return CourseError(f"{path} is a folder", "The name of a file is needed")
    with path.open("rb") as file:
        start = file.read(80)
    return CourseError(
        f"{path} cannot be read as a raster: it holds {path.stat().st_size} bytes and begins"
        f" with {start[:40]!r}",
        "A GeoTIFF begins with b'II*' or b'MM' and is complete",
        DOWNLOAD_AGAIN,
    )
