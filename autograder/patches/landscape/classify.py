"""Derive the CLC+ Backbone label of each pixel from what it is made of."""

import numpy as np

from autograder.patches.landscape.ground import Mosaic
from autograder.patches.landscape.materials import SURFACES
from utils.reference import LABEL_YEARS

CODES = 12
"""One more than the largest class code."""

SEALED, WATER, SNOW = 1, 10, 11


def classify(rng: np.random.Generator, mosaic: Mosaic) -> dict[int, np.ndarray]:
    """Label rasters by year, uint8 (height, width)."""
    years = zip(LABEL_YEARS, mosaic.surface, strict=True)
    return {year: _largest_share(rng, mosaic, surface) for year, surface in years}


def mark_edge_cases(
    rng: np.random.Generator, label: np.ndarray, brightness: np.ndarray, rare: tuple[int, ...]
) -> None:
    """Put in what real rasters hold here and there, in place: codes that no surface has.

    Args:
        rng: Source of randomness.
        label: Label raster to change, uint8 (height, width).
        brightness: How bright each pixel is, (height, width); the brightest roofs become snow.
        rare: Codes to put in as small groups of pixels, such as 254 and 255.
    """
    brightest = np.argsort(np.where(label == SEALED, brightness, 0), axis=None)[-9:]
    label.flat[brightest] = SNOW
    places = np.argwhere(label[:-2, :-5] != SNOW)
    for code in rare:
        row, column = places[rng.integers(len(places))]
        label[row : row + 2, column : column + int(rng.integers(3, 6))] = code


def _largest_share(rng: np.random.Generator, mosaic: Mosaic, surface: np.ndarray) -> np.ndarray:
    code = np.array([kind.code for kind in SURFACES.values()])[surface][mosaic.owner]
    size = mosaic.shape[0] * mosaic.shape[1]
    shares = np.bincount(mosaic.pixel * CODES + code, mosaic.share, size * CODES)
    shares = shares.reshape(*mosaic.shape, CODES)
    # Imperviousness decides first in the product, and water only where it fills the pixel.
    weights = np.ones(CODES)
    weights[SEALED], weights[WATER] = 1.4, 0.65
    doubt = 1 + 0.08 * rng.standard_normal(shares.shape, np.float32)
    return (shares * weights * doubt).argmax(axis=-1).astype(np.uint8)
