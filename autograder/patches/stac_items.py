"""STAC items of Sentinel-2 Level-2A products over Bulgaria around June 2021.

Simulated, but with the real tiling grid, orbits and dates: 34T and 35T tiles of 109.8 km, relative
orbits 7, 50, 93 and 136, each satellite every ten days and the two five days apart. The cloud
cover is invented. Products lie a few days before and after June too, so that a wrong date interval
gives another answer.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from rasterio.warp import transform
from shapely import Polygon, box

from utils.reference import BULGARIA

FIRST_DAY = datetime(2021, 5, 26, tzinfo=UTC)
LAST_DAY = datetime(2021, 7, 5, tzinfo=UTC)

TILE_EDGE = 109_800
"""Edge of a Sentinel-2 tile in metres; tiles start every 100 km and overlap."""

SWATH = 290_000
"""Width of the imaged strip in metres."""

LEAST_COVERAGE = 0.9
"""Share of its tile that a product must cover to be listed, keeps the catalogue short."""

ZONES = {34: ("EFG", 5, "LMNPQ"), 35: ("KLMNP", 2, "FGHJK")}
"""UTM zone → column letters, number of the first column (of 100 km each), row letters."""

FIRST_ROW = 45
"""Number of the lowest row of 100 km: northing 4500 km, about 40.6° north."""


@dataclass(frozen=True)
class Tile:
    """A tile of the Military Grid Reference System as Sentinel-2 products use it.

    Attributes:
        name: Name of the tile, e.g. ``34TFN``.
        epsg: EPSG code of its UTM zone.
        bounds: Left, bottom, right, top in metres of that zone.
    """

    name: str
    epsg: int
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class Pass:
    """One descending pass of a satellite.

    Attributes:
        platform: ``A`` or ``B``.
        orbit: Relative orbit.
        start: When the recording starts.
        longitude: Where the ground track crosses 43° north.
    """

    platform: str
    orbit: int
    start: datetime
    longitude: float


ORBITS = (
    # orbit, first pass of S2A and S2B in the period, start time of both, longitude at 43° N
    (7, (6, 1), ("085551", "085559"), 27.95),
    (50, (9, 4), ("090551", "090559"), 25.43),
    (93, (2, 7), ("092031", "092029"), 22.92),
    (136, (5, 10), ("093041", "093039"), 20.40),
)
"""Days count from 26 May 2021 and repeat every ten days."""


def catalogue(seed: int) -> list[dict[str, Any]]:
    """The items, newest first, without ``links`` (the service adds them).

    Args:
        seed: Decides the cloud cover and the seconds of the time stamps.
    """
    rng = np.random.default_rng([seed, 1])
    area = box(*BULGARIA)
    items = []
    flown = list(passes())
    # Evenly spread ranks, so that every seed has clear and overcast passes in the same number.
    ranks = (rng.permutation(len(flown)) + 0.5) / len(flown)
    for one, base in zip(flown, ranks**2.1, strict=True):
        swath = _swath(one.longitude)
        for tile in tiles():
            corners = _to_degrees(box(*tile.bounds), tile.epsg)
            footprint = corners.intersection(swath)
            full = footprint.area / corners.area
            if full < LEAST_COVERAGE or not footprint.intersects(area):
                continue
            cloud = _cloud_cover(rng, base)
            items.append(_item(rng, one, tile, footprint, cloud))
    return sorted(items, key=lambda item: (item["properties"]["datetime"], item["id"]))[::-1]


def write_catalogue(path: Path, seed: int) -> None:
    """Write the items to a JSON file, one line each."""
    lines = (json.dumps(item, separators=(",", ":")) for item in catalogue(seed))
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def tiles() -> Iterator[Tile]:
    """The tiles that touch the box of Bulgaria, on the 60 m grid that the products use."""
    for zone, (columns, first_column, rows) in ZONES.items():
        for column, column_letter in enumerate(columns, first_column):
            for row, row_letter in enumerate(rows, FIRST_ROW):
                left = math.floor(column * 100_000 / 60) * 60
                top = math.ceil((row + 1) * 100_000 / 60) * 60
                bounds = (left, top - TILE_EDGE, left + TILE_EDGE, top)
                yield Tile(f"{zone}T{column_letter}{row_letter}", 32600 + zone, bounds)


def passes() -> Iterator[Pass]:
    """Passes of both satellites over the region in the period."""
    for orbit, days, times, longitude in ORBITS:
        for platform, day, time in zip("AB", days, times, strict=True):
            clock = datetime.strptime(time, "%H%M%S")
            start = FIRST_DAY + timedelta(
                days=day, hours=clock.hour, minutes=clock.minute, seconds=clock.second
            )
            while start < LAST_DAY:
                yield Pass(platform, orbit, start, longitude)
                start += timedelta(days=10)


def _swath(longitude: float) -> Polygon:
    """Strip seen on one pass (EPSG:4326): tracks run from north-north-east to south-south-west."""
    half = SWATH / 2 / (111_320 * math.cos(math.radians(43)))
    track = [(longitude + 0.36 * (latitude - 43), latitude) for latitude in (40, 42, 44, 46)]
    west = [(x - half, y) for x, y in track]
    east = [(x + half, y) for x, y in track]
    return Polygon([*west, *reversed(east)])


def _to_degrees(polygon: Polygon, epsg: int) -> Polygon:
    """The polygon in EPSG:4326, its edges curved as the projection curves them."""

    def project(points: np.ndarray) -> np.ndarray:
        return np.column_stack(transform(f"EPSG:{epsg}", "EPSG:4326", *points.T))

    return shapely.transform(shapely.segmentize(polygon, TILE_EDGE / 2), project)


def _cloud_cover(rng: np.random.Generator, base: float) -> float:
    """Cloud cover in percent, near that of the pass.

    Never so near to 10 that `<` and `<=` differ or that rounding decides.
    """
    spread = rng.normal(0, 0.12)
    percent = round(float(np.clip(base + spread, 0, 1)) * 100, 2)
    if percent in (0, 100):
        percent = round(abs(percent - abs(spread) * 8), 2)
    return percent if abs(percent - 10) > 0.2 else 11.37


def _item(
    rng: np.random.Generator, one: Pass, tile: Tile, footprint: Polygon, cloud: float
) -> dict[str, Any]:
    started = one.start.strftime("%Y%m%dT%H%M%S")
    processed = datetime(2023, 2, 1, tzinfo=UTC) + timedelta(seconds=int(rng.integers(2_500_000)))
    name = (
        f"S2{one.platform}_MSIL2A_{started}_N0500_R{one.orbit:03d}_T{tile.name}_"
        f"{processed:%Y%m%dT%H%M%S}.SAFE"
    )
    south = footprint.bounds[1]
    # Seconds from the start of the recording to the tile: the satellite covers 6.8 km a second.
    sensed = one.start + timedelta(seconds=(75 - south) * 16.4 + rng.uniform(0, 2))
    left, bottom, right, top = tile.bounds
    return {
        "stac_version": "1.0.0",
        "stac_extensions": [
            "https://stac-extensions.github.io/eo/v1.0.0/schema.json",
            "https://stac-extensions.github.io/projection/v1.0.0/schema.json",
        ],
        "type": "Feature",
        "id": name,
        "collection": "sentinel-2-l2a",
        "geometry": {"type": "MultiPolygon", "coordinates": [_rings(footprint)]},
        "bbox": [round(value, 6) for value in footprint.bounds],
        "properties": {
            "datetime": f"{sensed:%Y-%m-%dT%H:%M:%S}.{sensed.microsecond // 1000:03d}Z",
            "platform": f"sentinel-2{one.platform.lower()}",
            "instruments": ["msi"],
            "constellation": "sentinel-2",
            "gsd": 10,
            "eo:cloud_cover": cloud,
            "proj:epsg": tile.epsg,
            "proj:bbox": list(tile.bounds),
            "proj:geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
                ],
            },
        },
        "assets": {
            "data": {
                "href": f"s3://EODATA/Sentinel-2/MSI/L2A_N0500/{one.start:%Y/%m/%d}/{name}",
                "title": "s3",
                "type": "inode/directory",
            }
        },
    }


def _rings(footprint: Polygon) -> list[list[list[float]]]:
    """Outer ring as GeoJSON coordinates, to the tenth of a metre."""
    return [[[round(x, 6), round(y, 6)] for x, y in footprint.exterior.coords]]
