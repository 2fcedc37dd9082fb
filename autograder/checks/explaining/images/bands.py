"""Which band of a patch stands in each channel of an array, and how the array lies on the patch.

A channel that was scaled, clipped, bent or rounded is still a rising function of its band, and of
no other: bands differ in their fourth digit at most pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from autograder.checks.explaining.images.lying import (
    BANDS,
    COLUMNS,
    FIRST,
    LAST,
    ROWS,
    Lying,
    cut_out,
    ways,
)

SAMPLES = 150
"""Pixels of each channel that are looked at; as many again between lowest and highest."""

LEAST_VALUES = 6
"""Different numbers that a channel must hold to tell one band from another; a channel with fewer,
such as an overexposed one, is taken for the wanted band where it fits."""


@dataclass(frozen=True)
class Channel:
    """One channel of an array beside the band that it holds, at the sampled pixels.

    Attributes:
        band: Number of the band, counted from 1.
        falling: Whether high reflectance makes low numbers.
        values: The array's numbers, shape (n,).
        light: The band's numbers, shape (n,).
    """

    band: int
    falling: bool
    values: np.ndarray
    light: np.ndarray


@dataclass(frozen=True)
class Match:
    """How an array was made of bands.

    Attributes:
        lying: How it lies on the patch.
        channels: Its channels, in order.
    """

    lying: Lying
    channels: tuple[Channel, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """Number of the band in each channel, counted from 1."""
        return tuple(channel.band for channel in self.channels)


def find(
    array: np.ndarray, bands: np.ndarray, wanted: tuple[int, ...], axes: tuple[int, ...]
) -> Match | None:
    """The simplest way to make an array of a patch's bands, whatever was done to the numbers.

    Args:
        array: The learner's array, of any shape and number type.
        bands: The patch, shape (bands, rows, columns).
        wanted: Numbers of the bands that are asked for: where several fit, they are taken.
        axes: The order of axes that is asked for, see `lying.ways`.

    Returns:
        ``None`` where no way reproduces it, also for a channel of a few different numbers.
    """
    shape = tuple(length for length in array.shape if length != 1)
    if not array.size or len(shape) not in (1, 2, 3):
        return None
    flat = _sample(array.ravel())
    values = array.ravel()[flat].astype(float)
    for lying in chain(
        ways(shape, bands.shape[1:], axes), _cut_out(array, shape, bands, wanted, axes)
    ):
        channels = _channels(values, bands, lying, flat, wanted)
        if channels:
            return Match(lying, channels)
    return None


def _cut_out(
    array: np.ndarray,
    shape: tuple[int, ...],
    bands: np.ndarray,
    wanted: tuple[int, ...],
    axes: tuple[int, ...],
) -> Iterator[Lying]:
    """The place from which an array may be cut out, judged by its first channel."""
    orders: list[tuple[int, ...]] = [(ROWS, COLUMNS)] if len(shape) == 2 else []
    if len(shape) == 3:
        orders = [order for order in (FIRST, LAST) if shape[order.index(BANDS)] <= 4]
    for order in orders if wanted else []:
        channel = array.reshape(shape)
        if BANDS in order:
            channel = channel.take(0, axis=order.index(BANDS))
        lying = cut_out(shape, order, channel, bands[wanted[0] - 1])
        if lying:
            yield lying


def _sample(values: np.ndarray) -> np.ndarray:
    """Flat positions of some numbers: at random, and between the extremes, where most are cut."""
    rng = np.random.default_rng(values.size)
    anywhere = rng.integers(0, values.size, 3 * SAMPLES)
    with np.errstate(invalid="ignore"):
        between = np.flatnonzero((values > np.nanmin(values)) & (values < np.nanmax(values)))
    if not between.size:
        return anywhere
    return np.concatenate([anywhere, rng.choice(between, 3 * SAMPLES)])


def _channels(
    values: np.ndarray, bands: np.ndarray, lying: Lying, flat: np.ndarray, wanted: tuple[int, ...]
) -> tuple[Channel, ...]:
    """The channels of an array; none where one of them holds no band."""
    channel, rows, columns = lying.places(flat)
    light = bands[:, rows, columns]
    found, telling = [], 0
    for slot in range(int(channel.max()) + 1):
        here = (channel == slot) & np.isfinite(values)
        first = wanted[slot] if slot < len(wanted) else 0
        tells = np.unique(values[here]).size >= LEAST_VALUES
        band = _band(values[here], light[:, here], first)
        if band is None or not (tells or band[0] == first):
            return ()
        telling += tells
        number, falling = band
        found.append(Channel(number, falling, values[here], light[number - 1, here]))
    return tuple(found) if telling else ()


def _band(values: np.ndarray, light: np.ndarray, wanted: int) -> tuple[int, bool] | None:
    """The band of which a channel is a rising or falling function; the wanted one, if it fits."""
    if not values.size:
        return None
    order = np.argsort(light, axis=1)
    steps = np.diff(np.take_along_axis(light, order, axis=1), axis=1)
    changes = np.diff(values[order], axis=1)
    slack = 1e-6 * np.abs(values).max()
    same = steps == 0
    steady = (~same | (np.abs(changes) <= slack)).all(axis=1)
    rising = steady & (same | (changes >= -slack)).all(axis=1)
    falling = steady & (same | (changes <= slack)).all(axis=1)
    for fits, is_falling in ((rising, False), (falling, True)):
        if 0 < wanted <= fits.size and fits[wanted - 1]:
            return wanted, is_falling
        if fits.any():
            return int(np.argmax(fits)) + 1, is_falling
    return None
