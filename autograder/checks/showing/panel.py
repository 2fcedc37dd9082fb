"""A titled list of sentences, for anything but a verdict: hints, what `catch_up` gave."""

import reprlib
from dataclasses import dataclass
from html import escape

from autograder.checks.exercises import FIRST_TO_LAST, is_exercise
from autograder.checks.judging import expectation as expectations
from autograder.checks.showing.card import STYLE, rich
from autograder.checks.texts import card as say
from utils.errors import CourseError

COLOUR = "#3b7dd8"


@dataclass(frozen=True)
class Panel:
    """A heading, numbered items and closing sentences. `Backticks` mark code."""

    heading: str
    items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The panel as text."""
        items = [f"  {place}. {item}" for place, item in enumerate(self.items, start=1)]
        return "\n".join([self.heading, *items, *(f"  {note}" for note in self.notes)])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What IPython shows: html where it can, else text."""
        return {"text/plain": str(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        """The panel as html that reads well in light and dark themes."""
        items = "".join(f"<li>{rich(item)}</li>" for item in self.items)
        rows = [f"<ol style='margin:.4em 0;padding-left:2em'>{items}</ol>"] if items else []
        rows += [f"<p style='margin:.5em 0'>{rich(note)}</p>" for note in self.notes]
        return framed(self.heading, "".join(rows))


def framed(heading: str, content: str) -> str:
    """Html content under a heading, in the frame that verdicts have."""
    label = escape(heading.replace("`", ""), quote=True)
    style = STYLE.format(colour=COLOUR)
    return (
        f"<div role='group' aria-label='{label}' style='{style}'>"
        f"<strong>{rich(heading)}</strong>{content}</div>"
    )


def exercise_number(value: object, function: str) -> int:
    """``value``, if it is the number of an exercise.

    Args:
        value: What the learner wrote.
        function: The function that was called, for the advice.

    Raises:
        CourseError: There is no such exercise.
    """
    if is_exercise(value):
        return value
    words = " ".join(reprlib.repr(value).split())
    raise CourseError(
        f"There is no exercise {words}",
        f"Exercises have numbers from {FIRST_TO_LAST}",
        f"Try {function}(5)",
    )


def listing(names: tuple[str, ...]) -> str:
    """Names in a sentence: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return say("listing-all", first=", ".join(quoted[:-1]), last=quoted[-1])


def exercise_heading(number: int) -> str:
    """Number and title of an exercise."""
    return say("heading", number=number, title=expectations.load(number).title)
