"""The rectangles of a world: the patch, the other patches, the regions."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from autograder.checks.explaining.places.rectangles import Rectangle
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import TYPED_IN, Evidence, Fact
from autograder.patches.draw_footprint import read_regions
from utils.reference import LAEA, PRACTICE_PATCH_URL


class Header(NamedTuple):
    """Where a patch lies, and its size in pixels."""

    rectangle: Rectangle
    columns: int
    rows: int


def patch(expected: Mapping[str, Fact], name: str, crs: str = LAEA) -> Rectangle:
    """The patch, from a fact of the solution: an outline, or four numbers in order.

    Raises:
        KeyError, ValueError: The fact is neither.
    """
    return Rectangle(bounds_of(expected[name]), crs)


def bounds_of(fact: Fact) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of an outline, or four numbers.

    Raises:
        KeyError, ValueError: The fact is neither.
    """
    if fact["kind"] == "geometry":
        left, bottom, right, top = shape(fact).bounds
    else:
        left, bottom, right, top = fact["values"]
    return left, bottom, right, top


def shape(fact: Fact) -> Any:
    """The shapely geometry of a fact of kind ``geometry``."""
    import shapely

    return shapely.from_wkt(fact["wkt"])


def header(served: Served, url: str = "") -> Header:
    """Where a patch lies, and its size, without its bands; the learner's own by default."""
    files = served.world.patches
    file = files.get(url or served.url) or files[PRACTICE_PATCH_URL]
    return _header(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _header(file: Path, _modified: int) -> Header:
    import rasterio

    with rasterio.open(file) as source:
        crs = f"EPSG:{source.crs.to_epsg()}"
        return Header(Rectangle(tuple(source.bounds), crs), source.width, source.height)


def other_patches(served: Served) -> dict[str, Rectangle]:
    """The other patches that are served, by the part of their name that differs."""
    own = served.url if served.url in served.world.patches else PRACTICE_PATCH_URL
    others = (url for url in served.world.patches if url != own)
    return {PurePosixPath(url).stem: header(served, url).rectangle for url in others}


def regions(served: Served, key: str = "NUTS_NAME") -> dict[str, Any]:
    """The outlines of the regions in EPSG:3035, shapely, by their names or codes."""
    return read_regions(served.world.nuts, key)


def region_boxes(served: Served) -> dict[str, Rectangle]:
    """The upright boxes around the regions, by their names."""
    outlines = regions(served).items()
    return {name: Rectangle(tuple(outline.bounds), LAEA) for name, outline in outlines}


def pixels(served: Served) -> tuple[int, int]:
    """Columns and rows of the patch."""
    return header(served).columns, header(served).rows


def as_computed(evidence: Evidence, name: str) -> tuple[Fact, bool]:
    """A fact, and whether its numbers were typed in: then the fact as it was before that."""
    fact = evidence[name]
    return (evidence[f"typed {name}"], True) if fact == TYPED_IN else (fact, False)
