"""Brackets and signs of code that Python cannot parse, told apart from its texts and comments."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<text>(?:\b[rbfuRBFU]{1,2})?(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"
        |'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
    |(?P<open_text>'''|\"\"\"|["'])
    |(?P<number>\d[\w.]*)
    |(?P<word>\w+)
    |(?P<sign>\*\*|//|[=!<>+\-*/|&]=|->|[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One word, number, text or sign."""

    kind: str
    text: str
    start: int
    end: int
    line: int


class Bracket(NamedTuple):
    """A bracket that has no partner.

    Attributes:
        token: The bracket.
        opened: For a closing one, the bracket of another kind that is open there.
        line: For a closing one that begins a line, the line above that begins at its column.
    """

    token: Token
    opened: Token | None = None
    line: int = 0


def tokens(source: str) -> Iterator[Token]:
    """The tokens of code, comments left out. A text that does not end is left at its first mark."""
    line, last = 1, 0
    for match in _TOKEN.finditer(source):
        line += source.count("\n", last, match.start())
        last = match.start()
        if match.lastgroup != "comment":
            yield Token(str(match.lastgroup), match[0], *match.span(), line)


def without_comment(line: str) -> str:
    """A line of code up to its last token."""
    return line[: max((token.end for token in tokens(line)), default=0)]


def lonely_bracket(source: str) -> Bracket | None:
    """The first bracket without a partner of its kind, as told by the columns of lines."""
    signs = [token for token in tokens(source) if token.kind == "sign" and token.text in "()[]{}"]
    lonely = _first_lonely(signs, None)
    return lonely and (_first_lonely(signs, source.splitlines()) or lonely)


def _first_lonely(signs: list[Token], lines: list[str] | None) -> Bracket | None:
    """The first bracket without a partner; with ``lines``, of which a column tells it apart."""
    stack: list[Token] = []
    for token in signs:
        if token.text in _PAIRS:
            stack.append(token)
            continue
        opened = stack[-1] if stack else None
        if lines and lines[token.line - 1].lstrip()[:1] == token.text:
            column = _column(lines[token.line - 1])
            above = _column(lines[opened.line - 1]) if opened else -1
            if opened and above > column:
                return Bracket(opened)
            if above < column:
                return Bracket(token, None, _line_above(lines, token.line, column))
        if opened is None or _PAIRS[opened.text] != token.text:
            return Bracket(token, opened)
        stack.pop()
    return Bracket(stack[-1]) if stack else None


def _column(line: str) -> int:
    return len(line) - len(line.lstrip())


def _line_above(lines: list[str], number: int, column: int) -> int:
    """The nearest line above that begins at a column; 0 for none."""
    above = range(number - 1, 0, -1)
    return next((n for n in above if lines[n - 1].strip() and _column(lines[n - 1]) == column), 0)
