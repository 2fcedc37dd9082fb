"""The card knows what happened since the last check, and offers what helps from there."""

import pytest

from autograder.checks.exercises import MODULES, exercise
from autograder.checks.notebook.cells import (
    check_id,
    course_notebooks,
    given_id,
    notebook_of,
    notebook_with,
)
from autograder.checks.showing.card import Card
from autograder.checks.showing.situation import TRIES
from autograder.checks.texts import of_exercise
from autograder.notebooks.source import read_all
from tests.checks.notebook_stand_in import EXERCISES, START, Notebook

NOTHING_RAN = "Nothing has run since your last check."
WRONG = "nir = red = ndvi = 1\nfig = ax = im = None"


def check(notebook: Notebook, number: int, cell_id: str = "") -> Card:
    """Run ``check(N)`` in its own cell, or in another one."""
    cards: list[Card] = []
    notebook.offer("check", lambda n: cards.append(notebook.checker.check(n)))
    notebook.run(f"check({number})", cell_id or check_id(number))
    return cards[0]


def begin(notebook: Notebook, number: int = 2) -> None:
    """Run the first cell of a notebook."""
    notebook.run(START.partition("\n")[0], given_id(f"{number:02d}-02"))


def test_checking_again_without_a_run_is_said_first(notebook: Notebook) -> None:
    notebook.answer(5, WRONG)
    assert check(notebook, 5).notice == ""
    again = check(notebook, 5)
    assert again.notice.startswith(NOTHING_RAN)
    assert str(again).index(NOTHING_RAN) < str(again).index(again.message)


@pytest.mark.parametrize("call", ["hint(5)", "progress()", "check(4)", "answer(5, (3, 8))"])
def test_calls_of_the_course_are_no_change(notebook: Notebook, call: str) -> None:
    notebook.answer(5, WRONG)
    check(notebook, 5)
    notebook.run(call, "added")
    assert check(notebook, 5).notice.startswith(NOTHING_RAN)


@pytest.mark.parametrize("cell_id", ["exercise-5", "exercise-4", "added"])
def test_after_any_other_cell_nothing_is_said(notebook: Notebook, cell_id: str) -> None:
    notebook.answer(5, WRONG)
    check(notebook, 5)
    notebook.run(WRONG, cell_id)
    assert check(notebook, 5).notice == ""


def test_another_exercise_has_a_last_check_of_its_own(notebook: Notebook) -> None:
    notebook.answer(5, WRONG)
    check(notebook, 5)
    notebook.answer(4, "fc = 1")
    assert check(notebook, 4).notice == ""
    assert check(notebook, 5).notice == ""
    assert check(notebook, 4).notice.startswith(NOTHING_RAN)


def test_after_three_checks_without_a_new_point_the_next_hint_is_offered(
    notebook: Notebook,
) -> None:
    total = len(of_exercise(5).hints)
    offers = []
    for step in range(TRIES + 2):
        notebook.answer(5, f"{WRONG}\n# {step}")
        offers.append(" ".join(check(notebook, 5).offers))
    assert offers[: TRIES - 1] == [""] * (TRIES - 1)
    assert f"That was check {TRIES} without a new point. `hint(5)`" in offers[TRIES - 1]
    assert f"hint 1 of {total}" in offers[TRIES + 1]
    notebook.checker.hints.open(5)
    notebook.answer(5, WRONG)
    assert f"hint 2 of {total}" in " ".join(check(notebook, 5).offers)


def test_checks_without_a_run_are_no_tries(notebook: Notebook) -> None:
    notebook.answer(5, WRONG)
    assert not any(check(notebook, 5).offers for _ in range(TRIES + 2))


def test_a_new_point_begins_the_count_again(notebook: Notebook) -> None:
    right = EXERCISES[5].solution
    for step in range(TRIES):
        notebook.answer(5, f"{WRONG}\n# {step}")
        check(notebook, 5)
    notebook.answer(5, right.replace("cmap=", "vmax=2, cmap=").replace("vmax=1", ""))
    better = check(notebook, 5)
    assert 0 < better.score < 5
    assert better.offers == ()


@pytest.mark.parametrize(("number", "gives"), [(5, False), (9, True)])
def test_where_no_hint_is_left_earlier_results_are_offered_if_there_are_any(
    notebook: Notebook, number: int, gives: bool
) -> None:
    assert bool(exercise(number).gives) == gives
    for _ in of_exercise(number).hints:
        notebook.checker.hints.open(number)
    for step in range(TRIES):
        notebook.answer(number, f"ndvi = img_array = {step}")
        card = check(notebook, number)
    assert any(f"catch_up({number})" in offer for offer in card.offers) == gives


def test_whoever_lacks_an_earlier_result_is_offered_it(notebook: Notebook) -> None:
    notebook.answer(4, "fc_data = fc = 1\nshown = [rgb, fc]")
    card = check(notebook, 4)
    assert str(card).count("`catch_up(3)`") == 1  # in the message already, or else as an offer
    notebook.run("rgb = 1", "exercise-3")
    notebook.answer(4, "fc_data = fc = 1\nshown = [rgb, fc]")
    assert check(notebook, 4).offers == ()


def test_a_blank_counts_as_lacking(notebook: Notebook) -> None:
    notebook.answer(3, "rgb = ___")
    notebook.answer(4, "fc = rgb")
    assert any("`catch_up(3)`" in offer for offer in check(notebook, 4).offers)


def test_nothing_is_offered_beside_a_right_answer(notebook: Notebook) -> None:
    notebook.solve(5)
    for _ in range(TRIES + 1):
        card = check(notebook, 5)
    assert (card.notice, card.offers) == ("", ())


@pytest.mark.parametrize("number", MODULES)
def test_in_a_new_kernel_the_cells_above_come_first(notebook: Notebook, number: int) -> None:
    begin(notebook, int(notebook_with(number)[:2]))
    card = check(notebook, number)
    assert "Run ▸ Run All Above Selected Cell" in card.message
    assert (card.found, card.expected, card.score) == ("", "", 0)


def test_in_a_new_kernel_the_last_check_still_stands(notebook: Notebook) -> None:
    notebook.solve(5)
    check(notebook, 5)
    restarted = Notebook()
    begin(restarted)
    check(restarted, 5)
    line = restarted.checker.progress.overview([5]).lines[0]
    assert (line.best, line.last) == (5, 5)
    restarted.close()


@pytest.mark.parametrize("number", MODULES)
def test_in_the_wrong_notebook_the_right_one_is_named(notebook: Notebook, number: int) -> None:
    name = notebook_with(number)
    begin(notebook, 1 + int(name[:2]) % len(course_notebooks()))
    for _ in range(2):
        card = check(notebook, number, "added")
        assert f"`{name}.ipynb`" in card.message
        assert card.notice == ""


def test_an_answer_in_the_wrong_notebook_is_judged_all_the_same(notebook: Notebook) -> None:
    begin(notebook, 3)
    notebook.run(EXERCISES[5].solution, "added")
    assert check(notebook, 5, "added-as-well").passed


def test_in_the_right_notebook_where_other_cells_ran_only_the_own_one_is_asked_for(
    notebook: Notebook,
) -> None:
    begin(notebook)
    notebook.answer(4, "fc = 1")
    assert check(notebook, 5).message.startswith("Run this exercise's cell first")


def test_every_cell_of_the_course_is_known_by_its_id_and_most_by_their_code() -> None:
    for source in read_all():
        for place, cell in enumerate(source.cells):
            if cell.kind == "given":
                assert notebook_of([given_id(f"{source.name[:2]}-{place:02d}")], "") == source.name
                assert notebook_of([], cell.source) in (source.name, "")
        for item in source.exercises:
            assert notebook_of([check_id(item.number)], "") == source.name
    assert notebook_of([], "check(9)") == ""
    assert notebook_of(["3f2a-added"], "check(9)") == ""


def test_an_earlier_result_that_was_read_in_vain_is_offered_beside_another_message(
    notebook: Notebook,
) -> None:
    notebook.answer(4, "fc_data = fc = 1\ntry:\n    shown = [rgb, fc]\nexcept NameError:\n    pass")
    card = check(notebook, 4)
    assert "catch_up" not in card.message
    [offer] = card.offers
    assert "`rgb` is made in exercise 3" in offer
    assert "`catch_up(3)`" in offer
