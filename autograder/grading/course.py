"""Which notebook holds which exercise."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.root import ROOT
from utils.errors import CourseError

ASSIGNMENT = "data-acquisition"
"""nbgrader's name of the assignment; also the name of its folder everywhere."""

SOLUTIONS = ROOT / "solutions" / ASSIGNMENT
"""The solved notebooks, which carry nbgrader's metadata."""

CHECK_CELL = re.compile(r"check-(\d+)")
"""Grade id of the check cell of an exercise."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: its number, the notebook (without ``.ipynb``) and the points it is worth."""

    number: int
    notebook: str
    points: float


@dataclass(frozen=True)
class Course:
    """An assignment: the folder of solved notebooks and the exercises in them, by number."""

    folder: Path
    exercises: tuple[Exercise, ...]

    @property
    def notebooks(self) -> list[str]:
        """Names of the notebooks that hold exercises, without ``.ipynb``, sorted."""
        return sorted({exercise.notebook for exercise in self.exercises})


def read_course(folder: Path = SOLUTIONS) -> Course:
    """Read the exercises from the check cells of the solved notebooks.

    Raises:
        CourseError: The folder holds no check cells, or two for one exercise.
    """
    exercises: dict[int, Exercise] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            match = CHECK_CELL.fullmatch(about.get("grade_id", ""))
            if not (match and about.get("grade")):
                continue
            number = int(match[1])
            if number in exercises:
                raise CourseError(
                    f"{path} holds a second check of exercise {number}",
                    "One check cell for each exercise",
                    "Run make notebooks",
                )
            exercises[number] = Exercise(number, path.stem, float(about["points"]))
    if not exercises:
        raise CourseError(
            f"{folder} holds no notebooks with check cells",
            "The solved notebooks of the course",
            "Run make notebooks",
        )
    return Course(folder, tuple(exercises[number] for number in sorted(exercises)))
