"""`make lab` gives JupyterLab with the offline services, and takes both away again."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from autograder.root import ROOT
from tests.lab.running_lab import RunningLab


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], RunningLab]]:
    """Start a lab as `make lab LAB="--no-browser"` does; in the end, kill what is left."""
    started: list[RunningLab] = []
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_CONTROL"}
    # Runtime files and workspaces of the test do not mix with those of the user.
    environment |= {"JUPYTER_DATA_DIR": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    npm = tmp_path / "programs" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\ntouch '{tmp_path}/npm was asked'\n")
    npm.chmod(0o700)
    environment["PATH"] = f"{npm.parent}{os.pathsep}{environment['PATH']}"

    def lab() -> RunningLab:
        started.append(RunningLab(tmp_path / f"{len(started)}.log", environment))
        return started[-1]

    yield lab
    for running in started:
        running.kill()


def gone(processes: list[psutil.Process], seconds: float = 15) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_each_of_two_opens_the_course_and_ctrl_c_stops_all_that_is_its_own(
    start: Callable[[], RunningLab], tmp_path: Path
) -> None:
    lab, second = start(), start()
    assert lab.ready().url != second.ready().url
    page = lab.get("")
    assert page
    assert page.url.endswith("/lab/tree/course/start.ipynb")
    settings = json.loads(
        re.findall(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page.text, re.DOTALL)[0]
    )
    assert settings["serverRoot"].endswith(ROOT.name)
    assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]
    assert lab.get("api/contents/course/data-acquisition?content=0")

    kernel = lab.kernel()
    family = lab.family()
    assert kernel in family
    assert any("autograder.services" in " ".join(process.cmdline()) for process in family)

    lab.process.send_signal(signal.SIGINT)
    assert lab.process.wait(20) == 0
    assert gone(family)
    assert not (tmp_path / "npm was asked").exists()  # where it looks for servers it may never end

    assert second.get("api/status")
    assert all(process.is_running() for process in second.family())
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(20) == 0


def test_no_orphan_stays_when_it_is_killed(start: Callable[[], RunningLab]) -> None:
    lab = start().ready()
    family = lab.family()
    assert family
    lab.process.kill()
    assert gone(family)
