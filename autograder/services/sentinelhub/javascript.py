"""Reads the part of JavaScript that evalscripts are written in, as a tree of expressions.

That part are functions (also arrow functions), variables that are set once, ``return`` at the end
of a function, and expressions. Nothing is run here: `evaluator` computes the tree.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from autograder.services.sentinelhub.refusals import ScriptRefused

TEXT_LIMIT = 50_000
"""Longest script, in characters."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<unclosed>/\*)  # or each would be looked for to the end of the script
      | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<word>[A-Za-z_$][\w$]*)
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`$\\]*`)
      | (?P<sign>===|!==|\*\*|=>|==|!=|<=|>=|&&|\|\||[-+*/%<>=!?:;,.(){}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_RESERVED = {
    *_WORDS,
    *("break", "case", "catch", "class", "const", "continue", "delete", "do", "else", "for"),
    *("function", "if", "import", "in", "let", "new", "return", "switch", "this", "throw"),
    *("try", "typeof", "var", "void", "while", "with", "yield"),
}
_LEVELS = (
    ("||",),
    ("&&",),
    ("==", "!=", "===", "!=="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
"""Operators with two operands, from the loosest binding to the tightest; ``**`` is tighter."""

Part = TypeVar("Part")


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


class _Token(NamedTuple):
    kind: str
    text: str


def parse(text: str) -> dict[str, Node]:
    """The functions and constants of a script by name.

    Raises:
        ScriptRefused: The script uses what is not understood here.
    """
    if len(text) > TEXT_LIMIT:
        raise ScriptRefused("RangeError: the script is too long")
    try:
        return _Parser(_tokens(text)).program()
    except RecursionError:
        raise ScriptRefused("RangeError: Maximum call stack size exceeded") from None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "unclosed":
            raise _unexpected(text[position])
        if match.lastgroup != "space":
            tokens.append(_Token(str(match.lastgroup), match[0]))
        position = match.end()
    return [*tokens, _Token("end", "end of input")]


def _unexpected(text: str) -> ScriptRefused:
    return ScriptRefused(f"SyntaxError: Unexpected token '{text}'")


class _Parser:
    """Recursive descent, one method per rule."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._position]

    def _take(self) -> _Token:
        token = self._next
        self._position += token.kind != "end"
        return token

    def _at(self, *texts: str) -> bool:
        return self._next.kind in {"sign", "word"} and self._next.text in texts

    def _skip(self, text: str) -> bool:
        found = self._at(text)
        self._position += found
        return found

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            raise _unexpected(self._next.text)

    def _identifier(self) -> str:
        token = self._take()
        if token.kind != "word" or token.text in _RESERVED:
            raise _unexpected(token.text)
        return token.text

    def program(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while self._next.kind != "end":
            if self._skip("function"):
                name = self._identifier()
                found[name] = Function(self._parameters(), *self._block())
            elif self._at("const", "let", "var"):
                found.update(self._constants())
            elif not self._skip(";"):
                raise _unexpected(self._next.text)
        return found

    def _parameters(self) -> tuple[str, ...]:
        self._expect("(")
        return self._until(")", self._identifier)

    def _block(self) -> tuple[tuple[tuple[str, Node], ...], Node]:
        """``{ const …; return …; }``: the constants and the result."""
        self._expect("{")
        constants: list[tuple[str, Node]] = []
        result: Node = Literal(None)
        while not self._skip("}"):
            if self._at("const", "let", "var"):
                constants += self._constants()
            elif self._skip("return"):
                result = self._expression()
                self._skip(";")
                self._expect("}")
                break
            elif not self._skip(";"):
                raise _unexpected(self._next.text)
        return tuple(constants), result

    def _constants(self) -> list[tuple[str, Node]]:
        self._take()
        found = self._constant()
        while self._skip(","):
            found += self._constant()
        self._skip(";")
        return found

    def _constant(self) -> list[tuple[str, Node]]:
        """``name = …``, or ``{B04, B03} = …``, which takes an object apart."""
        names = self._until("}", self._identifier) if self._skip("{") else None
        name = self._identifier() if names is None else ""
        self._expect("=")
        value = self._expression()
        return [(name, value)] if names is None else [(key, Member(value, key)) for key in names]

    def _expression(self) -> Node:
        arrow = self._arrow()
        if arrow is not None:
            return arrow
        condition = self._binary(0)
        if not self._skip("?"):
            return condition
        chosen = self._expression()
        self._expect(":")
        return Operation("?", (condition, chosen, self._expression()))

    def _arrow(self) -> Node | None:
        """``x => …`` or ``(x, y) => …``, or None where there is no arrow."""
        start = self._position
        try:
            names = self._parameters() if self._at("(") else (self._identifier(),)
            self._expect("=>")
        except ScriptRefused:
            self._position = start
            return None
        if self._at("{"):
            return Function(names, *self._block())
        return Function(names, (), self._expression())

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._power()
        left = self._binary(level + 1)
        while self._at(*_LEVELS[level]):
            left = Operation(self._take().text, (left, self._binary(level + 1)))
        return left

    def _power(self) -> Node:
        base = self._unary()
        if self._skip("**"):
            return Operation("**", (base, self._power()))
        return base

    def _unary(self) -> Node:
        if self._at("-", "+", "!"):
            return Operation(self._take().text, (self._unary(),))
        return self._postfix(self._primary())

    def _postfix(self, node: Node) -> Node:
        while True:
            if self._skip("."):
                node = Member(node, self._take().text)
            elif self._skip("["):
                key = self._expression()
                self._expect("]")
                if not isinstance(key, Literal) or isinstance(key.value, bool | None):
                    raise _unexpected("[")
                node = Member(node, f"{key.value:g}" if isinstance(key.value, float) else key.value)
            elif self._skip("("):
                node = Call(node, self._until(")", self._expression))
            else:
                return node

    def _until(self, end: str, read: Callable[[], Part]) -> tuple[Part, ...]:
        """Parts with commas between them, and perhaps after the last, up to a sign."""
        parts: list[Part] = []
        while not self._skip(end):
            parts.append(read())
            if not self._at(end):
                self._expect(",")
        return tuple(parts)

    def _primary(self) -> Node:
        if self._skip("("):
            node = self._expression()
            self._expect(")")
            return node
        if self._skip("["):
            return ListNode(self._until("]", self._expression))
        if self._skip("{"):
            return ObjectNode(dict(self._until("}", self._entry)))
        token = self._take()
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "word" and token.text in _WORDS:
            return Literal(_WORDS[token.text])
        if token.kind == "word" and token.text not in _RESERVED:
            return Name(token.text)
        raise _unexpected(token.text)

    def _entry(self) -> tuple[str, Node]:
        """``name: …``, or ``name`` alone for a variable of that name."""
        token = self._take()
        if token.kind not in {"word", "text", "number"}:
            raise _unexpected(token.text)
        key = token.text[1:-1] if token.kind == "text" else token.text
        return key, self._expression() if self._skip(":") else Name(key)
