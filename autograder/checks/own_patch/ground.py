"""On which patch an exercise is judged in a learner's kernel, where it is not the course's own."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from autograder.checks.exercises import exercise as find
from autograder.checks.exercises import maker_of
from autograder.checks.explaining.served import Served
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise
from autograder.checks.judging.expectation import Expectation, Load
from autograder.checks.own_patch.meaning import meaningless, reasons, without
from autograder.checks.own_patch.opened import OwnPatch, Unusable, address, opened
from autograder.checks.own_patch.patch_world import EXPECTATIONS, world_of
from autograder.checks.own_patch.recording import Recordings
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.workspace import Workspace
from autograder.checks.texts import card as say
from autograder.patches import World
from autograder.surroundings.outside import LIVE
from utils.reference import PRACTICE_PATCH_URL


@dataclass(frozen=True)
class Ground:
    """A patch that a learner has chosen.

    Attributes:
        says: Which one it is, in words; where it cannot be judged on, why.
        world: Its world; ``None`` where it cannot be judged on.
    """

    says: str
    world: Path | None = None


def needed_for(number: int) -> list[int]:
    """An exercise, behind those whose results its verdict looks at as well."""
    exercise = find(number)
    makers = {maker_of(name).number for name in exercise.builds_on}
    return [*sorted(item for item in makers - {number} if find(item).own_patch), number]


def ground_of(exercise: Exercise, workspace: Workspace, recordings: Recordings) -> Ground | None:
    """The patch that the learner has chosen; ``None`` for one of the course, or for none.

    What is right on it is recorded where that is not known yet: that takes a second or two.
    """
    named = address(workspace)
    if not exercise.own_patch or not named or _is_recorded(exercise.number, named):
        return None
    patch = opened(named)
    if patch is None:  # what the learner's code says of it tells more
        return None
    if isinstance(patch, Unusable):
        return Ground(say(patch.why, name=patch.name, **patch.values))
    world = world_of(patch)
    if not recordings.wait_for(world, needed_for(exercise.number)):
        return Ground(say("own-patch-unrecorded", name=patch.name))
    return Ground(_introduced(patch, named), world)


def _is_recorded(number: int, named: str) -> bool:
    """Whether the served world holds what is right on a patch: a real one has other pixels."""
    folder = expectations.current_folder()
    real = urlsplit(named).netloc in os.environ.get(LIVE, "").split()
    served = not real and named in World.load(folder.parent).patches
    return served and expectations.path(folder, number, named).is_file()


def _introduced(patch: OwnPatch, named: str) -> str:
    width, height = patch.size
    north, east = patch.centre
    sides = {"north": "S" if north < 0 else "N", "east": "W" if east < 0 else "E"}
    words = say(
        "own-patch",
        name=patch.name,
        width=width,
        height=height,
        north=f"{abs(north):.2f}° {sides['north']}",
        east=f"{abs(east):.2f}° {sides['east']}",
    )
    served = named in World.load(expectations.current_folder().parent).patches
    return words if served else f"{words} {say('own-patch-not-graded')}"


def judged_on(
    world: Path, exercise: Exercise, evidence: Evidence, served: Served
) -> tuple[Exercise, Load, list[str]]:
    """What an exercise asks for on a patch of a learner's own.

    Returns:
        The exercise without what has no meaning there, how expectations are loaded, and what was
        left out in words.
    """
    load = partial(expectations.load, tile_url=PRACTICE_PATCH_URL, folder=world / EXPECTATIONS)
    expectation = load(exercise.number)
    aspects = meaningless(exercise, expectation, evidence, served)
    if not aspects:
        return exercise, load, []
    asked, kept = without(exercise, expectation, aspects)

    def loading(number: int) -> Expectation:
        return kept if number == exercise.number else load(number)

    return asked, loading, reasons(exercise, aspects)
