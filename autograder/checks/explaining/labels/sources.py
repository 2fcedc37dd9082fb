"""The labels that a learner's array may stem from: of other years, of other places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from autograder.checks.explaining.served import Raster, Served
from autograder.checks.reading.facts import Fact
from utils.reference import LABEL_YEARS, OUTSIDE_AREA, PIXEL_SIZE

Box = Sequence[float]
"""West, south, east, north in metres of EPSG:3035."""

MAX_SIDE = 1000
"""Longest side of a box in pixels for which labels are put together here."""


@dataclass(frozen=True)
class Source:
    """Labels as they are served.

    Attributes:
        codes: Class codes, shape (rows, columns), uint8, with 253 to 255.
        year: Their year.
        patch: Name of the patch that they belong to; ``""`` for the place that was asked for.
    """

    codes: np.ndarray
    year: int
    patch: str = ""


def window(rasters: Sequence[Raster], box: Box) -> np.ndarray:
    """The codes inside a box, shape (rows, columns), uint8; 254 where no raster lies.

    Raises:
        ValueError: The box has no size, or more than `MAX_SIDE` pixels a side.
    """
    west, south, east, north = (round(edge / PIXEL_SIZE) for edge in box)
    if not (0 < east - west <= MAX_SIDE and 0 < north - south <= MAX_SIDE):
        raise ValueError("no box of this size")
    codes = np.full((north - south, east - west), OUTSIDE_AREA.code, np.uint8)
    for raster in reversed(rasters):  # where two overlap, the first counts
        left, top = round(raster.bounds[0] / PIXEL_SIZE), round(raster.bounds[3] / PIXEL_SIZE)
        rows, columns = raster.bands.shape[1:]
        first, last = max(left, west), min(left + columns, east)
        upper, lower = min(top, north), max(top - rows, south)
        if first < last and lower < upper:
            codes[north - upper : north - lower, first - west : last - west] = raster.bands[
                0, top - upper : top - lower, first - left : last - left
            ]
    return codes


def sources(served: Served, year: int, box: Box | None = None) -> list[Source]:
    """The labels of all years at all places of the course, those that are right first.

    Args:
        served: What is served.
        year: The year that was asked for.
        box: The box that was asked for; without one that of the patch.
    """
    names = [file.stem for file in served.world.labels.get(year, ())]
    places = {name: raster.bounds for name, raster in zip(names, served.labels(year), strict=True)}
    own = tuple(box) if box else next(iter(places.values()))
    asked = {"": own} | {name: bounds for name, bounds in places.items() if bounds != own}
    years = sorted(LABEL_YEARS, key=lambda one: one != year)
    return [
        Source(window(served.labels(one), bounds), one, patch)
        for (patch, bounds), one in product(asked.items(), years)
    ]


def right_ones(expected: Mapping[str, Fact], served: Served) -> list[Source]:
    """`sources` of the exercise on the download, whose facts are given."""
    return sources(served, int(expected["year"]["text"]), expected["bbox"]["values"])


def own_first(own: Fact, served: Served) -> list[Source]:
    """`sources` of an exercise that goes on with the learner's own labels: these come first.

    Args:
        own: The learner's array; left out where it is no table of codes from 0 to 255.
        served: What is served.
    """
    year = year_of(served.url)
    codes = codes_of(own)
    others = sources(served, year)
    return others if codes is None else [Source(codes, year), *others]


def codes_of(fact: Fact) -> np.ndarray | None:
    """A table of class codes, shape (rows, columns), uint8, NaN as 0; ``None`` for other facts."""
    if fact["kind"] != "array" or fact["array"].ndim != 2 or not fact["array"].size:
        return None
    values = np.nan_to_num(fact["array"].astype(float))
    whole = (values == np.rint(values)).all() and values.min() >= 0 and values.max() <= 255
    return values.astype(np.uint8) if whole else None


def year_of(url: str) -> int:
    """The year in the address of a patch; the first one with labels where it has none."""
    parts = url.split("/")
    named = (int(part) for part in parts[-4:-1] if part.isdigit())
    return next((one for one in named if one in LABEL_YEARS), LABEL_YEARS[0])
