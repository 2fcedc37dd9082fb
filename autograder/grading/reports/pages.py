"""The report for the browser: one page on all learners, and a page for each of them.

Every page is one file that needs nothing else. What learners wrote is text on it, never markup:
the templates escape it, and the page's policy allows only the page's own script.
"""

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import fmean, median
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.careful_files import write_file
from autograder.checks.showing.card import points, rich
from autograder.grading.handed_in.student_names import printable
from autograder.grading.limits import Limits
from autograder.grading.reports import tally
from autograder.grading.results.atomic import replace_folder
from autograder.grading.results.record import Record, Row
from autograder.root import ASSIGNMENT

STATES = {
    "right": "all right",
    "part": "in part",
    "none": "no points",
    "blank": "not attempted",
    "open": "not graded",
}
"""Words for each `tally.State`."""

PLAIN_NAME = re.compile(r"(?!.*-[0-9a-f]{32}$)[a-z0-9][a-z0-9_-]{0,59}")
"""Students' names that name their page as they are. None ends like a fingerprint of `page_name`."""

MAX_GROUPS = 100
"""Most groups of answers without a name that the report lists."""

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src {style}"


@dataclass(frozen=True)
class RunFacts:
    """What is told about a run as a whole.

    Attributes:
        ended: When it ended.
        seconds: Time that it took.
        kept: Number of submissions that had been graded by an earlier run and were kept.
        seed: Seed of the grading patch, which learners' pages do not show; ``None`` where the
            practice patch served.
        patch: A sentence on the patch that served, for learners.
        picture: The patch as png; empty for none.
        alternative: The picture in words.
        assignment: Name of the assignment.
        limits: What each submission could use.
    """

    ended: datetime
    seconds: float
    kept: int = 0
    seed: int | None = None
    patch: str = ""
    picture: bytes = b""
    alternative: str = "The patch and its labels"
    assignment: str = ASSIGNMENT
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Column:
    """One exercise in all submissions of which something is graded.

    Attributes:
        number: Its number.
        title: Its title.
        rows: The row of each learner.
        mistakes: The mistakes in it, the most frequent first.
    """

    number: int
    title: str
    rows: Mapping[str, Row]
    mistakes: Sequence[tally.Mistake]

    @property
    def best(self) -> float:
        """Points that can be earned."""
        return max((row.max_score for row in self.rows.values()), default=0.0)

    @property
    def mean(self) -> float:
        """Points that were earned on average, where the exercise is graded."""
        return fmean([row.score for row in self.rows.values() if row.score is not None] or [0.0])

    @property
    def counts(self) -> Counter[str]:
        """How many learners' exercise ended how."""
        return Counter(tally.state(row) for row in self.rows.values())

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """The counts as parts of a bar: state, where it begins, how long it is."""
        starts, parts = 0, []
        for name in STATES:
            parts.append((name, starts, self.counts[name]))
            starts += self.counts[name]
        return parts


def write_report(
    results: Path, records: Sequence[Record], titles: Mapping[int, str], run: RunFacts
) -> None:
    """Write ``report.html`` and a page for each learner into the folder of results.

    A kill leaves whole pages only. Old pages of learners without a record are removed.

    Args:
        results: The folder of results.
        records: What became of each submission.
        titles: Title of each exercise.
        run: What is told about the run as a whole.
    """
    records = sorted(records, key=lambda record: (record.student.casefold(), record.student))
    pages = {record.student: page_name(record.student) for record in records}
    shared: dict[str, Any] = {
        "run": run,
        "picture": data_url(run.picture),
        "best": tally.best_score(records),
        "states": STATES,
        "titles": titles,
    }
    feedback = results / "feedback"
    with_feedback = set(os.listdir(feedback)) if feedback.is_dir() else set()
    with_feedback -= {record.student for record in records if record.problem}
    learners = {
        pages[record.student]: page(
            "learner.html",
            record=record,
            feedback=_feedback(results, record.student) if record.student in with_feedback else [],
            **shared,
        )
        for record in records
    }
    replace_folder(results, results / "report", learners)
    content = page(
        "report.html",
        script="table.js",
        records=records,
        pages=pages,
        **shared,
        **overview(records, titles),
    )
    write_file(results / "report.html", content)


def overview(records: Sequence[Record], titles: Mapping[int, str]) -> dict[str, Any]:
    """Numbers and lists for the page on all learners, by their names in its template."""
    graded = tally.graded(records)
    judged = [record for record in records if record.has_scores]
    mistakes = tally.mistakes(records)
    scores = [record.score for record in graded]
    usual = median([record.seconds for record in graded] or [0.0])
    stopped = [record for record in records if record.stopped]
    slow = [record for record in tally.slow(records, usual) if not record.stopped]
    return {
        "graded": graded,
        "judged": judged,
        "not_graded": tally.not_graded(records),
        "mean": fmean(scores or [0.0]),
        "median": median(scores or [0.0]),
        "usual": usual,
        "slow_from": tally.slow_from(usual),
        "trouble": [*stopped, *slow],
        "unnamed": tally.without_a_name(records)[:MAX_GROUPS],
        "noted": [record for record in records if record.notes],
        "exercises": [
            Column(
                number,
                titles[number],
                {r.student: row for r in judged for row in r.rows if row.exercise == number},
                [mistake for mistake in mistakes if mistake.exercise == number],
            )
            for number in sorted(titles)
        ],
    }


def page_name(student: str) -> str:
    """Name of the file of a learner's page; no two learners share one, on any file system."""
    if PLAIN_NAME.fullmatch(student):
        return f"{student}.html"
    fingerprint = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    readable = re.sub(r"[^a-z0-9]+", "-", student.lower()).strip("-")[:40].strip("-")
    return f"{readable or 'learner'}-{fingerprint}.html"


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
            said.append(("none", f"{match[1]}: not yet ({share})"))
    return said


def remarks(record: Record) -> str:
    """What the table says beside the points: ``stopped``, and the number of notes."""
    notes = len(record.notes)
    said = ["stopped"] if record.stopped else []
    said += [f"{notes} note{'s' if notes > 1 else ''}"] if notes else []
    return ", ".join(said)


def duration(seconds: float) -> str:
    """A time in words, such as ``3 min 20 s``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def page(template: str, script: str = "", **content: Any) -> bytes:
    """A page from a template; its policy allows its style and its script by fingerprint."""
    style, code = (_source(name) if name else "" for name in ("style.css", script))
    policy = POLICY.format(style=_fingerprint(style))
    if code:
        policy += f"; script-src {_fingerprint(code)}"
    page = _environment().get_template(template)
    return page.render(policy=policy, style=Markup(style), script=Markup(code), **content).encode()


def _feedback(results: Path, student: str) -> list[tuple[str, str]]:
    """Name, and link relative to ``results``, of each page of a learner's feedback."""
    files = sorted((results / "feedback" / student).glob("*/*.html"))
    return [(file.stem, quote(file.relative_to(results).as_posix())) for file in files]


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
