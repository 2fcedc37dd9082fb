"""S3 through s3fs: signed requests are checked and kept, public objects can be read by anyone."""

import hashlib
import os
from pathlib import Path

import numpy as np
import psutil
import pytest
import requests
import s3fs

from autograder.services import Services, ServicesClient
from autograder.services.storage import rclone
from autograder.services.storage.object_store import EXPIRED_TOKEN
from tests.services.lifetime.test_lifetime import gone, until
from utils.errors import CourseError
from utils.reference import LABEL_KEY, PRACTICE_PATCH_URL, PROJECT_BUCKET, S3_HOST

ENDPOINT = f"https://{S3_HOST}"
PATCH = PRACTICE_PATCH_URL.removeprefix(f"{ENDPOINT}/")
FOLDER = PATCH.rpartition("/")[0]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "image.tif"
    path.write_bytes(b"II*\0 a small image")
    return path


def test_an_upload_can_be_seen_in_every_way(
    fs: s3fs.S3FileSystem, services: ServicesClient, image: Path
) -> None:
    path = "my-bucket/sentinel2/bulgaria_rgb.tif"
    fs.put(str(image), f"s3://{path}")
    assert fs.ls("my-bucket/sentinel2") == [path]
    assert fs.find("my-bucket") == [path]
    assert fs.glob("my-bucket/*/*.tif") == [path]
    assert fs.exists(path)
    assert fs.info(path)["size"] == fs.size(path) == len(image.read_bytes())
    assert fs.cat_file(path) == image.read_bytes()
    assert fs.cat_file(path, start=3, end=9) == image.read_bytes()[3:9]
    [stored] = services.objects()
    assert stored["path"] == path
    assert stored["size"] == len(image.read_bytes())
    assert stored["sha256"] == hashlib.sha256(image.read_bytes()).hexdigest()
    assert services.read_object(path) == image.read_bytes()
    fs.rm(path)
    assert services.objects() == []
    with pytest.raises(KeyError):
        services.read_object(path)


def test_the_project_s_bucket_takes_labels(
    fs: s3fs.S3FileSystem, services: ServicesClient, tmp_path: Path
) -> None:
    key = LABEL_KEY.format(nuts="FRJ27", year=2018, size=250, patch="3649890_2331750_0_937")
    local = tmp_path / "label.npy"
    np.save(local, np.ones((250, 250), np.uint8))
    fs.put(str(local), f"{PROJECT_BUCKET}/{key}")
    assert fs.ls(f"{PROJECT_BUCKET}/{key}".rpartition("/")[0]) == [f"{PROJECT_BUCKET}/{key}"]
    assert services.read_object(f"{PROJECT_BUCKET}/{key}") == local.read_bytes()


@pytest.mark.parametrize("size", [0, 1, 60_000_000])
def test_files_of_any_size_arrive_whole(
    fs: s3fs.S3FileSystem, services: ServicesClient, tmp_path: Path, size: int
) -> None:
    content = np.random.default_rng(1).bytes(size)
    local = tmp_path / "large"
    local.write_bytes(content)
    fs.put(str(local), "my-bucket/put")
    with fs.open("my-bucket/written", "wb", block_size=8_000_000) as file:  # in parts
        file.write(content)
    digest = hashlib.sha256(content).hexdigest()
    assert {stored["sha256"] for stored in services.objects()} == {digest}
    fs.get("my-bucket/written", str(local))
    assert local.read_bytes() == content


def test_names_may_hold_any_letter(
    fs: s3fs.S3FileSystem, services: ServicesClient, image: Path
) -> None:
    for name in ("été 2021.tif", "a+b&c=d.tif", "50 %.tif"):
        fs.put(str(image), f"my-bucket/{name}")
        assert services.read_object(f"my-bucket/{name}") == image.read_bytes()
    assert len(fs.ls("my-bucket")) == 3


def test_another_bucket_is_not_there(fs: s3fs.S3FileSystem, image: Path) -> None:
    with pytest.raises(FileNotFoundError, match="bucket does not exist"):
        fs.put(str(image), "someone-else/image.tif")
    with pytest.raises(PermissionError, match="Access Denied"):
        fs.mkdir("someone-else")
    with pytest.raises(PermissionError, match="Access Denied"):
        fs.rmdir("my-bucket")
    assert sorted(fs.ls("")) == ["my-bucket", PROJECT_BUCKET]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"secret": "x" * 40}, "SignatureDoesNotMatch"),
        ({"key": "ANOTHERKEY1234567890"}, "InvalidAccessKeyId"),
        ({"token": "another"}, "InvalidTokenId"),
        ({"token": None}, "InvalidTokenId"),
        ({"token": EXPIRED_TOKEN}, "ExpiredToken"),
    ],
)
def test_wrong_credentials_are_refused(
    services: ServicesClient,
    image: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: dict[str, str | None],
    code: str,
) -> None:
    right = {
        "key": os.environ["AWS_ACCESS_KEY_ID"],
        "secret": os.environ["AWS_SECRET_ACCESS_KEY"],
        "token": os.environ["AWS_SESSION_TOKEN"],
    }
    monkeypatch.delenv("AWS_SESSION_TOKEN")
    refused = s3fs.S3FileSystem(endpoint_url=ENDPOINT, **(right | wrong))
    with pytest.raises((PermissionError, OSError)):
        refused.put(str(image), "my-bucket/image.tif")
    assert services.objects() == []
    answers = [entry["response"] for entry in services.requests()]
    assert {answer["status"] for answer in answers} <= {400, 403}
    assert any(code in (answer["body"] or "") for answer in answers)


def test_public_objects_are_open_to_all(services: ServicesClient) -> None:
    anonymous = s3fs.S3FileSystem(anon=True, endpoint_url=ENDPOINT)
    assert PATCH in anonymous.ls(FOLDER)
    assert PATCH in anonymous.find(PROJECT_BUCKET)
    assert anonymous.ls(PROJECT_BUCKET) == [f"{PROJECT_BUCKET}/data-preprocessed"]
    assert anonymous.exists(PATCH)
    with anonymous.open(PATCH) as file:
        assert file.read(4) == b"II*\0"
    assert not anonymous.exists("my-bucket/private.tif")


def test_public_objects_are_open_with_credentials_too(fs: s3fs.S3FileSystem) -> None:
    assert PATCH in fs.ls(FOLDER)
    assert fs.size(PATCH) == len(fs.cat_file(PATCH))


def test_a_stored_object_is_private(fs: s3fs.S3FileSystem, image: Path) -> None:
    fs.put(str(image), "my-bucket/private.tif")
    assert requests.get(f"{ENDPOINT}/my-bucket/private.tif", timeout=10).status_code == 404
    signing = s3fs.S3FileSystem(endpoint_url=ENDPOINT, config_kwargs={"signature_version": "s3v4"})
    address = signing.sign("my-bucket/private.tif")
    assert requests.get(address, timeout=10).content == image.read_bytes()


def test_the_storage_comes_back_when_its_process_dies(
    fs: s3fs.S3FileSystem, running: Services, image: Path
) -> None:
    fs.put(str(image), "my-bucket/image.tif")
    [process] = [
        child
        for child in psutil.Process(running.pid).children(recursive=True)
        if child.name() == "rclone"
    ]
    process.kill()
    assert until(lambda: gone([process]))
    assert fs.cat_file("my-bucket/image.tif") == image.read_bytes()


@pytest.mark.parametrize("query", ["X-Amz-Signature=", "X-Amz-Signature=x&X-Amz-Credential=y/z"])
def test_a_signature_of_nobody_is_refused(services: ServicesClient, query: str) -> None:
    answer = requests.get(f"{ENDPOINT}/my-bucket/key?{query}", timeout=5)
    assert answer.status_code in {400, 403}
    assert services.requests()[0]["response"]["status"] == answer.status_code


BROKEN = {
    "echo It begins. >&2; echo This build is broken. >&2": r"ended .*\(This build is broken\.\)",
    "exit 1": r"ended .*\(it said nothing\)",
    "sleep 0.2; echo Killed soon. >&2; kill -9 $$": r"ended .*\(Killed soon\.\)",
    "echo It waits. >&2; exec sleep 60": r"did not start within 1 s \(It waits\.\)",
}
"""Programs in the place of rclone, and what is said of them."""


@pytest.mark.parametrize("program", BROKEN)
def test_a_broken_rclone_is_named_with_what_it_said(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "rclone"
    broken.write_text(f"#!/bin/sh\n{program}\n")
    broken.chmod(0o755)
    monkeypatch.setattr(rclone, "find_rclone", lambda: str(broken))
    if "within" in BROKEN[program]:
        monkeypatch.setattr(rclone, "START_LIMIT", 1.0)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "rclone.log").write_text("An earlier one spoke of a learner's file.\n")
    storage = rclone.Rclone(tmp_path, tmp_path / "run", "key", "secret")
    try:
        with pytest.raises(CourseError, match=BROKEN[program]):
            storage.connect()
    finally:
        storage.close()
    assert "learner" not in storage.failure
