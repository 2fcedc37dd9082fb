"""The proxy is polite: clear words for what it does not serve, silence for who leaves."""

import contextlib
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests

from autograder.services import Services, ServicesClient
from utils.reference import CATALOG_URL, NUTS_URL, PRACTICE_PATCH_URL, TOKEN_URL


@pytest.fixture
def address(running: Services, services: ServicesClient) -> tuple[str, int]:
    url = urlsplit(services.url)
    return str(url.hostname), int(url.port or 0)


def speak(address: tuple[str, int], text: bytes) -> bytes:
    """What the proxy answers to `text` until it closes the connection."""
    with socket.create_connection(address, timeout=5) as connection:
        connection.sendall(text)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def tunnel(address: tuple[str, int], bundle: str, host: str) -> ssl.SSLSocket:
    plain = socket.create_connection(address, timeout=5)
    plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode())
    assert plain.recv(1000).startswith(b"HTTP/1.1 200 ")
    return ssl.create_default_context(cafile=bundle).wrap_socket(plain, server_hostname=host)


def test_another_host_is_named(services: ServicesClient) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match=r"example\.com is not served offline"):
        requests.get("https://example.com/page", timeout=5)
    [entry] = services.requests()
    assert (entry["method"], entry["url"]) == ("CONNECT", "https://example.com:443")
    assert entry["response"]["status"] == 502


@pytest.mark.parametrize("port", [80, 8443])
def test_another_port_is_refused(address: tuple[str, int], port: int) -> None:
    answer = speak(address, f"CONNECT sh.dataspace.copernicus.eu:{port} HTTP/1.1\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 502 ")


def test_plain_http_is_refused_in_words(services: ServicesClient) -> None:
    answer = requests.get(PRACTICE_PATCH_URL.replace("https", "http"), timeout=5)
    assert answer.status_code == 400
    assert "Plain http is not served offline; ask for https" in answer.text


def test_what_comes_outside_of_a_tunnel_is_not_taken_for_https(
    services: ServicesClient, address: tuple[str, int]
) -> None:
    head = f"POST {CATALOG_URL} HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answer = speak(address, head.encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    [entry] = services.requests()
    assert entry["url"] == CATALOG_URL.replace("https", "http")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET /" + b"x" * 70_000, 414),
        (b"GET http://a/ HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
        (b"GET http://a/ HTTP/1.1\r\nContent-Length: ten\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 400),
        (b"CONNECT nowhere HTTP/1.1\r\n\r\n", 502),
    ],
)
def test_what_is_not_http_gets_an_error(address: tuple[str, int], text: bytes, status: int) -> None:
    first = speak(address, text).split(b"\r\n")[0]
    assert first.split()[1] == str(status).encode()


def test_too_large_a_body_is_refused(session: requests.Session) -> None:
    answer = session.post(CATALOG_URL, data=b"x" * 70_000_000, timeout=20)
    assert answer.status_code == 413


def test_a_body_in_chunks_is_put_together(session: requests.Session) -> None:
    answer = session.post(CATALOG_URL, data=iter([b'{"coll', b'ections": []}']), timeout=5)
    assert answer.json()["description"].startswith("Parameter `collections`")


def test_chunks_of_no_size_are_refused(running: Services, address: tuple[str, int]) -> None:
    bundle = running.environment["SSL_CERT_FILE"]
    with tunnel(address, bundle, "sh.dataspace.copernicus.eu") as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_a_client_that_waits_is_told_to_go_on(running: Services, address: tuple[str, int]) -> None:
    bundle = running.environment["SSL_CERT_FILE"]
    host = urlsplit(TOKEN_URL).netloc
    with tunnel(address, bundle, host) as connection:
        connection.sendall(
            f"POST {urlsplit(TOKEN_URL).path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"x")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_a_tunnel_in_a_tunnel_is_refused(running: Services, address: tuple[str, int]) -> None:
    bundle = running.environment["SSL_CERT_FILE"]
    with tunnel(address, bundle, "sh.dataspace.copernicus.eu") as connection:
        connection.sendall(b"CONNECT sh.dataspace.copernicus.eu:443 HTTP/1.1\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 502 ")


def test_many_requests_use_one_connection(session: requests.Session) -> None:
    session.get(NUTS_URL, timeout=5)
    pool = session.get_adapter(NUTS_URL).proxy_manager  # type: ignore[attr-defined]
    for _ in range(5):
        session.get(NUTS_URL, timeout=5)
    [manager] = pool.values()
    [host] = [manager.pools[key] for key in manager.pools.keys()]  # noqa: SIM118 (no dict)
    assert (host.num_connections, host.num_requests) == (1, 6)


def test_who_leaves_early_leaves_no_trace(running: Services, address: tuple[str, int]) -> None:
    bundle = running.environment["SSL_CERT_FILE"]
    host = urlsplit(PRACTICE_PATCH_URL).netloc
    for _ in range(3):
        socket.create_connection(address).close()
        with socket.create_connection(address) as half:
            half.sendall(b"CONNECT")
        with tunnel(address, bundle, host) as connection:
            request = f"GET {urlsplit(PRACTICE_PATCH_URL).path} HTTP/1.1\r\nHost: {host}\r\n\r\n"
            connection.sendall(request.encode())
            connection.recv(10)
    with pytest.raises(ssl.SSLCertVerificationError):
        tunnel(address, ssl.get_default_verify_paths().openssl_cafile or "", host)


def test_clients_do_not_wait_for_each_other(session: requests.Session) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = pool.map(lambda _: session.get(PRACTICE_PATCH_URL, timeout=20).content, range(32))
    assert len(set(map(len, answers))) == 1


def test_a_post_does_not_wait_for_nagle(session: requests.Session) -> None:
    times = []
    for _ in range(20):
        start = time.perf_counter()
        session.post(CATALOG_URL, json={"collections": ["x" * 3000]}, timeout=5)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.03


@pytest.mark.parametrize("headers", [{"Host": "evil.example:80"}, {"Origin": "https://evil"}])
def test_web_pages_cannot_use_the_control_endpoints(
    services: ServicesClient, headers: dict[str, str]
) -> None:
    for method, name in (("GET", "journal"), ("POST", "reset")):
        answer = requests.request(method, f"{services.url}/{name}", headers=headers, timeout=5)
        assert answer.status_code == 403


def test_control_endpoints_know_their_names(
    services: ServicesClient, address: tuple[str, int]
) -> None:
    assert requests.get(f"{services.url}/nothing", timeout=5).status_code == 404
    assert requests.get(f"{services.url}/reset", timeout=5).status_code == 404
    path = b"/course/object/my-bucket/%2e%2e/%2e%2e/rclone.log"
    answer = speak(address, b"GET " + path + b" HTTP/1.0\r\nHost: localhost:1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert services.status()["requests"] == 0


def test_a_class_of_kernels_keeps_its_connections(
    services: ServicesClient, address: tuple[str, int]
) -> None:
    """Of a submission, which may do harm, a hundred are kept."""
    host, bundle = urlsplit(NUTS_URL).netloc, services.status()["environment"]["SSL_CERT_FILE"]
    head = f"HEAD {urlsplit(NUTS_URL).path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with contextlib.ExitStack() as stack:
        learners = [stack.enter_context(tunnel(address, bundle, host)) for _ in range(150)]
        for learner in learners * 2:
            learner.sendall(head)
            assert learner.recv(20).startswith(b"HTTP/1.1 200")
            learner.recv(10_000)
