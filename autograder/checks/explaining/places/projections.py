"""Web Mercator and UTM from degrees, by formula: PROJ takes long for each system that is new."""

import re

import numpy as np

MERCATOR = "EPSG:3857"
"""Web Mercator, in which web maps are drawn."""

_UTM = re.compile(r"EPSG:32([67])(\d\d)")
_RADIUS, _FLATTENING = 6378137.0, 1 / 298.257223563
_SCALE, _FALSE_EASTING, _FALSE_NORTHING = 0.9996, 500_000, 10_000_000
_N = _FLATTENING / (2 - _FLATTENING)
_MERIDIAN = _RADIUS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)
"""Coefficients of Krüger's series: good to a millimetre within some zones of the middle one."""

Coordinates = tuple[np.ndarray, np.ndarray]


def utm(longitude: float, latitude: float, step: int = 0) -> str:
    """The UTM zone of a place, or one some steps further east."""
    zone = (30 + int(longitude // 6) + step) % 60 + 1
    return f"EPSG:{32600 + zone if latitude >= 0 else 32700 + zone}"


def is_known(system: str) -> bool:
    """Whether `project` knows a system."""
    return system == MERCATOR or bool(_UTM.fullmatch(system))


def project(system: str, longitude: np.ndarray, latitude: np.ndarray) -> Coordinates:
    """Coordinates in metres of Web Mercator or of a UTM zone, from degrees.

    Raises:
        ValueError: The system is neither.
    """
    zone = _UTM.fullmatch(system)
    lam, phi = np.radians(longitude), np.radians(latitude)
    if system == MERCATOR:
        return _RADIUS * lam, _RADIUS * np.arctanh(np.sin(phi))
    if zone is None:
        raise ValueError(f"no formula for {system}")
    lam = lam - np.radians(6 * int(zone[2]) - 183)
    ratio = 2 * np.sqrt(_N) / (1 + _N)
    t = np.sinh(np.arctanh(np.sin(phi)) - ratio * np.arctanh(ratio * np.sin(phi)))
    xi, eta = np.arctan2(t, np.cos(lam)), np.arctanh(np.sin(lam) / np.hypot(1, t))
    east, north = eta, xi
    for j, alpha in enumerate(_ALPHA, 1):
        east = east + alpha * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
        north = north + alpha * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
    south = _FALSE_NORTHING if zone[1] == "7" else 0
    return _FALSE_EASTING + _SCALE * _MERIDIAN * east, south + _SCALE * _MERIDIAN * north
