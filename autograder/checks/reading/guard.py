"""Read a learner's objects without exceptions, endless loops or output.

Reading trusts types, not behaviour: it asks ``type(value)``, and calls methods of the libraries'
own classes. Where an object's own code may still run (such as a learner's own norm), it runs inside
`attempt`.
"""

import contextlib
import io
import logging
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any, ParamSpec, TypeVar

import numpy as np

READING_TIME = 0.5
"""Seconds of a processor that one check may spend on reading; an honest workspace takes a tenth of
that. On a busy machine more time passes."""

PATIENCE = 10.0
"""Seconds by the clock that one check may spend on top of that: an object may sleep."""

_TICK = 0.02
"""Seconds between two alarms: an object that catches one is interrupted again after these."""

P = ParamSpec("P")
T = TypeVar("T")


_LIBRARIES = {
    "abc",
    "cartopy",
    "geopandas",
    "matplotlib",
    "mpl_toolkits",
    "pathlib",
    "pyproj",
    "rasterio",
}


def from_library(value: object) -> bool:
    """Whether a value's class is one of a known library, not a learner's subclass.

    Methods of such classes may be called. A learner's own could run endless loops in C, which
    no alarm interrupts. The class's name proves nothing: the library's module must hold the class.
    """
    cls = type(value)
    if type(cls) is not type and not from_library(cls):
        return False
    module, name = (type.__dict__[key].__get__(cls) for key in ("__module__", "__qualname__"))
    if type(module) is not str or module.partition(".")[0] not in _LIBRARIES:
        return False
    return vars(sys.modules.get(module, object)).get(name) is cls


class TimeUpError(BaseException):
    """Reading took too long, or its calls are nested deeper than Python's limit.

    Not an `Exception`, so that an object that catches those does not catch this one.
    """


class _Reading(threading.local):
    """What is being read right now, in each thread.

    Attributes:
        now: Whether an object is being read: only then does an alarm interrupt.
        left: Seconds of a processor that are left to read in; ``None`` where there is no limit.
        patience: Seconds by the clock that are left on top of those.
        until: When they are used up, on the clock of this thread.
        at_last: When patience ends, on the monotonic clock.
    """

    now: bool = False
    left: float | None = None
    patience: float = PATIENCE
    until: float = 0.0
    at_last: float = 0.0


_READING = _Reading()


def attempt(fallback: T, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``read(*args, **kwargs)``, or ``fallback`` where it raises anything or takes too long.

    ``SystemExit`` and ``KeyboardInterrupt`` are caught as well: an object may raise them. If the
    learner interrupts the kernel just then, one result is not read.
    """
    if _READING.now:
        return _caught(fallback, read, *args, **kwargs)
    with _alarm():
        return _caught(fallback, read, *args, **kwargs)


def _caught(fallback: T, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    outer = _READING.now
    try:
        _READING.now = True
        value = read(*args, **kwargs)
        _READING.now = outer
    except BaseException:
        _READING.now = outer
        return fallback
    return value


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Ring every `_TICK`; the time that passes inside is taken from what is left."""
    if _READING.left is None:
        yield
        return
    started, by_clock, hook = time.thread_time(), time.monotonic(), sys.unraisablehook
    _READING.until = started + _READING.left
    _READING.at_last = by_clock + _READING.left + _READING.patience
    sys.unraisablehook = partial(_tell_others, hook)
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        read = time.thread_time() - started
        _READING.left -= read
        _READING.patience -= time.monotonic() - by_clock - read


def _tell_others(hook: Callable[[Any], object], problem: Any) -> None:
    """Be silent where an alarm rang while an object was taken away: the next one rings soon."""
    if problem.exc_type is not TimeUpError:
        hook(problem)


@contextlib.contextmanager
def time_limit(seconds: float | None = None) -> Iterator[None]:
    """Limit the seconds (by default `READING_TIME`) that all `attempt` inside may take together.

    Only reading counts: imports and our own services take what they need. It works in the main
    thread, where kernels run cells; elsewhere, and on Windows, there is no limit. A timer that
    was running goes on afterwards.
    """
    if not _has_alarms():
        yield
        return
    started = time.monotonic()
    handler = signal.signal(signal.SIGALRM, _ring)
    delay, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    _READING.left = READING_TIME if seconds is None else seconds
    _READING.patience = PATIENCE
    try:
        yield
    finally:
        _READING.left = None
        signal.signal(signal.SIGALRM, handler)
        if delay:
            left = max(delay - (time.monotonic() - started), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, left, interval)


def _has_alarms() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is not None  # a handler set in C cannot be put back
    )


def _ring(_number: int, frame: FrameType | None) -> None:
    if _READING.now and (_time_is_up() or _too_deep(frame)):
        raise TimeUpError


def _time_is_up() -> bool:
    return time.thread_time() >= _READING.until or time.monotonic() >= _READING.at_last


def _too_deep(frame: FrameType | None) -> bool:
    """Whether more calls are open than Python allows.

    Before 3.13.8, Python 3.13 lets functions with ``*args`` or defaults call themselves without
    end (CPython issue 132744), which takes gigabytes before time is up.
    """
    left = sys.getrecursionlimit()
    while frame is not None and left >= 0:
        frame, left = frame.f_back, left - 1
    return left < 0


class _Sink(io.TextIOBase):
    """A stream that discards what is written to it."""

    def write(self, words: str) -> int:
        return len(words)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep standard output and standard error clean of what objects and libraries print.

    Stock nbgrader gives a check cell 0 points for text on standard error. Warnings and log messages
    are off inside, and numpy neither warns nor raises for NaN and infinity.
    """
    level = logging.root.manager.disable
    sink = _Sink()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stderr(sink),
        contextlib.redirect_stdout(sink),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(level)
