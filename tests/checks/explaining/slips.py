"""Slips at random, and whether they are found again: what the tests of explanations share.

Each test module holds its kinds of slips in ``KINDS``; `table` collects them.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.served import Raster, Served
from autograder.patches import PRACTICE
from autograder.patches.build_world import SECOND_PATCH_URL
from autograder.patches.landscape.simulate import simulate_patch
from utils.reference import LAEA


@dataclass(frozen=True)
class Trial:
    """One slip that was made, and what the checker found.

    Attributes:
        found: The explanation.
        key: The key that it should have.
        values: Values that it should hold, among others.
        made: The slip in words, for the message of a failing test.
    """

    found: Explanation | None
    key: str
    values: Mapping[str, str]
    made: str = ""

    @property
    def right(self) -> bool:
        """Whether the slip was found again."""
        return (
            self.found is not None
            and self.found.key == self.key
            and self.values.items() <= self.found.values.items()
        )


Kind = Callable[[np.random.Generator, Served], Trial]
"""Makes one slip at random on what is served, and has it explained."""


@cache
def landscapes() -> tuple[Served, ...]:
    """Two practice patches and two fresh ones, small and not square."""
    return (
        Served(PRACTICE),
        Served(PRACTICE, SECOND_PATCH_URL),
        _fresh(11, (4_000_000, 2_500_000, 4_000_720, 2_500_560)),
        _fresh(12, (3_900_000, 2_600_000, 3_900_480, 2_600_900)),
    )


def _fresh(seed: int, bounds: tuple[float, float, float, float]) -> Served:
    served = Served(PRACTICE)
    patch = simulate_patch(seed, bounds)
    served.__dict__["patch"] = Raster(patch.bands, bounds, LAEA)
    return served


def tried(kinds: Mapping[str, Kind], times: int) -> Iterator[tuple[str, list[Trial]]]:
    """Slips of each kind, ``times`` on each landscape; the same ones every time."""
    for name, kind in kinds.items():
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        yield name, [kind(rng, served) for served in landscapes() for _ in range(times)]
