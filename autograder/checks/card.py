"""The card that shows a verdict: html for a notebook, text for a terminal."""

import sys
from html import escape

from autograder.checks.verdict import Verdict

MARKS = {True: "✓", False: "✗"}
WORDS = {True: "right", False: "not yet"}

STYLE = (
    "border:1px solid #8886;border-left:6px solid {colour};border-radius:4px;padding:.6em 1em;"
    "max-width:44em;line-height:1.45"
)
COLOURS = {True: "#2e9e5b", False: "#d64545"}


def in_terminal() -> bool:
    """Whether output goes to a terminal: IPython's own, not a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return type(shell).__name__ == "TerminalInteractiveShell"


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


def as_text(verdict: Verdict) -> str:
    """The card as plain text."""
    lines = [f"{MARKS[verdict.passed]} {heading(verdict)}"]
    for aspect in verdict.aspects:
        right = aspect.earned == aspect.points
        share = f"{points(aspect.earned)}/{points(aspect.points)}"
        lines.append(f"  {MARKS[right]} {aspect.name}: {WORDS[right]} ({share})")
    if verdict.message:
        lines.append(f"  {verdict.message}")
    if verdict.found:
        lines += [f"  found:    {verdict.found}", f"  expected: {verdict.expected}"]
    lines += [f"  note: {remark}" for remark in verdict.remarks]
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The card as html that reads well in light and dark themes, and without colour."""
    rows = [
        f"<strong>{MARKS[verdict.passed]} {rich(heading(verdict))}</strong>",
        _aspects(verdict),
    ]
    if verdict.message:
        rows.append(f"<p style='margin:.5em 0'>{rich(verdict.message)}</p>")
    if verdict.found:
        rows.append(
            "<p style='margin:.5em 0'>"
            f"<strong>Found:</strong> {rich(verdict.found)}<br>"
            f"<strong>Expected:</strong> {rich(verdict.expected)}</p>"
        )
    rows += [
        f"<p style='margin:.5em 0'><strong>Note:</strong> {rich(remark)}</p>"
        for remark in verdict.remarks
    ]
    style = STYLE.format(colour=COLOURS[verdict.passed])
    label = escape(heading(verdict), quote=True)
    return f"<div role='group' aria-label='{label}' style='{style}'>{''.join(rows)}</div>"


def _aspects(verdict: Verdict) -> str:
    """The points by aspect as a list; each entry says in words whether it is right."""
    items = []
    for aspect in verdict.aspects:
        right = aspect.earned == aspect.points
        items.append(
            f"<li>{MARKS[right]} {rich(aspect.name)}: {WORDS[right]} "
            f"({points(aspect.earned)} of {points(aspect.points)})</li>"
        )
    return f"<ul style='list-style:none;padding-left:.5em;margin:.4em 0'>{''.join(items)}</ul>"


def rich(words: str) -> str:
    """Escaped text in which `backticks` mark code."""
    parts = escape(words).split("`")
    return "".join(
        f"<code>{part}</code>" if place % 2 and place < len(parts) - 1 else part
        for place, part in enumerate(parts)
    )
