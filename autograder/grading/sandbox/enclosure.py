"""Shuts the current process in."""

import os
import resource
from collections.abc import Collection, Sequence
from pathlib import Path

from landlockpy import AccessFS, RestrictFlag, Ruleset, Scope

from autograder.grading.limits import MEGABYTE, Limits
from autograder.grading.sandbox import kernel
from autograder.grading.sandbox.descriptors import let_go
from autograder.grading.sandbox.gate import Gate
from autograder.grading.sandbox.program import assemble, assemble_shut
from autograder.grading.sandbox.system import missing
from utils.errors import CourseError

READ = AccessFS.READ_FILE | AccessFS.READ_DIR
WRITE = (
    AccessFS.WRITE_FILE
    | AccessFS.TRUNCATE
    | AccessFS.MAKE_REG
    | AccessFS.MAKE_DIR
    | AccessFS.REMOVE_FILE
    | AccessFS.REMOVE_DIR
    | AccessFS.REFER
)
"""Plain files and folders; nothing that surprises who reads them later (links, pipes)."""

DEVICES = {
    Path(os.devnull): AccessFS.READ_FILE | AccessFS.WRITE_FILE,
    Path("/dev/urandom"): AccessFS.READ_FILE,
}

ALLOCATED = 0.95
"""Share of the memory that can be asked for: so Python gets a MemoryError before the watch acts."""

STACK = 8 * MEGABYTE
"""Stack of the first thread where there was no limit: `ALLOCATED` does not count it."""

SIGNALS = 64
"""Timers and queued signals, which the kernel counts for all processes of a user together."""


def confine(
    folder: Path,
    readable: Sequence[Path],
    gate: Gate,
    limits: Limits,
    *,
    keep: Collection[int] = (),
) -> None:
    """Shut this process in for the rest of its life, threads that it will start included.

    Afterwards it reads only ``readable`` and ``folder``, writes only ``folder``, is connected to
    nothing but what the parent opens ``gate`` to, starts no process, signals and inspects no
    other, and has no rights of root. It dies with its parent.

    What remains: paths that it can guess can be asked for their existence, size and times
    (``stat``), which Landlock does not guard. And memory is inherited by forking: it must never
    have held a secret.

    Args:
        folder: Its own folder, made before.
        readable: Files and folders beyond that: `readable_paths` and the authorities'
            certificates.
        gate: Its way to the offline services; the parent calls `Gate.open`.
        limits: How much it may use.
        keep: Descriptors that stay open. All others read nothing afterwards, standard input
            and output included (`descriptors.let_go`).

    Raises:
        CourseError: The system or this process cannot be confined; it must not go on then.
        OSError: A step failed; it must not go on then.
    """
    if lacks := missing():
        raise CourseError(f"This system lacks {'; '.join(lacks)}")
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        raise CourseError(f"There are {threads} threads", "one thread, which is then confined")
    kernel.die_with_parent()
    let_go({*keep, gate.fileno()}, readable)
    _limit(limits)
    kernel.drop_capabilities()
    _lock_files_and_ports(folder, readable)
    gate.hand_over(kernel.filter_calls(assemble(os.uname().machine, os.getpid())))
    kernel.filter_calls(assemble_shut(os.uname().machine), listen=False)
    # Only now: the kernel measures by it how many descriptors may be on their way, as the one
    # handed over is, and counts those of all processes of this user.
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.open_files, limits.open_files))


def _limit(limits: Limits) -> None:
    """Limits that the kernel keeps; `Watch` sees to the others."""
    most = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: SIGNALS,
        resource.RLIMIT_STACK: _stack(),
        resource.RLIMIT_FSIZE: limits.disk,
        resource.RLIMIT_DATA: _allocated() + int(ALLOCATED * limits.memory),
    }
    for limit, value in most.items():
        resource.setrlimit(limit, (value, value))


def _stack() -> int:
    """Bytes that the stack of the first thread may have; a child must not raise it."""
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return STACK if soft == resource.RLIM_INFINITY else soft


def _allocated() -> int:
    """Bytes that this process was given already, as the kernel counts them for RLIMIT_DATA."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise CourseError("/proc/self/status names no VmData")


def _lock_files_and_ports(folder: Path, readable: Sequence[Path]) -> None:
    """Nothing is allowed but what is named; no port is, even if the gate should fail."""
    with Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
        for path in readable:
            rules.allow_path(path, READ if path.is_dir() else AccessFS.READ_FILE)
        for device, access in DEVICES.items():
            rules.allow_path(device, access)
        rules.allow_path(folder, READ | WRITE)
        # Else each refusal is written to the machine's log, as often as a submission likes.
        rules.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)
