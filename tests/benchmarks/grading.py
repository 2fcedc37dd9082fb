"""Grading beside stock nbgrader and beside the least that running the cells can cost.

All take the same submissions on this machine, on the practice patch; ours once more on a fresh
landscape, as it is used. Ours and the floor run before and after stock nbgrader, so that what else
the machine does hits all alike. Times are of whole commands, their start included.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import NamedTuple

from autograder.root import SOLVED
from tests.benchmarks import _ours, _stock
from tests.benchmarks._ours import Measured
from tests.benchmarks._submissions import hand_in_various

COUNT = 20
"""Submissions for the comparison."""

FRESH = (1, COUNT, 200)
"""Submissions that are graded on a fresh landscape. Stock nbgrader would take an hour for the last
ones: its time is told from that for the others, to which each further submission adds as much."""

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

    def ours(self, count: int, workers: int, look: bool = False, fresh: bool = False) -> Measured:
        """Our command."""
        return _ours.grade(self.submitted(count), self.new() / "results", workers, look, fresh)

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


def line(name: str, seconds: float) -> None:
    """Print how long all submissions of the comparison took."""
    each, rate = seconds / COUNT, 60 * COUNT / seconds
    print(f"{name:47s} {seconds:7.1f} s {each:6.2f} s each {rate:6.1f} a minute", flush=True)


def compare(bench: Bench) -> tuple[float, float]:
    """Print the comparison.

    Returns:
        How many submissions ours grades in the time of one by stock nbgrader, each command as it
        comes; and what ours takes of the floor's time, both one submission at a time.
    """
    print(f"{COUNT} submissions of five notebooks: solved, blank, and with mistakes", flush=True)
    cores = os.cpu_count() or 1
    first, stock, second = _round(bench, cores), bench.stock(COUNT), _round(bench, cores)
    together, alone, floor, least = (
        fmean(pair) for pair in zip(first.seconds, second.seconds, strict=True)
    )
    stock_seconds, stock_scores = stock
    line("stock nbgrader autograde, one at a time", stock_seconds)
    line(f"this project, as it comes: {cores} at a time", together)
    line("this project, one at a time", alone)
    line("floor: the same cells in a warm forked process", floor)
    line("  where the course's own figures are not drawn", least)
    runs = [*first.runs, *second.runs]
    line("feedback, which is not in the times above", fmean(run.feedback for run in runs))
    different = {
        key: (score, stock_scores[key])
        for run in runs
        for key, score in run.scores.items()
        if score != stock_scores[key]
    }
    print(f"equal scores: {'no' if different else 'yes'} ({len(stock_scores)} compared)")
    for (student, exercise), (score, stock_score) in sorted(different.items()):
        print(f"  {student}, exercise {exercise}: {score:g}, stock {stock_score:g}")
    print(f"one at a time: {stock_seconds / alone:.1f} x stock nbgrader")
    return stock_seconds / together, alone / floor


class Round(NamedTuple):
    """One measurement of all but stock nbgrader."""

    seconds: tuple[float, float, float, float]
    runs: tuple[Measured, Measured]


def _round(bench: Bench, cores: int) -> Round:
    together, alone = bench.ours(COUNT, cores), bench.ours(COUNT, 1)
    floors = bench.floor(COUNT), bench.floor(COUNT, "--own-figures")
    return Round((together.seconds, alone.seconds, *floors), (together, alone))


def compare_fresh(bench: Bench) -> float:
    """Print whole commands that draw and record a fresh landscape first, as they come.

    Returns:
        How many times as long stock nbgrader takes for the submissions of the comparison.
    """
    print(
        "\nseconds of whole commands: ours on a fresh landscape, stock nbgrader on the practice one"
    )
    print(f"{'submissions':>12}{'this project':>16}{'stock nbgrader':>18}")
    cores = os.cpu_count() or 1
    ours: dict[int, float] = {}
    stock: dict[int, float] = {}
    for count in FRESH:
        runs = [bench.ours(count, cores, fresh=True)]
        scaled = len(stock) == len(FRESH) - 1
        if scaled:
            (few, first), (many, second) = stock.items()
            stock[count] = second + (count - many) * (second - first) / (many - few)
        else:
            stock[count], _ = bench.stock(count)
            runs.append(bench.ours(count, cores, fresh=True))
        ours[count] = fmean(run.seconds for run in runs)
        told = " (scaled)" if scaled else ""
        ratio = stock[count] / ours[count]
        print(f"{count:12}{ours[count]:16.1f}{stock[count]:18.1f}{told}: {ratio:.1f} x", flush=True)
    return stock[COUNT] / ours[COUNT]


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
    if not any(SOLVED.glob("*.ipynb")):
        print("no solved notebooks: run make notebooks")
        return
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        to_stock, to_floor = compare(bench)
        fresh = compare_fresh(bench)
        growth(bench)
        memory(bench)
    print(f"\ngrading with a fresh world, {COUNT} submissions: {fresh:.1f} x stock nbgrader")
    print(f"grading: {to_stock:.1f} x stock nbgrader, {to_floor:.1f} x the floor")


if __name__ == "__main__":
    main()
