"""`furnish`: a shell in which a notebook does the same for a learner and while grading."""

import sys
from typing import Any

from autograder.checks import texts
from autograder.checks.shell.asking import go_on_unanswered
from autograder.checks.shell.backends import draw_always
from autograder.checks.shell.bounds import count_threads, watch_hosts
from autograder.checks.shell.programs import Programs
from autograder.checks.shell.refusals import Refusals
from autograder.checks.shell.starting import watch_starts


def furnish(shell: Any, grading: bool = False) -> Programs:
    """Have file commands, magics, backends and `input` work alike in every kernel of the course.

    What grading refuses is kept in ``shell.refusals``, as `Refusal`, also where it still works.

    Args:
        shell: The IPython shell of a notebook.
        grading: Whether no program may be started.
    """
    refusals = Refusals(grading, getattr(shell, "refusals", []))
    shell.refusals = refusals.kept
    programs = Programs(shell, refusals)

    def started(name: str, by_notebook: bool) -> None:
        kind = "program" if name else "processes"
        if by_notebook and not programs.silent:
            refusals.add(kind, name)
        if grading:
            raise PermissionError(texts.card(f"refused-{kind}", name=name))

    def note(words: str) -> None:
        shell.display_pub.publish({"text/plain": words})

    def unanswered(prompt: str) -> None:
        note(f"{prompt.strip()} {texts.card('refused-input')}".strip())

    draw_always(shell, lambda backend: note(texts.card("drawn-below", name=backend)))
    if getattr(shell, "kernel", None):  # a terminal has none
        go_on_unanswered(shell, lambda: refusals.add("input"), unanswered)
    watch_starts(started)
    watch_hosts(refusals)
    if not grading:  # which sets a limit of its own
        count_threads(refusals)
    folder_last()
    return programs


def folder_last() -> None:
    """Have modules beside the notebook found last, so that they hide no other."""
    sys.path[:] = [*(path for path in sys.path if path), ""]
