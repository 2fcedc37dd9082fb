"""The report for the browser: one page on all learners, and a page for each of them."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import fmean, median
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import quote

from autograder.careful_files import write_file
from autograder.grading.limits import Limits
from autograder.grading.reports import tally
from autograder.grading.reports.rendering import STATES, data_url, page
from autograder.grading.results.atomic import replace_folder
from autograder.grading.results.record import Record, Row
from autograder.root import ASSIGNMENT

PLAIN_NAME = re.compile(r"(?!.*-[0-9a-f]{32}$)[a-z0-9][a-z0-9_-]{0,59}")
"""Students' names that name their page as they are. None ends like a fingerprint of `page_name`."""

MAX_LETTERS = 40
"""Most letters of a name in the name of a page: each takes up to four bytes of some 250."""

MAX_GROUPS = 100
"""Most groups of answers without a name that the report lists."""


@dataclass(frozen=True)
class RunFacts:
    """What is told about a run as a whole.

    Attributes:
        ended: When it ended.
        seconds: Time that it took; ``None`` where nothing was graded.
        kept: Number of submissions that had been graded by an earlier run and were kept.
        seed: Seed of the grading patch, which learners' pages do not show; ``None`` where the
            practice patch served.
        patch: A sentence on the patch that served, for learners.
        patch_for_instructors: The same for who reads the report.
        picture: The patch as png; empty for none.
        alternative: The picture in words.
        assignment: Name of the assignment.
        limits: What each submission could use.
    """

    ended: datetime
    seconds: float | None
    kept: int = 0
    seed: int | None = None
    patch: str = ""
    patch_for_instructors: str = ""
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
    results: Path,
    records: Sequence[Record],
    titles: Mapping[int, str],
    run: RunFacts,
    names: Mapping[str, str] | None = None,
) -> None:
    """Write ``report.html`` and a page for each learner into the folder of results.

    A kill leaves whole pages only. Old pages of learners without a record are removed.

    Args:
        results: The folder of results.
        records: What became of each submission.
        titles: Title of each exercise.
        run: What is told about the run as a whole.
        names: Full names of the learners, where they are known.
    """
    names = {record.student: record.student for record in records} | dict(names or {})
    records = sorted(records, key=lambda record: _place(names[record.student], record.student))
    pages = {record.student: page_name(record.student) for record in records}
    shared: dict[str, Any] = {
        "run": run,
        "names": names,
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
        about_patch=run.patch_for_instructors,
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
        "changed": sum(bool(row.changed) for record in records for row in record.rows),
        "by_hand_rows": [(r, row) for r in records for row in r.rows if row.changed or row.comment],
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


def _place(name: str, student: str) -> tuple[str, ...]:
    """What sorts learners as a list on paper would: é stands beside e."""
    letters = (c for c in normalize("NFKD", name) if not combining(c))
    return "".join(letters).casefold(), name, student


def page_name(student: str) -> str:
    """Name of the file of a learner's page; no two learners share one, on any file system.

    It keeps the letters of a name, and has a fingerprint wherever something else is in it.
    """
    if PLAIN_NAME.fullmatch(student):
        return f"{student}.html"
    fingerprint = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    letters = normalize("NFC", normalize("NFKC", student).lower())
    readable = re.sub(r"[\W_]+", "-", letters)[:MAX_LETTERS].strip("-")
    return f"{readable or 'learner'}-{fingerprint}.html"


def _feedback(results: Path, student: str) -> list[tuple[str, str]]:
    """Name, and link relative to ``results``, of each page of a learner's feedback."""
    files = sorted((results / "feedback" / student).glob("*/*.html"))
    return [(file.stem, quote(file.relative_to(results).as_posix())) for file in files]
