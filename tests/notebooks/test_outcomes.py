"""Every known answer is judged as its author meant it, on the practice patch."""

import re
from dataclasses import replace
from html import unescape

import pytest

from autograder.checks import texts
from autograder.checks.exercises import MODULES
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.showing.card import as_html, as_text
from autograder.notebooks.known_answers import outcomes
from autograder.notebooks.outcome import ACCEPTED, MISTAKE, SOLUTION, STARTER, Outcome

STOPPED = "the cell stopped before anything was made that the other aspects look at"
ALIKE = "one number for all pixels says nothing of what was made of it"

NOTHING_EARNED = {
    1: {
        "placeholder-client": STOPPED,
        "wrong-secret": STOPPED,
        "token-from-the-catalogue": STOPPED,
    },
    5: {"cast-to-integers": ALIKE},
    6: {"box-not-unpacked": STOPPED},
    9: {
        "arguments-in-another-order": STOPPED,
        "west-east-first": STOPPED,
        "box-in-degrees": STOPPED,
        "northing-first": ALIKE,
    },
    10: {"save-turned-round": STOPPED, "saved-as-archive": STOPPED},
}
"""The only slips that take all points of an exercise, and why."""


@pytest.fixture(scope="module")
def every() -> list[Outcome]:
    return list(outcomes())


@pytest.mark.parametrize("number", MODULES)
def test_solutions_pass_starters_are_no_attempt_and_mistakes_are_named(
    every: list[Outcome], number: int
) -> None:
    judged = [item for item in every if item.exercise == number]
    wrong = [f"{item.kind} {item.name}: {item.verdict}" for item in judged if not item.as_hoped]
    assert not wrong, "\n".join(wrong)
    assert [item.kind for item in judged[:2]] == [SOLUTION, STARTER]
    mistakes = [item for item in judged if item.kind == MISTAKE]
    lost = {item.name for item in mistakes if not item.verdict.score}
    assert lost == set(NOTHING_EARNED.get(number, {}))
    for item in mistakes:
        has_a_reason_for_each_lost_aspect(item.verdict)


def has_a_reason_for_each_lost_aspect(verdict: Verdict) -> None:
    lost = [aspect for aspect in verdict.aspects if aspect.earned < aspect.points]
    [spoken_of] = [aspect for aspect in lost if not aspect.reason]
    assert verdict.message
    assert verdict.found != verdict.expected, spoken_of.name
    page = unescape(re.sub(r"<[^>]+>", "", as_html(verdict)))
    for aspect in verdict.aspects:
        assert aspect in lost or not aspect.reason
        assert aspect.reason in as_text(verdict)
        assert aspect.reason.replace("`", "") in page


def test_an_accepted_answer_with_a_remark_must_show_it() -> None:
    silent = Verdict(4, "", (AspectScore("values", 1, 1.0),))
    shown = replace(silent, remarks=(texts.of_exercise(4).remarks["meta-printed"],))
    assert not Outcome(4, ACCEPTED, "meta-printed", silent).as_hoped
    assert Outcome(4, ACCEPTED, "meta-printed", shown).as_hoped
    assert Outcome(4, ACCEPTED, "quantile", silent).as_hoped
