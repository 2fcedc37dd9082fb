"""Network: one port of this machine, by TCP, through the broker."""

import asyncio
import ctypes
import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.grading.sandbox import program
from tests.grading.sandbox.confined import KilledError, fork

HERE = "127.0.0.1"
MSG_FASTOPEN = 0x20000000
IPPROTO_MPTCP = 262


@pytest.fixture
def services() -> Iterator[socket.socket]:
    """A port of this machine that takes connections."""
    with socket.create_server((HERE, 0)) as listening:
        listening.settimeout(20)
        yield listening


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def attack_with_gate(attack: Callable[[], object], folder: Path, port: int, user: int) -> object:
    attacker = fork(attack, folder, user=user)
    attacker.broker.open(port)
    try:
        return attacker.result()
    finally:
        attacker.close()


def greet(port: int) -> bytes:
    with socket.create_connection((HERE, port), 20) as connection:
        connection.sendall(b"hello")
        return connection.recv(9)


def test_the_services_are_reached(services: socket.socket, folder: Path, user: int) -> None:
    def answer() -> None:
        connection, _ = services.accept()
        with connection:
            assert connection.recv(9) == b"hello"
            connection.sendall(b"welcome")

    helper = threading.Thread(target=answer)
    helper.start()
    port = port_of(services)
    there = attack_with_gate(lambda: greet(port), folder, port, user)
    helper.join()
    assert there == b"welcome"


def test_asyncio_reaches_the_services(services: socket.socket, folder: Path, user: int) -> None:
    port = port_of(services)

    async def many() -> int:
        pairs = await asyncio.gather(*(asyncio.open_connection(HERE, port) for _ in range(20)))
        for _, writer in pairs:
            writer.close()
        return len(pairs)

    assert attack_with_gate(lambda: asyncio.run(many()), folder, port, user) == 20


def test_threads_reach_the_services(services: socket.socket, folder: Path, user: int) -> None:
    port = port_of(services)

    def connect(made: list[int]) -> None:
        with socket.create_connection((HERE, port)) as connection:
            made.append(connection.getpeername()[1])

    def attack() -> list[int]:
        made: list[int] = []
        threads = [threading.Thread(target=connect, args=(made,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return made

    assert attack_with_gate(attack, folder, port, user) == [port] * 8


def test_a_connection_waits_as_its_socket_did(
    services: socket.socket, folder: Path, user: int
) -> None:
    port = port_of(services)

    def attack() -> list[bool]:
        found = []
        for waits in (True, False):
            with socket.socket() as ours:
                ours.setblocking(waits)
                ours.connect((HERE, port))
                found.append(os.get_blocking(ours.fileno()))
        return found

    assert attack_with_gate(attack, folder, port, user) == [True, False]


def test_services_that_are_gone_refuse(services: socket.socket, folder: Path, user: int) -> None:
    port = port_of(services)
    services.close()
    with pytest.raises(ConnectionRefusedError):
        attack_with_gate(lambda: greet(port), folder, port, user)


ELSEWHERE = {
    "another port": lambda port: (socket.AF_INET, (HERE, port + 1)),
    "another address of this machine": lambda port: (socket.AF_INET, ("127.0.0.2", port)),
    "every address": lambda port: (socket.AF_INET, ("0.0.0.0", port)),
    "another machine": lambda port: (socket.AF_INET, ("192.0.2.1", port)),
    "the machine that gives clouds their tokens": lambda _: (
        socket.AF_INET,
        ("169.254.169.254", 80),
    ),
    "IPv6": lambda port: (socket.AF_INET6, ("::1", port)),
    "IPv4 in IPv6": lambda port: (socket.AF_INET6, ("::ffff:127.0.0.2", port)),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_nothing_else_is_reached(
    name: str, services: socket.socket, folder: Path, user: int
) -> None:
    port = port_of(services)
    family, address = ELSEWHERE[name](port)

    def attack() -> None:
        with socket.socket(family) as ours:
            ours.settimeout(20)
            ours.connect(address)

    with pytest.raises(PermissionError):
        attack_with_gate(attack, folder, port, user)


def test_an_address_that_changes_while_it_is_read_leads_nowhere_else(
    services: socket.socket, folder: Path, user: int
) -> None:
    with socket.create_server((HERE, 0)) as other:
        port = port_of(services)
        ports = [port, port_of(other)]

        def attack() -> int:
            libc = ctypes.CDLL(None)
            address = (ctypes.c_ubyte * 16)(2, 0, 0, 0, 127, 0, 0, 1)
            ends = threading.Event()

            def flip() -> None:
                while not ends.is_set():
                    for number in ports:
                        address[2:4] = list(number.to_bytes(2, "big"))

            flipping = threading.Thread(target=flip)
            flipping.start()
            for _ in range(200):
                with socket.socket() as ours:
                    libc.connect(ours.fileno(), address, 16)
            ends.set()
            flipping.join()
            address[2:4] = list(port.to_bytes(2, "big"))
            with socket.socket() as ours:
                return libc.connect(ours.fileno(), address, 16)

        assert attack_with_gate(attack, folder, port, user) == 0
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()


@pytest.mark.parametrize("address", [0, 1, 2**63, 2**64 - 1])
def test_an_address_that_cannot_be_read_harms_nobody(
    address: int, services: socket.socket, folder: Path, user: int
) -> None:
    port = port_of(services)

    def attack() -> list[int]:
        libc = ctypes.CDLL(None)
        with socket.socket() as ours:
            place = ctypes.c_void_p(address)
            found = [libc.connect(ours.fileno(), place, length) for length in (0, 16, -1)]
        socket.create_connection((HERE, port), 20).close()
        return found

    assert attack_with_gate(attack, folder, port, user) == [-1, -1, -1]


def test_a_gate_ends_with_its_process(services: socket.socket, folder: Path, user: int) -> None:
    before = threading.active_count()
    for attack in (lambda: None, os.abort):
        with suppress(KilledError):
            attack_with_gate(attack, folder, port_of(services), user)
    for thread in threading.enumerate():
        if thread.name == "broker":
            thread.join(20)
    assert threading.active_count() <= before


SOCKETS = {
    "UDP": (socket.AF_INET, socket.SOCK_DGRAM, 0),
    "UDP over IPv6": (socket.AF_INET6, socket.SOCK_DGRAM, 0),
    "UDP-Lite": (socket.AF_INET, socket.SOCK_DGRAM, 136),
    "raw": (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "ping": (socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP),
    "packets": (socket.AF_PACKET, socket.SOCK_RAW, 0),
    "Unix": (socket.AF_UNIX, socket.SOCK_STREAM, 0),
    "netlink": (socket.AF_NETLINK, socket.SOCK_RAW, 0),
    "vsock": (socket.AF_VSOCK, socket.SOCK_STREAM, 0),
    "the kernel's cryptography": (socket.AF_ALG, socket.SOCK_SEQPACKET, 0),
    "several paths": (socket.AF_INET, socket.SOCK_STREAM, IPPROTO_MPTCP),
    "SCTP": (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP),
}


@pytest.mark.parametrize("kind", SOCKETS)
def test_there_are_no_other_sockets(kind: str, folder: Path, user: int) -> None:
    attacker = fork(lambda: socket.socket(*SOCKETS[kind]), folder, user=user)
    with pytest.raises(OSError, match="not supported") as refusal:
        attacker.result()
    assert refusal.value.errno == errno.EOPNOTSUPP
    attacker.close()


def test_datagrams_reach_no_socket_with_a_path(folder: Path, user: int) -> None:
    place = folder / "ear"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(place))
        place.chmod(0o777)
        ear.settimeout(0)

        def attack() -> None:
            socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", str(place))

        attacker = fork(attack, folder, user=user)
        with pytest.raises(OSError, match="not supported"):
            attacker.result()
        attacker.close()
        with pytest.raises(BlockingIOError):
            ear.recv(9)


CALLS = {
    "data with the first packet": lambda ours, address: ours.sendto(b"x", MSG_FASTOPEN, address),
    "the same in parts": lambda ours, address: ours.sendmsg([b"x"], [], MSG_FASTOPEN, address),
    "fast open by option": lambda ours, _: ours.setsockopt(socket.IPPROTO_TCP, 30, 1),
    "another protocol on top": lambda ours, _: ours.setsockopt(socket.IPPROTO_TCP, 31, b"tls"),
    "another device": lambda ours, _: ours.setsockopt(socket.SOL_SOCKET, 25, b"lo"),
    "a port of its own": lambda ours, _: ours.bind((HERE, 0)),
    "listening without a port": lambda ours, _: ours.listen(),
    "accepting": lambda ours, _: ours.accept(),
    "a signal for others": lambda ours, _: __import__("fcntl").ioctl(ours, 0x8901, b"\1\0\0\0"),
}


@pytest.mark.parametrize("name", CALLS)
def test_sockets_do_nothing_else(
    name: str, services: socket.socket, folder: Path, user: int
) -> None:
    port = port_of(services)
    address = (HERE, port)

    def attack() -> None:
        with socket.socket() as ours:
            CALLS[name](ours, address)

    with pytest.raises(OSError) as refusal:  # noqa: PT011
        attack_with_gate(attack, folder, port, user)
    refused = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOPROTOOPT, errno.ENOTTY}
    assert refusal.value.errno in refused
    services.setblocking(False)
    with pytest.raises(BlockingIOError):
        services.accept()


def test_io_uring_is_no_way_around(folder: Path, user: int) -> None:
    def attack() -> int:
        libc = ctypes.CDLL(None, use_errno=True)
        calls = program.numbers(os.uname().machine)
        libc.syscall(calls["io_uring_setup"], 8, bytes(120))
        return ctypes.get_errno()

    attacker = fork(attack, folder, user=user)
    assert attacker.result() == errno.EPERM
    attacker.close()
