"""Run all solved notebooks in a process of their own, shut in or not: ``python -m … FOLDER``."""

import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from autograder.checks.notebook.names import is_course_call
from autograder.grading.limits import Limits
from autograder.grading.processes.prefork import after_fork, import_everything
from autograder.grading.sandbox import (
    NetworkBroker,
    Watch,
    clean_environment,
    confine,
    die_with_parent,
    home_in,
    missing,
    readable_paths,
)
from autograder.notebooks.source import read_all
from autograder.patches import PRACTICE, World
from autograder.services.lifetime.instance import Instance


def cells() -> list[str]:
    """The code of all notebooks but calls of the course, which need a classroom."""
    sources = []
    for notebook in read_all():
        for cell in notebook.cells:
            if cell.exercise:
                sources.append(cell.exercise.solution)
            elif cell.kind == "given" and not is_course_call(cell.source):
                sources.append(cell.source)
    return sources


def run(sources: list[str]) -> dict[str, Any]:
    """What the cells leave behind: their problems, and the sums of their arrays."""
    import matplotlib.pyplot as plt
    import numpy as np
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    plt.switch_backend("agg")
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    problems = []
    for source in sources:
        result = shell.run_cell(source, silent=True)
        plt.close("all")
        if problem := result.error_before_exec or result.error_in_exec:
            problems.append(f"{problem!r} in {source[:60]!r}")
    arrays = {
        name: float(np.nansum(value))
        for name, value in shell.user_ns.items()
        if type(value) is np.ndarray and value.dtype.kind in "iuf"
    }
    return {"problems": problems, "arrays": arrays}


def child(wire: socket.socket, folder: Path, broker: NetworkBroker, sources: list[str]) -> None:
    """Wait for the environment, run the cells, send what they leave."""
    die_with_parent()
    order = json.loads(wire.recv(100_000))
    os.environ.clear()
    os.environ.update({**clean_environment(order["environment"]), **home_in(folder)})
    os.chdir(folder)
    after_fork()
    if order["confined"]:
        readable = [*readable_paths(), Path(order["bundle"])]
        confine(folder, readable, broker, Limits(), keep=[2, wire.fileno()])
    os.dup2(2, 1)
    wire.sendall(json.dumps(run(sources)).encode())


def outcome(folder: Path, sources: list[str], *, confined: bool) -> dict[str, Any]:
    """Run the cells in a child that is served here."""
    (ours, theirs), broker = socket.socketpair(), NetworkBroker()
    pid = os.fork()
    if not pid:
        try:
            child(theirs, folder, broker, sources)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    theirs.close()
    watch = Watch(pid, folder, Limits())
    services = Instance(World.load(PRACTICE), control=False, only_own_authority=True)
    broker.open(services.port)
    order = {
        "environment": services.environment,
        "bundle": str(services.bundle),
        "confined": confined,
    }
    ours.sendall(json.dumps(order).encode())
    found: dict[str, Any] = json.loads(ours.recv(1_000_000))
    found["exceeded"] = watch.exceeded()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    services.close()
    return found


def main() -> None:
    """Compare a process that is shut in with one that is not."""
    missing()
    readable_paths()
    import_everything()
    sources = cells()
    free = Path(sys.argv[1], "free")
    shut = Path(sys.argv[1], "shut")
    for folder in (free, shut):
        folder.mkdir()
    found = {
        "free": outcome(free, sources, confined=False),
        "shut": outcome(shut, sources, confined=True),
        "files": [sorted(path.name for path in folder.iterdir()) for folder in (free, shut)],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
