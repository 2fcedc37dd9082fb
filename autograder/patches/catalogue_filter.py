"""The part of CQL2 that the catalogue understands: comparisons and ``between``, joined by ``and``.

CQL2 is the OGC's Common Query Language; the catalogue takes it as text and as JSON. The service
searches with it, and the checks ask what a learner's filter selects.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

QUERYABLE = "eo:cloud_cover"
"""The one property of Sentinel-2 items that can be queried."""

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TOKEN = re.compile(
    r"""\s*(?: (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
             | (?P<operator><>|<=|>=|=|<|>)
             | (?P<word>[A-Za-z_][\w:.]*)
             | (?P<bracket>[()])
             | "(?P<quoted>[^"]+)"
             | '(?P<text>[^']*)' )""",
    re.VERBOSE,
)
TEXT_LIMIT = 5_000
"""Longest filter, in characters."""

_UNREADABLE = "Cannot parse parameter `filter`."


class FilterError(ValueError):
    """A filter that the catalogue does not understand."""


@dataclass(frozen=True)
class Comparison:
    """One comparison of the cloud cover (percent) with a number."""

    operator: str
    value: float

    def holds(self, cloud_cover: float) -> bool:
        """Whether an item with this cloud cover passes."""
        return _OPERATORS[self.operator](cloud_cover, self.value)


def read_filter(content: Any, language: str | None) -> list[Comparison]:
    """Comparisons that all must hold.

    Args:
        content: Text, or JSON content, as the request gives it.
        language: ``cql2-text``, ``cql2-json``, or None: by the type of `content`.

    Raises:
        FilterError: The language or the property is unknown, or the syntax is not CQL2's.
    """
    if language not in (None, "cql2-text", "cql2-json"):
        raise FilterError("Cannot parse parameter `filter-lang`.")
    if isinstance(content, str) and language != "cql2-json":
        return _read_text(content)
    if isinstance(content, dict) and language != "cql2-text":
        return _read_json(content)
    raise FilterError(f"{_UNREADABLE} It does not have the form that `filter-lang` names.")


def _read_text(text: str) -> list[Comparison]:
    tokens = _tokens(text)
    found: list[Comparison] = []
    depth = 0
    while True:
        tokens, opened = _without(tokens, "(")
        match tokens:
            case [("name", name), ("name", between), ("number", low), ("name", conjunction),
                  ("number", high), *rest] if (
                between.lower() == "between" and conjunction.lower() == "and"
            ):  # fmt: skip
                found += _compare(name, ">=", low) + _compare(name, "<=", high)
            case [("name", name), ("operator", sign), ("number", value), *rest]:
                found += _compare(name, sign, value)
            case [("number", value), ("operator", sign), ("name", name), *rest]:
                found += _compare(name, _MIRRORED[sign], value)
            case [("name", name), ("operator", _), *_] if name != QUERYABLE:
                raise FilterError(_not_queryable(name))
            case _:
                raise FilterError(_UNREADABLE)
        rest, closed = _without(rest, ")")
        depth += opened - closed
        if depth < 0 or (depth and not rest):
            raise FilterError(f"{_UNREADABLE} Brackets do not match.")
        if not rest:
            return found
        kind, word = rest[0]
        if kind != "name" or word.lower() != "and":
            raise FilterError(f"{_UNREADABLE} Comparisons can be joined by `and` only.")
        tokens = rest[1:]


def _without(tokens: list[tuple[str, str]], bracket: str) -> tuple[list[tuple[str, str]], int]:
    """What follows the brackets with which tokens begin, and how many these are."""
    token = ("bracket", bracket)
    count = next((place for place, found in enumerate(tokens) if found != token), len(tokens))
    return tokens[count:], count


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > TEXT_LIMIT:
        raise FilterError(f"{_UNREADABLE} It is too long.")
    tokens: list[tuple[str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FilterError(_UNREADABLE)
        kind = str(match.lastgroup)
        tokens.append(("name" if kind in {"word", "quoted"} else kind, str(match[kind])))
        position = match.end()
    return tokens


def _read_json(content: Any) -> list[Comparison]:
    match content:
        case {"op": "and", "args": [_, _, *_] as parts}:
            if any(isinstance(part, dict) and part.get("op") == "and" for part in parts):
                raise FilterError(_UNREADABLE)
            return [comparison for part in parts for comparison in _read_json(part)]
        case {"op": "between", "args": [{"property": str(name)}, low, high]}:
            return _compare(name, ">=", low) + _compare(name, "<=", high)
        case {"op": str(sign), "args": [{"property": str(name)}, value]}:
            return _compare(name, sign, value)
    raise FilterError(_UNREADABLE)


def _compare(name: str, sign: str, value: Any) -> list[Comparison]:
    if name != QUERYABLE:
        raise FilterError(_not_queryable(name))
    if (
        sign not in _OPERATORS
        or isinstance(value, bool)
        or not isinstance(value, str | int | float)
    ):
        raise FilterError(_UNREADABLE)
    try:
        return [Comparison(sign, float(value))]
    except (ValueError, OverflowError) as error:
        raise FilterError(_UNREADABLE) from error


def _not_queryable(name: str) -> str:
    return f"Querying is not supported on property '{name}'"
