"""The same functions with their real addresses, answered by the offline services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.services import Services
from utils import download_clcpluslabel, get_file_system, tiff_to_numpy
from utils.errors import CourseError
from utils.reference import LABEL_KEY, PRACTICE_PATCH_URL, PROJECT_BUCKET, S3_HOST

BBOX = [3649890, 2331750, 3652390, 2334250]
CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


@pytest.fixture(scope="module")
def running() -> Iterator[Services]:
    with Services() as services:
        yield services


@pytest.fixture(autouse=True)
def services(running: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Services:
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return running


def test_a_label_comes_as_the_array_of_its_classes() -> None:
    download_clcpluslabel("label.tif", BBOX, 2018)
    labels = tiff_to_numpy("label.tif")
    assert labels.shape == (250, 250)
    assert labels.dtype == np.uint8
    assert {1, 6, 10} <= set(np.unique(labels)) <= set(range(12))


def test_the_two_years_differ() -> None:
    download_clcpluslabel("2018.tif", BBOX, 2018)
    download_clcpluslabel("2021.tif", BBOX, 2021)
    assert (tiff_to_numpy("2018.tif") != tiff_to_numpy("2021.tif")).any()


def test_an_upload_arrives_and_can_be_listed(services: Services) -> None:
    np.save("label.npy", np.ones((2, 2), np.uint8))
    key = LABEL_KEY.format(nuts="FRJ27", year=2018, size=250, patch="3649890_2331750_0_937")
    path = f"{PROJECT_BUCKET}/{key}"
    fs = get_file_system()
    fs.put("label.npy", path)
    assert path in fs.ls(path.rpartition("/")[0])
    assert services.client.read_object(path) == Path("label.npy").read_bytes()


def test_a_bucket_that_is_not_there_is_named() -> None:
    Path("image.tif").write_bytes(b"II*\0")
    with pytest.raises(CourseError, match=r"'your-bucket'.*own bucket .'my-bucket'"):
        get_file_system().put("image.tif", "s3://your-bucket/image.tif")


@pytest.mark.parametrize("name", CREDENTIALS[:2])
def test_a_wrong_credential_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "wrong")
    Path("image.tif").write_bytes(b"II*\0")
    with pytest.raises(CourseError, match=name):
        get_file_system().put("image.tif", "s3://my-bucket/image.tif")


def test_public_objects_need_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*CREDENTIALS, "AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    fs = get_file_system()
    path = PRACTICE_PATCH_URL.removeprefix(f"https://{S3_HOST}/")
    assert fs.size(path) > 6e6
    assert fs.cat_file(path, start=0, end=4) == b"II*\0"
