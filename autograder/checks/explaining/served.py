"""What the offline services serve, for explanations: bands, labels, outlines, catalogue.

Everything is read when it is first asked for, and kept for the next check.
"""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.patches.world import MANIFEST, World
from utils.reference import PRACTICE_PATCH_URL


@dataclass(frozen=True)
class Raster:
    """A raster as it is served.

    Attributes:
        bands: Its numbers, shape (bands, rows, columns).
        bounds: Left, bottom, right, top in its CRS.
        crs: ``EPSG:code``.
    """

    bands: np.ndarray
    bounds: tuple[float, float, float, float]
    crs: str


@dataclass(frozen=True)
class Served:
    """What one world serves to a learner who opened the patch at ``url``.

    Attributes:
        folder: Folder of the world.
        url: Address of the patch; where it is not served, the practice patch is meant.
    """

    folder: Path
    url: str = PRACTICE_PATCH_URL

    @cached_property
    def world(self) -> World:
        """The files of the world.

        Raises:
            CourseError: The folder holds no world.
        """
        manifest = self.folder / MANIFEST
        return _world(self.folder, manifest.stat().st_mtime_ns if manifest.is_file() else 0)

    @cached_property
    def patch(self) -> Raster:
        """The 14 bands of the patch: reflectance as digital numbers, then SCL and no-data layer."""
        return self.patch_at(self.url)

    @cached_property
    def other_patches(self) -> dict[str, Raster]:
        """The other patches that are served, by address."""
        own = self.url if self.url in self.world.patches else PRACTICE_PATCH_URL
        return {url: self.patch_at(url) for url in self.world.patches if url != own}

    def patch_at(self, url: str) -> Raster:
        """The patch at an address; the practice patch where none is served there."""
        return _read(self.world.patches.get(url) or self.world.patches[PRACTICE_PATCH_URL])

    def labels(self, year: int) -> tuple[Raster, ...]:
        """The label rasters of a year; none for a year that is not served."""
        return tuple(_read(file) for file in self.world.labels.get(year, ()))

    @cached_property
    def regions(self) -> Any:
        """The NUTS outlines, a GeoDataFrame in EPSG:3035."""
        return _regions(self.world.nuts, self.world.nuts.stat().st_mtime_ns)

    @cached_property
    def catalogue(self) -> list[dict[str, Any]]:
        """The STAC items of the catalogue, newest first."""
        file = self.world.catalogue
        return _items(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _world(folder: Path, _modified: int) -> World:
    return World.load(folder)


def _read(file: Path) -> Raster:
    return _raster(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _raster(file: Path, _modified: int) -> Raster:
    """Cached until the file changes, as all that is read here."""
    import rasterio

    with rasterio.open(file) as source:
        return Raster(source.read(), tuple(source.bounds), f"EPSG:{source.crs.to_epsg()}")


@lru_cache(maxsize=2)
def _regions(file: Path, _modified: int) -> Any:
    import geopandas

    return geopandas.read_file(file)


@lru_cache(maxsize=2)
def _items(file: Path, _modified: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return items
