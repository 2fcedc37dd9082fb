"""What a card says where no known mistake fits is short, whole and kind; so are its names.

What exercises say themselves is checked by `autograder.notebooks.lint_course`.
"""

import re
from pathlib import Path

import pytest

from autograder.checks import texts
from autograder.checks.exercises import MODULES
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.indices.formulas import FORMULAS, NORMALISED
from autograder.checks.judging import diagnose
from autograder.notebooks.lint_texts import LONGEST_MESSAGE, faults

CHECKS = Path(texts.__file__).parent.parent


def diagnoses() -> list[diagnose.Diagnosis]:
    """Every sentence that `diagnose` holds."""
    return [item for _, item in diagnose.ERRORS]


def test_sentences_of_any_exercise_are_whole_short_sentences_without_blame() -> None:
    entries = texts.read(texts.ANY_EXERCISE, "en").explanations
    found = {key: faults(entry.say, LONGEST_MESSAGE) for key, entry in entries.items()}
    assert not {key: problems for key, problems in found.items() if problems}


@pytest.mark.parametrize("name", ["any_exercise", *(f"exercise_{n:02d}" for n in MODULES)])
def test_found_and_expected_are_a_pair_on_one_line_each(name: str) -> None:
    for key, entry in texts.read(name, "en").explanations.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key), key
        assert bool(entry.found) == bool(entry.expected), key
        assert max(len(entry.found), len(entry.expected)) <= 60, key


def test_diagnoses_are_whole_short_sentences_without_blame() -> None:
    found = {
        item.sentence: faults(item.sentence.replace("{what}", "This."), LONGEST_MESSAGE)
        for item in diagnoses()
    }
    assert not {sentence: problems for sentence, problems in found.items() if problems}


def test_names_of_diagnoses_are_words_joined_by_hyphens() -> None:
    names = [item.name for item in diagnoses()]
    assert not [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]


DIVIDED = (
    *(f"divided-by-{what}" for what in ("percentile", "fraction", "maximum", "minimum", "mean")),
    *(f"divided-by-{what}-of-each" for what in ("percentile", "fraction", "maximum", "mean")),
    *(
        f"divided-by-{what}-of-{of}"
        for what in ("percentile", "maximum")
        for of in ("one", "image", "layers")
    ),
    *(f"stretched-between-percentiles{of}" for of in ("", "-each")),
    *(f"stretched-from-minimum-to-maximum{of}" for of in ("", "-each")),
    *(f"standardised{of}" for of in ("", "-each")),
    "divided-by-deviation",
)
"""Keys that are put together."""


def test_every_explanation_in_the_code_has_a_sentence() -> None:
    files = [*(CHECKS / "explaining").rglob("*.py"), *(CHECKS / "exercises").glob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    keys = {
        *re.findall(r'Explanation\(\s*"([a-z0-9-]+)"', code),
        *DIVIDED,
        *FORMULAS,
        *TURNS.values(),
    }
    names = ["any_exercise", *(f"exercise_{number:02d}" for number in MODULES)]
    said = {key for name in names for key in texts.read(name, "en").explanations}
    assert not keys - said - {NORMALISED}
