"""Read the answers to an exercise, each written as what differs from the solution.

``answers/exercise_05.diff`` reads like a unified diff without line numbers::

    @@ wrong: divided-by-zero | Where both bands are 0 the division gives NaN; 0 was asked there.
    -ndvi = np.divide(nir - red, nir + red, out=np.zeros_like(nir), where=(nir + red) != 0)
    +ndvi = (nir - red) / (nir + red)

The first character of a line tells what the line is:

- ``-``: A line of the solution that goes. ``-...`` stands for all lines up to the next one named,
  or to the end.
- A space: A line of the solution that stays, named to show where something is added.
- ``+``: A line of the answer. It follows the lines named above it; with none it comes first.
- ``#``: A note to the reader.

Lines that are named together stand together in the solution; after ``+`` lines or an empty line
come those of another place further down. What no line names stays as it is in the solution.
An answer that shares nothing with the solution begins with ``-...``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.notebooks.source import Manifest
from utils.errors import CourseError

ANSWERS = Path(__file__).parent / "answers"
BRIEF = Path(__file__).parent / "brief"

_HEADING = re.compile(r"^@@ (right|wrong): ([\w-]+)(?: \| (.+))?\n", re.MULTILINE)
_CHANGE = re.compile(r"((?:^[ -].*\n)*)((?:^\+.*\n)*)", re.MULTILINE)
_SKIP = re.compile(r"^-\.\.\.\n", re.MULTILINE)
_GOES = re.compile(r"^-.*\n", re.MULTILINE)
_MARK = re.compile(r"^[ +-]", re.MULTILINE)
_NO_MARK = re.compile(r"^[^ +#\n-].*", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise.

    Attributes:
        exercise: Number of the exercise.
        right: Whether it must pass.
        name: Short name.
        misconception: For a wrong answer, what a good check says.
        code: The learner's cell.
    """

    exercise: int
    right: bool
    name: str
    misconception: str
    code: str


def answers(exercise: Manifest, folder: Path = ANSWERS) -> list[Answer]:
    """The answers to one exercise in a folder of answers.

    Raises:
        CourseError: A line has no mark, or an answer does not fit the solution.
    """
    file = folder / f"exercise_{exercise.number:02d}.diff"
    if not file.is_file():
        raise CourseError(
            f"There is no {file.name} in {folder}",
            "Expected are answers that the author of the checks did not see: right and wrong ones",
            "Write at least four of each, as the file's reader tells",
        )
    text = file.read_text(encoding="utf-8") + "\n"
    if line := _NO_MARK.search(_HEADING.sub("", text)):
        raise CourseError(
            f"{file.name}: {line[0]!r} is no heading and has no mark",
            "Expected is '@@ right: name', '@@ wrong: name | misconception' or a line of an answer",
            "Begin a line of an answer with -, + or a space",
        )
    _, *parts = _HEADING.split(text)
    return [
        Answer(
            exercise.number,
            kind == "right",
            name,
            misconception or "",
            _cell(exercise.solution.strip() + "\n", changes, f"{file.name}, answer {name}"),
        )
        for kind, name, misconception, changes in zip(*[iter(parts)] * 4, strict=True)
    ]


def _cell(solution: str, changes: str, answer: str) -> str:
    """The solution with the changes of one answer made."""
    cell, rest = "", solution
    for old, new in _CHANGE.findall(changes):
        first, *others = _SKIP.split(old)
        before, rest = _around(first, rest, answer) if first else ("", rest)
        cell += before
        for lines in others:
            _, rest = _around(lines, rest, answer) if lines else (rest, "")
        cell += _MARK.sub("", _GOES.sub("", old) + new)
    return cell + rest


def _around(lines: str, solution: str, answer: str) -> tuple[str, str]:
    """What stands before and after marked lines in the rest of a solution."""
    old = _MARK.sub("", lines)
    places = [at.span() for at in re.finditer("^" + re.escape(old), solution, re.MULTILINE)]
    if len(places) != 1:
        problem = "is more than once" if places else "is not (or no longer)"
        raise CourseError(
            f"{answer}: {old.rstrip()!r} {problem} in the solution below what it names before",
            "Expected are lines of the solution from top to bottom, enough to be found once",
            "If solutions/*.md was edited, make the same edit in the answer",
        )
    [(start, end)] = places
    return solution[:start], solution[end:]


def brief(exercise: Manifest) -> str:
    """The brief's own solution, with the demonstration client filled in; else the course's."""
    file = BRIEF / f"exercise_{exercise.number:02d}.py"
    return file.read_text(encoding="utf-8") if file.is_file() else exercise.solution
