"""Where attacks take place: secrets to be found, things to be damaged, and ears that listen."""

import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.grading.sandbox.program import numbers
from autograder.root import ROOT

SECRET = "canary-"
"""All secrets begin with it, so that attacks know what to look for."""

CALLS = (
    *("ptrace", "process_vm_readv", "pidfd_open", "pidfd_getfd", "kcmp", "perf_event_open", "bpf"),
    *("userfaultfd", "io_uring_setup", "open_by_handle_at", "unshare", "setns", "mount", "keyctl"),
    *("add_key", "vfork", "clone", "clone3", "connect", "sendto", "sendmsg", "fchmodat2", "ioctl"),
)
"""System calls that attacks make by number."""

SHARED_KEY = 0x1234
"""Under which attacks leave shared memory, semaphores and queues."""

DEEPEST = 3
"""How deep foreign temporary folders are searched."""

LARGEST = 5_000_000
"""Largest changed file into which a search looks."""


class Ground:
    """A folder of its own, with everything that attacks aim at.

    Attributes:
        folder: The folder.
        submitted: Submissions.
        results: What the run writes.
        home: Home folder of whoever grades.
        temporary: Its temporary folder.
        outside: A folder that all users may write to.
        mark: What attacks write into names and files, to be found again.
        secrets: By place: texts that must not come out.
        environment: Variables of whoever grades.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="attacks-"))
        self.folder.chmod(0o755)
        self.mark = f"mark{secrets.token_hex(6)}"
        self.secrets: dict[str, str] = {}
        names = ("submitted", "results", "home", "tmp", "outside")
        places = [self.folder / name for name in names]
        for place in places:
            place.mkdir()
        self.submitted, self.results, self.home, self.temporary, self.outside = places
        self._furnish()
        self._ears = _Ears(self.outside)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONUSERBASE": str(self.home / ".local"),
            "AWS_SECRET_ACCESS_KEY": self.secret("environment-aws"),
            "GITHUB_TOKEN": self.secret("environment-token"),
            "COURSE_PASSWORD": self.secret("environment"),
        }
        self._started = time.time()

    def secret(self, place: str) -> str:
        """A new secret for a place."""
        self.secrets[place] = f"{SECRET}{place}-{secrets.token_hex(8)}"
        return self.secrets[place]

    def _furnish(self) -> None:
        for name in (".aws/credentials", ".ssh/id_ed25519", ".netrc", "secret.txt"):
            path = self.home / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{self.secret('home-' + path.name)}\n")
        bait = self.outside / "bait.txt"
        bait.write_text(f"{self.secret('outside')}\n")
        (self.outside / "folder").mkdir()
        for path, mode in ((bait, 0o666), (self.outside, 0o777), (self.outside / "folder", 0o777)):
            path.chmod(mode)

    def places(self, student: str) -> dict[str, Any]:
        """What an attacker knows, which is where everything is."""
        all_calls = numbers(os.uname().machine)
        return {
            "mark": f"{self.mark}-{student}",
            "results": str(self.results),
            "submitted": str(self.submitted),
            "home": str(self.home),
            "outside": str(self.outside),
            "temporary": str(self.temporary),
            "root": str(ROOT),
            "site": sysconfig.get_path("purelib"),
            "grader": os.getpid(),
            "calls": {name: all_calls[name] for name in CALLS if name in all_calls},
            **self._ears.addresses,
        }

    def heard(self) -> list[str]:
        """Names of the ears that something reached."""
        return self._ears.heard()

    def belongings(self) -> dict[str, str]:
        """All that nobody may change, with fingerprints of names, modes, times and contents."""
        found = {}
        for place in (self.home, self.outside, self.submitted, self.results / "world"):
            for path in [place, *sorted(place.rglob("*"))]:
                found[str(path.relative_to(self.folder))] = _fingerprint(path)
        found["run.json"] = _fingerprint(self.results / "run.json")
        return found

    def marked(self) -> list[str]:
        """Files that carry the mark, where no attack should have come."""
        real = Path(os.environ.get("HOME", "/root"))
        deep = [ROOT, Path(sys.prefix), self.home, self.outside]
        shallow = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), real]
        trees = [(place, 99) for place in deep]
        trees += [(place, DEEPEST) for place in {*shallow, Path("/dev/shm"), Path("/dev/mqueue")}]
        found = {str(path) for place, depth in trees for path in self._marked(place, depth)}
        return sorted(found)

    def shared(self) -> list[str]:
        """Shared memory, semaphores and queues of System V that were left."""
        found = []
        for table in sorted(Path("/proc/sysvipc").glob("*")):
            lines = [line.split() for line in table.read_text().splitlines()[1:]]
            found += [table.name for line in lines if line[0] == str(SHARED_KEY)]
        return found

    def _marked(self, place: Path, depth: int) -> Iterator[Path]:
        for path in _files(str(place), depth, str(self.folder)):
            try:
                status = os.lstat(path)
                if self.mark in path.rpartition("/")[2] or (
                    status.st_ctime >= self._started
                    and (status.st_mtime == 0 or self._holds_mark(path, status))
                ):
                    yield Path(path)
            except OSError:  # somebody else's, or gone
                continue

    def _holds_mark(self, path: str, status: os.stat_result) -> bool:
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return False
        return self.mark.encode() in Path(path).read_bytes()

    def close(self) -> None:
        """Clear away everything."""
        self._ears.close()
        shutil.rmtree(self.folder)


def _files(place: str, depth: int, but: str) -> Iterator[str]:
    """Everything in a folder, to a certain depth."""
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        if entry.path == but or entry.name in (".git", "__pycache__.lock"):
            continue
        yield entry.path
        if depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, depth - 1, but)


def _fingerprint(path: Path) -> str:
    status = path.lstat()
    small = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST
    content = path.read_bytes() if small else b""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return f"{status.st_mode:o} {status.st_mtime_ns} {status.st_size} {status.st_nlink} {digest}"


class _Ears:
    """Sockets of this machine that nobody should talk to."""

    def __init__(self, folder: Path) -> None:
        here, there = "127.0.0.1", "::1"
        self._sockets: dict[str, socket.socket] = {}
        self.addresses: dict[str, Any] = {}
        self._listen("tcp", socket.create_server((here, 0)))
        if socket.has_ipv6:
            try:
                self._listen("tcp6", socket.create_server((there, 0), family=socket.AF_INET6))
            except OSError:  # a machine without it
                self.addresses["tcp6"] = self.addresses["tcp"]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind((here, 0))
        self._listen("udp", udp)
        named = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        named.bind(str(folder / "socket"))
        (folder / "socket").chmod(0o777)
        named.listen()
        self._listen("unix", named)
        mailbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        mailbox.bind(str(folder / "mailbox"))
        (folder / "mailbox").chmod(0o777)
        self._listen("mailbox", mailbox)
        abstract = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        name = f"attacks-{secrets.token_hex(4)}"
        abstract.bind(f"\0{name}")
        abstract.listen()
        self._listen("abstract", abstract)
        self.addresses["abstract"] = name

    def _listen(self, name: str, ear: socket.socket) -> None:
        ear.setblocking(False)
        self._sockets[name] = ear
        address = ear.getsockname()
        self.addresses[name] = address[1] if isinstance(address, tuple) else address

    def heard(self) -> list[str]:
        found = []
        for name, ear in self._sockets.items():
            try:
                if ear.type == socket.SOCK_DGRAM:
                    ear.recv(100)
                else:
                    ear.accept()[0].close()
                found.append(name)
            except BlockingIOError:
                continue
        return found

    def close(self) -> None:
        for ear in self._sockets.values():
            ear.close()


def hidden_texts(results: Path, solutions: Mapping[int, str], known: str) -> set[str]:
    """The seed, lines of the solutions and numbers of the expectations: nobody is shown them.

    Args:
        results: Folder of results.
        solutions: Code by exercise.
        known: Text that everybody has.
    """
    lines = {line.strip() for source in solutions.values() for line in source.splitlines()}
    found = {line for line in lines if len(line) > 25}
    for path in sorted((results / "world" / "expectations").glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))["facts"].values()
        arrays = [fact for fact in facts if fact["kind"] == "array"]
        found |= set(_long_numbers(arrays))
    found.add(str(json.loads((results / "run.json").read_text("utf-8"))["seed"]))
    return {text for text in found if text not in known}


def _long_numbers(value: Any) -> Iterator[str]:
    """Numbers that nobody guesses, as they are written."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _long_numbers(item)
    elif isinstance(value, float) and len(repr(value)) >= 9 and value % 1:
        yield repr(abs(value))
