"""``python -m autograder.lab`` as tests start it, and what they ask its server."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
import requests

from autograder.root import ROOT

TOKEN = "a-token-for-the-test"
PATIENCE = 120.0
"""Seconds after which something is taken not to come."""

T = TypeVar("T")


class RunningLab:
    """A lab that was started; it may not answer yet.

    Args:
        log: File for what it prints.
        environment: Its variables.
        options: For JupyterLab, besides port and token.
    """

    def __init__(self, log: Path, environment: Mapping[str, str], *options: str) -> None:
        self.log = log
        command = [sys.executable, "-m", "autograder.lab", "--no-browser", "--port=0"]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, f"--IdentityProvider.token={TOKEN}", *options],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def until(self, condition: Callable[[], T]) -> T:
        """What the condition gives as soon as it holds; the test fails where it never does."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.1)
        pytest.fail(f"JupyterLab does not do it:\n{self.log.read_text()}")

    def ready(self) -> "RunningLab":
        """The lab, once its server answers."""
        self.until(lambda: self.url and self.get("api/status"))
        return self

    @property
    def url(self) -> str:
        """The server's address, which ends with a slash; empty before it is known."""
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.log.read_text())
        return found[0] if found else ""

    def get(self, path: str) -> requests.Response | None:
        """The server's answer; ``None`` where there is none, or it is an error."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, **json_body: object) -> requests.Response | None:
        """The same of any request."""
        with requests.Session() as session:
            session.trust_env = False  # no proxy
            session.headers["Authorization"] = f"token {TOKEN}"
            try:
                answer = session.request(
                    method, self.url + path, json=json_body or None, timeout=30
                )
            except requests.ConnectionError:
                return None
        return answer if answer.ok else None

    def family(self) -> list[psutil.Process]:
        """Every process that the lab has started, at any depth."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def kernel(self) -> psutil.Process:
        """The process of a new kernel."""
        assert self.ask("POST", "api/kernels", name="python3")
        return self.until(
            lambda: next((one for one in self.family() if "ipykernel" in str(one.cmdline())), None)
        )

    def kill(self) -> None:
        """End it, if it still runs; what it has started goes with it."""
        self.process.kill()
        self.process.wait()
