"""A rectangle on the ground, in any coordinate system, and how its numbers are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.checks.explaining.places.projections import MERCATOR, is_known, project, utm
from utils.reference import LAEA, WGS84

DENSE = 21
"""Points along an edge that are converted, as rasterio has it."""

METRE_SIDES = ("left", "bottom", "right", "top")
DEGREE_SIDES = ("west", "south", "east", "north")
"""What the notebooks call the sides of a box, in metres and in degrees."""


@dataclass(frozen=True)
class Rectangle:
    """An upright rectangle in a coordinate system.

    Attributes:
        bounds: Left, bottom, right, top in ``crs``.
        crs: ``EPSG:code``.
    """

    bounds: tuple[float, float, float, float]
    crs: str = LAEA

    def sides(self, system: str) -> np.ndarray:
        """Left, bottom, right, top of the upright box around it in a system."""
        return _sides(self.bounds, self.crs, system)

    def outline(self, system: str) -> Any:
        """Its four corners as a polygon in a system."""
        return _outline(self.bounds, self.crs, system)

    def middle(self, system: str) -> tuple[float, float]:
        """The middle of the box in a system: x, y."""
        left, bottom, right, top = self.sides(system)
        return float(left + right) / 2, float(bottom + top) / 2

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems in which its numbers may have been taken, likeliest first."""
        longitude, latitude = self.middle(WGS84)
        zones = (utm(longitude, latitude, step) for step in (0, -1, 1, -2, 2))
        return tuple(dict.fromkeys((self.crs, LAEA, WGS84, MERCATOR, *zones)))


@lru_cache(maxsize=256)
def _sides(bounds: tuple[float, ...], crs: str, system: str) -> np.ndarray:
    if crs == system:
        return np.array(bounds, dtype=float)
    if is_known(system):
        x, y = map(np.array, transformed(crs, system, *_around(bounds)))
        return np.array([x.min(), y.min(), x.max(), y.max()])
    from rasterio.warp import transform_bounds

    return np.array(transform_bounds(crs, system, *bounds, densify_pts=DENSE))


def _around(bounds: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Points along the edges of a box."""
    x, y = (np.linspace(bounds[axis], bounds[axis + 2], DENSE) for axis in (0, 1))
    corner = np.ones(DENSE)
    left, bottom, right, top = bounds
    across, up = (
        np.r_[x, x, left * corner, right * corner],
        np.r_[bottom * corner, top * corner, y, y],
    )
    return across, up


@lru_cache(maxsize=64)
def _outline(bounds: tuple[float, ...], crs: str, system: str) -> Any:
    import shapely

    left, bottom, right, top = bounds
    x, y = transformed(crs, system, [left, right, right, left], [bottom, bottom, top, top])
    return shapely.Polygon(np.column_stack([x, y]))


def transformed(
    crs: str, system: str, x: Iterable[float], y: Iterable[float]
) -> tuple[list[float], list[float]]:
    """Coordinates of points in another system; infinite where it has none.

    Raises:
        rasterio.errors.RasterioError: A system is unknown.
    """
    if crs == system:
        return list(x), list(y)
    if is_known(system):
        longitude, latitude = transformed(crs, WGS84, x, y)
        east, north = project(system, np.array(longitude), np.array(latitude))
        return east.tolist(), north.tolist()
    from rasterio.warp import transform

    found = transform(crs, system, list(x), list(y))
    return list(found[0]), list(found[1])


def in_degrees(system: str) -> bool:
    """Whether a system of those here counts in degrees."""
    return system in (WGS84, "EPSG:4258")


def unit(system: str) -> str:
    """Symbol of a system's unit."""
    return "°" if in_degrees(system) else "m"


def names(system: str) -> tuple[str, ...]:
    """What the notebooks call the four sides in a system."""
    return DEGREE_SIDES if in_degrees(system) else METRE_SIDES


def digits(value: float, decimals: int = 4) -> str:
    """A coordinate: thousands apart and no decimals where it is large."""
    value = float(value)
    if abs(value) >= 1e12 or not np.isfinite(value):
        return f"{value:.3g}"
    if 0 < abs(value) < 1e-4:
        return f"{value:.3g}"
    if decimals == 0:
        return f"{value:,.0f}"
    if abs(value) >= 1000:
        return f"{value:,.0f}" if decimals <= 4 else f"{value:,.{decimals - 4}f}"
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".") or "0"


def pair(found: Sequence[float], expected: Sequence[float], shown: str) -> tuple[str, str]:
    """Two lists of numbers in one form, with as many digits as tell them apart.

    Args:
        found: As many numbers as ``shown`` has places.
        expected: As many again.
        shown: Form with places ``{}``.
    """
    forms = ("", "")
    for decimals in (4, 6, 9):
        forms = (
            shown.format(*(digits(value, decimals) for value in found)),
            shown.format(*(digits(value, decimals) for value in expected)),
        )
        if forms[0] != forms[1]:
            break
    return forms
