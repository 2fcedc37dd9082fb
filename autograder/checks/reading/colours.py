"""Turn numbers into the colours that a person sees: norm, colour map, opacity, white page."""

import copy
from typing import Any

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt, from_library

MAX_COLOURS = 100_000
"""Longest colour map that is used: it makes a table of that length."""

LONGEST_TABLE = 300
"""Longest colour map of which every colour is told."""

UNREADABLE = facts.text("could not be read")
"""Stands for colours that cannot be read."""


def scale_of(image: Any, probe: np.ndarray) -> Fact:
    """Colours 0-1, shape (n, 3), that an image or other mappable gives to the n probe values."""
    return attempt(UNREADABLE, coloured, image, np.ma.asarray(probe))


def table_of(image: Any) -> Fact:
    """The colours of a mappable's colour map, 0-1, shape (n, 3); missing for a long one."""
    cmap = copy.copy(image.get_cmap())
    if not 0 < cmap.N <= LONGEST_TABLE:
        return facts.missing("has another number of colours")
    return facts.array(np.array(facts.array(cmap(np.arange(cmap.N)))["array"][:, :3]))


def limits_of(image: Any) -> Fact:
    """The numbers that get the first and the last colour of a mappable."""
    norm = image.norm
    if not from_library(norm):
        return facts.missing("has limits of its own")
    return facts.numbers([norm.vmin, norm.vmax], 2)


def coloured(image: Any, values: Any) -> Fact:
    """Colours 0-1 of numbers, shape (…, 3), as an image draws them on the white page."""
    rgba = rgba_of(image, values)
    return UNREADABLE if rgba is None else facts.array(_on_white(rgba))


def rgba_of(image: Any, values: Any) -> np.ndarray | None:
    """Numbers in the colours of an image, 0-1, shape (…, 4); ``None`` where it gives none.

    Its norm and colour map are not changed. Both may be of a learner's own class, so what they
    return is not trusted.
    """
    if values.ndim == 3:
        colours = _clipped(np.ma.filled(values.astype(float), np.nan), values.dtype.kind in "iu")
        if colours.shape[2] == 3:
            colours = np.dstack([colours, np.ones(colours.shape[:2])])
    else:
        norm, cmap = copy.deepcopy(image.norm), copy.copy(image.get_cmap())
        if not 0 < cmap.N <= MAX_COLOURS:
            return None
        scaled = norm(np.ma.masked_invalid(values))
        if facts.array(scaled).get("shape") != [*values.shape]:
            return None
        given = facts.array(cmap(scaled))
        if given["kind"] != "array" or given["shape"] != [*values.shape, 4]:
            return None
        colours = given["array"].astype(float)
    alpha = image.get_alpha()
    if type(alpha) in (int, float):
        colours = np.concatenate([colours[..., :3], colours[..., 3:] * alpha], axis=-1)
    return colours


def opaque(image: Any, values: Any) -> bool:
    """Whether nothing below an image can be seen."""
    rgba = attempt(None, rgba_of, image, values)
    return rgba is None or bool((rgba[..., 3] > 0.999).all())


def layered(images: list[Any], values: list[Any]) -> Fact:
    """Colours of several images that lie on each other, the last one on top."""
    page = np.ones((*values[0].shape[:2], 3))
    for image, numbers in zip(images, values, strict=True):
        rgba = rgba_of(image, numbers)
        if rgba is not None:
            page = rgba[..., :3] * rgba[..., 3:] + page * (1 - rgba[..., 3:])
    return facts.array(page)


def rendered(image: Any, values: Any, probe: np.ndarray) -> tuple[Fact, Fact]:
    """Colours of the pixels, and of the probe values, as the image would be drawn."""
    colours = attempt(UNREADABLE, coloured, image, values)
    if values.ndim == 3:
        return colours, facts.missing("is a picture in colour")
    return colours, attempt(UNREADABLE, coloured, image, np.ma.asarray(probe))


def is_rgb(fact: Fact) -> bool:
    """Whether a fact is an array that matplotlib shows as a picture in colour."""
    return (
        fact["kind"] == "array"
        and fact["array"].ndim == 3
        and fact["array"].shape[2] in (3, 4)
        and fact["array"].size > 0
    )


def _on_white(colours: np.ndarray) -> np.ndarray:
    """RGBA over the white page, as RGB: masked pixels are transparent, hence white."""
    alpha = colours[..., 3:]
    return colours[..., :3] * alpha + (1 - alpha)


def as_shown(values: np.ndarray) -> np.ndarray:
    """An RGB or RGBA array as matplotlib shows it: floats clipped to 0-1, integers out of 255."""
    return _in_colour(np.asarray(values, dtype=float), values.dtype.kind in "iu")


def _in_colour(values: np.ndarray, whole: bool) -> np.ndarray:
    """Float RGB or RGBA values as colours 0-1 on the white page, shape (H, W, 3)."""
    colours = _clipped(values, whole)
    return _on_white(colours) if colours.shape[2] == 4 else colours


def _clipped(values: np.ndarray, whole: bool) -> np.ndarray:
    """RGB or RGBA values as colours 0-1: floats clipped, whole numbers out of 255."""
    colours = values / 255 if whole else values
    if colours.size and colours.min() >= 0 and colours.max() <= 1:  # never so with NaN
        return colours.copy()
    return np.clip(np.nan_to_num(colours), 0, 1)
