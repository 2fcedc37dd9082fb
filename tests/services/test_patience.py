"""What a busy machine refuses for a moment is asked for again; what else fails, fails at once."""

import errno
import os

import pytest

from autograder.services import patience
from autograder.services.patience import patiently, tells_of_shortage

SHORT = [
    OSError(errno.EAGAIN, "Resource temporarily unavailable"),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.ENFILE, "Too many open files in system"),
    RuntimeError("can't start new thread"),
    MemoryError(),
]


@pytest.mark.parametrize("problem", SHORT, ids=str)
@pytest.mark.parametrize("times", [1, 3])
def test_a_shortage_is_waited_for(problem: Exception, times: int) -> None:
    left = [problem] * times

    def start() -> str:
        if left:
            raise left.pop()
        return "started"

    assert patiently(start) == "started"


@pytest.mark.parametrize("problem", SHORT, ids=str)
def test_patience_ends(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.2)

    def start() -> None:
        raise problem

    with pytest.raises(type(problem)):
        patiently(start)


@pytest.mark.parametrize(
    "problem", [OSError(errno.EACCES, "no"), ValueError("no"), RuntimeError("no")], ids=repr
)
def test_what_else_fails_is_tried_once(problem: Exception) -> None:
    tried = []

    def start() -> None:
        tried.append(1)
        raise problem

    with pytest.raises(type(problem)):
        patiently(start)
    assert tried == [1]


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (f"[Errno 28] {os.strerror(errno.ENOSPC)}: 'a.npy'", True),
        ("can't start new thread", True),
        ("write /x/y: no space left on device", True),
        ("runtime: failed to create new OS thread (have 5 already; errno=11)", True),
        ("fork/exec: resource temporarily unavailable", True),
        ("File too large", False),
        ("Cannot allocate memory", False),  # the limit of a submission
        ("a band is missing", False),
    ],
)
def test_what_programs_say_of_a_shortage_is_known(words: str, tells: bool) -> None:
    assert tells_of_shortage(words) is tells
