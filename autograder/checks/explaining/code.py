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
    return [
        node.args[0].id
        for node in ast.walk(tree_of(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and node.args
        and isinstance(node.args[0], ast.Name)
    ]
