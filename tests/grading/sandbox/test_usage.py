"""The time that counts is a process's own, and many threads weigh as much as one."""

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.grading.sandbox import Usage
from autograder.grading.sandbox import usage as usage_module
from tests.grading.sandbox.confined import TIMEOUT, waiting

NAP = 0.3


def compute() -> None:
    def spin() -> None:
        while True:
            pass

    threading.Thread(target=spin, daemon=True).start()


def compute_in_many_threads() -> None:
    """Each computes outside the interpreter's lock, as NumPy does: all are ready at any time."""

    def digest() -> None:
        while True:
            hashlib.pbkdf2_hmac("sha256", b"", b"", 1_000_000)

    for _ in range(6):
        threading.Thread(target=digest, daemon=True).start()


def do_nothing() -> None:
    pass


def test_a_process_that_waits_is_charged_what_passes(folder: Path, user: int) -> None:
    with waiting(do_nothing, folder, user=user) as process:
        usage = Usage(process.pid)
        time.sleep(NAP)
        assert usage.seconds() >= NAP
        time.sleep(NAP)
        assert usage.seconds(waits=True) < NAP / 2  # it waits for us, and computes nothing


def test_a_process_that_computes_is_charged_what_it_gets(folder: Path, user: int) -> None:
    """A stopped process stands for one that a busy machine gives nothing."""
    with waiting(compute, folder, user=user) as process:
        usage = Usage(process.pid)
        until = time.monotonic() + TIMEOUT
        charged = 0.0
        while charged < NAP and time.monotonic() < until:
            time.sleep(0.05)
            charged += usage.seconds(waits=True)
        assert charged >= NAP
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(0.05)
        usage.seconds(waits=True)
        time.sleep(NAP)
        assert usage.seconds(waits=True) == 0.0
        os.kill(process.pid, signal.SIGCONT)


def nice_of(pid: int) -> set[int]:
    """Niceness of all threads of a process."""
    threads = os.listdir(f"/proc/{pid}/task")
    return {os.getpriority(os.PRIO_PROCESS, int(thread)) for thread in threads}


@pytest.mark.parametrize(("work", "nicer"), [(compute_in_many_threads, True), (compute, False)])
def test_many_threads_that_compute_weigh_as_one(
    work: Callable[[], None], nicer: bool, folder: Path, user: int
) -> None:
    with waiting(work, folder, user=user) as process:
        before = nice_of(process.pid)
        usage = Usage(process.pid)
        until = time.monotonic() + (TIMEOUT if nicer else NAP)
        while nice_of(process.pid) == before and time.monotonic() < until:
            usage.seconds()
            usage.weigh()
            time.sleep(0.01)
        assert (min(nice_of(process.pid)) > max(before)) is nicer


def test_a_process_that_computes_for_long_weighs_less(
    folder: Path, user: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with waiting(compute, folder, user=user) as process:
        before = nice_of(process.pid)
        usage = Usage(process.pid)
        usage.weigh()
        assert nice_of(process.pid) == before
        until = time.monotonic() + TIMEOUT
        monkeypatch.setattr(usage_module, "LONG", usage._computed + NAP)
        while nice_of(process.pid) == before and time.monotonic() < until:
            time.sleep(0.05)
            usage.seconds()
            usage.weigh()
        assert usage._computed >= usage_module.LONG
        assert min(nice_of(process.pid)) - min(before) == usage_module.AFTER_LONG


def test_nothing_is_charged_after_the_end(folder: Path, user: int) -> None:
    with waiting(do_nothing, folder, user=user) as process:
        usage = Usage(process.pid)
        usage.seconds()
    assert usage.seconds(waits=True) == 0.0
    usage.weigh()
