"""What a rehearsal found: the cards of the exercises, as text and as html."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from autograder.checks.judging.verdict import Verdict
from autograder.checks.showing.card import MARKS, MIME_TYPE, as_text, heading, points, rich
from autograder.checks.showing.panel import framed
from autograder.checks.texts import card as say
from autograder.grading.course import SourceNotebook
from autograder.grading.processes.task import Graded
from autograder.rehearsal.own_notebooks import OwnNotebook


@dataclass(frozen=True)
class Outcome:
    """The outcome in words: plain text for a terminal, html for a notebook."""

    text: str
    html: str


@dataclass(frozen=True)
class _Exercise:
    """One exercise.

    Attributes:
        verdict: Its verdict.
        card: The card as html, as it stands in the feedback.
        begun: Whether its cell is not as it was handed out.
    """

    verdict: Verdict
    card: str
    begun: bool


def outcome(
    graded: Graded,
    own: Sequence[OwnNotebook],
    course: Sequence[SourceNotebook],
    about: Sequence[str],
) -> Outcome:
    """Put a graded submission into words.

    Args:
        graded: What the grader found.
        own: The notebooks that were graded.
        course: The same as the course hands them out.
        about: What else is to be said of the run.
    """
    untouched = graded.record.untouched
    exercises = [item for book in course for item in _exercises(graded, book.name, untouched)]
    title = say(
        "rehearsal",
        earned=points(sum(item.verdict.score for item in exercises)),
        points=points(sum(item.verdict.max_score for item in exercises)),
    )
    files = ", ".join(
        say("rehearsal-saved-one", file=item.path.name, time=in_words(item.saved)) for item in own
    )
    notes = [say("rehearsal-noted", words=words) for words in graded.record.notes]
    lines = [say("rehearsal-saved", files=files), *about, *notes, say("rehearsal-not-kept-points")]
    cards = [as_text(item.verdict) if item.begun else _not_begun(item) for item in exercises]
    text = "\n\n".join([title, "\n".join(lines), *cards])
    paragraphs = "".join(f"<p style='margin:.3em 0'>{rich(words)}</p>" for words in lines)
    html = framed(title, paragraphs) + "".join(map(_folded, exercises))
    return Outcome(text, html)


def in_words(moment: float) -> str:
    """A time as a person says it: of today without the date."""
    then = time.localtime(moment)
    today = time.strftime("%x", then) == time.strftime("%x")
    return time.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M", then)


def _exercises(graded: Graded, name: str, untouched: Sequence[int]) -> Iterator[_Exercise]:
    """The exercises of a graded notebook, read from the verdicts in it."""
    for cell in graded.notebooks[name]["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME_TYPE in data and cell["metadata"].get("nbgrader", {}).get("grade"):
                verdict = Verdict.from_data(data[MIME_TYPE])
                begun = verdict.exercise not in untouched
                yield _Exercise(verdict, "".join(data["text/html"]), begun)


def _not_begun(item: _Exercise) -> str:
    verdict = item.verdict
    return say("rehearsal-not-begun", number=verdict.exercise, title=verdict.title)


def _folded(item: _Exercise) -> str:
    """A card; one that is all right is folded, and one that was not begun is a line."""
    if not item.begun:
        return f"<p>{rich(_not_begun(item))}</p>"
    if not item.verdict.passed:
        return f"<div style='margin:.5em 0'>{item.card}</div>"
    title = f"{MARKS[True]} {escape(heading(item.verdict))}"
    return f"<details style='margin:.5em 0'><summary>{title}</summary>{item.card}</details>"
