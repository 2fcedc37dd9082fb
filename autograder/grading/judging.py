"""The verdict on one exercise, from what was handed over and what the grader saw itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from autograder.checks import expectation as expectations
from autograder.checks import facts
from autograder.checks.card import as_html
from autograder.checks.check import concluded, remarks_on
from autograder.checks.compare import compare
from autograder.checks.exercise import Exercise
from autograder.checks.exercises import exercise as find
from autograder.checks.expectation import Expectation
from autograder.checks.facts import Evidence
from autograder.checks.guard import quiet
from autograder.checks.judge import judge
from autograder.checks.verdict import MIME_TYPE, AspectScore, Verdict
from autograder.checks.workspace import Workspace
from autograder.grading.cells import Cell
from autograder.grading.evidence import Claims
from autograder.grading.scratch import read_beneath

NOT_GRADED = "not-graded"
"""Name of the mistake where nothing could be judged; the message says why."""

NOTHING_HANDED_OVER = "The notebook ended before this exercise was reached."
NOT_JUDGED = "What was handed over for this exercise cannot be judged."
ANOTHER_PATCH = "shows nothing of the patch on which it was graded"

MADE_BEFORE = {"rgb": 3, "img_array": 9}
"""Results that later exercises look at, by the exercise that makes them."""

_TELLING = ("array", "numbers", "geometry")
"""Kinds of facts that nobody gets right without having read the patch."""


@dataclass(frozen=True)
class Seen:
    """What the grader itself saw of one exercise.

    Attributes:
        requests: The journal's entries for requests that this exercise's cells sent.
        objects: The objects in the buckets, as the services list them.
        read_object: Reads one of those objects.
        folder: The scratch folder in which the learner's code could write.
    """

    requests: Sequence[Mapping[str, Any]] = ()
    objects: Sequence[Mapping[str, Any]] = ()
    read_object: Callable[[str], bytes] = field(default=lambda path: b"")
    folder: Path = Path()


def judge_exercise(
    number: int,
    claims: Claims | None,
    seen: Seen,
    cells: Sequence[Cell],
    folder: Path,
    reason: str = "",
) -> Verdict:
    """Judge one exercise of a submission. Whatever was handed over, nothing is raised.

    Args:
        number: The exercise.
        claims: What the learner's process handed over; ``None`` where it did not.
        seen: What the grader itself saw.
        cells: The code cells of the notebook.
        folder: The ``expectations`` folder of the grading world.
        reason: Why nothing was handed over.
    """
    if claims is None:
        return not_graded(number, folder, reason or NOTHING_HANDED_OVER)
    try:
        with quiet():
            return _judged(find(number), claims, seen, cells, folder)
    except Exception:  # no honest evidence gets here, and one submission must not stop a run
        return not_graded(number, folder, NOT_JUDGED)


def not_graded(number: int, folder: Path, reason: str) -> Verdict:
    """A verdict without points, which says why."""
    expectation = expectations.load(number, folder=folder)
    aspects = tuple(AspectScore(name, points, 0.0) for name, points in expectation.aspects.items())
    return Verdict(number, expectation.title, aspects, mistake=NOT_GRADED, message=reason)


def check_output(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the only output of a check cell: nbgrader reads the score from the text."""
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {
            "text/plain": repr(verdict.score),
            "text/html": as_html(verdict),
            MIME_TYPE: verdict.as_data(),
        },
    }


def source_of(cells: Sequence[Cell], number: int) -> str:
    """The learner's code for an exercise, added cells included."""
    own = ("exercise", "extra")
    return "\n".join(cell.source for cell in cells if cell.exercise == number and cell.kind in own)


def _judged(
    exercise: Exercise, claims: Claims, seen: Seen, cells: Sequence[Cell], folder: Path
) -> Verdict:
    expectation = expectations.load(exercise.number, claims.tile_url, folder)
    workspace = Workspace(
        names={},
        exercise=exercise.number,
        requests=seen.requests,
        objects=seen.objects,
        read_object=seen.read_object,
        read_file=partial(_read_file, seen.folder),
        source=source_of(cells, exercise.number),
        folder=Path(claims.folder),
        given=frozenset(claims.given),
    )
    evidence = concluded(exercise, claims.facts, workspace)
    verdict = judge(exercise, evidence, expectation)
    if verdict.score and not _of_this_patch(exercise, evidence, expectation, claims, folder):
        unseen = facts.missing(ANOTHER_PATCH)
        nothing = {spec.name: unseen for spec in exercise.facts if spec.aspect}
        verdict = judge(exercise, evidence | nothing, expectation)
    return replace(verdict, remarks=(*verdict.remarks, *remarks_on(exercise, workspace)))


def _read_file(root: Path, path: str, folder: Path, limit: int) -> bytes | None:
    return read_beneath(root, folder / path, limit)


def _of_this_patch(
    exercise: Exercise,
    evidence: Evidence,
    expectation: Expectation,
    claims: Claims,
    folder: Path,
) -> bool:
    """Whether anything in the evidence shows that the patch of this run was read.

    A result that follows from the learner's own earlier one, or that is the same on every patch,
    could have been made up; beside one number that only this patch has, it counts. Where services
    are asked, what earns points was seen by the grader itself.
    """
    if exercise.reads_services:
        return True
    read_here = any(
        spec.name in evidence
        and not spec.everywhere
        and expectation.facts[spec.name]["kind"] in _TELLING
        and compare(evidence[spec.name], expectation.facts[spec.name], spec.tolerance) is None
        for spec in exercise.facts
    )
    return read_here or any(
        _as_expected(maker, name, evidence, claims.tile_url, folder)
        for name, maker in MADE_BEFORE.items()
        if name in evidence and maker != exercise.number
    )


def _as_expected(maker: int, name: str, evidence: Evidence, tile_url: str, folder: Path) -> bool:
    """Whether an earlier result is right."""
    expected = expectations.load(maker, tile_url, folder).facts[name]
    spec = next(spec for spec in find(maker).facts if spec.name == name)
    return compare(evidence[name], expected, spec.tolerance) is None
