"""Which of many real names comes nearest to one that does not exist."""

import difflib
from collections.abc import Iterable

MAX_LENGTH = 60
"""Characters of the longest name that is compared."""

CUTOFF = 0.72
"""Least likeness of names that differ by more than one letter: below, they are other words."""

_PREFIXES = ("set_", "get_", "to_", "add_", "is_", "from_")


def nearest(asked: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Real names near one that was asked for, nearest first.

    Names that differ only in capitals and underscores come first, then those with one letter's
    difference, with a prefix such as ``set_`` or one word more or less, and those that are alike.

    Args:
        asked: What was asked for.
        names: The real names.
        count: Most names that are given.
    """
    if not 0 < len(asked) <= MAX_LENGTH:
        return []
    candidates = [
        name for name in dict.fromkeys(names) if name != asked and len(name) <= MAX_LENGTH
    ]
    plain = _plain(asked)
    twins = [name for name in candidates if _plain(name) == plain]
    twins.sort(key=lambda name: _likeness(asked, name), reverse=True)
    slips = [name for name in candidates if is_one_slip(asked, name)]
    slips.sort(key=lambda name: _likeness(asked, name), reverse=True)
    dressed = [name for name in candidates if len(asked) > 2 and _is_dressed(asked, name)]
    dressed.sort(key=lambda name: abs(len(name) - len(asked)))
    alike = difflib.get_close_matches(asked, candidates, count, CUTOFF)
    return list(dict.fromkeys([*twins, *slips, *dressed, *alike]))[:count]


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _is_dressed(asked: str, name: str) -> bool:
    dressed = any(name == prefix + asked or asked == prefix + name for prefix in _PREFIXES)
    return dressed or name.startswith(f"{asked}_") or asked.startswith(f"{name}_")


def _likeness(left: str, right: str) -> tuple[bool, float]:
    same_letters = sorted(left) == sorted(right)
    return same_letters or left[:1] == right[:1], difflib.SequenceMatcher(None, left, right).ratio()


def is_one_slip(left: str, right: str) -> bool:
    """Whether names differ by one letter more, less, or other, or by two that changed places."""
    lengths = len(left), len(right)
    if abs(lengths[0] - lengths[1]) > 1 or max(lengths) < 3 or left == right:
        return False  # `x` is one letter from every name of one letter
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = left[start:], right[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
