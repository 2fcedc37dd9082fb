"""`make lab` among all traps: JupyterLab opens the course, and its kernels are the course's."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.request import ProxyHandler, Request, build_opener

import psutil
import pytest

from autograder.root import ROOT
from autograder.surroundings import SETTLED, is_foreign
from tests.surroundings.traps import environment

TOKEN = "a-token-for-the-test"
START_LIMIT = 120.0


T = TypeVar("T")


@dataclass
class Lab:
    """A running ``python -m autograder.lab``."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def until(self, condition: Callable[[], T]) -> T:
        """What the condition gives as soon as it holds."""
        deadline = time.monotonic() + START_LIMIT
        while self.process.poll() is None and time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.2)
        pytest.fail(self.log.read_text())

    def ask(self, path: str, content: object = None) -> object:
        """Ask JupyterLab's server; None where it does not answer yet."""
        address = re.search(r"http://127\.0\.0\.1:\d+/", self.log.read_text())
        if not address:
            return None
        body = None if content is None else json.dumps(content).encode()
        request = Request(address[0] + path, body, {"Authorization": f"token {TOKEN}"})
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
                return json.load(answer)
        except OSError:
            return None

    def kernel(self) -> psutil.Process:
        """A new kernel's process."""
        self.until(lambda: self.ask("api/kernels", {"name": "python3"}))
        children = psutil.Process(self.process.pid).children
        found = self.until(lambda: [p for p in children(True) if "ipykernel" in str(p.cmdline())])
        return found[0]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[dict[str, str]], Lab]]:
    started: list[Lab] = []

    def lab(variables: dict[str, str]) -> Lab:
        log = tmp_path / "log"
        options = ["--no-browser", "--port=0", f"--IdentityProvider.token={TOKEN}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "autograder.lab", *options],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        started.append(Lab(process, log))
        return started[0]

    yield lab
    for running in started:
        running.process.kill()
        running.process.wait()


def test_its_kernels_start_from_a_known_environment(
    start: Callable[[dict[str, str]], Lab], tmp_path: Path
) -> None:
    lab = start(environment(tmp_path))
    assert lab.until(lambda: lab.ask("api/contents/course/start.ipynb?content=0"))
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
    home: str, start: Callable[[dict[str, str]], Lab]
) -> None:
    variables = {"PATH": os.environ["PATH"], "HOME": home}
    lab = start(variables if home else {"PATH": variables["PATH"]})
    assert lab.kernel().is_running()
    assert ("your progress ends with this session" in lab.log.read_text()) is bool(home)
    assert "Traceback" not in lab.log.read_text()
