"""What is amiss in the folds "Why?" and in the question behind an exercise."""

import string
from collections.abc import Iterator

from autograder.checks.judging.exercise import Exercise
from autograder.checks.showing.questions import RIGHT, UNREADABLE
from autograder.checks.texts import ANY_EXERCISE, Fold, language, read
from autograder.notebooks.lint.texts import LONGEST_MESSAGE, STATES, faults, gives_away
from autograder.notebooks.source import Manifest
from utils.errors import CourseError

SHORTEST_WHY, LONGEST_WHY = 60, 140
"""Words."""

FEWEST_WHYS = 3


def findings(text: Manifest, checks: Exercise) -> Iterator[CourseError]:
    """All findings on the folds and the question of one exercise."""
    folds = text.texts.why
    if len(folds) < FEWEST_WHYS:
        yield CourseError(
            f"There are {len(folds)} entries under `why`", f"at least {FEWEST_WHYS}", "Add more"
        )
    keys = [key for fold in folds.values() for key in fold.when]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield CourseError(f"Two folds explain {key!r}", "one for each", "Take it out of one")
    for topic, fold in folds.items():
        for found, expected in _fold(text, checks, fold):
            yield CourseError(f"The fold {topic!r} {found}", expected, "Mend it under `why`")
    yield from _question(text, checks)


def _fold(text: Manifest, checks: Exercise, fold: Fold) -> Iterator[tuple[str, str]]:
    """What is amiss in one fold, and what is expected."""
    for fault in faults(fold.say, LONGEST_WHY):
        yield fault, "short, whole sentences without blame"
    if len(fold.say.split()) < SHORTEST_WHY:
        yield f"has {len(fold.say.split())} words", f"at least {SHORTEST_WHY}"
    if gives_away(text, fold.say):
        yield "holds a line of the solution", "the idea behind"
    common = read(ANY_EXERCISE, language()).explanations
    states = {f"{spec.name.replace('_', '-')}-{state}" for spec in checks.facts for state in STATES}
    said = text.texts
    for key in sorted(set(fold.when) - {*said.mistakes, *said.explanations, *common, *states}):
        yield f"is for {key!r}, which is never found", "mistakes and explanations"
    values = {name for _, name, _, _ in string.Formatter().parse(fold.say) if name is not None}
    for name in sorted(values - checks.figures.keys()):
        yield f"asks for {{{name}}}", f"one of the exercise's figures: {', '.join(checks.figures)}"
    if not values and not fold.picture:
        yield "holds nothing of the learner's own", "one of the exercise's figures, or a picture"
    if fold.picture and fold.picture not in {spec.name for spec in checks.facts}:
        yield f"draws {fold.picture!r}", "a fact of the exercise"
    if bool(fold.picture) != bool(fold.caption):
        yield "has a picture or a caption alone", "both or none"


def _question(text: Manifest, checks: Exercise) -> Iterator[CourseError]:
    """What is amiss in the question: its words, or what its module finds."""
    question, transfer = text.texts.question, checks.transfer
    if (question is None) != (transfer is None):
        yield CourseError(
            "Its question stands in the texts or in the module alone",
            "`question` in the texts and `transfer` in the module",
            "Add the other one",
        )
    if question is None or transfer is None:
        return
    for key, words in {"ask": question.ask, RIGHT: question.right, **question.wrong}.items():
        for fault in faults(words, LONGEST_MESSAGE):
            yield CourseError(
                f"The words {key!r} of its question: {fault}",
                "short, whole sentences without blame",
                "Word it anew",
            )
    for key in sorted(question.wrong.keys() ^ {*transfer.wrong, UNREADABLE}):
        yield CourseError(
            f"The key {key!r} of its question stands in the texts or in the module alone",
            f"the keys that the module finds, and {UNREADABLE!r}",
            "Add it or take it out",
        )
