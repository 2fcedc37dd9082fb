"""What is read from a world's files: once, for all sessions of a process and of its forks."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

MAX_ENTRIES = 64
"""Entries of the cache; a world has about twenty. For one more, the oldest is forgotten."""

Content = TypeVar("Content")

_lock = threading.RLock()
_cache: dict[tuple[Path, int, str], Any] = {}


def cached(file: Path, part: str, read: Callable[[], Content]) -> Content:
    """What was read from a file before, or is read now; nobody may change it.

    Args:
        file: The file; what was read before it was changed does not count.
        part: Which part or form of it.
        read: Reads it.
    """
    key = (file, file.stat().st_mtime_ns, part)
    with _lock:  # read once, also when several threads ask at the same time
        if key not in _cache:
            while len(_cache) >= MAX_ENTRIES:
                del _cache[next(iter(_cache))]
            _cache[key] = read()
        found: Content = _cache[key]
        return found
