"""A call that does not fit: its arguments, and what was called."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from types import FrameType

from autograder.checks.reading.guard import from_library
from autograder.checks.reading.problems import static
from autograder.checks.reading.problems.nearness import nearest
from autograder.checks.reading.problems.owning import Part, Spaces, made, near_parts
from autograder.checks.reading.problems.place import Place
from autograder.checks.reading.workspace import MISSING

_OTHER_NAMES = {
    ("imshow", "color_map"): "cmap",
    ("imshow", "colormap"): "cmap",
    ("sjoin", "op"): "predicate",
}
"""Names that an argument had in older versions, or has in other libraries, by function."""


def of_type(_problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    """What does not fit in a call: an argument by name, one that is missing, the callee."""
    keyword = re.search(
        r"(?:unexpected keyword|multiple values for(?: keyword)?) argument '(\w+)'", said
    )
    missing = re.search(r"missing (\d+ )?required", said)
    if keyword:
        yield from _keyword(keyword[1], place, spaces)
    elif "object is not callable" in said:
        yield from _not_callable(place, spaces)
    elif missing:
        names = re.findall(r"'(\w+)'", said[missing.start() :])
        yield from (("missing", name) for name in names[:10])
        yield from _misspelt(place.node, names, spaces)
        if isinstance(place.node, ast.Call):
            yield from _given_as_one(place.node, len(names), spaces)
    if re.search(r"\b(method|function|builtin_function_or_method|ufunc)\b", said):
        yield from _uncalled(place, spaces)


def _misspelt(node: ast.AST | None, missing: list[str], spaces: Spaces) -> Iterator[Part]:
    """An argument by name that the function does not have, near one that it misses."""
    if not isinstance(node, ast.Call):
        return
    known = static.parameters(static.resolve(node.func, spaces))
    for item in node.keywords:
        if item.arg and item.arg not in known and nearest(item.arg, missing):
            yield "shows", "own-argument"
            yield "asked", item.arg
            yield from near_parts(item.arg, missing)
            return


def _keyword(asked: str, place: Place, spaces: Spaces) -> Iterator[Part]:
    yield "asked", asked
    node = place.node
    own = isinstance(node, ast.Call) and asked in [item.arg for item in node.keywords]
    if not isinstance(node, ast.Call) or not own:
        return
    yield "shows", "own-argument"
    if asked in static.parameters(static.resolve(node.func, spaces)):
        yield "shows", "is-parameter"
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else place.text(node.func)
    callee = static.resolve(node.func, spaces)
    names = [*static.parameters(callee), *static.documented(callee), *_of_frames(place.inside)]
    other = _OTHER_NAMES.get((called, asked), "")
    if other in names:
        yield "near", other
        yield "shows", "other-name"
    yield from near_parts(asked, [name for name in names if name != "self"])
    calls = [item for item in place.parents if isinstance(item, ast.Call) and item.func is not node]
    for outer in calls:
        if asked in static.parameters(static.resolve(outer.func, spaces)):
            yield "outer", place.text(outer.func)[:100]
            return


def _of_frames(frames: Iterable[FrameType]) -> list[str]:
    """Parameters of the functions that the learner's call went through, and artists' properties."""
    names = [name for frame in islice(frames, 20) for name in static.in_code(frame.f_code)]
    for frame in islice(frames, 20):
        artist = frame.f_locals.get("self")
        if artist is not None and from_library(artist):
            names += [n.removeprefix("set_") for n in static.names_of(artist) if n[:4] == "set_"]
    return [name for name in names if name[:1] != "_"]


def _not_callable(place: Place, spaces: Spaces) -> Iterator[Part]:
    """What was called though it is no function, and a function that sets it."""
    if not isinstance(place.node, ast.Call):
        return
    func = place.node.func
    yield "asked", place.text(func)[:100]
    if isinstance(func, ast.Attribute):
        owner = static.resolve(func.value, spaces)
        wanted = [f"{prefix}{func.attr}" for prefix in ("set_", "get_", "add_")]
        names = static.names_of(owner) if owner is not MISSING else []
        yield from (("near", name) for name in wanted if name in names)
        yield "shows", "called-attribute"
    elif isinstance(func, ast.Name):
        yield from made(func, place)
    elif isinstance(func, ast.Call):
        yield "shows", "called-twice"


def _given_as_one(node: ast.Call, count: int, spaces: Spaces) -> Iterator[Part]:
    """Whether one argument holds just as many values as the function lacks, with its own place."""
    sizes = [
        len(item.elts) if isinstance(item, (ast.Tuple, ast.List)) else static.size_of(value)
        for item in node.args
        if type(value := static.resolve(item, spaces)) is not str
    ]
    if sizes.count(count + 1) == 1 and not node.keywords:
        yield "shows", "unpacks"


def _uncalled(place: Place, spaces: Spaces) -> Iterator[Part]:
    """The function in the failing expression that is named without being called."""
    if place.node is None:
        return
    called = {node.func for node in ast.walk(place.node) if isinstance(node, ast.Call)}
    for node in ast.walk(place.node):
        if isinstance(node, (ast.Name, ast.Attribute)) and node not in called:
            value = static.resolve(node, spaces)
            owned = any(isinstance(item, ast.Attribute) and item.value is node for item in called)
            if value is not MISSING and static.is_function(value) and not owned:
                yield "uncalled", place.text(node)[:100]
                return
