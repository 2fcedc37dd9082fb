"""What is wrong with the system and the bounds of a patch, as the file carries them."""

from collections.abc import Mapping
from itertools import permutations

import numpy as np

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import PIXEL_SIZE, WGS84

EDGES = ("left", "bottom", "right", "top")
METRE = 1e-3


def bounds(name: str) -> Explain:
    """An explainer of bounds: left, bottom, right, top in metres, four numbers.

    Args:
        name: Fact with the numbers.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact == {"kind": "other", "type": "Affine"}:
            return Explanation("transform-for-bounds")
        if fact["kind"] != "numbers" or not np.isfinite(fact["values"]).all():
            return None
        return _of_numbers(np.array(fact["values"], dtype=float), served)

    return explain


def _of_numbers(found: np.ndarray, served: Served) -> Explanation | None:
    from rasterio.warp import transform_bounds

    patch = served.patch
    right = np.array(patch.bounds)
    if found.size != len(EDGES):
        return Explanation("bounds-of-another-length", {"count": str(found.size)})
    for order in permutations(range(len(EDGES))):
        if np.allclose(found, right[list(order)], rtol=0, atol=METRE):
            names = ", ".join(EDGES[place] for place in order)
            return Explanation("bounds-in-another-order", {"found": names})
    if {float(PIXEL_SIZE), right[0]} <= set(found):
        return Explanation("transform-for-bounds")
    degrees = np.array(transform_bounds(patch.crs, WGS84, *patch.bounds))
    if np.allclose(np.sort(found), np.sort(degrees), rtol=0, atol=0.05):
        return Explanation("bounds-in-degrees")
    if np.allclose(found * 1000, right, rtol=0, atol=1):
        return Explanation("bounds-in-kilometres")
    rows, columns = patch.bands.shape[1:]
    if sorted(found) == sorted((0, 0, rows, columns)):
        return Explanation("bounds-in-pixels")
    for raster in served.other_patches.values():
        if np.allclose(found, raster.bounds, rtol=0, atol=METRE):
            return Explanation("bounds-of-another-patch")
    wrong = [edge for edge, off in zip(EDGES, np.abs(found - right), strict=True) if off > METRE]
    if len(wrong) == 1:
        return Explanation("one-bound-differs", {"edge": wrong[0]})
    if np.abs(found - right).max() <= 20:
        return Explanation("bounds-close", {"difference": f"{np.abs(found - right).max():.3g}"})
    return None


def system(name: str) -> Explain:
    """An explainer of a coordinate reference system that is not the file's.

    Args:
        name: Fact with the system, as `frames.crs` reads it.
    """

    def explain(
        evidence: Evidence, expected: Mapping[str, Fact], served: Served
    ) -> Explanation | None:
        fact = evidence[name]
        if fact["kind"] != "text":
            return None
        found = fact["text"]
        if found == "no CRS":
            return Explanation("no-system")
        if not found.startswith("EPSG:") or len(found) > 12:
            return Explanation("system-without-a-code")
        return Explanation("other-system", {"found": found, "expected": served.patch.crs})

    return explain
