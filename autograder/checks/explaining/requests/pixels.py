"""Which bands an ordered image shows, read from its pixels and the image that is served."""

from collections.abc import Sequence

import numpy as np

from autograder.checks.explaining.requests.image import RED_GREEN_BLUE
from autograder.checks.explaining.served import Raster, Served
from autograder.checks.reading.facts import Evidence
from utils.reference import BANDS

SIDE = 60
"""Rows and columns of the sample that is compared."""

SURE = 0.97
"""Share of neighbours in the order of a band that must not fall in a channel that shows it: a
script may treat a few pixels, such as clouds, otherwise."""

LEAST_VALUES = 20
"""Fewer different values do not tell one band from another."""


def places(size: int) -> np.ndarray:
    """Rows or columns of the sample, of so many."""
    return np.linspace(0, size - 1, min(SIDE, size)).round().astype(int)


def shown(evidence: Evidence, served: Served) -> list[str]:
    """The band in each channel of the image that was saved; ``""`` where none is sure."""
    pixels, size, box = (evidence[name] for name in ("pixels", "image_size", "bbox"))
    if pixels["kind"] != "array" or len(pixels["shape"]) != 3 or box["kind"] != "numbers":
        return []
    rows, columns = (int(value) for value in size["values"])
    source = sample(served.bulgaria, box["values"], rows, columns)
    return [of_channel(channel, source) for channel in pixels["array"][:3]]


def sample(image: Raster, box: Sequence[float], rows: int, columns: int) -> np.ndarray:
    """All bands of an image in degrees at the places of a sample.

    Args:
        image: The image that is served.
        box: West, south, east, north of the picture that was ordered.
        rows: Its height in pixels.
        columns: Its width.
    """
    west, south, east, north = box
    left, bottom, right, top = image.bounds
    height, width = image.bands.shape[1:]
    latitudes = north - (places(rows) + 0.5) * (north - south) / rows
    longitudes = west + (places(columns) + 0.5) * (east - west) / columns
    down = np.clip((top - latitudes) / (top - bottom) * height, 0, height - 1).astype(int)
    across = np.clip((longitudes - left) / (right - left) * width, 0, width - 1).astype(int)
    return image.bands[:, down[:, None], across[None, :]]


def of_channel(channel: np.ndarray, source: np.ndarray) -> str:
    """The band that a channel shows, brightened in any way; ``""`` where none is sure.

    Args:
        channel: Shape (rows, columns).
        source: All bands at the same places.
    """
    if channel.shape != source.shape[1:] or np.unique(channel).size < LEAST_VALUES:
        return ""
    values = channel.ravel().astype(float)
    shares = [_rises(values, band.ravel()) for band in source]
    best = int(np.argmax(shares))
    return BANDS[best].evalscript if shares[best] >= SURE else ""


def _rises(values: np.ndarray, band: np.ndarray) -> float:
    """Share of steps up in a band at which the values do not fall."""
    order = np.lexsort((values, band))
    steps = np.diff(band[order].astype(float)) > 0
    return float((np.diff(values[order])[steps] >= 0).mean()) if steps.any() else 0.0


def is_true_colour(evidence: Evidence, served: Served) -> bool:
    """Whether the image shows red, green and blue, whatever its script looks like."""
    return shown(evidence, served) == RED_GREEN_BLUE
