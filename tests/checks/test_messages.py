"""Every text that a learner may read is short, whole, kind, and gives no solution away."""

import re
from collections.abc import Iterator

import pytest

from autograder.checks.exercises import MODULES
from autograder.checks.exercises import exercise as find
from autograder.checks.judging import diagnose
from autograder.notebooks.source import Manifest, Notebook, read_all

NOTEBOOKS = {item.number: notebook for notebook in read_all() for item in notebook.exercises}
EXERCISES = {item.number: item for notebook in read_all() for item in notebook.exercises}

LONGEST_MESSAGE, LONGEST_HINT = 40, 60
"""Words."""

TELLING = 12
"""Characters of a blank from which on it is a solution, and not a name that is in the text."""

BLAME = (
    *("actually", "careless", "clearly", "course not", "easy", "forgot", "just", "naive"),
    *("nonsense", "obvious", "obviously", "of course", "ridiculous", "silly", "simply", "sloppy"),
    *("stupid", "trivial", "trivially", "wrong!", "you failed", "you should have"),
)
SUFFIXES = ("-missing", "-differs")

everywhere = pytest.mark.parametrize("number", MODULES)


def messages(exercise: Manifest) -> Iterator[tuple[str, str]]:
    """What the card may say, by what it is."""
    for change in exercise.mistakes:
        yield f"mistake {change.name}", change.message
    for change in exercise.accepted:
        if change.message:
            yield f"accepted {change.name}", change.message
    yield from ((f"message {fact}", words) for fact, words in exercise.messages.items())


def hints(exercise: Manifest) -> Iterator[tuple[str, str]]:
    """The hints, numbered."""
    yield from ((f"hint {place}", words) for place, words in enumerate(exercise.hints, 1))


def diagnoses() -> list[diagnose.Diagnosis]:
    """Every sentence that `diagnose` holds or can make."""
    of_errors = [item for _, item in diagnose.ERRORS]
    of_types = [*diagnose._TYPES.values(), diagnose._CALLABLE, diagnose._TYPED_IN]
    of_turns = [item for item, _ in diagnose._turns([20, 20, 3])]
    of_shapes = [
        diagnose._of_shape(found, [3, 20, 20])
        for found in ([20, 20, 3], [1, 3, 20, 20], [3, 10, 10], [400])
    ]
    numbers = ([2.0, 1.0], [-1.0, -2.0], [100.0, 200.0], [1.0004, 2.0004], [float("nan"), 2.0])
    of_numbers = [diagnose._of_numbers(found, [1.0, 2.0], 1e-9) for found in numbers]
    assert all(of_numbers)
    return [*of_errors, *of_types, *of_turns, *of_shapes, *(item for item in of_numbers if item)]


def faults(words: str, limit: int) -> list[str]:
    """What is not as it should be in a text."""
    found = []
    if not words.strip():
        return ["is empty"]
    if len(words.split()) > limit:
        found.append(f"has {len(words.split())} words")
    if re.search(r"[\t\n\r]|  ", words) or words != words.strip():
        found.append("has tabs, line breaks or double spaces")
    if not words.rstrip("`").endswith((".", "?")):
        found.append("ends without a full stop")
    if words.count("`") % 2:
        found.append("has a backtick too few")
    lower = f" {words.lower()} "
    found += [f"says {word!r}" for word in BLAME if re.search(rf"\W{re.escape(word)}\W", lower)]
    return found


def blanks(exercise: Manifest) -> list[str]:
    """The lines of the solution that are for the learner to find, without spaces."""
    found = re.findall(r"«(.*?)»", exercise.code, re.DOTALL)
    lines = [line for blank in found for line in blank.splitlines()]
    bare = ["".join(line.split()) for line in (*found, *lines)]
    return [line for line in bare if len(line) >= TELLING]


@everywhere
def test_messages_are_whole_short_sentences_without_blame(number: int) -> None:
    found = {name: faults(text, LONGEST_MESSAGE) for name, text in messages(EXERCISES[number])}
    assert not {name: problems for name, problems in found.items() if problems}


@everywhere
def test_hints_are_whole_short_sentences_without_blame(number: int) -> None:
    found = {name: faults(text, LONGEST_HINT) for name, text in hints(EXERCISES[number])}
    assert len(found) >= 3
    assert not {name: problems for name, problems in found.items() if problems}


def test_diagnoses_are_whole_short_sentences_without_blame() -> None:
    found = {
        item.sentence: faults(item.sentence.replace("{what}", "This."), LONGEST_MESSAGE)
        for item in diagnoses()
    }
    assert not {sentence: problems for sentence, problems in found.items() if problems}


@everywhere
def test_no_text_holds_a_line_of_the_solution(number: int) -> None:
    exercise = EXERCISES[number]
    for name, words in (*messages(exercise), *hints(exercise)):
        bare = "".join(words.split())
        assert not [line for line in blanks(exercise) if line in bare], name


@everywhere
def test_names_are_unique_and_words_joined_by_hyphens(number: int) -> None:
    exercise = EXERCISES[number]
    for changes in (exercise.mistakes, exercise.accepted):
        names = [change.name for change in changes]
        assert len(names) == len(set(names))
    both = [change.name for change in (*exercise.mistakes, *exercise.accepted)]
    assert len(both) == len(set(both))
    assert not [name for name in both if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)]


def test_names_of_diagnoses_are_words_joined_by_hyphens() -> None:
    names = [item.name for item in diagnoses()]
    assert not [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]


@everywhere
def test_messages_belong_to_facts(number: int) -> None:
    facts = {spec.name for spec in find(number).facts}
    keys = EXERCISES[number].messages
    unknown = [key for key in keys if key not in facts and _without_suffix(key) not in facts]
    assert not unknown


def _without_suffix(key: str) -> str:
    return next((key.removesuffix(end) for end in SUFFIXES if key.endswith(end)), key)


@everywhere
def test_every_exercise_knows_eight_mistakes_and_six_other_right_answers(number: int) -> None:
    assert len(EXERCISES[number].mistakes) >= 8
    assert len(EXERCISES[number].accepted) >= 6


@everywhere
def test_the_section_to_read_is_in_the_same_notebook_before_the_exercise(number: int) -> None:
    see = EXERCISES[number].see
    assert see in headings(NOTEBOOKS[number], before=number)


def headings(notebook: Notebook, before: int) -> list[str]:
    """Headings of a notebook above an exercise's cell, its own heading left out."""
    found: list[str] = []
    for cell in notebook.cells:
        if cell.exercise and cell.exercise.number == before:
            break
        if cell.kind == "text":
            found += re.findall(r"^#+ (.*?)\s*$", cell.source, re.MULTILINE)
    return [heading for heading in found if not heading.startswith("Exercise")]
