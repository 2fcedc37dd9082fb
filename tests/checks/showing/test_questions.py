"""The question behind a right exercise: on the learner's own data, checked, skippable."""

from typing import Any

import numpy as np
import pytest

from autograder.checks.exercises import every_exercise
from autograder.checks.notebook.names import is_course_call
from autograder.checks.texts import of_exercise
from tests.checks.notebook_stand_in import EXERCISES, Notebook

ASKING = [item.number for item in every_exercise() if item.transfer]
QUESTION = of_exercise(5).question


@pytest.fixture
def solved(notebook: Notebook) -> Notebook:
    notebook.solve(5)
    notebook.checker.check(5)
    return notebook


@pytest.mark.parametrize("number", ASKING)
def test_it_is_asked_on_a_right_card_until_it_is_answered(notebook: Notebook, number: int) -> None:
    notebook.solve_from_the_start(number)
    first, again = notebook.checker.check(number), notebook.checker.check(number)
    assert f"`answer({number}, " in first.question
    assert again.question == first.question
    assert first.score == first.max_score


@pytest.mark.parametrize("value", [(3, 8), [3, 8], np.array([3, 8]), (2, 12), (3.0, 11.0)])
def test_layers_that_show_water_on_the_learners_own_patch_are_right(
    solved: Notebook, value: Any
) -> None:
    assert QUESTION
    panel = solved.checker.answer(5, value)
    assert panel.notes == (QUESTION.right,)
    assert solved.checker.check(5).question == ""


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ((8, 3), "water-below"),
        ((4, 8), "reversed-ndvi"),
        ((8, 4), "water-below"),
        ((2, 3), "not-water"),
        ((3, 3), "no-pair"),
        ((0, 8), "no-pair"),
        ((3, 13), "no-pair"),
        ((3, 8, 4), "no-pair"),
        ((float("nan"), 8), "no-pair"),
        (3, "no-pair"),
        ("green", "no-pair"),
        (None, "no-pair"),
    ],
)
def test_what_is_not_right_is_told_and_may_be_tried_again(
    solved: Notebook, value: Any, key: str
) -> None:
    assert QUESTION
    assert solved.checker.answer(5, value).notes == (QUESTION.wrong[key],)
    assert solved.checker.answer(5, (3, 8)).notes == (QUESTION.right,)


def test_the_learners_own_array_decides(notebook: Notebook) -> None:
    notebook.answer(5, EXERCISES[5].solution.replace("src.read(8)", "src.read(9)"))
    assert not notebook.checker.check(5).question
    panel = notebook.checker.answer(5, (3, 8))
    assert "Once its check is all right" in str(panel)


class Hostile:
    def __getattr__(self, name: str) -> Any:
        raise SystemExit

    def __iter__(self) -> Any:
        raise KeyboardInterrupt


def test_a_hostile_value_is_read_like_any_other(solved: Notebook) -> None:
    assert QUESTION
    assert solved.checker.answer(5, Hostile()).notes == (QUESTION.wrong["no-pair"],)


ANSWERS: dict[int, list[tuple[Any, str]]] = {
    1: [
        (0, "fraction"),
        (50, "all"),
        (-1, "other"),
        (float("nan"), "other"),
        ((1, 2), "no-number"),
        ([], "no-number"),
    ],
    2: [
        (1121, "right"),
        (1.12, "in-kilometres"),
        (0.0137, "in-degrees"),
        (10, "of-the-satellite"),
        (-1e300, "other"),
        ("1 km", "no-number"),
    ],
    3: [
        (75, "right"),
        (75.2, "right"),
        (0.75, "fraction"),
        (25, "too-low"),
        (98, "too-high"),
        (750, "no-percentile"),
        (float("nan"), "no-percentile"),
    ],
    4: [
        ((4, 8, 3), "right"),
        ((12, 8, 4), "right"),
        (np.array([8, 4, 3]), "red"),
        ((4, 3, 8), "blue"),
        ((4, 8, 8), "no-triple"),
        ((4.5, 8, 3), "no-triple"),
        ((4, 13, 3), "no-triple"),
    ],
    6: [
        (1.37, "right"),
        (np.float32(1.38), "right"),
        (1, "in-metres"),
        (0.73, "turned-round"),
        (1e300, "other"),
        (True, "in-metres"),
    ],
}


@pytest.mark.parametrize("number", ANSWERS)
def test_each_answer_gets_its_own_words(notebook: Notebook, number: int) -> None:
    notebook.solve_from_the_start(number)
    assert notebook.checker.check(number).question
    question = of_exercise(number).question
    assert question
    for value, key in ANSWERS[number]:
        said = {**question.wrong, "right": question.right}[key]
        assert notebook.checker.answer(number, value).notes == (said,), value
    assert notebook.checker.answer(number, Hostile()).notes[0] in question.wrong.values()


def test_the_catalogue_knows_how_many_images_are_clearer(notebook: Notebook) -> None:
    notebook.solve(1)
    notebook.checker.check(1)
    count = "sum(item['properties']['eo:cloud_cover'] < 5 for item in results['features'])"
    notebook.run(f"clearer = {count}")
    question, names = of_exercise(1).question, notebook.shell.user_ns
    assert question
    assert 0 < names["clearer"] < len(names["results"]["features"])
    assert notebook.checker.answer(1, names["clearer"]).notes == (question.right,)


@pytest.mark.parametrize("number", [item for item in EXERCISES if item not in ASKING])
def test_an_exercise_without_a_question_says_so(notebook: Notebook, number: int) -> None:
    assert "no question" in str(notebook.checker.answer(number, 1))


def test_answering_is_no_part_of_an_exercise(solved: Notebook) -> None:
    assert is_course_call("answer(5, (3, 8))")
    solved.run("answer(5, (3, 8))", "added")
    assert solved.checker.check(5).passed
