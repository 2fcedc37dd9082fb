"""``python -m autograder.notebooks.on_the_spot FOLDER 5``: what is right on a learner's own patch.

`check` starts it beside the kernel. What is right comes first, of the exercise that is asked for
and then of the others, so that a verdict need not wait for known mistakes; these come last.
"""

import select
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.checks.exercises import every_exercise
from autograder.checks.judging.expectation import load, path
from autograder.checks.own_patch.ground import needed_for
from autograder.checks.own_patch.patch_world import COMPLETE, EXPECTATIONS, fetch_surroundings
from autograder.notebooks.record_expectations import rehearsed_in, write
from autograder.notebooks.recorder import recorder
from autograder.notebooks.source import read_all
from autograder.notebooks.workers import ForkedServices
from utils.errors import CourseError
from utils.reference import PRACTICE_PATCH_URL

SURROUNDINGS = (7, 11)
"""Exercises that read outlines of regions or labels, which are fetched first."""


def main() -> int:
    """Record until everything is there, or until who has asked is gone."""
    world, first = Path(sys.argv[1]), int(sys.argv[2])
    every = {item.number for item in every_exercise() if item.own_patch}
    at_once, complete = every - set(SURROUNDINGS), True
    try:
        if first in at_once:
            complete = record(world, [(set(needed_for(first)), False), (at_once, False)])
        fetch_surroundings(world)
        stages = [(set(needed_for(first)), False), (every, False), ({first}, True), (every, True)]
        complete = record(world, stages) and complete
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 1
    if complete:
        (world / COMPLETE).touch()
    return int(not complete)


def record(world: Path, stages: Iterable[tuple[set[int], bool]]) -> bool:
    """Record exercises on the patch of a world; returns whether all could be.

    Args:
        world: Folder of the world.
        stages: One after the other: numbers of exercises, and whether with their mistakes. What
            is there already is not done again.

    Raises:
        CourseError: The kernel has ended.
    """
    complete = True
    with recorder(world, ForkedServices) as player:
        for numbers, mistakes in stages:
            wanted = {number for number in numbers if not _is_there(world, number, mistakes)}
            for notebook in read_all():
                if _nobody_waits():
                    raise CourseError("Nobody waits for this any more")
                try:
                    for item in rehearsed_in(
                        player,
                        notebook,
                        wanted,
                        [PRACTICE_PATCH_URL],
                        mistakes=mistakes,
                        examples=False,
                    ):
                        write([replace(item, values={})], world / EXPECTATIONS)
                except CourseError as problem:
                    print(problem, file=sys.stderr)
                    complete = False
    return complete


def _is_there(world: Path, number: int, mistakes: bool) -> bool:
    """Whether an exercise is recorded, where asked for with its mistakes."""
    file = path(world / EXPECTATIONS, number)
    return file.is_file() and (
        not mistakes or bool(load(number, folder=world / EXPECTATIONS).mistakes)
    )


def _nobody_waits() -> bool:
    """Whether the kernel has ended, and standard input with it."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


if __name__ == "__main__":
    sys.exit(main())
