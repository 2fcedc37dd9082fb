"""Look into a learner's objects without running code of theirs: types, modules, own names.

`dir`, `getattr` and `callable` may run a class's own code; the dictionaries behind them do not.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    CodeType,
    FunctionType,
    GetSetDescriptorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

import numpy as np

from autograder.checks.reading.facts import type_name
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import MISSING

MAX_NAMES = 5000
MAX_WRAPPERS = 5
MAX_TOLD = 20_000
"""Characters that are read of a function's description."""

_FUNCTIONS = (
    FunctionType,
    BuiltinFunctionType,
    MethodType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
    ClassMethodDescriptorType,
    np.ufunc,
    type(np.save),
)
_UFUNC_PARAMETERS = ("out", "where", "axis", "axes", "casting", "order", "dtype", "subok")


def mro(cls: type) -> tuple[type, ...]:
    """The classes of a class, itself first, whatever its metaclass says."""
    return tuple(type.__dict__["__mro__"].__get__(cls))


def _space(cls: type) -> Mapping[str, Any]:
    space: Mapping[str, Any] = type.__dict__["__dict__"].__get__(cls)
    return space


def own_space(value: object) -> Mapping[str, Any]:
    """The names that an object holds itself, apart from its class's; none where it is unusual."""
    if issubclass(type(value), ModuleType):
        names: dict[str, Any] = vars(ModuleType)["__dict__"].__get__(value)
        return names
    if issubclass(type(value), type):
        return {}
    for cls in mro(type(value)):
        found = _space(cls).get("__dict__")
        if found is not None:
            own = found.__get__(value) if type(found) is GetSetDescriptorType else None
            return own if type(own) is dict else {}
    return {}


def _spaces(value: object) -> list[Mapping[str, Any]]:
    if issubclass(type(value), ModuleType):
        return [own_space(value)]
    cls: Any = value if issubclass(type(value), type) else type(value)
    return [*map(_space, mro(cls)), own_space(value)]


def names_of(value: object) -> list[str]:
    """The public names of an object, columns of a table included."""
    found: dict[str, None] = {}
    for space in _spaces(value):
        found |= dict.fromkeys(
            name for name in islice(space, MAX_NAMES) if type(name) is str and name[:1] != "_"
        )
    return [*found, *columns_of(value)]


def columns_of(value: object) -> list[str]:
    """The names of a pandas or geopandas table's columns, or of a row's entries; else none."""
    labels = {"DataFrame": "columns", "GeoDataFrame": "columns", "Series": "index"}
    cls = type(value)
    home = sys.modules.get("geopandas" if type_name(value)[:3] == "Geo" else "pandas")
    if home is None or own_space(home).get(type_name(value)) is not cls:
        return []
    axis = labels.get(type_name(value))
    if axis is None:
        return []
    listed: list[Any] = attempt([], lambda: list(islice(getattr(value, axis), 1000)))
    return [name for name in listed if type(name) is str]


def look_up(value: object, name: str) -> Any:
    """What stands under a name in an object; `MISSING` for nothing, or what has to be computed."""
    spaces = _spaces(value)
    for space in [spaces[-1], *spaces[:-1]]:
        if name in space:
            found = space[name]
            if type(found) in (staticmethod, classmethod):
                return type(found).__dict__["__func__"].__get__(found)
            return found
    return MISSING


def is_function(value: object) -> bool:
    """Whether a value is a function or method, of Python or of a library in C."""
    return type(value) in _FUNCTIONS or _is_cython(value)


def _is_cython(value: object) -> bool:
    """Whether a value is a function of Cython, whose class stands in a module of its own."""
    name = "cython_function_or_method"
    homes = [module for key, module in list(sys.modules.items()) if key.startswith("_cython_")]
    return type_name(value) == name and any(
        own_space(home).get(name) is type(value) for home in homes
    )


def parameters(value: object) -> tuple[str, ...]:
    """Names of a function's or class's parameters, without ``self``; none where unknown."""
    for _ in range(MAX_WRAPPERS):
        wrapped = own_space(value).get("__wrapped__")
        if wrapped is None or issubclass(type(value), type):
            break
        value = wrapped
    cls = type(value)
    if cls is FunctionType:
        return in_code(FunctionType.__dict__["__code__"].__get__(value))
    if cls is MethodType:
        return parameters(MethodType.__dict__["__func__"].__get__(value))[1:]
    if cls is np.ufunc:
        return _UFUNC_PARAMETERS
    if issubclass(cls, type):
        made_by = look_up(value, "__init__")
        made_by = made_by if type(made_by) is FunctionType else look_up(value, "__new__")
        return parameters(made_by)[1:] if type(made_by) is FunctionType else ()
    if is_function(value):
        function: Any = value
        listed: list[str] = attempt([], lambda: list(inspect.signature(function).parameters))
        return tuple(listed)
    return ()


def documented(value: object) -> list[str]:
    """Names of the arguments that the description of a Python function lists."""
    if type(value) is MethodType:
        value = MethodType.__dict__["__func__"].__get__(value)
    told = FunctionType.__dict__["__doc__"].__get__(value) if type(value) is FunctionType else None
    lines = told[:MAX_TOLD] if type(told) is str else ""
    found = re.findall(
        r"^[ \t]{0,20}\*{0,2}([a-z_]\w{0,40}(?:, \w{1,40}){0,5}) ?: ", lines, re.MULTILINE
    )
    return [name for names in found for name in names.split(", ")]


def in_code(code: CodeType) -> tuple[str, ...]:
    """Names of the parameters of a function's code, without ``*args`` and ``**kwargs``."""
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def resolve(node: ast.AST | None, spaces: Sequence[Mapping[str, Any]]) -> Any:
    """The value of an expression of names, attributes and places, as far as no code runs for it.

    Args:
        node: The expression.
        spaces: The names by which to look, nearest first.

    Returns:
        `MISSING` where it is not known.
    """
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return next((space[node.id] for space in spaces if node.id in space), MISSING)
    if isinstance(node, ast.Attribute):
        owner = resolve(node.value, spaces)
        return MISSING if owner is MISSING else look_up(owner, node.attr)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return _item(resolve(node.value, spaces), node.slice.value)
    return MISSING


def _item(value: Any, key: Any) -> Any:
    cls = type(value)
    if cls is dict and type(key) in (str, int):
        return dict(islice(value.items(), MAX_NAMES)).get(key, MISSING)
    one_axis = cls is np.ndarray and value.ndim == 1 and value.dtype == object
    if (cls in (list, tuple) or one_axis) and type(key) is int and -len(value) <= key < len(value):
        return value[key]
    return MISSING


def size_of(value: object) -> int:
    """How many items a plain list, tuple, text or dictionary has; -1 for anything else."""
    for cls in (list, tuple, str, dict):
        if issubclass(type(value), cls):
            return int(cls.__len__(value))  # type: ignore[arg-type]
    if issubclass(type(value), np.ndarray):
        shape = np.ndarray.__dict__["shape"].__get__(value)
        return int(shape[0]) if shape else -1
    return -1


def keys_of(value: object) -> Iterator[str]:
    """The text keys of a plain dictionary, or a table's columns."""
    if type(value) is dict:
        yield from (key for key in islice(value, MAX_NAMES) if type(key) is str)
    else:
        yield from columns_of(value)
