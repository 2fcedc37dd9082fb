"""Every known answer is judged as its author meant it, on the practice patch."""

import pytest

from autograder.checks.exercises import MODULES
from autograder.notebooks.known_answers import SOLUTION, STARTER, outcomes


@pytest.mark.parametrize("number", MODULES)
def test_solutions_pass_starters_are_no_attempt_and_mistakes_are_named(number: int) -> None:
    judged = list(outcomes(only=[number]))
    wrong = [f"{item.kind} {item.name}: {item.verdict}" for item in judged if not item.as_hoped]
    assert not wrong, "\n".join(wrong)
    assert [item.kind for item in judged[:2]] == [SOLUTION, STARTER]
