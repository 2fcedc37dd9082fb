"""What a card says where no known mistake fits is short, whole and kind; so are its names.

What exercises say themselves is checked by `autograder.notebooks.lint.course`.
"""

import re

import pytest

from autograder.checks import texts
from autograder.checks.exercises import MODULES
from autograder.notebooks.lint.texts import LONGEST_MESSAGE, faults


def test_sentences_of_any_exercise_are_whole_short_sentences_without_blame() -> None:
    entries = texts.read(texts.ANY_EXERCISE, "en").explanations
    found = {
        key: faults(entry.say.replace("{said}", "No."), LONGEST_MESSAGE)
        for key, entry in entries.items()
    }
    assert not {key: problems for key, problems in found.items() if problems}


@pytest.mark.parametrize("name", ["any_exercise", *(f"exercise_{n:02d}" for n in MODULES)])
def test_found_and_expected_are_a_pair_on_one_line_each(name: str) -> None:
    for key, entry in texts.read(name, "en").explanations.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key), key
        assert bool(entry.found) == bool(entry.expected), key
        assert max(len(entry.found), len(entry.expected)) <= 60, key
