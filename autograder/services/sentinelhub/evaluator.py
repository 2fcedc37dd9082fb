"""Computing the expressions of a script over arrays."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.services.sentinelhub.syntax_tree import (
    Call,
    Function,
    ListNode,
    Literal,
    Member,
    Name,
    Node,
    ObjectNode,
    Operation,
    ScriptError,
)

SAMPLE_TYPES = ("AUTO", "UINT8", "UINT16", "INT8", "INT16", "FLOAT32")
"""What ``SampleType.…`` may name."""

STEP_LIMIT = 500
"""Operations per pixel that are computed; an NDVI needs ten."""

_MATHS: dict[str, Callable[..., Any]] = {
    "abs": np.abs,
    "ceil": np.ceil,
    "cos": np.cos,
    "exp": np.exp,
    "floor": np.floor,
    "log": np.log,
    "log10": np.log10,
    "pow": np.power,
    "round": lambda value: np.floor(value + 0.5),
    "sin": np.sin,
    "sqrt": np.sqrt,
    "tan": np.tan,
}
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "%": np.fmod,
    "**": np.power,
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "==": np.equal,
    "===": np.equal,
    "!=": np.not_equal,
    "!==": np.not_equal,
}


def as_numbers(value: Any) -> np.ndarray:
    """A value as numbers; what is none becomes NaN, as in JavaScript."""
    if isinstance(value, bool | float | np.ndarray | np.generic):
        return np.asarray(value)
    if isinstance(value, Function | dict | list):
        raise ScriptError("TypeError: a number is expected")
    return np.asarray(np.nan)


class Evaluator:
    """Computes expressions; one per evaluation, because it counts its steps.

    Args:
        functions: The script's functions and constants.
    """

    def __init__(self, functions: Mapping[str, Node]) -> None:
        self._functions = functions
        self._steps = 0

    def body(self, function: Function, names: dict[str, Any]) -> Any:
        """What a function returns: number, array, text, list, dict, function or None.

        Args:
            function: The function.
            names: Values of the variables that it sees.

        Raises:
            ScriptError: It uses what is not defined, or takes too many steps.
        """
        for name, node in function.constants:
            names = {**names, name: self.value(node, names)}
        return self.value(function.result, names)

    def value(self, node: Node, names: dict[str, Any]) -> Any:
        """The value of an expression; as `body`."""
        self._steps += 1
        if self._steps > STEP_LIMIT:
            raise ScriptError("Error: the script takes too many steps")
        match node:
            case Literal(value):
                return value
            case Name(name):
                return self._named(name, names)
            case Member(owner, name):
                return self._member(owner, name, names)
            case ListNode(items):
                return [self.value(item, names) for item in items]
            case ObjectNode(items):
                return {name: self.value(item, names) for name, item in items.items()}
            case Operation(operator, operands):
                return self._operation(operator, [self.value(item, names) for item in operands])
            case Call(function, arguments):
                return self._call(function, [self.value(item, names) for item in arguments], names)
        return node  # a function is its own value

    def _named(self, name: str, names: dict[str, Any]) -> Any:
        if name in names:
            return names[name]
        if name in ("NaN", "Infinity"):
            return float(name)
        if name not in self._functions:
            raise ScriptError(f"ReferenceError: {name} is not defined")
        return self.value(self._functions[name], {})

    def _member(self, owner: Node, name: str, names: dict[str, Any]) -> Any:
        if owner == Name("Math") and name in ("PI", "E"):
            return float(getattr(np, name.lower()))
        if owner == Name("SampleType") and name in SAMPLE_TYPES:
            return name
        content = self.value(owner, names)
        if isinstance(content, dict) and name in content:
            return content[name]
        if isinstance(content, list) and name.isdecimal() and int(name) < len(content):
            return content[int(name)]
        raise ScriptError(f"ReferenceError: {name} is not defined")

    def _operation(self, operator: str, operands: list[Any]) -> Any:
        numbers = [as_numbers(operand) for operand in operands]
        match operator, numbers:
            case "?", [condition, chosen, other]:
                return np.where(_truth(condition), chosen, other)
            case "&&", [left, right]:
                return np.where(_truth(left), right, left)
            case "||", [left, right]:
                return np.where(_truth(left), left, right)
            case "!", [value]:
                return ~_truth(value)
            case "-", [value]:
                return -value.astype(np.float64)
            case "+", [value]:
                return value.astype(np.float64)
        left, right = (number.astype(np.float64) for number in numbers)
        return _BINARY[operator](left, right)

    def _call(self, function: Node, arguments: list[Any], names: dict[str, Any]) -> Any:
        match function:
            case Member(Name("Math"), "min" | "max" as name) if arguments:
                best = np.minimum if name == "min" else np.maximum
                return best.reduce(np.broadcast_arrays(*map(as_numbers, arguments)))
            case Member(Name("Math"), name) if name in _MATHS:
                expected = 2 if name == "pow" else 1
                if len(arguments) == expected:
                    numbers = (as_numbers(value).astype(np.float64) for value in arguments)
                    return _MATHS[name](*numbers)
            case Member(owner, "map") if len(arguments) == 1:
                items = self.value(owner, names)
                if isinstance(items, list) and isinstance(arguments[0], Function):
                    return [self._apply(arguments[0], [item], names) for item in items]
            case Name("index") if len(arguments) == 2 and "index" not in self._functions:
                left, right = (as_numbers(value).astype(np.float64) for value in arguments)
                return (left - right) / (left + right)
            case Name(_):
                called = self.value(function, names)
                if isinstance(called, Function):
                    return self._apply(called, arguments, names)
        raise ScriptError("TypeError: this call is not a function that is served offline")

    def _apply(self, function: Function, arguments: list[Any], names: dict[str, Any]) -> Any:
        given = dict(zip(function.parameters, arguments, strict=False))
        missing = dict.fromkeys(function.parameters[len(arguments) :])
        return self.body(function, {**names, **given, **missing})


def _truth(value: np.ndarray) -> np.ndarray:
    """What JavaScript takes for true: all but 0 and NaN."""
    return (value != 0) & ~np.isnan(value.astype(np.float64))
