"""What a busy machine refuses for a moment is asked for again."""

import errno
import os
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 60.0
"""Seconds for which the machine is asked again."""

PAUSE = 0.1
"""Seconds between two times."""

SHORT_OF = frozenset(
    {
        *(errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE),
        *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENOBUFS),
    }
)
"""Errors with which a system says that it lacks processes, memory, descriptors or disk."""

OWN_LIMITS = frozenset({errno.ENOMEM, errno.EMFILE})
"""Those that mostly mean a limit of the process that meets them."""

NO_THREAD = "can't start new thread"
"""What Python says where the system starts no thread."""

SHORTAGE = tuple(
    words.lower()
    for words in (
        *(os.strerror(number) for number in sorted(SHORT_OF - OWN_LIMITS)),
        *(NO_THREAD, "failed to create new OS thread", "runtime: out of memory"),
    )
)
"""How programs, Python and Go, say it, in small letters."""

T = TypeVar("T")


def is_short(problem: BaseException) -> bool:
    """Whether a problem says that the machine lacks something that everybody shares."""
    if isinstance(problem, OSError):
        return problem.errno in SHORT_OF
    return isinstance(problem, MemoryError) or NO_THREAD in str(problem)


def tells_of_shortage(words: str) -> bool:
    """Whether what a program said tells of it."""
    return any(known in words.lower() for known in SHORTAGE)


def patiently(action: Callable[[], T]) -> T:
    """What ``action`` returns: where the machine is short of something, it is tried again.

    Raises:
        OSError, RuntimeError, MemoryError: It was short for `PATIENCE` seconds.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except (OSError, RuntimeError, MemoryError) as problem:
            if not is_short(problem) or time.monotonic() > until:
                raise
        time.sleep(PAUSE)
