"""The course's functions while a submission is graded: its own process judges nothing."""

import io
from collections.abc import Collection
from typing import TYPE_CHECKING

from autograder.checks.exercises import exercise as find
from autograder.checks.exercises import is_exercise
from autograder.checks.notebook.session import Session
from autograder.checks.reading.guard import quiet
from autograder.checks.showing.catch_up import is_recorded, values_of
from autograder.checks.showing.panel import Panel
from autograder.grading.handing_over.evidence import Packed, pack
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from utils.errors import CourseError

if TYPE_CHECKING:
    from autograder.grading.handing_over.messages import Contact


class GradingClassroom:
    """A `Classroom` without verdicts, in which `catch_up` gives values only after their check.

    Args:
        session: Watches the notebook's cells.
        contact: The way to the supervisor, which judges.
        checks: Exercises of this notebook, whose checks are still to come.
    """

    def __init__(self, session: Session, contact: "Contact", checks: Collection[int]) -> None:
        self.session = session
        self._contact = contact
        self._ahead = set(checks)
        self._wanted: set[int] = set()

    def start(self) -> None:
        """Bind the blank again."""
        self.session.bind_blank()
        print("Ready. The services answer offline.")

    def check(self, exercise: int) -> Panel:
        """Say when the verdict comes."""
        return _line(exercise, "is graded after the run")

    def hint(self, exercise: int) -> Panel:
        """Say that there are no hints now."""
        return _line(exercise, "is being graded: hints are in the course")

    def progress(self) -> Panel:
        """Say that there is no progress to show now."""
        return Panel("Your notebooks are being graded")

    def catch_up(self, exercise: int) -> Panel:
        """Bind an exercise's values at once, or right after its own check."""
        if not is_exercise(exercise) or not find(exercise).gives:
            return _line(exercise, "gives nothing that later ones need")
        if exercise in self._ahead:
            self._wanted.add(exercise)
            return _line(exercise, "is graded first: its results come after its check")
        content = self._contact.values(exercise) if is_recorded(exercise) else None
        given = self._give(exercise, content)
        return _line(exercise, "is caught up" if given else "has no results to give")

    def answer(self, exercise: int, value: object) -> Panel:
        """Say that the question is for the course alone; the answer is not looked at."""
        return _line(exercise, "asks its question in the course")

    def rehearse(self) -> Panel:
        """Say that this is no rehearsal."""
        return Panel("Your notebooks are being graded")

    def hand_over(self, number: int) -> None:
        """Hand over an exercise's evidence, then bind the values that `catch_up` was asked for.

        Names that the learner has made stay. What the learner's objects raise is caught.
        """
        try:
            with quiet():
                packed = pack(number, self.session.workspace(number))
        except BaseException:
            packed = Packed(b"")
        self._ahead.discard(number)
        values = self._contact.hand_over(number, packed, sorted(filter(is_recorded, self._wanted)))
        for exercise in sorted(self._wanted - self._ahead):
            self._wanted.discard(exercise)
            with quiet():
                self._give(exercise, values.get(exercise))

    def _give(self, exercise: int, content: bytes | None) -> bool:
        """Bind what an exercise gives where names are missing; its file may not be had."""
        if content is None and is_recorded(exercise):
            return False
        file = None if content is None else io.BytesIO(content)
        try:
            values = values_of(find(exercise), (CLIENT_ID, CLIENT_SECRET), file)
        except CourseError:
            return False
        runs = [run for run in self.session.runs if run.exercise == exercise]
        made = {name for run in runs for name in run.assigned}
        self.session.give(exercise, {n: value for n, value in values.items() if n not in made})
        return True


def _line(exercise: object, words: str) -> Panel:
    number = exercise if type(exercise) is int else "of this number"
    return Panel(f"Exercise {number} {words}")
