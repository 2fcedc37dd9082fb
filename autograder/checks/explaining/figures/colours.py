"""The colours of the classes: official ones, their names, and paler ones."""

import numpy as np

from utils.reference import LAND_COVER

COLOURS = np.array([[*bytes.fromhex(cover.colour[1:])] for cover in LAND_COVER]) / 255
"""Official colours of the classes, 0-1, shape (11, 3): row 0 is class 1."""

NAMES = tuple(cover.name for cover in LAND_COVER)

TOLERANCE = 0.035
"""Largest difference of two colours that count as equal: public lists of the classes differ from
the official one by up to eight steps of 255."""

FAINTEST = 0.5
"""Least opacity of a class map: below, each pixel shows more of the page than of its class."""


def class_of(colour: np.ndarray) -> int:
    """The class whose colour this is; 0 for none."""
    near = np.abs(COLOURS - colour).max(axis=1) <= TOLERANCE
    return int(near.argmax()) + 1 if near.any() else 0


def opacity(seen: np.ndarray, wanted: np.ndarray) -> float:
    """The opacity at which colours look as they are seen on white; 0 where none does.

    Args:
        seen: Colours 0-1, shape (n, 3).
        wanted: What they are where they are opaque, of the same shape.
    """
    room = 1 - wanted
    if not (room > 0.5).any():
        return 0.0
    alpha = float(np.median(((1 - seen) / np.where(room > 0.5, room, np.nan))[room > 0.5]))
    alpha = min(alpha, 1.0)
    return alpha if np.abs(1 - alpha * room - seen).max() <= TOLERANCE else 0.0
