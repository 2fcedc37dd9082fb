"""What the learner's line asked for in vain, by the outermost type of the exception."""

import ast
import os
import re
from collections.abc import Callable, Iterator

from autograder.checks.reading import facts
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.problems import static
from autograder.checks.reading.problems.calling import of_type
from autograder.checks.reading.problems.owning import (
    MAX_FILES,
    Part,
    Spaces,
    field_of,
    near_parts,
    of_attribute,
    of_import,
    of_name,
)
from autograder.checks.reading.problems.place import Place
from autograder.checks.reading.workspace import MISSING

MAX_OPTIONS = 400

_STATUS = re.compile(
    r"(?:HTTP Error|HTTP response code:?|response_code[:=]?) ?(\d{3})"
    r"|\b([45]\d\d) (?:Client|Server) Error"
)

_OPTIONS = re.compile(
    r"valid value|supported values|must be one of|should be one of|not one of|valid options"
    r"|must be one|not recognized|expected one of|allowed values|Expected .* in",
    re.IGNORECASE,
)


def asked_of(
    problem: BaseException, place: Place, spaces: Spaces, said: str
) -> Iterator[tuple[str, object]]:
    """The parts ``asked``, ``near`` and what goes with them, for the exception's outermost type."""
    if re.search("unexpected keyword argument", said):  # matplotlib raises another type for it
        yield from of_type(problem, place, spaces, said)
        return
    for base, read in _READERS:
        if issubclass(type(problem), base):
            yield from read(problem, place, spaces, said)
            return


def _key(problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    arguments = field_of(problem, BaseException, "args")
    key = arguments[0] if arguments else ""
    asked = key if type(key) is str else facts.words(key)
    yield "asked", asked[:100]
    node = place.node
    if isinstance(node, ast.Subscript):
        yield "shows", "own-key"
        owner = static.resolve(node.value, spaces)
        if owner is not MISSING:
            yield "shows", "owner-known"
        yield from near_parts(asked, static.keys_of(owner))
        if type(key) in (int, float) and type(owner) is dict:
            yield "shows", "number-as-key"


def _value(problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    """A text that is none of those that a function knows: they stand in its message."""
    quoted = re.findall(r"['\"]([^'\"]{1,60})['\"]", said)[:MAX_OPTIONS]
    if not _OPTIONS.search(said) or not quoted or place.node is None:
        return
    written = {node.value for node in ast.walk(place.node) if isinstance(node, ast.Constant)}
    asked = next((text for text in quoted if text in written), "")
    if asked:
        yield "asked", asked
        yield "shows", "one-of"
        yield from near_parts(asked, [text for text in quoted if text != asked])


def _file(problem: BaseException, place: Place, spaces: Spaces, said: str) -> Iterator[Part]:
    name = field_of(problem, OSError, "filename")
    if type(name) is not str:
        match = re.search(r"'?([^\s':]+://[^\s']+|/vsi[^\s']+|[\w./-]+\.\w+)", said)
        name = match[1] if match else ""
    name = name or _address(place, spaces)
    if status := _STATUS.search(said):
        yield "status", status[1] or status[2]
    yield "asked", name[-200:]
    if host := re.search(r"host='([\w.-]+)'|https?(?::|%3A)//([\w.-]+)", said):
        yield "host", host[1] or host[2]
    if "Tunnel connection failed: 502" in said or "Proxy CONNECT aborted" in said:
        yield "shows", "host-not-served"
    folder, base = os.path.split(name)
    if name and "://" not in name and not name.startswith("/vsi") and not folder:
        listed: list[str] = attempt([], lambda: os.listdir(".")[:MAX_FILES])
        yield from near_parts(base, listed)
        if base in listed:
            yield "shows", "file-there"


def _address(place: Place, spaces: Spaces) -> str:
    """The first text that the failing call was given."""
    arguments = place.node.args if isinstance(place.node, ast.Call) else []
    found = (static.resolve(item, spaces) for item in arguments)
    return next((text for text in found if type(text) is str), "")


_Reader = Callable[[BaseException, Place, Spaces, str], Iterator[Part]]
_READERS: tuple[tuple[type[BaseException], _Reader], ...] = (
    (AttributeError, of_attribute),
    (NameError, of_name),
    (ImportError, of_import),
    (KeyError, _key),
    (OSError, _file),
    (TypeError, of_type),
    (ValueError, _value),
)
