"""A system that offers too little is named for what it lacks."""

import threading
from dataclasses import replace
from pathlib import Path

import landlockpy
import pytest

from autograder.grading.limits import Limits
from autograder.grading.sandbox import NetworkBroker, confine, linux, missing
from autograder.grading.sandbox.linux import Kernel
from utils.errors import CourseError

ENOUGH = Kernel("Linux", "6.12.0", "x86_64", 6, True)

SYSTEMS = {
    "enough": (ENOUGH, []),
    "just enough": (replace(ENOUGH, release="6.7.0", landlock=4, machine="aarch64"), []),
    "no ports": (
        replace(ENOUGH, release="5.15.0-91", landlock=1),
        ["Landlock with rules for TCP ports (Linux 6.7 or newer; this is Linux 5.15.0-91)"],
    ),
    "no Landlock": (
        replace(ENOUGH, landlock=0),
        [
            "Landlock (Linux 6.7 or newer, and `landlock` among the kernel's `lsm=` modules; "
            "this is Linux 6.12.0, where it is missing or turned off)"
        ],
    ),
    "no filters": (
        replace(ENOUGH, seccomp=False),
        ["filters of system calls (seccomp), which this system does not let a user set"],
    ),
    "another processor": (
        replace(ENOUGH, machine="riscv64", seccomp=False),
        ["a processor whose system calls are known (x86_64 or aarch64, not riscv64)"],
    ),
    "another system": (Kernel("Darwin", "24.0", "arm64", 0, False), ["Linux (this is Darwin)"]),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_a_system_lacks_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    offers, lacks = SYSTEMS[name]
    monkeypatch.setattr(linux, "ask_kernel", lambda: offers)
    assert missing() == lacks


def test_this_system_lacks_nothing() -> None:
    assert missing() == []


def test_a_container_that_forbids_to_ask_has_no_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise landlockpy.LandlockError(1, "Operation not permitted")

    monkeypatch.setattr(landlockpy, "abi_version", refuse)
    monkeypatch.setattr(linux, "ask_kernel", linux.ask_kernel.__wrapped__)
    assert len(missing()) == 1


def test_nothing_is_confined_by_halves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offers, _ = SYSTEMS["no ports"]
    monkeypatch.setattr(linux, "ask_kernel", lambda: offers)
    broker = NetworkBroker()
    with pytest.raises(CourseError, match="This system lacks Landlock with rules for TCP ports"):
        confine(tmp_path, [], broker, Limits())
    broker.close()
    assert Path("/proc/self/status").read_text()  # this process is as free as before


def test_a_process_with_threads_is_not_confined(tmp_path: Path) -> None:
    broker, ends = NetworkBroker(), threading.Event()
    helper = threading.Thread(target=ends.wait)
    helper.start()
    with pytest.raises(CourseError, match="threads"):
        confine(tmp_path, [], broker, Limits())
    ends.set()
    helper.join()
    broker.close()
