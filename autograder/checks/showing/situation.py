"""What a card adds for the learner in this kernel: what happened since the last check, what helps.

A verdict tells of the notebook as it is; whoever checks again without a change, in a new kernel or
in another notebook is told that first.
"""

import builtins
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from autograder.checks.exercises import MODULES
from autograder.checks.exercises import exercise as find
from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.cells import notebook_with
from autograder.checks.notebook.history import Run, current
from autograder.checks.notebook.names import is_course_call
from autograder.checks.notebook.session import Session
from autograder.checks.reading.blank import Blank
from autograder.checks.reading.workspace import MISSING
from autograder.checks.showing.hints import Hints
from autograder.checks.texts import card as say
from autograder.checks.texts import of_exercise

TRIES = 3
"""Checks without a new point after which a hint is offered."""


@dataclass(frozen=True)
class Checked:
    """The checks of one exercise in this kernel.

    Attributes:
        runs: How many cells had run at the last one.
        best: Best points.
        tries: Checks since these, each after something had run.
    """

    runs: int = 0
    best: float = 0.0
    tries: int = 0


class Situation:
    """The checks in one kernel.

    Args:
        session: Watches the kernel's cells.
        hints: The hints that are open.
    """

    def __init__(self, session: Session, hints: Hints) -> None:
        self._session = session
        self._hints = hints
        self._checked: dict[int, Checked] = {}

    def misplaced(self, number: int) -> str:
        """What to say where an exercise cannot be checked here and now; else ``""``."""
        runs, here = self._session.runs, notebook_with(number)
        if any(_answers(run, number) for run in runs):
            return ""
        notebooks = {run.notebook for run in runs if run.notebook}
        if notebooks and here not in notebooks:
            return say("elsewhere", number=number, notebook=here)
        fresh = not _any_ran(runs) and any(run.identified for run in runs)
        return say("restarted") if fresh else ""

    def note(self, verdict: Verdict) -> dict[str, Any]:
        """What the card of a verdict adds; the verdict is remembered for the next one."""
        number, session = verdict.exercise, self._session
        before = self._checked.get(number)
        idle = before is not None and not _any_ran(session.runs[before.runs :])
        best = max(verdict.score, before.best if before else 0.0)
        progress = before is not None and verdict.score > before.best
        tries = 0 if progress else (before.tries if before else 0)
        checked = Checked(len(session.runs), best, tries if idle else tries + 1)
        self._checked[number] = checked
        if verdict.passed:
            return {}
        offers = [*self._earlier(verdict), *self._hint(number, checked.tries)]
        return {"notice": say("nothing-ran") if idle else "", "offers": tuple(offers)}

    def _earlier(self, verdict: Verdict) -> list[str]:
        """The offer of an earlier result that the exercise's cells ask for in vain."""
        lacking = _lacking(self._session, verdict.exercise)
        if not lacking:
            return []
        makers = {
            name: number
            for number in MODULES
            if number < verdict.exercise
            for name in find(number).results
            if name in lacking
        }
        return [
            say("lacking", name=name, maker=maker)
            for name, maker in list(makers.items())[:1]
            if f"catch_up({maker})" not in verdict.message
        ]

    def _hint(self, number: int, tries: int) -> list[str]:
        """The offer of the next hint to whoever has tried several times."""
        if tries < TRIES:
            return []
        place, total = self._hints.opened.get(number, 0) + 1, len(of_exercise(number).hints)
        if place <= total:
            return [say("stuck", count=tries, number=number, place=place, total=total)]
        return [say("stuck-catch-up", count=tries, number=number)] if find(number).gives else []


def _answers(run: Run, number: int) -> bool:
    """Whether a run belongs to an exercise, or the learner's own cell made a result of it."""
    if run.exercise is None:
        return not run.assigned.isdisjoint(find(number).names)
    return run.exercise == number


def _any_ran(runs: Iterable[Run]) -> bool:
    """Whether any of the runs is more than a call of the course's own functions."""
    return any(not is_course_call(run.source) for run in runs)


def _lacking(session: Session, number: int) -> set[str]:
    """Names that the cells of an exercise read and that are not there, or still blank."""
    own = [run for run in current(session.runs) if run.exercise == number]
    names = {name for run in own for name in run.inputs if name not in vars(builtins)}
    live = session.shell.user_ns
    return {name for name in names if type(live.get(name, MISSING)) in (Blank, type(MISSING))}
