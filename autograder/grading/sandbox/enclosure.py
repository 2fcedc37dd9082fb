"""Shuts the current process in."""

import fcntl
import os
import resource
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from landlockpy import AccessFS, RestrictFlag, Ruleset, Scope

from autograder.grading.limits import MEGABYTE, Limits
from autograder.grading.sandbox import linux
from autograder.grading.sandbox.linux import missing
from autograder.grading.sandbox.network_broker import NetworkBroker
from autograder.grading.sandbox.program import assemble, assemble_shut
from utils.errors import CourseError

DESCRIPTORS = Path("/proc/self/fd")

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
    broker: NetworkBroker,
    limits: Limits,
    *,
    keep: Collection[int] = (),
) -> None:
    """Shut this process in for the rest of its life, threads that it will start included.

    Afterwards it reads only ``readable`` and ``folder``, writes only ``folder``, is connected to
    nothing but what the parent opens ``broker`` to, starts no process, signals and inspects no
    other, and has no rights of root. It dies with its parent.

    What remains: paths that it can guess can be asked for their existence, size and times
    (``stat``), which Landlock does not guard. And memory is inherited by forking: it must never
    have held a secret.

    Args:
        folder: Its own folder, made before.
        readable: Files and folders beyond that: `readable_paths` and the authorities'
            certificates.
        broker: Its way to the offline services; the parent calls `NetworkBroker.open`.
        limits: How much it may use.
        keep: Descriptors that stay open. All others read nothing afterwards, standard input
            and output included (`let_go`).

    Raises:
        CourseError: The system or this process cannot be confined; it must not go on then.
        OSError: A step failed; it must not go on then.
    """
    if lacks := missing():
        raise CourseError(f"This system lacks {'; '.join(lacks)}")
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        raise CourseError(f"There are {threads} threads", "one thread, which is then confined")
    linux.die_with_parent()
    let_go({*keep, broker.fileno()}, readable)
    _limit(limits)
    linux.drop_capabilities()
    _lock_files_and_ports(folder, readable)
    broker.hand_over(linux.filter_calls(assemble(os.uname().machine, os.getpid())))
    linux.filter_calls(assemble_shut(os.uname().machine), listen=False)
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
    """Nothing is allowed but what is named; no port is, even if the broker should fail."""
    with Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
        for path in readable:
            rules.allow_path(path, READ if path.is_dir() else AccessFS.READ_FILE)
        for device, access in DEVICES.items():
            rules.allow_path(device, access)
        rules.allow_path(folder, READ | WRITE)
        # Else each refusal is written to the machine's log, as often as a submission likes.
        rules.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)


# --- what is open --------------------------------------------------------------------------------


def let_go(keep: Collection[int], readable: Sequence[Path]) -> None:
    """Replace what is open by ``/dev/null``, standard input and output included.

    The numbers stay taken, so that whoever still holds one reads nothing and hits no other file.
    Files that are readable anyway (``proj.db``) are opened anew instead: else all forks would
    share, and move, one position in them.

    Args:
        keep: Descriptors that stay.
        readable: What the process may read afterwards.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir(DESCRIPTORS):
        descriptor = int(name)
        if descriptor in keep or descriptor == nothing:
            continue
        try:
            own = _own(descriptor, readable)
        except OSError:  # it was open only for listing this folder
            continue
        os.dup2(nothing if own is None else own, descriptor, inheritable=False)
        if own is not None:
            os.close(own)
    os.close(nothing)


def _own(descriptor: int, readable: Sequence[Path]) -> int | None:
    """The same file opened anew at the same position; None for what may not be read."""
    mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    if not stat.S_ISREG(os.fstat(descriptor).st_mode) or mode != os.O_RDONLY:
        return None
    path = Path(os.readlink(DESCRIPTORS / str(descriptor)))
    if not any(path.is_relative_to(parent) for parent in readable):
        return None
    own = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    os.lseek(own, os.lseek(descriptor, 0, os.SEEK_CUR), os.SEEK_SET)
    return own
