"""``catch_up(N)``: values for a stuck learner, so that one hard exercise does not end the day.

The values are recorded beside the expectations, from the solution and in the same world, in files
such as ``values-03.npz``: numbers and text, never objects. A session with a token cannot be
recorded; it is opened when it is asked for, with the demonstration client.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from autograder.checks.exercises import exercise as find
from autograder.checks.exercises import is_exercise
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise
from autograder.checks.notebook.session import Session
from autograder.checks.showing.panel import Panel, exercise_heading, exercise_number, listing
from autograder.checks.texts import card as say
from utils.errors import CourseError


def catch_up(number: int, session: Session, credentials: tuple[str, str]) -> Panel:
    """Bind the results of an exercise that later ones need, and say so.

    Args:
        number: The exercise.
        session: The kernel's cells and names.
        credentials: Id and secret of the demonstration client.

    Raises:
        CourseError: There is no such exercise, or its values cannot be had.
    """
    exercise = find(exercise_number(number, "catch_up"))
    heading = exercise_heading(number)
    if not exercise.gives:
        return Panel(
            say("no-results", heading=heading),
            notes=(say("no-results-needed", number=number),),
        )
    file = values_file(expectations.current_folder(), number) if exercise.recorded else None
    session.give(number, values_of(exercise, credentials, file))
    return Panel(
        say("caught-up", heading=heading),
        notes=(
            say("caught-up-names", names=listing(exercise.results)),
            say("caught-up-points", number=number),
        ),
    )


def values_file(folder: Path, number: int) -> Path:
    """File with the values of an exercise in a world's ``expectations`` folder."""
    return folder / f"values-{number:02d}.npz"


def is_recorded(number: object) -> bool:
    """Whether this is the number of an exercise of which values are recorded."""
    return is_exercise(number) and bool(find(number).recorded)


def write_values(file: Path, number: int, names: Mapping[str, Any]) -> None:
    """Store the values of an exercise.

    Args:
        file: Where to.
        number: The exercise.
        names: The names of a notebook in which the solution ran.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    packed: dict[str, Any] = {
        result.name: result.pack(names[result.name]) for result in find(number).recorded
    }
    np.savez_compressed(file, **packed)


def values_of(
    exercise: Exercise, credentials: tuple[str, str], file: Path | BinaryIO | None
) -> dict[str, Any]:
    """What an exercise gives, as the solution makes it.

    Args:
        exercise: The exercise.
        credentials: Id and secret of the demonstration client.
        file: File with its recorded values, or its open content; ``None`` where it has none.

    Raises:
        CourseError: There is no such file, or the services do not answer.
    """
    opened = {item.name: item.open(*credentials) for item in exercise.gives if item.open}
    return opened | (read_values(exercise, file) if file else {})


def read_values(exercise: Exercise, file: Path | BinaryIO) -> dict[str, Any]:
    """The recorded values of an exercise, as the solution makes them.

    Raises:
        CourseError: There is no such file.
    """
    if isinstance(file, Path) and not file.is_file():
        raise CourseError(
            f"The values of {file.stem} are not recorded here",
            "values beside the expectations",
            "Tell your teacher, who can run `make expectations`",
        )
    with np.load(file, allow_pickle=False) as stored:
        return {item.name: item.unpack(stored[item.name]) for item in exercise.recorded}
