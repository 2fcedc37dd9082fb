"""`make lab` among all traps: JupyterLab opens the course, and its kernels are the course's."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.root import ROOT
from autograder.surroundings import SETTLED, is_foreign
from tests.lab.running_lab import RunningLab
from tests.surroundings.traps import environment


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[dict[str, str]], RunningLab]]:
    started: list[RunningLab] = []

    def lab(variables: dict[str, str]) -> RunningLab:
        started.append(RunningLab(tmp_path / "log", variables))
        return started[0].ready()

    yield lab
    for running in started:
        running.kill()


def test_its_kernels_start_from_a_known_environment(
    start: Callable[[dict[str, str]], RunningLab], tmp_path: Path
) -> None:
    lab = start(environment(tmp_path))
    assert lab.get("api/contents/course/start.ipynb?content=0")
    variables = lab.kernel().environ()
    given = {"JUPYTER_CONFIG_PATH", "JUPYTER_PREFER_ENV_PATH", "IPYTHONDIR", *SETTLED}
    given |= {"PYTHONPATH", "PYTHONUTF8"}
    inherited = {n for n in filter(is_foreign, variables) if str(tmp_path) in variables[n]}
    assert not inherited
    foreign = {n for n in filter(is_foreign, variables) if not n.startswith("AWS_")} - given
    services = ("_PROXY", "_BUNDLE", "SSL_CERT_FILE")
    assert all(name.upper().endswith(services) for name in foreign), foreign
    assert variables["PYTHONPATH"] == str(ROOT)


@pytest.mark.parametrize("home", ["/proc/nobody", ""])
def test_without_a_home_folder_it_says_what_is_lost(
    home: str, start: Callable[[dict[str, str]], RunningLab]
) -> None:
    variables = {"PATH": os.environ["PATH"], "HOME": home}
    lab = start(variables if home else {"PATH": variables["PATH"]})
    assert lab.kernel().is_running()
    assert ("your progress ends with this session" in lab.log.read_text()) is bool(home)
    assert "Traceback" not in lab.log.read_text()
