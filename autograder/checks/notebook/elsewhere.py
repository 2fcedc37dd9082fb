"""Files that a learner's code uses and that grading does not have.

Those are files outside of the notebook's folder, and modules that the notebook does not write
itself. Python tells of each file that is opened. Libraries open some of their own, so one counts
where the notebook's own code opens it, or names it. GDAL opens files without Python: those are
looked for under the names that stand in the code.
"""

import ast
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.checks.notebook.modules import comes_with_course, is_package, modules_used
from autograder.checks.notebook.names import magics_in, names_in, without_magics
from autograder.checks.reading.workspace import MAX_NAME, Refusal
from autograder.root import ROOT

OPENING = frozenset(
    [
        *("open", "os.listdir", "os.scandir", "os.chdir", "os.mkdir", "os.rename", "os.remove"),
        *("os.rmdir", "shutil.copyfile", "shutil.move", "sqlite3.connect"),
    ]
)
"""What Python calls the use of a file, whose name comes first."""

TEMPORARY = frozenset(["tempfile.mkstemp", "tempfile.mkdtemp"])
"""Files that `tempfile` makes: it makes them in the notebook's folder while grading."""

DATASETS = ("DatasetReader", "DatasetWriter")

_PYTHON = sysconfig.get_path("stdlib")
_OTHERS = (
    *(sysconfig.get_path("purelib"), sysconfig.get_path("platlib")),
    *(str(ROOT / "autograder"), str(ROOT / "utils")),
)
_COMMON = (sys.prefix, sys.base_prefix, str(ROOT / "utils"), "/dev", "/proc", "/usr/share")
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
                if os.path.isfile(path) and self._is_elsewhere(path):
                    self._note("path", path)
            for name, file in modules_used(source, self._shell.user_ns).items():
                own = any(_is_in(written, os.path.realpath(file)) for written in self._written)
                if not (own or is_package(file) or comes_with_course(file)):
                    self._note("module", name)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python calls this on many occasions: nothing may be raised here."""
        if event in TEMPORARY:
            self._allowed.add(str(arguments[0]))
        elif sys._getframe(1).f_code.co_filename == tempfile.__file__:
            return  # it looks for a folder, which is the notebook's while grading
        elif self._source and event in OPENING and arguments:
            with suppress(Exception):
                path = arguments[0]
                if not isinstance(path, str | bytes | os.PathLike):
                    return
                if self._by_notebook(path):
                    self._note("path", os.fsdecode(path))
                elif event == "open" and _writes(*arguments[1:]):
                    self._written.add(os.path.realpath(os.fsdecode(path)))

    def _by_notebook(self, path: str | bytes | os.PathLike[Any]) -> bool:
        """Whether the notebook's own code uses a file, or names it."""
        if not self._is_elsewhere(os.fsdecode(path)):
            return False
        name = os.path.basename(os.fsdecode(path))
        named = len(name) > 2 and any(name in text for text in self._texts())
        return named or _is_own(sys._getframe(2))

    def _texts(self) -> Iterator[str]:
        """The texts in the running cell, and those under the names that it uses."""
        yield from _texts_in(self._source)
        for line in magics_in(self._cell):  # not `%matplotlib`, whose settings lie elsewhere
            yield from (word for word in line.split() if "/" in word)
        names = self._shell.user_ns
        for value in [names.get(name) for name in names_in(self._source).inputs]:
            if isinstance(value, Path) or type(value) is str:
                yield str(value)

    def _is_elsewhere(self, path: str) -> bool:
        whole = os.path.abspath(os.path.expanduser(path))
        return not (self._allows(whole) or self._allows(os.path.realpath(whole)))

    def _allows(self, path: str) -> bool:
        return any(_is_in(path, folder) for folder in self._allowed)

    def _note(self, kind: str, name: str) -> None:
        refusal = Refusal(kind, (os.path.normpath(name) if "/" in name else name)[:MAX_NAME])
        if refusal not in self._shell.refusals[self._before :]:
            self._shell.refusals.append(refusal)


def _writes(mode: object = None, flags: object = 0) -> bool:
    """Whether a file is opened to write it."""
    if isinstance(mode, str):
        return not set(mode).isdisjoint("wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_own(frame: FrameType | None) -> bool:
    """Whether the code that called Python's own modules is a notebook's, or of a file beside it."""
    while frame:
        file = frame.f_code.co_filename
        if file.startswith("<frozen importlib"):  # modules are another matter
            return False
        if any(_is_in(file, folder) for folder in _OTHERS):
            return False
        if not (_is_in(file, _PYTHON) or file.startswith("<frozen")):
            return True
        frame = frame.f_back
    return False


def _named_files(source: str, names: Mapping[str, Any]) -> Iterator[str]:
    """Absolute or upward paths in a cell's code, in the names that it uses, and open rasters."""
    used = names_in(source)
    values: list[Any] = [names.get(name) for name in used.inputs | used.bound]
    for value in [*values, *_texts_in(source)]:
        if type(value).__name__ in DATASETS and type(value).__module__.startswith("rasterio."):
            value = value.name
        if isinstance(value, Path) or type(value) is str:
            path = str(value)
            if len(path) <= 1000 and "\0" not in path and path.startswith(("/", "..")):
                yield path


@lru_cache(maxsize=8)
def _texts_in(source: str) -> Iterable[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return [n.value for n in nodes if isinstance(n, ast.Constant) and type(n.value) is str]
