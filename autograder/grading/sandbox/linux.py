"""Calls to Linux for which Python has no function, and what this system offers.

The only file of the sandbox that uses ctypes. Nothing that it does to the process can be undone.
"""

import ctypes
import os
import signal
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import landlockpy

from autograder.grading.sandbox.program import ARCHITECTURES, ASK, numbers

_LIBC = ctypes.CDLL(None, use_errno=True)

# From linux/prctl.h, linux/seccomp.h and linux/capability.h.
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP = 1, 24
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_SECCOMP_SET_MODE_FILTER, _NEW_LISTENER, _SECCOMP_GET_ACTION_AVAIL = 1, 8, 2
_CAPABILITY_VERSION_3 = 0x20080522

LANDLOCK_WITH_PORTS = 4
"""The version of Landlock that knows TCP ports."""


@dataclass(frozen=True)
class Kernel:
    """What this system offers.

    Attributes:
        system: ``Linux`` or another name.
        release: Version of the system.
        machine: ``x86_64``, ``aarch64`` …
        landlock: Version of Landlock's interface; 0 where it is off or too old.
        seccomp: Whether a process may give itself a filter of system calls.
    """

    system: str
    release: str
    machine: str
    landlock: int
    seccomp: bool


@cache
def ask_kernel() -> Kernel:
    """What this system offers. The first call takes some 50 ms, so call it before forking."""
    system = os.uname()
    linux = system.sysname == "Linux"
    try:
        landlock = landlockpy.abi_version() if linux else 0
    except landlockpy.LandlockError:  # some containers forbid the call
        landlock = 0
    filters = linux and _offers_filters(system.machine)
    return Kernel(system.sysname, system.release, system.machine, landlock, filters)


def _offers_filters(machine: str) -> bool:
    if machine not in ARCHITECTURES:
        return False
    action = ctypes.byref(ctypes.c_uint32(ASK))
    return _LIBC.syscall(numbers(machine)["seccomp"], _SECCOMP_GET_ACTION_AVAIL, 0, action) == 0


def _done(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _prctl(option: int, *values: int) -> None:
    _done(_LIBC.prctl(option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4])))


def die_with_parent() -> None:
    """Have the kernel kill this process as soon as the thread that forked it ends.

    Other systems cannot; there only one's own notebooks run, in a rehearsal.

    Raises:
        OSError: The kernel refuses.
    """
    if os.uname().sysname == "Linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def drop_capabilities() -> None:
    """Give up all capabilities, and as root also the right to get them back.

    Raises:
        OSError: The kernel refuses.
    """
    if os.geteuid() == 0:
        for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
            _prctl(_PR_CAPBSET_DROP, capability)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    _done(_LIBC.capset(header, bytes(24)))


def filter_calls(program: bytes, listen: bool = True) -> int:
    """Have the kernel run ``program`` at each system call of this thread and those it starts.

    Args:
        program: As `program.assemble` makes it. Of several programs, the strictest answer holds.
        listen: Whether it asks another process about some calls; one program of a process may.

    Returns:
        With ``listen``, the descriptor through which these calls are answered.

    Raises:
        OSError: The kernel refuses.
    """
    steps = ctypes.create_string_buffer(program, len(program))
    pointer = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    seccomp = numbers(os.uname().machine)["seccomp"]
    flags = _NEW_LISTENER if listen else 0
    return _done(_LIBC.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, flags, pointer))


def missing() -> list[str]:
    """What this system lacks for running untrusted code, in words; empty where all is there."""
    kernel = ask_kernel()
    if kernel.system != "Linux":
        return [f"Linux (this is {kernel.system})"]
    lacks = []
    if kernel.landlock == 0:
        lacks.append(
            "Landlock (Linux 6.7 or newer, and `landlock` among the kernel's `lsm=` modules; "
            f"this is Linux {kernel.release}, where it is missing or turned off)"
        )
    elif kernel.landlock < LANDLOCK_WITH_PORTS:
        lacks.append(
            "Landlock with rules for TCP ports "
            f"(Linux 6.7 or newer; this is Linux {kernel.release})"
        )
    if kernel.machine not in ARCHITECTURES:
        known = " or ".join(ARCHITECTURES)
        lacks.append(f"a processor whose system calls are known ({known}, not {kernel.machine})")
    elif not kernel.seccomp:
        lacks.append("filters of system calls (seccomp), which this system does not let a user set")
    return lacks
