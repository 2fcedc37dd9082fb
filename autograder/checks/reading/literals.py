"""The numbers that stand in code, and those that follow from them alone."""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

MAX_SOURCE = 200_000
"""Characters of the longest code that is read."""

MAX_LITERALS = 1000

_OF_TWO: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}


def literals(source: str, results: Sequence[str] = ()) -> list[float]:
    """The numbers in code, and what is calculated from nothing else: ``2.5 * 2.5``.

    Names that are bound once, to such a number, count as it. A name of ``results`` does not: what
    follows from a typed-in result is not typed in itself.

    Returns:
        At most `MAX_LITERALS`; none for code that Python cannot read, or above `MAX_SOURCE`.
    """
    if len(source) > MAX_SOURCE:
        return []
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # a cell with a magic, for example
    plain = [value for node in nodes if (value := _number(node)) is not None]
    names: dict[str, float] = {}
    found: dict[ast.AST, float] = {}
    for _ in range(3):  # a name may be bound to what another name holds
        found = _folded(nodes, names)
        names = dict(_bound(nodes, found, results))
    folded = [
        value for node, value in found.items() if not isinstance(node, ast.Constant | ast.Name)
    ]
    return [*plain, *folded][:MAX_LITERALS]


def _number(node: ast.AST) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return float(value) if isinstance(value, int | float) and abs(value) < 1e300 else None


def _folded(nodes: list[ast.AST], names: dict[str, float]) -> dict[ast.AST, float]:
    """The value of each part of the code that is made of numbers alone."""
    found: dict[ast.AST, float] = {}
    for node in reversed(nodes):  # parts come after the whole
        value = _value(node, found, names)
        if value is not None and abs(value) < 1e300:
            found[node] = value
    return found


def _value(node: ast.AST, found: dict[ast.AST, float], names: dict[str, float]) -> float | None:
    if isinstance(node, ast.Constant):
        return _number(node)
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and node.operand in found:
        return -found[node.operand]
    if isinstance(node, ast.BinOp) and node.left in found and node.right in found:
        compute = _OF_TWO.get(type(node.op))
        try:
            result = compute(found[node.left], found[node.right]) if compute else None
        except (ArithmeticError, ValueError):
            return None
        return result if isinstance(result, float) else None
    return None


def _bound(
    nodes: list[ast.AST], found: dict[ast.AST, float], results: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """Names that are bound once, to a number that stands in the code."""
    stores = Counter(
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    for node in nodes:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            for name, value in _pairs(target, node.value):  # type: ignore[attr-defined]
                if value in found and stores[name] == 1 and name not in results:
                    yield name, found[value]


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Each name of an assignment, and what it is bound to."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=False):
            if isinstance(one, ast.Name):
                yield one.id, part
