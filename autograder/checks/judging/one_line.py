"""Found and expected on one line each: behind their subject, with units, cut between words."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks.texts import pair as say

DIGITS = (4, 5, 6, 8, 10, 12, 15)
"""Significant digits of numbers, tried until a pair differs."""

LONGEST = 110
"""Characters of found or expected, its subject included: one line of a card."""

LEAST_ROOM = 40
"""Characters that the words have, whatever the length of the subject."""

Pair = tuple[str, str]


def with_subject(pair: Pair, label: str, units: Pair) -> Pair:
    """A pair behind its subject, each on one line; one that would be the same says so.

    Args:
        pair: What was found, and what was expected.
        label: The subject.
        units: Unit of the number at the end of each, or ``""``.
    """
    words, room = [" ".join(item.split()) or say("nothing") for item in pair], LONGEST - len(label)
    words = [
        f"{item} {unit}" if unit and re.search(r"\d$", item) else item
        for item, unit in zip(words, units, strict=True)
    ]
    found, expected = fitted(words[0], words[1], room - 2), fitted(words[1], words[0], room - 2)
    if found == expected:
        found, expected = say("close"), fitted(say("exact", words=words[1]), "", room - 2)
    return say("subject", label=label, words=found), say("subject", label=label, words=expected)


def with_own_subject(pair: Pair, label: str) -> Pair:
    """A pair of an explanation behind its subject, unless it names it, as ``center_lat 43.8``."""
    names = re.findall(r"`(\w+)`", label)
    named = names and all(re.search(rf"\b{name}\b", pair[0]) for name in names)
    return pair if named else with_subject(pair, label, ("", ""))


def fitted(words: str, other: str, room: int) -> str:
    """A text in ``room`` characters, cut between words, from where it leaves ``other``."""
    words, room = " ".join(words.split()), max(room, LEAST_ROOM)
    if len(words) <= room:
        return words
    begin = 0
    for match in _BREAK.finditer(words):
        if match.end() > len(words) - room // 2 or not other.startswith(words[: match.end()]):
            break
        begin = match.end()
    rest = words[begin:]
    lead = "… " if begin else ""
    if len(lead + rest) <= room:
        return lead + rest
    ends = [match.end() for match in _BREAK.finditer(rest[: room - len(lead) - 2])]
    if not ends:
        return say("unbroken", count=len(words))
    return f"{lead}{rest[: ends[-1]].rstrip(' ,;')} …"


_BREAK = re.compile(r"[\s/,;:&?=_]+")
"""Where a text may be cut: behind one of these."""


def number(value: float, digits: int = DIGITS[0]) -> str:
    """A number as a person would write it: ``digits`` significant digits, whole where large."""
    value = float(value)
    if not np.isfinite(value):
        return str(value)
    if abs(value) >= 1e15:
        return f"{value:.2e}".replace("-", "−")
    if abs(value) >= 10_000:
        words = f"{value:.{digits - DIGITS[0]}f}"
    else:
        words = np.format_float_positional(
            value, precision=digits, unique=False, fractional=False, trim="-"
        )
    return words.replace("-", "−")


def numbers(found: Sequence[Any], expected: Sequence[Any]) -> tuple[list[str], list[str]]:
    """Two lists of numbers in words, with as many digits as it takes to tell them apart."""
    pairs = (
        ([number(item, digits) for item in found], [number(item, digits) for item in expected])
        for digits in DIGITS
    )
    words = next(pairs)
    while words[0] == words[1] and (more := next(pairs, None)):
        words = more
    return words
