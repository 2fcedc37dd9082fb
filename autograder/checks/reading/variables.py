"""Find the learner's variable that holds certain numbers."""

from collections.abc import Callable

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.workspace import Workspace

MAX_VARIABLES = 60
"""Arrays that are looked at, the latest ones."""

MOST = 0.5
"""Share of numbers that must be there: the others may be masked."""

FIRST = ("img_array", "rgb")
"""Names that are looked at first."""


def holding(workspace: Workspace, fits: Callable[[Fact], bool]) -> str:
    """The name of an array that fits; ``""`` where none does.

    Args:
        workspace: What the learner's cells left.
        fits: Whether an array is meant, told from its fact.
    """
    for name in (*FIRST, *_arrays(workspace)):
        fact = facts.array(workspace.current(name))
        if fact["kind"] == "array" and fits(fact):
            return name
    return ""


def _arrays(workspace: Workspace) -> list[str]:
    """Names of arrays, the latest first."""
    names = (
        name
        for name in reversed(list(workspace.names))
        if not name.startswith("_") and issubclass(type(workspace.names[name]), np.ndarray)
    )
    return [name for name, _ in zip(names, range(MAX_VARIABLES), strict=False)]


def equal(shown: np.ndarray, array: np.ndarray) -> bool:
    """Whether two arrays hold the same numbers; less than half of ``shown`` may be NaN."""
    if shown.shape != array.shape or "f" not in shown.dtype.kind + array.dtype.kind:
        return np.array_equal(shown, array)
    there = ~np.isnan(shown)
    return bool(there.mean() > MOST) and np.array_equal(shown[there], array[there])
