"""The question behind a right exercise: on the learner's own data, checked, skippable."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.checks.exercises import every_exercise, exercise
from autograder.checks.notebook.names import is_course_call
from autograder.checks.showing.questions import Questions
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


LAYOUT = "data-preprocessed/{}/CLCplus-Backbone/SENTINEL2/FRJ27/{}/250/3649890_2331750_0_937.{}"
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
    7: [
        (921, "right"),
        (1 / 921, "upside-down"),
        (92_100, "two-units"),
        (5, "other-ratio"),
        (-1, "no-number"),
        (float("nan"), "no-number"),
    ],
    8: [
        (80_400, "right"),
        (80.4, "kilometres"),
        (111_320, "of-latitude"),
        (73_400, "of-the-box"),
        (-1e300, "other-length"),
        (float("inf"), "no-number"),
    ],
    9: [
        ((7, 306.74), "right"),
        ((3, 74.41), "smaller-class"),
        ((7, 30_674), "pixels"),
        ([7, 3_067_400], "square-metres"),
        ((7.0, 3.067), "square-kilometres"),
        ((7, 1), "other-area"),
        ((254, 1), "no-pair"),
    ],
    10: [
        ("my-bucket/" + LAYOUT.format("patchs", 2021, "tif"), "right"),
        (LAYOUT.format("patchs", 2018, "tif"), "own-year"),
        ("s3://my-bucket/" + LAYOUT.format("labels", 2021, "npy"), "label"),
        (LAYOUT.format("labels", 2021, "tif"), "folder"),
        (LAYOUT.format("patchs", 2021, "npy"), "ending"),
        (LAYOUT.format("patchs", 2021, "png"), "other-part"),
        ("3649890_2331750_0_937.tif", "without-folders"),
        ("", "no-path"),
        (5, "unreadable"),
    ],
    11: [
        (12.9, "right"),
        (0.129, "not-in-per-cent"),
        (11.9, "some-kinds"),
        (17.7, "with-bushes"),
        (50, "other-share"),
        (float("nan"), "no-number"),
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


def test_an_exercise_without_a_question_says_so() -> None:
    without = replace(exercise(5), transfer=None)
    assert "no question" in str(Questions().answer(without, 1))


def test_answering_is_no_part_of_an_exercise(solved: Notebook) -> None:
    assert is_course_call("answer(5, (3, 8))")
    solved.run("answer(5, (3, 8))", "added")
    assert solved.checker.check(5).passed
