"""Explain an array that should hold class codes: `of_array`, and `of_type` for other objects."""

import ast
from collections.abc import Callable, Sequence

import numpy as np

from autograder.checks.explaining import claims
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels import moved, recoded, shapes
from autograder.checks.explaining.labels.sources import Source
from autograder.checks.reading.facts import Fact

SAVES = "download_clcpluslabel"
"""The helper that saves a file and gives nothing back."""


Bands = Callable[[], np.ndarray]
"""Reads the bands of the patch, shape (bands, rows, columns), where they are needed."""


def of_array(array: np.ndarray, sources: Sequence[Source], bands: Bands) -> Explanation | None:
    """What an array was made of; ``None`` where that is not found, or it is right.

    Args:
        array: Any numbers.
        sources: Labels that it may stem from, the first one that of the right year and place.
        bands: Reads those of the patch.
    """
    if not array.size:
        return Explanation("labels-empty", {"shape": shapes.shape_of(array)})
    bare = array.squeeze()
    if bare.ndim == 2 and array.ndim > 2:
        return Explanation("labels-extra-axis", {"shape": shapes.shape_of(array)})
    cleaned = list(recoded.variants(sources))
    known = [*sources, *cleaned]
    if bare.ndim == 1 or (bare.ndim == 2 and 2 in bare.shape):
        return shapes.flat(bare, known)
    if bare.ndim == 3:
        return shapes.stacked(bare, sources, bands())
    if bare.ndim != 2:
        return None
    if np.unique(bare).size == 1:
        return Explanation("labels-constant", {"value": recoded.written(float(bare[0, 0]))})
    return _of_table(bare, sources, cleaned, bands)


def _of_table(
    table: np.ndarray, sources: Sequence[Source], cleaned: Sequence[Source], bands: Bands
) -> Explanation | None:
    """`of_array` for a table of different numbers."""
    made = recoded.made_of(table, sources) or recoded.made_of(table, cleaned)
    if made is None:
        found = moved.explained(table, cleaned)
        if found is None and (band := shapes.band_of(table, bands())):
            return Explanation("labels-band-instead", {"band": str(band)})
        return found
    asked = sources[0]
    if made.source.year != asked.year:
        years = {"year": str(made.source.year), "right_year": str(asked.year)}
        return Explanation("labels-of-another-year", years)
    if made.source.patch != asked.patch:
        return Explanation("labels-of-another-patch", {"patch": made.source.patch})
    if made.turn:
        return Explanation(f"labels-{made.turn}")
    return recoded.explained(made.becomes)


def of_type(fact: Fact, name: str, source: str) -> Explanation | None:
    """Why a result is no array of numbers.

    Args:
        fact: The result, of kind ``other``.
        name: The variable that holds it.
        source: The learner's code.
    """
    if fact["kind"] != "other":
        return None
    if fact["type"] == "tuple" and ends_in_comma(source, name):
        return Explanation("labels-comma", {"name": name})
    if fact["type"] in ("NoneType", "array of objects") and _keeps_result(source, SAVES):
        return Explanation("labels-download-kept")
    known = {
        "array of text": "labels-as-text",
        "tuple": "labels-several",
        "Image": "labels-picture-object",
        "TiffImageFile": "labels-picture-object",
        "DataFrame": "labels-data-frame",
        "int": "labels-single-number",
        "uint8": "labels-single-number",
        "float": "labels-single-number",
        "float64": "labels-single-number",
        "int64": "labels-single-number",
    }
    key = known.get(fact["type"])
    return Explanation(key) if key else None


def of_nothing(source: str, error: str) -> Explanation | None:
    """Why there is no result.

    Args:
        source: The learner's code.
        error: The exception that stopped it, or ``""``.
    """
    # What the download gives back was handed on as the name of a file.
    handed_on = error.startswith("TypeError") and "None" in error
    if handed_on and _keeps_result(source, SAVES):
        return Explanation("labels-download-kept")
    return None


def _tree(source: str) -> ast.Module:
    """Code as a tree, an empty one where it is not Python."""
    try:
        return ast.parse(claims.plain(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def ends_in_comma(source: str, name: str) -> bool:
    """Whether a name is given a single value with a comma behind it, and so a tuple."""
    return any(
        isinstance(node.value, ast.Tuple)
        and len(node.value.elts) == 1
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        for node in ast.walk(_tree(source))
        if isinstance(node, ast.Assign)
    )


def _keeps_result(source: str, function: str) -> bool:
    """Whether code goes on with what a function gives back."""
    tree = _tree(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        isinstance(node.func, ast.Name) and node.func.id == function and id(node) not in alone
        for node in calls
    )
