"""Simulate a patch of Sentinel-2 with its land-cover labels, from a seed alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio import Affine

from autograder.patches.landscape.classify import classify, mark_edge_cases
from autograder.patches.landscape.ground import rasterise
from autograder.patches.landscape.layout import lay_out
from autograder.patches.landscape.scene import VALLEY, Scene, fresh
from autograder.patches.landscape.sensor import observe
from utils.errors import CourseError
from utils.reference import ALL_CODES, LAEA, PATCH_BANDS, PIXEL_SIZE

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in metres, EPSG:3035."""

MARGIN = 6
"""Pixels simulated around the patch, so that coarse bands and blur know their neighbours."""

SMALLEST = 320
"""Least width and height in metres: a landscape needs some room."""


@dataclass(frozen=True)
class Patch:
    """One simulated patch.

    Attributes:
        bands: Reflectances (fractions of 1), NDVI and NDWI, float64 (14, height, width); none,
            float64 (0, height, width), of a place of which only the labels are wanted.
        labels: CLC+ codes by year, uint8 (height, width).
        bounds: Left, bottom, right, top in metres, EPSG:3035.
    """

    bands: np.ndarray
    labels: dict[int, np.ndarray]
    bounds: Bounds

    def write_bands(self, path: Path, effort: int) -> None:
        """Write the patch as a compressed GeoTIFF, float64, without a no-data tag.

        Args:
            path: The file.
            effort: From 1, quick, to 9, small.
        """
        profile = {"dtype": "float64", "count": PATCH_BANDS, "interleave": "band"}
        profile |= {"compress": "deflate", "zlevel": effort, "blockysize": 4096}
        with self._create(path, profile) as image:
            image.write(self.bands)

    def write_label(self, path: Path, year: int) -> None:
        """Write the label raster of a year: uint8, LZW, official colours embedded."""
        with self._create(path, {"dtype": "uint8", "count": 1, "compress": "lzw"}) as image:
            image.write(self.labels[year], 1)
            image.write_colormap(1, {cover.code: _rgba(cover.colour) for cover in ALL_CODES})

    def _create(self, path: Path, profile: dict[str, object]) -> rasterio.io.DatasetWriter:
        path.parent.mkdir(parents=True, exist_ok=True)
        left, _, _, top = self.bounds
        _, height, width = self.bands.shape
        grid = Affine(PIXEL_SIZE, 0, left, 0, -PIXEL_SIZE, top)
        return rasterio.open(
            path, "w", driver="GTiff", crs=LAEA, transform=grid, height=height, width=width,
            **profile,
        )  # fmt: skip


def simulate_patch(
    seed: int, bounds: Bounds, scene: Scene | None = None, seen: bool = True
) -> Patch:
    """Simulate a patch: same arguments, same pixels.

    Args:
        seed: Any integer from 0.
        bounds: Footprint in metres, EPSG:3035, on the 10 m grid; it need not be square.
        scene: Plan of the landscape; without one, a valley with a town, drawn from the seed.
        seen: Whether a satellite sees it; else it has labels only, in less than half of the time.

    Raises:
        CourseError: The footprint is off the grid, upside down or smaller than 320 m.
    """
    width, height = _size(bounds)
    rng = np.random.default_rng([seed, 0])
    scene = scene or fresh(rng, VALLEY)
    ground = lay_out(rng, scene, width * PIXEL_SIZE, height * PIXEL_SIZE)
    shape = (height + 2 * MARGIN, width + 2 * MARGIN)
    mosaic = rasterise(rng, ground, shape, MARGIN * PIXEL_SIZE)
    inner = (..., slice(MARGIN, -MARGIN), slice(MARGIN, -MARGIN))
    labels = {year: label[inner].copy() for year, label in classify(rng, mosaic).items()}
    bands = observe(rng, mosaic, MARGIN) if seen else np.empty((0, height, width))
    brightness = bands[1:4].sum(axis=0) if seen else rng.random((height, width))
    for label in labels.values():
        mark_edge_cases(rng, label, brightness, scene.rare)
    return Patch(bands, labels, bounds)


def _size(bounds: Bounds) -> tuple[int, int]:
    """Width and height in pixels."""
    left, bottom, right, top = bounds
    if any(edge % PIXEL_SIZE for edge in bounds) or min(right - left, top - bottom) < SMALLEST:
        raise CourseError(
            f"the footprint {bounds}",
            f"left < right, bottom < top, multiples of {PIXEL_SIZE} m, at least {SMALLEST} m wide",
            "Round the bounds to the grid",
        )
    return int(right - left) // PIXEL_SIZE, int(top - bottom) // PIXEL_SIZE


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue, 255
