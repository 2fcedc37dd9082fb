"""Explain the exception that stopped a cell: what was asked of which object, and what there is.

Each explainer takes a `Problem` and the exercise's number, and gives an `Explanation` or ``None``.
An exception is judged by its outermost type.
"""

import ast
from collections.abc import Callable
from dataclasses import replace

from autograder.checks.explaining.errors import (
    attributes,
    calls,
    files,
    names,
    services,
    syntax,
    values,
)
from autograder.checks.explaining.errors.wording import LONGEST_LINE, code, quotable
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.facts import Evidence, joined
from autograder.checks.reading.problems import Problem

GENERAL = ("stopped", "stopped-saying")
"""Keys that only tell where the cell stopped, not why."""


def explain(evidence: Evidence, number: int) -> Explanation | None:
    """Why the cell of an exercise stopped; ``None`` where it did not, or nothing is known.

    Args:
        evidence: All evidence of the exercise.
        number: The exercise.
    """
    problem = Problem.read(evidence.get("problem"))
    if not problem.line:
        return None
    found = next(filter(None, (item(problem, number) for item in _EXPLAINERS)), None)
    common = {
        "line": str(problem.line),
        "code": code(problem.one("code"), LONGEST_LINE),
        "kind": code(problem.one("kind")),
    }
    found = found or _in_general(problem)
    blanks = evidence.get("blanks")
    if found.key == "blank-used" and blanks and not blanks["values"][0]:
        found = Explanation("blank-of-earlier")
    return replace(found, values={**common, **found.values})


def by_service(evidence: Evidence, number: int) -> Explanation | None:
    """How a service failed that stopped the cell; ``None`` where that is not so."""
    found = explain(evidence, number)
    return found if found and found.key in services.FAILED else None


def cut_off(evidence: Evidence, name: str) -> bool:
    """Whether the cell stopped before, or while, it gave a name its last value.

    Args:
        evidence: All evidence of the exercise.
        name: The name.
    """
    problem, source = Problem.read(evidence.get("problem")), joined(evidence["source"])
    lines = source.splitlines()
    code = problem.one("code")
    if not (0 < problem.line <= len(lines) and code and code in lines[problem.line - 1]):
        return False  # no exception, or one in a cell of several
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    stores = [item for item in nodes if isinstance(item, ast.Name) and item.id == name]
    return any(isinstance(i.ctx, ast.Store) and i.lineno >= problem.line for i in stores)


def _blank(problem: Problem, _number: int) -> Explanation | None:
    if not (problem.shows("blank") or problem.shows("blank-in-line")):
        return None
    name, made = problem.one("holds-blank"), problem.one("made-line")
    if name and made:
        return Explanation("blank-stored", {"name": code(name), "made": made})
    return Explanation("blank-used")


def _others(problem: Problem, _number: int) -> Explanation | None:
    """Exceptions whose type tells all."""
    kinds = {
        "CourseError": "refused",
        "KeyboardInterrupt": "interrupted",
        "RecursionError": "calls-itself",
        "ZeroDivisionError": "divided-by-zero",
        "MemoryError": "too-much-memory",
    }
    key = next((kinds[kind] for kind in kinds if problem.is_a(kind)), "")
    if key == "refused":
        said = " ".join(problem.said.split())
        return Explanation(key, {"said": said}) if said[-1:] == "." else None
    return Explanation(key) if key else None


def _in_general(problem: Problem) -> Explanation:
    said = quotable(problem.said)
    return Explanation("stopped-saying", {"said": said}) if said else Explanation("stopped")


_EXPLAINERS: tuple[Callable[[Problem, int], Explanation | None], ...] = (
    syntax.explain,
    _blank,
    services.explain,
    _others,
    names.explain,
    attributes.explain,
    calls.explain,
    values.explain,
    files.explain,
)
