"""A service of the datalab in which nothing has run."""

from pathlib import Path

import pytest

from tests.lab.small_course import Repository, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A service with an empty folder, whose path has spaces and accents."""
    repository = Repository(tmp_path / "the course")
    repository.publish()
    made = Service(tmp_path / "chez moi, l'été", repository)
    made.work.mkdir(parents=True)
    return made
