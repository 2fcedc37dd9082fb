"""Grading beside stock nbgrader and beside the least that running the cells can cost.

All three take the same submissions on this machine, one at a time, on the practice patch. Ours and
the floor run before and after stock nbgrader, so that what else this machine does hits all alike.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from tests.benchmarks import _ours, _stock
from tests.benchmarks._ours import Measured
from tests.benchmarks._submissions import SOLUTIONS, hand_in_various

COUNT = 20
"""Submissions for the comparison."""

GROWTH = (5, 10, 20, 40)
WORKERS = (1, 2)

LOOKED_AT = 8
"""Submissions that are graded to measure memory."""


class Bench:
    """Runs things in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0

    def new(self) -> Path:
        """A folder for one run."""
        self._runs += 1
        folder = self._folder / str(self._runs)
        folder.mkdir()
        return folder

    def submitted(self, count: int) -> Path:
        """A folder with some submissions."""
        folder = self._folder / f"submitted-{count}"
        if not folder.exists():
            hand_in_various(folder, count)
        return folder

    def ours(self, count: int, workers: int, look: bool = False) -> Measured:
        """Our command."""
        return _ours.grade(self.submitted(count), self.new() / "results", workers, look)

    def stock(self, count: int) -> tuple[float, _ours.Scores]:
        """Stock nbgrader."""
        return _stock.grade(self.submitted(count), self.new())

    def floor(self, count: int, *flags: str) -> float:
        """The least: the seconds of a whole run, imports included."""
        command = [sys.executable, "-m", "tests.benchmarks._floor", str(self.submitted(count))]
        start = time.perf_counter()
        subprocess.run(
            [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        return time.perf_counter() - start


def line(name: str, seconds: float, count: int, note: str = "") -> None:
    """Print how long a number of submissions took."""
    each, rate = seconds / count, 60 * count / seconds
    print(
        f"{name:44s} {seconds:8.1f} s {each:7.2f} s each {rate:7.1f} / min  {note}".rstrip(),
        flush=True,
    )


def compare(bench: Bench) -> tuple[float, float]:
    """Print the comparison; returns how often ours fits into stock, and the floor into ours."""
    print(f"{COUNT} submissions of five notebooks: solved, blank, and with mistakes; one at a time")
    runs, floors = [bench.ours(COUNT, 1)], [bench.floor(COUNT)]
    stock, stock_scores = bench.stock(COUNT)
    floors.append(bench.floor(COUNT))
    runs.append(bench.ours(COUNT, 1))
    ours, floor = fmean(run.seconds for run in runs), fmean(floors)
    line("stock nbgrader autograde", stock, COUNT)
    line("this project, without feedback", ours, COUNT)
    line("  feedback, apart", fmean(run.feedback for run in runs), COUNT)
    line("floor: the same cells in a warm forked process", floor, COUNT)
    own = bench.floor(COUNT, "--own-figures")
    line("  and only figures of learners' own cells drawn", own, COUNT)
    different = {
        key: (score, stock_scores[key])
        for run in runs
        for key, score in run.scores.items()
        if score != stock_scores[key]
    }
    print(f"equal scores: {'no' if different else 'yes'} ({len(stock_scores)} compared)")
    for (student, exercise), (score, stock_score) in sorted(different.items()):
        print(f"  {student}, exercise {exercise}: {score:g}, stock {stock_score:g}")
    return stock / ours, ours / floor


def growth(bench: Bench) -> None:
    """Print how the cost grows with submissions and workers."""
    print("\nseconds (and seconds each) by submissions and workers")
    print(f"{'submissions':>12}" + "".join(f"{f'workers {n}':>20}" for n in WORKERS))
    for count in GROWTH:
        runs = [bench.ours(count, workers).seconds for workers in WORKERS]
        shown = "".join(f"{seconds:11.1f} ({seconds / count:5.2f})" for seconds in runs)
        print(f"{count:12}  {shown}", flush=True)


def memory(bench: Bench) -> None:
    """Print what one worker more takes."""
    few, more = (bench.ours(LOOKED_AT, workers, look=True).memory for workers in WORKERS)
    print(f"\nmemory of all processes, at most: {few:.0f} MB with {WORKERS[0]} worker")
    print(f"memory for an extra worker: {(more - few) / (WORKERS[1] - WORKERS[0]):.0f} MB")


def main() -> None:
    """Print all measurements; the last line sums up."""
    if not any(SOLUTIONS.glob("*.ipynb")):
        print("no solved notebooks: run make notebooks")
        return
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        to_stock, to_floor = compare(bench)
        growth(bench)
        memory(bench)
    print(f"\ngrading: {to_stock:.1f} x stock nbgrader, {to_floor:.1f} x the floor")


if __name__ == "__main__":
    main()
