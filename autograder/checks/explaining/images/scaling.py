"""What was done to the numbers of a picture: bent, shifted, divided, cut, counted out of 255.

A picture is ``cut(bend((light - shift) / divisor)) * full``, or cut before it is divided. The
curve of each channel is fitted first; only then is asked where its numbers come from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checks.explaining.images.bands import Channel

LOGARITHM = "logarithm-taken"
POWER = "raised-to-a-power"
USUAL_POWERS = (1 / 2.2, 1 / 1.8, 1 / 2.4, 2.2)

BENDS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], Callable[[np.ndarray], np.ndarray]]] = {
    "": (lambda x: x, lambda x: x),
    "square-root-taken": (np.sqrt, np.square),
    "squared": (np.square, np.sqrt),
    LOGARITHM: (np.log1p, np.expm1),
}
"""Ways to bend a scale, each with its inverse; powers are fitted."""

CLOSE = 2e-5
"""Largest difference of a curve from the numbers, as a share of their range."""


@dataclass(frozen=True)
class Curve:
    """How one channel follows from its band: ``bend((light - shift) / divisor)``.

    Attributes:
        divisor: What was divided by, negative for an inverted picture.
        shift: What was subtracted before.
        bend: A key of `BENDS`, or `POWER`.
        power: The exponent.
        slack: How far the divisor may be off, as a share.
        doubt: How far the numbers may be off.
    """

    divisor: float
    shift: float
    bend: str = ""
    power: float = 1.0
    slack: float = 1e-4
    doubt: float = 1e-4


def curve_of(channel: Channel, coarse: float, low: float, high: float, full: float) -> Curve | None:
    """The curve of one channel; ``None`` where no known one runs through its numbers.

    Args:
        channel: Numbers and light at the sampled pixels.
        coarse: Step of the numbers as a share of full brightness; 0 where they were not rounded.
        low: Lowest number of the array: such pixels may have been cut.
        high: Highest number of the array, likewise.
        full: What stands for full brightness: 1, or 255.
    """
    margin = max(coarse * full * 0.999, 1e-7 * max(abs(channel.values).max(), 1e-9))
    between = (channel.values > low + margin) & (channel.values < high - margin)
    values, light = channel.values[between] / full, channel.light[between]
    if np.unique(values).size < 4:
        return None
    for bend, (_, back) in BENDS.items():
        curve = _line(values, light, back, bend, coarse)
        if curve:
            return curve
    return _power(values, light, coarse)


def _line(
    values: np.ndarray,
    light: np.ndarray,
    back: Callable[[np.ndarray], np.ndarray],
    bend: str,
    coarse: float,
) -> Curve | None:
    """A straight line through the numbers, after a bend was taken back."""
    with np.errstate(all="ignore"):
        straight = back(values)
    if not np.isfinite(straight).all() or np.ptp(light) == 0:
        return None
    slope, offset = np.polyfit(light, straight, 1)
    if not np.isfinite(slope) or slope == 0:
        return None
    if coarse:
        offset += coarse / 4  # whole numbers are cut or rounded: half a step of doubt
        steps = 1.3 * np.abs(back(values + coarse) - straight)
    else:
        steps = np.zeros(values.size)
    off = np.abs(slope * light + offset - straight)
    if (off > steps + CLOSE * np.ptp(straight)).any():
        return None
    slack = max(1e-4, coarse / np.ptp(straight))
    return Curve(1 / slope, -offset / slope, bend, 1.0, slack, coarse + slack * np.ptp(straight))


def _power(values: np.ndarray, light: np.ndarray, coarse: float) -> Curve | None:
    """A power of the light, without a shift."""
    positive = (values > 3 * coarse) & (light > 0)
    if positive.sum() < 4 or np.ptp(light[positive]) == 0:
        return None
    seen, lit = np.log(values[positive]), np.log(light[positive])
    power, offset = np.polyfit(lit, seen, 1)
    off = np.abs(np.exp(power * lit + offset) - values[positive])
    if power <= 0 or (off > coarse + CLOSE * 10 * np.ptp(values)).any():
        return None
    near = 0.02 if coarse else 5e-4
    usual = (*USUAL_POWERS, round(power, 2))
    power = next((item for item in usual if abs(item - power) < near), power)
    divisor = float(np.exp(-np.mean(seen - power * lit) / power))
    return Curve(divisor, 0.0, POWER, float(power), 0.02 if coarse else 1e-3)


def alike(numbers: Sequence[float], slack: float) -> bool:
    """Whether numbers are the same but for a share of slack."""
    return bool(np.ptp(numbers) <= 2 * slack * max(np.abs(numbers).max(), 1e-12))
