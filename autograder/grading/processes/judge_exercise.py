"""The verdict on one exercise, from what was handed over and what the grader saw itself."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from autograder.careful_files import open_regular, within
from autograder.checks.check import concluded, remarks_on
from autograder.checks.exercises import exercise as find
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.patch_was_read import judge_on_patch
from autograder.checks.reading.guard import quiet
from autograder.checks.reading.workspace import Refusal, Workspace
from autograder.checks.showing.card import MIME_TYPE, Card, as_html
from autograder.grading.handing_over.code_cell import Cell
from autograder.grading.handing_over.evidence import Claims
from autograder.grading.processes.refused_first import earlier_first, refusals_first
from autograder.grading.results.record import NOT_JUDGED
from autograder.grading.results.trouble import is_machines

NOTHING_HANDED_OVER = "The notebook ended before this exercise was reached."
UNUSABLE = "What was handed over for this exercise cannot be judged."


@dataclass(frozen=True)
class Seen:
    """What the grader itself saw of one exercise.

    Attributes:
        requests: The journal's entries for requests that this exercise's cells sent.
        objects: The objects in the buckets, as the services list them.
        read_object: Reads one of those objects.
        folder: The scratch folder in which the learner's code could write.
        hosts: Hosts that this exercise's cells asked for, and that the services do not stand for.
        stopped: Exercises whose cells ended with an exception, by what they show.
    """

    requests: Sequence[Mapping[str, Any]] = ()
    objects: Sequence[Mapping[str, Any]] = ()
    read_object: Callable[[str], bytes] = field(default=lambda path: b"")
    folder: Path = Path()
    hosts: Sequence[str] = ()
    stopped: Collection[int] = ()


def judge_exercise(
    number: int,
    claims: Claims | None,
    seen: Seen,
    cells: Sequence[Cell],
    folder: Path,
    reason: str = "",
) -> Verdict:
    """Judge one exercise of a submission. Whatever was handed over, nothing is raised for it.

    Args:
        number: The exercise.
        claims: What the submission's process handed over; ``None`` for nothing usable.
        seen: What the grader itself saw.
        cells: Code cells, of which those of this exercise are its source.
        folder: The ``expectations`` folder of the grading world.
        reason: Why there are no claims, for the learner.

    Raises:
        OSError: The machine is in trouble, such as with a full disk.
    """
    if claims is None:
        return not_judged(number, folder, reason or NOTHING_HANDED_OVER)
    try:
        with quiet():
            return _judged(find(number), claims, seen, cells, folder)
    except Exception as problem:  # dishonest evidence gets here, and must not stop the grader
        if is_machines(problem):
            raise
        return not_judged(number, folder, UNUSABLE)


def not_judged(number: int, folder: Path, reason: str) -> Verdict:
    """A verdict without points, which says why."""
    expectation = expectations.load(number, folder=folder)
    aspects = tuple(AspectScore(name, points, 0.0) for name, points in expectation.aspects.items())
    return Verdict(number, expectation.title, aspects, mistake=NOT_JUDGED, message=reason)


def check_output(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the only output of a check cell; the plain text is for `determine_grade`.

    See `graded_notebook`: the gradebook gets the score from the record.
    """
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {
            "text/plain": repr(verdict.score),
            "text/html": as_html(verdict),
            MIME_TYPE: Card.of(verdict).as_data(),
        },
    }


def source_of(cells: Sequence[Cell], number: int) -> str:
    """The learner's code for an exercise, added cells included."""
    own = ("exercise", "extra")
    return "\n".join(cell.source for cell in cells if cell.exercise == number and cell.kind in own)


def _judged(
    exercise: Exercise, claims: Claims, seen: Seen, cells: Sequence[Cell], folder: Path
) -> Verdict:
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
    load = partial(expectations.load, tile_url=claims.tile_url, folder=folder)
    served = Served(folder.parent, claims.tile_url)
    verdict = judge_on_patch(exercise, evidence, load, served)
    verdict = replace(verdict, remarks=(*verdict.remarks, *remarks_on(exercise, workspace)))
    refused = (*(Refusal("host", host) for host in seen.hosts), *claims.refused)
    error = evidence["error"]["text"]
    return refusals_first(earlier_first(verdict, seen.stopped, error), refused, error)


def _read_file(root: Path, path: str, folder: Path, limit: int) -> bytes | None:
    return read_beneath(root, folder / path, limit)


def read_beneath(root: Path, path: Path, limit: int) -> bytes | None:
    """The bytes of a file beneath a folder; no link on the way is followed.

    Args:
        root: The folder.
        path: The file, absolute.
        limit: Largest size in bytes that is read.

    Returns:
        ``None`` where there is no such regular file; ``b""`` for an empty or larger one.
    """
    try:
        real = os.path.realpath(root)
        inside = os.path.relpath(os.path.normpath(path), real).split(os.sep)
        if not os.path.isabs(path) or ".." in inside or inside == ["."]:
            return None
        folder = os.open(real, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for name in inside[:-1]:
                below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
                os.close(folder)
                folder = below
            with open_regular(inside[-1], folder=folder) as file:
                return within(file, limit)
        finally:
            os.close(folder)
    except (OSError, ValueError):  # also a name that is too long, or holds a NUL
        return None
