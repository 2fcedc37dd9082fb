"""What takes too long is given up, even where it does not listen at once."""

import contextlib
import signal
import time

import pytest

from autograder.grading.results.timeout import timeout


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TimeoutError, match="more than 1 s"), timeout(1):
        time.sleep(60)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_who_overhears_it_is_told_again() -> None:
    def overhear() -> None:
        with contextlib.suppress(TimeoutError):
            time.sleep(60)
        time.sleep(60)

    with pytest.raises(TimeoutError), timeout(1):
        overhear()


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with timeout(1):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
