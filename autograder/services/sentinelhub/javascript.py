"""A reader for the part of JavaScript that evalscripts are written in.

It knows functions, constants, ``return`` and expressions. Nothing is run here: the result is a
`syntax_tree`, which `evalscript` gives a meaning.
"""

import re
from typing import NamedTuple

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
"""Operators with two operands, from the loosest binding to the tightest."""


class _Token(NamedTuple):
    kind: str
    text: str


def parse(text: str) -> dict[str, Node]:
    """The functions and constants of a script by name.

    Raises:
        ScriptError: The script uses what is not understood here.
    """
    if len(text) > TEXT_LIMIT:
        raise ScriptError("RangeError: the script is too long")
    try:
        return _Parser(_tokens(text)).program()
    except RecursionError:
        raise ScriptError("RangeError: Maximum call stack size exceeded") from None


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


def _unexpected(text: str) -> ScriptError:
    return ScriptError(f"SyntaxError: Unexpected token '{text}'")


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
        if self._at(text):
            self._position += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            raise _unexpected(self._next.text)

    def _identifier(self) -> str:
        token = self._take()
        if token.kind != "word" or token.text in _RESERVED or token.text in _WORDS:
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
        return self._names(")")

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
        found: list[tuple[str, Node]] = []
        while True:
            found += self._constant()
            if not self._skip(","):
                self._skip(";")
                return found

    def _constant(self) -> list[tuple[str, Node]]:
        """``name = …``, or ``{B04, B03} = …``, which takes an object apart."""
        names = self._names("}") if self._skip("{") else None
        name = self._identifier() if names is None else ""
        self._expect("=")
        value = self._expression()
        return [(name, value)] if names is None else [(key, Member(value, key)) for key in names]

    def _names(self, end: str) -> tuple[str, ...]:
        names: list[str] = []
        while not self._skip(end):
            names.append(self._identifier())
            if not self._at(end):
                self._expect(",")
        return tuple(names)

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
        except ScriptError:
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
                node = Call(node, self._until(")"))
            else:
                return node

    def _until(self, end: str) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while not self._skip(end):
            nodes.append(self._expression())
            if not self._at(end):
                self._expect(",")
        return tuple(nodes)

    def _primary(self) -> Node:
        if self._skip("("):
            node = self._expression()
            self._expect(")")
            return node
        if self._skip("["):
            return ListNode(self._until("]"))
        if self._skip("{"):
            return self._object()
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

    def _object(self) -> Node:
        items: dict[str, Node] = {}
        while not self._skip("}"):
            token = self._take()
            if token.kind not in {"word", "text", "number"}:
                raise _unexpected(token.text)
            key = token.text[1:-1] if token.kind == "text" else token.text
            items[key] = self._expression() if self._skip(":") else Name(key)
            if not self._at("}"):
                self._expect(",")
        return ObjectNode(items)
