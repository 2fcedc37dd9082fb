"""Which colour map a picture has, and between which limits, told from its colours alone."""

from dataclasses import dataclass
from functools import cache

import numpy as np

USUAL = (
    "RdYlGn", "viridis", "gray", "Greys", "Greens", "YlGn", "RdYlBu", "RdBu", "BrBG", "PiYG",
    "PRGn", "PuOr", "RdGy", "Spectral", "coolwarm", "bwr", "seismic", "jet", "plasma", "inferno",
    "magma", "cividis", "turbo", "hot", "cool", "spring", "summer", "autumn", "winter", "bone",
    "copper", "terrain", "ocean", "gist_earth", "rainbow", "gist_rainbow", "hsv", "nipy_spectral",
    "Blues", "Reds", "Oranges", "Purples", "YlGnBu", "GnBu", "BuGn", "PuBuGn", "YlOrRd", "YlOrBr",
    "OrRd", "gist_heat", "gist_gray", "twilight", "cubehelix", "brg", "afmhot", "pink", "RdPu",
)  # fmt: skip
"""Colour maps that people take; each may also be reversed."""

CLOSE = 0.01
REVERSED = "_r"


@dataclass(frozen=True)
class Colouring:
    """A colour map between limits.

    Attributes:
        name: Its name.
        low, high: Values that get its first and last colour; ``None`` where the probe does not
            tell them.
    """

    name: str
    low: float | None
    high: float | None


def colouring_of(scale: np.ndarray, probe: np.ndarray, source: str) -> Colouring | None:
    """The colour map that gives some values their colours; ``None`` for one that is not known.

    Args:
        scale: Colours 0-1, shape (n, 3).
        probe: The n values, rising.
        source: The learner's code: of maps with the same colours, the one that stands there.
    """
    if scale.shape != (len(probe), 3):
        return None
    maps = sorted(_maps().items(), key=lambda item: f'"{item[0]}"' not in source.replace("'", '"'))
    for name, colours in maps:
        ends = np.abs(scale[[0, -1], None] - colours).max(axis=2).min(axis=1)
        if ends.max() > CLOSE:
            continue
        distance = np.abs(scale[:, None] - colours).max(axis=2)
        if distance.min(axis=1).max() > CLOSE:
            continue
        limits = _limits(distance.argmin(axis=1) / (len(colours) - 1), probe)
        if limits is not None:
            return Colouring(name, *limits)
    return None


def _limits(places: np.ndarray, probe: np.ndarray) -> tuple[float | None, float | None] | None:
    """Values of the first and the last colour; ``None`` where places do not lie on a line."""
    inside = (places > 0.01) & (places < 0.99)
    if inside.sum() < 3 or np.ptp(places[inside]) < 0.02:
        return (None, None) if (np.diff(places) >= 0).all() else None
    slope, offset = np.polyfit(probe[inside], places[inside], 1)
    line = np.clip(slope * probe + offset, 0, 1)
    if np.abs(line - places).max() > 0.03 or not slope:
        return None
    return float(-offset / slope), float((1 - offset) / slope)


@cache
def _maps() -> dict[str, np.ndarray]:
    """256 colours of each usual map and of its reverse, shape (256, 3)."""
    from matplotlib import colormaps

    steps = np.linspace(0, 1, 256)
    names = [name for name in USUAL if name in colormaps]
    both = [*names, *(name + REVERSED for name in names)]
    return {name: np.asarray(colormaps[name](steps)[:, :3]) for name in both}
