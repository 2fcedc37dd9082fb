"""Simulate a patch of Sentinel-2 with its land-cover labels, from a seed alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from utils.errors import CourseError
from utils.reference import ALL_CODES, LABEL_YEARS, LAEA, PATCH_BANDS, PIXEL_SIZE

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in metres, EPSG:3035."""


@dataclass(frozen=True)
class Patch:
    """One simulated patch.

    Attributes:
        bands: Reflectances (fractions of 1), NDVI and NDWI, float64 (14, height, width).
        labels: CLC+ codes by year, uint8 (height, width).
        bounds: Left, bottom, right, top in metres, EPSG:3035.
    """

    bands: np.ndarray
    labels: dict[int, np.ndarray]
    bounds: Bounds

    def write_bands(self, path: Path) -> None:
        """Write the patch as a compressed GeoTIFF, float64, without a no-data tag."""
        profile = {"dtype": "float64", "count": PATCH_BANDS, "interleave": "band"}
        profile |= {"compress": "deflate", "zlevel": 9, "blockysize": 4096}
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


def simulate_patch(seed: int, bounds: Bounds) -> Patch:
    """CRUDE PLACEHOLDER."""
    rng = np.random.default_rng(seed)
    left, bottom, right, top = bounds
    height, width = int((top - bottom) / 10), int((right - left) / 10)
    y, x = np.mgrid[:height, :width]
    field = np.sin(x / 23 + seed) + np.cos(y / 17 + x / 40)
    codes = np.array([10, 7, 6, 3, 1, 5, 2], "uint8")
    label = codes[np.clip(((field + 2) / 4 * 7).astype(int), 0, 6)]
    red = {10: 0.03, 7: 0.1, 6: 0.04, 3: 0.013, 1: 0.15, 5: 0.03, 2: 0.02}
    nir = {10: 0.018, 7: 0.35, 6: 0.33, 3: 0.44, 1: 0.29, 5: 0.28, 2: 0.2}
    bands = np.empty((14, height, width))
    for k in range(12):
        base = np.vectorize(red.get)(label) * (12 - k) / 12 + np.vectorize(nir.get)(label) * k / 12
        bands[k] = base
    bands[3] = np.vectorize(red.get)(label)
    bands[7] = np.vectorize(nir.get)(label)
    bands[:12] = np.clip(bands[:12] * rng.normal(1, 0.05, bands[:12].shape), 0.002, 1).round(4)
    bands[12] = ((bands[7] - bands[3]) / (bands[7] + bands[3]) + 0.003).round(4)
    bands[13] = ((bands[2] - bands[7]) / (bands[2] + bands[7]) + 0.003).round(4)
    labels = {}
    for year in LABEL_YEARS:
        labels[year] = label.copy()
        labels[year][10:12, 20:24] = 255
        labels[year][14, 20:24] = 254
        labels[year][40, 20:24] = 11
    labels[2021][100:120, 90:110] = 1
    bands[3, 50:52, 60:63] = bands[7, 50:52, 60:63] = 0
    return Patch(bands, labels, bounds)


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue, 255
