"""Found and expected in words: a pair of the same form that tells only what differs.

The words stand in `checks.texts`, under ``pairs``.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks.judging.one_line import Pair, number, numbers
from autograder.checks.reading.facts import TYPED_IN, Fact
from autograder.checks.texts import pair as say
from autograder.checks.texts.colour_names import distinct_colours

NOTICEABLE = 0.05
"""Share of a range by which its ends must differ to be what is told of an array."""

MOST_COLOURS = 64
"""Rows of the longest table of colours; a picture has more."""

MOST_ENTRIES = 4
"""Entries of a list that are named."""

SAME_UNIT = 100
"""Factor between numbers from which on they are hardly of one unit."""


def pair(fact: Fact, expected: Fact, agreeing: np.ndarray | None = None) -> Pair:
    """Both facts in words, by what makes them differ.

    Args:
        fact: A learner's fact, arrays whole.
        expected: A reduced fact.
        agreeing: For arrays of one shape, which of the expected positions agree.
    """
    if fact == TYPED_IN:
        return say("typed-in"), say("computed")
    if fact["kind"] != expected["kind"]:
        digits = fact["kind"] == "text" and re.fullmatch(r"[-+.,%\d\s]+", fact["text"])
        return say("text", words=fact["text"]) if digits else _whole(fact), _whole(expected)
    return _PAIRS[fact["kind"]](fact, expected, agreeing)


def of_one_size(fact: Fact, expected: Fact) -> bool:
    """Whether numbers or outlines are so alike in size that they may have one unit."""
    sizes = [np.abs(_floats(_measured(item))) for item in (fact, expected)]
    if not all(size.size and np.isfinite(size).all() for size in sizes):
        return False
    found, wanted = (float(size.max()) for size in sizes)
    return found <= SAME_UNIT * wanted and wanted <= SAME_UNIT * max(found, 1)


def _measured(fact: Fact) -> Sequence[Any]:
    """The numbers of a fact that may have a unit."""
    if fact["kind"] == "geometry":
        return list(_geometry(fact).bounds)
    return fact["values"] if fact["kind"] == "numbers" else ()


# --- one kind of fact against another -----------------------------------------------------------


def _whole(fact: Fact) -> str:
    """A fact in a few words, whole or reduced."""
    kind = fact["kind"]
    if kind == "missing":
        return str(fact["why"])
    if kind == "array" and _is_table_of_colours(fact):
        return say("table", count=fact["shape"][0])
    if kind == "array":
        low, high = map(number, _range(fact))
        return say("array", shape=_shape(fact), low=low, high=high)
    if kind == "numbers":
        return ", ".join(map(number, fact["values"][:MOST_ENTRIES]))
    if kind == "texts":
        return _entries(fact["texts"], fact["texts"])
    if kind == "geometry":
        return _outline(_geometry(fact))
    return str(fact["text"]) if kind == "text" else say("object", type=fact["type"])


# --- arrays -------------------------------------------------------------------------------------


def _arrays(fact: Fact, expected: Fact, agreeing: np.ndarray | None) -> Pair:
    if agreeing is None:
        return _shapes(fact, expected)
    if _is_table_of_colours(fact) and _is_table_of_colours(expected):
        return _colours(fact["array"].astype(float), _table(expected))
    kinds = [_kind_of_numbers(item["dtype"]) for item in (fact, expected)]
    words = numbers(_range(fact), _range(expected))
    if kinds == ["whole", "decimal"]:
        return (
            say("whole", type=str(fact["dtype"]), low=words[0][0], high=words[0][1]),
            say("decimal", type=str(expected["dtype"]), low=words[1][0], high=words[1][1]),
        )
    if _ranges_differ(_range(fact), _range(expected)):
        one, other = (say("values", low=low, high=high) for low, high in words)
        return one, other
    values, wanted = fact["array"].ravel()[expected["positions"]], _floats(expected["values"])
    lacking = int((~np.isfinite(values.astype(float)) & np.isfinite(wanted)).sum())
    if lacking:
        return (
            say("not-finite", count=lacking, compared=wanted.size),
            say("not-finite", count=0, compared=wanted.size),
        )
    if agreeing.all():
        size = f"{fact['array'].size:,}"
        return say("few-differ", size=size), say("none-differs", size=size)
    compared = agreeing.size
    return (
        say("agreeing", count=int(agreeing.sum()), compared=compared),
        say("agreeing", count=compared, compared=compared),
    )


def _shapes(fact: Fact, expected: Fact) -> Pair:
    layouts = [_layout(item["shape"]) for item in (fact, expected)]
    keys = [f"shape-{layout}" if all(layouts) else "shape" for layout in layouts]
    return say(keys[0], shape=_shape(fact)), say(keys[1], shape=_shape(expected))


def _layout(shape: Sequence[int]) -> str:
    """Where the bands stand in an array; ``""`` where that cannot be told."""
    if len(shape) != 3:
        return ""
    bands = [place for place, length in enumerate(shape) if length <= 14]
    return ("first", "between", "last")[bands[0]] if len(bands) == 1 else ""


def _shape(fact: Fact) -> str:
    return f"({', '.join(str(length) for length in fact['shape'])})"


def _kind_of_numbers(dtype: str) -> str:
    return "decimal" if dtype.startswith("float") else "whole"


def _range(fact: Fact) -> list[float]:
    """Lowest and highest finite number of an array, whole or reduced."""
    if "array" not in fact:
        return [float(value) for value in fact["range"]]
    values = fact["array"].ravel().astype(float, copy=False)
    finite = values[np.isfinite(values)]
    return [float(finite.min()), float(finite.max())] if finite.size else [np.nan, np.nan]


def _ranges_differ(found: list[float], expected: list[float]) -> bool:
    span = expected[1] - expected[0]
    distance = np.abs(np.subtract(found, expected))
    return not bool((distance <= NOTICEABLE * span).all())


def _floats(values: Sequence[Any]) -> np.ndarray:
    return np.array([float(value) for value in values])


def _is_table_of_colours(fact: Fact) -> bool:
    shape, (low, high) = fact["shape"], _range(fact)
    return (
        len(shape) == 2 and shape[1] == 3 and 0 < shape[0] <= MOST_COLOURS and 0 <= low <= high <= 1
    )


def _table(expected: Fact) -> np.ndarray:
    """The rows of a reduced table; NaN where a number was not kept."""
    table = np.full(expected["shape"], np.nan)
    table.flat[expected["positions"]] = _floats(expected["values"])
    return table


def _colours(found: np.ndarray, expected: np.ndarray) -> Pair:
    """Lowest, middle and highest colour of two tables, or the ones that differ most."""
    whole = np.flatnonzero(np.isfinite(found).all(axis=1) & np.isfinite(expected).all(axis=1))
    if not whole.size:
        return say("other-colours"), say("the-colours")
    ends = whole[[0, whole.size // 2, -1]]
    names = distinct_colours(found[ends], expected[ends])
    if names[0] != names[1]:
        keys = ("low", "middle", "high")
        left, right = (say("scale", **dict(zip(keys, side, strict=True))) for side in names)
        return left, right
    most = whole[np.abs(found[whole] - expected[whole]).max(axis=1).argmax()]
    one, other = distinct_colours(found[[most]], expected[[most]])
    row = most + 1
    return say("colour", row=row, colour=one[0]), say("colour", row=row, colour=other[0])


# --- other kinds --------------------------------------------------------------------------------


def _numbers(fact: Fact, expected: Fact, _: object) -> Pair:
    found, wanted = numbers(fact["values"], expected["values"])
    return ", ".join(found), ", ".join(wanted)


def _text(fact: Fact, expected: Fact, _: object) -> Pair:
    return str(fact["text"]), str(expected["text"])


def _texts(fact: Fact, expected: Fact, _: object) -> Pair:
    found, wanted = fact["texts"], expected["texts"]
    known, asked = set(found), set(wanted)
    extra = [item for item in found if item not in asked]
    lacking = [item for item in wanted if item not in known]
    return _entries(found, extra or (lacking and found)), _entries(
        wanted, lacking or (extra and wanted)
    )


def _entries(items: list[str], telling: Sequence[str]) -> str:
    """A list in words: itself, or where it is long its length and the entries that matter."""
    if not items:
        return say("nothing")
    if len(items) <= MOST_ENTRIES or not telling:
        return ", ".join(items)
    return say("entries", count=len(items), some=", ".join(telling[:MOST_ENTRIES]))


def _outlines(fact: Fact, expected: Fact, _: object) -> Pair:
    found, wanted = _geometry(fact), _geometry(expected)
    words = numbers(found.bounds, wanted.bounds)
    if words[0] != words[1]:
        return _sides(words[0]), _sides(words[1])
    if found.geom_type != wanted.geom_type:
        return found.geom_type, wanted.geom_type
    corners = [len(shape.exterior.coords) - 1 for shape in (found, wanted) if _is_simple(shape)]
    if len(set(corners)) == 2:
        return say("corners", count=corners[0]), say("corners", count=corners[1])
    return _sides(words[0]), _sides(words[1])


def _is_simple(shape: Any) -> bool:
    return shape.geom_type == "Polygon" and not shape.is_empty


def _geometry(fact: Fact) -> Any:
    import shapely

    return shapely.from_wkt(fact["wkt"])


def _outline(shape: Any) -> str:
    return say("outline", type=shape.geom_type, sides=_sides(list(map(number, shape.bounds))))


def _sides(words: Sequence[str]) -> str:
    return say("sides", **dict(zip(("left", "bottom", "right", "top"), words, strict=False)))


def _reasons(fact: Fact, expected: Fact, _: object) -> Pair:
    return str(fact["why"]), str(expected["why"])


def _types(fact: Fact, expected: Fact, _: object) -> Pair:
    return say("object", type=fact["type"]), say("object", type=expected["type"])


_PAIRS = {
    "array": _arrays,
    "numbers": _numbers,
    "text": _text,
    "texts": _texts,
    "geometry": _outlines,
    "missing": _reasons,
    "other": _types,
}
