"""What holds for all tests."""

import signal
import urllib.request
from collections.abc import Iterator

import pytest

from autograder.checks.reading import guard

# A shell that runs the suite in the background has it ignore Ctrl-C. What tests start would inherit
# that, and not be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _proxies_are_read_anew() -> None:
    """The proxies of its first use, which urllib remembers: another test's may be gone."""
    urllib.request.install_opener(None)


@pytest.fixture(scope="module")
def impatient() -> Iterator[None]:
    """What sleeps or spins while it is read is given up soon: such objects are tried by dozens."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(guard, "READING_TIME", 0.1)
        patched.setattr(guard, "PATIENCE", 0.3)
        yield
