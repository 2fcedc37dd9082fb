"""The fold "Why?": the idea behind, with the learner's own numbers, or nothing at all."""

from string import Formatter

import numpy as np
import pytest

from autograder.checks.exercises import MODULES, exercise
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.why import why
from autograder.checks.reading import facts
from autograder.checks.texts import of_exercise
from tests.checks.notebook_stand_in import EXERCISES, Notebook

FOLDS = [(number, topic) for number in MODULES for topic in of_exercise(number).why]
NDVI = np.linspace(-0.5, 0.75, 40_000).reshape(200, 200)


def test_the_numbers_are_those_of_the_learners_own_array() -> None:
    for name in ("limits-from-zero", "colours-reversed"):
        fold = why(exercise(5), {"ndvi": facts.array(NDVI)}, name)
        assert fold
        assert "runs from −0.5 to 0.75." in fold.words
        assert not fold.picture
    holes = np.where(NDVI > 0.7, np.nan, NDVI)
    fold = why(exercise(5), {"ndvi": facts.array(holes)}, "divided-by-zero")
    assert fold
    assert f"{int(np.isnan(holes).sum()):,} such pixels" in fold.words


def test_the_picture_is_the_learners_own() -> None:
    bands = {"nir": facts.array(np.full((200, 200), 0.32)), "red": facts.array(NDVI * 0 + 0.1)}
    fold = why(exercise(5), {"ndvi": facts.array(NDVI), **bands}, "sign-reversed")
    assert fold
    assert "32 %" in fold.words
    assert fold.picture.startswith("data:image/png;base64,")
    assert "`ndvi`" in fold.caption


def test_beside_other_pictures_there_is_none() -> None:
    evidence = {name: facts.array(NDVI) for name in ("nir", "red", "ndvi")}
    fold = why(exercise(5), evidence, "sign-reversed", drawing=False)
    assert fold
    assert (fold.picture, fold.caption) == ("", "")


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"ndvi": facts.missing("was never assigned")},
        {"ndvi": facts.text("0.5")},
        {"ndvi": facts.array(np.zeros((0, 3)))},
        {"ndvi": facts.array(np.full((3, 3), np.nan))},
    ],
)
def test_where_a_number_cannot_be_had_there_is_no_fold(evidence: facts.Evidence) -> None:
    assert why(exercise(5), evidence, "limits-from-zero") is None


def test_other_mistakes_have_none() -> None:
    assert why(exercise(5), {"ndvi": facts.array(NDVI)}, "differs") is None


def test_a_picture_that_is_none_is_left_out_with_its_caption() -> None:
    fold = of_exercise(5).why["contrast"]
    evidence = {name: facts.array(np.ones((2, 2))) for name in ("nir", "red", "ndvi")}
    shown = why(exercise(5), evidence, fold.when[0])
    assert shown
    assert (shown.picture, shown.caption) == ("", "")


@pytest.mark.parametrize(("number", "topic"), FOLDS)
def test_every_figure_that_is_asked_for_can_be_computed_from_right_data(
    number: int, topic: str
) -> None:
    fold = of_exercise(number).why[topic]
    recorded = expectations.load(number).facts
    names = {name for _, name, _, _ in Formatter().parse(fold.say) if name}
    assert names <= exercise(number).figures.keys()
    evidence = {name: whole(fact) for name, fact in recorded.items()}
    shown = why(exercise(number), evidence, fold.when[0])
    assert shown
    assert "{" not in shown.words


def whole(fact: facts.Fact) -> facts.Fact:
    """A recorded fact as a learner's."""
    if fact["kind"] != "array":
        return fact
    return facts.array(np.resize([float(value) for value in fact["values"]], fact["shape"]))


def test_the_judge_adds_it_to_the_verdict(notebook: Notebook) -> None:
    for change, named in ((("src.read(8)", "src.read(9)"), True), (("src.read(8)", "1"), False)):
        notebook.answer(5, EXERCISES[5].solution.replace(*change))
        card = notebook.checker.check(5)
        assert (card.why is not None) == named
        assert "why" not in card.as_data()
