"""As whom attacks run, and where."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grading.sandbox.confined import USERS


@pytest.fixture(params=USERS, ids=lambda uid: "root" if uid == 0 else "user")
def user(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in one that all may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        scratch = Path(place, "scratch")
        scratch.mkdir()
        yield scratch
