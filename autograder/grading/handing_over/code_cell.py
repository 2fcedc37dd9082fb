"""The cells of a submitted notebook, as grading runs them."""

from dataclasses import dataclass
from typing import Any, Literal

from autograder.checks.notebook.cells import exercise_id

Kind = Literal["given", "exercise", "check", "extra"]


@dataclass(frozen=True)
class Cell:
    """One code cell to run.

    Attributes:
        index: Its place among all cells of the submitted notebook, before a preface is added.
        id: The course's id, such as ``exercise-3``; ``extra-1`` and so on for a learner's own.
        kind: ``given`` is the course's, ``exercise`` the learner's answer, ``check`` where an
            exercise is judged, ``extra`` what the learner added.
        exercise: Number of the exercise that it is counted with; 0 for a given cell.
        source: The code.
    """

    index: int
    id: str
    kind: Kind
    exercise: int
    source: str

    @property
    def metadata(self) -> dict[str, Any]:
        """What a front-end would send with it: of which exercise it is."""
        return {"nbgrader": {"grade_id": exercise_id(self.exercise)}} if self.exercise else {}
