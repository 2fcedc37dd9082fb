"""Narrow limits and odd homes: the services start, or one line says what is in the way."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.root import ROOT

START = """
from autograder.services import ensure_services
from utils.errors import CourseError
from utils.reference import NUTS_URL

try:
    ensure_services()
except CourseError as error:
    print(error)
else:
    import requests
    from utils import get_file_system

    get_file_system().pipe("my-bucket/file", b"content")
    print(requests.get(NUTS_URL, timeout=10).status_code)
"""

LIMITS = {
    "few open files": (resource.RLIMIT_NOFILE, 200),
    "small files": (resource.RLIMIT_FSIZE, 1_000_000),
    "no core files": (resource.RLIMIT_CORE, 0),
}
"""Hard limits as shells set them, within which there is enough room."""


def started(variables: dict[str, str], limits: tuple[int, int] | None = None) -> str:
    """What is printed by a process that starts the services, with nothing on standard error."""
    allowed = {name: os.environ[name] for name in ("PATH",)}
    narrow = (
        f"import resource; resource.setrlimit({limits[0]}, ({limits[1]}, {limits[1]}))\n"
        if limits
        else ""
    )
    done = subprocess.run(
        [sys.executable, "-c", narrow + START],
        env=allowed | variables,
        capture_output=True,
        text=True,
        umask=0o077,
        check=False,
        timeout=120,
    )
    assert not done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", LIMITS)
def test_narrow_limits_are_wide_enough(name: str) -> None:
    assert started({}, LIMITS[name]) == "200"


def test_files_that_may_not_be_large_enough_are_named_in_one_line(tmp_path: Path) -> None:
    said = started({"TMPDIR": str(tmp_path)}, (resource.RLIMIT_FSIZE, 50_000))
    assert "cannot write" in said
    assert "File too large" in said
    assert "`ulimit -f unlimited`" in said
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


KERNEL = """
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
shell.run_cell("from autograder import start_course; start_course()")
"""

COMMANDS = {
    "the first cell": ["-c", KERNEL],
    "make lab": ["-m", "autograder.lab", "--no-browser"],
    "make services": ["-m", "autograder.services"],
    "make grade": ["-m", "autograder.grading", "submitted", "results"],
    "make rehearse": ["-m", "autograder.rehearsal"],
}

TOO_NARROW = {
    # Python imports with fewer files than the course needs.
    "files": ("ulimit -n 60", "`ulimit -n 1024`"),
    # A thread whose stack fits nowhere is refused, to root as well.
    "threads": ("ulimit -s 34359738368", "Stop programs and kernels"),
}
"""Hard limits that leave too little room, and what to do about it."""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", TOO_NARROW)
def test_a_limit_that_leaves_too_little_room_is_named_first(
    kind: str, command: str, tmp_path: Path
) -> None:
    limit, todo = TOO_NARROW[kind]
    done = subprocess.run(
        ["bash", "-c", f'{limit} && exec "$@"', "bash", sys.executable, *COMMANDS[command]],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if "Too few" in line]
    assert len(said) == 1, done.stdout + done.stderr
    assert todo in said[0]
    assert "Traceback" not in done.stdout + done.stderr
    assert (done.returncode == 0) is (command == "the first cell")
    assert not (tmp_path / "results").exists()


def test_a_soft_limit_on_files_is_raised() -> None:
    code = (
        "from autograder.surroundings.machine import demand_limits\n"
        "demand_limits()\nprint('enough')"
    )
    command = ["bash", "-c", 'ulimit -Sn 40 && exec "$@"', "bash", sys.executable, "-c", code]
    assert subprocess.check_output(command, cwd=ROOT, text=True) == "enough\n"


@pytest.mark.parametrize(
    "variables",
    [
        *({"HOME": ""}, {"HOME": "/dev/null"}, {"HOME": "/proc"}, {"TMPDIR": "/proc/nowhere"}),
        *({"LANG": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
        *({"TZ": "Nowhere/Land"}, {"OMP_NUM_THREADS": "none", "OPENBLAS_NUM_THREADS": "-1"}),
    ],
    ids=str,
)
def test_an_odd_home_language_or_folder_changes_nothing(variables: dict[str, str]) -> None:
    assert started(variables) == "200"
