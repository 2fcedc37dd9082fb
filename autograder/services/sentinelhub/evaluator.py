"""Computes the expressions of an evalscript, for all pixels at once."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.services.sentinelhub.javascript import (
    Call,
    Function,
    ListNode,
    Literal,
    Member,
    Name,
    Node,
    ObjectNode,
    Operation,
)
from autograder.services.sentinelhub.refusals import ScriptRefused

SAMPLE_TYPES = ("AUTO", "UINT8", "UINT16", "INT8", "INT16", "FLOAT32")
"""What ``SampleType.…`` may name."""

STEP_LIMIT = 500
"""Most expressions and parts of expressions that a script may compute; an NDVI needs twelve."""

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
    """A value as numbers; text, null and undefined become NaN.

    Raises:
        ScriptRefused: It is a list, an object or a function.
    """
    if isinstance(value, bool | float | np.ndarray | np.generic):
        return np.asarray(value)
    if isinstance(value, Function | dict | list):
        raise ScriptRefused("TypeError: a number is expected")
    return np.asarray(np.nan)


class Evaluator:
    """Computes expressions; one per evaluation, because it counts its steps.

    Args:
        functions: The script's functions and constants.
    """

    def __init__(self, functions: Mapping[str, Node]) -> None:
        self._functions = functions
        self._steps = 0

    def run(self, function: Function, variables: dict[str, Any]) -> Any:
        """What a function returns: number, array, text, list, dict, function or None.

        Args:
            function: The function.
            variables: Values of the variables that it sees.

        Raises:
            ScriptRefused: It uses what is not defined, or takes too many steps.
            RecursionError: It calls itself without end.
        """
        for name, node in function.constants:
            variables = {**variables, name: self.evaluate(node, variables)}
        return self.evaluate(function.result, variables)

    def evaluate(self, node: Node, variables: dict[str, Any]) -> Any:
        """The value of an expression; arguments and errors as those of `run`."""
        self._steps += 1
        if self._steps > STEP_LIMIT:
            raise ScriptRefused("Error: the script takes too many steps")
        match node:
            case Literal(value):
                return value
            case Name(name):
                return self._named(name, variables)
            case Member(owner, name):
                return self._member(owner, name, variables)
            case ListNode(items):
                return [self.evaluate(item, variables) for item in items]
            case ObjectNode(items):
                return {name: self.evaluate(item, variables) for name, item in items.items()}
            case Operation(operator, operands):
                return self._operation(
                    operator, [self.evaluate(item, variables) for item in operands]
                )
            case Call(function, arguments):
                return self._call(
                    function, [self.evaluate(item, variables) for item in arguments], variables
                )
        return node  # a function is its own value

    def _named(self, name: str, variables: dict[str, Any]) -> Any:
        if name in variables:
            return variables[name]
        if name in ("NaN", "Infinity"):
            return float(name)
        if name not in self._functions:
            raise ScriptRefused(f"ReferenceError: {name} is not defined")
        return self.evaluate(self._functions[name], {})

    def _member(self, owner: Node, name: str, variables: dict[str, Any]) -> Any:
        if owner == Name("Math") and name in ("PI", "E"):
            return float(getattr(np, name.lower()))
        if owner == Name("SampleType") and name in SAMPLE_TYPES:
            return name
        content = self.evaluate(owner, variables)
        if isinstance(content, dict) and name in content:
            return content[name]
        if isinstance(content, list) and name.isdecimal() and int(name) < len(content):
            return content[int(name)]
        raise ScriptRefused(f"ReferenceError: {name} is not defined")

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

    def _call(self, function: Node, arguments: list[Any], variables: dict[str, Any]) -> Any:
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
                items = self.evaluate(owner, variables)
                if isinstance(items, list) and isinstance(arguments[0], Function):
                    return [self._apply(arguments[0], [item], variables) for item in items]
            case Name("index") if len(arguments) == 2 and "index" not in self._functions:
                left, right = (as_numbers(value).astype(np.float64) for value in arguments)
                return (left - right) / (left + right)
            case Name(_):
                called = self.evaluate(function, variables)
                if isinstance(called, Function):
                    return self._apply(called, arguments, variables)
        raise ScriptRefused("TypeError: this call is not a function that is served offline")

    def _apply(self, function: Function, arguments: list[Any], variables: dict[str, Any]) -> Any:
        given = dict(zip(function.parameters, arguments, strict=False))
        missing = dict.fromkeys(function.parameters[len(arguments) :])
        return self.run(function, {**variables, **given, **missing})


def _truth(value: np.ndarray) -> np.ndarray:
    """What JavaScript takes for true: all but 0 and NaN."""
    return (value != 0) & ~np.isnan(value.astype(np.float64))
