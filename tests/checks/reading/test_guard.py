"""Reading ends in time, in silence, and leaves timers, streams and settings as they were."""

import logging
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import matplotlib.colors
import numpy as np
import pytest

from autograder.checks.reading.guard import attempt, from_library, quiet, time_limit

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.mark.parametrize("problem", [ValueError, SystemExit, KeyboardInterrupt, RecursionError])
def test_whatever_reading_raises_the_fallback_is_returned(problem: type[BaseException]) -> None:
    def read() -> str:
        raise problem

    assert attempt("fallback", read) == "fallback"
    assert attempt("fallback", str, 7) == "7"


def test_each_reading_that_blocks_is_interrupted() -> None:
    started = time.monotonic()
    with time_limit(0.05):
        assert [attempt("late", time.sleep, 60) for _ in range(5)] == ["late"] * 5
        assert attempt("late", str, "in time") == "in time"
    assert time.monotonic() - started < 5


def test_an_object_that_ignores_exceptions_is_interrupted_all_the_same() -> None:
    def stubborn() -> None:
        try:
            time.sleep(60)
        except Exception:
            time.sleep(60)

    with time_limit(0.01):
        assert attempt("late", stubborn) == "late"


def test_an_alarm_in_a_destructor_is_nobodys_business(capsys: pytest.CaptureFixture[str]) -> None:
    class Lasting:
        def __del__(self) -> None:
            time.sleep(60)

    def read() -> None:
        Lasting()  # which goes at once
        time.sleep(60)

    before = sys.unraisablehook
    with time_limit(0.05):
        assert attempt("late", read) == "late"
    assert sys.unraisablehook is before
    assert capsys.readouterr().err == ""


def test_calls_deeper_than_python_allows_are_interrupted_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def deep(calls: int) -> None:
        while not calls:
            pass
        deep(calls - 1)

    started = time.process_time()
    with time_limit(20), monkeypatch.context() as patch:
        patch.setattr(sys, "getrecursionlimit", lambda: 300)
        assert attempt("too deep", deep, 300) == "too deep"
    assert time.process_time() - started < 10


def test_only_reading_is_interrupted() -> None:
    with time_limit(0.01):
        time.sleep(0.1)
        assert attempt(0, lambda: attempt(1, int, "x") + 1) == 2


def test_a_timer_that_was_running_goes_on() -> None:
    rung = threading.Event()
    before = signal.signal(signal.SIGALRM, lambda *_: rung.set())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with time_limit(0.01):
            attempt(None, time.sleep, 60)
        deadline = time.monotonic() + 5
        while not rung.is_set() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert rung.is_set()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_there_is_no_limit_in_other_threads() -> None:
    results = []

    def slow() -> str:
        time.sleep(0.05)
        return "in time"

    def work() -> None:
        with time_limit(0.01):
            results.append(attempt("late", slow))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert results == ["in time"]


def test_nothing_is_heard(capfd: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    logging.getLogger().addHandler(handler)
    filters = list(warnings.filters)
    try:
        with quiet():
            print("words")
            print("words", file=sys.stderr)
            logging.getLogger("rasterio").error("words")
            warnings.warn("words", stacklevel=1)
            np.float64(1) / np.float64(0)
    finally:
        logging.getLogger().removeHandler(handler)
    assert capfd.readouterr() == ("", "")
    assert list(warnings.filters) == filters
    assert logging.getLogger("rasterio").isEnabledFor(logging.ERROR)


def test_a_class_of_ones_own_is_no_class_of_a_library() -> None:
    norm = matplotlib.colors.Normalize(0, 1)
    assert from_library(norm)
    assert from_library(Path())
    forged = type("Normalize", (matplotlib.colors.Normalize,), {})
    forged.__module__ = "matplotlib.colors"
    assert not from_library(forged(0, 1))
    assert not from_library(type("Own", (), {})())
