"""Files: nothing is read but the environment and the own folder, nothing written but the latter."""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.patches import PRACTICE
from autograder.root import ROOT
from tests.grading.sandbox.confined import confined

SECRETS = [
    *("/etc/passwd", "/etc/shadow", "/etc/hosts"),
    *("/proc/self/environ", "/proc/self/mem", "/proc/self/maps", "/proc/1/environ"),
    *(f"/proc/{os.getpid()}/{name}" for name in ("environ", "mem", "cmdline", "maps")),
    *map(str, sorted((ROOT / "solutions").rglob("*.md"))),
    *map(str, sorted((ROOT / "solutions").rglob("*.ipynb"))),
    *map(str, sorted((ROOT / "course").rglob("*.ipynb"))),
    *(str(path) for path in sorted(PRACTICE.rglob("*")) if path.is_file()),
    *(str(ROOT / name) for name in ("Makefile", "tests/__init__.py", "autograder/lab/__init__.py")),
]

FOLDERS = [
    *("/", "/tmp", "/etc", "/proc", "/proc/self", "/proc/self/fd", "/dev", "/dev/shm", "/var"),
    *(str(Path.home()), str(ROOT), str(ROOT / "solutions"), str(PRACTICE)),
]


def refused(look: Callable[[str], object], paths: list[str]) -> list[str]:
    """Those that may not be looked at."""
    found = []
    for path in paths:
        try:
            look(path)
        except PermissionError:
            found.append(path)
    return found


def test_no_secret_is_read(folder: Path, user: int) -> None:
    def look(path: str) -> None:
        os.close(os.open(path, os.O_RDONLY))

    assert confined(lambda: refused(look, SECRETS), folder, user=user) == SECRETS


def test_no_folder_is_listed(folder: Path, user: int) -> None:
    assert confined(lambda: refused(os.listdir, FOLDERS), folder, user=user) == FOLDERS


def test_a_secret_in_a_temporary_folder_is_not_read(folder: Path, user: int) -> None:
    secret = folder.parent / "secret"
    secret.write_text("world")
    secret.chmod(0o644)
    ways: list[Callable[[], object]] = [
        secret.read_bytes,
        (Path("..") / "secret").read_bytes,
        lambda: os.link(secret, "link"),
        lambda: os.symlink(secret, "link"),
        lambda: os.rename(secret, "mine"),
        lambda: shutil.copyfile(secret, "copy"),
        lambda: os.open(secret, os.O_WRONLY),
    ]
    for way in ways:
        with pytest.raises(OSError):  # noqa: PT011  # refused in several words
            confined(way, folder, user=user)
        assert secret.read_text() == "world"
        assert not list(folder.iterdir())


def test_the_environment_and_the_own_folder_are_read(folder: Path, user: int) -> None:
    (folder / "mine").write_text("mine")
    outside = folder.parent / "given"
    outside.write_text("given")

    def read() -> list[str]:
        Path("mine").touch()
        return [Path("mine").read_text(), outside.read_text(), *os.listdir(".")]

    assert confined(read, folder, user=user, readable=[outside]) == ["mine", "given", "mine"]


def test_ordinary_work_with_files_goes_on(folder: Path, user: int) -> None:
    def work() -> str:
        os.makedirs("a/b")
        Path("a/b/text").write_text("text")
        shutil.copy("a/b/text", "copy")
        shutil.copy2("a/b/text", "copy2")
        shutil.copytree("a", "c")
        shutil.move("copy2", "c/b/moved")
        with tempfile.TemporaryDirectory(dir=".") as other:
            Path(other, "x").write_text("x")
        with open(os.devnull, "w") as nothing:
            nothing.write("x")
        shutil.rmtree("a")
        Path("touched").touch()
        return Path("c/b/moved").read_text()

    assert confined(work, folder, user=user) == "text"
    names = sorted(path.name for path in folder.rglob("*"))
    assert names == ["b", "c", "copy", "moved", "text", "touched"]


CHANGES: dict[str, Callable[[Path], object]] = {
    "write": lambda path: path.write_text("mine"),
    "append": lambda path: os.open(path, os.O_APPEND | os.O_WRONLY),
    "truncate": lambda path: os.truncate(path, 0),
    "remove": lambda path: path.unlink(),
    "rename": lambda path: path.rename(path.with_name("other")),
    "create": lambda path: path.with_name("new").write_text("mine"),
    "create a folder": lambda path: path.with_name("new").mkdir(),
    "create a link": lambda path: path.with_name("new").symlink_to(path),
    "create a pipe": lambda path: os.mkfifo(path.with_name("new")),
    "create without a name": lambda path: os.open(path.parent, os.O_TMPFILE | os.O_RDWR),
    "give away": lambda path: os.chown(path, 0, 0),
    "mark": lambda path: os.setxattr(path, "user.mine", b"mine"),
    "unmark": lambda path: os.removexattr(path, "user.theirs"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_file_outside_is_not_changed(name: str, folder: Path, user: int) -> None:
    theirs = folder.parent / "theirs"
    theirs.mkdir()
    file = theirs / "file"
    file.write_text("theirs")
    theirs.chmod(0o777)
    file.chmod(0o666)
    with pytest.raises(OSError):  # noqa: PT011  # refused in several words
        confined(lambda: CHANGES[name](file), folder, user=user, readable=[theirs])
    assert [path.name for path in theirs.iterdir()] == ["file"]
    assert file.read_text() == "theirs"


def test_modes_and_times_of_files_stay(folder: Path, user: int) -> None:
    file = folder.parent / "file"
    file.write_text("theirs")
    if user != os.geteuid():
        os.chown(file, user, user)
    before = file.stat()

    def attack() -> None:
        os.chmod(file, 0o777)
        os.utime(file, (1, 1))

    confined(attack, folder, user=user, readable=[file])
    after = file.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize("place", ["/dev/shm", "/tmp", "/var/tmp", "/run"])
def test_nothing_is_left_where_everybody_may_write(place: str, folder: Path, user: int) -> None:
    with pytest.raises(PermissionError):
        confined(lambda: Path(place, "left-by-a-submission").write_text("x"), folder, user=user)
    assert not Path(place, "left-by-a-submission").exists()


def test_no_link_or_pipe_waits_for_who_reads_the_folder(folder: Path, user: int) -> None:
    for attack in (lambda: os.symlink("/etc/passwd", "link"), lambda: os.mkfifo("pipe")):
        with pytest.raises(PermissionError):
            confined(attack, folder, user=user)
    assert not list(folder.iterdir())


def test_no_folder_is_closed_to_who_looks_through_it(folder: Path, user: int) -> None:
    def attack() -> None:
        with contextlib.suppress(OSError):
            os.umask(0o777)
        os.mkdir("open")
        os.chmod("open", 0)
        with pytest.raises(PermissionError):
            os.mkdir("closed", 0o300)

    confined(attack, folder, user=user)
    (made,) = folder.iterdir()
    assert made.name == "open"
    assert made.stat().st_mode & 0o700 == 0o700


def test_what_was_open_before_is_of_no_use(folder: Path, user: int) -> None:
    secret = folder.parent / "secret"
    secret.write_text("world")
    ours, theirs = socket.socketpair()
    with ours, theirs, secret.open("r+b") as writable, secret.open("rb") as opened:

        def attack() -> list[bytes]:
            os.write(writable.fileno(), b"mine!")
            os.write(theirs.fileno(), b"mine!")
            return [os.read(number, 9) for number in (0, opened.fileno(), writable.fileno())]

        assert confined(attack, folder, user=user) == [b"", b"", b""]
        assert secret.read_text() == "world"
        ours.setblocking(False)
        with pytest.raises(BlockingIOError):
            ours.recv(1)


def test_a_file_that_was_open_for_reading_has_a_position_of_its_own(
    folder: Path, user: int
) -> None:
    data = folder.parent / "data"
    data.write_text("0123456789")
    with data.open("rb", buffering=0) as opened:
        opened.seek(4)
        there = confined(lambda: opened.read(3), folder, user=user, readable=[data])
        assert (there, opened.read(3)) == (b"456", b"456")
