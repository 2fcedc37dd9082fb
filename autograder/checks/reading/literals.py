"""The numbers that stand in code, and those that follow from them alone. Nothing is run."""

import ast
import contextlib
import math
import operator
import re
from collections.abc import Callable, Sequence

MAX_SOURCE = 200_000
"""Characters of the longest code that is read."""

MAX_LITERALS = 1000

_MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_LIST_OF_NUMBERS = re.compile(r"[\s\d.,;()\[\]eE+-]{1,200}")
_NUMBER = re.compile(r"[+-]?\d{1,17}(?:\.\d{1,17})?(?:[eE][+-]?\d{1,2})?")
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_COMPARING = re.compile(r"print|isclose|allclose|approx|assert\w*")

Value = float | tuple["Value", ...] | None
"""What an expression of constants is worth: a number, a tuple or list of them, else ``None``."""


def parsed(source: str) -> ast.Module | None:
    """The syntax tree, lines with magics left out; ``None`` where the code has none."""
    for code in (source, _MAGIC.sub(r"\1pass", source)):
        try:
            return ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def literals(source: str, results: Sequence[str] = ()) -> list[float]:
    """The numbers in code, and what is calculated from nothing else: ``2.5 * 2.5``.

    Numbers also stand in a text that holds nothing else (``"43.77, 1.68"``), and names stand for
    the numbers or tuples of them that they are bound to. A name of ``results`` does not: what
    follows from a typed-in result is not typed in itself. What is only printed, or compared with,
    is left out.

    Returns:
        At most `MAX_LITERALS`; none for code that Python cannot read, or above `MAX_SOURCE`.
    """
    tree = parsed(source) if len(source) <= MAX_SOURCE else None
    found = _Numbers(results)
    with contextlib.suppress(RecursionError):
        found.value(tree)
    return found.numbers[:MAX_LITERALS]


class _Numbers:
    """Collects numbers, statement by statement.

    Attributes:
        numbers: Those found so far.
        names: What names stand for at this place; those of ``results`` for nothing.
    """

    def __init__(self, results: Sequence[str]) -> None:
        self.results = frozenset(results)
        self.numbers: list[float] = []
        self.names: dict[str, Value] = {}

    def value(self, node: ast.AST | None) -> Value:
        """What a piece of code is worth; its numbers are collected on the way."""
        if len(self.numbers) >= MAX_LITERALS:
            return None
        match node:
            case ast.Constant(value=str(words)):
                return self._in_text(words)
            case ast.Constant(value=bool()):
                return None
            case ast.Constant(value=int() | float() as number):
                return self._kept(number)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                factor = -1.0 if isinstance(sign, ast.USub) else 1.0
                return self._result(operator.mul, factor, self.value(operand))
            case ast.BinOp(left=left, op=operation, right=right):
                return self._result(
                    _OPERATIONS.get(type(operation)), self.value(left), self.value(right)
                )
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                return tuple([self.value(element) for element in elements])
            case ast.Subscript(value=sequence, slice=place):
                return _item(self.value(sequence), self.value(place))
            case ast.Name(id=name, ctx=ast.Load()):
                return self.names.get(name)
            case ast.Name(id=name):
                self.names.pop(name, None)
            case ast.Assign(targets=targets, value=assigned):
                value = self.value(assigned)
                for target in targets:
                    self._bind(target, value)
            case ast.AugAssign(target=ast.Name(id=name), op=operation, value=added):
                self._name(
                    name,
                    self._result(
                        _OPERATIONS.get(type(operation)), self.names.get(name), self.value(added)
                    ),
                )
            case ast.Assert() | ast.Compare():
                pass
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                _COMPARING.fullmatch(name)
            ):
                pass
            case ast.AST():
                for child in ast.iter_child_nodes(node):
                    self.value(child)
        return None

    def _kept(self, number: float) -> Value:
        if not (abs(number) < 1e300):  # infinite, not a number, or too large for a float
            return None
        self.numbers.append(float(number))
        return float(number)

    def _in_text(self, words: str) -> Value:
        if _LIST_OF_NUMBERS.fullmatch(words):
            for number in _NUMBER.findall(words):
                self._kept(float(number))
        return None

    def _result(
        self, operation: Callable[[float, float], float] | None, left: Value, right: Value
    ) -> Value:
        if operation is None or not (isinstance(left, float) and isinstance(right, float)):
            return None
        try:
            result = operation(left, right)
        except ArithmeticError:
            return None
        return self._kept(result) if isinstance(result, float) and math.isfinite(result) else None

    def _name(self, name: str, value: Value) -> None:
        self.names[name] = None if name in self.results else value

    def _bind(self, target: ast.AST, value: Value) -> None:
        match target:
            case ast.Name(id=name):
                self._name(name, value)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = value if isinstance(value, tuple) and len(value) == len(parts) else ()
                for place, part in enumerate(parts):
                    self._bind(part, values[place] if values else None)
            case _:
                self.value(target)


def _item(sequence: Value, place: Value) -> Value:
    """An item of a tuple of constants."""
    if not isinstance(sequence, tuple) or not isinstance(place, float):
        return None
    inside = place.is_integer() and -len(sequence) <= place < len(sequence)
    return sequence[int(place)] if inside else None
