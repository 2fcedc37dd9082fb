"""The cloud limit of a request: what the learner's condition means, and what it lets through."""

import re
from collections.abc import Sequence
from typing import Any

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.requests.body import sent_body, shown
from autograder.checks.explaining.requests.search_terms import comparisons
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence
from autograder.patches.catalogue_filter import QUERYABLE, Comparison, FilterError

LIMIT = 10.0
_NAME = re.compile(r"[A-Za-z_][\w:.\-]*")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


def covers(served: Served) -> list[float]:
    """Cloud cover in per cent of all images in the catalogue."""
    return [float(item["properties"][QUERYABLE]) for item in served.catalogue]


def selects_the_same(evidence: Evidence, served: Served) -> bool:
    """Whether a search's filter selects the images below ten per cent, ten itself in or out."""
    try:
        found = comparisons(sent_body(evidence).get("filter"))
    except FilterError:
        return False
    every = covers(served)
    kept = [cover for cover in every if _passes(found, cover)]
    return kept in ([c for c in every if c < LIMIT], [c for c in every if c <= LIMIT])


def _passes(found: Sequence[Comparison], cover: float) -> bool:
    return all(item.holds(cover) for item in found)


def of_filter(content: Any, every: Sequence[float]) -> Explanation | None:
    """What is wrong with the filter of a search.

    Args:
        content: What stands there.
        every: Cloud cover of the images in the catalogue.
    """
    try:
        found = comparisons(content)
    except FilterError:
        return _unreadable(content)
    kept = [cover for cover in every if _passes(found, cover)]
    right = [cover for cover in every if cover < LIMIT]
    values = {"kept": str(len(kept)), "all": str(len(every)), "right": str(len(right))}
    if not found:
        return Explanation("filter-lets-all-through", values)
    if not kept:
        return Explanation("filter-lets-none-through", values | _number(found))
    if len(found) == 1:
        return _of_one(found[0], values)
    if any(item.operator in (">", ">=") and item.value >= LIMIT for item in found):
        return Explanation("filter-keeps-the-cloudy", values)
    if set(kept) < set(right):
        return Explanation("filter-drops-clear-images", values)
    return Explanation("filter-of-another-limit", values | _number(found))


def _number(found: Sequence[Comparison]) -> dict[str, str]:
    return {"limit": f"{found[-1].value:g}"}


def _of_one(item: Comparison, values: dict[str, str]) -> Explanation:
    values = values | {"limit": f"{item.value:g}"}
    if item.operator in (">", ">="):
        key = "filter-keeps-the-cloudy" if item.value == LIMIT else "filter-keeps-the-cloudier"
        return Explanation(key, values)
    if item.operator in ("=", "<>"):
        return Explanation("filter-of-one-value", values)
    if 0 < item.value < 1:
        return Explanation("filter-of-a-fraction", values)
    if item.value < LIMIT:
        return Explanation("filter-of-a-lower-limit", values)
    return Explanation("filter-of-another-limit", values)


_WRITTEN: tuple[tuple[str, str], ...] = (
    (r"%", "filter-with-per-cent-sign"),
    (r"==", "filter-with-two-equal-signs"),
    (r"&&|\|\||\bor\b", "filter-joined-otherwise"),
    (r"=<|=>", "filter-signs-turned-round"),
    (r"[<>=]\s*['\"]\d", "filter-number-in-quotes"),
    (r"\b(lt|lte|less|below|under|smaller|than|max)\b", "filter-in-words"),
    (r"\d,\d", "filter-with-decimal-comma"),
)
"""What makes a filter unreadable, by a pattern that finds it."""


def _unreadable(content: Any) -> Explanation | None:
    """Why the catalogue cannot read a filter."""
    if isinstance(content, int | float) and not isinstance(content, bool):
        return Explanation("filter-is-a-number", {"found": shown(content)})
    if isinstance(content, dict):
        return Explanation("filter-as-a-dictionary")
    if isinstance(content, list):
        return Explanation("filter-as-a-list")
    if not isinstance(content, str):
        return Explanation("filter-not-a-text", {"found": shown(content)})
    words = content[:300]
    for pattern, key in _WRITTEN:
        if re.search(pattern, words, re.IGNORECASE):
            return Explanation(key, {"found": shown(words)})
    names = [name for name in _NAME.findall(words) if name.lower() not in ("and", "between", "or")]
    other = [name for name in names if name != QUERYABLE]
    if other:
        return Explanation("filter-property-unknown", {"found": shown(other[0])})
    if not names:
        key = "filter-without-property" if _NUMBER.search(words) else "filter-unreadable"
        return Explanation(key, {"found": shown(words)})
    key = "filter-unreadable" if re.search(r"[<>=]", words) else "filter-without-comparison"
    return Explanation(key, {"found": shown(words)})


def of_maximum(value: Any) -> Explanation | None:
    """What is wrong with ``maxCloudCoverage`` of an order; ``None`` for ten."""
    if isinstance(value, str):
        number = _NUMBER.search(value[:100])
        if "%" in value:
            return Explanation("cloud-with-per-cent-sign", {"found": shown(value)})
        if re.search(r"[<>=]", value):
            return Explanation("cloud-as-a-condition", {"found": shown(value)})
        return Explanation("cloud-as-text" if number else "cloud-in-words", {"found": shown(value)})
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Explanation("cloud-not-a-number", {"found": shown(value)})
    values = {"found": f"{value:g}" if abs(value) < 1e9 else shown(value)}
    if value == LIMIT:
        return None
    if 0 < value < 1:
        return Explanation("cloud-of-a-fraction", values)
    if not 0 <= value <= 100:
        return Explanation("cloud-out-of-range", values)
    if value == 20:
        return Explanation("cloud-of-the-example", values)
    return Explanation("cloud-of-another-limit", values)
