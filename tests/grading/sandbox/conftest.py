"""As whom attacks run, and where."""

from pathlib import Path

import pytest

from tests.grading.sandbox.confined import USERS


@pytest.fixture(params=USERS, ids=lambda uid: "root" if uid == 0 else "user")
def user(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "scratch"
    place.mkdir()
    return place
