"""Turns the list of system calls into the BPF program that the kernel runs at each call."""

import errno
import struct
from dataclasses import dataclass
from functools import cache

from system_calls import syscalls

from autograder.grading.sandbox.calls import (
    ALLOWED,
    ANSWERED,
    ASKED,
    FULL,
    UNTIL_SHUT,
    Argument,
    Conditional,
    conditional,
)

# From linux/seccomp.h and linux/bpf_common.h.
ALLOW, ASK, ERROR, KILL = 0x7FFF0000, 0x7FC00000, 0x00050000, 0x80000000
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06

_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where the kernel puts the call's number, architecture and arguments (8 bytes each)."""


@dataclass(frozen=True)
class Architecture:
    """A machine whose calls are known.

    Attributes:
        table: Its name in `system_calls`.
        audit: Its number in the kernel, ``AUDIT_ARCH_…``.
    """

    table: str
    audit: int


ARCHITECTURES = {
    "x86_64": Architecture("x86_64", 0xC000003E),
    "aarch64": Architecture("arm64", 0xC00000B7),
}
"""By the name that `os.uname` gives the machine."""


@cache
def numbers(machine: str) -> dict[str, int]:
    """Numbers of a machine's system calls, by name."""
    table: dict[str, int] = syscalls().load_arch_table(ARCHITECTURES[machine].table)
    return table


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)


def _error(number: int) -> bytes:
    return _step(_RETURN, ERROR | number)


def _condition(condition: Argument, otherwise: int) -> bytes:
    """Steps that return the error ``otherwise`` unless the condition holds."""
    count = len(condition.values)
    steps = [_step(_LOAD, _ARGUMENTS + 8 * condition.position)]
    if condition.mask != FULL:
        steps.append(_step(_AND, condition.mask))
    steps += [_step(_EQUAL, value, count - i) for i, value in enumerate(condition.values)]
    return b"".join([*steps, _error(otherwise)])


def _only_if(rule: Conditional) -> bytes:
    conditions = [_condition(condition, rule.otherwise) for condition in rule.conditions]
    end = _step(_RETURN, ALLOW) if rule.instead is None else _error(rule.instead)
    return b"".join([_pretence(rule.pretended), *conditions, end])


def _pretence(condition: Argument | None) -> bytes:
    """Steps that return success, without a call, where the condition holds."""
    if condition is None:
        return b""
    last = len(condition.values) - 1
    equal = [_step(_EQUAL, v, last - i, i == last) for i, v in enumerate(condition.values)]
    return b"".join([_step(_LOAD, _ARGUMENTS + 8 * condition.position), *equal, _error(0)])


def assemble(machine: str, pid: int) -> bytes:
    """The program for one process.

    Calls of another architecture (32 bit) end the process. Numbers above all known ones, x32's
    among them, get ENOSYS, so that libraries fall back on older calls; other calls get EPERM.
    """
    known = numbers(machine)
    answers = {
        **dict.fromkeys([*ALLOWED, *UNTIL_SHUT], _step(_RETURN, ALLOW)),
        **dict.fromkeys(ASKED, _step(_RETURN, ASK)),
        **{name: _only_if(rule) for name, rule in conditional(pid).items()},
        **{name: _error(number) for name, number in ANSWERED.items()},
    }
    program = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, ARCHITECTURES[machine].audit, 1),
        _step(_RETURN, KILL),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, max(known.values()) + 1, 0, 1),
        _error(errno.ENOSYS),
    ]
    for name, answer in answers.items():
        if name in known:
            program += [_step(_EQUAL, known[name], 0, len(answer) // 8), answer]
    return b"".join([*program, _error(errno.EPERM)])


def assemble_shut(machine: str) -> bytes:
    """The program that forbids what `assemble` allows only for a moment (`UNTIL_SHUT`)."""
    known = numbers(machine)
    program = [_step(_LOAD, _NUMBER)]
    for name, error in UNTIL_SHUT.items():
        program += [_step(_EQUAL, known[name], 0, 1), _error(error)]
    return b"".join([*program, _step(_RETURN, ALLOW)])
