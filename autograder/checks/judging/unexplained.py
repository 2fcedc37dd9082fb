"""What is kept of a wrong answer that got no name of its own, to find others like it in a class."""

from dataclasses import dataclass, field

import numpy as np

from autograder.checks.judging.compare import reduce
from autograder.checks.reading.facts import Fact

ALIKE = 0.01
"""Relative difference of numbers up to which two answers are taken for the same."""

MAX_OUTLINE = 5_000
"""Characters of an outline from which on only its beginning is kept."""


@dataclass(frozen=True)
class Unexplained:
    """What such an answer left behind.

    Attributes:
        fact: Name of the first fact that is wrong.
        label: Its name on the card.
        found: What was found, in words.
        left: The fact, reduced.
        wrong: Names of all facts that are wrong.
        error: The exception that stopped the cell, or ``""``.
    """

    fact: str
    label: str
    found: str
    left: Fact = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    error: str = ""


def kept(fact: Fact) -> Fact:
    """A fact as json of a few thousand characters."""
    if fact["kind"] == "geometry":
        return fact | {"wkt": fact["wkt"][:MAX_OUTLINE]}
    if fact["kind"] == "numbers":  # json has no NaN
        values = [_few_digits(v) if np.isfinite(v) else str(v) for v in fact["values"]]
        return fact | {"values": values}
    kept_of = reduce(fact)
    for part in ("range", "chunks", "values"):
        if part in kept_of:
            kept_of[part] = [_few_digits(value) for value in kept_of[part]]
    if "mean" in kept_of:
        kept_of["mean"] = _few_digits(kept_of["mean"])
    return kept_of


def _few_digits(value: float | str) -> float | str:
    """A number with three digits: enough to find others like it."""
    return value if isinstance(value, str) else float(f"{value:.3g}")


def alike(one: Unexplained, other: Unexplained) -> bool:
    """Whether two answers to one exercise left the same behind."""
    if (one.fact, _type(one.error)) != (other.fact, _type(other.error)):
        return False
    left, right = one.left, other.left
    if left["kind"] != right["kind"]:
        return False
    if left["kind"] == "missing":
        return one.error == other.error and bool(left["why"] == right["why"])
    if left["kind"] == "array":
        return left["shape"] == right["shape"] and _close(left["values"], right["values"])
    if left["kind"] == "numbers":
        return len(left["values"]) == len(right["values"]) and _close(
            left["values"], right["values"]
        )
    return left == right


def _type(error: str) -> str:
    return error.partition(":")[0]


def _close(left: list[float | str], right: list[float | str]) -> bool:
    one, other = (np.array([float(value) for value in side]) for side in (left, right))
    size = float(np.abs(one[np.isfinite(one)]).max(initial=1e-12))
    return bool(np.allclose(one, other, rtol=ALIKE, atol=ALIKE * size / 10, equal_nan=True))
