"""Every known answer is judged as its author meant it, on the practice patch."""

from dataclasses import replace

import pytest

from autograder.checks import texts
from autograder.checks.exercises import MODULES
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.notebooks.known_answers import outcomes
from autograder.notebooks.outcome import ACCEPTED, SOLUTION, STARTER, Outcome


@pytest.mark.parametrize("number", MODULES)
def test_solutions_pass_starters_are_no_attempt_and_mistakes_are_named(number: int) -> None:
    judged = list(outcomes(only=[number]))
    wrong = [f"{item.kind} {item.name}: {item.verdict}" for item in judged if not item.as_hoped]
    assert not wrong, "\n".join(wrong)
    assert [item.kind for item in judged[:2]] == [SOLUTION, STARTER]


def test_an_accepted_answer_with_a_remark_must_show_it() -> None:
    silent = Verdict(4, "", (AspectScore("values", 1, 1.0),))
    shown = replace(silent, remarks=(texts.of_exercise(4).remarks["meta-printed"],))
    assert not Outcome(4, ACCEPTED, "meta-printed", silent).as_hoped
    assert Outcome(4, ACCEPTED, "meta-printed", shown).as_hoped
    assert Outcome(4, ACCEPTED, "quantile", silent).as_hoped
