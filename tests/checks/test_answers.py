"""Answers written without knowing the checker: right ones pass, wrong ones do not."""

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.exercises import MODULES
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all
from tests.checks.answers_file import answers

EXERCISES = {item.number: item for notebook in read_all() for item in notebook.exercises}


@pytest.mark.parametrize("number", MODULES)
def test_right_answers_pass_and_wrong_ones_are_rejected(number: int) -> None:
    notebook = next(
        notebook
        for notebook in read_all()
        if number in {item.number for item in notebook.exercises}
    )
    given = answers(EXERCISES[number])
    failures = []
    with recorder() as player:
        for manifest in exercises_in_place(player, notebook):
            if manifest.number != number:
                continue
            for answer in given:
                with player.replaying(manifest.number):
                    verdict = check_workspace(player.workspace(answer.code, number))
                if verdict.passed != answer.right:
                    failures.append(f"{answer.name} ({answer.misconception}):\n{verdict}")
                assert bool(verdict.message) == (not verdict.passed)
            break
    assert not failures, "\n\n".join(failures)
    kinds = [answer.right for answer in given]
    assert kinds.count(True) >= 4
    assert kinds.count(False) >= 4


def test_no_answer_is_lost_or_there_twice() -> None:
    every = [answer for exercise in EXERCISES.values() for answer in answers(exercise)]
    assert len(every) == 693
    assert len({(answer.exercise, answer.name) for answer in every}) == 693
    assert len({(answer.exercise, answer.code) for answer in every}) == 693
    assert all(answer.right != bool(answer.misconception) for answer in every)
