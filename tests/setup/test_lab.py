"""`make lab` gives JupyterLab with the offline services, and takes both away again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests

from autograder.root import ROOT

TOKEN = "a-token-for-the-test"
START_LIMIT = 60.0


@dataclass
class Lab:
    """A running ``python -m autograder.lab``; `url` ends with a slash."""

    process: subprocess.Popen[bytes]
    url: str

    def get(self, path: str) -> requests.Response:
        return self.ask("GET", path)

    def ask(self, method: str, path: str, **json_body: object) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False  # no proxy
            headers = {"Authorization": f"token {TOKEN}"}
            return session.request(
                method, self.url + path, headers=headers, json=json_body or None, timeout=30
            )

    def family(self) -> list[psutil.Process]:
        """Every process that the lab has started, at any depth."""
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Lab]]:
    """Start a lab as `make lab LAB="--no-browser"` does; in the end, kill what is left."""
    processes: list[subprocess.Popen[bytes]] = []
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_CONTROL"}
    # Runtime files and workspaces of the test do not mix with those of the user.
    environment |= {"JUPYTER_DATA_DIR": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    npm = tmp_path / "programs" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\ntouch '{tmp_path}/npm was asked'\n")
    npm.chmod(0o700)
    environment["PATH"] = f"{npm.parent}{os.pathsep}{environment['PATH']}"
    options = ["--no-browser", "--port=0", f"--IdentityProvider.token={TOKEN}"]

    def lab() -> Lab:
        log = tmp_path / f"{len(processes)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "autograder.lab", *options],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        processes.append(process)
        deadline = time.monotonic() + START_LIMIT
        while process.poll() is None and time.monotonic() < deadline:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()):
                started = Lab(process, found[0])
                wait_for_answer(started)
                return started
            time.sleep(0.1)
        pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")

    yield lab
    for process in processes:
        process.kill()
        process.wait()


def wait_for_answer(lab: Lab) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        try:
            if lab.get("api/status").ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    pytest.fail("JupyterLab does not answer")


def gone(processes: list[psutil.Process], seconds: float = 15) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_it_opens_the_course_and_ctrl_c_stops_everything(
    start: Callable[[], Lab], tmp_path: Path
) -> None:
    lab = start()
    page = lab.get("")
    assert page.ok
    assert page.url.endswith("/lab/tree/course/start.ipynb")
    settings = json.loads(
        re.findall(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page.text, re.DOTALL)[0]
    )
    assert settings["serverRoot"].endswith(ROOT.name)
    assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]
    assert lab.get("api/contents/course/data-acquisition?content=0").ok

    assert lab.ask("POST", "api/kernels", name="python3").ok
    family = lab.family()
    commands = [" ".join(process.cmdline()) for process in family]
    assert any("autograder.services" in command for command in commands)
    assert any("ipykernel" in command for command in commands)

    lab.process.send_signal(signal.SIGINT)
    assert lab.process.wait(20) == 0
    assert gone(family)
    assert not (tmp_path / "npm was asked").exists()  # where it looks for servers it may never end


def test_a_second_one_works_beside_the_first(start: Callable[[], Lab]) -> None:
    first, second = start(), start()
    assert first.url != second.url
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(20) == 0
    assert second.get("api/status").ok
    assert all(process.is_running() for process in second.family())
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(20) == 0


def test_no_orphan_stays_when_it_is_killed(start: Callable[[], Lab]) -> None:
    lab = start()
    family = lab.family()
    assert family
    lab.process.kill()
    assert gone(family)
