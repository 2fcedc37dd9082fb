"""Read the files of answers: cells of code under headings that say right or wrong."""

import re
from dataclasses import dataclass
from pathlib import Path

ANSWERS = Path(__file__).parent / "answers"
MORE_ANSWERS = Path(__file__).parent / "answers_more"
BRIEF = Path(__file__).parent / "brief"
_HEADING = re.compile(r"^# %% (right|wrong): ([\w-]+)(?: \| (.*))?$", re.MULTILINE)


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


def answers(exercise: int, folder: Path = ANSWERS) -> list[Answer]:
    """The answers to one exercise in a folder of answers."""
    text = (folder / f"exercise_{exercise:02d}.py").read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    return [
        Answer(exercise, kind == "right", name, misconception or "", code.strip() + "\n")
        for kind, name, misconception, code in zip(*[iter(parts)] * 4, strict=True)
    ]


def brief(exercise: int) -> str:
    """The brief's own solution, with the demonstration client filled in."""
    return (BRIEF / f"exercise_{exercise:02d}.py").read_text(encoding="utf-8")
