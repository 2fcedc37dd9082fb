"""Compare two worlds by what they hold, not by how their files are packed."""

import json

import numpy as np
import rasterio

from autograder.patches.world import World

TOLERATED = 1e-4
"""Share of the pixels of a raster that may differ.

Processors round the last bit of sine and exponential differently, which now and then tips a pixel.
"""


def differences(one: World, other: World) -> list[str]:
    """What differs between two worlds, in a line each; empty if they are the same."""
    found = []
    if [path.relative_to(one.folder) for path in one.files] != [
        path.relative_to(other.folder) for path in other.files
    ]:
        return ["world.json: other files"]
    for path in one.files:
        name = path.relative_to(one.folder)
        twin = other.folder / name
        if path.suffix == ".tif":
            share = _differing_pixels(str(path), str(twin))
            same = share <= TOLERATED
        else:
            share = 1.0
            same = json.loads(path.read_bytes()) == json.loads(twin.read_bytes())
        if not same:
            found.append(f"{name}: differs ({share:.2%})")
    return found


def _differing_pixels(one: str, other: str) -> float:
    """Share of the values that differ; 1 if the grids do."""
    with rasterio.open(one) as first, rasterio.open(other) as second:
        if (first.profile, first.bounds) != (second.profile, second.bounds):
            return 1.0
        return float(np.mean(first.read() != second.read()))
