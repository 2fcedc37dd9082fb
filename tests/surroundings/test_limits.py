"""Narrow limits and odd homes: the services start, or one line says what is in the way."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

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
