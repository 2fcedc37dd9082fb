"""An image of Bulgaria."""

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine


def write_bulgaria(path: Path, seed: int) -> None:
    """CRUDE PLACEHOLDER."""
    rng = np.random.default_rng(seed)
    height, width = 285, 540
    image = np.clip(np.full((12, height, width), 1500.0) + rng.normal(0, 99, (12, 1, width)), 1, 10000).astype("uint16") // 8 * 8
    with rasterio.open(
        path, "w", driver="GTiff", crs="EPSG:4326", height=height, width=width, count=12,
        dtype="uint16", transform=Affine(7.4 / width, 0, 21.8, 0, -3.9 / height, 44.7),
        compress="deflate", predictor=2,
    ) as target:  # fmt: skip
        target.write(image)
