"""See the ground as Sentinel-2 does: several dates, mixed pixels, coarse bands, noise, median."""

import math

import numpy as np

from autograder.patches.landscape.ground import Mosaic
from autograder.patches.landscape.materials import COVERS, REFLECTANCES, SURFACES
from autograder.patches.landscape.noise import block_mean, blur, enlarge, smooth_noise
from utils.reference import BANDS, PATCH_BANDS, PIXEL_SIZE

DATES = 7
"""Cloud-free looks from May to August. An odd number: the median is then one of the values."""

QUANTUM = 1e-4
"""Step of the reflectances, that of the products: digital number 1 of 10 000."""

SPREAD_OF_LIGHT = (0.10, 0.80, 0.10)
"""Point spread function along one axis, by pixel."""

ZERO_PIXELS = 7
"""Pixels of deep shade or water where the correction left red and near infrared at zero."""


def observe(rng: np.random.Generator, mosaic: Mosaic, margin: int) -> np.ndarray:
    """The median composite: reflectances, NDVI and NDWI, float64 (14, height, width).

    Args:
        rng: Source of randomness.
        mosaic: What each pixel is made of.
        margin: Pixels to cut off all around.
    """
    spectra = _Spectra(rng, mosaic)
    texture = _Texture(rng, mosaic)
    times = (np.arange(DATES) + rng.uniform(0.2, 0.8, DATES)) / DATES
    inner = (..., slice(margin, -margin), slice(margin, -margin))
    looks = np.stack([_look(rng, mosaic, spectra, texture, time)[inner] for time in times])
    _zero_some(rng, looks)
    ndvi = _index(looks[:, 7], looks[:, 3])
    ndwi = _index(looks[:, 2], looks[:, 7])
    layers = [*np.median(looks, axis=0), _median_defined(ndvi), _median_defined(ndwi)]
    image = np.stack(layers).astype(float)
    assert len(image) == PATCH_BANDS
    return np.round(image, 4)


class _Spectra:
    """Reflectance of every object at any time of the season."""

    def __init__(self, rng: np.random.Generator, mosaic: Mosaic) -> None:
        surface = mosaic.surface[0]
        count, like = len(surface), mosaic.like
        kinds = list(SURFACES.values())
        self._shares = np.stack([kind.shares() for kind in kinds]).astype(np.float32)
        self._surface = surface
        self._covers = np.array([REFLECTANCES[name] for name in COVERS], np.float32)
        spread = np.array([kind.spread for kind in kinds])[surface]
        self._shift = rng.normal(0, 0.09, count)[like]
        self._gain = np.exp(spread * rng.normal(0, 1, count)[like]).astype(np.float32)
        # Colour differs a little too: soils from grey to red, roofs from pale to dark.
        tilt = 0.5 * spread * rng.normal(0, 1, count)[like]
        self._tilt = np.exp(tilt[:, None] * np.linspace(-1, 1, len(BANDS))).astype(np.float32)
        self._vigour = rng.uniform(0, 0.16, count)[like].astype(np.float32)
        self._bare = np.array([kind.field for kind in kinds])[surface]

    def at(self, time: float) -> np.ndarray:
        """Reflectances of the objects, float32 (objects, 12). Time runs from 0 to 1."""
        moment = np.clip(time + self._shift, 0, 1) * 3
        before = np.minimum(moment.astype(int), 2)
        later = (moment - before).astype(np.float32)[:, None]
        shares = self._shares[self._surface, before] * (1 - later)
        shares += self._shares[self._surface, before + 1] * later
        spectra = shares @ self._covers
        soil = self._covers[COVERS.index("bright soil")]
        bare = np.where(self._bare, self._vigour, 0)[:, None]
        return (spectra * (1 - bare) + soil * bare) * self._gain[:, None] * self._tilt


class _Texture:
    """Differences inside objects that stay through the season: soil, shade, rows."""

    def __init__(self, rng: np.random.Generator, mosaic: Mosaic) -> None:
        shape = mosaic.shape
        kinds = list(SURFACES.values())
        surface = mosaic.surface[0][mosaic.main]
        field = np.array([kind.field for kind in kinds])[surface]
        grass = np.array([kind.code == 6 for kind in kinds])[surface]
        trees = np.array([kind.code in (2, 3, 4) for kind in kinds])[surface]
        patches = smooth_noise(rng, shape, 16, octaves=4)
        soil = np.clip(0.05 + 0.07 * patches, 0, 0.3) * (field + 0.8 * grass)
        rows = 1 + _rows(rng, mosaic) * field + 0.03 * smooth_noise(rng, shape, 3) * (field + grass)
        shade = np.clip(0.10 + 0.10 * smooth_noise(rng, shape, 2.2), 0, 0.4) * trees
        self._soil = soil.astype(np.float32)
        self._gain = (rows * (1 - shade)).astype(np.float32)
        self._cover = np.array(REFLECTANCES["bright soil"], np.float32)[:, None, None]

    def __call__(self, image: np.ndarray) -> np.ndarray:
        """The image (12, height, width) with soil, rows and shade mixed in."""
        return (image * (1 - self._soil) + self._cover * self._soil) * self._gain


def _rows(rng: np.random.Generator, mosaic: Mosaic) -> np.ndarray:
    """Faint stripes along the direction in which each field is worked."""
    objects = mosaic.surface.shape[1]
    angle, phase = rng.uniform(0, 1, (2, objects))[:, mosaic.like[mosaic.main]] * math.tau
    y, x = np.mgrid[: mosaic.shape[0], : mosaic.shape[1]] * PIXEL_SIZE
    across = x * np.cos(angle) + y * np.sin(angle)
    return 0.013 * np.sin(across / 4.6 + phase) + 0.018 * np.sin(across / 11.3 + 2 * phase)


def _look(
    rng: np.random.Generator, mosaic: Mosaic, spectra: _Spectra, texture: _Texture, time: float
) -> np.ndarray:
    """Reflectances on one date, (12, height, width), rounded as products are."""
    mixed = spectra.at(time)[mosaic.owner] * mosaic.share[:, None]
    starts = np.flatnonzero(np.diff(mosaic.pixel, prepend=-1))
    image = np.add.reduceat(mixed, starts, axis=0).T.reshape(len(BANDS), *mosaic.shape)
    image = blur(texture(image), SPREAD_OF_LIGHT)
    haze = rng.normal(0, 0.0025) * np.linspace(1, 0.2, len(BANDS))
    light = rng.normal(1, 0.02)
    result = np.empty_like(image)
    for number, band in enumerate(BANDS):
        seen = image[number]
        factor = band.resolution // PIXEL_SIZE
        if factor > 1:
            seen = block_mean(seen, factor)
        grain = rng.standard_normal(seen.shape, np.float32)
        seen = seen * (light + 0.012 * grain) + np.float32(haze[number])
        seen += 0.0008 * rng.standard_normal(seen.shape, np.float32)
        result[number] = enlarge(seen, factor, mosaic.shape) if factor > 1 else seen
    return np.clip(np.round(result / QUANTUM), 8, None) * np.float32(QUANTUM)


def _zero_some(rng: np.random.Generator, looks: np.ndarray) -> None:
    """Set red and near infrared of a few dark pixels to zero on most dates, in place."""
    darkness = np.median(looks[:, 7], axis=0)
    darkest = np.argsort(darkness, axis=None)[: max(60, darkness.size // 200)]
    chosen = np.unravel_index(rng.choice(darkest, ZERO_PIXELS, replace=False), darkness.shape)
    dates = np.arange(DATES // 2 + 1)[:, None]
    for band in (3, 7):
        looks[dates, band, chosen[0], chosen[1]] = 0


def _index(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Normalised difference of two bands; NaN where both are zero."""
    total = first + second
    return np.divide(first - second, total, out=np.full_like(total, np.nan), where=total > 0)


def _median_defined(dates: np.ndarray) -> np.ndarray:
    """Median over the dates on which the index is defined."""
    middle = np.median(dates, axis=0)
    gaps = np.isnan(middle)
    middle[gaps] = np.nanmedian(dates[:, gaps], axis=0)
    return middle
