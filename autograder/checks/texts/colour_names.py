"""Names of colours, in the learner's language: a code such as #D73027 tells a reader nothing."""

from functools import cache

import numpy as np

from autograder.checks import texts


def colour_name(colour: np.ndarray) -> str:
    """The name of the nearest colour that has one in `checks.texts`.

    Args:
        colour: Red, green and blue, 0-1; what is no number has no name.
    """
    if not np.isfinite(colour).all():
        return _table(texts.language())[2]
    names, table, _ = _table(texts.language())
    return names[int(_distances(table, np.clip(colour, 0, 1)).argmin())]


def distinct_colours(found: np.ndarray, expected: np.ndarray) -> tuple[list[str], list[str]]:
    """The names of two rows of colours, shape (n, 3); alike ones with their codes behind them."""
    one, other = list(map(colour_name, found)), list(map(colour_name, expected))
    if one != other or np.array_equal(found, expected) or len(one) > 1:
        return one, other
    return [with_code(found[0])], [with_code(expected[0])]


def with_code(colour: np.ndarray) -> str:
    """The name of a colour, with its ``#RRGGBB`` behind it."""
    if not np.isfinite(colour).all():
        return colour_name(colour)
    parts = (f"{round(255 * float(part)):02X}" for part in np.clip(colour, 0, 1))
    return f"{colour_name(colour)} (#{''.join(parts)})"


def _distances(table: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """How different colours look: in red, green and blue, weighted by the mean red ("redmean")."""
    red = (table[:, 0] + colour[0]) / 2
    weights = np.stack([2 + red, np.full(red.shape, 4.0), 3 - red], axis=1)
    return np.asarray((weights * (table - colour) ** 2).sum(axis=1))


@cache
def _table(language: str) -> tuple[tuple[str, ...], np.ndarray, str]:
    """Names, their colours with shape (n, 3), and the name of no colour."""
    named = dict(texts.read(texts.ANY_EXERCISE, language).colours)
    no_colour = named.pop("none")
    table = [[*bytes.fromhex(code.removeprefix("#"))] for code in named]
    return tuple(named.values()), np.array(table) / 255, no_colour
