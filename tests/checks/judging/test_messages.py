"""What a card says where no known mistake fits is short, whole and kind; so are its names.

What exercises say themselves is checked by `autograder.notebooks.lint_course`.
"""

import re

from autograder.checks.judging import diagnose
from autograder.notebooks.lint_texts import LONGEST_MESSAGE, faults


def diagnoses() -> list[diagnose.Diagnosis]:
    """Every sentence that `diagnose` holds or can make."""
    of_types = [*diagnose._TYPES.values(), diagnose._CALLABLE, diagnose._TYPED_IN]
    of_turns = [item for item, _ in diagnose._turns([20, 20, 3])]
    of_shapes = [
        diagnose._of_shape(found, [3, 20, 20])
        for found in ([20, 20, 3], [1, 3, 20, 20], [3, 10, 10], [400])
    ]
    numbers = ([2.0, 1.0], [-1.0, -2.0], [100.0, 200.0], [1.0004, 2.0004], [float("nan"), 2.0])
    of_numbers = [diagnose._of_numbers(found, [1.0, 2.0], 1e-9) for found in numbers]
    assert all(of_numbers)
    return [*of_types, *of_turns, *of_shapes, *(item for item in of_numbers if item)]


def test_diagnoses_are_whole_short_sentences_without_blame() -> None:
    found = {item.sentence: faults(item.sentence, LONGEST_MESSAGE) for item in diagnoses()}
    assert not {sentence: problems for sentence, problems in found.items() if problems}


def test_names_of_diagnoses_are_words_joined_by_hyphens() -> None:
    names = [item.name for item in diagnoses()]
    assert not [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]
