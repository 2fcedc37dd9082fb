"""Processes: none is started, none is signalled, looked at or changed, none outlives its parent."""

import asyncio
import ctypes
import errno
import fcntl
import mmap
import multiprocessing
import os
import posix
import resource
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import popen_fork
from pathlib import Path

import pytest

from autograder.grading.sandbox import program
from tests.grading.sandbox.confined import KilledError, confined, waiting

MACHINE = os.uname().machine
CALLS = program.numbers(MACHINE)


def call(number: int, *arguments: int) -> int:
    """Make a system call; returns its error."""
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(number, *(ctypes.c_long(argument) for argument in arguments))
    return ctypes.get_errno() if result == -1 else 0


@pytest.fixture
def neighbour() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same user, to be left in peace."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        assert process.poll() is None
        process.communicate(b"\n")
    assert process.returncode == 0


STARTS: dict[str, Callable[[], object]] = {
    "fork": os.fork,
    "fork on a terminal": os.forkpty,
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "exec by descriptor": lambda: os.execve(1, ["x"], {}),
    "spawn": lambda: os.posix_spawn(sys.executable, [sys.executable], {}),
    "shell": lambda: subprocess.run("true", shell=True, check=True),
    "program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "multiprocessing": lambda: popen_fork.Popen(multiprocessing.Process(target=print)),
}


@pytest.mark.parametrize("name", STARTS)
def test_no_process_is_started(name: str, folder: Path, user: int) -> None:
    with pytest.raises(PermissionError):
        confined(STARTS[name], folder, user=user)


def test_no_process_is_started_by_number(folder: Path, user: int) -> None:
    flags = {"process": 17, "namespace": 0x10000000 | 17, "thread in a namespace": 0x20010F00}

    def attack() -> list[int]:
        return [*(call(CALLS["clone"], flag, 0) for flag in flags.values()), call(435, 0, 0)]

    assert confined(attack, folder, user=user) == [errno.EPERM] * 3 + [errno.ENOSYS]


def test_the_shell_starts_nothing(folder: Path, user: int) -> None:
    # Past `os.system`, in whose place the course has put its own in a process that ran a notebook.
    assert confined(lambda: posix.system("touch made"), folder, user=user) != 0
    assert not (folder / "made").exists()


def test_threads_and_asyncio_work(folder: Path, user: int) -> None:
    def work() -> list[int]:
        found: list[int] = []
        threads = [threading.Thread(target=found.append, args=(i,)) for i in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with ThreadPoolExecutor() as pool:
            found += pool.map(int, range(20, 40))
        asyncio.run(asyncio.sleep(0))
        return sorted(found)

    assert confined(work, folder, user=user) == list(range(40))


SIGNALS: dict[str, Callable[[int], object]] = {
    "kill": lambda pid: os.kill(pid, signal.SIGTERM),
    "ask": lambda pid: os.kill(pid, 0),
    "its group": lambda pid: os.killpg(os.getpgid(pid), signal.SIGTERM),
    "its group by kill": lambda pid: os.kill(-os.getpgid(pid), signal.SIGTERM),
    "the own group": lambda _: os.kill(0, signal.SIGTERM),
    "all": lambda _: os.kill(-1, signal.SIGTERM),
    "the parent": lambda _: os.kill(os.getppid(), signal.SIGTERM),
    "a handle": lambda pid: os.pidfd_open(pid),
    "a handle of its own": lambda _: os.pidfd_open(os.getpid()),
    "by input": lambda _: fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid()),
    "other limits": lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)),
    "its program": lambda pid: os.readlink(f"/proc/{pid}/exe"),
    "its folder": lambda pid: os.chdir(f"/proc/{pid}/cwd"),
    "its input": lambda pid: os.stat(f"/proc/{pid}/fd/0"),
    "its limits": lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU),
    "another priority": lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 19),
    "other processors": lambda pid: os.sched_setaffinity(pid, {0}),
    "another session": lambda _: os.setsid(),
    "another group": lambda pid: os.setpgid(0, os.getpgid(pid)),
    "another user": lambda _: os.setuid(1),
    "another root": lambda _: os.chroot("."),
}


@pytest.mark.parametrize("name", SIGNALS)
def test_others_are_left_in_peace(
    name: str, neighbour: subprocess.Popen[bytes], folder: Path, user: int
) -> None:
    with pytest.raises(PermissionError):
        confined(lambda: SIGNALS[name](neighbour.pid), folder, user=user)


BY_NUMBER = ["tgkill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"]
READS = ["ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "move_pages"]


@pytest.mark.parametrize("name", [*BY_NUMBER, *READS])
def test_others_are_not_reached_by_number(
    name: str, neighbour: subprocess.Popen[bytes], folder: Path, user: int
) -> None:
    def attack() -> int:
        attach = 16
        first = attach if name == "ptrace" else neighbour.pid
        return call(CALLS[name], first, neighbour.pid, 0, 0)

    assert confined(attack, folder, user=user) == errno.EPERM


def test_it_may_signal_itself(folder: Path, user: int) -> None:
    def interrupt() -> str:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            return "interrupted"
        return "not"

    assert confined(interrupt, folder, user=user) == "interrupted"
    with pytest.raises(KilledError):
        confined(lambda: os.kill(os.getpid(), signal.SIGTERM), folder, user=user)


def test_a_kill_is_never_its_own_so_that_it_tells_of_the_machine(folder: Path, user: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))

    for kill in (
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: signal.pthread_kill(threading.get_ident(), signal.SIGKILL),
        limited,
    ):
        with pytest.raises((PermissionError, ValueError)):  # as `resource` calls it
            confined(kill, folder, user=user)


_REFUSED = """
    io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd
    keyctl add_key request_key mount umount2 pivot_root chroot unshare setns fsopen fsmount
    open_tree move_mount mount_setattr memfd_create memfd_secret shmget shmat shmctl msgget semget
    mq_open mq_unlink name_to_handle_at open_by_handle_at personality kexec_load kexec_file_load
    init_module finit_module delete_module settimeofday clock_settime adjtimex clock_adjtime reboot
    swapon swapoff quotactl syslog acct sethostname setdomainname vhangup ptrace process_madvise
    inotify_init1 fanotify_init mknodat seccomp landlock_create_ruleset sched_setscheduler
    sched_setattr ioprio_set setresuid setgroups capset mlockall mbind migrate_pages lookup_dcookie
    setxattrat fchownat vmsplice splice tee sync syncfs flock
"""
REFUSED = _REFUSED.split()


def test_the_kernel_does_nothing_unusual(folder: Path, user: int) -> None:
    def attack() -> dict[str, int]:
        return {name: call(CALLS[name], 0, 0, 0, 0, 0, 0) for name in REFUSED}

    assert confined(attack, folder, user=user) == dict.fromkeys(REFUSED, errno.EPERM)


def test_calls_that_nobody_knows_yet_do_not_exist(folder: Path, user: int) -> None:
    unknown = [max(CALLS.values()) + 1, 1_000, 0x40000000 + CALLS["getpid"], 2**31 - 1]
    answers = confined(lambda: [call(number, 0) for number in unknown], folder, user=user)
    assert answers == [errno.ENOSYS] * len(unknown)


@pytest.mark.skipif(MACHINE != "x86_64", reason="only this processor also runs 32-bit code")
def test_calls_in_32_bit_end_the_process(folder: Path, user: int) -> None:
    def attack() -> None:
        everything = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
        with mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, everything) as code:
            code.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")  # getpid by `int 0x80`
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()

    with pytest.raises(KilledError):
        confined(attack, folder, user=user)


def test_it_cannot_be_freed_from_dying_with_its_parent(folder: Path, user: int) -> None:
    prctl = CALLS["prctl"]
    for option in (1, 4, 22, 23, 24, 38, 47):  # PDEATHSIG, DUMPABLE, SECCOMP, capabilities …
        answer = confined(partial(call, prctl, option, 0), folder, user=user)
        assert answer == errno.EINVAL


def test_it_dies_with_its_parent(folder: Path, user: int) -> None:
    alive, still = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(alive)
        with waiting(lambda: os.write(still, b"started"), folder, user=user, keep=[still]):
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(still)
    os.waitpid(parent, 0)
    assert os.read(alive, 20) == b"started"
    # The pipe ends when the last process that holds it has ended.
    assert select.select([alive], [], [], 20)[0]
    assert os.read(alive, 1) == b""
    os.close(alive)


def test_root_has_no_rights_of_root(folder: Path, user: int) -> None:
    with waiting(lambda: None, folder, user=user) as attacker:
        lines = Path(f"/proc/{attacker.pid}/status").read_text().splitlines()
    status = dict(line.split(":\t") for line in lines)
    rights = [status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")]
    assert {int(right, 16) for right in rights} == {0}
    assert user or int(status["CapBnd"], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
