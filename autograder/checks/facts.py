"""Facts: plain data that describes one thing a learner's code left behind.

A fact is a dictionary with a ``kind``; all but arrays are json as they stand:

- ``missing``: ``why``
- ``array``: ``dtype`` (name), ``shape``, ``array`` (the numbers, a base-class `numpy.ndarray`)
- ``numbers``: ``values`` (list of float)
- ``text``: ``text``
- ``texts``: ``texts`` (list of str, sorted where order has no meaning)
- ``geometry``: ``wkt``
- ``other``: ``type``, where an object is not of a kind that the exercise can use
"""

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.checks.blank import PLACEHOLDER
from autograder.checks.workspace import MISSING, Workspace

Fact = dict[str, Any]
Evidence = dict[str, Fact]
"""Facts of one exercise by name, in the order in which a mistake would show first."""

_BLANKS = re.compile(rf"\b{PLACEHOLDER}\b")

MAX_ELEMENTS = 20_000_000
"""Largest array that is read: 160 MB of float64. The patch has 62,500 pixels a band."""


def missing(why: str) -> Fact:
    """A result that is not there, and why."""
    return {"kind": "missing", "why": why}


def other(value: object) -> Fact:
    """An object of a type that the exercise cannot use."""
    return {"kind": "other", "type": type(value).__name__}


def text(value: object) -> Fact:
    """A word or short text, cut at 300 characters."""
    return {"kind": "text", "text": str(value)[:300]}


def texts(values: Iterable[object]) -> Fact:
    """A list of short texts, at most 500."""
    return {"kind": "texts", "texts": [str(value)[:300] for value in list(values)[:500]]}


def numbers(value: Any, count: int) -> Fact:
    """``count`` real numbers from any short sequence or, for one, a scalar.

    Args:
        value: Tuple, list, array, ``BoundingBox`` … of numbers.
        count: How many are expected.
    """
    if value is MISSING:
        return missing("was never assigned")
    try:
        items = [value] if count == 1 and np.ndim(value) == 0 else list(value)
        values = [float(item) for item in items[: count + 1]]
    except (TypeError, ValueError):
        return other(value)
    return {"kind": "numbers", "values": values}


def array(value: object) -> Fact:
    """The numbers of an array; masked pixels count as NaN.

    Only numpy arrays are read, through numpy's own methods: a subclass or an object that offers
    ``__array__`` gets no say.
    """
    if value is MISSING:
        return missing("was never assigned")
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        return other(value)
    shape = list(np.ndarray.shape.__get__(value))
    if math.prod(shape) > MAX_ELEMENTS:
        return {"kind": "other", "type": f"array of shape {tuple(shape)}"}
    plain = np.ndarray.view(value, np.ndarray)
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        if mask.any():
            plain = np.where(mask, np.nan, plain)
    return {"kind": "array", "dtype": plain.dtype.name, "shape": shape, "array": plain}


def crs(value: object) -> Fact:
    """A coordinate reference system as ``EPSG:code`` where it has one, else its own words.

    Args:
        value: rasterio ``CRS``, pyproj ``CRS``, EPSG number or text.
    """
    if value is MISSING:
        return missing("was never assigned")
    if value is None:
        return text("no CRS")
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        words = str(value).strip().upper()
        return text(f"EPSG:{words}" if words.isdigit() else words)
    to_epsg = getattr(type(value), "to_epsg", None)
    if to_epsg is None:
        return other(value)
    code = to_epsg(value)
    return text(f"EPSG:{code}" if code else str(value))


def of_run(workspace: Workspace) -> Evidence:
    """What is known of every exercise: how its cell ended, its blanks, and whether it ran."""
    error = workspace.error.replace(str(workspace.folder), ".")
    blanks = len(_BLANKS.findall(workspace.source))
    ran = text("run" if workspace.source else "not run")
    return {"error": text(error), "blanks": numbers(blanks, 1), "cell": ran}


def own(workspace: Workspace, name: str, read: Any, *arguments: Any) -> Fact:
    """The learner's result ``name`` read by one of the functions above.

    Returns:
        The fact; ``missing`` with the reason where the exercise did not make the name.
    """
    why = workspace.why_missing(name)
    if why:
        return missing(why)
    value = workspace.names[name]
    try:
        return read(value, *arguments)
    except Exception:  # a learner's object may raise anything when it is looked at
        return other(value)
