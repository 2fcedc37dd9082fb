"""Answers written without knowing the checker: right ones pass, wrong ones do not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.exercises import MODULES
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import read_all
from tests.checks.known_answers.answers_file import ANSWERS, answers
from utils.errors import CourseError

EXERCISES = {item.number: item for notebook in read_all() for item in notebook.exercises}


@pytest.fixture(scope="module")
def player() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


@pytest.mark.parametrize("number", MODULES)
def test_right_answers_pass_and_wrong_ones_are_rejected(player: Recorder, number: int) -> None:
    notebook = next(
        notebook
        for notebook in read_all()
        if number in {item.number for item in notebook.exercises}
    )
    given = answers(EXERCISES[number])
    failures = []
    places = exercises_in_place(player, notebook)
    next(manifest for manifest in places if manifest.number == number)
    for answer in given:
        with player.replaying(number):
            verdict = check_workspace(player.workspace(answer.code, number))
        if verdict.passed != answer.right:
            failures.append(f"{answer.name} ({answer.misconception}):\n{verdict}")
        assert bool(verdict.message) == (not verdict.passed)
    assert not failures, "\n\n".join(failures)
    kinds = [answer.right for answer in given]
    assert kinds.count(True) >= 4
    assert kinds.count(False) >= 4


def test_no_answer_is_lost_or_there_twice() -> None:
    every = [answer for exercise in EXERCISES.values() for answer in answers(exercise)]
    written = [file.read_text(encoding="utf-8") for file in ANSWERS.glob("*.diff")]
    count = sum(text.count("\n@@") for text in written)
    assert len(every) == count
    assert len({(answer.exercise, answer.name) for answer in every}) == count
    assert len({(answer.exercise, answer.code) for answer in every}) == count
    assert all(answer.right != bool(answer.misconception) for answer in every)


SOLUTION = """\
import numpy as np

# Step 1
a = «1»
b = 2

# Step 2
print(a)
print(b)
print(a)
"""


def read(folder: Path, changes: str, solution: str = SOLUTION) -> str:
    """The cell of the only answer of a folder."""
    (folder / "exercise_05.diff").write_text(f"# A note\n\n@@ right: other-way\n{changes}")
    [answer] = answers(replace(EXERCISES[5], code=solution), folder)
    return answer.code


def test_an_answer_is_the_solution_with_its_changes(tmp_path: Path) -> None:
    solution = SOLUTION.replace("«1»", "1")
    assert read(tmp_path, "") == solution
    assert read(tmp_path, "-...\n+c = 3\n+\n+d = 4") == "c = 3\n\nd = 4\n"
    assert read(tmp_path, "+import os\n-b = 2\n+b = 3\n") == (
        "import os\n" + solution.replace("b = 2", "b = 3")
    )
    assert read(tmp_path, " import numpy as np\n+import os\n-# Step 1\n\n-# Step 2\n") == (
        solution.replace("np\n", "np\nimport os\n")
        .replace("# Step 1\n", "")
        .replace("# Step 2\n", "")
    )
    assert read(tmp_path, "-# Step 1\n-...\n-# Step 2\n print(a)\n print(b)\n+c\n-...\n") == (
        "import numpy as np\n\nprint(a)\nprint(b)\nc\n"
    )


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ("-b = 2\n", "b = 2", "b = 3"),
        (" a = 1\n+c = 3\n", "a = «1»", "a = «1»  # one"),
        ("-# Step 1\n-a = 1\n", "# Step 1\n", "# Step 1\n\n"),
        ("-# Step 1\n-...\n-# Step 2\n", "# Step 2", "# Second step"),
        ("-print(b)\n", "print(b)\n", ""),
        ("-print(b)\n", "b = 2\n", "b = 2\nprint(b)\n"),
    ],
)
def test_an_edited_solution_changes_no_answer_unsaid(
    tmp_path: Path, changes: str, old: str, new: str
) -> None:
    read(tmp_path, changes)
    with pytest.raises(CourseError, match=r"exercise_05.diff, answer other-way: .*edited"):
        read(tmp_path, changes, SOLUTION.replace(old, new))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ("-print(b)\n+c = 3\n-b = 2\n", "is not .* below what it names before"),
        ("-print(a)\n", "is more than once"),
        ("-b = 2\nb = 3\n", "'b = 3' is no heading and has no mark"),
        ("-b = 2\n@@ wrong next-one\n", "'@@ wrong next-one' is no heading"),
    ],
)
def test_a_slip_in_an_answer_is_told(tmp_path: Path, changes: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        read(tmp_path, changes)
