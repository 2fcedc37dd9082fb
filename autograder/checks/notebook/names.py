"""Which names a cell's code reads and binds, told from the code without running it."""

import ast
import dis
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

COURSE_CALLS = frozenset(
    {"answer", "catch_up", "check", "hint", "progress", "rehearse", "start_course"}
)
"""The functions of `autograder`; a cell with nothing else in it answers no exercise."""


_MAGIC = re.compile(r"^([ \t]*)(?:%%|[%!]).*$", re.MULTILINE)


@dataclass(frozen=True)
class Names:
    """Global names of a piece of code.

    Attributes:
        inputs: Read before the code binds them itself: they come from elsewhere.
        bound: Assigned, imported or defined.
    """

    inputs: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def names_in(code: str, before_line: int | None = None) -> Names:
    """Global names that code reads and binds; none for code that is not Python.

    Args:
        code: The code, without IPython's magics.
        before_line: Line (from 1) at which the code stopped: only statements that end before it
            count as having bound names.
    """
    whole = _module(code)
    if whole is None:
        return Names()
    if before_line is None:
        return names_of(whole)
    done = [item for item in whole.body if (item.end_lineno or 0) < before_line]
    return Names(names_of(whole).inputs, names_of(ast.Module(done, [])).bound)


def without_magics(cell: str) -> str:
    """A cell's code, in which lines that only IPython reads do nothing."""
    return _MAGIC.sub(r"\1pass", cell)


def magics_in(cell: str) -> list[str]:
    """The lines of a cell that only IPython reads: all, where it begins with two percent signs."""
    return [cell] if cell.startswith("%%") else [found[0] for found in _MAGIC.finditer(cell)]


def is_course_call(code: str) -> bool:
    """Whether a cell only calls the course's own functions, such as ``hint(5)``."""
    module = _module(code)
    return module is not None and bool(module.body) and all(map(_of_course, module.body))


def checked_in(code: str) -> set[int]:
    """Numbers of the exercises that a cell checks."""
    module = _module(code)
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call)) if module else ()
    numbers = (call.args[0] for call in calls if _called(call) == "check" and call.args)
    return {
        item.value for item in numbers if isinstance(item, ast.Constant) and type(item.value) is int
    }


def _called(call: ast.Call) -> str:
    """Name of the function or method that is called."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _of_course(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "autograder"
    if isinstance(statement, ast.Import):
        return all(item.name == "autograder" for item in statement.names)
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    return _called(statement.value) in COURSE_CALLS and not any(
        isinstance(node, ast.NamedExpr) for node in ast.walk(statement)
    )


def _module(code: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():  # Python warns of "\d" and the like, on standard error
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_of(module: ast.Module) -> Names:
    """Global names of a module.

    They are taken from the compiled code, which has them in the order of execution.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(module, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names()
    inputs: set[str] = set()
    bound: set[str] = set()
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            bound.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in bound:
            inputs.add(step.argval)
    for function in _inner(code):  # functions run later: what the cell binds is there by then
        own = {step.argval for step in dis.get_instructions(function) if _stores(step.opname)}
        for step in dis.get_instructions(function):
            if step.opname == "STORE_GLOBAL":
                bound.add(step.argval)
            elif step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and step.argval not in own | bound:
                inputs.add(step.argval)
    return Names(frozenset(inputs), frozenset(bound))


def _stores(opname: str) -> bool:
    return opname in ("STORE_NAME", "STORE_GLOBAL")


def _inner(code: CodeType) -> Iterator[CodeType]:
    """Functions, classes and comprehensions inside of code."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inner(constant)
