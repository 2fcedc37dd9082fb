"""The card is short, says everything in words, and is safe and whole as html."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from autograder.checks.exercises import MODULES, exercise
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.expectation import Expectation, Variant
from autograder.checks.judging.one_line import LONGEST
from autograder.checks.judging.thumbnail import Thumbnail
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.judging.why import Why
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.showing.card import MAX_WORDS, Card, as_html, as_text
from autograder.checks.texts import of_exercise

HOSTILE = """<script>alert("x")</script> & '<img src=x onerror=y>' `<b>`"""
DOT = "data:image/png;base64,AAAA"
PICTURE = Thumbnail(
    DOT, DOT, "Your picture; 3 of 120 sampled pixels differ, mostly in the left half."
)
WRONG = Verdict(
    5,
    "Map the vegetation with NDVI",
    (AspectScore("values", 3.0, 0.0), AspectScore("display", 2.0, 2.0)),
    "negated",
    "Your signs are reversed: plants come out below zero.",
    "from -0.94 to 0.37; about 100% of the pixels differ",
    "from -0.37 to 0.94",
    see="One number for green",
    picture=PICTURE,
)
RIGHT = Verdict(5, "Map the vegetation with NDVI", (AspectScore("values", 5.0, 5.0),))


class _Words(HTMLParser):
    """What is read out: text and alternative texts, without what is hidden from screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.words, self.tags = 0, [""], set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hidden += dict(attrs).get("aria-hidden") == "true"
        self.words.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "span" and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def read_out(html: str) -> str:
    """An html card as a screen reader reads it."""
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())


def seen(html: str) -> str:
    """The words of an html card as they stand on a page without styles."""
    return " ".join(ElementTree.fromstring(html).itertext())


def pairs_of(number: int) -> Iterator[tuple[Expectation, Variant, Difference]]:
    """Each recorded mistake with found and expected of each fact in which it differs."""
    expectation = expectations.load(number)
    for mistake in expectation.mistakes:
        for spec in exercise(number).facts:
            if spec.name in mistake.facts and spec.aspect:
                expected = expectation.facts[spec.name]
                pair = compare(as_found(mistake.facts[spec.name]), expected, spec.tolerance)
                if pair:
                    yield expectation, mistake, pair.of(spec.label, spec.unit, spec.unit)


def as_found(fact: Fact) -> Fact:
    """A recorded fact as a learner's: an array is filled up between its kept pixels."""
    if fact["kind"] != "array":
        return fact
    values = [float(value) for value in fact["values"]]
    array = np.resize(np.array(values), fact["shape"])
    array.flat[fact["positions"]] = values
    return facts.array(array)


def word_count(text: str) -> int:
    """Words and numbers in a text."""
    return len(re.findall(r"\S*\w\S*", text))


@pytest.mark.parametrize("number", MODULES)
def test_the_card_of_every_known_mistake_is_short(number: int) -> None:
    for expectation, mistake, pair in pairs_of(number):
        nothing = [AspectScore(name, most, 0.0) for name, most in expectation.aspects.items()]
        verdict = replace(
            WRONG,
            title=expectation.title,
            aspects=tuple(nothing),
            message=of_exercise(number).mistakes[mistake.name],
            found=pair.found,
            expected=pair.expected,
            see=expectation.see,
        )
        assert word_count(as_text(verdict)) <= MAX_WORDS, f"{mistake.name}\n{as_text(verdict)}"


@pytest.mark.parametrize("number", MODULES)
def test_found_and_expected_are_two_different_lines_of_one_form(number: int) -> None:
    for _, mistake, pair in pairs_of(number):
        assert pair.found != pair.expected, mistake.name
        assert max(len(pair.found), len(pair.expected)) <= LONGEST, mistake.name
        label = pair.found.partition(": ")[0]
        assert pair.expected.startswith(f"{label}: "), mistake.name


def test_what_a_learner_wrote_is_cut_between_words_and_the_message_is_not() -> None:
    verdict = replace(WRONG, found="word " * 300, expected="x" * 3000)
    card = as_text(verdict)
    assert len(card) < 900
    assert WRONG.message in card
    assert "word … " in card.replace("\n", " ")
    assert "3000 characters without a space" in card


def test_in_the_kernel_the_card_begins_with_what_happened_and_ends_with_what_helps() -> None:
    card = Card.of(WRONG, notice="Nothing ran.", offers=("Try `hint(5)`.",), question="Which?")
    for words in (as_text(card), read_out(as_html(card))):
        parts = ("Nothing ran.", WRONG.message, "Found:", "See:", "hint(5)", "Which?")
        places = [words.index(part) for part in parts]
        assert places == sorted(places)


def test_why_is_folded_away_with_its_picture() -> None:
    verdict = replace(WRONG, why=Why("The idea is `this`.", DOT, "Your `ndvi`."))
    root = ElementTree.fromstring(as_html(verdict))
    [fold] = root.iter("details")
    assert fold.get("open") is None
    assert [element.text for element in fold.iter("summary")] == ["Why?"]
    assert "".join(fold.itertext()) == "Why?The idea is this.Your ndvi."
    assert "The idea is `this`." in as_text(verdict)


def test_the_section_is_a_link_to_its_heading() -> None:
    for see, anchor in (
        ("One number for green", "#One-number-for-green"),
        ("Upload with `put_file`", "#Upload-with-put_file"),
        ('Is it "there"?', '#Is-it-"there"?'),
    ):
        root = ElementTree.fromstring(as_html(replace(WRONG, see=see)))
        [link] = root.iter("a")
        assert link.get("href") == anchor
        assert "".join(link.itertext()) == see.replace("`", "")


def test_the_marks_of_a_picture_are_explained() -> None:
    captions = [
        "".join(element.itertext())
        for element in ElementTree.fromstring(as_html(WRONG)).iter("figcaption")
    ]
    assert captions[0] == "Yours"
    assert "cross" in captions[1]


def test_the_order_is_what_holds_the_mistake_found_expected_where_to_read_notes() -> None:
    verdict = replace(WRONG, remarks=("A note.",))
    for card in (as_text(verdict), read_out(as_html(verdict))):
        parts = ("display: right", WRONG.message, "Found:", "Expected:", "See:", "A note.")
        places = [card.index(part) for part in parts]
        assert places == sorted(places)


def test_at_most_two_notes_are_shown_and_warnings_are_among_them() -> None:
    verdict = replace(RIGHT, remarks=("First.", "Second.", "Third.", "Run all cells again."))
    for card in (as_text(verdict), as_html(verdict)):
        assert card.count("Note:") == 2
        assert "Run all cells again." in card
    assert len(verdict.as_data()["remarks"]) == 4


@pytest.mark.parametrize("verdict", [WRONG, RIGHT, replace(WRONG, picture=None)])
def test_the_html_is_well_formed_and_uses_plain_elements_only(verdict: Verdict) -> None:
    tags = {element.tag for element in ElementTree.fromstring(as_html(verdict)).iter()}
    assert tags <= {"a", "div", "strong", "ul", "li", "p", "code", "span", *_OF_PICTURES}


_OF_PICTURES = ("figure", "img", "figcaption")


def test_what_a_learner_wrote_is_shown_and_never_run() -> None:
    verdict = replace(
        WRONG,
        title=HOSTILE,
        message=HOSTILE,
        found=HOSTILE,
        expected=HOSTILE,
        see=HOSTILE,
        remarks=(HOSTILE,),
        picture=replace(PICTURE, words=HOSTILE),
        aspects=(AspectScore(HOSTILE, 5.0, 0.0),),
    )
    html = as_html(verdict)
    root = ElementTree.fromstring(html)
    assert not {element.tag for element in root.iter()} & {"script", "b"}
    assert [element.get("src") for element in root.iter("img")] == [DOT, DOT]
    assert not [element for element in root.iter() if element.get("onerror")]
    assert """<script>alert("x")</script> & '<img src=x onerror=y>'""" in seen(html)
    assert all(str(element.get("href")).startswith("#") for element in root.iter("a"))


def test_words_say_what_marks_and_colours_say() -> None:
    wrong, right = read_out(as_html(WRONG)), read_out(as_html(RIGHT))
    assert "not yet right, 2 of 5 points" in wrong
    assert "values: not yet (0 of 3)" in wrong
    assert "display: right (2 of 2)" in wrong
    assert "3 of 120 sampled pixels differ, mostly in the left half" in wrong
    assert "all right, 5 of 5 points" in right
    for words in (wrong, right):
        assert "✓" not in words
        assert "✗" not in words


def test_the_card_is_a_named_group_and_its_points_are_a_list() -> None:
    root = ElementTree.fromstring(as_html(WRONG))
    assert root.get("role") == "group"
    assert "not yet right" in str(root.get("aria-label"))
    assert [element.get("role") for element in root.iter("ul")] == ["list"]
    assert all(element.get("alt") for element in root.iter("img"))


def test_no_text_has_a_colour_of_its_own_so_it_is_read_in_light_and_dark() -> None:
    for verdict in (WRONG, RIGHT):
        styles = re.findall(r"style='([^']*)'", as_html(verdict))
        properties = {part.split(":")[0] for style in styles for part in style.split(";")}
        assert not properties & {"color", "background", "background-color"}


def test_the_data_hold_no_picture_and_the_text_does_not_mention_it() -> None:
    assert len(json.dumps(WRONG.as_data())) < 2000
    assert WRONG.as_data()["see"] == "One number for green"
    assert as_text(WRONG) == as_text(replace(WRONG, picture=None))
