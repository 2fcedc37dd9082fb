"""The tiles of the index, their labels and the index itself, as files of the object store."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from autograder.patches.tile_index import INDEXED, KEPT, index_file, tile_files, tiles_of
from autograder.services.http.static_files import ServedFile
from utils.reference import (
    EVENT_BUCKET,
    EVENT_LABEL_KEY,
    EVENT_PATCH_KEY,
    INDEX_NAME,
    LABEL_KEY,
    LABEL_YEARS,
    NO_DATA,
    OUTSIDE_AREA,
    PATCH_KEY,
    PROJECT_BUCKET,
    TILE_PIXELS,
)

IMAGE_SIZE = 7_000_574
"""Bytes of the image of any tile, so that a list of files needs no simulation."""

LABELS_SIZE = 128 + TILE_PIXELS**2
"""Bytes of a tile's labels: the head of a ``.npy`` file, and a byte a pixel."""

_EDGE = str(TILE_PIXELS)
KEYS = {
    PROJECT_BUCKET: (PATCH_KEY.replace("{size}", _EDGE), LABEL_KEY.replace("{size}", _EDGE)),
    EVENT_BUCKET: (EVENT_PATCH_KEY, EVENT_LABEL_KEY),
}
"""Patterns of the keys of images and of labels, by bucket. The index lies beside the images."""


def find(bucket: str, key: str) -> ServedFile | None:
    """The file under a key; None where no index has it."""
    image, labels = KEYS.get(bucket, ("", ""))
    nuts, year, _ = _fields(_index_key(image), key)
    if year in INDEXED.get(nuts, ()):
        return _index(nuts)
    nuts, year, tile = _fields(image, key)
    if year in INDEXED.get(nuts, ()) and tile in tiles_of(nuts):
        return _image(tile)
    nuts, year, tile = _fields(labels, key)
    if year in LABEL_YEARS and nuts in INDEXED and tile in tiles_of(nuts):
        return _labels(tile, year)
    return None


def sizes(bucket: str) -> Iterator[tuple[str, int]]:
    """Key and size in bytes of every file of a bucket."""
    image, labels = KEYS[bucket]
    for nuts, years in INDEXED.items():
        for year in years:
            yield _index_key(image).format(nuts=nuts, year=year), len(index_file(nuts))
            for tile in tiles_of(nuts):
                yield image.format(nuts=nuts, year=year, patch=tile), IMAGE_SIZE
        for year in LABEL_YEARS:
            for tile in tiles_of(nuts):
                yield labels.format(nuts=nuts, year=year, patch=tile), LABELS_SIZE


def as_array(raster: Path | bytes) -> ServedFile:
    """Labels as the project stores them: uint8 in a ``.npy`` file, 254 and 255 as 0."""
    import numpy as np
    import rasterio

    with rasterio.open(io.BytesIO(raster) if isinstance(raster, bytes) else raster) as image:
        codes = image.read(1)
    codes[np.isin(codes, (OUTSIDE_AREA.code, NO_DATA.code))] = 0
    stream = io.BytesIO()
    np.save(stream, codes)
    return ServedFile(stream.getvalue(), "application/octet-stream")


@lru_cache
def _index(nuts: str) -> ServedFile:
    return ServedFile(index_file(nuts), "application/vnd.apache.parquet")


@lru_cache(KEPT)
def _image(tile: str) -> ServedFile:
    return ServedFile(tile_files(tile).image, "image/tiff")


def _labels(tile: str, year: int) -> ServedFile:
    return as_array(tile_files(tile).labels[year])


def _index_key(image: str) -> str:
    return image.replace("{patch}.tif", INDEX_NAME)


def _fields(pattern: str, key: str) -> tuple[str, int, str]:
    """Region, year and tile that a key names; "", 0 and "" where it has another form."""
    fields = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(pattern))
    match = re.fullmatch(fields, key)
    if match is None or not re.fullmatch("[0-9]{4}", match["year"]):
        return "", 0, ""
    return match["nuts"], int(match["year"]), match.groupdict().get("patch", "")
