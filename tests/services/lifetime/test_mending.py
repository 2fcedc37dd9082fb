"""What tidying programs remove from the temporary folder comes back, or new services start."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from autograder.services import Services
from autograder.services.lifetime import launcher
from autograder.surroundings.machine import demand_data
from tests.services.lifetime.test_lifetime import until, use_storage
from utils.errors import CourseError
from utils.reference import NUTS_URL


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services that a kernel has found, with the storage in use."""
    with Services() as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        use_storage(services)
        yield services


def bundle_of(services: Services) -> Path:
    return Path(services.environment["SSL_CERT_FILE"])


def _remove_files(folder: Path) -> None:
    for path in folder.rglob("*"):
        if not path.is_dir():
            path.unlink()


REMOVALS: dict[str, Callable[[Path], object]] = {
    "everything": shutil.rmtree,
    "the authorities": lambda folder: (folder / "authorities.pem").unlink(),
    "half of them": lambda folder: os.truncate(folder / "authorities.pem", 1000),
    "the socket": lambda folder: (folder / "s3.sock").unlink(),
    "the buckets": lambda folder: shutil.rmtree(folder / "state"),
    "all files": _remove_files,
}


@pytest.mark.parametrize("what", REMOVALS)
def test_after_the_first_cell_everything_answers_again(what: str, running: Services) -> None:
    folder, url = bundle_of(running).parent, running.client.url
    REMOVALS[what](folder)
    assert launcher.ensure_services().url == url
    use_storage(running)
    assert [stored["path"] for stored in running.client.objects()] == ["my-bucket/file"]
    assert requests.get(NUTS_URL, timeout=5).status_code == 200
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_authorities_come_back_by_themselves(running: Services) -> None:
    shutil.rmtree(bundle_of(running).parent)
    assert until(bundle_of(running).is_file)
    assert requests.get(NUTS_URL, timeout=5).status_code == 200


def test_a_folder_that_somebody_else_has_made_meanwhile_is_not_used(running: Services) -> None:
    folder = bundle_of(running).parent
    shutil.rmtree(folder)
    folder.symlink_to("/")
    with pytest.raises(CourseError, match="is not ours any more"):
        running.client.ready()
    folder.unlink()


def test_ready_services_are_started_in_the_place_of_those_that_cannot_be_mended(
    running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bundle_of(running).parent
    shutil.rmtree(folder)
    folder.symlink_to("/")
    client = launcher.ensure_services()
    assert client.url != running.client.url
    assert requests.get(NUTS_URL, timeout=5).status_code == 200
    folder.unlink()
    assert launcher._started is not None
    launcher._started.stop()


LIBRARIES = {
    "certifi": "certifi/cacert.pem",
    "pyogrio": "pyogrio/proj_data/proj.db",
    "pyproj": "pyproj/proj_dir/share/proj/proj.db",
    "rasterio": "rasterio/gdal_data/gdalvrt.xsd",
}
"""A file of each library that it reads by its path."""


def laid_out(folder: Path, package: str, file: str) -> None:
    """An installed package that has lost a file which it had brought along."""
    information = folder / f"{package}-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n")
    (information / "RECORD").write_text(f"{file},,\n")


@pytest.mark.parametrize("package", LIBRARIES)
def test_a_file_that_a_library_reads_by_its_path_is_named_when_it_is_missing(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand_data()
    laid_out(tmp_path, package, LIBRARIES[package])
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CourseError, match=f"{LIBRARIES[package]} is missing.*make clean"):
        demand_data()
