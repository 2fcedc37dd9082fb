"""``hint(N)``: an exercise's hints, one more with each call."""

from autograder.checks.exercises import exercise as find
from autograder.checks.judging import expectation as expectations
from autograder.checks.showing.panel import Panel, exercise_number
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
        expectation = expectations.load(number)
        hints = of_exercise(number).hints
        count = min(self.opened.get(number, 0) + 1, len(hints))
        was_last = self.opened.get(number) == len(hints)
        self.opened[number] = count
        return Panel(
            f"Exercise {number} · {expectation.title}: {count} of {len(hints)} hints",
            hints[:count],
            (_what_next(number, len(hints) - count, was_last),),
        )


def _what_next(number: int, left: int, was_last: bool) -> str:
    if left:
        words = "One more hint is" if left == 1 else f"{left} more hints are"
        return f"{words} left. Run `hint({number})` again for the next one."
    words = "There are no more hints." if was_last else "That was the last hint."
    if not find(number).gives:
        return words
    return f"{words} `catch_up({number})` gives you the results that the next exercises need."
