"""However the storage is used: bounded in bytes and files, and no way out of its folder."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from autograder.grading.sandbox import remove
from autograder.services.storage.buckets import Buckets
from autograder.services.storage.upstream import ENTRY_COST
from tests.services.hosted import MEGABYTE, Answer, Hosted, head, many, signed
from tests.services.lifetime.test_lifetime import until
from utils.reference import S3_HOST

LIMIT = 50 * MEGABYTE
ENDPOINT = f"https://{S3_HOST}"


@pytest.fixture
def storage() -> Iterator[Hosted]:
    """Services of its own for each test: allowances are spent. The parts of them stay bounded."""
    with contextlib.closing(Hosted(uploads=LIMIT)) as hosted:
        yield hosted
        report = hosted.report()
        assert report["settled"]
        assert report["failures"] == []
        assert report["disk"] < LIMIT + MEGABYTE
        assert report["peak"] < 200 * MEGABYTE
        assert len(report["objects"]) * ENTRY_COST <= LIMIT
    assert not os.path.exists(report["folder"])


def paths(hosted: Hosted) -> list[str]:
    return [item["path"] for item in hosted.report()["objects"]]


ESCAPES = [
    "/my-bucket/../secret",
    "/my-bucket/../../authorities.pem",
    "/my-bucket/%2e%2e/%2e%2e/authorities.pem",
    "/my-bucket/..%2f..%2fauthorities.pem",
    "/my-bucket/a/../../../../../../../../etc/passwd",
    "/my-bucket/./x",
    "/my-bucket//etc/passwd",
    "/../authorities.pem",
    "/../../../../etc/passwd",
    "/..",
    "/%2e%2e/rclone.log",
    "//etc/passwd",
    "/my-bucket/%00/../x",
    "/etc/passwd",
    "/cache/vfs",
]


@pytest.mark.parametrize("target", ESCAPES)
def test_no_key_leads_out_of_the_storage(hosted: Hosted, target: str) -> None:
    before = dict.fromkeys(paths(hosted))
    for method, content in (("PUT", b"owned"), ("GET", b""), ("HEAD", b""), ("DELETE", b"")):
        answer = hosted.s3(method, target, content)
        assert answer.status in {400, 403, 404, 501} or (method == "DELETE" and not answer.content)
        assert b"CERTIFICATE" not in answer.content
        assert b"root:" not in answer.content
        assert hosted.report()["folder"] not in answer.text
    assert set(paths(hosted)) == set(before)


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/rc/noop"),
        ("POST", "/core/command"),
        ("GET", "/metrics"),
        ("GET", "/debug/pprof/"),
        ("PATCH", "/my-bucket/x"),
        ("OPTIONS", "/my-bucket/x"),
        ("TRACE", "/my-bucket"),
        ("PROPFIND", "/my-bucket"),
        ("MKCOL", "/new"),
        ("PUT", "/new"),
        ("PUT", "/new?x="),
        ("DELETE", "/my-bucket"),
        ("DELETE", "/my-bucket?x="),
        ("PUT", "/my-bucket?versioning="),
        ("PUT", "/my-bucket?acl="),
        ("POST", "/my-bucket"),
    ],
)
def test_only_objects_can_be_changed_and_only_by_s3(
    hosted: Hosted, method: str, target: str
) -> None:
    answer = hosted.s3(method, target)
    assert answer.status in {400, 403, 404, 405, 501}
    buckets = hosted.s3("GET", "/").text
    assert buckets.count("<Bucket>") == 2
    assert "new" not in buckets


@pytest.mark.parametrize(
    "name", ["n" * 300, "d/" * 400 + "x", "honest/below", "%C3%28", "..%5c..%5cx"]
)
def test_names_that_cannot_be_files_give_nothing_away(hosted: Hosted, name: str) -> None:
    answer = hosted.s3("PUT", f"/my-bucket/{name}", b"x")
    assert hosted.report()["folder"] not in f"{answer.text}{answer.headers}"


@pytest.mark.parametrize("key", ["a/" * 1500 + "x", "n" * 1025, "é" * 513, "d/" + "n" * 256])
@pytest.mark.parametrize("query", ["", "?uploads=", "?uploadId=1&partNumber=1"])
def test_keys_obey_the_limits_of_s3(hosted: Hosted, key: str, query: str) -> None:
    before = paths(hosted)
    target = f"/my-bucket/{quote(key)}{query}"
    for method in ("PUT", "POST", "GET", "DELETE"):
        answer = hosted.s3(method, target, b"x" if method == "PUT" else b"")
        assert answer.status == 400
        assert "KeyTooLongError" in answer.text
    assert paths(hosted) == before


def test_the_deepest_key_is_listed_and_read(storage: Hosted) -> None:
    key = "a/" * 511 + "xy"
    assert storage.s3("PUT", f"/my-bucket/{key}", b"deep").status == 200
    assert paths(storage) == [f"my-bucket/{key}"]
    assert storage.s3("GET", f"/my-bucket/{key}").content == b"deep"


def test_objects_are_found_however_deep_folders_lie_in_one_another(tmp_path: Path) -> None:
    buckets = Buckets(tmp_path)
    here = os.getcwd()
    os.chdir(tmp_path / "my-bucket")
    for _ in range(1_500):
        os.mkdir("a")
        os.chdir("a")
    os.chdir(here)
    (tmp_path / "my-bucket" / "x").write_bytes(b"content")
    assert [found["path"] for found in buckets.objects()] == ["my-bucket/x"]
    assert buckets.read_object("my-bucket/x") == b"content"
    remove(tmp_path / "my-bucket")


def test_a_request_hidden_in_another_stays_a_body(hosted: Hosted) -> None:
    hidden = head("PUT", "/my-bucket/hidden", S3_HOST, b"x", signed(
        "PUT", f"{ENDPOINT}/my-bucket/hidden", b"x")) + b"x"  # fmt: skip
    chunked = f"{len(hidden):x}\r\n".encode() + hidden + b"\r\n0\r\n\r\n"
    for number, (body, headers) in enumerate(
        [
            (hidden, {"Content-Length": str(len(hidden))}),
            (hidden, {"X-A": "b\r\n Content-Length: 0\r\n\tTransfer-Encoding: chunked"}),
            (hidden, {"Connection": "Content-Length, Host", "Upgrade": "h2c", "TE": "trailers"}),
            (chunked, {"Content-Length": "4", "Transfer-Encoding": "chunked"}),
            (chunked, {"Content-Length": str(len(chunked)), "Transfer-Encoding": "xchunked"}),
        ]
    ):
        url = f"{ENDPOINT}/my-bucket/outer-{number}"
        with hosted.tunnel(ENDPOINT) as connection:
            sent = head("PUT", f"/my-bucket/outer-{number}", S3_HOST, body, {
                **signed("PUT", url, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}),
                **headers})  # fmt: skip
            connection.sendall(sent + body)
            Answer(connection)
    assert "my-bucket/hidden" not in paths(hosted)


@pytest.mark.parametrize("name", ["X Y", "X\tY", "X\x00", "(X)", "X:", ""])
def test_headers_that_are_none_are_refused_or_dropped(hosted: Hosted, name: str) -> None:
    given = signed("GET", f"{ENDPOINT}/my-bucket/honest")
    answer = hosted.ask("GET", f"{ENDPOINT}/my-bucket/honest", headers={**given, name: "1"})
    assert answer.status in {200, 400, 403}


def test_ranges_and_lists_of_any_size(hosted: Hosted) -> None:
    for query in ("max-keys=99999999999", "max-keys=-1", "list-type=9", "marker=" + "x" * 20_000):
        answer = hosted.s3("GET", f"/my-bucket?{query}")
        assert answer.status in {200, 400, 403, 431, 501}


def test_uploads_end_at_the_limit(storage: Hosted) -> None:
    answers = [storage.s3("PUT", f"/my-bucket/{n}", bytes(10 * MEGABYTE)) for n in range(7)]
    assert [answer.status for answer in answers] == [200] * 4 + [400] * 3
    assert "EntityTooLarge" in answers[-1].text
    assert "larger than the 50 MB that are allowed in all" in answers[-1].text
    assert len(paths(storage)) == 4


def test_what_was_removed_does_not_count_anew(storage: Hosted) -> None:
    for _ in range(4):
        assert storage.s3("PUT", "/my-bucket/x", bytes(10 * MEGABYTE)).status == 200
        assert storage.s3("DELETE", "/my-bucket/x").status == 204
    assert storage.s3("PUT", "/my-bucket/x", bytes(10 * MEGABYTE)).status == 400


def test_an_upload_of_unknown_size_ends_at_the_limit(storage: Hosted) -> None:
    url = f"{ENDPOINT}/my-bucket/endless"
    given = signed("PUT", url, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})
    with storage.tunnel(ENDPOINT) as connection:
        headers = {**given, "Transfer-Encoding": "chunked"}
        connection.sendall(head("PUT", "/my-bucket/endless", S3_HOST, b"", headers))
        for _ in range(100):
            connection.sendall(b"100000\r\n" + bytes(0x100000) + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert Answer(connection).status == 400
    assert paths(storage) == []


def test_parts_of_an_upload_count_too(storage: Hosted) -> None:
    started = storage.s3("POST", "/my-bucket/parts?uploads=")
    upload = started.text.partition("<UploadId>")[2].partition("<")[0]
    answers = [
        storage.s3("PUT", f"/my-bucket/parts?partNumber={n}&uploadId={upload}", bytes(8 * MEGABYTE))
        for n in range(1, 9)
    ]
    assert [answer.status for answer in answers] == [200] * 6 + [400] * 2


def test_copies_count_as_if_they_were_uploaded(storage: Hosted) -> None:
    assert storage.s3("PUT", "/my-bucket/x", bytes(10 * MEGABYTE)).status == 200
    copy = {"X-Amz-Copy-Source": "/my-bucket/x"}
    answers = [storage.s3("PUT", f"/my-bucket/copy-{n}", headers=copy) for n in range(6)]
    assert [answer.status for answer in answers] == [200] * 3 + [400] * 3


def test_tiny_objects_are_counted(storage: Hosted) -> None:
    refused = storage.s3("PUT", "/my-bucket/" + "/".join("d" * 400) + "/x", b"")
    assert refused.status in {200, 400, 500}
    most = LIMIT // ENTRY_COST
    with storage.tunnel(ENDPOINT) as connection:
        for number in range(most):
            target = f"/my-bucket/tiny-{number}"
            given = signed("PUT", ENDPOINT + target)
            connection.sendall(head("PUT", target, S3_HOST, b"", given))
            if Answer(connection).status == 400:
                break
    assert 0 < number < most
    assert storage.s3("PUT", "/my-bucket/one-more", b"").status == 400


def test_uploads_that_are_broken_off_leave_nothing(storage: Hosted) -> None:
    url = f"{ENDPOINT}/my-bucket/broken"
    given = signed("PUT", url, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})

    def begin() -> object:
        connection = storage.tunnel(ENDPOINT)
        headers = {**given, "Content-Length": str(2 * MEGABYTE)}
        connection.sendall(head("PUT", "/my-bucket/broken", S3_HOST, b"", headers))
        connection.sendall(bytes(MEGABYTE))
        return connection

    with many(20, begin):
        assert storage.s3("PUT", "/my-bucket/whole", b"x").status == 200
    assert until(lambda: storage.report()["settled"])
    assert until(lambda: storage.report()["disk"] < MEGABYTE)
    assert paths(storage) == ["my-bucket/whole"]


def test_the_storage_takes_little_memory(storage: Hosted) -> None:
    for number in range(4):
        storage.s3("PUT", f"/my-bucket/{number}", bytes(10 * MEGABYTE))

    def read() -> object:
        connection = storage.tunnel(ENDPOINT)
        given = signed("GET", f"{ENDPOINT}/my-bucket/0")
        connection.sendall(head("GET", "/my-bucket/0", S3_HOST, b"", given))
        return connection

    with many(60, read):
        assert storage.s3("GET", "/my-bucket/1").status == 200
        [rclone] = [
            process
            for process in psutil.Process(storage.pid).children(recursive=True)
            if process.name() == "rclone"
        ]
        assert rclone.memory_info().rss < 200 * MEGABYTE


def test_a_client_that_dies_in_the_middle_of_reading(storage: Hosted) -> None:
    storage.s3("PUT", "/my-bucket/x", bytes(20 * MEGABYTE))
    given = signed("GET", f"{ENDPOINT}/my-bucket/x")
    for _ in range(20):
        with storage.tunnel(ENDPOINT) as connection, contextlib.suppress(OSError):
            connection.sendall(head("GET", "/my-bucket/x", S3_HOST, b"", given))
            connection.recv(10)
    assert until(lambda: storage.report()["settled"])
    assert storage.s3("GET", "/my-bucket/x").status == 200
