"""Names of students' folders are safe to print, to file and to tell apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.handed_in.student_names import (
    look_alikes,
    name_problem,
    printable,
    shown_name,
)


@pytest.mark.parametrize(
    "name", ["alice", "Zoë Müller", "o'brien", "a,b", "100%", "{x}", "李雷", "-x", "=1", "a..b"]
)
def test_ordinary_names_can_be_used(name: str) -> None:
    assert name_problem(name) == ""
    assert shown_name(name) == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("..", "begins with a dot"),
        ("../../x", "begins with a dot"),
        (".git", "begins with a dot"),
        ("a/b", "holds one of"),
        ("a\\b", "holds one of"),
        ("[a]", "holds one of"),
        ("<img src=x onerror=attack()>", "holds one of"),
        ('";attack();"', "holds one of"),
        ("└ε├≈", "was garbled in its archive"),
        (" alice", "begins or ends with a space"),
        ("alice ", "begins or ends with a space"),
        ("a\x1b[31m", "do not print"),
        ("a\nb", "do not print"),
        ("a\u202eb", "do not print"),  # text that runs backwards
        ("a\u200bb", "do not print"),  # a space without width
        ("a\u3164", "do not print"),  # a filler
        ("a\ufe0f", "do not print"),
        ("a\udcff", "do not print"),  # a byte that is not UTF-8
        ("x" * 129, "more than 128 characters"),
        ("李" * 80, "more than 128 characters"),
    ],
)
def test_other_names_are_told(name: str, reason: str) -> None:
    assert reason in name_problem(name)
    assert name_problem(name).endswith("; rename the folder")


@given(st.text(min_size=1))
def test_a_name_is_shown_in_a_line_and_short_enough_for_a_file(name: str) -> None:
    shown = shown_name(name)
    assert shown.isprintable()
    assert len(shown.encode()) <= 200
    assert "/" not in shown or "/" in name


def test_no_two_names_are_shown_alike() -> None:
    names = ["a\x1bb", r"a\x1bb", r"a\\x1bb", "x" * 200, "x" * 201, "\x1b" * 100, "\x1b" * 101]
    assert len({shown_name(name) for name in names}) == len(names)
    assert shown_name("a\x1bb") == r"a\x1bb"


def test_text_is_made_printable() -> None:
    once = printable("tab\tand é and \ud800")
    assert once == printable(once) == r"tab\tand é and \ud800"


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        ("Alice", ""),
        ("alice (1)", ""),
        ("Copy of alice", ""),
        ("alice - Kopie", ""),
        ("аlice", "CYRILLIC SMALL LETTER A"),
        ("АLICE", "CYRILLIC CAPITAL LETTER A"),
        ("ａｌｉｃｅ", "FULLWIDTH LATIN SMALL LETTER A, FULLWIDTH LATIN SMALL LETTER C"),
        ("alιce", "GREEK SMALL LETTER IOTA"),
    ],
)
def test_names_that_look_alike_are_told_to_both(other: str, difference: str) -> None:
    told = look_alikes(["alice", other, "bob", "alic"])
    assert told.keys() == {"alice", other}
    assert told["alice"] == f"the folder name looks like 1 other: {other}"
    assert told[other].startswith("the folder name looks like 1 other: alice")
    assert difference in told[other]


def test_accents_written_in_two_ways_look_alike() -> None:
    composed, apart = (unicodedata.normalize(form, "zoë") for form in ("NFC", "NFD"))
    assert look_alikes([composed, apart, "zoe"]).keys() == {composed, apart}
    assert "COMBINING DIAERESIS" in look_alikes([composed, apart])[apart]


@given(st.lists(st.text(st.characters()), unique=True))
def test_any_names_can_be_compared(names: list[str]) -> None:
    assert all(note.isprintable() for note in look_alikes(names).values())


def test_names_of_a_class_do_not_look_alike() -> None:
    assert look_alikes(["s1", "s2", "s10", "sl", "Иван", "Ivan", "Мария", "Zoë", "Zoe"]) == {}
