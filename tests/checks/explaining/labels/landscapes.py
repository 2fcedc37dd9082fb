"""Landscapes on which explanations are tried: the practice patch, and fresh ones, not square."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.checks.explaining.labels.sources import Source, sources
from autograder.checks.explaining.served import Served
from autograder.patches import PRACTICE
from autograder.patches.landscape.simulate import simulate_patch
from utils.reference import LABEL_YEARS

COUNT = 3


@dataclass(frozen=True)
class Landscape:
    """What labels may stem from, those that are right first, and the bands of the patch."""

    sources: list[Source]
    bands: np.ndarray

    @property
    def raw(self) -> np.ndarray:
        """The right labels as they are served."""
        return self.sources[0].codes

    @property
    def right(self) -> np.ndarray:
        """The right labels as the course's helper reads them."""
        return np.where(self.raw >= 254, 0, self.raw).astype(np.uint8)


def any_landscape(rng: np.random.Generator) -> Landscape:
    """One of the landscapes."""
    return landscape(int(rng.integers(COUNT)))


@cache
def landscape(number: int) -> Landscape:
    """A landscape: 0 is the practice patch."""
    if number == 0:
        served = Served(PRACTICE)
        return Landscape(sources(served, 2018), served.patch.bands)
    west, south = 3649000 + 5000 * number, 2331000
    own = simulate_patch(number, (west, south, west + 1200, south + 900 + 200 * number))
    other = simulate_patch(number + 50, (west, south, west + 1000, south + 800))
    found = [Source(own.labels[year], year) for year in LABEL_YEARS]
    found += [Source(other.labels[year], year, "another-patch") for year in LABEL_YEARS]
    return Landscape(found, own.bands)
