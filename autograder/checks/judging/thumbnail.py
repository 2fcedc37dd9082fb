"""A small picture for the card: what the learner has, and where it differs.

It is made of the learner's own pixels only. Marks show where the expected ones differ, never their
values.
"""

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.explaining import general
from autograder.checks.judging.follow import COLOUR_TOLERANCE
from autograder.checks.reading.colours import as_shown
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt
from utils.reference import LAND_COVER

SIDE = 125
"""Pixels of the longer side: half of a patch's, so that pixels are skipped evenly."""

SMALLEST, LARGEST = 16, 2000
"""Sides of a picture in pixels, at least and at most: a colour scale is no picture."""

COLOURS = 64
GREYS = 16
"""Both keep the two pictures together below 30 kB, even where every pixel is random."""

ALL_DIFFER = 0.9
"""Above this share of differing pixels, a grey picture says no more than the number."""

_STEPS = range(-2, 3)
CROSS = np.array([(step, 0) for step in _STEPS] + [(0, step) for step in _STEPS])
OUTLINE = np.concatenate([CROSS + side for side in ((0, 1), (0, -1), (1, 0), (-1, 0))])
"""Pixels of a mark, as rows and columns from its middle."""

TURNED = ("upside-down", "mirrored", "rows-and-columns-swapped", "turned-by-a-half")


@dataclass(frozen=True)
class Thumbnail:
    """Two small pictures of one array.

    Attributes:
        own: The learner's picture, as a data URI of a PNG.
        marked: The same in grey with a cross at each sampled pixel that differs.
        words: Both in words.
    """

    own: str
    marked: str
    words: str


def thumbnail(fact: Fact, expected: Fact, tolerance: float) -> Thumbnail | None:
    """The small pictures for a fact that is wrong; ``None`` where they would not help.

    Whatever the array holds, nothing is raised.

    Args:
        fact: A learner's fact.
        expected: The reduced fact that was expected.
        tolerance: Largest absolute difference of two pixels that counts as equal (0:
            `COLOUR_TOLERANCE`).
    """
    return attempt(None, _thumbnail, fact, expected, tolerance or COLOUR_TOLERANCE)


def drawn(fact: Fact) -> str:
    """An array as a small picture, a data URI of a PNG; ``""`` where it is none."""
    return attempt("", _drawn_alone, fact)


def _drawn_alone(fact: Fact) -> str:
    picture = _as_picture(fact["array"], _are_codes(fact["array"]))
    return "" if picture is None else _png(_few_colours(picture))


def _few_colours(picture: np.ndarray) -> Any:
    from PIL import Image

    return Image.fromarray(picture).quantize(COLOURS, Image.Quantize.FASTOCTREE)


def _thumbnail(fact: Fact, expected: Fact, tolerance: float) -> Thumbnail | None:
    if not fact["kind"] == expected["kind"] == "array" or fact["shape"] != expected["shape"]:
        return None
    array, positions = fact["array"], np.array(expected["positions"])
    wanted = np.array([float(value) for value in expected["values"]])
    codes = _are_codes(wanted) and _are_codes(array)
    picture = _as_picture(array, codes)
    if picture is None:
        return None
    own = array.ravel()[positions].astype(float)
    unequal = ~np.isclose(own, wanted, rtol=0, atol=tolerance, equal_nan=True)
    alike = array.ndim == 2 and not codes and unequal.mean() > ALL_DIFFER
    if not unequal.any() or (alike and not _is_turned(fact, expected, tolerance)):
        return None
    sampled = _pixels(positions, array.shape)
    differing = _pixels(positions[unequal], array.shape)
    return _drawn(picture, (differing + 0.5) / _sides(array), len(sampled))


def _drawn(picture: np.ndarray, share: np.ndarray, sampled: int) -> Thumbnail:
    """Both pictures and the words for them.

    Args:
        picture: Colours 0-255, shape (H, W, 3).
        share: Where pixels differ, as fractions of the height and of the width.
        sampled: How many pixels were compared.
    """
    from PIL import Image

    small = Image.fromarray(picture)
    return Thumbnail(
        _png(_few_colours(picture)),
        _png(_with_crosses(small, (share * small.size[::-1]).astype(int))),
        f"Your picture; {len(share)} of {sampled} sampled pixels differ, {_where(share)}.",
    )


def _is_turned(fact: Fact, expected: Fact, tolerance: float) -> bool:
    found = general.of_fact(fact, expected, tolerance)
    return found is not None and found.key in TURNED


def _are_codes(array: np.ndarray) -> bool:
    """Whether numbers may be class codes: whole, from 0 to 255, or NaN for no class."""
    numbers = np.nan_to_num(np.asarray(array, dtype=float))
    return bool((numbers == np.rint(numbers)).all() and 0 <= numbers.min() <= numbers.max() < 256)


def _bands_first(shape: tuple[int, ...]) -> bool:
    return len(shape) == 3 and shape[0] == 3 and shape[2] != 3


def _sides(array: np.ndarray) -> tuple[int, ...]:
    """Height and width."""
    return array.shape[1:] if _bands_first(array.shape) else array.shape[:2]


def _pixels(positions: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Rows and columns, each pixel once, of flat positions in an array of bands or of colours."""
    first = 1 if _bands_first(shape) else 0
    return np.unique(np.stack(np.unravel_index(positions, shape)[first : first + 2], 1), axis=0)


def _as_picture(array: np.ndarray, codes: bool) -> np.ndarray | None:
    """An array as few colours 0-255, shape (H, W, 3), uint8; ``None`` where it is no picture."""
    values = np.moveaxis(array, 0, -1) if _bands_first(array.shape) else array
    in_colour = values.ndim == 3 and values.shape[2] in (3, 4)
    if not (in_colour or values.ndim == 2) or values.dtype.kind not in "biuf":
        return None
    if min(values.shape[:2]) < SMALLEST or max(values.shape[:2]) > LARGEST:
        return None
    values, bands = _small(values), values is not array
    if in_colour:
        shown = as_shown(_stretched(values) if bands else values)
    elif codes:
        shown = _painted(values)
    else:
        shown = np.repeat(_stretched(values)[:, :, None], 3, axis=2)
    return np.asarray(np.rint(shown * 255), dtype=np.uint8)


def _stretched(values: np.ndarray) -> np.ndarray:
    """Numbers as brightness 0-1, from their 2nd to their 98th percentile."""
    numbers = np.nan_to_num(np.asarray(values, dtype=float))
    low, high = np.percentile(numbers, (2, 98))
    return np.asarray(np.clip((numbers - low) / max(high - low, 1e-12), 0, 1))


def _painted(codes: np.ndarray) -> np.ndarray:
    """Class codes in the colours of their classes; other codes are white."""
    table = np.ones((256, 3))
    for cover in LAND_COVER:
        table[cover.code] = np.array([*bytes.fromhex(cover.colour[1:])]) / 255
    return np.asarray(table[np.nan_to_num(np.asarray(codes, dtype=float)).astype(int)])


def _small(values: np.ndarray) -> np.ndarray:
    """Evenly spread rows and columns, so that the longer side has `SIDE` pixels."""
    height, width = values.shape[:2]
    sides = [max(1, round(side * SIDE / max(height, width))) for side in (height, width)]
    rows, columns = (
        ((np.arange(side) + 0.5) * full / side).astype(int)
        for side, full in zip(sides, (height, width), strict=True)
    )
    return np.asarray(values[rows[:, None], columns])


def _with_crosses(image: Any, places: np.ndarray) -> Any:
    """The picture in pale grey, with a dark cross in a light outline at each place."""
    from PIL import Image

    margin = 1 + int(np.abs(CROSS).max())
    canvas = np.pad(70 + np.asarray(image.convert("L")).astype(int) // 2, margin)
    for strokes, value in ((OUTLINE, 255), (CROSS, 0)):  # all outlines first: no cross is hidden
        rows, columns = (places[:, None, :] + margin + strokes).reshape(-1, 2).T
        canvas[rows, columns] = value
    levels = canvas[margin:-margin, margin:-margin] * (GREYS - 1) // 255
    indexed = Image.fromarray(levels.astype(np.uint8))
    indexed.putpalette([level * 255 // (GREYS - 1) for level in range(GREYS) for _ in range(3)])
    return indexed


def _where(places: np.ndarray) -> str:
    """Where most places lie, in words; they are fractions from the upper left corner."""
    upper, left = (places < 0.5).mean(axis=0)
    words = [
        near if share >= 2 / 3 else far
        for share, near, far in ((upper, "upper", "lower"), (left, "left", "right"))
        if share >= 2 / 3 or share <= 1 / 3
    ]
    if not words:
        return "all over the picture"
    return f"mostly in the {' '.join(words)} {'half' if len(words) == 1 else 'quarter'}"


def _png(image: Any) -> str:
    """A picture as a data URI."""
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
