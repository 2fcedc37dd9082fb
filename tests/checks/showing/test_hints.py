"""``hint(N)`` opens one hint more with each call."""

from html.parser import HTMLParser

import pytest

from autograder.checks.exercises import MODULES
from autograder.checks.showing.hints import Hints
from autograder.checks.texts import of_exercise
from utils.errors import CourseError


def test_each_call_opens_one_more_until_none_is_left() -> None:
    hints, written = Hints(), of_exercise(5).hints
    for count in range(1, len(written) + 1):
        assert hints.open(5).items == written[:count]
    assert hints.open(5).items == written
    assert "There are no more hints." in str(hints.open(5))


@pytest.mark.parametrize("number", MODULES)
def test_every_exercise_counts_its_hints_down(number: int) -> None:
    hints, total = Hints(), len(of_exercise(number).hints)
    said = [str(hints.open(number)) for _ in range(total + 1)]
    assert all(f"{place} of {total} hints" in words for place, words in enumerate(said[:-1], 1))
    assert "One more hint is left." in said[total - 2]
    assert "That was the last hint." in said[total - 1]
    assert "There are no more hints." in said[total]


def test_exercises_do_not_share_a_count() -> None:
    hints = Hints()
    hints.open(5)
    assert len(hints.open(4).items) == 1


def test_the_last_hint_points_to_catch_up_only_where_that_gives_something() -> None:
    hints = Hints()
    for _ in range(6):
        of_3, of_5 = hints.open(3), hints.open(5)
    assert "`catch_up(3)`" in str(of_3)
    assert "catch_up" not in str(of_5)


class Balance(HTMLParser):
    """Fails on tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags.pop() == tag


def test_the_html_has_a_label_a_list_and_no_colour_of_text_or_ground() -> None:
    html = Hints().open(3)._repr_mimebundle_()["text/html"]
    parser = Balance()
    parser.feed(html)
    assert parser.tags == []
    assert "role='group' aria-label='Exercise 3" in html
    assert "<ol" in html
    assert ";color:" not in html
    assert "background" not in html


@pytest.mark.parametrize("number", [99, 0, -1, "x", 5.0, None, True, [5], "<b>\n" * 900])
def test_what_is_no_exercise_gets_one_line(number: object) -> None:
    with pytest.raises(CourseError) as problem:
        Hints().open(number)  # type: ignore[arg-type]
    [line] = problem.value._render_traceback_()
    assert "\n" not in line
    assert len(line) < 150
    assert line.endswith("Try hint(5).")
