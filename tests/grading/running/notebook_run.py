"""Run cells as a submission's process does, in a process of its own, and see what it hands over."""

import atexit
import base64
import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from autograder.checks.showing.catch_up import values_file
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.evidence import Packed
from autograder.grading.limits import Limits
from autograder.grading.sandbox import clean_environment, home_in
from autograder.patches import PRACTICE
from autograder.root import ROOT

Output = dict[str, Any]


@dataclass
class Seen:
    """What came of a run, as a `Contact` sees it; it answers like one.

    Attributes:
        outputs: By index of the cell.
        handed: Index of the check cell, number of the exercise and evidence, in order.
        wanted: For each of them, the exercises of which values were asked for.
        ended: Whether the run went on to the last cell.
        hashed: Whether only a hash is kept of each array: those of all known answers to the
            exercises of a notebook take 230 MB, which the process would not give back.
    """

    outputs: dict[int, list[Output]] = field(default_factory=dict)
    handed: list[tuple[int, int, Packed]] = field(default_factory=list)
    wanted: list[list[int]] = field(default_factory=list)
    ended: bool = False
    hashed: bool = False
    _running: int = -1

    def begin(self, index: int) -> None:
        """A cell begins."""
        self._running = index

    def end(self, index: int, outputs: Sequence[Output]) -> None:
        """A cell ends."""
        self.outputs[index] = [dict(output) for output in outputs]

    def hand_over(self, number: int, packed: Packed, wanted: Collection[int]) -> dict[int, bytes]:
        """Evidence comes."""
        if self.hashed:
            hashes = (hashlib.sha256(array).digest() for array in packed.arrays)
            packed = Packed(packed.description, tuple(hashes))
        self.handed.append((self._running, number, packed))
        self.wanted.append(list(wanted))
        known = {other for _, other, _ in self.handed}
        return {other: _values(other) for other in wanted if other in known}

    def values(self, number: int) -> bytes | None:
        """Values are asked for; those of all exercises may be had."""
        return _values(number)

    def text(self, index: int, name: str = "stdout") -> str:
        """What a cell wrote to a stream."""
        streams = [out for out in self.outputs[index] if out.get("name") == name]
        return "".join(str(out["text"]) for out in streams)

    def result(self, index: int) -> str:
        """The text of a cell's result."""
        results = [out for out in self.outputs[index] if out["output_type"] == "execute_result"]
        return str(results[-1]["data"]["text/plain"]) if results else ""

    def error(self, index: int) -> str:
        """The error of a cell, in one line."""
        errors = [out for out in self.outputs[index] if out["output_type"] == "error"]
        return f"{errors[-1]['ename']}: {errors[-1]['evalue']}" if errors else ""


def _values(number: int) -> bytes:
    return values_file(PRACTICE / "expectations", number).read_bytes()


class Interrupting(Seen):
    """Sends SIGINT to its own process some time after a cell began, or between two cells.

    Attributes:
        after: Seconds by index of the cell; 0 for at once, before it runs.
    """

    after: Mapping[int, float]

    def begin(self, index: int) -> None:
        """A cell begins."""
        super().begin(index)
        seconds = self.after.get(index)
        if seconds == 0:
            os.kill(os.getpid(), signal.SIGINT)
        elif seconds:
            threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()


def cells(*sources: str | tuple[str, str]) -> list[Cell]:
    """Cells of a notebook: code, or id and code of one of the course's.

    ``("check-3", "")`` is a check cell, ``("exercise-3", code)`` an answer and ``("given-01",
    code)`` a given cell; code alone is an extra cell.
    """
    made = []
    for index, source in enumerate(sources):
        name, code = (f"extra-{index}", source) if isinstance(source, str) else source
        kind, _, number = name.partition("-")
        exercise = int(number) if kind in ("exercise", "check") else 0
        made.append(Cell(index, name, kind, exercise, code))  # type: ignore[arg-type]
    return made


@dataclass(frozen=True)
class Warm:
    """A process with everything imported, which forks another one for each run."""

    process: "subprocess.Popen[str]"
    errors: IO[str]

    def ask(self, order: dict[str, Any]) -> Any:
        """Have something run."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        self.errors.seek(0)
        assert answer.strip(), self.errors.read()
        return json.loads(answer)


@cache
def warm() -> Warm:
    """The process, which ends with this one."""
    errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  # open as long as the process
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        env={**clean_environment(), "PYTHONPATH": str(ROOT)},
    )
    atexit.register(process.wait)
    assert process.stdin
    atexit.register(process.stdin.close)
    return Warm(process, errors)


def run(
    notebook: Sequence[Cell],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    interrupts: Mapping[int, float] | None = None,
    hashed: bool = False,
) -> Seen:
    """Run cells in a new process, with ``folder`` as its working folder."""
    with tempfile.TemporaryDirectory() as home:
        told = warm().ask(
            {
                "cells": [asdict(cell) for cell in notebook],
                "limits": asdict(limits or Limits()),
                "interrupts": list((interrupts or {}).items()),
                "hashed": hashed,
                "environment": {**clean_environment(home_in(Path(home))), **(environment or {})},
                "folder": str(folder),
            }
        )
    handed = [
        (index, number, Packed(decode(description), tuple(map(decode, arrays))))
        for index, number, description, arrays in told["handed"]
    ]
    outputs = {int(index): shown for index, shown in told["outputs"].items()}
    return Seen(outputs, handed, told["wanted"], told["ended"])


def decode(text: str) -> bytes:
    """Bytes from json."""
    return base64.b64decode(text)


def encode(content: bytes) -> str:
    """Bytes as json."""
    return base64.b64encode(content).decode()


def main() -> None:
    """Fork a process for each order on standard input; it answers on standard output."""
    from autograder.grading.processes.prefork import import_everything

    import_everything()
    for line in sys.stdin:
        if not os.fork():
            try:
                told = carry_out(json.loads(line))
                os.write(1, json.dumps(told).encode())
            except BaseException:
                os.write(2, traceback.format_exc().encode())
            finally:
                os._exit(0)
        os.wait()
        os.write(1, b"\n")


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Run the cells of an order; returns what came of it."""
    from autograder.grading.processes.prefork import after_fork
    from autograder.grading.running.runner import run_cells

    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    after_fork()
    seen = Interrupting()
    seen.after, seen.hashed = dict(order["interrupts"]), order["hashed"]
    with contextlib.suppress(SystemExit):
        run_cells([Cell(**cell) for cell in order["cells"]], seen, Limits(**order["limits"]))
        seen.ended = True
    handed = [
        (index, number, encode(packed.description), list(map(encode, packed.arrays)))
        for index, number, packed in seen.handed
    ]
    content = {"outputs": seen.outputs, "handed": handed, "wanted": seen.wanted}
    return {**content, "ended": seen.ended}


if __name__ == "__main__":
    main()
