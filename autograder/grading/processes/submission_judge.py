"""The supervisor's end of one submission's messages: keeps outputs, judges evidence."""

import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from autograder.checks.exercises import exercise as find
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.workspace import MAX_NAME
from autograder.checks.showing.catch_up import is_recorded, values_file
from autograder.checks.texts import card as say
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.evidence import Packed, unpack
from autograder.grading.handing_over.messages import Contact, GradingFailedError
from autograder.grading.handing_over.npy import UnusableEvidence
from autograder.grading.handing_over.outputs import Output, sound_outputs
from autograder.grading.processes.judge_exercise import Seen, judge_exercise, source_of
from autograder.grading.processes.machine import last_line
from autograder.grading.results.record import MAX_EXAMPLE, Example
from autograder.grading.results.trouble import is_machines
from autograder.services.lifetime.instance import Instance
from autograder.services.patience import tells_of_shortage

_EXERCISE = re.compile(r"\bexercise-(\d+)")

SETTLE = 3.0
"""Most seconds to wait until the services have answered a cell's requests."""


NOT_READ = "What was sent and stored for this exercise cannot be read."

MAX_DOUBT = 200
"""Characters of what is said of a machine that failed."""


@dataclass(frozen=True)
class Window:
    """When a learner's cell of an exercise ran, in Unix seconds."""

    exercise: int
    start: float
    end: float


class SubmissionJudge:
    """Takes what a submission's processes hand over, and judges it; it is a `Contact`.

    Args:
        services: The offline services of this submission alone.
        expectations: The ``expectations`` folder of the world that they serve.
        folder: The submission's folder.
        output_limit: Characters of output that are kept for each notebook.

    Attributes:
        verdicts: By exercise.
        running: The cell that runs, or ran last; ``None`` before the first one of a notebook.
        in_cell: Whether it runs; between its end and the next begin none does.
        examples: By exercise, a wrong answer that got no name.
        out_of_memory: Exercises with a cell that ended with a MemoryError.
        doubt: What an exception of a cell says that the machine lacked; the last one.
    """

    def __init__(
        self, services: Instance, expectations: Path, folder: Path, output_limit: int
    ) -> None:
        self.verdicts: dict[int, Verdict] = {}
        self.examples: dict[int, Example] = {}
        self.running: Cell | None = None
        self.in_cell = False
        self.out_of_memory: set[int] = set()
        self.doubt = ""
        self._services = services
        self._expectations = expectations
        self._folder = folder
        self._output_limit = output_limit
        self._settled: set[int] = set()
        self._stopped: set[int] = set()
        self._windows: list[Window] = []
        self._started = 0.0
        self._cells: dict[int, Cell] = {}
        self._ahead: list[int] = []
        self._waited = 0.0
        self._outputs: dict[int, list[Output]] = {}
        self._output_left = 0

    # --- one notebook -------------------------------------------------------------------------

    def open_notebook(self, cells: Sequence[Cell]) -> None:
        """The next notebook is about to run."""
        self._cells = {cell.index: cell for cell in cells}
        self._ahead = [cell.index for cell in reversed(cells)]
        self._outputs = {}
        self._output_left = self._output_limit
        self.running = None
        self.in_cell = False

    def close_notebook(self, reason: str, stopped: bool = False) -> dict[int, list[Output]]:
        """The notebook has run: exercises that were not handed over get a verdict with ``reason``.

        Args:
            reason: Why they were not; ``""`` where that is not known.
            stopped: Whether the notebook was stopped while it ran.

        Returns:
            Outputs of its cells by index.
        """
        for number in sorted({cell.exercise for cell in self._cells.values()} - {0}):
            if number not in self._settled:
                words = self._why_stopped(reason, number) if stopped else reason
                self._judge(number, None, words or "nothing was handed over for this exercise")
        return self._outputs

    def _why_stopped(self, reason: str, number: int) -> str:
        """Why an exercise has no verdict, where the notebook was stopped in it or before it."""
        here = self.running is not None and self.running.exercise == number
        key = "stopped-here" if here else "stopped-before"
        return say(key, why=_EXERCISE.sub(r"exercise \1", reason))

    def begin(self, index: int) -> None:
        """The next cell is about to run; of another one, or while one runs, it is ignored."""
        if self.in_cell or not self._ahead or index != self._ahead[-1]:
            return
        self.running = self._cells[self._ahead.pop()]
        self.in_cell = True
        self._started = time.time()

    def end(self, index: int, outputs: object) -> None:
        """The cell that runs has run; of another one it is ignored."""
        cell = self.running
        if cell is None or not self.in_cell or index != cell.index:
            return
        self.in_cell = False
        self._outputs[index] = sound_outputs(outputs, self._output_left)
        self._output_left -= len(str(self._outputs[index]))
        for output in self._outputs[index]:
            if tells_of_shortage(output.get("evalue", "")):
                self.doubt = f"{output['ename']}: {output['evalue']}"[:MAX_DOUBT]
        if any(output["output_type"] == "error" for output in self._outputs[index]):
            self._stopped.add(cell.exercise)
        if any(output.get("ename") == "MemoryError" for output in self._outputs[index]):
            self.out_of_memory.add(cell.exercise)
        if cell.kind in ("exercise", "extra"):
            began = time.monotonic()
            self._services.wait_until_idle(SETTLE)
            self._waited += time.monotonic() - began
            self._windows.append(Window(cell.exercise, self._started, time.time()))

    def hand_over(self, number: int, packed: Packed, wanted: Collection[int]) -> dict[int, bytes]:
        """Judge an exercise, while a cell of it runs; only what is handed over first counts."""
        here = self.running is not None and self.running.exercise == number
        if here and self.in_cell and number not in self._settled:
            self._judge(number, packed, "")
        found = {other: self.values(other) for other in wanted}
        return {other: content for other, content in found.items() if content is not None}

    def values(self, number: int) -> bytes | None:
        """The file of values of an exercise; ``None`` until it is judged."""
        file = values_file(self._expectations, number)
        if not is_recorded(number) or number not in self._settled:
            return None
        return file.read_bytes()

    def take_waited(self) -> float:
        """Seconds spent, since this was asked last, on waiting until requests were answered."""
        waited, self._waited = self._waited, 0.0
        return waited

    def remark(self, number: int, words: str) -> None:
        """Put words before the message of an exercise."""
        verdict = self.verdicts[number]
        message = f"{words[:1].upper()}{words[1:]}. {verdict.message}".strip()
        self.verdicts[number] = replace(verdict, message=message)

    # --- judging ------------------------------------------------------------------------------

    def _judge(self, number: int, packed: Packed | None, reason: str) -> None:
        self._settled.add(number)
        claims = None
        if packed is not None:
            try:
                claims = unpack(packed, number)
            except UnusableEvidence as problem:
                reason = str(problem)
        cells = [cell for cell in self._cells.values() if cell.exercise == number]
        try:
            seen = self._seen(number)
        except Exception as problem:  # what a submission stored and sent may be anything
            if is_machines(problem):
                raise GradingFailedError(last_line(problem), before_code=False) from problem
            claims, seen, reason = None, Seen(folder=self._folder), NOT_READ
        verdict = judge_exercise(number, claims, seen, cells, self._expectations, reason)
        self.verdicts[number] = verdict
        if verdict.unexplained:
            source = source_of(cells, number)[:MAX_EXAMPLE].encode(errors="replace").decode()
            self.examples[number] = Example(number, source, verdict.unexplained)

    def _seen(self, number: int) -> Seen:
        """What the services saw of an exercise's cells; all of it for one that looks at that."""
        session = self._services.session
        windows = [window for window in self._windows if window.exercise == number]
        requests = [
            entry
            for entry in session.journal.requests()
            if any(window.start <= entry["time"] <= window.end for window in windows)
        ]
        asked = {urlsplit(str(entry["url"])).hostname or "" for entry in requests}
        hosts = sorted(host[:MAX_NAME] for host in asked.difference(session.hosts) if host)
        if not find(number).reads_services:
            return Seen(folder=self._folder, hosts=hosts, stopped=self._stopped)
        read: Callable[[str], bytes] = session.buckets.read_object
        objects = session.buckets.objects()
        return Seen(requests, objects, read, self._folder, hosts, self._stopped)


def answer(judge: Contact, word: str, content: dict[str, Any], parts: tuple[bytes, ...]) -> Any:
    """Do what a message from a submission asks for.

    Returns:
        The answer as ``(content, parts)``; ``None`` for a message of unknown form.
    """
    if any(type(value) is bool for value in content.values()):  # would match `int()` below
        return None
    match word, content:
        case "begin", {"index": int(index)}:
            judge.begin(index)
        case "end", {"index": int(index), "outputs": outputs}:
            judge.end(index, outputs)
        case "hand over", {"number": int(number), "wanted": list(wanted)} if parts:
            asked = {item for item in wanted if is_recorded(item)}
            found = judge.hand_over(number, Packed(parts[0], parts[1:]), asked)
            return {"numbers": list(found)}, tuple(found.values())
        case "values", {"number": int(number)}:
            file = judge.values(number)
            return {}, () if file is None else (file,)
        case _:
            return None
    return {}, ()
