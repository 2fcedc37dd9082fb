"""Which formula of which two bands gives the numbers of an index."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

Formula = Callable[[np.ndarray, np.ndarray], np.ndarray]

DN = 10_000
"""Digital numbers of a reflectance of 1."""


def _underflown(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Of unsigned whole numbers: a difference below 0 starts again at the top."""
    high, low = np.rint(a * DN), np.rint(b * DN)
    return np.asarray((high - low) % 65_536 / (high + low))


NORMALISED = "normalised"

FORMULAS: dict[str, Formula] = {
    NORMALISED: lambda a, b: (a - b) / (a + b),
    "difference-only": lambda a, b: a - b,
    "ratio": lambda a, b: a / b,
    "no-brackets": lambda a, b: a - b / a + b,
    "no-brackets-below": lambda a, b: (a - b) / a + b,
    "no-brackets-above": lambda a, b: a - b / (a + b),
    "upside-down-formula": lambda a, b: (a + b) / (a - b),
    "divided-by-first": lambda a, b: (a - b) / a,
    "divided-by-second": lambda a, b: (a - b) / b,
    "soil-adjusted": lambda a, b: 1.5 * (a - b) / (a + b + 0.5),
    "enhanced-with-two": lambda a, b: 2.5 * (a - b) / (a + 2.4 * b + 1),
    "sum-only": lambda a, b: a + b,
    "product": lambda a, b: a * b,
    "sum-over-two": lambda a, b: (a - b) / ((a + b) / 2),
    "absolute": lambda a, b: np.abs((a - b) / (a + b)),
    "root-transformed": lambda a, b: np.sqrt((a - b) / (a + b) + 0.5),
    "squares": lambda a, b: (a**2 - b**2) / (a**2 + b**2),
    "modified-soil-adjusted": lambda a, b: (
        (2 * a + 1 - np.sqrt((2 * a + 1) ** 2 - 8 * (a - b))) / 2
    ),
    "underflow": _underflown,
}
"""What people compute of two bands; the first one is asked for."""

SAMPLES = 300
CLOSE = 1e-4
"""Largest difference from a formula, as a share of the numbers' range."""


@dataclass(frozen=True)
class Made:
    """How an index was made: ``gain * formula(first, second) + offset``.

    Attributes:
        formula: A key of `FORMULAS`.
        first, second: Numbers of the bands, counted from 1.
        gain, offset: What was done afterwards.
        added: What was added to the sum of both bands.
    """

    formula: str
    first: int
    second: int
    gain: float = 1.0
    offset: float = 0.0
    added: float = 0.0

    def of(self, bands: np.ndarray) -> np.ndarray:
        """The index of bands, shape (rows, columns) for bands of shape (bands, rows, columns)."""
        a, b = bands[self.first - 1], bands[self.second - 1]
        with np.errstate(all="ignore"):
            made = (a - b) / (a + b + self.added) if self.added else FORMULAS[self.formula](a, b)
        return np.asarray(self.gain * made + self.offset)


def find(
    values: np.ndarray, light: np.ndarray, wanted: tuple[int, int], grain: float
) -> Made | None:
    """The simplest formula that gives some numbers, of the wanted bands where they fit.

    Args:
        values: Numbers of the index that were not cut, shape (n,).
        light: The bands at the same pixels, shape (bands, n).
        wanted: The two bands that are asked for.
        grain: Step of the numbers, where they were rounded.
    """
    if np.unique(values).size < 5:
        return None
    slack = max(CLOSE * float(np.ptp(values)), grain * 1.01)
    found = [
        *_exact(values, light, slack),
        *_in_line(values, light, max(slack, 1.6 * grain)),
        *_added(values, light, wanted, slack),
    ]

    def unlikely(made: Made) -> tuple[int, ...]:
        pair = (made.first, made.second)
        exact = (made.gain, made.offset, made.added) == (1, 0, 0)
        return (
            int(set(pair) != set(wanted)),
            int(pair != wanted and made.formula != NORMALISED),
            int(not exact),
            list(FORMULAS).index(made.formula),
            int(pair != wanted),
            *pair,
        )

    return min(found, key=unlikely, default=None)


def _exact(values: np.ndarray, light: np.ndarray, slack: float) -> Iterator[Made]:
    """Formulas that give the numbers as they are."""
    few = slice(0, 12)
    for name, formula in FORMULAS.items():
        with np.errstate(all="ignore"):
            made = formula(light[:, None, few], light[None, :, few])
            near = (np.abs(made - values[few]) <= slack).all(axis=2)
            for first, second in np.argwhere(near):
                whole = formula(light[first], light[second])
                if (np.abs(whole - values) <= slack).all():
                    yield Made(name, int(first) + 1, int(second) + 1)


def _in_line(values: np.ndarray, light: np.ndarray, slack: float) -> Iterator[Made]:
    """Formulas that give the numbers after they were multiplied or shifted."""
    for name in (NORMALISED, "ratio", "difference-only"):
        with np.errstate(all="ignore"):
            made = FORMULAS[name](light[:, None], light[None, :])
        for first, second in np.argwhere(np.isfinite(made).all(axis=2)):
            x = made[first, second]
            if first == second or np.ptp(x) == 0:
                continue
            low, high = int(np.argmin(x)), int(np.argmax(x))
            gain = (values[high] - values[low]) / (x[high] - x[low])
            offset = values[low] - gain * x[low]
            if (np.abs(gain * x + offset - values)[:40] <= 3 * slack).all():
                gain, offset = np.polyfit(x, values, 1)
                if gain and (np.abs(gain * x + offset - values) <= slack).all():
                    shift = 0.0 if abs(offset) <= 2 * slack else _near(offset)
                    yield Made(name, int(first) + 1, int(second) + 1, _near(gain), shift)


def _added(
    values: np.ndarray, light: np.ndarray, wanted: tuple[int, int], slack: float
) -> Iterator[Made]:
    """A number that was added to the sum of both bands, as against a division by zero."""
    a, b = (light[band - 1] for band in wanted)
    with np.errstate(all="ignore"):
        added = float(np.median((a - b) / values - (a + b)))
        near = np.abs((a - b) / (a + b + added) - values) <= slack
    if near.all() and added:
        yield Made(NORMALISED, *wanted, added=_near(added))


def _near(value: float) -> float:
    """A number, rounded where a round one is near."""
    digits = float(f"{value:.3g}")
    return digits if abs(digits - value) <= 2e-3 * abs(digits) + 1e-4 else float(value)
