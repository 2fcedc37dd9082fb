"""What is read from a world's files once, and kept for all sessions of a process and its forks."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

MOST = 64
"""Things that are kept; a world has about twenty."""

Thing = TypeVar("Thing")

_lock = threading.RLock()
_kept: dict[tuple[Path, int, str], Any] = {}


def kept(file: Path, what: str, read: Callable[[], Thing]) -> Thing:
    """What was read from a file before, or is read now; nobody may change it.

    Args:
        file: The file; what was read before it changed does not count.
        what: Which part or form of it.
        read: Reads it.
    """
    key = (file, file.stat().st_mtime_ns, what)
    with _lock:  # read once, also when several threads ask at the same time
        if key not in _kept:
            while len(_kept) >= MOST:
                del _kept[next(iter(_kept))]
            _kept[key] = read()
        found: Thing = _kept[key]
        return found
