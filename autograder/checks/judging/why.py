"""Why: the idea behind a common misconception, with a number from the learner's own data."""

from dataclasses import dataclass

from autograder.checks import texts
from autograder.checks.judging.exercise import Exercise
from autograder.checks.judging.thumbnail import drawn
from autograder.checks.reading.facts import Evidence


@dataclass(frozen=True)
class Why:
    """What the fold of a card says.

    Attributes:
        words: Some sentences, with the learner's own numbers.
        picture: A small picture of the learner's own, as a data URI of a PNG; ``""`` for none.
        caption: What the picture shows.
    """

    words: str
    picture: str = ""
    caption: str = ""


def why(exercise: Exercise, evidence: Evidence, mistake: str, drawing: bool = True) -> Why | None:
    """The fold for a mistake; ``None`` where there is none, or where its numbers cannot be had.

    Args:
        exercise: The exercise, whose figures are computed.
        evidence: What the learner's code left behind; as it is hostile, nothing is raised.
        mistake: Name of the mistake.
        drawing: Whether to draw a picture: beside others it would make a long page.
    """
    folds = texts.of_exercise(exercise.number).why.values()
    fold = next((item for item in folds if mistake in item.when), None)
    if fold is None:
        return None
    try:
        words = fold.say.format_map(_Figures(exercise, evidence))
        picture = drawn(evidence[fold.picture]) if drawing and fold.picture else ""
    except Exception:
        return None
    return Why(words, picture, fold.caption if picture else "")


class _Figures(dict[str, str]):
    """The exercise's figures, each computed when it is asked for."""

    def __init__(self, exercise: Exercise, evidence: Evidence) -> None:
        super().__init__()
        self.exercise, self.evidence = exercise, evidence

    def __missing__(self, name: str) -> str:
        return self.exercise.figures[name](self.evidence)
