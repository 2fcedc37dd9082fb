"""What keeps Python from reading a cell, found by the smallest repair that makes it readable."""

import ast
import difflib
import keyword
import re
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from autograder.checks.reading.problems.scanning import Bracket, Token, lonely_bracket, tokens

MAX_SECONDS = 0.2
"""For how long repairs are tried: each is parsed, in about a thousandth of a second."""

MAX_SOURCE = 20_000
"""Longest code in which repairs are sought, in characters."""

_OF_BRACKETS = ("indent-unexpected",)
"""What may come from a bracket that was never opened, in a line above."""

_MISTAKEN = {"=": (":", "=="), ":": ("=", ","), ";": (",",), ".": (",",)}
"""Signs, and those that may belong in their place."""

QUOTES = "“”„‟‘’‚‛«»‹›`´"
"""Typographic quotation marks, and accents that look like some."""

_MESSAGES = (
    (r"unexpected indent", "indent-unexpected"),
    (r"expected an indented block after .* on line (?P<opened>\d+)", "indent-missing"),
    (r"unindent does not match", "indent-uneven"),
    (r"inconsistent use of tabs", "tabs-and-spaces"),
    (r"unterminated triple-quoted", "triple-quotes-open"),
    (r"unterminated (f-)?string literal", "quote-missing"),
    (r"Missing parentheses in call to '(?P<character>\w+)", "brackets-missing"),
    (r"leading zeros in decimal", "leading-zero"),
    (r"positional argument follows keyword argument", "place-after-name"),
    (r"keyword argument repeated: (?P<character>\w+)", "argument-twice"),
    (r"cannot assign to function call", "assigned-to-a-call"),
)
"""What Python's own message settles. All else is found by repair."""


@dataclass(frozen=True)
class Slip:
    """Why Python cannot read a cell.

    Attributes:
        kind: Which slip it is; ``unreadable`` where no single repair helps.
        line: Its line, from 1.
        character: The sign, bracket or word concerned.
        opened: Line of a bracket or block that was opened, or the sign that belongs there.
    """

    kind: str
    line: int
    character: str = ""
    opened: str = ""


def slip_of(source: str, line: int, end_line: int, message: str) -> Slip:
    """The slip in code that Python refuses.

    Args:
        source: The code, without IPython's own syntax.
        line: Line at which Python's complaint begins, from 1.
        end_line: Line at which it ends.
        message: The complaint.
    """
    known = next(_known(source, line, message), None)
    bracket = lonely_bracket(source) if known is None or known.kind in _OF_BRACKETS else None
    if known is not None and (bracket is None or bracket.token.text in "([{"):
        return known
    if bracket is not None:
        return _of_bracket(bracket)
    if len(source) > MAX_SOURCE:
        return Slip("unreadable", line)
    until = time.monotonic() + MAX_SECONDS
    last = max(line, end_line)
    for after in (None, last):  # rather a repair of everything than one of these lines
        repairs = takewhile(lambda _: time.monotonic() < until, _repairs(source, line, last))
        found = next((slip for repaired, slip in repairs if _reads(repaired, after)), None)
        if found is not None:
            return found
    return Slip("unreadable", line)


def _of_bracket(bracket: Bracket) -> Slip:
    mark, opened, line = bracket
    if opened is not None:
        return Slip("bracket-of-another", mark.line, mark.text, f"{opened.text}{opened.line}")
    if mark.text in "([{":
        return Slip("bracket-open", mark.line, mark.text)
    if line:
        return Slip("bracket-not-opened", mark.line, mark.text, str(line))
    return Slip("bracket-without-partner", mark.line, mark.text)


def _known(source: str, line: int, message: str) -> Iterator[Slip]:
    """What Python's message tells alone."""
    text = _line(source, line)
    marks = [token for token in tokens(text) if token.kind == "open_text" and len(token.text) == 1]
    if odd := re.match(r"invalid (?:non-printable )?character (?:'(.)' )?\(?U\+(\w+)", message):
        character = odd[1] or chr(int(odd[2], 16))
        kind = "typographic-quotes" if character in QUOTES else "other-character"
        yield Slip(kind if odd[1] else "hidden-space", line, character)
    elif marks and "triple-quoted" not in message:
        quote = next((mark for mark in text if mark in QUOTES), "")
        yield Slip("typographic-quotes" if quote else "quote-missing", line, quote)
    for pattern, kind in _MESSAGES:
        if match := re.search(pattern, message):
            found = match.groupdict()
            yield Slip(kind, line, found.get("character") or "", found.get("opened") or "")


def _line(source: str, number: int) -> str:
    return next(islice(source.splitlines(), number - 1, None), "") if number > 0 else ""


def _reads(code: str, after: int | None) -> bool:
    """Whether Python reads code, or, with ``after``, complains only of what comes after a line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as problem:
        return after is not None and (problem.lineno or 0) > after + 1
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


def _repairs(source: str, line: int, end_line: int) -> Iterator[tuple[str, Slip]]:
    """Code with one repair in or just above the lines complained of, likeliest repairs first."""
    every = list(tokens(source))
    near = [token for token in every if line - 1 <= token.line <= end_line]
    near.sort(key=lambda token: token.line < line)  # the lines themselves first
    follows = dict(pairwise(every))
    for token in near:
        if token in follows and _may_end(token) and _may_begin(follows[token]):
            yield _inserted(source, token.end, ","), Slip("comma-missing", token.line, token.text)
    for token in near:
        slip = Slip("colon-missing", token.line, token.text)
        yield _inserted(source, token.end, ":"), slip
    yield from _signs_replaced(source, near)
    for token in near:
        for word in _keywords_near(token):
            slip = Slip("keyword-misspelt", token.line, token.text, word)
            yield source[: token.start] + word + source[token.end :], slip
    for token in near:
        if token.kind == "sign":
            slip = Slip("stray-sign", token.line, token.text)
            yield source[: token.start] + source[token.end :], slip


def _signs_replaced(source: str, near: list[Token]) -> Iterator[tuple[str, Slip]]:
    for token in near:
        if token.kind != "sign" or token.text in "()[]{}":
            continue
        for sign in _MISTAKEN.get(token.text, ()):
            repaired = source[: token.start] + sign + source[token.end :]
            yield repaired, Slip("other-sign", token.line, token.text, sign)


def _inserted(source: str, place: int, sign: str) -> str:
    return source[:place] + sign + source[place:]


def _may_end(token: Token) -> bool:
    """Whether an item of a list may end with a token."""
    return token.kind != "sign" or token.text in ")]}"


def _may_begin(token: Token) -> bool:
    """Whether an item of a list may begin with a token."""
    return token.kind != "sign" or token.text in "([{-*"


def _keywords_near(token: Token) -> list[str]:
    if token.kind != "word" or keyword.iskeyword(token.text):
        return []
    return difflib.get_close_matches(token.text.lower(), keyword.kwlist, 2, 0.7)
