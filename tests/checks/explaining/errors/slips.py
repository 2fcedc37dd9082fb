"""Slips of a learner's pen in the solutions, one by one, each with what a check should find."""

import ast
import io
import random
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Written:
    """Code with one slip.

    Attributes:
        kind: Which kind of slip.
        code: The cell.
        line: Its line.
        real: The name or sign that belongs there.
        wrong: What stands there.
        partner: For a bracket, the line of its partner.
    """

    kind: str
    code: str
    line: int
    real: str
    wrong: str = ""
    partner: int = 0


def misspelt(name: str, chance: random.Random) -> str:
    """A name with one letter more, less or other, or two that changed places."""
    place = chance.randrange(len(name))
    other = chance.choice(LETTERS)
    found = {
        0: name[:place] + name[place + 1 :],
        1: name[:place] + other + name[place:],
        2: name[:place] + other + name[place + 1 :],
        3: name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
    }[chance.randrange(4)]
    return found if found != name and found.isidentifier() else misspelt(name, chance)


def misspelt_names(code: str, chance: random.Random, times: int) -> Iterator[Written]:
    """Each attribute, variable, argument's name and import of the code, misspelt."""
    for kind, name, line, start in _names(code):
        if len(name) < 3:
            continue
        for _ in range(times):
            wrong = misspelt(name, chance)
            yield Written(kind, _put(code, line, start, name, wrong), line, name, wrong)


def _names(code: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, name, line and column of the names that the code reads."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            end = node.end_col_offset - len(node.attr)  # type: ignore[operator]
            yield "attribute", node.attr, node.end_lineno or 0, end
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield "name", node.id, node.lineno, node.col_offset
        elif isinstance(node, ast.keyword) and node.arg:
            yield "argument", node.arg, node.lineno, node.col_offset
        elif isinstance(node, ast.alias) and not node.asname:
            yield "import", node.name, node.lineno, node.col_offset


def _put(code: str, line: int, start: int, old: str, new: str) -> str:
    lines = code.splitlines(keepends=True)
    bytes_of = lines[line - 1].encode()
    assert bytes_of[start:].startswith(old.encode())
    lines[line - 1] = (
        bytes_of[:start] + new.encode() + bytes_of[start + len(old.encode()) :]
    ).decode()
    return "".join(lines)


def arguments_left_out(code: str) -> Iterator[Written]:
    """Each call of the code without one of its arguments."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        for place in range(len(node.args)):
            call = ast.parse(ast.unparse(node), mode="eval").body
            assert isinstance(call, ast.Call)
            del call.args[place]
            old = ast.get_source_segment(code, node)
            if old and code.count(old) == 1:
                new = code.replace(old, ast.unparse(call))
                yield Written("left out", new, node.lineno, ast.unparse(node.args[place]))


def signs_left_out(code: str) -> Iterator[Written]:
    """The code without one of its commas, brackets, colons or quotation marks."""
    texts = [
        (node.lineno, node.end_lineno)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and node.end_lineno != node.lineno
    ]
    for number, text in enumerate(code.splitlines(), 1):
        comment = text.find("#") if text.lstrip().startswith("#") else len(text)
        if any(first <= number <= (last or 0) for first, last in texts):
            continue
        for column, sign in enumerate(text[:comment]):
            if sign in ",()[]{}:\"'" and not _is_inside_text(text, column):
                lines = code.splitlines(keepends=True)
                lines[number - 1] = text[:column] + text[column + 1 :] + "\n"
                partner = _partner(code, number, column) if sign in "()[]{}" else 0
                yield Written(sign, "".join(lines), number, sign, partner=partner)


def _partner(code: str, line: int, column: int) -> int:
    """Line of the partner of the bracket at a place, as Python's own tokens have it."""
    stack: list[tuple[int, int]] = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type != tokenize.OP or token.string not in "()[]{}":
            continue
        if token.string in "([{":
            stack.append(token.start)
            continue
        pair = {stack.pop(), token.start}
        if (line, column) in pair:
            return (pair - {(line, column)}).pop()[0]
    return 0


def _is_inside_text(line: str, column: int) -> bool:
    """Whether a sign stands inside of a text; a mark that begins or ends one does not."""
    mark = ""
    for place, sign in enumerate(line):
        if place == column:
            return bool(mark) and sign != mark
        if not mark and sign in "\"'":
            mark = sign
        elif sign == mark:
            mark = ""
    return False


def typographic(code: str) -> Iterator[Written]:
    """The code with one pair of straight quotation marks curled, or one invisible space."""
    for number, text in enumerate(code.splitlines(), 1):
        if text.count('"') == 2 and "'" not in text and '"""' not in text:
            curled = text.replace('"', "“", 1).replace('"', "”", 1)
            yield _line(code, number, curled, "typographic-quotes", "“")
        if " = " in text and '"' not in text.partition(" = ")[0] and "#" not in text:
            yield _line(code, number, text.replace(" = ", "\u00a0= ", 1), "hidden-space", "")


def _line(code: str, number: int, text: str, kind: str, real: str) -> Written:
    lines = code.splitlines()
    lines[number - 1] = text
    return Written(kind, "\n".join(lines) + "\n", number, real)
