"""The question behind a right exercise: on the learner's own data, checked, skippable."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.checks.exercises import every_exercise, exercise
from autograder.checks.notebook.names import is_course_call
from autograder.checks.showing.questions import Questions
from autograder.checks.texts import of_exercise
from autograder.notebooks.recorder import START as START_NAME
from autograder.notebooks.source import read_all
from tests.checks.notebook_stand_in import EXERCISES, Notebook

ASKING = [item.number for item in every_exercise() if item.transfer]
QUESTION = of_exercise(5).question


@pytest.fixture
def solved(notebook: Notebook) -> Notebook:
    notebook.solve(5)
    notebook.checker.check(5)
    return notebook


def reach(notebook: Notebook, number: int) -> None:
    """Rebuild and solve what an exercise needs of its notebook."""
    source = next(
        item for item in read_all() if number in {exercise.number for exercise in item.exercises}
    )
    for cell in source.cells:
        if cell.kind == "given" and cell.locked and cell.name != START_NAME:
            notebook.run(cell.source, "given-before")
    for earlier in source.exercises:
        if earlier.number < number:
            notebook.solve(earlier.number)


@pytest.mark.parametrize("number", ASKING)
def test_it_is_asked_on_a_right_card_until_it_is_answered(notebook: Notebook, number: int) -> None:
    reach(notebook, number)
    notebook.solve(number)
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


def test_an_exercise_without_a_question_says_so() -> None:
    without = replace(exercise(5), transfer=None)
    assert "no question" in str(Questions().answer(without, 1))


def test_answering_is_no_part_of_an_exercise(solved: Notebook) -> None:
    assert is_course_call("answer(5, (3, 8))")
    solved.run("answer(5, (3, 8))", "added")
    assert solved.checker.check(5).passed
