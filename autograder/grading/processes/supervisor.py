"""The supervisor of one submission: runs its notebooks in children, and judges them.

Each submission has a supervisor, a process of its own. It trusts nothing that its children send,
and all that it has started ends with it.
"""

import contextlib
import sys
import time
import traceback
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.cells import exercise_id
from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.graded_notebook import graded_notebook, not_graded
from autograder.grading.handed_in.submitted_notebook import Submitted, read_submitted, released
from autograder.grading.handed_in.trees import UnusableNotebook
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.messages import (
    BrokenMessageError,
    GradingFailedError,
    Message,
    receive,
    send,
)
from autograder.grading.handing_over.outputs import Output
from autograder.grading.processes.children import Child, fork_children, start
from autograder.grading.processes.guardian import KILLED, UNWATCHED
from autograder.grading.processes.judge_exercise import check_output
from autograder.grading.processes.machine import demand_room, last_line, setting_up
from autograder.grading.processes.submission_judge import SubmissionJudge, answer
from autograder.grading.processes.task import Graded, Task
from autograder.grading.results.harmless import Harmless, harmless
from autograder.grading.results.record import Record, Row, without_score
from autograder.grading.sandbox import clean_environment, home_in, remove
from autograder.grading.sandbox.watch import in_words
from autograder.patches import World
from autograder.services.lifetime.instance import Instance


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
        try:
            self.notebooks[name] = self._shown(submitted, outputs)
        except Exception:  # what it shows may be anything: its verdicts count all the same
            traceback.print_exc()
            self.notes.append(f"{name} cannot be shown: the page has the verdicts only")
            self.notebooks[name] = self._shown(released(source), {})

    def _shown(self, submitted: Submitted, outputs: Mapping[int, list[Output]]) -> Harmless:
        """A notebook with the verdicts, as pages show it."""
        verdicts = {
            cell.index: self.check_output(cell.exercise)
            for cell in submitted.cells
            if cell.kind == "check"
        }
        return harmless(graded_notebook(submitted, outputs, verdicts, self.task.preface))

    def check_output(self, number: int) -> dict[str, Any]:
        """What a check cell shows: the verdict, or that there is none."""
        if reason := self.not_graded.get(number):
            return not_graded(reason)
        return check_output(self.judge.verdicts[number])

    def run_cells(self, child: Child, submitted: Submitted) -> str:
        """Run a notebook in a child; returns why it ended early, or an empty string."""
        limits = self.task.limits
        child.guardian.begin(child.pid, self.folder, limits, self.until)
        finished = disturbed = gone = False
        try:
            start(
                child,
                submitted.cells,
                folder=str(self.folder),
                environment=clean_environment(home_in(self.folder) | self.services.environment),
                readable=[str(self.services.bundle)],
                port=self.services.port,
                limits=vars(limits),
                confined=self.task.confined,
            )
            while not finished:
                finished = self._serve(child)
        except (EOFError, ConnectionError):
            gone = True
        except BrokenMessageError:
            disturbed = True
        ended = child.guardian.finish(child.pid, gone)
        reason = ended.reason
        if disturbed:
            reason = "the notebook's code disturbed the grading"
        elif not finished:
            reason = reason or "the Python process ended"
        self.demand_machine(reason)
        self._tell(set(ended.interrupted), f"a cell ran longer than {limits.cell_seconds:g} s")
        self._tell(self.judge.out_of_memory, f"memory limit of {in_words(limits.memory)} reached")
        self.judge.out_of_memory.clear()
        if not reason:
            return ""
        return self.stop(
            reason, "after the last cell" if finished else place_of(self.judge.running)
        )

    def _serve(self, child: Child) -> bool:
        """Receive one message of a child and answer it; True after the last one.

        Raises:
            EOFError, ConnectionError: The child has ended.
            BrokenMessageError: It is no message of ours.
            GradingFailedError: The child could not be set up, or the machine failed.
        """
        began = time.thread_time()
        message = receive(child.connection)
        child.guardian.pause()
        if message.word == "done":
            return True
        demand_room(self.folder)
        reply = self._reply(message)
        del message  # it may be large
        running = self.judge.running
        in_cell = running is not None and self.judge.in_cell and running.kind != "check"
        spent = time.thread_time() - began + self.judge.take_waited()
        if running is not None and in_cell:
            child.guardian.charge(running.index, running.exercise, spent)
        else:
            child.guardian.charge(None, 0, spent)
        send(child.connection, reply)  # in the child's time: it may not read
        return False

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
        if failure := self.services.storage_failure() or self.services.session.shortage:
            raise GradingFailedError(last_line(failure), before_code=False)

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
        return Graded(record, self.notebooks, self.judge.doubt)


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
        verdict.found,
        verdict.expected,
        {a.name: a.reason for a in verdict.aspects if a.reason},
    )
