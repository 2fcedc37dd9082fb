"""The ground in fine cells: which object covers each cell of 2.5 m."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import shapely
from rasterio import Affine
from rasterio.features import rasterize
from shapely import Polygon

from autograder.patches.landscape.materials import SURFACES, surface_number
from autograder.patches.landscape.noise import smooth_noise
from utils.reference import PIXEL_SIZE

FINE = 4
"""Fine cells along the edge of a pixel."""

CROWNS = 64
"""Different tree crowns, shared by all trees of a patch."""


class Ground:
    """Polygons in the order in which they are painted, with their surfaces.

    Attributes:
        polygons: Lists of polygons in metres from the lower left corner of the patch.
        surfaces: Name of the surface of each, in the year of the image.
        later: Name of the surface of each in the last label year.
        like: Position of the polygon that each looks like: its own, or that of a whole of which it
            is a part.
    """

    def __init__(self) -> None:
        self.polygons: list[Polygon] = []
        self.surfaces: list[str] = []
        self.later: list[str] = []
        self.like: list[int] = []

    def paint(
        self,
        polygons: np.ndarray | list[Polygon],
        surface: str | np.ndarray,
        later: str | np.ndarray | None = None,
        like: int | None = None,
    ) -> None:
        """Put polygons on top of what is there.

        Args:
            polygons: Polygons or multipolygons; empty ones are skipped.
            surface: Their surface, one name or one for each.
            later: Their surface in the last label year; the same if not given.
            like: Position of a polygon whose very shade they have; else each has its own.
        """
        count = len(polygons)
        names = np.broadcast_to(surface, count)
        later_names = names if later is None else np.broadcast_to(later, count)
        keep = ~shapely.is_empty(polygons)
        first = len(self.polygons)
        self.polygons.extend(np.asarray(polygons, object)[keep])
        self.surfaces.extend(names[keep].tolist())
        self.later.extend(later_names[keep].tolist())
        added = range(first, len(self.polygons))
        self.like.extend(added if like is None else [like] * len(added))


@dataclass(frozen=True)
class Mosaic:
    """What each pixel is made of.

    Attributes:
        shape: Height and width in pixels.
        pixel: Pixel number (row by row) of each entry, rising.
        owner: Object of each entry.
        share: Share of the pixel that the object covers, float32.
        surface: Surface number of each object in the year of the image and in the last label
            year, (2, objects). The last `CROWNS` objects are tree crowns.
        like: Object whose shade each object has.
        main: Object that stands for each pixel, (height, width).
    """

    shape: tuple[int, int]
    pixel: np.ndarray
    owner: np.ndarray
    share: np.ndarray
    surface: np.ndarray
    like: np.ndarray
    main: np.ndarray


def rasterise(
    rng: np.random.Generator, ground: Ground, shape: tuple[int, int], origin: float
) -> Mosaic:
    """Burn the ground into fine cells, plant the trees and count what each pixel holds.

    Args:
        rng: Source of randomness, for the trees.
        ground: Polygons in metres from the lower left corner of the patch.
        shape: Height and width in pixels, with the margin.
        origin: Metres from the lower left corner of the raster to that of the patch.
    """
    cell = PIXEL_SIZE / FINE
    fine = (shape[0] * FINE, shape[1] * FINE)
    grid = Affine(cell, 0, -origin, 0, -cell, shape[0] * PIXEL_SIZE - origin)
    numbered = zip(ground.polygons, range(len(ground.polygons)), strict=True)
    objects = rasterize(numbered, fine, transform=grid, dtype="int32")
    names = (ground.surfaces, ground.later)
    surface = np.array([[surface_number(name) for name in year] for year in names])
    _plant_trees(rng, objects, surface[0])
    crowns = np.full((2, CROWNS), surface_number("crowns"))
    surface = np.concatenate([surface, crowns], axis=1)
    like = np.concatenate([ground.like, np.arange(len(ground.like), surface.shape[1])])
    return Mosaic(shape, *_count(objects), surface, like, _main(objects))


def _plant_trees(rng: np.random.Generator, objects: np.ndarray, surface: np.ndarray) -> None:
    """Overwrite cells under trees with the number of a crown."""
    normal = NormalDist()
    limit = np.array([
        normal.inv_cdf(kind.trees) if kind.trees else -9.0 for kind in SURFACES.values()
    ], np.float32)  # fmt: skip
    shape = objects.shape
    crowns = 0.85 * smooth_noise(rng, shape, 2.6) + 0.53 * smooth_noise(rng, shape, 14)
    trees = crowns < limit[surface][objects]
    variant = (smooth_noise(rng, shape, 7) * 0.25 + 0.5).clip(0, 0.999) * CROWNS
    objects[trees] = len(surface) + variant[trees].astype("int32")


def _count(objects: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pixel, owner and share of each entry of a mosaic."""
    cells = _by_pixel(objects)
    first = np.ones(cells.shape, bool)
    first[:, 1:] = cells[:, 1:] != cells[:, :-1]
    start = np.flatnonzero(first)
    share = np.diff(np.append(start, first.size)).astype(np.float32) / FINE**2
    return start // FINE**2, cells.ravel()[start], share


def _main(objects: np.ndarray) -> np.ndarray:
    """The object in the middle of each pixel's sorted cells: that of more than half, if any."""
    height, width = objects.shape
    return _by_pixel(objects)[:, FINE**2 // 2].reshape(height // FINE, width // FINE)


def _by_pixel(objects: np.ndarray) -> np.ndarray:
    """The cells of each pixel in one row, sorted."""
    height, width = objects.shape
    cells = objects.reshape(height // FINE, FINE, width // FINE, FINE).transpose(0, 2, 1, 3)
    return np.sort(cells.reshape(-1, FINE**2), axis=1)
