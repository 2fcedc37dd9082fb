"""What a process gets to know of whoever grades, and what it may read."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from autograder.grading.sandbox import clean_environment, home_in, places, readable_paths
from autograder.patches import PRACTICE
from autograder.root import ROOT
from utils.errors import CourseError

SECRETS = ["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "PASSWORD", "SSH_AUTH_SOCK", "HOME", "SEED"]


def test_secrets_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("TZ", "Europe/Paris")
    environment = clean_environment({"HTTPS_PROXY": "http://127.0.0.1:1"})
    assert not {*SECRETS} & environment.keys()
    assert environment["TZ"] == "Europe/Paris"
    assert environment["HTTPS_PROXY"] == "http://127.0.0.1:1"


def test_python_starts_with_what_is_passed_on() -> None:
    subprocess.run([sys.executable, "-c", "import numpy"], env=clean_environment(), check=True)


def test_libraries_keep_their_files_in_the_folder(tmp_path: Path) -> None:
    code = (
        "import os, tempfile, matplotlib;"
        "print(tempfile.gettempdir(), matplotlib.get_configdir(), os.path.expanduser('~'))"
    )
    command = [sys.executable, "-c", code]
    environment = {**clean_environment(), **home_in(tmp_path)}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) == {str(tmp_path)}


def reachable(path: Path) -> bool:
    return any(path.resolve().is_relative_to(place) for place in readable_paths())


def test_the_environment_and_the_checker_are_readable() -> None:
    import numpy as np

    modules = [np.__file__, os.__file__, str(ROOT / "utils/errors.py")]
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    for name in (*modules, *(sysconfig.get_path(kind) for kind in kinds)):
        assert reachable(Path(name)), name


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/etc", "/proc", "/tmp", "/home", "/root", "/var", "/usr/bin", "/dev"),
        *(str(ROOT / name) for name in ("solutions", "course", "tests", ".git", "pyproject.toml")),
        *map(str, (ROOT, Path.home(), PRACTICE, PRACTICE / "expectations", Path(sys.prefix))),
    ],
)
def test_the_rest_is_not_readable(path: str) -> None:
    assert not reachable(Path(path))
    assert not any(place.is_relative_to(PRACTICE) for place in readable_paths())


def test_all_readable_places_exist() -> None:
    assert all(place.exists() for place in readable_paths())


def test_a_course_inside_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = Path(sysconfig.get_path("purelib")).resolve() / "course"
    monkeypatch.setattr(places, "ROOT", inside)
    with pytest.raises(CourseError, match="which submissions have to read"):
        readable_paths.__wrapped__()
