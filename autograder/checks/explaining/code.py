"""What stands in a learner's code, read and never run."""

import ast
from functools import lru_cache


@lru_cache(maxsize=8)
def tree_of(source: str) -> ast.Module:
    """The code as a tree; an empty one for code that Python cannot read."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def names_in(source: str) -> set[str]:
    """All names and attributes in code."""
    nodes = list(ast.walk(tree_of(source)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def texts_in(source: str) -> list[str]:
    """All texts in quotation marks in code."""
    nodes = ast.walk(tree_of(source))
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in values if isinstance(value, str)]


def first_arguments(source: str, method: str) -> list[str]:
    """Names that are the first argument of calls of a method, in order."""
    firsts = (call.args[0] for call in calls_of(source, method) if call.args)
    return [first.id for first in firsts if isinstance(first, ast.Name)]


def calls_of(source: str, function: str) -> list[ast.Call]:
    """Calls of a function or method of that name."""
    calls = [node for node in ast.walk(tree_of(source)) if isinstance(node, ast.Call)]
    return [
        call
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) == function
    ]


def constants(nodes: list[ast.expr]) -> list[float]:
    """The numbers among some expressions."""
    values = (node.value for node in nodes if isinstance(node, ast.Constant))
    return [float(value) for value in values if isinstance(value, int | float)]
