"""Facts: plain data that describes one thing a learner's code left behind.

A fact is a dictionary with a ``kind``; all but arrays are json as they stand:

- ``missing``: ``why``
- ``array``: ``dtype`` (name), ``shape``, ``array`` (the numbers, a base-class `numpy.ndarray`)
- ``numbers``: ``values`` (list of float)
- ``text``: ``text``
- ``texts``: ``texts`` (list of str, sorted where order has no meaning)
- ``geometry``: ``wkt``
- ``other``: ``type``, for an object that the exercise cannot use
"""

import ast
import math
import re
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from autograder.checks.reading.blank import PLACEHOLDER
from autograder.checks.reading.files import plain_path
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.literals import MAX_SOURCE, literals, parsed
from autograder.checks.reading.workspace import MISSING, Workspace

Fact = dict[str, Any]
Evidence = dict[str, Fact]
"""Facts of one exercise by name, in the order in which a mistake would show first."""

_BLANKS = re.compile(rf"\b{PLACEHOLDER}\b")

MAX_ELEMENTS = 4_000_000
"""Elements of the largest array that is read: 32 MB of float64. A patch has 875,000 in 14 bands."""

MAX_NAMES, MAX_OTHER_NAMES = 5_000, 50
MAX_TEXT = 300
MAX_TEXTS = 700

_JSON_TYPES = (int, float, bool, type(None), list, dict)
_NUMPY_NUMBERS = tuple({np.dtype(code).type for code in np.typecodes["AllInteger"] + "efdg?"})
_DTYPE_KINDS = {"O": "objects", "c": "complex numbers", "M": "dates", "m": "durations", "V": "rows"}


def missing(why: str) -> Fact:
    """A result that is not there, and why."""
    return {"kind": "missing", "why": why}


def other(value: object) -> Fact:
    """An object of a type that the exercise cannot use."""
    return {"kind": "other", "type": type_name(value)}


def text(value: object) -> Fact:
    """A word or short text, cut at `MAX_TEXT` characters."""
    return {"kind": "text", "text": words(value)}


def texts(values: Iterable[object]) -> Fact:
    """A list of short texts, at most `MAX_TEXTS`."""
    return {"kind": "texts", "texts": [words(value) for value in islice(values, MAX_TEXTS)]}


def lacking(fact: Fact) -> Fact:
    """A claim that there is no result, unchanged; in place of any other claim, ``missing``."""
    return fact if fact["kind"] in ("missing", "other") else missing("could not be read")


def pieces(value: str) -> Fact:
    """A text longer than `MAX_TEXT` in pieces; `joined` puts it together."""
    return texts(value[start : start + MAX_TEXT] for start in range(0, len(value), MAX_TEXT))


def joined(fact: Fact) -> str:
    """The text in `pieces`; empty for any other fact."""
    return "".join(fact["texts"]) if fact["kind"] == "texts" else ""


def words(value: object) -> str:
    """Text, or a value as json holds it, in at most `MAX_TEXT` characters that can be shown.

    For an object of any other type it is the type's name: its own ``__str__`` is not called.
    """
    cls = type(value)
    if issubclass(cls, str):
        shown = str.__getitem__(value, slice(MAX_TEXT))  # type: ignore[index]
    elif cls in _JSON_TYPES:
        shown = attempt(f"a very large {cls.__name__}", str, value)[:MAX_TEXT]
    else:
        return type_name(value)
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in shown
    )


def type_name(value: object) -> str:
    """Name of an object's true type, whatever its ``__class__`` or metaclass says."""
    return words(type.__dict__["__name__"].__get__(type(value)))[:60]


def numbers(value: Any, count: int) -> Fact:
    """``count`` real numbers from any short sequence or, for one, a scalar.

    Args:
        value: Tuple, list, array, ``BoundingBox``, series … of numbers.
        count: How many are expected.
    """
    if value is MISSING:
        return missing("was never assigned")
    parts = items(value, count + 1)
    if parts is None and count == 1:
        parts = [value]
    values = None if parts is None else attempt(None, lambda: [_number(part) for part in parts])
    return other(value) if values is None else {"kind": "numbers", "values": values}


def items(value: Any, limit: int) -> list[Any] | None:
    """The first ``limit`` items of a tuple, list, 1-D array or series; ``None`` for all else.

    Reading a generator would use it up, and other iterables may never end.
    """
    cls, pandas = type(value), sys.modules.get("pandas")
    if issubclass(cls, tuple):
        return list(tuple.__getitem__(value, slice(limit)))
    if issubclass(cls, list):
        return list.__getitem__(value, slice(limit))
    if pandas is not None and cls is pandas.Series:
        return attempt(None, lambda: list(value.iloc[:limit]))
    if issubclass(cls, np.ndarray) and np.ndarray.ndim.__get__(value) == 1:
        return list(plain(value)[:limit])
    return None


def _number(value: Any) -> float:
    """A real number from a known number type, or from short text, as in URLs.

    Raises:
        TypeError, ValueError, OverflowError: It is not a number.
    """
    cls = type(value)
    if issubclass(cls, float):
        return float.__float__(value)
    if issubclass(cls, int):
        return float(int.__int__(value))
    if cls in _NUMPY_NUMBERS or cls in (Decimal, Fraction):
        return float(value)
    if issubclass(cls, str):
        return float(str.__getitem__(value, slice(50)))
    if issubclass(cls, np.ndarray) and np.ndarray.ndim.__get__(value) == 0:
        fact = array(value)
        if fact["kind"] == "array":
            return float(fact["array"])
    raise TypeError("not a number")


def plain(value: Any) -> np.ndarray:
    """A read-only view of an array as the base class, without methods that its class overrides."""
    view = np.ndarray.view(value, np.ndarray)
    view.flags.writeable = False
    return view


def array(value: object) -> Fact:
    """The numbers of an array; masked pixels count as NaN.

    Only numpy arrays are read, by numpy's own methods: those of a subclass, or ``__array__`` of
    another object, are not called.
    """
    if value is MISSING:
        return missing("was never assigned")
    if not issubclass(type(value), np.ndarray):
        return other(value)
    values = plain(value)
    if values.dtype.kind not in "biuf":
        return {"kind": "other", "type": _array_type(values)}
    if math.prod(values.shape) > MAX_ELEMENTS:
        return {"kind": "other", "type": f"array of shape {values.shape}"}
    mask = mask_of(value)
    if mask is not None and mask.any():
        values = np.where(mask, np.nan, values)
    if not values.flags.c_contiguous:  # else each comparison would copy it
        values = values.copy(order="C")
    return {
        "kind": "array",
        "dtype": values.dtype.name,
        "shape": list(values.shape),
        "array": values,
    }


def _array_type(values: np.ndarray) -> str:
    kind = "rows" if values.dtype.names else _DTYPE_KINDS.get(values.dtype.kind, "text")
    return f"array of {kind}"


def mask_of(value: object) -> np.ndarray | None:
    """The mask of a masked array, of its shape; ``None`` where nothing is masked."""
    if not issubclass(type(value), np.ma.MaskedArray):
        return None
    mask = attempt(None, object.__getattribute__, value, "_mask")
    if not issubclass(type(mask), np.ndarray):
        return None
    mask = plain(mask)
    return mask if mask.dtype == bool and mask.shape == plain(value).shape else None


def path(value: object) -> Fact:
    """A path as the learner wrote it, in `pieces`.

    Raises:
        TypeError: It is no path.
    """
    return pieces(plain_path(value))


def error(workspace: Workspace) -> Fact:
    """How the exercise's cell ended: the exception that stopped it, or an empty text."""
    return text(workspace.error.replace(str(workspace.folder), "."))


def problem(workspace: Workspace) -> Fact:
    """What is known of that exception, see `reading.problems`."""
    folder = str(workspace.folder)
    return texts(part.replace(folder, ".") for part in workspace.problem)


def of_code(source: str, results: Sequence[str] = ()) -> Evidence:
    """Facts of the code of an exercise's cells: itself, its blanks and numbers, whether it ran.

    Args:
        source: The code.
        results: Names of the exercise's results.
    """
    return {
        "source": pieces(source[:MAX_SOURCE]),
        "blanks": numbers(_blanks(source), 1),
        "cell": text("run" if source else "not run"),
        "literals": {"kind": "numbers", "values": literals(source, results)},
    }


def _blanks(source: str) -> int:
    """How many blanks are left; one in a comment or a text is none."""
    tree = parsed(source) if len(source) <= MAX_SOURCE else None
    if tree is None:
        return len(_BLANKS.findall(source))
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return sum(name == PLACEHOLDER for name in names)


TYPED_IN: Fact = {"kind": "text", "text": "typed into the code"}
"""Replaces a result whose numbers stand in the code instead of being computed."""


def other_names(workspace: Workspace, results: Sequence[str]) -> Fact:
    """Type and name of what the exercise's cells bound under other names than its results."""
    own = (
        f"{type_name(value)} {words(name)}"
        for name, value in islice(workspace.names.items(), MAX_NAMES)
        if type(name) is str and name not in results and not name.startswith("_")
        if not workspace.why_missing(name)
    )
    return texts(islice(own, MAX_OTHER_NAMES))


def own(workspace: Workspace, name: str, read: Any, *arguments: Any) -> Fact:
    """The learner's result ``name``, read by a function such as those above.

    Returns:
        The fact; ``missing`` with the reason where the exercise did not make the name.
    """
    why = workspace.why_missing(name)
    if why:
        return missing(why)
    value = workspace.names[name]
    return attempt(other(value), read, value, *arguments)
