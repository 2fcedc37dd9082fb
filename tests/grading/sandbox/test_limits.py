"""Limits: those that the kernel keeps, and those that the watch sees."""

import contextlib
import ctypes
import errno
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.grading.limits import MEGABYTE, Limits
from autograder.grading.sandbox import Watch, program
from autograder.grading.sandbox.watch import in_words
from autograder.root import ROOT
from tests.grading.sandbox.confined import TIMEOUT, confined, fork, waiting

SMALL = Limits(
    memory=200 * MEGABYTE, disk=8 * MEGABYTE, files=50, threads=8, open_files=64, cell_seconds=5
)


def test_memory_runs_out_as_a_memory_error(folder: Path, user: int) -> None:
    def attack() -> None:
        hoard = []
        while True:
            hoard.append(np.ones(1_000_000))

    with pytest.raises(MemoryError):
        confined(attack, folder, user=user, limits=SMALL)


def test_one_huge_array_is_a_memory_error(folder: Path, user: int) -> None:
    with pytest.raises(MemoryError):
        confined(lambda: np.zeros(10**9), folder, user=user)


def test_most_of_the_memory_can_be_used(folder: Path, user: int) -> None:
    size = int(0.8 * SMALL.memory)
    used = confined(lambda: len(b"x" * size), folder, user=user, limits=SMALL)
    assert used == size


def test_a_file_does_not_grow_beyond_the_disk_limit(folder: Path, user: int) -> None:
    def attack() -> None:
        with open("bomb", "wb") as file:
            while True:
                file.write(bytes(MEGABYTE))

    with pytest.raises(OSError, match="too large"):
        confined(attack, folder, user=user, limits=SMALL)
    assert (folder / "bomb").stat().st_size <= SMALL.disk


def test_open_files_are_limited(folder: Path, user: int) -> None:
    def attack() -> None:
        hoard = []
        while True:
            hoard.append(os.open(os.devnull, os.O_RDONLY))

    with pytest.raises(OSError) as refusal:  # noqa: PT011
        confined(attack, folder, user=user, limits=SMALL)
    assert refusal.value.errno == errno.EMFILE


@pytest.mark.parametrize(
    "name", ["CORE", "NOFILE", "FSIZE", "DATA", "MEMLOCK", "MSGQUEUE", "SIGPENDING"]
)
def test_limits_are_not_raised(name: str, folder: Path, user: int) -> None:
    limit = getattr(resource, f"RLIMIT_{name}")

    def attack() -> tuple[int, int]:
        most = resource.getrlimit(limit)
        with pytest.raises((PermissionError, ValueError)):
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert resource.getrlimit(limit) == most
        return most

    soft, hard = confined(attack, folder, user=user)
    assert soft == hard


@pytest.mark.parametrize(("name", "low"), [("FSIZE", MEGABYTE), ("NOFILE", 60), ("CORE", 0)])
def test_limits_that_are_lower_already_are_kept(name: str, low: int) -> None:
    program = (
        "import resource, sys\n"
        "from autograder.grading.sandbox.enclosure import lower\n"
        f"limit, low = resource.RLIMIT_{name}, {low}\n"
        "resource.setrlimit(limit, (low, low))\n"
        "lower(limit, 10 * low + 1)\n"
        "sys.exit(resource.getrlimit(limit) != (low, low))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def start_threads() -> None:
    for _ in range(12):
        threading.Thread(target=signal.pause, daemon=True).start()


def fill_the_disk() -> None:
    for number in range(3):
        Path(f"file-{number}").write_bytes(bytes(3 * MEGABYTE))


def fill_the_disk_without_names() -> None:
    for number in range(3):
        file = os.open(f"file-{number}", os.O_CREAT | os.O_WRONLY)
        os.unlink(f"file-{number}")
        os.write(file, bytes(3 * MEGABYTE))


def fill_the_disk_behind_a_mapping(mode: int, pages: int) -> None:
    """Map a file, close and remove it: it stays, whatever is left of it in memory."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    file = os.open("file", os.O_CREAT | os.O_RDWR)
    os.write(file, bytes(MEGABYTE))
    place = libc.mmap(None, pages * mmap.PAGESIZE, mmap.PROT_READ, mode, file, 0)
    os.close(file)
    os.unlink("file")
    libc.madvise(ctypes.c_void_p(place), pages * mmap.PAGESIZE, mmap.MADV_DONTNEED)


def keep_a_shared_mapping() -> None:
    fill_the_disk_behind_a_mapping(mmap.MAP_SHARED, 256)


def keep_a_private_page() -> None:
    fill_the_disk_behind_a_mapping(mmap.MAP_PRIVATE, 1)


def make_files() -> None:
    for number in range(60):
        Path(f"file-{number}").touch()


def make_folders() -> None:
    for number in range(10):
        Path(f"folder-{number}/a/b/c/d/e").mkdir(parents=True)


def make_deep_folders() -> None:
    for _ in range(40):
        os.mkdir("deeper")
        os.chdir("deeper")


def make_long_paths() -> None:
    for _ in range(20):
        os.mkdir("x" * 250)
        os.chdir("x" * 250)


def rename_itself() -> None:
    """The name stands in the status that the watch reads."""
    for name in (b"\x0c\x0cx", b"\xff", b"\nThreads: 1", b"\x0cThreads: 1"):
        ctypes.CDLL(None).prctl(15, name, 0, 0, 0)
    start_threads()


def write_again_and_again() -> None:
    for _ in range(30):
        Path("file").write_bytes(bytes(3 * MEGABYTE))


HIDDEN = "removed files were kept in memory, where nobody can count them"

REASONS: dict[Callable[[], None], str] = {
    rename_itself: "limit of 8 threads reached",
    make_long_paths: "names of folders in one another that are too long",
    start_threads: "limit of 8 threads reached",
    fill_the_disk: "disk limit of 8 MB reached",
    fill_the_disk_without_names: "disk limit of 8 MB reached",
    keep_a_shared_mapping: HIDDEN,
    keep_a_private_page: HIDDEN,
    make_files: "limit of 50 files reached",
    make_folders: "limit of 50 files reached",
    make_deep_folders: "limit of 32 folders in one another reached",
    write_again_and_again: "limit of 80 MB written in all reached",
}


def reason_of(watch: Watch) -> str | None:
    """What a watch says after some looks: it does not look through the folder every time."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if reason := watch.exceeded():
            return reason
        time.sleep(0.05)
    return None


@pytest.mark.parametrize("attack", REASONS, ids=lambda attack: attack.__name__)
def test_the_watch_says_which_limit_is_reached(
    attack: Callable[[], None], folder: Path, user: int
) -> None:
    watches = []

    def watch(pid: int) -> None:
        watches.append(Watch(pid, folder, SMALL))
        assert watches[0].exceeded() is None

    with waiting(attack, folder, user=user, limits=SMALL, before=watch):
        assert reason_of(watches[0]) == REASONS[attack]


def test_the_watch_counts_the_tables_of_pages_that_hold_nothing(folder: Path, user: int) -> None:
    limits = Limits(memory=20 * MEGABYTE)

    def attack() -> None:
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        empty = mmap.mmap(-1, 12 * 1024 * MEGABYTE, flags, mmap.PROT_READ)
        empty.madvise(mmap.MADV_NOHUGEPAGE)
        assert not any(empty[:: mmap.PAGESIZE])
        globals()["kept"] = empty

    watches = []
    with waiting(
        attack, folder, user=user, before=lambda pid: watches.append(Watch(pid, folder, limits))
    ):
        assert reason_of(watches[0]) == "memory limit of 20 MB reached"


def test_memory_that_no_limit_counts_is_refused(folder: Path, user: int) -> None:
    with pytest.raises(OSError, match="Cannot allocate memory"):
        confined(lambda: mmap.mmap(-1, MEGABYTE), folder, user=user)


def test_a_stack_that_no_limit_counts_is_refused(folder: Path, user: int) -> None:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100  # MAP_GROWSDOWN
    with pytest.raises(OSError, match="Cannot allocate memory"):
        confined(lambda: mmap.mmap(-1, 100 * SMALL.memory, flags), folder, user=user)


def test_the_stack_grows_no_further_and_is_moved_nowhere(folder: Path, user: int) -> None:
    def move() -> None:
        mmap.mmap(-1, MEGABYTE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).resize(2 * MEGABYTE)

    def raise_limit() -> None:
        resource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    with pytest.raises(OSError, match="Cannot allocate memory"):
        confined(move, folder, user=user)
    with pytest.raises(ValueError, match="not allowed to raise maximum limit"):
        confined(raise_limit, folder, user=user)


def test_what_grows_may_still_grow(folder: Path, user: int) -> None:
    def grow() -> int:
        grown, numbers = bytearray(), list[int]()
        for number in range(100):
            grown += bytes(MEGABYTE)
            numbers += [number] * 10_000
        return len(grown) + len(numbers)

    assert confined(grow, folder, user=user) == 101 * MEGABYTE


def test_all_threads_share_one_table_of_descriptors(folder: Path, user: int) -> None:
    def attack() -> int:
        return ctypes.CDLL(None).close_range(1_000, 1_001, 2)  # CLOSE_RANGE_UNSHARE

    assert confined(attack, folder, user=user) == -1


def test_descriptors_do_not_travel(folder: Path, user: int) -> None:
    """Those on their way count for the user, whose others would get none through."""

    def attack() -> None:
        ours, _ = socket.socketpair()
        socket.send_fds(ours, [b"x"], [0])

    with pytest.raises(OSError, match="not supported"):
        confined(attack, folder, user=user)


def test_the_watch_minds_neither_honest_work_nor_its_end(folder: Path, user: int) -> None:
    def work() -> None:
        globals()["kept"] = np.ones(10_000_000)
        Path("file").write_bytes(bytes(MEGABYTE))
        threading.Thread(target=print).start()

    with waiting(work, folder, user=user, limits=SMALL) as attacker:
        watch = Watch(attacker.pid, folder, SMALL)
        assert watch.exceeded() is None
        os.kill(attacker.pid, signal.SIGKILL)
        os.waitid(os.P_PID, attacker.pid, os.WEXITED | os.WNOWAIT)
        assert watch.exceeded() is None  # it ended, and nobody has asked for its result
    assert watch.exceeded() is None  # nothing is left of it


def test_a_mapped_file_that_is_counted_may_be_removed(folder: Path, user: int) -> None:
    def work() -> None:
        numbers = np.memmap("numbers", dtype=float, mode="w+", shape=(1000,))
        numbers[:] = 1
        os.unlink("numbers")
        globals()["kept"] = numbers

    with waiting(work, folder, user=user, limits=SMALL) as attacker:
        assert Watch(attacker.pid, folder, SMALL).exceeded() is None


RENAME = """
import os, sys

folder = os.open(sys.argv[1], os.O_RDONLY)
print("ready", flush=True)
place = 0
while True:
    os.rename(f"name-{place}", f"name-{1 - place}", src_dir_fd=folder, dst_dir_fd=folder)
    place = 1 - place
"""


def test_names_that_change_all_the_time_hide_nothing(folder: Path) -> None:
    parents, inside = [], folder
    with contextlib.ExitStack() as started:
        for _ in range(6):
            parents.append(inside)
            inside = inside / "name-0"
            inside.mkdir()
        for number in range(SMALL.files):
            (inside / f"file-{number}").touch()
        for parent in reversed(parents):
            process = started.enter_context(
                subprocess.Popen([sys.executable, "-c", RENAME, parent], stdout=subprocess.PIPE)
            )
            started.callback(process.kill)
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
        assert reason_of(Watch(process.pid, folder, SMALL)) in (
            "limit of 50 files reached",
            "files and folders that are renamed or removed while they are counted",
        )


def test_threads_without_the_process_are_noticed(folder: Path, user: int) -> None:
    def attack() -> None:
        threading.Thread(target=signal.pause).start()
        ctypes.CDLL(None).syscall(program.numbers(os.uname().machine)["exit"], 0)

    attacker = fork(attack, folder, user=user)
    assert reason_of(Watch(attacker.pid, folder, SMALL)) == (
        "the Python process ended, but left threads running"
    )
    os.kill(attacker.pid, signal.SIGKILL)
    os.waitpid(attacker.pid, 0)
    attacker.close()


def test_a_link_to_much_counts_as_a_link(folder: Path) -> None:
    (folder / "link").symlink_to("/usr")
    with subprocess.Popen(["sleep", "60"]) as process:  # one that has written nothing yet
        assert Watch(process.pid, folder, Limits()).exceeded() is None
        process.kill()


@pytest.mark.parametrize(
    ("count", "words"), [(2 * 10**9, "2 GB"), (1_500_000_000, "1.5 GB"), (200_000_000, "200 MB")]
)
def test_sizes_are_said_as_people_say_them(count: int, words: str) -> None:
    assert in_words(count) == words
