"""Comparisons with a learner's own earlier result: a mistake does not cost points twice.

What follows from an own result counts where that result carries information of the patch: a
picture of one pixel is no picture, and an outline of made-up numbers no outline.
"""

from collections.abc import Iterator

import numpy as np

from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import Comparison
from autograder.checks.reading.colours import as_shown, is_rgb
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.frames import METRE_TOLERANCE
from utils.reference import LABEL_YEARS, PIXEL_SIZE

COLOUR_TOLERANCE = 0.012
"""Three steps of 256: rounding to bytes on the way to the screen."""

MOST_CHANNELS = 14
"""Most channels of an array that are looked at."""

MOSTLY = 0.7
"""An array with a smaller share of pixels that differ from their neighbours is one of areas."""

RELATED = 0.2
"""Least correlation, from pixel to pixel, of arrays that have to do with each other. Of the arrays
that an exercise asks for it is above 0.4; of noise, slopes and constants below 0.02."""


def same_pixels(left: np.ndarray, right: np.ndarray, tolerance: float) -> bool:
    """Whether two arrays have one shape and the same numbers; NaN equals NaN."""
    return left.shape == right.shape and bool(
        (left == right).all()  # mostly so, and quickly seen
        or np.allclose(left, right, rtol=0, atol=tolerance, equal_nan=True)
    )


def shows(picture: str, own: str) -> Comparison:
    """A comparison: the picture must show the learner's own array, or else be the expected one.

    Args:
        picture: Fact with the colours of a panel.
        own: Fact with the RGB array that it should show.
    """

    def comparison(evidence: Evidence, expected: Fact) -> Difference | None:
        panel, array = evidence[picture], evidence[own]
        if is_picture_of(panel, array):
            return None
        return compare(panel, expected, COLOUR_TOLERANCE)

    return comparison


def is_picture_of(panel: Fact, array: Fact) -> bool:
    """Whether the colours of a panel are those of an RGB array as matplotlib shows it."""
    return (
        panel["kind"] == "array"
        and is_rgb(array)
        and same_pixels(panel["array"], as_shown(array["array"]), COLOUR_TOLERANCE)
    )


def same_as(fact: str, own: str, tolerance: float) -> Comparison:
    """A comparison: the array must be the learner's earlier one, or the expected one; NaN is 0."""

    def comparison(evidence: Evidence, expected: Fact) -> Difference | None:
        left, right = evidence[fact], evidence[own]
        if left["kind"] == right["kind"] == "array":
            mine, earlier = np.nan_to_num(left["array"]), np.nan_to_num(right["array"])
            if same_pixels(mine, earlier, tolerance):
                return None
            left = left | {"array": mine}
        return compare(left, expected, tolerance)

    return comparison


# --- whether a result has to do with the patch ----------------------------------------------------


def outline_of_patch(outline: Fact, served: Served) -> bool:
    """Whether an outline was made of the bounds of the patch, however they were mixed up.

    It encloses at least a pixel, and two of its sides are sides of the patch.
    """
    if outline["kind"] != "geometry":
        return False
    import shapely

    shape = shapely.from_wkt(outline["wkt"])
    west, south, east, north = shape.bounds
    if not shape.is_valid or min(east - west, north - south) < PIXEL_SIZE or not shape.area:
        return False
    sides = np.array([[west, south, east, north]]).T
    own = np.abs(sides - np.array(served.patch.bounds)) <= METRE_TOLERANCE
    return bool(own.any(axis=0).sum() >= 2)


def carries_patch(array: np.ndarray, served: Served) -> bool:
    """Whether an array changes from pixel to pixel as bands or labels of the patch do.

    However it was scaled, cut, mirrored or turned: a mistake is no invention.

    Args:
        array: Shape (rows, columns), with channels behind or in front of these.
        served: What is served, which a label for another year or place comes from as well.
    """
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3:
        return False
    channels = np.moveaxis(array, int(np.argmin(array.shape)), 0)[:MOST_CHANNELS]
    rows_columns = served.patch.bands.shape[1:]
    if channels.shape[1:] not in (rows_columns, rows_columns[::-1]):
        return False
    with np.errstate(all="ignore"):
        known = _changes(_served_arrays(served, rows_columns))
        return any(
            bool((np.abs(_changes(turned) @ known.T) >= RELATED).any())
            for turned in _turned(np.nan_to_num(channels.astype(np.float32)))
            if turned.shape[1:] == rows_columns
        )


def _served_arrays(served: Served, rows_columns: tuple[int, ...]) -> np.ndarray:
    labels = (raster for year in LABEL_YEARS for raster in served.labels(year))
    bands = [raster.bands for raster in (served.patch, *labels)]
    fitting = [part.astype(np.float32) for part in bands if part.shape[1:] == rows_columns]
    return np.nan_to_num(np.concatenate(fitting))


def _turned(channels: np.ndarray) -> Iterator[np.ndarray]:
    for one in (channels, channels.transpose(0, 2, 1)):
        yield from (one, one[:, ::-1], one[:, :, ::-1], one[:, ::-1, ::-1])


def _changes(channels: np.ndarray) -> np.ndarray:
    """How channels change from pixel to pixel, in both directions, about the mean, of length 1.

    Of maps of classes also where they change, whatever the classes are called.
    """
    steps = [np.diff(channels, axis=axis).reshape(len(channels), -1) for axis in (1, 2)]
    both = np.concatenate(steps, axis=1)
    places = (both != 0).astype(np.float32)
    found = np.concatenate([both, places[places.mean(axis=1) < MOSTLY]])
    found -= found.mean(axis=1, keepdims=True)
    size = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, size, out=np.zeros_like(found), where=size > 0)
