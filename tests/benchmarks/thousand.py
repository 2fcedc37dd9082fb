"""A thousand submissions with a kill in the middle: ``python -m tests.benchmarks.thousand [N]``.

Grading is killed with SIGKILL while it runs, and started again. Nothing may be graded twice, lost,
or written half; copies must get equal scores; memory must stay flat.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from autograder.checks.exercises import MODULES
from tests.benchmarks import _ours, _stock
from tests.benchmarks._submissions import (
    Notebooks,
    blank,
    hand_in,
    mistaken,
    solved,
    with_sources,
)

COUNT = 1000

KILL_AT = 0.4
"""Share of the submissions after which grading is killed."""

LOOKS = (0.1, 0.3, 0.5, 0.99)
"""Shares after which the memory is looked at; two before the kill, two after it."""

TIMEOUT = 20.0
"""Seconds after the kill in which every process must be gone."""

FIRST, CELL = "01-sentinel2-and-cdse.ipynb", "exercise-1"


def kinds() -> dict[str, Notebooks]:
    """What is handed in: honest submissions of several kinds, and broken ones."""
    answers = {"solved": solved(), "blank": blank()}
    answers |= {f"mistakes-{number}": mistaken(number) for number in range(8)}
    bare = {
        kind: {name: _bare(text) for name, text in books.items()} for kind, books in answers.items()
    }
    whole = bare["solved"]
    ends = with_sources(whole[FIRST], {CELL: "import os\nos._exit(0)"})
    unreadable = with_sources(whole[FIRST], {CELL: "for in in in"})
    return bare | {
        "not-json": whole | {FIRST: b"{" + whole[FIRST]},
        "notebook-missing": {name: text for name, text in whole.items() if name != FIRST},
        "ends-python": whole | {FIRST: ends},
        "syntax-error": whole | {FIRST: unreadable},
        "empty": {},
    }


def _bare(content: bytes) -> bytes:
    """A notebook without outputs: a thousand with them fill a disk."""
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    return json.dumps(notebook).encode()


def hand_in_all(submitted: Path, number: int) -> dict[str, str]:
    """Write submissions, no two of them the same bytes; returns the kind of each."""
    all_kinds = kinds()
    kind_of = {}
    for place, (kind, notebooks) in zip(range(number), _rounds(all_kinds), strict=False):
        student = f"student-{place:04d}"
        # What each says about itself changes nothing but the bytes.
        marked = {
            name: content.replace(b'"nbformat":', f'"student": "{student}", "nbformat":'.encode())
            for name, content in notebooks.items()
        }
        hand_in(submitted, student, marked)
        kind_of[student] = kind
    return kind_of


def _rounds(all_kinds: dict[str, Notebooks]) -> Iterator[tuple[str, Notebooks]]:
    for _ in count():
        yield from all_kinds.items()


@dataclass
class Bench:
    """A folder of submissions and the folder of their results."""

    submitted: Path
    results: Path
    number: int

    def start(self) -> "subprocess.Popen[bytes]":
        """Start grading."""
        command = [
            sys.executable,
            "-m",
            "autograder.grading",
            *map(str, (self.submitted, self.results)),
        ]
        with open(self.results.parent / "output.txt", "ab") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)

    def graded(self) -> int:
        """How many submissions have a record."""
        return sum(1 for _ in (self.results / "records").glob("*.json"))

    def watch(self, process: "subprocess.Popen[bytes]", until: float) -> None:
        """Wait until a share of the submissions is graded; look at the memory on the way."""
        looks = [share for share in LOOKS if self.graded() < share * self.number]
        while process.poll() is None and self.graded() < until * self.number:
            if looks and self.graded() >= looks[0] * self.number:
                self._look(process, looks.pop(0))
            time.sleep(0.2)

    def _look(self, process: "subprocess.Popen[bytes]", share: float) -> None:
        try:
            main = psutil.Process(process.pid)
            forked = [
                child
                for child in main.children()
                if "autograder.grading.processes.fork_server" in child.cmdline()
            ]
            shown = f"main process {_memory([main])}, process forked from {_memory(forked)}"
        except psutil.NoSuchProcess:
            shown = "ended too soon to be looked at"
        print(f"  after {share * self.number:.0f}: {shown}", flush=True)

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """Kill the whole group; what is left of the others must end by itself."""
        started = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _, left = psutil.wait_procs(started, timeout=TIMEOUT)
        _require(not left, f"processes outlive the kill: {left}")

    def records(self) -> dict[str, tuple[int, int, bytes]]:
        """The records' files: number, time of change and content of each."""
        found = {}
        for path in (self.results / "records").glob("*.json"):
            status = path.stat()
            found[path.name] = (status.st_ino, status.st_mtime_ns, path.read_bytes())
        return found


def _memory(processes: list[psutil.Process]) -> str:
    """What processes hold: their share of memory, and with all that they share with others."""
    found = [process.memory_full_info() for process in processes]
    share, whole = sum(item.pss for item in found), sum(item.rss for item in found)
    return f"{share / 1e6:.0f} MB ({whole / 1e6:.0f} MB with what is shared)"


def _require(condition: bool, problem: str) -> None:
    if not condition:
        raise SystemExit(f"FAILED: {problem}")


def verify(bench: Bench, kind_of: dict[str, str]) -> None:
    """Hold that the results are whole, and that copies have equal scores."""
    with open(bench.results / "grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = Counter((row["student_id"], int(row["exercise"])) for row in rows)
    expected = {(student, number) for student in kind_of for number in MODULES}
    _require(set(lines) == expected, "grades.csv lacks rows or has others")
    _require(set(lines.values()) == {1}, "grades.csv has a row twice")

    own = _ours.scores(bench.results)
    book = _stock.scores(bench.results)
    different = {key for key, score in own.items() if book.get(key, 0.0) != score}
    _require(not different, f"gradebook and grades.csv differ: {sorted(different)[:5]}")

    by_student = defaultdict(list)
    for row in rows:
        by_student[row["student_id"]].append((row["score"], row["mistake"], row["message"]))
    outcomes: dict[str, Counter[tuple[tuple[str, str, str], ...]]] = defaultdict(Counter)
    for student, kind in kind_of.items():
        outcomes[kind][tuple(by_student[student])] += 1
    for kind, found in outcomes.items():
        (usual, _), *others = found.most_common()
        print(f"  {kind:18} {sum(float(score) for score, *_ in usual):5g} points")
        for other, times in others:
            unlike = [theirs for ours, theirs in zip(usual, other, strict=True) if ours != theirs]
            print(f"    but {times} of them otherwise, first: {unlike[0]}")
    _require(all(len(found) == 1 for found in outcomes.values()), "copies have unequal scores")


def main(number: int) -> None:
    """Grade, kill, grade on, verify."""
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder, "submitted"), Path(folder, "results"), number)
        kind_of = hand_in_all(bench.submitted, number)
        print(f"{number} submissions of {len(set(kind_of.values()))} kinds", flush=True)
        start = time.monotonic()
        process = bench.start()
        bench.watch(process, KILL_AT)
        bench.kill(process)
        before, killed = bench.records(), time.monotonic()
        print(f"killed after {killed - start:.0f} s, {len(before)} were graded", flush=True)
        process = bench.start()
        bench.watch(process, 1.0)
        status = process.wait()
        ended = time.monotonic()
        said = (bench.results.parent / "output.txt").read_bytes().rpartition(b"\r")[2].decode()
        _require(status in (0, 1), f"the command ended with {status}: {said}")
        after = bench.records()
        again = [name for name, record in before.items() if after.get(name) != record]
        _require(len(before) < number, "the kill came too late")
        _require(not again, f"{len(again)} records were written again")
        _require(len(after) == number, f"{len(after)} of {number} have a record")
        verify(bench, kind_of)
        print(said)
        print(
            f"went on for {ended - killed:.0f} s; in all {ended - start:.0f} s, "
            f"{60 * number / (ended - start):.0f} submissions per minute"
        )
        print(f"{number} graded once each, none lost, gradebook and grades.csv agree")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else COUNT)
