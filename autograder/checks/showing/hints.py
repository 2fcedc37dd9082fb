"""``hint(N)``: an exercise's hints, one more with each call."""

from autograder.checks.exercises import exercise as find
from autograder.checks.showing.panel import Panel, exercise_heading, exercise_number
from autograder.checks.texts import card as say
from autograder.checks.texts import of_exercise


class Hints:
    """The hints of one kernel.

    Attributes:
        opened: Number of open hints, by exercise.
    """

    def __init__(self) -> None:
        self.opened: dict[int, int] = {}

    def open(self, number: int) -> Panel:
        """Open one more hint of an exercise, and show all that are open.

        Raises:
            CourseError: There is no such exercise.
        """
        number = exercise_number(number, "hint")
        hints = of_exercise(number).hints
        count = min(self.opened.get(number, 0) + 1, len(hints))
        was_last = self.opened.get(number) == len(hints)
        self.opened[number] = count
        return Panel(
            say("hints", heading=exercise_heading(number), count=count, total=len(hints)),
            hints[:count],
            _what_next(number, len(hints) - count, was_last),
        )


def _what_next(number: int, left: int, was_last: bool) -> tuple[str, ...]:
    if left:
        return (say("hints-one-left" if left == 1 else "hints-left", left=left, number=number),)
    words = say("hints-none" if was_last else "hints-last")
    return (words, say("hints-catch-up", number=number)) if find(number).gives else (words,)
