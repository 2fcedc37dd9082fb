"""The public patches and the outlines are served as web servers serve files."""

import io
from pathlib import Path

import numpy as np
import pytest
import rasterio
import requests
import s3fs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.patches import PRACTICE, World
from autograder.services import ServicesClient
from utils.reference import (
    EVENT_BUCKET,
    EVENT_LABEL_KEY,
    EVENT_PATCH_KEY,
    LABEL_KEY,
    NUTS_URL,
    PATCH_BANDS,
    PRACTICE_PATCH_URL,
    PROJECT_BUCKET,
    S3_HOST,
)

WORLD = World.load(PRACTICE)

HTTP = requests.Session()  # a new one would load the authorities at every request

pytestmark = pytest.mark.usefixtures("services")


@pytest.fixture(scope="module")
def patch() -> bytes:
    return WORLD.patch_bytes(PRACTICE_PATCH_URL)


def ask(url: str, method: str = "GET", **headers: str) -> requests.Response:
    return HTTP.request(method, url, headers=headers, timeout=10)


@pytest.mark.parametrize("url", list(WORLD.patches))
def test_every_patch_of_the_world_is_there(url: str) -> None:
    answer = ask(url)
    assert answer.content == WORLD.patch_bytes(url)
    assert answer.headers["Content-Type"] == "image/tiff"
    assert answer.headers["Accept-Ranges"] == "bytes"


NAME = "3649890_2331750_0_937"
EVENT = f"https://{S3_HOST}/{EVENT_BUCKET}/"


@pytest.mark.parametrize("year", [2018, 2021])
@pytest.mark.parametrize(
    "bucket_and_key",
    [(PROJECT_BUCKET, LABEL_KEY), (EVENT_BUCKET, EVENT_LABEL_KEY)],
)
def test_labels_are_arrays_of_classes_without_the_codes_for_no_data(
    fs: s3fs.S3FileSystem, bucket_and_key: tuple[str, str], year: int, tmp_path: Path
) -> None:
    bucket, pattern = bucket_and_key
    path = f"{bucket}/{pattern.format(nuts='FRJ27', year=year, size=250, patch=NAME)}"
    answer = ask(f"https://{S3_HOST}/{path}")
    labels = np.load(io.BytesIO(answer.content), allow_pickle=False)
    assert (labels.dtype, labels.shape) == (np.dtype(np.uint8), (250, 250))
    with rasterio.open(PRACTICE / "labels" / str(year) / f"{NAME}.tif") as source:
        codes = source.read(1)
    np.testing.assert_array_equal(labels, np.where(codes >= 254, 0, codes))

    with fs.open(f"s3://{path}", "rb") as file:
        np.testing.assert_array_equal(np.load(file), labels)
    fs.get(path, str(tmp_path / "label.npy"))
    np.testing.assert_array_equal(np.load(tmp_path / "label.npy"), labels)
    assert path in fs.ls(path.rpartition("/")[0])


def test_the_patch_lies_where_the_event_had_it(fs: s3fs.S3FileSystem, patch: bytes) -> None:
    path = EVENT_PATCH_KEY.format(nuts="FRJ27", year=2018, patch=NAME)
    assert ask(EVENT + path).content == patch
    assert fs.cat(f"{EVENT_BUCKET}/{path}") == patch
    with rasterio.open(EVENT + path) as source:
        assert source.count == PATCH_BANDS
    missing = EVENT + path.replace("2018", "2019")
    assert ask(missing).status_code == 404


def test_own_labels_take_the_place_of_the_project_s(fs: s3fs.S3FileSystem, tmp_path: Path) -> None:
    (tmp_path / "own.npy").write_bytes(b"own")
    key = LABEL_KEY.format(nuts="FRJ27", year=2018, size=250, patch=NAME)
    fs.put(str(tmp_path / "own.npy"), f"{PROJECT_BUCKET}/{key}")
    assert fs.cat(f"{PROJECT_BUCKET}/{key}") == b"own"


def test_head_says_the_size_and_sends_nothing(patch: bytes) -> None:
    answer = ask(PRACTICE_PATCH_URL, "HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(patch)
    whole = ask(PRACTICE_PATCH_URL)
    assert answer.headers["ETag"] == whole.headers["ETag"]


def test_an_unchanged_file_is_not_sent_again() -> None:
    tag = ask(PRACTICE_PATCH_URL, "HEAD").headers["ETag"]
    assert ask(PRACTICE_PATCH_URL, **{"If-None-Match": tag}).status_code == 304


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.none() | st.integers(0, 7_100_000),
    length=st.none() | st.integers(1, 100_000),
)
def test_a_range_is_that_part(patch: bytes, first: int | None, length: int | None) -> None:
    if first is None:
        if length is None:
            return
        header, expected = f"bytes=-{length}", patch[-length:]
    else:
        last = "" if length is None else str(first + length - 1)
        header = f"bytes={first}-{last}"
        expected = patch[first:] if length is None else patch[first : first + length]
    answer = ask(PRACTICE_PATCH_URL, Range=header)
    if first is not None and first >= len(patch):
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(patch)}"
        return
    assert answer.status_code == 206
    assert answer.content == expected
    start = len(patch) - len(expected) if first is None else first
    stop = start + len(expected) - 1
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop}/{len(patch)}"


@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "bytes=-", "bytes=9-3", "lines=1-2", "bytes"])
def test_what_is_no_range_gets_the_whole(patch: bytes, header: str) -> None:
    answer = ask(PRACTICE_PATCH_URL, Range=header)
    assert (answer.status_code, len(answer.content)) == (200, len(patch))


def test_one_band_costs_about_one_band(services: ServicesClient) -> None:
    with rasterio.Env(VSI_CACHE=False), rasterio.open(PRACTICE_PATCH_URL) as source:
        assert source.count == PATCH_BANDS
        source.read(8)
    moved = sum(entry["response"]["size"] for entry in services.requests())
    assert moved < 1_200_000


@pytest.mark.parametrize(
    "url",
    [
        PRACTICE_PATCH_URL.replace("937", "938"),
        PRACTICE_PATCH_URL + ".aux.xml",
        PRACTICE_PATCH_URL.rpartition("/")[0] + "/",
        "https://minio.lab.sspcloud.fr/",
        "https://minio.lab.sspcloud.fr/another-bucket/key",
    ],
)
def test_what_is_not_there_is_a_plain_404(url: str) -> None:
    answer = ask(url)
    assert answer.status_code == 404
    assert "<Code>NoSuchKey</Code>" in answer.text
    assert ask(url, "HEAD").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nothing_can_be_written_without_signature(method: str) -> None:
    answer = HTTP.request(method, PRACTICE_PATCH_URL, data=b"x", timeout=10)
    assert (answer.status_code, "AccessDenied" in answer.text) == (403, True)


def test_the_outlines_are_the_world_s() -> None:
    answer = ask(NUTS_URL)
    assert answer.content == Path(WORLD.nuts).read_bytes()
    assert ask(NUTS_URL, Range="bytes=0-9").content == answer.content[:10]
    other = ask(NUTS_URL.replace("2021", "2024"))
    assert (other.status_code, NUTS_URL in other.text) == (404, True)
    assert ask(NUTS_URL, "POST").status_code == 405
