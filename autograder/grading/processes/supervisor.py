"""The supervisor of one submission: runs its notebooks in children, and judges them.

Each submission has a supervisor, a process of its own. It trusts nothing that its children send,
and all that it has started ends with it.
"""

import contextlib
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.cells import exercise_id
from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.graded_notebook import graded_notebook, not_graded
from autograder.grading.handed_in.submissions import UnusableNotebook
from autograder.grading.handed_in.submitted_notebook import Submitted, read_submitted, released
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.messages import (
    BrokenMessageError,
    GradingFailedError,
    Message,
    receive,
    send,
)
from autograder.grading.limits import Limits
from autograder.grading.processes.children import (
    KILLED,
    UNWATCHED,
    Child,
    Guardian,
    fork_children,
    start,
)
from autograder.grading.processes.judge_exercise import check_output
from autograder.grading.processes.machine import demand_room, last_line, setting_up
from autograder.grading.processes.submission_judge import SubmissionJudge, answer
from autograder.grading.results.harmless import Harmless, harmless
from autograder.grading.results.record import Record, Row, without_score
from autograder.grading.sandbox import clean_environment, home_in, remove
from autograder.grading.sandbox.watch import in_words
from autograder.patches import World
from autograder.services.lifetime.instance import Instance


@dataclass(frozen=True)
class Task:
    """One submission to grade.

    Attributes:
        student: Name of the student's folder, safe to print.
        digest: Fingerprint of the submission.
        notebooks: Content of the submitted files, by name without ``.ipynb``.
        problems: Why a notebook is missing or cannot be read, by name.
        notes: What was found while reading.
        course: The released notebooks, in order.
        world: Folder of the world to grade in.
        scratch: Folder for temporary files.
        limits: What the submission may use.
        preface: Cells to put on top of each graded notebook.
        confined: Whether it is shut in.
        not_handed_in: Of `problems`, the notebooks that are surely not there: these count as 0.
    """

    student: str
    digest: str
    notebooks: Mapping[str, bytes]
    problems: Mapping[str, str]
    notes: tuple[str, ...]
    course: tuple[SourceNotebook, ...]
    world: Path
    scratch: Path
    limits: Limits
    preface: tuple[Mapping[str, Any], ...] = ()
    confined: bool = True
    not_handed_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Graded:
    """A graded submission: its record, and its notebooks with the verdicts, by name."""

    record: Record
    notebooks: Mapping[str, Harmless]


def serve(connection: Connection) -> None:
    """Be a supervisor: receive the number of notebooks and a `Task`, and send back `Graded`."""
    with setting_up():
        children = fork_children(int(connection.recv_bytes()), private=[connection])
    task = connection.recv()
    connection.send(grade(task, children))


def grade(task: Task, children: list[Child]) -> Graded:
    """Run and judge all notebooks of a submission.

    Args:
        task: The submission.
        children: A child for each notebook of the course.

    Raises:
        GradingFailedError: The processes could not be set up.
    """
    started = time.monotonic()
    with setting_up():
        services = Instance(
            World.load(task.world),
            scratch=task.scratch,
            control=False,
            only_own_authority=True,
            uploads=task.limits.uploads,
        )
        services.start_storage()
        folder = Path(mkdtemp(prefix="work-", dir=services.folder))
    try:
        run = SubmissionRun(task, services, folder, started + task.limits.total_seconds)
        for source, child in zip(task.course, children, strict=True):
            run.notebook(source, child)
        seconds = round(time.monotonic() - started, 2)
        return run.result(seconds)
    finally:
        with contextlib.suppress(OSError):  # after a failure a child may still use it
            remove(folder)
        services.close()


class SubmissionRun:
    """The notebooks of one submission, one after the other."""

    def __init__(self, task: Task, services: Instance, folder: Path, until: float) -> None:
        self.task = task
        self.services = services
        self.folder = folder
        self.until = until
        self.judge = SubmissionJudge(
            services, task.world / "expectations", folder, task.limits.output
        )
        self.notes = list(task.notes)
        self.stopped: list[str] = []
        self.untouched: list[int] = []
        self.not_graded: dict[int, str] = {}
        self.notebooks: dict[str, Harmless] = {}

    def notebook(self, source: SourceNotebook, child: Child) -> None:
        """Run and judge one notebook, or say why that cannot be done."""
        name = source.name
        try:
            if problem := self.task.problems.get(name):
                raise UnusableNotebook(problem)
            submitted = read_submitted(self.task.notebooks[name], source)
            reason = ""
        except UnusableNotebook as problem:
            submitted, reason = released(source), str(problem)
            self.notes.append(reason)
            if name not in self.task.not_handed_in:
                numbers = {cell.exercise for cell in source.cells} - {0}
                self.not_graded |= dict.fromkeys(numbers, reason)
        self.notes += submitted.notes
        self.untouched += submitted.untouched
        self.judge.open_notebook(submitted.cells)
        stopped = "" if reason else self.run_cells(child, submitted)
        outputs = self.judge.close_notebook(reason or stopped, stopped=bool(stopped))
        for number, words in submitted.remarks.items():
            self.judge.remark(number, words)
        verdicts = {
            cell.index: self.check_output(cell.exercise)
            for cell in submitted.cells
            if cell.kind == "check"
        }
        graded = graded_notebook(submitted, outputs, verdicts, self.task.preface)
        self.notebooks[name] = harmless(graded)

    def check_output(self, number: int) -> dict[str, Any]:
        """What a check cell shows: the verdict, or that there is none."""
        if reason := self.not_graded.get(number):
            return not_graded(reason)
        return check_output(self.judge.verdicts[number])

    def run_cells(self, child: Child, submitted: Submitted) -> str:
        """Run a notebook in a child; returns why it ended early, or an empty string."""
        guardian = Guardian(child, self.folder, self.task.limits, self.until)
        guardian.start()
        finished = False
        interrupted: set[int] = set()
        try:
            start(
                child,
                submitted.cells,
                folder=str(self.folder),
                environment=clean_environment(home_in(self.folder) | self.services.environment),
                readable=[str(self.services.bundle)],
                port=self.services.port,
                limits=vars(self.task.limits),
                confined=self.task.confined,
            )
            guardian.wait_for_child(in_cell=False, anew=True)
            while True:
                running, steps = self.judge.running, self.judge.steps
                message = receive(child.connection)
                guardian.child_waits()
                if guardian.interrupted and running:
                    interrupted.add(running.exercise)
                    guardian.interrupted = False
                if finished := message.word == "done":
                    break
                demand_room(self.folder)
                reply = self._reply(message)
                in_cell, anew = self.judge.running is not None, self.judge.steps > steps
                guardian.wait_for_child(in_cell, anew)
                send(child.connection, reply)  # in the child's time: it may not read
                del message  # it may be large
            reason = guardian.finish()
        except (EOFError, ConnectionError):
            reason = guardian.finish(gone=True) or "the Python process ended"
        except BrokenMessageError:
            guardian.finish()
            reason = "the notebook's code disturbed the grading"
        self.demand_machine(reason)
        limits = self.task.limits
        self._tell(interrupted, f"a cell ran longer than {limits.cell_seconds:g} s")
        self._tell(self.judge.out_of_memory, f"memory limit of {in_words(limits.memory)} reached")
        self.judge.out_of_memory.clear()
        if not reason:
            return ""
        return self.stop(
            reason, "after the last cell" if finished else place_of(self.judge.running)
        )

    def demand_machine(self, reason: str) -> None:
        """Give up where it was the machine that failed while a notebook ran.

        Args:
            reason: Why the notebook ended early, if it did.

        Raises:
            GradingFailedError: It was.
        """
        demand_room(self.folder)
        if reason in (KILLED, UNWATCHED):
            raise GradingFailedError(reason, before_code=False)
        if failure := self.services.session.store.failure:
            raise GradingFailedError(failure, before_code=False)

    def stop(self, reason: str, place: str) -> str:
        """Why a notebook ended early, with the place. The files that it left are removed.

        A full folder would stop the notebooks that follow.
        """
        reason = f"{reason} {place}"
        self.stopped.append(reason)
        with contextlib.suppress(OSError):  # a process may still use it
            remove(self.folder)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        return reason

    def _tell(self, numbers: set[int], words: str) -> None:
        """Put into the verdicts of exercises of this notebook that a limit was reached."""
        for number in sorted(numbers & self.judge.verdicts.keys()):
            self.stopped.append(f"{words} in {exercise_id(number)}")
            self.judge.remark(number, words)

    def _reply(self, message: Message) -> Message:
        """The answer to a child's message.

        Raises:
            BrokenMessageError: No child of ours sends such a message.
            GradingFailedError: The child could not be set up.
        """
        if message.word == "failed" and self.judge.running is None:  # no submitted code ran yet
            print(message.content.get("why"), file=sys.stderr)
            raise GradingFailedError(last_line(message.content.get("why")))
        reply = answer(self.judge, message.word, message.content, message.parts)
        if reply is None:
            raise BrokenMessageError
        return Message("answer", *reply)

    def result(self, seconds: float) -> Graded:
        """What became of the submission."""
        rows = tuple(
            without_score(number, verdict.max_score, self.not_graded[number])
            if number in self.not_graded
            else _row(verdict)
            for number, verdict in sorted(self.judge.verdicts.items())
        )
        record = Record(
            self.task.student,
            self.task.digest,
            rows,
            stopped=tuple(self.stopped),
            notes=tuple(self.notes),
            untouched=tuple(self.untouched),
            examples=tuple(self.judge.examples.values()),
            seconds=seconds,
        )
        return Graded(record, self.notebooks)


def place_of(cell: Cell | None) -> str:
    """Where a notebook ended early, in words, given the cell that ran."""
    if cell is None:
        return "before the first cell"
    return f"in {exercise_id(cell.exercise)}" if cell.exercise else f"in the given cell {cell.id}"


def _row(verdict: Verdict) -> Row:
    aspects = "; ".join(f"{a.name} {a.earned:g}/{a.points:g}" for a in verdict.aspects)
    return Row(
        verdict.exercise,
        verdict.score,
        verdict.max_score,
        verdict.mistake,
        verdict.message,
        aspects,
    )
