"""Passing on changes nothing: neither what is asked, nor what is answered."""

import gzip
import hashlib
import http.client
import ssl
import threading
import time
from contextlib import closing

import pytest
import requests

from tests.services.passing_on.conftest import LOGIN, NOWHERE, ODD, UNTRUSTED, Gate
from tests.services.passing_on.outside_world import CompanyProxy, OddService, Talk

URL = f"https://{ODD}"
OK = b"HTTP/1.1 200 OK\r\n"
BYE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/a%2fb%2Fc",
        "//double//",
        "/a;b=c?d=e&d=f",
        "/?X-Amz-Signature=abc%2b",
        "/%zz",
        "/~%7e",
    ],
)
def test_targets_arrive_byte_for_byte(tunnel: ssl.SSLSocket, odd: OddService, target: str) -> None:
    odd.answer(BYE)
    tunnel.sendall(f"GET {target} HTTP/1.1\r\nHost: {ODD}\r\n\r\n".encode())
    assert tunnel.recv(1000) == BYE
    assert odd.heard == [f"GET {target} HTTP/1.1\r\nHost: {ODD}\r\n".encode()]


HEADERS = (
    "hOST: another.example",
    "Authorization: AWS4-HMAC-SHA256 Credential=a, Signature=b",
    "x-amz-Date: 20261130T000000Z",
    "X-Amz-Meta-Twice: one",
    "Cookie: a=b; c=d",
    "Range: bytes=0-3",
    "Accept-Encoding: identity, br",
    "Empty:",
)
OF_OUR_CONNECTION = (
    "Connection: keep-alive, x-hop",
    "X-Hop: gone",
    "Proxy-Authorization: Basic secret",
    "TE: trailers",
    "Expect: 100-continue",
)


def test_headers_arrive_but_those_of_the_connection(tunnel: ssl.SSLSocket, odd: OddService) -> None:
    odd.answer(BYE)
    lines = [*HEADERS, *OF_OUR_CONNECTION, "Content-Length: 4"]
    tunnel.sendall("\r\n".join(["PUT /x HTTP/1.1", *lines, "", "body"]).encode())
    answer = tunnel.recv(1000)
    assert answer == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert tunnel.recv(1000) == BYE
    arrived = odd.heard[0].decode().split("\r\n")[1:-1]
    assert sorted(line.rstrip() for line in arrived) == sorted([*HEADERS, "Content-Length: 4"])
    assert odd.bodies == [b"body"]


JSON = b'{"features": [1, 2, 3]}'
PACKED = gzip.compress(JSON)
CHUNKS = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(JSON), JSON)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Length: %d\r\n\r\n" % len(JSON), JSON),
        (CHUNKS.partition(END := b"\r\n\r\n")[0] + END, CHUNKS.partition(END)[2]),
        (b"Connection: close\r\n\r\n", JSON),
        (b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED), PACKED),
        (b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n", PACKED),
    ],
    ids=["with-length", "in-chunks", "until-closed", "packed", "packed-until-closed"],
)
def test_a_body_arrives_however_it_is_framed(
    gate: Gate, odd: OddService, head: bytes, body: bytes
) -> None:
    def script(talk: Talk) -> None:
        talk.say(OK + b"Content-Type: application/json\r\n" + head + body)
        if b"close" in head:
            talk.connection.unwrap()

    odd.script = script
    with gate.client() as client:
        assert client.get(URL, timeout=5).content == JSON
        assert client.get(URL, timeout=5).content == JSON
    for entry in gate.journal:
        response = entry["response"]
        assert isinstance(response, dict)
        assert response["body"] == JSON.decode()
        assert response["sha256"] == hashlib.sha256(JSON).hexdigest()
        assert response["size"] == len(JSON)


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("HEAD", OK + b"Content-Length: 7000574\r\nETag: abc\r\n\r\n"),
        ("HEAD", OK + b"ETag: abc\r\n\r\n"),
        ("GET", b"HTTP/1.1 204 No Content\r\n\r\n"),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nETag: abc\r\n\r\n"),
        ("GET", b"HTTP/1.1 301 Gone there\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
        ("GET", OK + b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"),
        ("GET", b"HTTP/1.1 429 Slow\r\nRetry-After: 500\r\nServer: x\r\nContent-Length: 0\r\n\r\n"),
        ("GET", b"HTTP/1.1 206 P\r\nContent-Range: bytes 0-0/9\r\nContent-Length: 1\r\n\r\nx"),
    ],
)  # fmt: skip
def test_answers_come_back_byte_for_byte(
    tunnel: ssl.SSLSocket, odd: OddService, method: str, answer: bytes
) -> None:
    odd.answer(answer)
    for _ in range(2):  # in the same connection: the end of the first is known
        tunnel.sendall(f"{method} / HTTP/1.1\r\nHost: {ODD}\r\n\r\n".encode())
        came = b""
        while len(came) < len(answer):
            came += tunnel.recv(1000)
        assert came == answer


def test_an_old_client_gets_the_end_of_the_connection(
    tunnel: ssl.SSLSocket, odd: OddService
) -> None:
    odd.answer(OK + CHUNKS)
    tunnel.sendall(f"GET / HTTP/1.0\r\nHost: {ODD}\r\n\r\n".encode())
    response = http.client.HTTPResponse(tunnel)
    response.begin()
    assert response.read() == JSON


def test_a_body_is_passed_on_while_it_comes(
    gate: Gate, odd: OddService, tunnel: ssl.SSLSocket
) -> None:
    arrived = threading.Event()

    def script(talk: Talk) -> None:
        assert talk.stream.readline() + talk.stream.readline() == b"5\r\nfirst\r\n"
        arrived.set()
        assert talk.stream.readline() + talk.stream.readline() == b"0\r\n\r\n"
        talk.say(BYE)

    odd.script = script
    head = f"PUT / HTTP/1.1\r\nHost: {ODD}\r\nTransfer-Encoding: chunked\r\n\r\n"
    tunnel.sendall(head.encode() + b"5\r\nfirst\r\n")
    assert arrived.wait(5)  # before the rest was sent
    tunnel.sendall(b"0\r\n\r\n")
    assert tunnel.recv(1000) == BYE
    [entry] = gate.journal
    assert isinstance(request := entry["request"], dict)
    assert request["body"] == "first"


def test_connections_are_used_again_and_closed_ones_replaced(gate: Gate, odd: OddService) -> None:
    odd.answer(BYE)
    with gate.client() as client:
        client.get(URL, timeout=5)
        before = odd.connections
        for _ in range(5):
            client.post(URL, data="x", timeout=5)
        assert odd.connections == before

        def say_and_close(talk: Talk) -> None:
            talk.say(BYE)
            talk.connection.unwrap()

        odd.script = say_and_close
        for _ in range(5):
            assert client.get(URL, timeout=5).status_code == 200


def waits(talk: Talk) -> None:
    """Answers nothing."""


def stops(talk: Talk) -> None:
    """Stops in the middle of its answer."""
    talk.say(OK + b"Content-Length: 9\r\n\r\n1234")


@pytest.mark.parametrize("script", [waits, stops])
def test_a_client_that_leaves_ends_the_request(
    tunnel: ssl.SSLSocket, odd: OddService, script: object
) -> None:
    def until_left(talk: Talk) -> None:
        assert callable(script)
        script(talk)
        if talk.is_left():
            odd.left.set()

    odd.script = until_left
    tunnel.sendall(f"GET / HTTP/1.1\r\nHost: {ODD}\r\n\r\n".encode())
    if script is stops:
        assert b"1234" not in tunnel.recv(1000)  # the last piece is kept until it is noted
    else:
        time.sleep(0.1)
    tunnel.close()
    assert odd.left.wait(3)


def test_a_client_that_leaves_in_the_middle_of_its_body_ends_the_request(
    tunnel: ssl.SSLSocket, odd: OddService
) -> None:
    def script(talk: Talk) -> None:
        if talk.is_left():
            odd.left.set()

    odd.script = script
    tunnel.sendall(
        f"PUT / HTTP/1.1\r\nHost: {ODD}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n123".encode()
    )
    time.sleep(0.1)
    tunnel.close()
    assert odd.left.wait(3)


@pytest.mark.parametrize(
    ("host", "status", "words"),
    [
        (UNTRUSTED, 502, "untrusted.example cannot be trusted: its certificate is not valid"),
        (NOWHERE, 502, "nowhere.example cannot be reached through the proxy of this machine"),
    ],
)
def test_a_service_that_is_not_reached_is_named(
    gate: Gate, host: str, status: int, words: str
) -> None:
    with gate.client() as client:
        answer = client.get(f"https://{host}/?signature=secret", timeout=10)
    assert answer.status_code == status
    assert words in answer.text
    assert "secret" not in answer.text
    [entry] = gate.journal
    assert isinstance(response := entry["response"], dict)
    assert response["status"] == status


def breaks(talk: Talk) -> None:
    """Closes the connection without a word."""
    talk.connection.shutdown(2)


def test_a_service_that_breaks_off_before_its_answer_is_named(gate: Gate, odd: OddService) -> None:
    odd.script = breaks
    with gate.client() as client:
        answer = client.post(URL, data="x", timeout=10)
    assert (answer.status_code, answer.text) == (502, f"{ODD} broke off before it answered.\n")


@pytest.mark.parametrize("head", [b"Content-Length: 9", b"Transfer-Encoding: chunked"])
def test_a_cut_off_body_is_not_taken_for_whole(gate: Gate, odd: OddService, head: bytes) -> None:
    def script(talk: Talk) -> None:
        body = b"1234" if b"Length" in head else b"4\r\n1234\r\n"
        talk.say(OK + head + b"\r\n\r\n" + body)
        talk.connection.shutdown(2)

    odd.script = script
    with gate.client() as client, pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.get(URL, timeout=10)


def test_other_hosts_are_reached_unread(gate: Gate, odd: OddService, company: CompanyProxy) -> None:
    """Where real services answer, the rest of the world is there as well."""
    odd.answer(BYE)
    with closing(OddService("other.example")) as other, gate.client() as client:
        other.answer(OK + b"Content-Length: 5\r\n\r\nhello")
        company.ways["other.example"] = other.port
        assert client.get("https://other.example/secret-path", timeout=5).text == "hello"
        assert [entry["url"] for entry in gate.journal] == ["https://other.example:443"]
        with pytest.raises(requests.exceptions.ProxyError, match=r"unknown\.example cannot be"):
            client.get("https://unknown.example/", timeout=5)


def test_the_proxy_is_told_its_password_and_nobody_else(
    gate: Gate, odd: OddService, company: CompanyProxy
) -> None:
    odd.answer(BYE)
    with gate.client() as client:
        assert client.get(URL, timeout=5).status_code == 200
    assert ODD in company.asked
    told = f"{gate.journal} {odd.heard} {gate.environment}"
    assert not any(word in told for word in (LOGIN, "p@ssword", "Proxy-Authorization"))
