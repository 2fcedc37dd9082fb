"""`confine`: shuts the current process in."""

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
"""Plain files and folders only: no links or pipes, which are unsafe to read later."""

DEVICES = {
    Path(os.devnull): AccessFS.READ_FILE | AccessFS.WRITE_FILE,
    Path("/dev/urandom"): AccessFS.READ_FILE,
}

OWN_USE = tuple(Path("/proc/self", name) for name in ("stat", "statm", "status"))
"""How much memory and time this process uses, which `psutil` looks up."""

ALLOCATED = 0.95
"""Share of the memory limit that can be allocated: MemoryError is raised before `Watch` acts."""

STACK = 8 * MEGABYTE
"""Stack of the first thread, in bytes, where there was no limit. RLIMIT_DATA does not count it."""

SIGNALS = 64
"""Most timers and queued signals; the kernel counts those of all processes of a user together."""


def confine(
    folder: Path,
    readable: Sequence[Path],
    broker: NetworkBroker,
    limits: Limits,
    *,
    keep: Collection[int] = (),
) -> None:
    """Shut this process in for the rest of its life, threads that it will start included.

    Afterwards it reads only ``readable`` and ``folder``, writes only ``folder``, connects only
    through ``broker``, starts no process, signals and inspects no other, and has no rights of
    root. It ends with its parent.

    Landlock does not guard ``stat``: it can still learn whether a path exists, its size and its
    times. And it keeps the memory that it got by forking, which must never have held a secret.

    Args:
        folder: Its own folder, made before.
        readable: Other files and folders: `readable_paths` and the authorities' certificates.
        broker: Its way to the offline services; the parent calls `NetworkBroker.open`.
        limits: How much it may use.
        keep: Descriptors that stay as they are; all others go through `let_go`.

    Raises:
        CourseError: The system or this process cannot be confined. It must not go on.
        OSError: A step failed. It must not go on.
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
    # Only now: this limit also bounds the descriptors under way in sockets, of all processes of the
    # user together, and `hand_over` sends one.
    lower(resource.RLIMIT_NOFILE, limits.open_files)


def _limit(limits: Limits) -> None:
    """Set the limits that the kernel enforces; `Watch` enforces the others."""
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
        lower(limit, value)


def lower(limit: int, value: int) -> None:
    """Set a limit, soft and hard. A hard one that is lower stays, where root could raise it too."""
    _, hard = resource.getrlimit(limit)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def _stack() -> int:
    """Bytes for the stack of the first thread: the soft limit, which is then the hard one too."""
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return STACK if soft == resource.RLIM_INFINITY else soft


def _allocated() -> int:
    """Bytes that this process has already, as the kernel counts them for RLIMIT_DATA."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    raise CourseError("/proc/self/status names no VmData")


def _lock_files_and_ports(folder: Path, readable: Sequence[Path]) -> None:
    """Have Landlock allow only the named files, and no port, even if the broker should fail."""
    with Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
        for path in readable:
            rules.allow_path(path, READ if path.is_dir() else AccessFS.READ_FILE)
        for device, access in DEVICES.items():
            rules.allow_path(device, access)
        for path in OWN_USE:
            rules.allow_path(path, AccessFS.READ_FILE)
        rules.allow_path(folder, READ | WRITE)
        # Without this, a submission could fill the machine's log with refusals.
        rules.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)


# --- what is open --------------------------------------------------------------------------------


def let_go(keep: Collection[int], readable: Sequence[Path]) -> None:
    """Replace open descriptors by ``/dev/null``, standard input and output included.

    They stay open, so that a library that still uses one reads nothing, and no other file gets its
    number. Files that are readable anyway (``proj.db``) are opened anew instead: otherwise all
    forks would share, and move, one position in them.

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
    """The same file opened anew at the same position; None where it is not a readable file."""
    mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    if not stat.S_ISREG(os.fstat(descriptor).st_mode) or mode != os.O_RDONLY:
        return None
    path = Path(os.readlink(DESCRIPTORS / str(descriptor)))
    if not any(path.is_relative_to(parent) for parent in readable):
        return None
    own = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    os.lseek(own, os.lseek(descriptor, 0, os.SEEK_CUR), os.SEEK_SET)
    return own
