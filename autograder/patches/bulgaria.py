"""An image of Bulgaria for the Process API: simulated from a sketch of its mountains and waters.

Coordinates are longitude and latitude in degrees (EPSG:4326), places roughly where they are.
"""

from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio import Affine
from rasterio.features import rasterize
from shapely import LineString, Polygon

from autograder.patches.landscape.materials import REFLECTANCES
from autograder.patches.landscape.noise import blur, smooth_noise
from utils.reference import BANDS, WGS84

BOUNDS = (21.8, 40.8, 29.2, 44.7)
"""A little more than the box of the exercises, in degrees."""

SHAPE = (290, 550)
"""Height and width in pixels of about 0.0135 degrees: 1.1 by 1.5 km."""

STEP = 10
"""Digital numbers are multiples of this, which keeps the file small."""

RIDGES = (
    # crest, height and half width of the range in metres and degrees
    (((22.4, 43.6), (22.9, 43.2), (23.6, 42.95), (24.9, 42.75), (25.8, 42.77), (27.0, 42.8)),
     1700, 0.17),
    (((23.0, 42.2), (23.4, 42.15), (23.8, 42.1)), 2400, 0.17),
    (((23.35, 41.4), (23.42, 41.75), (23.5, 41.9)), 2300, 0.13),
    (((24.0, 41.75), (24.6, 41.65), (25.2, 41.5), (25.9, 41.4)), 1700, 0.30),
    (((23.1, 42.55), (23.35, 42.58)), 1700, 0.08),
    (((24.0, 42.55), (24.5, 42.55)), 1100, 0.10),
    (((22.3, 42.1), (22.6, 41.9), (22.9, 41.4)), 1500, 0.17),
    (((21.6, 42.9), (22.2, 42.7), (22.5, 42.5)), 1300, 0.24),
    (((21.7, 43.9), (22.2, 44.2), (22.4, 44.6)), 1000, 0.20),
    (((27.1, 42.1), (27.5, 41.95), (27.9, 41.75)), 700, 0.15),
    (((23.9, 41.2), (24.2, 41.1)), 1100, 0.16),
)  # fmt: skip

BLACK_SEA = (
    (29.3, 41.2), (28.9, 41.3), (28.2, 41.6), (28.03, 41.98), (27.75, 42.25), (27.65, 42.42),
    (27.48, 42.48), (27.66, 42.68), (27.9, 42.78), (27.93, 43.15), (28.05, 43.3), (28.45, 43.37),
    (28.6, 43.45), (28.62, 43.9), (28.68, 44.25), (28.95, 44.6), (29.0, 44.8), (29.3, 44.8),
)  # fmt: skip
MARMARA = ((27.5, 40.7), (27.55, 41.0), (28.1, 41.0), (28.6, 40.98), (29.3, 40.92), (29.3, 40.7))
AEGEAN = ((23.6, 40.7), (24.3, 40.85), (24.8, 40.92), (25.3, 40.94), (25.9, 40.83), (26.1, 40.7))

DANUBE = (
    (22.45, 44.7), (22.65, 44.55), (22.5, 44.3), (22.75, 44.2), (22.9, 43.95), (22.95, 43.82),
    (23.4, 43.85), (23.9, 43.76), (24.5, 43.75), (25.0, 43.69), (25.4, 43.63), (25.95, 43.85),
    (26.5, 44.05), (27.0, 44.14), (27.3, 44.13), (27.9, 44.2), (28.05, 44.35), (27.95, 44.75),
)  # fmt: skip
RIVERS = (
    DANUBE,
    ((23.9, 42.2), (24.7, 42.15), (25.5, 42.05), (26.2, 41.75), (26.55, 41.65), (26.4, 41.25),
     (26.3, 40.8)),
    ((23.2, 42.4), (23.05, 42.0), (23.15, 41.6), (23.35, 41.35), (23.5, 41.05)),
)  # fmt: skip

CITIES = (
    # longitude, latitude, radius in degrees
    (23.32, 42.69, 0.10), (24.75, 42.15, 0.06), (27.90, 43.21, 0.05), (27.45, 42.50, 0.05),
    (26.10, 44.43, 0.13), (25.97, 43.85, 0.04), (25.63, 42.43, 0.04), (24.62, 43.41, 0.03),
    (28.62, 44.18, 0.05), (21.90, 43.32, 0.05), (26.56, 41.67, 0.04), (28.95, 41.05, 0.12),
)  # fmt: skip


def write_bulgaria(path: Path, seed: int) -> None:
    """Write the image: GeoTIFF, EPSG:4326, 12 Level-2A bands, uint16 digital numbers.

    Args:
        path: File to write.
        seed: Decides the fields, forests and texture.
    """
    height, width = SHAPE
    image = simulate_bulgaria(seed)
    profile = {"driver": "GTiff", "dtype": "uint16", "count": len(BANDS), "crs": WGS84}
    profile |= {"compress": "deflate", "predictor": 2, "zlevel": 9, "interleave": "band"}
    with rasterio.open(
        path, "w", height=height, width=width, transform=_grid(), **profile
    ) as target:
        target.write(image)


def simulate_bulgaria(seed: int) -> np.ndarray:
    """Digital numbers (10 000 × reflectance), uint16 (12, height, width)."""
    rng = np.random.default_rng([seed, 2])
    elevation = _elevation(rng)
    shares = _cover(rng, elevation)
    covers = np.array([REFLECTANCES[name] for name in shares])
    image = np.tensordot(covers.T, np.stack(list(shares.values())), axes=1)
    land = 1 - shares["water"]
    light = 1 + land * (_hillshade(elevation) + 0.02 * smooth_noise(rng, SHAPE, 5, octaves=3))
    image = blur(image * light, (0.2, 0.6, 0.2))
    return (np.clip(np.round(image * 10_000 / STEP), 1, None) * STEP).astype("uint16")


def _grid() -> Affine:
    west, south, east, north = BOUNDS
    height, width = SHAPE
    return Affine((east - west) / width, 0, west, 0, -(north - south) / height, north)


def _elevation(rng: np.random.Generator) -> np.ndarray:
    """Metres above the sea, (height, width): hills, and mountains along the ridges."""
    height, width = SHAPE
    grid = _grid()
    longitude = grid.c + grid.a * (np.arange(width) + 0.5)
    latitude = grid.f + grid.e * (np.arange(height) + 0.5)
    points = shapely.points(*np.meshgrid(longitude, latitude))
    hills = 140 + 70 * smooth_noise(rng, SHAPE, 40, octaves=4)
    mountains = np.zeros(SHAPE)
    ragged = 1.15 + 0.22 * smooth_noise(rng, SHAPE, 30, octaves=5)
    for crest, top, reach in RIDGES:
        nearness = shapely.distance(points, LineString(crest)) / (reach * ragged.clip(0.7, None))
        # A steep crest on wide foothills.
        range_ = top * (0.6 * np.exp(-(nearness**2)) + 0.4 * np.exp(-nearness / 1.2))
        mountains = np.maximum(mountains, range_)
    # Valleys cut into the ranges the more, the higher they are.
    valleys = np.abs(smooth_noise(rng, SHAPE, 16, octaves=5))
    return np.clip(hills, 20, None) + mountains * np.clip(1.3 - 0.55 * valleys, 0.3, 1.3)


def _hillshade(elevation: np.ndarray) -> np.ndarray:
    """Relative brightness of slopes lit from the south-east, as on a summer morning."""
    down, across = np.gradient(elevation)
    return np.clip((-down * 0.8 - across * 0.6) / 1000, -0.3, 0.3)


def _cover(rng: np.random.Generator, elevation: np.ndarray) -> dict[str, np.ndarray]:
    """Share of each cover in every pixel; the shares of a pixel sum to 1."""
    wild = smooth_noise(rng, SHAPE, 30, octaves=5)
    forest = _ramp(elevation + 150 * wild, 300, 900) * 0.92
    conifer = forest * _ramp(elevation + 160 * wild, 1000, 1700) * 0.4
    alpine = _ramp(elevation + 90 * wild, 1800, 2200) * 0.9
    fields = smooth_noise(rng, SHAPE, 4, octaves=2) + 1.2 * smooth_noise(rng, SHAPE, 40, octaves=3)
    straw = _ramp(fields, -2.6, 3.2) * 0.75
    soil = _ramp(smooth_noise(rng, SHAPE, 5, octaves=2), -2.5, 4) * 0.5
    ragged = smooth_noise(rng, SHAPE, 4)
    city = np.clip(_cities() + 0.25 * ragged * (_cities() > 0.1), 0, 1)
    seas = (Polygon(_ragged(rng, sea)) for sea in (BLACK_SEA, MARMARA, AEGEAN))
    water = _burn([sea.buffer(0) for sea in seas], touched=False)
    rivers = _burn([LineString(_ragged(rng, river)) for river in RIVERS[1:]]) * 0.25
    rivers = np.maximum(rivers, _burn([LineString(_ragged(rng, DANUBE))]) * 0.7)
    shares: dict[str, np.ndarray] = {}
    left = np.ones(SHAPE)
    for name, share in (
        ("water", water),
        ("silty water", rivers),
        ("urban", city * 0.7),
        ("dry grass", alpine),
        ("conifer", conifer),
        ("deciduous", forest - conifer),
        ("straw", straw),
        ("dark soil", soil),
        ("grass", np.full(SHAPE, 0.35)),
    ):
        shares[name] = left * share
        left = left * (1 - share)
    shares["crop"] = left
    return shares


def _cities() -> np.ndarray:
    """Built-up share: 1 in the centre of a city, falling off to its edge."""
    grid = _grid()
    rows, columns = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    longitude, latitude = grid.c + grid.a * columns, grid.f + grid.e * rows
    city = np.zeros(SHAPE)
    for x, y, radius in CITIES:
        # A degree of latitude is longer than one of longitude here.
        distance = np.hypot((longitude - x) * 0.73, latitude - y) / radius
        city = np.maximum(city, np.clip(1.3 - 1.2 * distance, 0, 1))
    return city


def _ragged(
    rng: np.random.Generator, corners: tuple[tuple[float, float], ...]
) -> list[tuple[float, float]]:
    """The line with small bends between its corners."""
    points = shapely.get_coordinates(shapely.segmentize(LineString(corners), 0.09))
    points[1:-1] += rng.normal(0, 0.018, points[1:-1].shape)
    return [tuple(point) for point in points]


def _ramp(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.clip((values - low) / (high - low), 0, 1)


def _burn(shapes: list[shapely.Geometry], touched: bool = True) -> np.ndarray:
    """1 where a shape is, 0 elsewhere."""
    return rasterize(shapes, SHAPE, transform=_grid(), all_touched=touched).astype(float)
