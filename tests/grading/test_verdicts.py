"""Only a valid verdict gives points; everything else is told to the student."""

from typing import Any

import pytest

from autograder.checks.verdict import MIME_TYPE
from autograder.grading.verdicts import (
    NoVerdict,
    Verdict,
    error_output,
    read_verdict,
    verdict_output,
)

CONTENT = {"exercise": 5, "score": 2.5, "max_score": 5, "mistake": "negated", "message": "Turn it."}


def result(plain: object = "2.5", **changes: object) -> dict[str, Any]:
    """The output of a check cell, with parts of the verdict changed."""
    data = {"text/plain": plain, "text/html": "<p>card</p>", MIME_TYPE: CONTENT | changes}
    return {"output_type": "execute_result", "data": data}


NOISE = {"output_type": "stream", "name": "stderr", "text": "a thread of the learner's"}


@pytest.mark.parametrize("plain", ["2.5", ["2.5"], "2.50"])
def test_a_verdict_counts_and_nothing_beside_it(plain: object) -> None:
    output = verdict_output([NOISE, result(plain)], 5, 5.0)
    assert read_verdict(output, 5, 5.0) == Verdict(2.5, "negated", "Turn it.")


def test_no_mistake_is_an_empty_text() -> None:
    assert read_verdict(result(mistake=None, message=None), 5, 5.0) == Verdict(2.5, "", "")


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (result(exercise=4), "verdict on another one"),
        (result(score=3), "shows no score"),
        (result("6", score=6), "score of 6, which is not between 0 and 5"),
        (result("-1", score=-1), "score of -1"),
        (result("nan", score=float("nan")), "shows no score"),
        (result("1.0", score=True), "shows no score"),
        (result("full marks"), "shows no score"),
        (result(None), "shows no score"),
        (result("2.5", score="2.5"), "shows no score"),
        ({"output_type": "execute_result", "data": {"text/plain": "5.0"}}, "shows no verdict"),
        ({"output_type": "execute_result", "data": {MIME_TYPE: "5.0"}}, "shows no verdict"),
        ({**result(), "output_type": "display_data"}, "shows no verdict"),
        (NOISE, "shows no verdict"),
    ],
)
def test_what_is_not_a_verdict_gives_no_points(output: dict[str, Any], reason: str) -> None:
    with pytest.raises(NoVerdict, match=reason):
        verdict_output([output], 5, 5.0)


def test_a_check_cell_without_output_gives_no_points() -> None:
    with pytest.raises(NoVerdict, match="shows no verdict"):
        verdict_output([], 5, 5.0)


def test_two_results_are_not_a_verdict() -> None:
    with pytest.raises(NoVerdict, match="more than one"):
        verdict_output([result(), result()], 5, 5.0)


def test_a_failed_check_is_told_with_its_error() -> None:
    failed = {
        "output_type": "error",
        "ename": "NameError",
        "evalue": "name 'check' is not defined",
        "traceback": [],
    }
    with pytest.raises(NoVerdict, match="ended with NameError: name 'check' is not defined"):
        verdict_output([failed], 5, 5.0)


def test_the_reason_for_which_a_check_was_not_run_is_kept() -> None:
    with pytest.raises(NoVerdict, match=r"^notebook 02 is missing$"):
        verdict_output([error_output("notebook 02 is missing")], 5, 5.0)
