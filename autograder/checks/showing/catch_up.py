"""``catch_up(N)``: values for a stuck learner, so that one hard exercise does not end the day.

The values are recorded beside the expectations, from the solution and in the same world, as
``values-03.npz`` and ``values-09.npz``: numbers and text, never objects. A session with a token
cannot be recorded; it is opened when it is asked for, with the demonstration client.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from autograder.checks.judging import expectation as expectations
from autograder.checks.notebook.session import Session
from autograder.checks.showing.panel import Panel, exercise_number, listing
from utils.errors import CourseError
from utils.reference import TOKEN_URL

GIVES = {
    1: ("oauth",),
    3: ("rgb", "tile_crs", "tile_bounds"),
    9: ("img_array",),
}
"""Results that later exercises of the same notebook build on, by the exercise that makes them."""

RECORDED = (3, 9)
"""Exercises whose values are stored."""

STEPS = 1000
"""Display values 0-1 are stored as whole numbers of this many steps: a third of the size."""

TOKEN_TIMEOUT = 10
"""Seconds to wait for the stand-in token service."""


def catch_up(number: int, session: Session, credentials: tuple[str, str]) -> Panel:
    """Bind the results of an exercise that later ones need, and say so.

    Args:
        number: The exercise.
        session: The kernel's cells and names.
        credentials: Id and secret of the demonstration client.

    Raises:
        CourseError: There is no such exercise, or its values cannot be had.
    """
    number = exercise_number(number, "catch_up")
    title = expectations.load(number).title
    heading = f"Exercise {number} · {title}"
    if number not in GIVES:
        return Panel(
            f"{heading}: nothing to catch up on",
            notes=(f"No later exercise of this notebook needs a result of exercise {number}.",),
        )
    if number in RECORDED:
        values = read_values(values_file(expectations.current_folder(), number))
    else:
        values = {"oauth": open_session(*credentials)}
    session.give(number, values)
    return Panel(
        f"{heading}: caught up",
        notes=(
            f"You now have {listing(GIVES[number])}. The next exercises can use them.",
            f"Exercise {number} earns no points with them. Solve it yourself, also later, "
            "and it counts.",
        ),
    )


def values_file(folder: Path, number: int) -> Path:
    """File with the values of an exercise in a world's ``expectations`` folder."""
    return folder / f"values-{number:02d}.npz"


def write_values(file: Path, number: int, names: Mapping[str, Any]) -> None:
    """Store the values of an exercise.

    Args:
        file: Where to.
        number: The exercise, one of `RECORDED`.
        names: The names of a notebook in which the solution ran.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {name: _pack(name, names[name]) for name in GIVES[number]}
    np.savez_compressed(file, **arrays)


def read_values(file: Path) -> dict[str, Any]:
    """The values in a file, as the solution makes them.

    Raises:
        CourseError: There is no such file.
    """
    if not file.is_file():
        raise CourseError(
            f"The values of {file.stem} are not recorded here",
            "values beside the expectations",
            "Tell your teacher, who can run `make expectations`",
        )
    return values_in(file)


def values_in(file: Path | BinaryIO) -> dict[str, Any]:
    """The values in a file of values, or in its open content."""
    with np.load(file, allow_pickle=False) as stored:
        return {name: _unpack(name, stored[name]) for name in stored.files}


def _pack(name: str, value: Any) -> np.ndarray:
    if name == "rgb":
        return np.rint(value * STEPS).astype(np.uint16)
    return np.array(value.to_string()) if name == "tile_crs" else np.array(value)


def _unpack(name: str, stored: np.ndarray) -> Any:
    if name == "rgb":
        return (stored / STEPS).astype(np.float32)
    if name == "tile_crs":
        from rasterio.crs import CRS

        return CRS.from_string(str(stored))
    if name == "tile_bounds":
        from rasterio.coords import BoundingBox

        return BoundingBox(*stored.tolist())
    return stored


def open_session(client_id: str, client_secret: str) -> Any:
    """A session whose requests carry a token of the stand-in token service.

    Raises:
        CourseError: The token service does not answer.
    """
    import requests
    from requests_oauthlib import OAuth2Session

    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": client_secret,
    }
    try:
        answer = requests.post(TOKEN_URL, data=form, timeout=TOKEN_TIMEOUT)
        answer.raise_for_status()
        token = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise CourseError(
            f"No token could be had ({type(problem).__name__})",
            "the offline token service",
            "Restart the kernel and run the first cell",
        ) from None
    return OAuth2Session(client_id, token=token)
