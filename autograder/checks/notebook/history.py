"""The runs of a notebook's cells: which of them count, and whether their order was kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.checks.exercises import exercise as find
from autograder.checks.reading.blank import PLACEHOLDER, Blank
from autograder.checks.reading.workspace import Refusal
from autograder.checks.texts import card as say

GIVEN = 0
"""Label of a run of a cell that the course gives; it belongs to no exercise."""

RUNNING = float("inf")
"""End of a run that has not ended."""

ENOUGH = 2 / 3
"""Share of an exercise's names that a cell must make to be an answer to it. Solutions of other
exercises make half of them at most."""


@dataclass(eq=False)
class Run:
    """One run of one cell.

    Attributes:
        source: The cell's code.
        cell: Identifies its cell: the id where the frontend sends one, else a digest of the code.
        notebook: Name of the course's notebook that the cell stands in, or ``""``.
        exercise: Exercise that the cell belongs to, `GIVEN`, or ``None`` until it is settled.
        started, ended: Unix time in seconds.
        identified: Whether the cell's id was sent, as JupyterLab and VS Code do.
        guessed: Whether the exercise is told by the code, and not by an id.
        asks: Whether the front-end can ask somebody for input.
        inputs: Names that the code reads before it binds them.
        assigned: Names that the run bound.
        changed: Names that hold another object after the run than before.
        values: The objects that it left under the names of ``assigned``.
        figures: Matplotlib figures that it drew, whether or not they have a name.
        printed: What it printed or displayed.
        error: Exception that stopped it, or ``""``.
        problem: What is known of that exception, see `reading.problems`.
        taken: Exercises of which the run read values that `catch_up` gave.
        refused: What it did that is refused while grading.
    """

    source: str
    cell: str
    exercise: int | None
    started: float
    ended: float = RUNNING
    identified: bool = False
    guessed: bool = False
    asks: bool = False
    notebook: str = ""
    inputs: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    values: dict[str, Any] = field(default_factory=dict)
    figures: tuple[Any, ...] = ()
    printed: str = ""
    error: str = ""
    problem: tuple[str, ...] = ()
    taken: set[int] = field(default_factory=set)
    refused: tuple[Refusal, ...] = ()


def current(runs: Iterable[Run]) -> list[Run]:
    """The latest run of each cell, in the order in which they ran."""
    latest = {run.cell: run for run in runs}
    return sorted(latest.values(), key=lambda run: run.started)


def same_again(runs: Sequence[Run], kept: Sequence[Run]) -> list[Run]:
    """The runs ``kept``, and earlier ones of the same code in the same cells."""
    codes = {(run.cell, run.source) for run in kept}
    return [run for run in runs if (run.cell, run.source) in codes]


def answers_in(runs: Sequence[Run], number: int, names: Iterable[str]) -> list[Run]:
    """The runs that answer an exercise: its own; without any, one that answers others as well.

    Args:
        runs: All runs, oldest first.
        number: The exercise.
        names: The names that it asks for.
    """
    latest, wanted = current(runs), frozenset(names)
    own = [run for run in latest if run.exercise == number]
    if any(_made(run, wanted) for run in own):
        return own
    others = (run for run in reversed(latest) if run.exercise not in (None, GIVEN, number))
    whole = next((run for run in others if _answers_too(run, wanted)), None)
    return own if whole is None else [*own, _part(whole, wanted)]


def spoken_for(runs: Sequence[Run], names: Iterable[str]) -> list[Run]:
    """The runs of which code and exception are told: without a template that was answered above."""
    wanted = frozenset(names)
    filled = [run for run in runs if PLACEHOLDER not in run.source]
    return filled if any(_is_answer(run, wanted) for run in filled) else list(runs)


def _made(run: Run, names: frozenset[str]) -> set[str]:
    """Which of the names a run bound to anything but a blank."""
    return {name for name in names & run.assigned if type(run.values.get(name)) is not Blank}


def _is_answer(run: Run, names: frozenset[str]) -> bool:
    return bool(names) and len(_made(run, names)) >= ENOUGH * len(names)


def _answers_too(run: Run, names: frozenset[str]) -> bool:
    """Whether the run of another exercise's cell answers this one as well.

    A cell of the learner's own, told by its code, may hold any part of several answers.
    """
    if _is_answer(run, names):
        return True
    return run.guessed and bool(_made(run, names.difference(find(run.exercise or GIVEN).names)))


def _part(run: Run, names: frozenset[str]) -> Run:
    """A run with only these of the names that it bound."""
    values = {name: value for name, value in run.values.items() if name in names}
    return replace(run, assigned=run.assigned & names, changed=run.changed & names, values=values)


def why_restart(runs: Sequence[Run], number: int) -> str:
    """What to tell a learner when results depend on cells that changed or changed order.

    Args:
        runs: All runs, oldest first.
        number: The exercise that is being checked.

    Returns:
        Two sentences, or ``""`` where all is well.
    """
    latest = current(runs)
    own = [run for run in latest if run.exercise == number]
    if not own:
        return ""
    made_here = {name for run in own for name in run.assigned}
    for run in own:
        for name in sorted(run.inputs - made_here):
            makers = [item for item in runs if name in item.assigned]
            if makers and not any(item in latest for item in makers):
                return say("changed-maker", name=name)
            later = [item for item in makers if name in item.changed and item.started > run.ended]
            if later and (later[-1].exercise or GIVEN) < number:
                return say("changed-since", name=name)
    last = max(run.ended for run in own)
    for earlier in sorted({run.exercise or GIVEN for run in runs}):
        first = min(run.started for run in runs if (run.exercise or GIVEN) == earlier)
        if GIVEN < earlier < number and first > last:
            return say("changed-order", number=earlier)
    return ""
