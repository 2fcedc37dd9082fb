"""However somebody connects and speaks: the honest are served, threads and memory are bounded."""

import contextlib
import socket
import ssl
import zlib
from collections.abc import Callable

import pytest

from autograder.services.http.connections import MAX_CLOSING, MAX_CONNECTIONS
from tests.services.hosted import FORM, MEGABYTE, Answer, Hosted, head, many
from utils.reference import CATALOG_URL, NUTS_URL, PRACTICE_PATCH_URL, PROCESS_URL, TOKEN_URL

CROWD = MAX_CONNECTIONS + 50
HOST = "sh.dataspace.copernicus.eu"


def partly(text: bytes) -> Callable[[Hosted], socket.socket]:
    """Connect and say the beginning of something."""

    def connect(hosted: Hosted) -> socket.socket:
        connection = hosted.plain()
        connection.sendall(text)
        return connection

    return connect


def partly_in_a_tunnel(text: bytes) -> Callable[[Hosted], socket.socket]:
    def connect(hosted: Hosted) -> socket.socket:
        connection = hosted.tunnel(f"https://{HOST}")
        connection.sendall(text)
        return connection

    return connect


HALF = f"POST /api/v1/catalog/1.0.0/search HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 99\r\n\r\n{{"


@pytest.mark.parametrize(
    "connect",
    [
        partly(b""),
        partly(b"GET"),
        partly(b"GET http://x/ HTTP/1.1\r\nHost: x\r\n"),
        partly(b"POST http://x/ HTTP/1.1\r\nContent-Length: 9\r\n\r\n"),
        partly(f"CONNECT {HOST}:443 HTTP/1.1\r\n\r\n".encode()),
        partly(f"CONNECT {HOST}:443 HTTP/1.1\r\n\r\n\x16\x03\x01\x02\x00\x01".encode("latin-1")),
        partly_in_a_tunnel(b""),
        partly_in_a_tunnel(HALF.encode()),
    ],
)
def test_a_crowd_that_says_half_of_something(
    hosted: Hosted, connect: Callable[[Hosted], socket.socket]
) -> None:
    def may_fail() -> socket.socket:
        try:
            return connect(hosted)
        except OSError:  # too many at a time
            return socket.socket()

    with many(CROWD, may_fail):
        hosted.serve_the_honest()
        assert hosted.report()["threads"] <= MAX_CONNECTIONS + MAX_CLOSING + 10
        assert hosted.report()["settled"]


def test_who_comes_and_goes_a_thousand_times(hosted: Hosted) -> None:
    for _ in range(1000):
        hosted.plain().close()


def test_garbage_instead_of_tls(hosted: Hosted) -> None:
    for garbage in (b"\0" * 100_000, b"\xff" * 100_000, b"GET / HTTP/1.1\r\n\r\n" * 1000):
        with hosted.plain() as connection, contextlib.suppress(OSError):
            connection.sendall(f"CONNECT {HOST}:443 HTTP/1.1\r\n\r\n".encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
            connection.sendall(garbage)
            while connection.recv(65536):
                pass


@pytest.mark.parametrize(
    "target",
    [
        "example.com:443",
        "127.0.0.1:22",
        "localhost:443",
        "169.254.169.254:443",
        "[::1]:443",
        f"{HOST}:22",
        f"{HOST}.example.com:443",
        f"user@{HOST}:443",
        "minio.lab.sspcloud.fr:9000",
        "/course/status:443",
        "x" * 60_000 + ":443",
        "[:443",
        ":443",
        "*",
    ],
)
def test_no_tunnel_leads_elsewhere(hosted: Hosted, target: str) -> None:
    with hosted.plain() as connection:
        connection.sendall(f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())
        answer = Answer(connection)
        assert answer.status in {400, 502}
        assert len(answer.content) < 1000
        if answer.status == 502:
            assert "only the services of the course can be reached" in answer.text


def test_a_plain_address_elsewhere_is_refused_in_the_same_words(hosted: Hosted) -> None:
    with hosted.plain() as connection:
        connection.sendall(b"GET http://example.com/page HTTP/1.1\r\n\r\n")
        answer = Answer(connection)
    assert answer.status == 502
    assert answer.text.startswith("example.com is not served offline: only the services")


@pytest.mark.parametrize(
    "target",
    ["https://example.com/", "example.com", "*", "http://[", "@example.com/", "?", "\\..\\x"],
)
def test_a_target_in_a_tunnel_is_a_path(hosted: Hosted, target: str) -> None:
    with hosted.tunnel(NUTS_URL) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: example.com\r\n\r\n".encode())
        assert Answer(connection).status == 400


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"GET /" + b"x" * 200_000, 414),
        (b"G" * 60_000 + b" / HTTP/1.1\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000, 431),
        (b"GET / HTTP/1.1\r\n" + (b"X: " + b"y" * 60_000 + b"\r\n") * 99, 431),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 10_000_000, 431),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x10\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 500 + b"\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 500, 400),
        (b"GET / HTTP/1.1\r\nBad header\r\n\r\n", 404),
        (b"GET /\x00\x01\x7f HTTP/1.1\r\n\r\n", 404),
        ("GET /é€ HTTP/1.1\r\n\r\n".encode(), 404),
    ],
)
def test_heads_that_no_client_sends(hosted: Hosted, text: bytes, status: int) -> None:
    with hosted.tunnel(f"https://{HOST}") as connection:
        with contextlib.suppress(OSError):  # it may hang up in the middle
            connection.sendall(text)
        with contextlib.suppress(ConnectionResetError):
            assert Answer(connection).status == status


@pytest.mark.parametrize("url", [CATALOG_URL, PROCESS_URL, TOKEN_URL, NUTS_URL])
def test_a_body_that_is_too_large(hosted: Hosted, url: str) -> None:
    size = 80 * MEGABYTE
    with hosted.tunnel(url) as connection:
        headers = {"Content-Length": str(size)}
        connection.sendall(head("POST", url[url.index("/", 8) :], HOST, b"", headers))
        for _ in range(size // MEGABYTE):
            connection.sendall(b"[" * MEGABYTE)
        assert Answer(connection).status == 413


def test_a_body_without_end_is_cut_off(hosted: Hosted) -> None:
    with hosted.tunnel(CATALOG_URL) as connection:
        headers = {"Transfer-Encoding": "chunked"}
        connection.sendall(head("POST", "/api/v1/catalog/1.0.0/search", HOST, b"", headers))
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"

        def go_on() -> None:
            for _ in range(1000):
                connection.sendall(chunk)

        with pytest.raises(OSError):  # noqa: PT011 (reset, broken pipe, or end of TLS)
            go_on()


def test_compressed_bodies_are_not_unpacked(hosted: Hosted) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"0" * MEGABYTE) for _ in range(500)) + packer.flush()
    assert len(bomb) < MEGABYTE
    for encoding in ("gzip", "deflate", "br", "gzip, gzip"):
        answer = hosted.ask("POST", TOKEN_URL, bomb, {**FORM, "Content-Encoding": encoding})
        assert answer.status == 400
        headers = {**hosted.token(), "Content-Encoding": encoding}
        assert hosted.ask("POST", CATALOG_URL, bomb, headers).status == 400


def test_thousands_of_requests_in_one_breath(hosted: Hosted) -> None:
    with hosted.tunnel(NUTS_URL) as connection:
        one = head("HEAD", NUTS_URL[NUTS_URL.index("/", 8) :], HOST, b"")
        connection.sendall(one * 2000)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_waits_to_be_asked_for_its_body_and_never_sends_it(hosted: Hosted) -> None:
    def wait() -> ssl.SSLSocket:
        connection = hosted.tunnel(CATALOG_URL)
        headers = {"Expect": "100-continue", "Content-Length": "9"}
        connection.sendall(head("POST", "/api/v1/catalog/1.0.0/search", HOST, b"", headers))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        return connection

    with many(30, wait):
        hosted.serve_the_honest()


def test_answers_that_nobody_reads_do_not_pile_up(hosted: Hosted) -> None:
    def ask() -> ssl.SSLSocket:
        connection = hosted.tunnel(PRACTICE_PATCH_URL)
        path = PRACTICE_PATCH_URL[PRACTICE_PATCH_URL.index("/", 8) :]
        connection.sendall(head("GET", path, "minio.lab.sspcloud.fr", b""))
        return connection

    with many(60, ask):
        hosted.serve_the_honest()


@pytest.mark.parametrize(
    "ranges",
    [
        "bytes=" + ",".join(f"{n}-{n}" for n in range(5000)),
        "bytes=0-" + "9" * 5000,
        "bytes=" + "9" * 50_000 + "-",
        "bytes=-" + "9" * 18,
        "bytes=" + "-" * 50_000,
        "bytes=1-0",
    ],
)
def test_ranges_of_all_kinds(hosted: Hosted, ranges: str) -> None:
    answer = hosted.ask("GET", PRACTICE_PATCH_URL, headers={"Range": ranges})
    assert answer.status in {200, 206, 416}
    assert len(answer.content) < 10 * MEGABYTE
    hosted.s3("PUT", "/my-bucket/small", b"0123456789")
    stored = hosted.s3("GET", "/my-bucket/small", headers={"Range": ranges})
    assert len(stored.content) < 1000
