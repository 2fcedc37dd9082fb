"""Programs and processes that a notebook's code starts, with `subprocess` and the like."""

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from wrapt import register_post_import_hook

from autograder.root import ROOT

_FORKS = frozenset(["os.fork", "os.forkpty", "os.posix_spawn", "os.exec"])
_PYTHON = Path(sysconfig.get_path("stdlib"))
_OTHERS = (
    *{Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")},
    ROOT / "autograder",
)


def watch_starts(heard: Callable[[str, bool], None]) -> None:
    """Have a function called before a program or a process starts, from now on.

    Args:
        heard: Gets the name of the program, empty for another process of Python, and whether the
            notebook's own code starts it and not a library. What it raises, that code gets.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            heard(_name(arguments[1]), _by_notebook(sys._getframe(1)))
        elif event in _FORKS:
            heard("", _by_notebook(sys._getframe(1)))

    def in_multiprocessing(module: ModuleType) -> None:
        start = module.BaseProcess.start

        def start_process(process: Any) -> None:
            heard("", _by_notebook(sys._getframe(1)))
            start(process)

        module.BaseProcess.start = start_process

    sys.addaudithook(hook)
    register_post_import_hook(in_multiprocessing, "multiprocessing.process")


def _name(arguments: Any) -> str:
    """The program that is started; in place of a shell, the first one that it runs."""
    words = [arguments] if isinstance(arguments, str | bytes | os.PathLike) else list(arguments)
    names = [os.fsdecode(word) for word in words]
    if names[1:2] == ["-c"] and names[2:]:
        names = names[2].split()
    return Path(names[0]).name if names else ""


def _by_notebook(frame: FrameType | None) -> bool:
    """Whether the code that called Python's own modules is a notebook's, or of a file beside it."""
    while frame:
        file = Path(frame.f_code.co_filename)
        if any(file.is_relative_to(folder) for folder in _OTHERS):
            return False
        if not file.is_relative_to(_PYTHON) and not str(file).startswith("<frozen"):
            return True
        frame = frame.f_back
    return False
