"""Files that a learner's code uses and that grading does not have.

Those are files outside of the notebook's folder, and files and modules beside the notebook that it
does not write itself. Python tells of each file that is opened. Libraries open some of their own,
so one counts where the notebook's own code opens it, or names it. GDAL opens files without Python:
those are looked for under the names that stand in the code.
"""

import ast
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from autograder.checks.notebook.modules import comes_with_course, is_package, modules_used
from autograder.checks.notebook.names import magics_in, names_in, without_magics
from autograder.checks.reading.guard import from_library
from autograder.checks.reading.workspace import MAX_NAME, Refusal
from autograder.root import UTILS, by_notebook, is_in

OPENING = frozenset(
    [
        *("open", "os.listdir", "os.scandir", "os.chdir", "os.mkdir", "os.rename", "os.remove"),
        *("os.rmdir", "shutil.copyfile", "shutil.move", "sqlite3.connect"),
    ]
)
"""What Python calls the use of a file, whose name comes first."""

TEMPORARY = frozenset(["tempfile.mkstemp", "tempfile.mkdtemp"])
"""Files that `tempfile` makes: it makes them in the notebook's folder while grading."""

OPEN = "_modified_open"
"""IPython's function that stands between a notebook's ``open`` and Python's."""

CLOCKS = 2.0
"""Seconds by which the clock of a disk elsewhere may be behind this computer's."""

DATASETS = ("DatasetReader", "DatasetWriter")

_COMMON = (sys.prefix, sys.base_prefix, str(UTILS), "/dev", "/proc", "/usr/share")
"""What may be read while grading as well."""


class Elsewhere:
    """Notes the files that a notebook's code uses outside of its folder.

    Args:
        shell: The IPython shell. Its `refusals` take what is noted.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._cell = self._source = ""
        self._before = 0
        self._written: set[str] = set()
        self._started = time.time() - CLOCKS
        self._folder = os.getcwd()
        self._allowed = {self._folder, os.path.realpath(self._folder), *_COMMON}
        shell.events.register("pre_run_cell", self._before_cell)
        shell.events.register("post_run_cell", self._after_cell)
        sys.addaudithook(self._hear)

    def _before_cell(self, info: Any) -> None:
        self._cell = info.raw_cell or ""
        self._source = without_magics(self._cell)
        self._before = len(self._shell.refusals)

    def _after_cell(self, _: Any) -> None:
        """Look for what GDAL opened in a cell, and for the modules that it used."""
        source, self._source = self._source, ""
        with suppress(Exception):  # a learner's object may raise anything when it is looked at
            for path in _named_files(source, self._shell.user_ns):
                if (kind := self._kind_of(path)) and os.path.isfile(path):
                    self._note(kind, path)
            for name, file in modules_used(source, self._shell.user_ns).items():
                own = any(is_in(written, os.path.realpath(file)) for written in self._written)
                if not (own or is_package(file) or comes_with_course(file)):
                    self._note("module", name)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python calls this on many occasions: nothing may be raised here."""
        if event in TEMPORARY:
            self._allowed.add(str(arguments[0]))
        elif self._source and event in OPENING and arguments:
            with suppress(Exception):  # there may be no code of Python that calls, too
                if sys._getframe(1).f_code.co_filename == tempfile.__file__:
                    return  # it looks for a folder, which is the notebook's while grading
                path = arguments[0]
                if type(path) is bytes:
                    path = os.fsdecode(path)
                if not (path := _path_in(path)):
                    return
                writes = event == "open" and _writes(*arguments[1:])
                kind = self._kind_of(path)
                counts = kind == "path" or (kind and event == "open" and not writes)
                if counts and self._by_notebook(path):
                    self._note(kind, path)
                elif writes:
                    self._written.add(os.path.realpath(path))

    def _by_notebook(self, path: str) -> bool:
        """Whether the notebook's own code uses a file, or names it."""
        name = os.path.basename(path)
        named = len(name) > 2 and any(name in text for text in self._texts())
        frame = sys._getframe(2)
        return named or by_notebook(frame.f_back if frame.f_code.co_name == OPEN else frame)

    def _kind_of(self, path: str) -> str:
        """What a file is that grading does not have: ``path`` elsewhere, or ``file`` beside.

        A file beside the notebook that is older than the kernel was not written by it.
        """
        if self._is_elsewhere(path):
            return "path"
        whole = os.path.realpath(path)
        beside = is_in(whole, os.path.realpath(self._folder)) and whole not in self._written
        is_old = beside and os.path.isfile(whole) and os.path.getmtime(whole) < self._started
        return "file" if is_old else ""

    def _texts(self) -> Iterator[str]:
        """The texts in the running cell, and those under the names that it uses."""
        yield from _texts_in(self._source)
        for line in magics_in(self._cell):  # not `%matplotlib`, whose settings lie elsewhere
            yield from (word for word in line.split() if "/" in word)
        names = self._shell.user_ns
        for value in [names.get(name) for name in names_in(self._source).inputs]:
            if path := _path_in(value):
                yield path

    def _is_elsewhere(self, path: str) -> bool:
        whole = os.path.abspath(os.path.expanduser(path))
        return not (self._allows(whole) or self._allows(os.path.realpath(whole)))

    def _allows(self, path: str) -> bool:
        return any(is_in(path, folder) for folder in self._allowed)

    def _note(self, kind: str, name: str) -> None:
        refusal = Refusal(kind, (os.path.normpath(name) if "/" in name else name)[:MAX_NAME])
        if refusal not in self._shell.refusals[self._before :]:
            self._shell.refusals.append(refusal)


def _writes(mode: object = None, flags: object = 0) -> bool:
    """Whether a file is opened to write it."""
    if isinstance(mode, str):
        return not set(mode).isdisjoint("wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def _named_files(source: str, names: Mapping[str, Any]) -> Iterator[str]:
    """Texts in a cell's code and in the names that it uses that may be paths, and open rasters."""
    used = names_in(source)
    values: list[Any] = [names.get(name) for name in used.inputs | used.bound]
    for value in [*values, *_texts_in(source)]:
        if from_library(value) and type(value).__name__ in DATASETS:
            value = value.name
        path = _path_in(value)
        if path and len(path) <= 1000 and "\0" not in path:
            yield path


def _path_in(value: object) -> str:
    """The path that a text or path holds. Of other objects nothing is asked: that may run code."""
    if type(value) is str:
        return value
    return str(value) if issubclass(type(value), PurePath) and from_library(value) else ""


@lru_cache(maxsize=8)
def _texts_in(source: str) -> Iterable[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return [n.value for n in nodes if isinstance(n, ast.Constant) and type(n.value) is str]
