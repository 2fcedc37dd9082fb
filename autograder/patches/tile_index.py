"""The tiles of a region, as `filename2bbox.parquet` lists them, and a landscape for each.

The index of the real project was seen in May 2026: the tiles of a region lie side by side, 2,500 m
wide, and a name holds the tile's lower left corner, the part of the region and a counter. Here a
region's grid and the count start at one tile whose name is known.
"""

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.patches.nuts import REGIONS
from autograder.patches.world import uncompressed
from utils.reference import PIXEL_SIZE, TILE_PIXELS

Bounds = tuple[int, int, int, int]
"""xmin, ymin, xmax, ymax in metres, EPSG:3035."""

TILE = TILE_PIXELS * PIXEL_SIZE
"""Edge of a tile in metres."""

INDEXED = {"FRJ27": (2018, 2021, 2024), "FRJ22": (2018,), "LU000": (2018, 2021, 2024)}
"""Years for which each region has images. Pixels are the same in each year."""

KNOWN = {
    "FRJ27": "3649890_2331750_0_937",
    "FRJ22": "3737390_2381750_0_412",
    "LU000": "4042000_2951690_0_637",
}
"""A tile of each region whose name is given: by the course's patches, and by the real index."""

KEPT = 8
"""Simulated tiles that stay in memory, 7 MB each."""

_simulating = threading.Lock()


@dataclass(frozen=True)
class TileFiles:
    """The files of a simulated tile.

    Attributes:
        image: GeoTIFF with 14 bands, float64, not compressed.
        labels: GeoTIFF with the CLC+ codes by year, uint8, with the official colours.
    """

    image: bytes
    labels: dict[int, bytes]


@cache
def tiles_of(nuts: str) -> dict[str, Bounds]:
    """Bounds by name of the tiles that lie wholly in a region, row by row from the north-west.

    Args:
        nuts: One of `INDEXED`.
    """
    import numpy as np
    import shapely

    outline = shapely.Polygon(next(one for one in REGIONS if one.code == nuts).vertices)
    known_x, known_y, part, counter = map(int, KNOWN[nuts].split("_"))
    west, south, east, north = outline.bounds
    columns = np.arange(_first(west, known_x), east, TILE, dtype=int)
    rows = np.arange(_first(south, known_y), north, TILE, dtype=int)[::-1]
    y, x = (grid.ravel() for grid in np.meshgrid(rows, columns, indexing="ij"))
    shift = counter - int(np.flatnonzero((x == known_x) & (y == known_y))[0])
    inside = shapely.contains(outline, shapely.box(x, y, x + TILE, y + TILE))
    return {
        f"{x[n]}_{y[n]}_{part}_{(n + shift) % len(x)}": (
            int(x[n]), int(y[n]), int(x[n]) + TILE, int(y[n]) + TILE,
        )
        for n in np.flatnonzero(inside).tolist()
    }  # fmt: skip


def tiles_touched(box: Iterable[float]) -> dict[str, Bounds]:
    """The tiles of all regions of which a box holds a part, by name.

    Args:
        box: xmin, ymin, xmax, ymax in metres, EPSG:3035.
    """
    west, south, east, north = box
    return {
        name: bounds
        for nuts in INDEXED
        for name, bounds in tiles_of(nuts).items()
        if bounds[0] < east and bounds[2] > west and bounds[1] < north and bounds[3] > south
    }


@cache
def index_file(nuts: str) -> bytes:
    """A region's `filename2bbox.parquet`: columns `filename` and `bbox`, four floats each."""
    import pyarrow
    from pyarrow import parquet

    tiles = tiles_of(nuts)
    boxes = [[float(edge) for edge in bounds] for bounds in tiles.values()]
    table = pyarrow.table({"filename": [f"{name}.tif" for name in tiles], "bbox": boxes})
    stream = pyarrow.BufferOutputStream()
    parquet.write_table(table, stream)
    return bytes(stream.getvalue())


def tile_files(name: str) -> TileFiles:
    """A landscape for a tile: the same for the same name, simulated in about a second.

    Args:
        name: Its name in the index, without ending.
    """
    with _simulating:  # once, also where several threads ask at the same time
        return _tile_files(name)


@lru_cache(KEPT)
def _tile_files(name: str) -> TileFiles:
    import numpy as np

    from autograder.patches.landscape.scene import BOCAGE, VALLEY, fresh
    from autograder.patches.landscape.simulate import simulate_patch

    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6])
    rng = np.random.default_rng([seed, 3])
    scene = fresh(rng, (VALLEY, BOCAGE)[seed % 2])
    west, south = map(int, name.split("_")[:2])
    patch = simulate_patch(seed, (west, south, west + TILE, south + TILE), scene)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tile.tif"
        patch.write_bands(file, effort=1)
        image = uncompressed(file)
        labels = {}
        for year in patch.labels:
            patch.write_label(file, year)
            labels[year] = file.read_bytes()
    return TileFiles(image, labels)


def _first(least: float, known: int) -> int:
    """The first multiple of the grid that is not below `least`."""
    return known - int((known - least) // TILE) * TILE
