"""``rehearse()`` in a notebook: beside the kernel, and gone with it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from autograder.services import Services
from tests.checks.notebook_stand_in import EXERCISES, START
from tests.rehearsal.rehearsing import saved


class Kernel:
    """A kernel in a folder of notebooks, as JupyterLab starts it for one of them."""

    def __init__(self, folder: Path, notebook: Path, cache: Path, services: Services) -> None:
        environment = {
            **os.environ,
            **services.environment,
            "XDG_CACHE_HOME": str(cache),
            "JPY_SESSION_NAME": str(notebook),
            "TMPDIR": str(folder),
            "JUPYTER_DATA_DIR": str(folder.parent / "progress"),
        }
        self.manager, self.client = start_new_kernel(
            kernel_name="python3",
            env=environment,
            cwd=str(folder),
            extra_arguments=["--log-level=ERROR"],
        )

    def run(self, code: str, hear: Callable[[str], None] = lambda words: None) -> dict[str, Any]:
        """Run a cell; what it prints is heard. Returns its result, or its error."""
        found: dict[str, Any] = {}

        def take(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                hear(content["text"])
            found.update(content if message["msg_type"] == "error" else content.get("data", {}))

        self.client.execute_interactive(code, output_hook=take, timeout=120)
        return found

    def rehearsals(self) -> list[psutil.Process]:
        """Processes below this kernel that belong to a rehearsal."""
        provisioner = self.manager.provisioner
        assert isinstance(provisioner, LocalProvisioner)
        below = psutil.Process(provisioner.pid).children(recursive=True)
        return [one for one in below if "autograder.rehearsal" in " ".join(one.cmdline())]


@pytest.fixture
def kernel(tmp_path: Path, cache: Path) -> Iterator[Kernel]:
    own = tmp_path / "own"
    notebook = next(saved(own).glob("04-*"))
    for other in notebook.parent.glob("0[1235]-*"):
        other.unlink()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with Services() as services:
        one = Kernel(scratch, notebook, cache, services)
        one.run(START)
        yield one
        one.client.stop_channels()
        one.manager.shutdown_kernel(now=True)
        one.manager.cleanup_resources()


def test_it_shows_the_cards_of_the_notebooks_beside_this_one(kernel: Kernel) -> None:
    shown = kernel.run("rehearse()")
    assert shown["text/plain"].startswith("Rehearsal: 5 of 5 points")
    assert "04-maps.ipynb" in shown["text/plain"]
    assert shown["text/html"].count("<details") == 1  # the card, folded as all is right
    assert kernel.run("progress()")["text/plain"].count("not checked yet") == len(EXERCISES)


def test_an_interrupt_ends_it_and_leaves_nothing(kernel: Kernel, tmp_path: Path) -> None:
    started: list[psutil.Process] = []

    def interrupt(words: str) -> None:
        if "Running" in words:
            started.extend(kernel.rehearsals())
            kernel.manager.interrupt_kernel()

    assert "stopped" in kernel.run("rehearse()", interrupt)["text/plain"]
    assert started
    psutil.wait_procs(started, timeout=20)
    assert not kernel.rehearsals()
    assert not [path for path in (tmp_path / "scratch").iterdir() if "rehearsal" in path.name]
    assert kernel.run("1 + 1")["text/plain"] == "2"


def test_it_ends_with_a_kernel_that_is_killed(kernel: Kernel) -> None:
    kernel.client.execute("rehearse()")
    until = time.monotonic() + 60
    while not (started := kernel.rehearsals()) and time.monotonic() < until:
        time.sleep(0.1)
    kernel.manager.shutdown_kernel(now=True)
    _, alive = psutil.wait_procs(started, timeout=20)
    assert started
    assert not alive


def test_code_that_is_not_in_the_file_is_named_with_the_time_of_saving(kernel: Kernel) -> None:
    kernel.run("import os; notebook = os.environ['JPY_SESSION_NAME']; os.utime(notebook, (0, 0))")
    kernel.run("# written since\nmine = 1")
    assert "04-maps.ipynb` was saved at" in kernel.run("rehearse()")["text/plain"]


def test_without_notebooks_it_says_so_in_a_line(kernel: Kernel) -> None:
    kernel.run("import os; os.remove(os.environ['JPY_SESSION_NAME'])")
    shown = kernel.run("rehearse()")
    assert shown["ename"] == "CourseError"
    assert "no notebook of the course" in shown["evalue"]
    assert len(shown["traceback"]) == 1
