"""Programs and processes that a notebook's code starts, with `subprocess` and the like."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from wrapt import register_post_import_hook

from autograder.root import by_notebook

_FORKS = frozenset(["os.fork", "os.forkpty", "os.posix_spawn", "os.exec"])


def watch_starts(heard: Callable[[str, bool], None]) -> None:
    """Have a function called before a program or a process starts, from now on.

    Args:
        heard: Gets the name of the program, empty for another process of Python, and whether the
            notebook's own code starts it and not a library. What it raises, that code gets.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            heard(_name(arguments[1]), by_notebook(sys._getframe(1)))
        elif event in _FORKS:
            heard("", by_notebook(sys._getframe(1)))

    def in_multiprocessing(module: ModuleType) -> None:
        start = module.BaseProcess.start

        def start_process(process: Any) -> None:
            heard("", by_notebook(sys._getframe(1)))
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
