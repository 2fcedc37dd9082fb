"""Draw where a fresh patch lies: oblong, across a border of regions, away from known places."""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import shapely

from autograder.patches.landscape.simulate import Bounds
from utils.reference import PIXEL_SIZE

SIDES = (242, 300)
"""Least and largest number of pixels along a side: what the notebooks cut out must fit."""

LEAST_DIFFERENCE = 16
"""Pixels by which the sides differ at least, so that swapped axes show in the shape."""

LEAST_SHARE = 0.12
"""Share of the patch that each of two regions holds at least."""


def draw_footprint(
    rng: np.random.Generator, outlines: Path, elsewhere: Sequence[Bounds] = ()
) -> Bounds:
    """Draw the bounds of a patch (EPSG:3035, on the 10 m grid).

    Args:
        rng: Source of randomness.
        outlines: GeoJSON file with the regions, EPSG:3035; the patch lies in two of them or more.
        elsewhere: Places that the patch must not touch.
    """
    regions = list(read_regions(outlines).values())
    borders = [shapely.intersection(one, other) for one, other in combinations(regions, 2)]
    border = shapely.line_merge(shapely.union_all(borders))
    known = shapely.union_all([shapely.box(*bounds) for bounds in elsewhere])
    while True:
        bounds = _draw(rng, border)
        shape = shapely.box(*bounds)
        shares = np.sort(shapely.area(shapely.intersection(regions, shape)) / shape.area)
        if shares[-2] >= LEAST_SHARE and shares.sum() > 1 - 1e-9 and not shape.intersects(known):
            return bounds


def read_regions(outlines: Path, key: str = "NUTS_ID") -> dict[str, shapely.Geometry]:
    """The regions of a GeoJSON file by one of their properties."""
    features = json.loads(outlines.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"][key]: shapely.geometry.shape(feature["geometry"])
        for feature in features
    }


def _draw(rng: np.random.Generator, border: shapely.Geometry) -> Bounds:
    """Bounds around a place near the border."""
    width = height = 0
    while abs(width - height) < LEAST_DIFFERENCE:
        width, height = (int(side) for side in rng.integers(SIDES[0], SIDES[1] + 1, 2))
    middle = shapely.line_interpolate_point(border, rng.random(), normalized=True)
    size = np.array([width, height]) * PIXEL_SIZE
    corner = shapely.get_coordinates(middle)[0] - size * rng.uniform(0.2, 0.8, 2)
    left, bottom = (int(edge) for edge in np.round(corner / PIXEL_SIZE) * PIXEL_SIZE)
    return left, bottom, left + width * PIXEL_SIZE, bottom + height * PIXEL_SIZE
