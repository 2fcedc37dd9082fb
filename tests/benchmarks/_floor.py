"""The least that running a submission can cost: ``python -m tests.benchmarks._floor SUBMITTED``.

The same cells are executed in a process that was forked from a warm one. There is no kernel, no
sandbox, no evidence, no verdict, no gradebook and no feedback. Prints seconds for each submission.
"""

import ast
import base64
import contextlib
import io
import json
import os
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autograder import classroom
from autograder.grading.processes.prefork import import_everything
from autograder.root import ASSIGNMENT


def run(submission: Path, own_figures: bool) -> None:
    """Fork a process for the services of one submission, and from it one for its code."""
    from autograder.patches import PRACTICE, World
    from autograder.services.lifetime.instance import Instance

    ours, theirs = Pipe()
    if not os.fork():
        ours.close()
        _in_process(lambda: execute(submission, theirs, own_figures))
    theirs.close()
    services = Instance(World.load(PRACTICE), control=False, only_own_authority=True)
    try:
        ours.send((services.environment, str(services.folder)))
        os.wait()
    finally:
        services.close()


def execute(submission: Path, wire: Connection, own_figures: bool) -> None:
    """Run all code cells of all notebooks, each notebook with names of its own."""
    import matplotlib

    matplotlib.use("agg")
    environment, folder = wire.recv()
    os.environ.update(environment)
    urllib.request.install_opener(urllib.request.build_opener())
    os.chdir(folder)
    nothing = SimpleNamespace(start=_nothing, hint=_nothing, catch_up=_nothing, progress=_nothing)
    classroom.enter(nothing)
    for file in sorted(submission.glob("*.ipynb")):
        names: dict[str, Any] = {"__name__": "__main__"}
        for cell in json.loads(file.read_bytes())["cells"]:
            if cell["cell_type"] == "code" and not cell["id"].startswith("check-"):
                with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
                    shown = _exec("".join(cell["source"]), names)
                    _show(shown)
                _draw(wanted=not own_figures or cell["id"].startswith("exercise-"))


def _nothing(*_: object) -> None:
    pass


def _exec(source: str, names: dict[str, Any]) -> Any:
    """Execute a cell; returns the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def _show(value: Any) -> None:
    """Describe a value as a notebook does."""
    if value is not None:
        repr(value)
        getattr(value, "_repr_html_", _nothing)()


def _draw(wanted: bool) -> None:
    """Draw every open figure once, and close it."""
    import matplotlib.pyplot as plt

    for number in plt.get_fignums() if wanted else ():
        picture = io.BytesIO()
        plt.figure(number).savefig(
            picture, format="png", bbox_inches="tight", pil_kwargs={"compress_level": 1}
        )
        base64.b64encode(picture.getvalue())
    plt.close("all")


def _in_process(work: Callable[[], None]) -> None:
    """Do what a forked process is for, and end it."""
    try:
        work()
    except BaseException as problem:
        print(repr(problem), file=sys.stderr)
        os._exit(1)
    os._exit(0)


def main(submitted: Path, own_figures: bool) -> None:
    """Print a list of seconds, one for each submission."""
    import_everything()  # before anything imports numpy: it must not start threads
    seconds = []
    for folder in sorted(submitted.iterdir()):
        start = time.perf_counter()
        if not os.fork():
            _in_process(partial(run, folder / ASSIGNMENT, own_figures))
        _, status = os.wait()
        if status:
            raise SystemExit(f"{folder} could not be run")
        seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]), own_figures=sys.argv[2:] == ["--own-figures"])
