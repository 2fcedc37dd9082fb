"""``answer(N, …)``: one question on transfer for each exercise that is right, for no points."""

from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import Exercise
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.guard import quiet, time_limit
from autograder.checks.showing.panel import Panel, exercise_heading
from autograder.checks.texts import Question, of_exercise
from autograder.checks.texts import card as say

RIGHT = "right"
"""Key of what is said of a right answer."""

UNREADABLE = "unreadable"
"""Key of what is said of an answer that cannot be judged."""


class Questions:
    """The questions of one kernel, each on what was right when it was checked."""

    def __init__(self) -> None:
        self._solved: dict[int, tuple[Evidence, Served]] = {}
        self._answered: set[int] = set()

    def ask(self, exercise: Exercise, evidence: Evidence, served: Served) -> str:
        """The question behind an exercise that is right; ``""`` for none, or one answered."""
        question = of_exercise(exercise.number).question
        if question is None or exercise.transfer is None:
            return ""
        self._solved[exercise.number] = evidence, served
        if exercise.number in self._answered:
            return ""
        return say("question", ask=question.ask, number=exercise.number, form=question.form)

    def answer(self, exercise: Exercise, value: object) -> Panel:
        """Whether an answer is right, in words. Whatever it is, nothing is raised."""
        number = exercise.number
        question, heading = of_exercise(number).question, exercise_heading(number)
        if question is None or exercise.transfer is None:
            return Panel(heading, notes=(say("no-question", number=number),))
        if number not in self._solved:
            title = say("answer-later", heading=heading)
            return Panel(title, notes=(say("question-first", number=number),))
        key = self._judged(exercise, value)
        if key == RIGHT:
            self._answered.add(number)
            return Panel(say("answered", heading=heading), notes=(question.right,))
        return Panel(say("answered-not-yet", heading=heading), notes=(_wrong(question, key),))

    def _judged(self, exercise: Exercise, value: object) -> str:
        """Key of what is to be said of an answer."""
        evidence, served = self._solved[exercise.number]
        try:
            with quiet(), time_limit():
                assert exercise.transfer is not None
                return exercise.transfer.judge(exercise.transfer.read(value), evidence, served)
        except Exception:  # an object of a learner's own may raise anything
            return UNREADABLE


def _wrong(question: Question, key: str) -> str:
    return question.wrong.get(key, question.ask)
