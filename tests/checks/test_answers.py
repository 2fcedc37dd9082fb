"""Answers written without knowing the checker: right ones pass, wrong ones do not."""

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.exercises import MODULES
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all
from tests.checks.answers_file import MORE_ANSWERS, answers


@pytest.mark.parametrize("number", MODULES)
def test_right_answers_pass_and_wrong_ones_are_rejected(number: int) -> None:
    notebook = next(
        notebook
        for notebook in read_all()
        if number in {item.number for item in notebook.exercises}
    )
    both = answers(number) + answers(number, MORE_ANSWERS)
    failures = []
    with recorder() as player:
        for manifest in exercises_in_place(player, notebook):
            if manifest.number != number:
                continue
            for answer in both:
                with player.replaying(manifest.number):
                    verdict = check_workspace(player.workspace(answer.code, number))
                if verdict.passed != answer.right:
                    failures.append(f"{answer.name} ({answer.misconception}):\n{verdict}")
                assert bool(verdict.message) == (not verdict.passed)
            break
    assert not failures, "\n\n".join(failures)
    kinds = [answer.right for answer in both]
    assert kinds.count(True) >= 4
    assert kinds.count(False) >= 4
