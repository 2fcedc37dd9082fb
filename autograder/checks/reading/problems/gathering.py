"""Gather the facts of an exception, in the kernel where it was raised, when the cell stops."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from autograder.checks.reading import facts
from autograder.checks.reading.blank import PLACEHOLDER, Blank, BlankError
from autograder.checks.reading.guard import attempt, time_limit
from autograder.checks.reading.problems import Argument, static, texts_of
from autograder.checks.reading.problems.asking import asked_of
from autograder.checks.reading.problems.owning import Part, made
from autograder.checks.reading.problems.place import Place, place_of, traceback_of
from autograder.checks.reading.problems.scanning import without_comment
from autograder.checks.reading.problems.syntax import slip_of
from autograder.checks.reading.workspace import MISSING

MAX_SAID = 3000
"""Characters that are kept of a message."""

MAX_CHAIN = 5
MAX_ARGUMENTS = 12
MAX_KEYS = 8
MAX_PIECE = 200

_PLAIN = (str, int, float, bool, bytes, type(None))


def gather(
    problem: BaseException, names: Mapping[str, Any], raw: str, python: str
) -> tuple[str, ...]:
    """The facts of an exception, as texts; nothing is raised, and it takes a bounded time.

    Args:
        problem: The exception.
        names: The notebook's global names.
        raw: The cell as the learner wrote it.
        python: The cell without IPython's own syntax.
    """
    with time_limit():
        parts: list[Part] = []
        # One after the other, so that what comes before a failure is kept.
        attempt(None, lambda: parts.extend(_exception(problem)))
        attempt(None, lambda: parts.extend(_circumstances(problem, names, raw, python)))
        return attempt((), texts_of, parts)


def message_of(problem: BaseException) -> str:
    """What an exception says. A learner's own class is not asked: its arguments tell."""
    arguments = BaseException.__dict__["args"].__get__(problem)
    if not _is_own(type(problem)) and all(map(_is_plain, arguments)):
        said = attempt("", str, problem)
    else:
        said = ", ".join(str(item) for item in arguments if type(item) in _PLAIN)
    return str.__getitem__(said, slice(MAX_SAID)) if issubclass(type(said), str) else ""


def _is_own(cls: type) -> bool:
    """Whether a class, or one that it builds on, is the learner's own, and runs code of theirs."""
    homes = [type.__dict__["__module__"].__get__(base) for base in static.mro(cls)]
    return any(type(home) is not str or home == "__main__" for home in homes)


def _is_plain(item: object) -> bool:
    if type(item) is tuple:
        return all(type(part) in _PLAIN for part in item)
    return type(item) in _PLAIN or not _is_own(type(item))


def _exception(problem: BaseException) -> Iterator[Part]:
    cls = type(problem)
    yield "kind", facts.type_name(problem)
    yield from (("family", _name(base)) for base in static.mro(cls)[1:8])
    chain = list(islice(_causes(problem), MAX_CHAIN))
    yield from (("cause", facts.type_name(item)) for item in chain)
    said = message_of(problem)
    if any(map(_is_about_a_blank, (problem, *chain))):
        yield "shows", "blank"
    yield from (("said", said[i : i + 280]) for i in range(0, len(said), 280))


def _name(cls: type) -> str:
    return facts.words(type.__dict__["__name__"].__get__(cls))[:60]


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The exceptions that led to one, which may lead back to itself."""
    seen: list[BaseException] = [problem]
    while True:
        cause = BaseException.__dict__["__cause__"].__get__(seen[-1])
        context = BaseException.__dict__["__context__"].__get__(seen[-1])
        following = cause if cause is not None else context
        if following is None or any(following is item for item in seen):
            return
        seen.append(following)
        yield following


def _is_about_a_blank(problem: BaseException) -> bool:
    said = message_of(problem)
    return issubclass(type(problem), BlankError) or bool(
        re.search(rf"\bBlank\b|\b{PLACEHOLDER}(?!\w)", said)
    )


# --- where it struck, and on what ---------------------------------------------------------------


def _circumstances(
    problem: BaseException, names: Mapping[str, Any], raw: str, python: str
) -> Iterator[Part]:
    if issubclass(type(problem), SyntaxError):
        yield from _of_syntax(problem, raw, python)
    place = place_of(traceback_of(problem), names, raw, python)
    if not place.line:
        return
    yield "line", place.line
    yield "code", without_comment(place.code)[:MAX_PIECE]
    yield "piece", _short(place.piece)
    yield "node", type(place.node).__name__ if place.node else ""
    yield "direct", "" if place.inside else "yes"
    spaces = _spaces(place, names)
    yield from _blanks(place, spaces)
    yield from _of_node(place, spaces)
    yield from asked_of(problem, place, spaces, message_of(problem))


def _of_syntax(problem: Any, raw: str, python: str) -> Iterator[Part]:
    """Where Python cannot read the cell, and the smallest repair."""
    fields = {key: SyntaxError.__dict__[key].__get__(problem) for key in ("lineno", "end_lineno")}
    message = SyntaxError.__dict__["msg"].__get__(problem)
    file = SyntaxError.__dict__["filename"].__get__(problem)
    line, end_line = (value if type(value) is int else 0 for value in fields.values())
    if type(message) is not str or not 0 < line <= python.count("\n") + 2:
        return
    if type(file) is str and file.endswith(".py") and "ipykernel" not in file:
        return  # a file that the cell imports
    slip = slip_of(python, line, end_line, message[:MAX_PIECE])
    lines = python.splitlines()
    shift = raw[: len(raw) - len(raw.lstrip())].count("\n") if python[:1].strip() else 0
    yield "line", slip.line + shift
    line_text = lines[slip.line - 1].strip() if slip.line <= len(lines) else ""
    yield "code", without_comment(line_text)[:MAX_PIECE]
    yield "slip", slip.kind
    yield "character", slip.character[:60]
    yield "opened", slip.opened


def _short(text: str) -> str:
    return " ".join(text.split())[:MAX_PIECE]


def _spaces(place: Place, names: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The names that the line could use, nearest first."""
    import builtins

    local = place.frame.f_locals if place.frame is not None else {}
    return [*([local] if local is not names else []), names, vars(builtins)]


def _blanks(place: Place, spaces: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """Whether what failed names a blank, or a variable that still is one."""
    if place.node is None and re.search(rf"\b{PLACEHOLDER}\b", place.code):
        yield "shows", "blank-in-line"
    for node in ast.walk(place.node) if place.node else ():
        if isinstance(node, ast.Name) and type(static.resolve(node, spaces)) is Blank:
            yield "shows", "blank-in-line"
            if node.id != PLACEHOLDER:
                yield "holds-blank", node.id
                yield from made(node, place)
                return


def _of_node(place: Place, spaces: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    node = place.node
    if isinstance(node, ast.Call):
        yield from _of_call(node, place, spaces)
    elif isinstance(node, (ast.Attribute, ast.Subscript)):
        owner = static.resolve(node.value, spaces)
        yield "owner", _short(place.text(node.value))
        yield from _of_value("owner", owner)
        if isinstance(node, ast.Subscript):
            yield "index", _short(place.text(node.slice))
            yield from made(node.value, place)
            yield from (("keys", key[:60]) for key in islice(static.keys_of(owner), MAX_KEYS))
            if isinstance(node.slice, (ast.List, ast.Tuple)) and isinstance(
                node.value, (ast.List, ast.Tuple, ast.Constant)
            ):
                yield "shows", "comma-missing"
    elif isinstance(node, (ast.BinOp, ast.Compare)):
        right = node.right if isinstance(node, ast.BinOp) else node.comparators[0]
        for side in (node.left, right):
            value = static.resolve(side, spaces)
            yield "operand", f"{_type(value)}\t{_short(place.text(side))}"
    yield from _of_unpacking(place, spaces)


def _of_call(node: ast.Call, place: Place, spaces: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    callee = static.resolve(node.func, spaces)
    yield "callee", _short(place.text(node.func))
    yield from _of_value("callee", callee)
    if isinstance(node.func, (ast.Constant, ast.Tuple, ast.List, ast.Dict)):
        yield "shows", "comma-missing"
    if isinstance(node.func, ast.Attribute):
        yield "owner", _short(place.text(node.func.value))
        yield from _of_value("owner", static.resolve(node.func.value, spaces))
    listed = [("", item) for item in node.args]
    listed += [(item.arg or "**", item.value) for item in node.keywords]
    for name, item in listed[:MAX_ARGUMENTS]:
        star = isinstance(item, ast.Starred)
        value = static.resolve(item.value if isinstance(item, ast.Starred) else item, spaces)
        if value is MISSING and isinstance(item, (ast.List, ast.Tuple)):
            value = [None] * len(item.elts)
        shows = "star" if star else _shows(item, value)
        argument = Argument(
            name, _type(value), static.size_of(value), _short(place.text(item))[:80], shows
        )
        yield "argument", argument.written()
    found = static.parameters(callee) if callee is not MISSING else ()
    if isinstance(node.func, ast.Attribute) and found[:1] == ("self",):
        found = found[1:]
    yield from (("parameter", name) for name in found[:40])


def _shows(item: ast.AST, value: object) -> str:
    texts = value if type(value) is list else [value]
    if isinstance(item, ast.List):
        texts = [part.value for part in item.elts if isinstance(part, ast.Constant)]
    numbers = [text for text in texts if type(text) is str and text.strip().isdecimal()]
    if numbers and len(numbers) == len(texts):
        return "number-text"
    return "function" if value is not MISSING and static.is_function(value) else ""


def _type(value: object) -> str:
    return "" if value is MISSING else facts.type_name(value)


def _of_value(key: str, value: object) -> Iterator[Part]:
    if value is not MISSING:
        yield f"{key}-type", facts.type_name(value)
        yield f"{key}-size", static.size_of(value)
        if static.is_function(value):
            yield "shows", f"{key}-is-function"


def _of_unpacking(place: Place, spaces: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """How many names stand on the left of the line's assignment, and what on the right."""
    for node in (place.node, *place.parents[:2]):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            value = static.resolve(node.value, spaces)
            yield "left-count", len(node.targets[0].elts)
            yield "left", _short(place.text(node.targets[0]))
            yield "right", _short(place.text(node.value))
            yield from _of_value("right", value)
            return
