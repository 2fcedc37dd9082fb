"""A process that records the expectations of worlds, one after the other.

Recording changes the working folder, the environment and much else, so it has a process of its
own, which imports what it needs while the first world is still being simulated.
"""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from autograder.checks.exercises import every_exercise
from autograder.checks.exercises import exercise as find
from autograder.checks.judging.expectation import path
from autograder.grading.sandbox import clean_environment, die_with_parent
from autograder.patches import PRACTICE
from autograder.root import ROOT
from utils.errors import CourseError

if TYPE_CHECKING:
    from autograder.notebooks.record_expectations import Rehearsed


class Recording:
    """The process, as `recording` starts it."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self._process = process
        self._errors = errors

    def record(self, world: Path) -> list[str]:
        """Record a world into its ``expectations`` folder.

        Returns:
            The known answers that are not judged in this world as their author meant them.

        Raises:
            CourseError: A solution or a given cell fails, or the process does.
        """
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(f"{json.dumps(str(world))}\n".encode())
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline() or b"null")
        except OSError:
            answer = None
        if answer is None:
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip()
            logging.error("The process that records ended: %s", said[-10_000:])
            last = said.splitlines()[-1] if said else "it said nothing"
            raise CourseError(
                f"The grading world cannot be recorded, its process ended: {last}",
                "A machine on which the solutions run",
                "Mend that first",
            )
        if "error" in answer:
            raise CourseError(
                f"The grading world cannot be recorded. {answer['error']}",
                "solutions that run",
                "Run `make mistakes` to see which one does not",
            )
        return list(answer["unexpected"])


@contextlib.contextmanager
def recording(workers: int | None = None) -> Iterator[Recording]:
    """Start the process; it and its forks are killed afterwards.

    Args:
        workers: Processes that record at a time (default: one for each core).
    """
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            # -P: never import from the working folder.
            [
                sys.executable,
                "-P",
                "-m",
                "autograder.grading.worlds.recording_process",
                str(workers or 0),
            ],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**clean_environment(), "PYTHONPATH": str(ROOT)},
            start_new_session=True,  # Ctrl-C is meant for the main process
        ) as process,
    ):
        try:
            yield Recording(process, errors)
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # its forks included


def main() -> None:
    """Record each world that is named on standard input, until it ends."""
    die_with_parent()
    os.register_at_fork(after_in_child=die_with_parent)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # keeps prints apart from the answers
    from autograder.notebooks.record_expectations import rehearse, write
    from autograder.notebooks.workers import available_workers, warm_up

    workers = int(sys.argv[1]) or available_workers()
    warm_up()
    for line in sys.stdin:
        world = Path(json.loads(line))
        answer: dict[str, object] = {}
        try:
            rehearsed = rehearse(world, of_a_world(), workers)
            write([_on_unseen_patch(item) for item in rehearsed], world / "expectations")
            _copy_the_rest(world / "expectations")
            judged = (outcome for item in rehearsed for outcome in item.outcomes)
            answer["unexpected"] = [str(outcome) for outcome in judged if not outcome.as_hoped]
        except CourseError as problem:
            answer["error"] = str(problem)
        print(json.dumps(answer), file=answers, flush=True)


def of_a_world() -> list[int]:
    """Numbers of the exercises in which what is right depends on the world."""
    return [exercise.number for exercise in every_exercise() if not exercise.every_world]


def _copy_the_rest(folder: Path) -> None:
    """Take over what was recorded in the practice world, where it holds in every world."""
    for exercise in every_exercise():
        if exercise.every_world:
            shutil.copy(path(PRACTICE / "expectations", exercise.number), folder)


def _on_unseen_patch(rehearsed: "Rehearsed") -> "Rehearsed":
    """The same, with what is right as well on a patch that is unknown to learners."""
    expectation = rehearsed.expectation
    accepted = (*expectation.accepted, *find(expectation.exercise).right_elsewhere)
    return replace(rehearsed, expectation=replace(expectation, accepted=accepted))


if __name__ == "__main__":
    main()
