"""Modules that a learner's code uses and that grading does not have."""

import ast
import re
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from packaging.requirements import Requirement

from autograder.checks.notebook.names import names_in
from autograder.checks.reading.refusal import Refusal
from autograder.checks.reading.workspace import Workspace
from autograder.root import ROOT

COURSE = "satellite-course"
EXTRAS = ("", "rclone", "grading")
"""What is installed where notebooks are graded."""

FOLDERS = frozenset(["site-packages", "dist-packages"])


def lacking(workspace: Workspace) -> list[Refusal]:
    """The modules that an exercise's code imports or calls and that grading does not have."""
    found = []
    for name in sorted(_modules(workspace)):
        module = sys.modules.get(name)
        file = _file_of(module)
        if module is None or file is None or name in sys.stdlib_module_names:
            continue
        if not FOLDERS.isdisjoint(file.parts):
            found += [Refusal("package", name)] if not _is_of_course(name) else []
        elif not _comes_with_course(file):
            found.append(Refusal("module", name))
    return found


def _comes_with_course(file: Path) -> bool:
    """Whether a file is Python's or the course's own."""
    own = (ROOT / "utils", ROOT / "autograder", Path(sysconfig.get_path("stdlib")))
    return any(file.is_relative_to(folder) for folder in own)


def _modules(workspace: Workspace) -> set[str]:
    """Top-level names of the modules that code imports, or of which it uses something."""
    names = _imported(workspace.source)
    for name in names_in(workspace.source).inputs:
        value: Any = workspace.names.get(name)
        if type(value) is ModuleType:
            names.add(value.__name__)
        elif type(value) in (FunctionType, type):
            names.add(str(value.__module__))
    return {name.partition(".")[0] for name in names} - {"__main__", "builtins"}


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
    needed = _needed()
    if not needed or _plain(module) in needed:
        return True
    sources = _distributions().get(module, [])
    return not sources or any(_plain(name) in needed for name in sources)


@cache
def _distributions() -> Any:
    return metadata.packages_distributions()


@cache
def _needed() -> frozenset[str]:
    """The packages that the course needs, and those that these need."""
    needed: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(COURSE, EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if _plain(name) in needed:
            continue
        needed.add(_plain(name))
        waiting += _requirements(name, extras)
    return frozenset(needed) if len(needed) > 1 else frozenset()


def _requirements(name: str, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement.name, ("", *requirement.extras)


def _plain(name: str) -> str:
    """A name in the form in which packages are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
