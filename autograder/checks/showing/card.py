"""The card that shows a verdict: html for a notebook, text for a terminal.

Both say the same in the same order: what is right, the one thing to correct first, found against
expected, where to read. GitHub removes all styles from html, and screen readers ignore them, so the
card is complete without.
"""

import re
from html import escape
from typing import Any

from autograder.checks.judging.thumbnail import SIDE, Thumbnail
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.notebook.watching import in_terminal

MARKS = {True: "✓", False: "✗"}
WORDS = {True: "right", False: "not yet"}

MAX_WORDS = 80
"""Most words on a card, without notes and captions."""

MIN_SHOWN = 14
"""Words of found and expected together that are always shown."""

MAX_CHARACTERS = 160
"""Longest text of found or expected, in characters: a single word may be long."""

MAX_REMARKS = 2
CAPTIONS = ("Yours", "Where it differs")

STYLE = (
    "border:1px solid #8886;border-left:6px solid {colour};border-radius:4px;padding:.6em 1em;"
    "max-width:44em;line-height:1.45"
)
COLOURS = {True: "#2e9e5b", False: "#d64545"}

MIME_TYPE = "application/vnd.course.verdict+json"
"""Type of the output that holds the verdict as data, also in graded notebooks. `harmless` knows the
grader's verdicts by it; nothing reads the data, as grades come from records."""


class Card(Verdict):
    """A verdict that IPython shows as a card."""

    @classmethod
    def of(cls, verdict: Verdict) -> "Card":
        """The same verdict, to be shown."""
        return cls(**vars(verdict))

    def __str__(self) -> str:
        """The card as text, for a terminal."""
        return as_text(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The card, and beside it the score as plain text.

        Stock ``nbgrader autograde`` takes that for the points. ``make grade`` runs no check cells.
        """
        plain = str(self) if in_terminal() else repr(self.score)
        return {"text/plain": plain, "text/html": as_html(self), MIME_TYPE: self.as_data()}


def points(value: float) -> str:
    """Points without needless decimals."""
    return f"{value:g}"


def heading(verdict: Verdict) -> str:
    """One line: exercise, title, outcome in words, points."""
    outcome = "all right" if verdict.passed else "not yet right"
    return (
        f"Exercise {verdict.exercise} · {verdict.title}: {outcome}, "
        f"{points(verdict.score)} of {points(verdict.max_score)} points"
    )


def lines(verdict: Verdict) -> list[tuple[str, str]]:
    """The lines below heading and aspects, as pairs of label (or ``""``) and text."""
    shown = [("", verdict.message)] if verdict.message else []
    see = [("See", verdict.see)] if verdict.see else []
    if verdict.found:
        said = [heading(verdict), *map(_of_aspect, verdict.aspects), verdict.message, verdict.see]
        pair = _without_shape(verdict.found, verdict.expected)
        room = MAX_WORDS - word_count(" ".join(said)) - len(("Found", "Expected", "See"))
        found, expected = _cut(*pair, max(room, MIN_SHOWN))
        shown += [("Found", found), ("Expected", expected)]
    return shown + see + [("Note", remark) for remark in remarks(verdict)]


def remarks(verdict: Verdict) -> tuple[str, ...]:
    """The remarks that are shown: the last ones, because warnings come last and matter most."""
    return verdict.remarks[-MAX_REMARKS:]


def word_count(text: str) -> int:
    """Words and numbers in a text."""
    return len(re.findall(r"\S*\w\S*", text))


def _without_shape(found: str, expected: str) -> tuple[str, str]:
    """Two descriptions of arrays without their shape, where it is the same."""
    shape = re.match(r"\([\d, ]+\) (?=from )", found)
    if shape and expected.startswith(shape.group()):
        return found.removeprefix(shape.group()), expected.removeprefix(shape.group())
    return found, expected


def _cut(found: str, expected: str, room: int) -> tuple[str, str]:
    """Both texts, the longer one cut first, in ``room`` words."""
    half = room // 2
    spare = max(half - word_count(expected), 0)
    found = _first_words(found, half + spare)
    return found, _first_words(expected, room - word_count(found))


def _first_words(text: str, limit: int) -> str:
    """The beginning of a text, cut after a clause if possible."""
    words = text.split()
    whole = kept = " ".join(words)
    while len(words) > 1 and (word_count(kept) > limit or len(kept) > MAX_CHARACTERS):
        kept = " ".join(words := words[:-1])
    kept = kept[:MAX_CHARACTERS]
    if kept == whole:
        return whole
    clause = re.match(r"(.{12,})[;,] ", kept)
    return f"{(clause.group(1) if clause else kept).rstrip(';,')} …"


def as_text(verdict: Verdict) -> str:
    """The card as plain text."""
    rows = [f"{MARKS[verdict.passed]} {heading(verdict)}"]
    rows += [f"  {MARKS[_holds(aspect)]} {_of_aspect(aspect)}" for aspect in verdict.aspects]
    for label, text in lines(verdict):
        rows.append(f"  {label + ':':10}{text}" if label else f"  {text}")
    return "\n".join(rows)


def as_html(verdict: Verdict) -> str:
    """The card as html that reads well in light and dark themes, and without styles."""
    title = f"{_mark(verdict.passed)} {rich(heading(verdict))}"
    rows = [f"<strong>{title}</strong>", _aspects(verdict)]
    rows += [_paragraph(label, text) for label, text in lines(verdict) if label != "Note"]
    if verdict.picture:
        rows.append(_pictures(verdict.picture))
    rows += [_paragraph("Note", remark) for remark in remarks(verdict)]
    style = STYLE.format(colour=COLOURS[verdict.passed])
    label = escape(heading(verdict), quote=True)
    return f"<div role='group' aria-label='{label}' style='{style}'>{''.join(rows)}</div>"


def _holds(aspect: AspectScore) -> bool:
    return aspect.earned == aspect.points


def _of_aspect(aspect: AspectScore) -> str:
    """Name, outcome in words, points."""
    share = f"{points(aspect.earned)} of {points(aspect.points)}"
    return f"{aspect.name}: {WORDS[_holds(aspect)]} ({share})"


def _mark(right: bool) -> str:
    """A mark hidden from screen readers: words beside it say the same."""
    return f"<span aria-hidden='true'>{MARKS[right]}</span>"


def _aspects(verdict: Verdict) -> str:
    """The points by aspect as a list; each entry says in words whether it is right."""
    items = "".join(
        f"<li>{_mark(_holds(aspect))} {rich(_of_aspect(aspect))}</li>" for aspect in verdict.aspects
    )
    # Without the role, some screen readers do not announce a list without bullets.
    return f"<ul role='list' style='list-style:none;padding-left:.5em;margin:.4em 0'>{items}</ul>"


def _paragraph(label: str, text: str) -> str:
    margin = "0" if label in ("Found", "Expected") else ".5em 0"
    name = f"<strong>{label}:</strong> " if label else ""
    return f"<p style='margin:{margin}'>{name}{rich(text)}</p>"


def _pictures(picture: Thumbnail) -> str:
    """The learner's picture, and the same with marks, side by side where there is room."""
    return "".join(
        "<figure style='display:inline-block;margin:.3em 1em .3em 0'>"
        f"<img src='{source}' alt='{escape(words, quote=True)}' width='{SIDE}' "
        "style='border:1px solid #8886'/>"
        f"<figcaption>{caption}</figcaption></figure>"
        for source, words, caption in (
            (picture.own, "Your picture", CAPTIONS[0]),
            (picture.marked, picture.words, CAPTIONS[1]),
        )
    )


def rich(words: str) -> str:
    """Escaped text in which `backticks` mark code."""
    parts = escape(words).split("`")
    return "".join(
        f"<code>{part}</code>" if place % 2 and place < len(parts) - 1 else part
        for place, part in enumerate(parts)
    )
