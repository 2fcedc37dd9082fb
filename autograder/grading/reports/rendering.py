"""A page from its template: one file that needs nothing else.

What learners wrote is text on it, never markup: the templates escape it, and the page's policy
allows only the page's own script.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.checks.showing.card import points, rich
from autograder.grading.handed_in.student_names import printable
from autograder.grading.reports import tally
from autograder.grading.results.record import Record, Row

STATES = {
    "right": "all right",
    "part": "in part",
    "none": "no points",
    "blank": "not attempted",
    "open": "not graded",
}
"""Words for each `tally.State`."""

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src {style}"


def page(template: str, script: str = "", **content: Any) -> bytes:
    """A page from a template; its policy allows its style and its script by fingerprint."""
    style, code = (_source(name) if name else "" for name in ("style.css", script))
    policy = POLICY.format(style=_fingerprint(style))
    if code:
        policy += f"; script-src {_fingerprint(code)}"
    page = _environment().get_template(template)
    return page.render(policy=policy, style=Markup(style), script=Markup(code), **content).encode()


def plain(text: str, limit: int) -> str:
    """Text on one line, cut to ``limit`` characters; those that do not print become escapes."""
    line = " ".join(text.split())
    return printable(line if len(line) <= limit else f"{line[: limit - 1]}…")


def told(text: str, limit: int) -> Markup:
    """Text as html, cut to ``limit``; `backticks` mark code. Its writing direction stays inside."""
    return Markup(f"<bdi>{rich(plain(text, limit))}</bdi>")


def code(text: str, limit: int) -> Markup:
    """Code as html, cut to ``limit``, its lines kept; what does not print becomes escapes."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    lines = (printable(line.replace("\t", "    ")) for line in cut.splitlines())
    return Markup("<bdi>{}</bdi>").format("\n".join(lines))


def aspects(row: Row) -> list[tuple[str, str]]:
    """The aspects of an exercise: ``right`` or ``none``, and what is said of it."""
    said = []
    for aspect in filter(None, row.aspects.split("; ")):
        match = re.fullmatch(r"(.*) (\d+\.?\d*)/(\d+\.?\d*)", aspect)
        if not match:
            said.append(("", aspect))
            continue
        earned, best = (float(number) for number in match.groups()[1:])
        share = f"{points(earned)} of {points(best)}"
        if earned == best:
            said.append(("right", f"{match[1]}: right ({share})"))
        else:
            reason = row.reasons.get(match[1], "")
            told = f" – {reason}" if reason else ""
            said.append(("none", f"{match[1]}: not yet ({share}){told}"))
    return said


def remarks(record: Record) -> str:
    """What the table says beside the points: ``stopped``, ``late``, and the number of notes."""
    notes = len(record.notes)
    said = ["stopped"] if record.stopped else []
    said += ["late"] if record.late else []
    said += [f"{notes} note{'s' if notes > 1 else ''}"] if notes else []
    return ", ".join(said)


def capitalized(text: str) -> str:
    """The text with a capital letter at its start, the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def duration(seconds: float) -> str:
    """A time in words, such as ``3 min 20 s``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.grading.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "aspects": aspects,
        "capitalized": capitalized,
        "code": code,
        "duration": duration,
        "plain": plain,
        "points": points,
        "remarks": remarks,
        "state": tally.state,
        "told": told,
    }
    return environment


def _source(name: str) -> str:
    """The text of a file beside the templates."""
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


def _fingerprint(text: str) -> str:
    """How a policy names a style or script that is written into the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def data_url(picture: bytes) -> str:
    """A png as an address; empty for none."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}" if picture else ""
