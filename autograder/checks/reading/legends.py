"""Read legends: which class has which colour."""

import re
from typing import Any

import numpy as np

from autograder.checks.reading import facts, pictures
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import MISSING
from utils.reference import LAND_COVER

_WORDS = {cover.code: re.sub(r"[^a-z]", "", cover.name.lower()) for cover in LAND_COVER}


def legend(figure: Any, codes: np.ndarray) -> tuple[list[str], Fact]:
    """What the legends of a figure say.

    Args:
        figure: A matplotlib figure, or `MISSING`.
        codes: The classes that are looked for, from 1, shape (n,).

    Returns:
        Their entries in words, and the colours 0-1 of the classes, shape (n, 3), NaN for none.
    """
    if figure is MISSING:
        return [], facts.missing("needs a figure")
    return attempt(([], facts.text("a legend that could not be read")), _legend_of, figure, codes)


def _legend_of(figure: Any, codes: np.ndarray) -> tuple[list[str], Fact]:
    legends = figure.legends + [ax.get_legend() for ax in pictures.axes_of(figure)]
    colours = np.full((codes.size, 3), np.nan)
    entries = []
    for one in (item for item in legends if item is not None):
        for patch, shown in zip(one.legend_handles, one.get_texts(), strict=False):
            entries.append(shown.get_text())
            code = code_in(entries[-1])
            if code in codes:
                colours[code - 1] = _handle_colour(patch)
    return entries, facts.array(colours) if entries else facts.missing("has no entries")


def _handle_colour(handle: Any) -> np.ndarray:
    """Colour of a legend's patch, marker or line, as RGB 0-1."""
    from matplotlib.colors import to_rgb

    if hasattr(handle, "get_facecolor"):
        return np.ravel(handle.get_facecolor())[:3]
    marked = handle.get_marker() not in (None, "None", "none", "", " ")
    return np.array(to_rgb(handle.get_markerfacecolor() if marked else handle.get_color()))


def code_in(words: str) -> int:
    """Class that a legend entry names, by number or by name; 0 where it names none."""
    number = re.search(r"\d+", words)
    if number:
        return int(number.group())
    letters = re.sub(r"[^a-z]", "", words.lower())
    if not letters:
        return 0
    alike = [
        code
        for code, name in _WORDS.items()
        if name.startswith(letters[:12]) or letters.startswith(name[:12])
    ]
    # Two classes begin with "Woody broadleaved": the one with more letters in common is meant.
    return max(alike, key=lambda code: _in_common(_WORDS[code], letters), default=0)


def _in_common(one: str, other: str) -> int:
    """With how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((place for place, (a, b) in pairs if a != b), shorter)
