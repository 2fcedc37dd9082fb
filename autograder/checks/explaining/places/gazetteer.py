"""Where a place on Earth lies, in words: coarse, and true wherever it says something."""

import math

from autograder.checks.explaining.places.rectangles import transformed
from utils.reference import WGS84

PLACES = (
    ("gulf-of-guinea", -6, -4, 6, 3.5),
    ("somalia", 42.3, 0, 46.5, 3.9),
    ("kenya", 36, 0.2, 40.5, 3),
    ("kenya", 37.6, -2, 39.5, 0.2),
    ("tanzania", 34, -9, 38, -4.5),
    ("ethiopia", 36.5, 5, 41.5, 11.5),
    ("sudan", 26, 12.5, 34.5, 21.5),
    ("egypt", 25.5, 22.5, 32, 30),
    ("libya", 12, 25, 24, 30),
    ("algeria", -1, 25, 7, 34),
    ("saudi-arabia", 44, 18.7, 49, 26.5),
    ("iraq", 42, 31.6, 45, 35),
    ("iran", 51, 30.5, 60, 36),
    ("turkey", 31, 37.6, 41, 40.5),
    ("indian-ocean", 50, -10, 76, 6),
    ("indian-ocean", 55, -35, 95, -10),
    ("arabian-sea", 60, 8, 70, 20),
    ("red-sea", 38, 19.2, 38.9, 21.3),
    ("mediterranean", 4.6, 38, 8, 42.4),
    ("france", 0.5, 43, 2.5, 44.5),
    ("france", 0, 44.5, 5, 48.5),
    ("north-atlantic", -45, 18, -19, 58),
    ("north-atlantic", -19, 45, -11.5, 60),
    ("south-atlantic", -30, -40, 5, -8),
)
"""Key of a place's name in the texts; west, south, east, north of a box that lies all inside it."""

EARTH_RADIUS_KM = 6371.0


def place(longitude: float, latitude: float) -> str:
    """Key of the place at a point in degrees; ``""`` where none is known."""
    for key, west, south, east, north in PLACES:
        if west <= longitude <= east and south <= latitude <= north:
            return key
    return ""


def place_in(x: float, y: float, system: str) -> str:
    """Key of the place at a point in any system; ``""`` where none is known."""
    (longitude,), (latitude,) = transformed(system, WGS84, [x], [y])
    return place(longitude, latitude) if math.isfinite(longitude + latitude) else ""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points, each longitude and latitude in degrees, on a sphere."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
