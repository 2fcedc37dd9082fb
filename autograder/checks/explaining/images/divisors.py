"""Where a number comes from by which a picture was divided: a percentile, a maximum, a constant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CONSTANTS = (1.0, 10_000.0, 255.0, 65_535.0, 100.0, 1000.0, 1 / 255, 1 / 10_000, 4096.0, 3000.0)
PERCENTILES = (98, 99, 95, 90, 2, 1, 5, 50)
FRACTIONS = (0.98, 0.02)
"""Percentiles that people take, and those meant as a share; others count if the code has them."""


KINDS = ("percentile", "fraction", "maximum", "minimum", "mean", "deviation")


@dataclass(frozen=True)
class Source:
    """Where a number comes from.

    Attributes:
        what: ``percentile``, ``fraction`` (a percentile written as a share of 1), ``maximum``,
            ``minimum``, ``mean``, ``deviation`` or ``constant``; ``product`` where a percentile
            was multiplied by.
        of: ``all`` values, ``each`` band, ``one`` band, another ``image``, all ``layers``; ``""``
            for a constant.
        number: The percentile or the constant.
        band: Number of the one band.
    """

    what: str
    of: str = ""
    number: float = 0.0
    band: int = 0


@dataclass(frozen=True)
class Written:
    """The numbers that stand in a learner's code.

    Attributes:
        numbers: All of them; empty where the code is not known.
    """

    numbers: tuple[float, ...] = ()

    def has(self, value: float, slack: float) -> bool:
        """Whether a number, or one divided by it, stands in the code."""
        either = np.array([value, 1 / value if value else 0.0])
        near = np.isclose(either, np.array(self.numbers)[:, None], rtol=slack, atol=0)
        return bool(near.any())

    def all_of(self, numbers: Sequence[float]) -> bool:
        """Whether some whole numbers stand in the code, or nothing is known of the code."""
        return not self.numbers or set(numbers) <= set(self.numbers)

    @property
    def shares(self) -> Iterator[tuple[str, float]]:
        """What percentile may have been taken: those in the code first, then the usual ones."""
        typed = [item for item in self.numbers if 0 < item < 100]
        for item in dict.fromkeys((*typed, *map(float, PERCENTILES), *FRACTIONS)):
            yield "percentile" if item >= 1 else "fraction", item


def source_of(
    value: float, values: np.ndarray, of: str, width: float, written: Written, band: int = 0
) -> Source:
    """Where a number comes from, of some values; a ``constant`` where nothing fits.

    Args:
        value: The number.
        values: The values, of any shape.
        of: What the values are, as in `Source`.
        width: How far the number may be off.
        written: The numbers in the learner's code.
        band: Number of the band, where they are of one.
    """
    flat = values.ravel()
    for what, number in _candidates(value, flat, width, written):
        if abs(value - _computed(what, number, flat)) <= width:
            return Source(what, of, number, band)
    return Source("constant", "", value)


def _candidates(
    value: float, values: np.ndarray, width: float, written: Written
) -> Iterator[tuple[str, float]]:
    """What a number may be, of some values, likeliest first."""
    if abs(value - values.max()) <= width:
        yield "maximum", 0.0
    if abs(value - values.min()) <= width:
        yield "minimum", 0.0
    below = 100 * float((values < value - width).mean()) - 0.1
    above = 100 * float((values <= value + width).mean()) + 0.1
    yield from ((what, item) for what, item in written.shares if below <= item <= above)
    yield "mean", 0.0
    yield "deviation", 0.0


def _computed(what: str, number: float, values: np.ndarray) -> float:
    if what in ("percentile", "fraction"):
        return float(np.percentile(values, number))
    if what == "mean":
        return float(values.mean())
    if what == "deviation":
        return float(values.std())
    return float(values.max() if what == "maximum" else values.min())


def constant(value: float, slack: float, written: Written) -> float | None:
    """A number that was typed in, or that people divide by; ``None`` for any other."""
    near = (item for item in CONSTANTS if np.isclose(value, item, rtol=slack, atol=0))
    return next(near, value if written.has(value, slack) else None)


def of_all(
    value: float,
    stack: np.ndarray,
    others: Mapping[str, np.ndarray],
    slack: float,
    written: Written,
    bands: Sequence[int],
) -> Source:
    """Where the one number comes from by which all channels were divided.

    Args:
        value: The number.
        stack: The bands of the picture, shape (bands, rows, columns).
        others: Other values, by what they are.
        slack: How far the number may be off, as a share.
        written: The numbers in the learner's code.
        bands: Number of each band of the picture.
    """
    usual = constant(value, slack, written)
    if usual is not None:
        return Source("constant", "", usual)
    width = slack * abs(value)
    groups = [(stack, "all", 0)]
    groups += [(layer, "one", band) for band, layer in zip(bands, stack, strict=True)]
    groups += [(values, of, 0) for of, values in others.items()]
    for values, of, band in groups:
        found = source_of(value, values, of, width, written, band)
        if found.what in (("percentile", "maximum") if of != "all" else KINDS):
            return found
    if abs(1 / value - np.percentile(stack, 98)) <= slack / value:
        return Source("product", "all", 98.0)
    return Source("constant", "", value)
