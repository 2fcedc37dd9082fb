"""An instance inside a grader: its port tells nothing, its owner is told everything."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import s3fs

from autograder.patches import PRACTICE, World
from autograder.services.http.request_response import Request, Response
from autograder.services.lifetime.instance import Instance
from utils.reference import NUTS_URL, S3_HOST


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    """Services as a grader starts them, with this process's clients sent to them."""
    instance = Instance(
        World.load(PRACTICE), scratch=tmp_path, control=False, only_own_authority=True
    )
    for name, value in instance.environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield instance
    instance.close()
    assert list(instance.session.failures) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/course/status"),
        ("GET", "/course/journal"),
        ("GET", "/course/objects"),
        ("GET", "/course/object/my-bucket/key"),
        ("POST", "/course/reset"),
    ],
)
def test_the_port_tells_nothing_about_the_session(
    instance: Instance, method: str, path: str
) -> None:
    answer = requests.request(method, f"http://127.0.0.1:{instance.port}{path}", timeout=5)
    assert answer.status_code == 400
    told = f"{answer.text}{answer.headers}"
    for secret in (str(PRACTICE), str(os.getpid()), str(instance.bundle.parent)):
        assert secret not in told


def test_the_environment_names_no_folder_but_the_bundle(instance: Instance) -> None:
    assert not {"COURSE_CONTROL", "COURSE_WORLD"} & instance.environment.keys()
    paths = {value for value in instance.environment.values() if value.startswith("/")}
    assert paths == {str(instance.bundle), os.devnull}
    assert instance.bundle.read_text().count("BEGIN CERTIFICATE") == 1


def test_the_owner_sees_requests_and_objects(instance: Instance) -> None:
    requests.get(NUTS_URL, timeout=5)
    fs = s3fs.S3FileSystem(endpoint_url=f"https://{S3_HOST}")
    fs.pipe("my-bucket/folder/file", b"content")
    assert instance.wait_until_idle()
    first, *later = instance.session.journal.requests()
    assert (first["method"], first["url"]) == ("GET", NUTS_URL)
    assert instance.session.journal.requests(since=first["number"]) == later
    assert [item["path"] for item in instance.session.buckets.objects()] == [
        "my-bucket/folder/file"
    ]
    assert instance.session.buckets.read_object("my-bucket/folder/file", limit=7) == b"content"
    with pytest.raises(OSError, match="larger than 6 bytes"):
        instance.session.buckets.read_object("my-bucket/folder/file", limit=6)


@pytest.mark.parametrize(
    "path", ["", "my-bucket", "my-bucket/../../authorities.pem", "/etc/passwd"]
)
def test_only_what_was_stored_can_be_read(instance: Instance, path: str) -> None:
    with pytest.raises(KeyError):
        instance.session.buckets.read_object(path)


def test_links_in_the_store_lead_nowhere(instance: Instance) -> None:
    bucket = instance.session.buckets.folder / "my-bucket"
    (bucket / "link").symlink_to("/etc/passwd")
    (bucket / "folder").symlink_to("/etc")
    os.mkfifo(bucket / "pipe")
    assert instance.session.buckets.objects() == []
    with pytest.raises(KeyError):
        instance.session.buckets.read_object("my-bucket/folder/passwd")


def test_settled_waits_for_answers(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = instance.session.store.answer
    arrived, going = threading.Event(), threading.Event()

    def slow(request: Request) -> Response:
        arrived.set()
        going.wait(5)
        return answer(request)

    monkeypatch.setattr(instance.session.store, "answer", slow)
    fetching = threading.Thread(target=requests.get, args=(f"https://{S3_HOST}/",))
    fetching.start()
    assert arrived.wait(5)
    assert not instance.wait_until_idle(timeout=0)
    assert instance.session.journal.requests() == []
    threading.Timer(0.2, going.set).start()
    assert instance.wait_until_idle()
    assert len(instance.session.journal.requests()) == 1
    fetching.join()


def test_settled_does_not_wait_for_who_is_silent_or_stops_in_the_middle(instance: Instance) -> None:
    halves = [b"", b"GET http", b"POST http://host/ HTTP/1.1\r\nContent-Length: 2\r\n\r\nx"] * 10
    silent = [socket.create_connection(("127.0.0.1", instance.port)) for _ in halves]
    for connection, half in zip(silent, halves, strict=True):
        connection.sendall(half)
    assert instance.wait_until_idle()
    for connection in silent:
        connection.close()


def test_closing_ends_every_connection(tmp_path: Path) -> None:
    instance = Instance(World.load(PRACTICE), scratch=tmp_path)
    with socket.create_connection(("127.0.0.1", instance.port), timeout=5) as silent:
        assert instance.wait_until_idle()
        instance.close()
        assert silent.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", instance.port))


def test_a_failure_of_ours_names_no_folder(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: Request) -> Response:
        raise FileNotFoundError("/secret/world/expectations")

    monkeypatch.setattr(instance.session.store, "answer", fail)
    answer = requests.get(f"https://{S3_HOST}/", timeout=5)
    assert (answer.status_code, "FileNotFoundError" in answer.text) == (500, True)
    assert "secret" not in answer.text
    assert "/secret/world" in instance.session.failures.pop()
