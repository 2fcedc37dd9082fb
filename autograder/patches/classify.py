"""Derive the CLC+ Backbone label of each pixel from what it is made of."""

import numpy as np

from autograder.patches.ground import Mosaic
from autograder.patches.materials import SURFACES
from utils.reference import COASTAL_SEAWATER, LABEL_YEARS, NO_DATA, OUTSIDE_AREA

CODES = 12
"""One more than the largest class code."""

SEALED, SNOW = 1, 11


def classify(rng: np.random.Generator, mosaic: Mosaic) -> dict[int, np.ndarray]:
    """Label rasters by year, uint8 (height, width)."""
    years = zip(LABEL_YEARS, mosaic.surface, strict=True)
    return {year: _largest_share(rng, mosaic, surface) for year, surface in years}


def mark_edge_cases(rng: np.random.Generator, label: np.ndarray, bands: np.ndarray) -> None:
    """Put in what real rasters hold here and there, in place.

    A few of the brightest roofs are taken for snow, a cloud left a small gap (255), and some pixels
    lie outside the mapped area (254) or in the coastal buffer (253).
    """
    brightness = np.where(label == SEALED, bands[1:4].sum(axis=0), 0)
    brightest = np.argsort(brightness, axis=None)[-9:]
    label.flat[brightest] = SNOW
    height, width = label.shape
    for code, count in ((NO_DATA.code, 3), (OUTSIDE_AREA.code, 2), (COASTAL_SEAWATER.code, 1)):
        row, column = rng.integers(0, height - 3), rng.integers(0, width - 4)
        label[row : row + count, column : column + 4] = code


def _largest_share(rng: np.random.Generator, mosaic: Mosaic, surface: np.ndarray) -> np.ndarray:
    code = np.array([kind.code for kind in SURFACES.values()])[surface][mosaic.owner]
    size = mosaic.shape[0] * mosaic.shape[1]
    shares = np.bincount(mosaic.pixel * CODES + code, mosaic.share, size * CODES)
    shares = shares.reshape(*mosaic.shape, CODES)
    # Imperviousness decides first in the product, and water only where it fills the pixel.
    shares[..., SEALED] *= 1.4
    shares[..., 10] *= 0.75
    shares *= 1 + 0.08 * rng.standard_normal(shares.shape, np.float32)
    return shares.argmax(axis=-1).astype(np.uint8)
