"""Random places for tests of explanations: boxes anywhere in Europe, and numbers taken of them."""

import numpy as np

from autograder.checks.explaining.places.rectangles import Rectangle
from utils.reference import LAEA, PIXEL_SIZE

TRIES = 60
"""Slips of each kind that are tried."""


def somewhere(rng: np.random.Generator, square: bool = False) -> Rectangle:
    """A patch on the 10 m grid, some kilometres wide, from Portugal to Finland."""
    left, bottom = rng.integers((270_000, 160_000), (560_000, 450_000)) * PIXEL_SIZE
    width, height = rng.integers(200, 400, 2) * PIXEL_SIZE
    height = width if square else height + PIXEL_SIZE * (width == height)
    right, top = left + width, bottom + height
    return Rectangle((float(left), float(bottom), float(right), float(top)), LAEA)


def pixels_of(patch: Rectangle) -> tuple[int, int]:
    """Columns and rows of a patch."""
    left, bottom, right, top = patch.bounds
    return int((right - left) / PIXEL_SIZE), int((top - bottom) / PIXEL_SIZE)
