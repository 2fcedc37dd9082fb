"""Our command as a process to measure: its time, with feedback apart, its scores, its memory."""

import csv
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

Scores = dict[tuple[str, int], float]
"""Scores by student and exercise."""

SAMPLE = 0.05
"""Seconds between looks at the memory."""


@dataclass(frozen=True)
class Measured:
    """A run of the command.

    Attributes:
        seconds: Time without feedback.
        feedback: Time that feedback took.
        scores: What ``grades.csv`` holds.
        memory: Most memory that all its processes had together, in MB; 0 where nobody looked.
    """

    seconds: float
    feedback: float
    scores: Scores
    memory: float


def grade(
    submitted: Path, results: Path, workers: int, look: bool = False, fresh: bool = False
) -> Measured:
    """Grade submissions into a new folder.

    Args:
        submitted: Folder of submissions.
        results: Folder to be made.
        workers: Submissions at a time.
        look: Whether to look at the memory, which takes time.
        fresh: Whether on a fresh landscape, which is drawn and recorded first; else on the
            practice patch, as stock nbgrader does.
    """
    command = [sys.executable, "-m", "tests.benchmarks._ours", *([] if fresh else ["--practice"])]
    command += ["--workers", str(workers), str(submitted), str(results)]
    start = time.perf_counter()
    with (
        open(results.with_suffix(".log"), "w+", encoding="utf-8") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        memory = Memory(process.pid) if look else None
        output, _ = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode:
        said = results.with_suffix(".log").read_text("utf-8")
        raise SystemExit(f"the command failed:\n{output}{said[-2000:]}")
    feedback = json.loads(output.splitlines()[-1])
    return Measured(seconds - feedback, feedback, scores(results), memory.stop() if memory else 0.0)


def scores(results: Path) -> Scores:
    """The scores in ``grades.csv``."""
    with open(results / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {
            (row["student_id"], int(row["exercise"])): float(row["score"])
            for row in csv.DictReader(file)
        }


class Memory:
    """Looks at the memory of a process and all that it has started until `stop`."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE):
            self._most = max(self._most, proportional(self._root))

    def stop(self) -> float:
        """The most memory seen, in MB."""
        self._ended.set()
        self._thread.join()
        return self._most


def proportional(root: psutil.Process) -> float:
    """Memory of a process and its descendants in MB; what they share counts once."""
    total = 0
    try:
        for process in [root, *root.children(recursive=True)]:
            with process.oneshot():
                total += process.memory_full_info().pss
    except psutil.NoSuchProcess:
        pass  # ended in the meantime: the next look is complete
    return total / 1e6


def main() -> None:
    """Be the command, and print at last how many seconds feedback took."""
    from autograder.grading import __main__ as command
    from autograder.grading.reports import everything, feedback

    write_feedback, seconds = feedback.write_feedback, [0.0]

    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return write_feedback(*arguments)
        finally:
            seconds[0] = time.perf_counter() - start

    setattr(everything, "write_feedback", timed)  # noqa: B010 - the name that the command uses
    status = command.main()
    print(json.dumps(seconds[0]))
    sys.exit(status)


if __name__ == "__main__":
    main()
