"""The card that shows a verdict: html for a notebook, text for a terminal.

Both say the same in the same order: what is right, the one thing to correct first, found against
expected, where to read, what helps, and in a fold why. GitHub removes all styles from html, and
screen readers ignore them, so the card is complete without.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from autograder.checks.judging.one_line import LONGEST, fitted
from autograder.checks.judging.thumbnail import SIDE, Thumbnail
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.judging.why import Why
from autograder.checks.notebook.watching import in_terminal
from autograder.checks.texts import card as say

MARKS = {True: "✓", False: "✗"}

MAX_WORDS = 95
"""Most words on a card, without notes, captions, what is folded and what stands by an aspect."""

MAX_REMARKS = 2

STYLE = (
    "border:1px solid #8886;border-left:6px solid {colour};border-radius:4px;padding:.6em 1em;"
    "max-width:44em;line-height:1.45;overflow-wrap:anywhere"
)
COLOURS = {True: "#2e9e5b", False: "#d64545"}

MIME_TYPE = "application/vnd.course.verdict+json"
"""Type of the output that holds the verdict as data, also in graded notebooks. `harmless` knows the
grader's verdicts by it; nothing reads the data, as grades come from records."""


@dataclass(frozen=True)
class Card(Verdict):
    """A verdict that IPython shows as a card, with what a learner's kernel adds to it.

    Attributes:
        notice: What comes before the message: which patch was judged, that nothing has run.
        offers: What helps from here: a hint, an earlier result.
        question: What is asked where all is right.
    """

    notice: str = ""
    offers: tuple[str, ...] = ()
    question: str = ""

    @classmethod
    def of(cls, verdict: Verdict, **more: Any) -> "Card":
        """The same verdict, to be shown."""
        return cls(**vars(verdict), **more)

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
    return say(
        "heading-right" if verdict.passed else "heading-wrong",
        number=verdict.exercise,
        title=verdict.title,
        earned=points(verdict.score),
        points=points(verdict.max_score),
    )


def lines(verdict: Verdict) -> list[tuple[str, str]]:
    """The lines below heading and aspects, as pairs of a label's key (or ``""``) and text."""
    card = _as_card(verdict)
    shown = [("", words) for words in (card.notice, card.message) if words]
    if card.found:
        shown += [("found", _line(card.found)), ("expected", _line(card.expected))]
    if card.see:
        shown.append(("see", card.see))
    shown += [("", words) for words in card.offers]
    shown += [("note", remark) for remark in remarks(card)]
    return [*shown, ("", card.question)] if card.question else shown


def _as_card(verdict: Verdict) -> Card:
    return verdict if isinstance(verdict, Card) else Card.of(verdict)


def _line(words: str) -> str:
    return fitted(words, "", LONGEST)


def remarks(verdict: Verdict) -> tuple[str, ...]:
    """The remarks that are shown: the last ones, because warnings come last and matter most."""
    return verdict.remarks[-MAX_REMARKS:]


def as_text(verdict: Verdict) -> str:
    """The card as plain text."""
    rows = [f"{MARKS[verdict.passed]} {heading(verdict)}"]
    rows += [f"  {MARKS[_holds(aspect)]} {_of_aspect(aspect)}" for aspect in verdict.aspects]
    for label, text in lines(verdict):
        rows.append(f"  {say(label):10}{text}" if label else f"  {text}")
    if verdict.why:
        rows.append(f"  {say('why')} {verdict.why.words}")
    return "\n".join(rows)


def as_html(verdict: Verdict) -> str:
    """The card as html that reads well in light and dark themes, and without styles."""
    title = f"{_mark(verdict.passed)} {rich(heading(verdict))}"
    shown = [f"<strong>{title}</strong>", _aspects(verdict)]
    pictures = _pictures(verdict.picture) if verdict.picture else ""
    for label, text in lines(verdict):
        shown.append(_paragraph(label, text))
        if label == "expected":
            shown.append(pictures)
    if verdict.why:
        shown.append(_fold(verdict.why))
    style = STYLE.format(colour=COLOURS[verdict.passed])
    label = escape(heading(verdict), quote=True)
    return f"<div role='group' aria-label='{label}' style='{style}'>{''.join(shown)}</div>"


def _holds(aspect: AspectScore) -> bool:
    return aspect.earned == aspect.points


def _of_aspect(aspect: AspectScore) -> str:
    """Name, outcome in words, points; why none, where the message does not tell."""
    words = say(
        "aspect-right" if _holds(aspect) else "aspect-wrong",
        name=aspect.name,
        earned=points(aspect.earned),
        points=points(aspect.points),
    )
    return say("aspect-why", aspect=words, reason=aspect.reason) if aspect.reason else words


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
    margin = "0" if label in ("found", "expected") else ".5em 0"
    name = f"<strong>{say(label)}</strong> " if label else ""
    words = _link(text) if label == "see" else rich(text)
    return f"<p style='margin:{margin}'>{name}{words}</p>"


def _link(section: str) -> str:
    """The heading of a section, as a link to it in JupyterLab and in pages made by nbconvert."""
    anchor = escape(re.sub(r"[ `]", lambda found: "-" if found[0] == " " else "", section))
    return f"<a href='#{anchor}'>{rich(section)}</a>"


def _pictures(picture: Thumbnail) -> str:
    """The learner's picture, and the same with marks, side by side where there is room."""
    own = _figure(picture.own, say("caption-own"), say("caption-own"))
    return own + _figure(picture.marked, picture.words, say("caption-marked"))


def _figure(source: str, words: str, caption: str) -> str:
    return (
        "<figure style='display:inline-block;margin:.3em 1em .3em 0;max-width:15em'>"
        f"<img src='{source}' alt='{escape(words, quote=True)}' width='{SIDE}' "
        f"style='border:1px solid #8886'/><figcaption>{rich(caption)}</figcaption></figure>"
    )


def _fold(why: Why) -> str:
    """The idea behind a mistake, folded away."""
    picture = _figure(why.picture, why.caption, why.caption) if why.picture else ""
    words = f"<p style='margin:.5em 0'>{rich(why.words)}</p>"
    return f"<details><summary>{say('why')}</summary>{words}{picture}</details>"


def rich(words: str) -> str:
    """Escaped text in which `backticks` mark code."""
    parts = escape(words).split("`")
    return "".join(
        f"<code>{part}</code>" if place % 2 and place < len(parts) - 1 else part
        for place, part in enumerate(parts)
    )
