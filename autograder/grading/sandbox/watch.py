"""Looks at a confined process from outside, for limits that the kernel does not enforce."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from autograder.grading.limits import GIGABYTE, MEGABYTE, Limits

WRITTEN_IN_ALL = 10
"""Bytes that may be written in all, in multiples of the disk limit: overwriting counts again."""

DEEPEST = 32
"""Most folders in one another."""

SHARE = 10
"""After a look through the folder, the next one waits this many times as long as it took,"""

LONGEST = 0.25
"""but not longer than these seconds."""

MOST_MISSED = 10
"""So many more looks may miss something (it was gone before it was counted) than miss nothing.
Threads that keep renaming folders hide their content; honest code removes a file now and then."""

BLOCK = 512


class Watch:
    """Says when a process uses more than it may. Make it before untrusted code runs there.

    Memory is what the process has beyond what it has when this is made.

    Args:
        pid: The process, a child of this one.
        folder: Its own folder.
        limits: What it may use.
    """

    def __init__(self, pid: int, folder: Path, limits: Limits) -> None:
        self._process = Path("/proc", str(pid))
        self._folder = folder
        self._limits = limits
        self._memory = _memory(self._status())
        self._headless = False
        self._scan_at = 0.0
        self._missed = 0

    def exceeded(self, whole: bool = False) -> str | None:
        """The limit that is passed, in words; None where none is, or there is no process.

        Args:
            whole: Look through the folder even where that was done a moment ago.

        Raises:
            OSError: The process cannot be watched.
        """
        status = self._status()
        if not _is_there(status):
            # Its first thread ended. The memory of the others cannot be read; but while a process
            # ends, they may also be there for a moment.
            others = status.get("Threads", 0) > 1
            again, self._headless = self._headless and others, others
            return "the Python process ended, but left threads running" if again else None
        try:
            return self._used_up(status) or self._filled(whole)
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                return "names of folders in one another that are too long"
            if _is_there(self._status()):
                raise
            return None

    def _used_up(self, status: dict[str, int]) -> str | None:
        limits = self._limits
        if _memory(status) - self._memory > limits.memory:
            return f"memory limit of {in_words(limits.memory)} reached"
        if status["Threads"] > limits.threads:
            return f"limit of {limits.threads} threads reached"
        if self._written() > WRITTEN_IN_ALL * limits.disk:
            return f"limit of {in_words(WRITTEN_IN_ALL * limits.disk)} written in all reached"
        return None

    def _filled(self, whole: bool) -> str | None:
        started = time.monotonic()
        if started < self._scan_at and not whole:
            return None
        reason = self._look_through()
        now = time.monotonic()
        # At once where something was missed: code that hides files also makes looking slow.
        pause = min(LONGEST, SHARE * (now - started))
        self._scan_at = now if self._missed else now + pause
        return reason

    def _status(self) -> dict[str, int]:
        """The numbers of the process's status; sizes are in kB."""
        try:
            # The first line is the name, which the process chooses: any bytes but a line's end.
            lines = (self._process / "status").read_bytes().split(b"\n")[1:]
        except (FileNotFoundError, ProcessLookupError):
            return {}
        pairs = (line.decode("ascii", "replace").split()[:2] for line in lines)
        return {
            pair[0].rstrip(":"): int(pair[1])
            for pair in pairs
            if len(pair) == 2 and pair[1].isdecimal()
        }

    def _written(self) -> int:
        """Bytes that the process wrote, to files and pipes."""
        lines = (self._process / "io").read_text().splitlines()
        counts = {name: int(count) for name, count in (line.split(": ") for line in lines)}
        return max(counts["wchar"], counts["write_bytes"])

    def _look_through(self) -> str | None:
        """Count what lies in the folder, and what was removed but is still open."""
        limits, size, whole = self._limits, 0, True
        removed = list(self._removed())
        if self._hidden({status.st_ino for _, status in removed}):
            return "removed files were kept in memory, where nobody can count them"
        found = chain(removed, _entries(str(self._folder)))
        for files, (depth, status) in enumerate(found, 1):
            if status is None:
                whole = False
                continue
            size += status.st_blocks * BLOCK
            if size > limits.disk:
                return f"disk limit of {in_words(limits.disk)} reached"
            if files > limits.files:
                return f"limit of {limits.files} files reached"
            if depth > DEEPEST:
                return f"limit of {DEEPEST} folders in one another reached"
        self._missed = max(0, self._missed - 1) if whole else self._missed + 1
        if self._missed > MOST_MISSED:
            return "files and folders that are renamed or removed while they are counted"
        return None

    def _removed(self) -> Iterator[tuple[int, os.stat_result]]:
        """Files that are open but were removed, each at depth 0."""
        descriptors = self._process / "fd"
        for number in os.listdir(descriptors):
            try:
                status = os.stat(descriptors / number)
            except FileNotFoundError:  # closed meanwhile
                continue
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                yield 0, status

    def _hidden(self, opened: set[int]) -> bool:
        """Whether a removed file of the folder is mapped that is not open as well.

        It takes disk or memory of unknown size: only root could look through the mapping. Python
        and its libraries keep what they map open.
        """
        before = os.fsencode(self._folder)
        for line in (self._process / "maps").read_bytes().splitlines():
            if line.endswith(b" (deleted)"):
                _, _, _, _, inode, path = line.split(maxsplit=5)
                if path.startswith(before) and int(inode) not in opened:
                    return True
        return False


def _is_there(status: dict[str, int]) -> bool:
    """Whether a status is that of a process with memory of its own."""
    return "RssAnon" in status


def _memory(status: dict[str, int]) -> int:
    """Bytes of memory that no file backs, swapped memory and page tables included."""
    parts = ("RssAnon", "RssShmem", "VmSwap", "VmPTE")
    return 1024 * sum(status.get(part, 0) for part in parts)


def _entries(folder: str) -> Iterator[tuple[int, os.stat_result | None]]:
    """Everything in a folder with its depth; links are not followed. None: it has vanished."""
    waiting = [(1, folder)]
    while waiting:
        depth, path = waiting.pop()
        try:
            entries = os.scandir(path)
        except (FileNotFoundError, NotADirectoryError):
            yield depth, None
            continue
        with entries:
            for entry in entries:
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    yield depth, None
                    continue
                yield depth, status
                if stat.S_ISDIR(status.st_mode):
                    waiting.append((depth + 1, entry.path))


def in_words(count: int) -> str:
    """A size as a person says it: 2 GB, 200 MB."""
    unit, name = (GIGABYTE, "GB") if count >= GIGABYTE else (MEGABYTE, "MB")
    return f"{count / unit:g} {name}"
