"""What a number is that should be the area of the patch in square kilometres."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from autograder.checks.explaining.places.projections import MERCATOR
from autograder.checks.explaining.places.rectangles import Rectangle
from utils.reference import WGS84

RELATIVE = 1e-6
"""Relative difference up to which two areas are the same."""


class Measure(NamedTuple):
    """What a number is.

    Attributes:
        kind: Key of an explanation.
        amount: Factor, number of decimals or of regions, or how much another system stretches.
        system: The system in which it was measured.
        place: Name of the region.
    """

    kind: str
    amount: float = 0.0
    system: str = ""
    place: str = ""


def measure_of(
    found: float,
    outline: Any,
    patch: Rectangle,
    pixels: tuple[int, int] = (0, 0),
    regions: Callable[[], Mapping[str, Any]] = dict,
    touched: int = 1,
) -> Measure | None:
    """What a number is; ``None`` where it is right, or nothing explains it.

    Args:
        found: The number that should be the area in square kilometres.
        outline: The learner's outline, shapely, in metres of EPSG:3035.
        patch: The rectangle of the patch.
        pixels: Columns and rows of the patch.
        regions: Gives outlines of regions in metres, by name.
        touched: How many regions the patch touches.
    """
    square_metres = float(outline.area)
    if _same(found, square_metres / 1e6):
        return None
    for value, told in _measures(outline, patch, pixels, regions, touched):
        if _same(found, value):
            return told
    exact = square_metres / 1e6
    for decimals in (1, 0):
        if found in (round(exact, decimals), float(int(exact * 10**decimals)) / 10**decimals):
            return Measure("area-rounded", decimals)
    return None


def _same(found: float, value: float) -> bool:
    return value != 0 and abs(found - value) <= RELATIVE * abs(value)


def _measures(
    outline: Any,
    patch: Rectangle,
    pixels: tuple[int, int],
    regions: Callable[[], Mapping[str, Any]],
    touched: int,
) -> Iterator[tuple[float, Measure]]:
    """What may be measured by mistake, likeliest first."""
    square_metres = float(outline.area)
    left, bottom, right, top = outline.bounds
    yield square_metres, Measure("area-square-metres")
    yield square_metres / 1e3, Measure("area-by-thousand")
    yield square_metres / 1e4, Measure("area-hectares")
    if pixels[0]:
        yield float(pixels[0] * pixels[1]), Measure("area-pixels")
    for factor in (1, 1e-3, 1e-6):
        yield outline.length * factor, Measure("area-perimeter")
        yield (right - left) * factor, Measure("area-width")
        yield (top - bottom) * factor, Measure("area-height")
    yield from _elsewhere(patch, square_metres)
    if touched > 1:
        yield touched * square_metres / 1e6, Measure("area-rows", touched)
    yield (square_metres / 1e3) ** 2, Measure("area-squared")
    yield 1e6 / square_metres, Measure("area-upside-down")
    yield square_metres / 2e6, Measure("area-half")
    yield from _of_regions(regions())
    for power in range(-12, 13):
        factor = 10.0**power
        kind = "area-too-large" if power > 0 else "area-too-small"
        yield square_metres / 1e6 * factor, Measure(kind, factor if power > 0 else 1 / factor)


def _elsewhere(patch: Rectangle, square_metres: float) -> Iterator[tuple[float, Measure]]:
    """The patch measured in other systems."""
    for system in patch.systems:
        area = float(patch.outline(system).area)
        if system == WGS84:
            for factor in (1, 1e-6, 1e-3):
                yield area * factor, Measure("area-degrees", system=system)
        elif system != patch.crs:
            stretched = area / square_metres - 1
            kind = "area-mercator" if system == MERCATOR else "area-system"
            for factor in (1e-6, 1, 1e-3, 1e-4):
                yield area * factor, Measure(kind, 100 * stretched, system)
        west, south, east, north = patch.sides(system)
        if system == WGS84:
            for factor in (1, 1e-6):
                yield (east - west) * (north - south) * factor, Measure("area-degrees")
            back = Rectangle((west, south, east, north), system)
            for factor in (1e-6, 1):
                yield float(back.outline(patch.crs).area) * factor, Measure("area-upright")


def _of_regions(regions: Mapping[str, Any]) -> Iterator[tuple[float, Measure]]:
    """The regions instead of the patch."""
    total = 0.0
    for name, outline in regions.items():
        area = float(outline.area)
        total += area
        for factor in (1e-6, 1, 1e-4, 1e-3):
            yield area * factor, Measure("area-region", place=name)
    for factor in (1e-6, 1):
        yield total * factor, Measure("area-regions", len(regions))
        yield total / max(1, len(regions)) * factor, Measure("area-regions-mean", len(regions))
