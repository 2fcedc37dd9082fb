"""Threads while grading: so many, and pools of them."""

import threading
from collections.abc import Callable
from multiprocessing.context import BaseContext
from typing import Any

from autograder.checks.shell.bounds import count_threads
from autograder.checks.shell.refusals import Refusals

SPARE = 8
"""Threads that libraries may start by themselves."""

AMONG_THREADS = ("Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "Event", "Barrier")
"""What `multiprocessing` and `threading` both have."""


def only_threads(most: int, refusals: Refusals) -> None:
    """Refuse more threads as a system does, before the process is ended for them.

    Locks of `multiprocessing` become those of `threading`, on which its pools of threads rest: no
    process is there to share them with, and others need memory that a submission may not have.

    Args:
        most: Threads at which the process is ended.
        refusals: Takes what is refused.
    """
    count_threads(refusals, most - SPARE)
    for name in AMONG_THREADS:
        setattr(BaseContext, name, _method(getattr(threading, name)))


def _method(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _, *arguments, **options: make(*arguments, **options)
