"""Where the names of the notebooks come from: which given cell or exercise makes them.

``origins.json`` is written when the notebooks are built: for each notebook the names of its given
cells, of each exercise's solution, and those that `catch_up` gives.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ORIGINS = Path(__file__).parent / "origins.json"
"""The file."""


@dataclass(frozen=True)
class Origin:
    """What makes a name.

    Attributes:
        notebook: Number of its notebook.
        exercise: Number of the exercise whose cell makes it; 0 for a given cell.
        given: Whether `catch_up` gives it.
        here: Whether it is in the notebook of the exercise that asks for it.
    """

    notebook: int
    exercise: int = 0
    given: bool = False
    here: bool = True


def origin(name: str, number: int) -> Origin | None:
    """Where the cell of an exercise gets a name from; ``None`` where nothing makes it.

    The cells of its own notebook come first, exercises before given cells, nearest first.

    Args:
        name: The name.
        number: The exercise that asks for it.
    """
    found: list[Origin] = []
    for place, notebook in enumerate(_notebooks(), 1):
        here = str(number) in notebook["exercises"]
        for exercise, names in notebook["exercises"].items():
            if name in names and int(exercise) != number:
                given = name in notebook["results"][exercise]
                found.append(Origin(place, int(exercise), given, here))
        if here and name in notebook["given"]:
            found.append(Origin(place))
    earlier = [item for item in found if item.exercise < number or not item.here]
    return min(earlier, key=_rank, default=None)


def _rank(item: Origin) -> tuple[bool, bool, bool, int]:
    return not item.here, not item.given, not item.exercise, -item.exercise


@cache
def _notebooks() -> list[dict[str, Any]]:
    return list(json.loads(ORIGINS.read_text(encoding="utf-8"))) if ORIGINS.is_file() else []
