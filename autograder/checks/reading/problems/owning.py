"""An attribute, a name or a package that was asked for in vain."""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.guard import attempt, from_library
from autograder.checks.reading.problems import static
from autograder.checks.reading.problems.nearness import nearest
from autograder.checks.reading.problems.place import Place
from autograder.checks.reading.workspace import MISSING

Part = tuple[str, object]
Spaces = Sequence[Mapping[str, Any]]

MAX_FILES = 300
MAX_ARGUMENTS = 20


def field_of(problem: BaseException, base: type, name: str) -> Any:
    """A field that Python itself keeps in an exception, whatever its class puts over it."""
    return static.look_up(base, name).__get__(problem)


def near_parts(asked: str, names: Iterable[str]) -> Iterator[Part]:
    """The real names near one that was asked for."""
    yield from (("near", name) for name in nearest(asked, names))


def of_attribute(problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    """The attribute of an `AttributeError`, and what the object has instead."""
    asked, value = (field_of(problem, AttributeError, name) for name in ("name", "obj"))
    if type(asked) is not str:
        match = re.search(r"has no attribute '(\w+)'", said)
        asked = match[1] if match else ""
    node = _attribute_node(place, asked)
    if value is None and node is not None:
        known = static.resolve(node.value, spaces)
        value = None if known is MISSING else known
    yield "asked", asked
    yield "asked-type", facts.type_name(value)
    if node is not None:
        yield "owner", place.text(node.value)[:200]
        yield "shows", "own-attribute"
        yield from made(node.value, place)
        if isinstance(node.value, ast.Call):
            yield "shows", "owner-is-call"
    else:
        yield from _argument_that_is(value, place, spaces)
    yield from _about(value, asked)
    names = static.names_of(value)
    functions = nearest(asked, names)
    yield from (("near", name) for name in functions)


def _attribute_node(place: Place, asked: str) -> ast.Attribute | None:
    """The attribute in the failing expression; where other code inside failed, there is none."""
    if place.node is None:
        return None
    found = (node for node in ast.walk(place.node) if isinstance(node, ast.Attribute))
    if isinstance(place.node, ast.Attribute) and place.node.attr == asked:
        return place.node
    return None if place.inside else next((node for node in found if node.attr == asked), None)


def _about(value: object, asked: str) -> Iterator[Part]:
    """What else has the attribute that was asked for."""
    cls = type(value)
    if issubclass(cls, ModuleType):
        yield "shows", "in-module"
    if static.is_function(value):
        yield "shows", "of-function"
    if cls is dict and asked in static.keys_of(value):
        yield "shows", "is-key"
    inner: object = MISSING
    if cls is np.ndarray and value.dtype == object and value.size:  # type: ignore[attr-defined]
        inner = value.flat[0]  # type: ignore[attr-defined]
    elif cls in (list, tuple) and value:
        inner = value[0]  # type: ignore[index]
    if inner is not MISSING and static.look_up(inner, asked) is not MISSING:
        yield "shows", "items-have-it"
    axes = static.resolve(ast.parse("matplotlib.axes.Axes", mode="eval").body, [sys.modules])
    is_figure = facts.type_name(value) == "Figure" and from_library(value)
    if is_figure and axes is not MISSING and static.look_up(axes, asked) is not MISSING:
        yield "shows", "axes-have-it"


def _argument_that_is(value: object, place: Place, spaces: Spaces) -> Iterator[Part]:
    """The argument of the learner's call that is the very value that could not be used."""
    if not isinstance(place.node, ast.Call) or value is None:
        return
    listed = [*place.node.args, *(item.value for item in place.node.keywords)]
    for number, item in enumerate(listed[:20]):
        found = static.resolve(item, spaces)
        constant = isinstance(item, ast.Constant) and type(found) is type(value) and found == value
        if constant or (found is value and not isinstance(item, ast.Constant)):
            yield "argument-at", number
            return


def made(node: ast.AST, place: Place) -> Iterator[Part]:
    """Where and how the cell made a variable before the line that stopped."""
    if not isinstance(node, ast.Name) or place.tree is None:
        return
    line = getattr(place.node, "lineno", 0)
    makers = [
        item
        for item in ast.walk(place.tree)
        if isinstance(item, ast.Assign)
        and item.lineno < line
        and any(isinstance(target, ast.Name) and target.id == node.id for target in item.targets)
    ]
    found = max(makers, key=lambda item: item.lineno, default=None)
    if found is not None:
        yield "made-line", found.lineno + place.shift
        yield "made-of", place.text(found.value)[:200]
        yield "made-as", type(found.value).__name__
        if isinstance(found.value, ast.Tuple) and len(found.value.elts) == 1:
            yield "shows", "trailing-comma"


def of_name(problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    """The name of a `NameError`, where the cell makes it, and names near it."""
    asked = field_of(problem, NameError, "name")
    match = re.search(r"(?:name|variable) '(\w+)'", said)
    asked = asked if type(asked) is str else match[1] if match else ""
    yield "asked", asked
    bound = _bound(place.tree)
    later = [line for name, line in bound if name == asked]
    if later:
        yield "made-line", min(later) + place.shift
    known = {name for space in spaces for name in islice(space, 5000) if type(name) is str}
    public = {name for name in known if name[:1] != "_"} | {name for name, _ in bound}
    yield from near_parts(asked, sorted(public - {asked}))


def _bound(tree: ast.AST | None) -> list[tuple[str, int]]:
    """The names that a cell's code binds, with their lines."""
    nodes = list(ast.walk(tree)) if tree else []
    return [
        (node.id, node.lineno)
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]


def of_import(problem: BaseException, _place: Place, _spaces: Spaces, said: str) -> Iterator[Part]:
    """What could not be imported, and names near it."""
    match = re.search(r"cannot import name '(\w+)' from '([\w.]+)'", said)
    module = field_of(problem, ImportError, "name")
    if match:
        home = sys.modules.get(match[2])
        yield "asked", match[1]
        yield "owner", match[2]
        yield from near_parts(match[1], static.names_of(home) + _submodules(home))
    elif type(module) is str:
        parent, _, last = module.rpartition(".")
        yield "asked", module
        yield "owner", parent
        home = sys.modules.get(parent) if parent else None
        names = static.names_of(home) + _submodules(home) if home else _packages()
        yield from near_parts(last, names)


def _packages() -> list[str]:
    loaded = {name.partition(".")[0] for name in list(sys.modules)} | sys.stdlib_module_names
    return sorted(name for name in loaded if name[:1] != "_")


def _submodules(home: object) -> list[str]:
    """The modules in a loaded package's folders."""
    folders = static.look_up(home, "__path__") if home is not None else []
    found: list[str] = []
    for folder in folders if type(folders) is list else []:
        listed: list[str] = attempt([], os.listdir, folder)
        found += [name.partition(".")[0] for name in listed[:MAX_FILES] if name[:1] not in "_."]
    return found
