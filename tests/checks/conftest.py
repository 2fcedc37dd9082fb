"""A notebook whose cells run in this process, with the offline services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.services import Services
from tests.checks.notebook_stand_in import Notebook


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with Services() as running:
        yield running


@pytest.fixture
def notebook(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Notebook]:
    services.client.reset()
    private = {"MPLBACKEND": "agg", "JUPYTER_DATA_DIR": str(tmp_path)}
    for name, value in {**services.environment, **private}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    running = Notebook(services.client)
    yield running
    running.close()
