"""Recorded expectations: what is right on a patch, and what each known mistake looks like."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.careful_files import write_file
from autograder.checks.reading.facts import Fact
from autograder.patches import PRACTICE
from utils.errors import CourseError
from utils.reference import PRACTICE_PATCH_URL


@dataclass(frozen=True)
class Variant:
    """One recorded way to answer: a mistake, or an answer that is right as well.

    Attributes:
        name: Short name, words joined by hyphens.
        facts: The facts in which it differs from the solution.
        claims: What its sentence claims; see `explaining.claims`.
    """

    name: str
    facts: dict[str, Fact]
    claims: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Expectation:
    """What an exercise expects on one patch, read by `load`.

    Attributes:
        facts: Those of the solution, reduced, by name.
        see: Heading of the section of the notebook that teaches it.
        blanks: How many ``___`` the exercise has when it is handed out.
    """

    exercise: int
    title: str
    aspects: dict[str, float]
    facts: dict[str, Fact]
    accepted: tuple[Variant, ...] = ()
    mistakes: tuple[Variant, ...] = ()
    see: str = ""
    blanks: int = 0


Load = Callable[[int], Expectation]
"""Gives the expectation of an exercise on the patch that was opened."""


def path(folder: Path, exercise: int, tile_url: str = PRACTICE_PATCH_URL) -> Path:
    """File of an expectation.

    Args:
        folder: A world's ``expectations`` folder.
        exercise: Number of the exercise.
        tile_url: Address of the patch that was opened; the practice patch has the plain name.
    """
    patch = "" if tile_url == PRACTICE_PATCH_URL else "-" + tile_url.rsplit("/", 1)[-1][:-4]
    return folder / f"exercise-{exercise:02d}{patch}.json"


def current_folder() -> Path:
    """Folder with the expectations of the served world (default: the practice world)."""
    return Path(os.environ.get("COURSE_WORLD", PRACTICE)) / "expectations"


def load(
    exercise: int, tile_url: str = PRACTICE_PATCH_URL, folder: Path | None = None
) -> Expectation:
    """The expectation of an exercise on the patch being served.

    Args:
        exercise: Number of the exercise.
        tile_url: Address of the patch that the learner opened; one that is not served falls back
            to the practice patch.
        folder: A world's ``expectations`` folder (default: of the world being served).

    Raises:
        CourseError: Nothing is recorded for this exercise.
    """
    folder = folder or current_folder()
    for candidate in (path(folder, exercise, tile_url), path(folder, exercise)):
        if candidate.is_file():
            return _read(candidate, candidate.stat().st_mtime_ns)
    raise CourseError(
        f"Nothing is recorded for exercise {exercise} in {folder}",
        f"a file {path(folder, exercise).name}",
        "Run `make expectations`",
    )


@lru_cache(maxsize=64)
def _read(file: Path, _modified: int) -> Expectation:
    """Cached until the file changes: checks are called often."""
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Expectation(
        data["exercise"],
        data["title"],
        data["aspects"],
        data["facts"],
        tuple(Variant(**variant) for variant in data["accepted"]),
        tuple(Variant(**variant) for variant in data["mistakes"]),
        data["see"],
        data["blanks"],
    )


def write(file: Path, expectation: Expectation) -> None:
    """Store an expectation as json: a line for each short list, so that changes stay small."""
    data = {
        "exercise": expectation.exercise,
        "title": expectation.title,
        "see": expectation.see,
        "blanks": expectation.blanks,
        "aspects": expectation.aspects,
        "facts": expectation.facts,
        "accepted": [vars(variant) for variant in expectation.accepted],
        "mistakes": [vars(variant) for variant in expectation.mistakes],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, f"{_pretty(data)}\n".encode())  # a check may be reading it


def _pretty(value: Any, indent: str = "") -> str:
    """Json with one key a line; lists of plain values stay on one line."""
    deeper = indent + " "
    if isinstance(value, dict) and value:
        items = [
            f"{deeper}{json.dumps(key)}: {_pretty(item, deeper)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(deeper + _pretty(item, deeper) for item in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
