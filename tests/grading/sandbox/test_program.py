"""The filter of system calls says the same on every machine; here it is run as the kernel would."""

import errno
import socket
import struct

import pytest

from autograder.grading.sandbox.calls import ALLOWED, ANSWERED, ASKED, UNTIL_SHUT, conditional
from autograder.grading.sandbox.program import (
    ALLOW,
    ARCHITECTURES,
    ASK,
    ERROR,
    KILL,
    assemble,
    assemble_shut,
    numbers,
)

PID = 4321
LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
MOST_STEPS = 4096  # of the kernel


def answer(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """Run both programs on one call: the first to refuse has the last word."""
    programs = assemble(machine, PID), assemble_shut(machine)
    answers = [run(program, machine, number, *arguments, audit=audit) for program in programs]
    return next((found for found in answers if found != ALLOW), ALLOW)


def run(program: bytes, machine: str, number: int, *arguments: int, audit: int | None) -> int:
    """Run a program on one call."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    audit = ARCHITECTURES[machine].audit if audit is None else audit
    data = struct.pack("=IIQ6Q", number, audit, 0, *padded)
    at, value = 0, 0
    while True:
        code, if_so, if_not, constant = struct.unpack_from("HBBI", program, 8 * at)
        at += 1
        if code == LOAD:
            (value,) = struct.unpack_from("=I", data, constant)
        elif code == AND:
            value &= constant
        elif code == EQUAL:
            at += if_so if value == constant else if_not
        elif code == AT_LEAST:
            at += if_so if value >= constant else if_not
        else:
            assert code == RETURN
            return int(constant)


@pytest.fixture(params=ARCHITECTURES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_name_is_a_call_of_some_machine() -> None:
    known = set().union(*(numbers(machine) for machine in ARCHITECTURES))
    assert {*ALLOWED, *ASKED, *ANSWERED, *UNTIL_SHUT, *conditional(PID)} <= known


def test_every_name_has_one_answer() -> None:
    names = [*ALLOWED, *ASKED, *ANSWERED, *UNTIL_SHUT, *conditional(PID)]
    assert len(names) == len(set(names))


def test_the_kernel_takes_a_program_of_this_length(machine: str) -> None:
    assert len(assemble(machine, PID)) // 8 < MOST_STEPS


def test_what_is_not_named_is_refused(machine: str) -> None:
    known = numbers(machine)
    named = {*ALLOWED, *ASKED, *ANSWERED, *UNTIL_SHUT, *conditional(PID)}
    answers = {name: answer(machine, known[name]) for name in known.keys() - named}
    assert set(answers.values()) == {ERROR | errno.EPERM}


def test_what_is_named_is_allowed_or_asked(machine: str) -> None:
    known = numbers(machine)
    assert {answer(machine, known[name]) for name in ALLOWED & known.keys()} == {ALLOW}
    assert {answer(machine, known[name]) for name in ASKED} == {ASK}


def test_unknown_calls_do_not_exist(machine: str) -> None:
    highest = max(numbers(machine).values())
    for number in (highest + 1, 0x40000000, 0x40000000 + 1, 0xFFFFFFFF):
        assert answer(machine, number) == ERROR | errno.ENOSYS


def test_calls_of_another_architecture_end_the_process(machine: str) -> None:
    for audit in (0x40000003, 0x40000028, 0):  # 32-bit Intel and ARM
        assert answer(machine, numbers(machine)["getpid"], audit=audit) == KILL


CASES = [
    ("clone", (0x3D0F00,), ALLOW),
    ("clone", (0x01200011,), ERROR | errno.EPERM),
    ("clone", (0x3D0F00 | 0x10000000,), ERROR | errno.EPERM),
    ("clone", (0x3D0B00,), ERROR | errno.EPERM),  # a table of descriptors of its own
    ("close_range", (3, 9, 4), ALLOW),
    ("close_range", (3, 9, 2), ERROR | errno.EINVAL),
    ("clone3", (), ERROR | errno.ENOSYS),
    ("kill", (PID, 15), ALLOW),
    ("kill", (PID, 9), ERROR | errno.EPERM),  # only the machine kills
    ("kill", (PID + 1, 9), ERROR | errno.EPERM),
    ("kill", (0xFFFFFFFF, 9), ERROR | errno.EPERM),
    ("kill", (0, 9), ERROR | errno.EPERM),
    ("tgkill", (PID, 1, 15), ALLOW),
    ("tgkill", (PID, 1, 9), ERROR | errno.EPERM),
    ("tgkill", (1, PID, 9), ERROR | errno.EPERM),
    ("socket", (socket.AF_INET, socket.SOCK_STREAM | 0o2004000, 6), ALLOW),
    ("socket", (socket.AF_INET6, socket.SOCK_STREAM, 0), ALLOW),
    ("socket", (socket.AF_INET, socket.SOCK_STREAM, 262), ERROR | errno.EOPNOTSUPP),
    ("socket", (socket.AF_INET, socket.SOCK_DGRAM, 0), ERROR | errno.EOPNOTSUPP),
    ("socket", (socket.AF_UNIX, socket.SOCK_STREAM, 0), ERROR | errno.EOPNOTSUPP),
    ("socketpair", (socket.AF_UNIX, socket.SOCK_STREAM, 0), ALLOW),
    ("sendto", (3, 0, 5, 0x4000), ALLOW),
    ("sendto", (3, 0, 5, 0x20000000), ERROR | errno.EOPNOTSUPP),
    ("sendto", (3, 0, 5, 0x4000, 1 << 32, 0), ALLOW),
    ("sendto", (3, 0, 5, 0, 1 << 32, 10), ERROR | errno.EOPNOTSUPP),
    ("sendmsg", (3, 0, 0), ERROR | errno.EOPNOTSUPP),
    ("sendmmsg", (3, 0, 1), ERROR | errno.EOPNOTSUPP),
    ("seccomp", (1, 8), ERROR | errno.EPERM),
    ("mmap", (0, 4096, 3, 0x22), ALLOW),  # memory of its own
    ("mmap", (0, 4096, 3, 0x20022), ALLOW),
    ("mmap", (0, 4096, 1, 0x01), ALLOW),  # a file
    ("mmap", (0, 4096, 1, 0x812), ALLOW),
    ("mmap", (0, 4096, 3, 0x21), ERROR | errno.ENOMEM),
    ("mmap", (0, 4096, 3, 0x122), ERROR | errno.ENOMEM),  # a stack, which no limit counts
    ("mmap", (0, 4096, 3, 0x8021), ERROR | errno.ENOMEM),
    ("mmap", (0, 4096, 3, 0x23), ERROR | errno.ENOMEM),
    ("setsockopt", (3, 6, 1), ALLOW),
    ("setsockopt", (3, 1, 7), ERROR | 0),  # more room in a socket
    ("setsockopt", (3, 6, 31), ERROR | errno.ENOPROTOOPT),
    ("prctl", (1, 0), ERROR | errno.EINVAL),
    ("prctl", (15, 0), ALLOW),
    ("fcntl", (3, 4, 0o4000), ALLOW),
    ("fcntl", (3, 8, 1), ERROR | errno.EPERM),
    ("fcntl", (3, 5), ALLOW),  # asking for a lock
    ("fcntl", (3, 6), ERROR | 0),  # setting one
    ("fcntl", (3, 37), ERROR | 0),
    ("ioctl", (0, 0x5412), ERROR | errno.ENOTTY),  # typing into a terminal
    ("prlimit64", (0, 7), ALLOW),
    ("prlimit64", (0, 0), ERROR | errno.EPERM),  # a limit on CPU time kills
    ("setrlimit", (0,), ERROR | errno.EPERM),
    ("setrlimit", (7,), ALLOW),
    ("prlimit64", (1, 7), ERROR | errno.EPERM),
    ("mkdirat", (0, 0, 0o700), ALLOW),
    ("mkdirat", (0, 0, 0o077), ERROR | errno.EPERM),
    ("umask", (0o077,), ALLOW),
    ("umask", (0o277,), ERROR | errno.EPERM),
    ("fchmodat", (0, 0, 0o777), ERROR | 0),
    ("utimensat", (0, 0, 8), ERROR | 0),
    ("utimensat", (0, 0, 0), ERROR | errno.EPERM),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_calls_depend_on_their_arguments(
    machine: str, name: str, arguments: tuple[int, ...], expected: int
) -> None:
    assert answer(machine, numbers(machine)[name], *arguments) == expected
