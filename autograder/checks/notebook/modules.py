"""The modules that a learner's code uses, and which of them the course has."""

import ast
import re
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from packaging.requirements import Requirement

from autograder.checks.notebook.names import names_in, without_magics
from autograder.checks.reading.workspace import Refusal
from autograder.root import ROOT

COURSE = "satellite-course"
EXTRAS = ("", "rclone", "grading")
"""What is installed where notebooks are graded."""

_NEEDS = re.compile(r"^Requires-Dist: (.+)$", re.MULTILINE)

_EXTENSION = re.compile(r"^([ \t]*)%(?:re)?load_ext[ \t]+(\w+).*", re.MULTILINE)

FOLDERS = frozenset(["site-packages", "dist-packages"])


def modules_used(source: str, names: Mapping[str, Any]) -> dict[str, Path]:
    """The modules, by their first name, that code imports or of which it uses something.

    Args:
        source: The code.
        names: The global names after it has run.

    Returns:
        Their files, without those of Python itself.
    """
    found = {}
    for name in sorted(_first_names(source, names) - sys.stdlib_module_names):
        file = _file_of(sys.modules.get(name))
        if file is not None:
            found[name] = file
    return found


def lacking(cell: str, names: Mapping[str, Any]) -> list[Refusal]:
    """The packages that a cell uses and that the course does not have, ``%load_ext`` included."""
    used = modules_used(without_magics(_EXTENSION.sub(r"\1import \2", cell)), names)
    return [
        Refusal("package", name)
        for name, file in used.items()
        if is_package(file) and not _is_of_course(name)
    ]


def is_package(file: Path) -> bool:
    """Whether a file belongs to a package that was installed."""
    return not FOLDERS.isdisjoint(file.parts)


def comes_with_course(file: Path) -> bool:
    """Whether a file is Python's or the course's own."""
    own = (ROOT / "utils", ROOT / "autograder", Path(sysconfig.get_path("stdlib")))
    return any(file.is_relative_to(folder) for folder in own)


def _first_names(source: str, names: Mapping[str, Any]) -> set[str]:
    found = _imported(source)
    for name in names_in(source).inputs:
        value: Any = names.get(name)
        if type(value) is ModuleType:
            found.add(value.__name__)
        elif type(value) in (FunctionType, type):
            found.add(str(value.__module__))
    return {name.partition(".")[0] for name in found} - {"__main__", "builtins"}


def _imported(source: str) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = {item.name for node in nodes if isinstance(node, ast.Import) for item in node.names}
    return found.union(
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module
    )


def _file_of(module: ModuleType | None) -> Path | None:
    places = [getattr(module, "__file__", None), *list(getattr(module, "__path__", []))[:1]]
    return next((Path(place) for place in places if isinstance(place, str)), None)


def _is_of_course(module: str) -> bool:
    """Whether a package is one that the course needs; ``True`` where that cannot be known."""
    if _plain(module) in {_plain(name) for name, _ in _requirements(COURSE, EXTRAS)}:
        return True
    owners = {_plain(one.name) for one in metadata.distributions() if _holds(one, module)}
    needed = _needed()
    return not owners or len(needed) == 1 or not needed.isdisjoint(owners)


def _holds(distribution: metadata.Distribution, module: str) -> bool:
    """Whether a package was installed as a part of a distribution."""
    files = f"\n{distribution.read_text('RECORD') or ''}"
    return f"\n{module}/" in files or f"\n{module}." in files


@cache
def _needed() -> frozenset[str]:
    """The distributions that the course needs, and those that these need."""
    needed: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(COURSE, EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if _plain(name) not in needed:
            needed.add(_plain(name))
            waiting += _requirements(name, extras)
    return frozenset(needed)


def _requirements(name: str, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a distribution needs: names, with what they are to bring beside themselves."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    words = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    # Not `metadata.requires`: it reads descriptions as well, which takes a second for all.
    for requirement in map(Requirement, _NEEDS.findall(words)):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement.name, ("", *requirement.extras)


def _plain(name: str) -> str:
    """A name in the form in which packages are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
