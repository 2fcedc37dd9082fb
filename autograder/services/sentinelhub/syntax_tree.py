"""The tree that a script is read into."""

from dataclasses import dataclass


class ScriptError(Exception):
    """An evalscript that is refused; the text is what the service answers with."""


@dataclass(frozen=True)
class Literal:
    """A number, a text, true, false, null or undefined (the last two as None)."""

    value: float | str | bool | None


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True)
class Member:
    """``owner.name`` or ``owner["name"]``."""

    owner: "Node"
    name: str


@dataclass(frozen=True)
class Operation:
    """An operator with one, two or three operands (``-``, ``*``, ``?`` …)."""

    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Call:
    """A call of a function."""

    function: "Node"
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class ListNode:
    """``[a, b]``."""

    items: tuple["Node", ...]


@dataclass(frozen=True)
class ObjectNode:
    """``{name: a}``."""

    items: dict[str, "Node"]


@dataclass(frozen=True)
class Function:
    """A function: constants in order, then what it returns."""

    parameters: tuple[str, ...]
    constants: tuple[tuple[str, "Node"], ...]
    result: "Node"


Node = Literal | Name | Member | Operation | Call | ListNode | ObjectNode | Function
