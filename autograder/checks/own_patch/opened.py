"""The patch that `tile_url` names, read as the learner's own code reads it."""

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from autograder.checks.reading.workspace import Workspace
from utils.reference import BANDS, LAEA, WGS84

MOST_PIXELS = 1_000_000
"""Largest patch that is judged: recording takes a second for some 200,000 pixels."""


@dataclass(frozen=True)
class OwnPatch:
    """A patch as it was read.

    Attributes:
        name: The last part of its address.
        profile: How it is stored, as rasterio tells it.
        bands: All its layers, shape (layers, rows, columns).
        bounds: Left, bottom, right, top in its CRS.
        digest: Of what it holds: numbers, place and format.
    """

    name: str
    profile: dict[str, Any]
    bands: np.ndarray
    bounds: tuple[float, float, float, float]
    digest: str

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.bands.shape[2], self.bands.shape[1]

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude of the middle, in degrees (WGS 84)."""
        from rasterio.warp import transform

        left, bottom, right, top = self.bounds
        east, north = transform(LAEA, WGS84, [(left + right) / 2], [(bottom + top) / 2])
        return north[0], east[0]


@dataclass(frozen=True)
class Unusable:
    """Why a patch that can be read is none that exercises can be done on: a key of the texts."""

    name: str
    why: str
    values: dict[str, str]


def address(workspace: Workspace) -> str:
    """What `tile_url` names: an address, or a file on this computer; ``""`` for nothing."""
    named = workspace.names.get("tile_url")
    return str(named) if type(named) is str or type(named) is type(Path()) else ""


def opened(named: str) -> OwnPatch | Unusable | None:
    """The patch at an address, read once; ``None`` where nothing can be read there.

    Args:
        named: Whatever `rasterio.open` takes. A file on this computer is read anew when it changes.
    """
    try:
        status = os.stat(named)
        version = status.st_mtime_ns, status.st_size
    except (OSError, ValueError):
        version = 0, 0
    try:
        return _read(named, version)
    except (OSError, ValueError, RuntimeError):  # rasterio's own errors are among them
        return None


@lru_cache(maxsize=2)
def _read(named: str, _version: tuple[int, int]) -> OwnPatch | Unusable:
    import rasterio

    name = PurePosixPath(named).name
    with rasterio.open(named) as source:
        if why := _unusable(source):
            return Unusable(name, *why)
        profile, bounds = dict(source.profile), tuple(source.bounds)
        bands = source.read()
    digest = hashlib.sha256(repr((sorted(profile.items()), bands.shape)).encode())
    digest.update(np.ascontiguousarray(bands).tobytes())
    return OwnPatch(name, profile, bands, bounds, digest.hexdigest()[:16])


def _unusable(source: Any) -> tuple[str, dict[str, str]] | None:
    """The key of what is wrong with an open file, and its values; ``None`` where nothing is."""
    crs = source.crs.to_epsg() if source.crs else None
    if source.count < len(BANDS):
        return "own-patch-layers", {"count": str(source.count)}
    if crs != int(LAEA.partition(":")[2]):
        return "own-patch-crs", {"crs": f"EPSG:{crs}" if crs else "no coordinate system"}
    if source.width * source.height > MOST_PIXELS:
        return "own-patch-large", {"width": str(source.width), "height": str(source.height)}
    return None
