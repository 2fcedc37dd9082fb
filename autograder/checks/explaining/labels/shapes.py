"""Arrays that are no table of codes: stacks, lists, counts, pictures, bands of the image."""

from collections.abc import Sequence

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels import recoded
from autograder.checks.explaining.labels.recoded import Numbered
from autograder.checks.explaining.labels.sources import Source

SAMPLES = 500
"""Pixels in which an array is compared with a band."""

FEWEST = 30
"""Pixels of them that must not be clipped."""

ALIKE = 0.98
"""Correlation from which on an array is that band, scaled and clipped at most."""

COLOUR_BITS = 8


def shape_of(array: np.ndarray) -> str:
    """A shape as numpy writes it."""
    return str(tuple(int(length) for length in array.shape))


def stacked(array: np.ndarray, sources: Sequence[Source], bands: np.ndarray) -> Explanation | None:
    """What an array of three axes is.

    Args:
        array: Any numbers, three axes.
        sources: Labels that it may stem from.
        bands: Those of the patch, shape (bands, rows, columns).
    """
    for axis in (2, 0):
        layers = np.moveaxis(array, axis, 0)
        if len(layers) > 20:
            continue
        values = {"shape": shape_of(array), "layers": str(len(layers))}
        if _same_layers(layers) and recoded.made_of(layers[0], sources):
            return Explanation("labels-repeated", values)
        if len(layers) > 2 and np.isin(layers, (0, 1)).all() and (layers.sum(axis=0) <= 1).all():
            chosen = Numbered.of(np.where(layers.any(axis=0), layers.argmax(axis=0) + 1, 0))
            if recoded.made_of_places(chosen, sources):
                return Explanation("labels-one-hot", values)
        if len(layers) in (3, 4) and recoded.made_of_places(_colours(layers), sources):
            return Explanation("labels-painted", values)
        if any(band_of(layer, bands) for layer in layers[:3]):
            return Explanation("labels-image-instead", values)
    return None


def _same_layers(layers: np.ndarray) -> bool:
    return len(layers) > 1 and all(np.array_equal(layer, layers[0]) for layer in layers[1:])


def _colours(layers: np.ndarray) -> Numbered:
    """The colours of pixels, told apart."""
    top = 1 if layers.max() <= 1 else 255
    steps = np.rint(np.clip(np.nan_to_num(layers.astype(float)), 0, top) * (255 // top)).astype(int)
    mixed = np.zeros(layers.shape[1:], int)
    for layer in steps[:3]:
        mixed = (mixed << COLOUR_BITS) + layer
    found = Numbered.of(mixed)
    few = 1 < found.values.size <= recoded.MAX_VALUES
    return found if few else Numbered(np.zeros((1, 1), int), np.zeros(1))


def band_of(layer: np.ndarray, bands: np.ndarray) -> int:
    """Which band of the patch a layer is, from 1, scaled and clipped at most; 0 for none."""
    if layer.shape != bands.shape[1:] or not np.isfinite(layer).all():
        return 0
    step = max(1, layer.size // SAMPLES) | 1
    some = layer.ravel()[::step].astype(float)
    inside = (some > some.min()) & (some < some.max())  # what is clipped is not in proportion
    if inside.sum() < FEWEST or np.ptp(some[inside]) == 0:
        return 0
    alike = [_correlation(some[inside], band.ravel()[::step][inside]) for band in bands]
    return int(np.argmax(alike)) + 1 if max(alike) >= ALIKE else 0


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one, other)[0, 1]) if np.ptp(other) else 0.0


def flat(array: np.ndarray, sources: Sequence[Source]) -> Explanation | None:
    """What a row of numbers is: all pixels, the codes that occur, or how often they do.

    Args:
        array: Numbers with one axis, or with two of which one has at most two places.
        sources: Labels that it may stem from.
    """
    for source in sources:
        if array.ndim == 1 and array.size == source.codes.size:
            table = array.reshape(source.codes.shape)
            if recoded.made_of(table, [source]):
                return Explanation("labels-in-one-row", {"count": str(array.size)})
    pairs = array if array.ndim == 2 and array.shape[0] == 2 else array.T
    rows = list(pairs) if array.ndim == 2 else [array]
    if any(_counts_pixels(row, sources) for row in rows):
        return Explanation("labels-counted", {"count": str(rows[0].size)})
    if any(_lists_codes(row, sources) for row in rows):
        return Explanation("labels-only-codes", {"count": str(rows[0].size)})
    return None


def _counts_pixels(row: np.ndarray, sources: Sequence[Source]) -> bool:
    """Whether numbers say how many pixels there are of each code."""
    for source in sources:
        counts = np.bincount(source.codes.ravel(), minlength=256)
        own = np.sort(row[row > 0])
        if own.size > 2 and np.array_equal(own, np.sort(counts[counts > 0])):
            return True
    return False


def _lists_codes(row: np.ndarray, sources: Sequence[Source]) -> bool:
    """Whether numbers are the codes that occur, each once."""
    return row.size > 1 and any(
        np.array_equal(np.sort(row), np.unique(source.codes)) for source in sources
    )
