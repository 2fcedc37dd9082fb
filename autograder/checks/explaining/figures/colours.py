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

HUES = {
    "white": (1, 1, 1),
    "black": (0, 0, 0),
    "grey": (0.6, 0.6, 0.6),
    "dark grey": (0.3, 0.3, 0.3),
    "red": (1, 0, 0),
    "dark red": (0.55, 0, 0),
    "orange": (1, 0.55, 0),
    "brown": (0.5, 0.28, 0.05),
    "yellow": (1, 1, 0),
    "pale yellow": (1, 1, 0.55),
    "yellow-green": (0.8, 0.95, 0.3),
    "light green": (0.5, 1, 0.2),
    "bright green": (0, 1, 0),
    "green": (0.2, 0.65, 0.25),
    "dark green": (0, 0.4, 0.1),
    "blue-green": (0.15, 0.55, 0.55),
    "cyan": (0, 1, 1),
    "light blue": (0.55, 0.75, 1),
    "blue": (0, 0.4, 1),
    "dark blue": (0.1, 0.1, 0.5),
    "violet": (0.3, 0, 0.4),
    "purple": (0.6, 0.2, 0.8),
    "pink": (1, 0.5, 0.9),
}


def colour_name(colour: np.ndarray) -> str:
    """The name of a colour 0-1: the nearest of a few."""
    table = np.array(list(HUES.values()))
    return list(HUES)[int(np.argmin(np.abs(table - colour).sum(axis=1)))]


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
