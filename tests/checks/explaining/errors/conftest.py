"""A watched IPython shell for tests of exceptions."""

from collections.abc import Iterator

import pytest

from tests.checks.notebook_stand_in import Notebook


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    running = Notebook()
    yield running
    running.close()
