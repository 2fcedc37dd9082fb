"""Signed requests go through the gate to an S3 server that checks their signatures."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
import s3fs

from autograder.services.storage.object_store import (
    ACCESS_KEY,
    SECRET_KEY,
    SESSION_TOKEN,
    ObjectStore,
)
from autograder.services.storage.rclone import find_rclone
from tests.services.hosted import signed
from tests.services.passing_on.conftest import Gate
from tests.services.passing_on.outside_world import COMPANY, CompanyProxy
from utils.errors import CourseError
from utils.reference import S3_HOST
from utils.storage import get_file_system


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A gate to rclone, which speaks TLS under the name of the SSP Cloud's storage."""
    folder = tmp_path_factory.mktemp("storage")
    (folder / "buckets" / "learner").mkdir(parents=True)
    (folder / "buckets" / "learner" / "large").write_bytes(bytes(40_000_000))
    certificate = COMPANY.issue_cert(S3_HOST)
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    COMPANY.cert_pem.write_to_path(str(folder / "company.pem"))
    command = [find_rclone(), "serve", "s3", "--addr", "127.0.0.1:0", "--config", ""]
    command += ["--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")]
    with subprocess.Popen(
        [*command, str(folder / "buckets")],
        env={**os.environ, "RCLONE_AUTH_KEY": f'"{ACCESS_KEY},{SECRET_KEY}"'},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as rclone:
        assert rclone.stderr
        port = int(rclone.stderr.readline().partition("127.0.0.1:")[2].partition("/")[0])
        variables = {"SSL_CERT_FILE": str(folder / "company.pem")}
        company = CompanyProxy({S3_HOST: port})
        gate = Gate([S3_HOST], variables | {"HTTPS_PROXY": company.url})
        with closing(company), closing(gate):
            yield gate
        rclone.terminate()


@pytest.fixture
def learner(storage: Gate, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A learner's kernel: clients are sent to the gate, with credentials of the storage."""
    for name, value in {**storage.environment, **ObjectStore.environment()}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    storage.session.journal.clear()
    return storage


@pytest.mark.parametrize("size", [0, 1, 1_600_000, 7_000_000])
def test_files_of_any_size_go_there_and_back(learner: Gate, tmp_path: Path, size: int) -> None:
    content = os.urandom(1000) * (size // 1000) or b"x" * size
    local = tmp_path / "file"
    local.write_bytes(content)
    fs = get_file_system()
    fs.put(str(local), "learner/sentinel2/a file é+%.tif")
    assert fs.info("learner/sentinel2/a file é+%.tif")["size"] == size
    fs.get("learner/sentinel2/a file é+%.tif", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == content


def test_an_upload_is_in_the_journal_and_no_secret_of_it(learner: Gate) -> None:
    fs = get_file_system()
    fs.pipe_file("learner/labels/label.npy", b"\x93NUMPY of a label")
    assert fs.ls("learner/labels") == ["learner/labels/label.npy"]
    assert fs.cat_file("learner/labels/label.npy", start=1, end=6) == b"NUMPY"
    entries: list[Any] = learner.journal
    [put] = [entry for entry in entries if entry["method"] == "PUT"]
    assert put["url"] == f"https://{S3_HOST}/learner/labels/label.npy"
    assert (put["response"]["status"], put["request"]["body"]) == (200, None)
    listings = [str(entry["response"]["body"]) for entry in entries]
    assert any("<Key>labels/label.npy</Key>" in body for body in listings)
    assert not any(secret in str(entries) for secret in (ACCESS_KEY, SECRET_KEY, SESSION_TOKEN))


def test_what_the_storage_refuses_is_refused(
    learner: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another secret")
    with pytest.raises(CourseError, match="does not belong to your AWS_ACCESS_KEY_ID"):
        get_file_system().pipe_file("learner/file", b"x")
    with learner.client() as client:
        address = f"https://{S3_HOST}/learner/file"
        assert client.put(address, data=b"x", timeout=10).status_code in {400, 403}


def test_a_slow_reader_holds_up_the_storage_and_fills_no_memory(learner: Gate) -> None:
    """Back-pressure: what nobody reads is not fetched."""
    address = f"https://{S3_HOST}/learner/large"
    with (
        learner.client() as client,
        client.get(address, headers=signed("GET", address), stream=True, timeout=10) as answer,
    ):
        assert isinstance(answer, requests.Response)
        assert answer.raw.read(100) == bytes(100)
        time.sleep(0.3)
    for _ in range(100):
        if learner.journal:
            break
        time.sleep(0.05)
    [entry] = learner.journal
    assert isinstance(response := entry["response"], dict)
    assert response["size"] < 20_000_000
