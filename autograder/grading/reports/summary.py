"""What the terminal shows when a run has ended."""

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from textwrap import shorten, wrap

from autograder.grading.reports import tally
from autograder.grading.reports.rendering import plain
from autograder.grading.results.record import NOT_JUDGED, Record

MOST_COMMON = 3
"""Most mistakes that are named."""

MOST_NAMES = 5
"""Most learners without a grade that are named for each reason."""

MOST_BY_HAND = 10
"""Most points that were changed by hand that are named."""

MOST_REASONS = 10
"""Most reasons that are named."""

LONGEST_NAME = 40
LONGEST_REASON = 300
LONGEST_SENTENCE = 100


def summary(
    records: Sequence[Record],
    kept: int,
    seconds: float,
    seed: int | None,
    results: Path,
    width: int,
) -> str:
    """The outcome of a run as plain text.

    Args:
        records: What became of each submission.
        kept: How many of them had been graded by an earlier run.
        seconds: Time that the run took.
        seed: Seed of the grading patch; ``None`` where the practice patch served.
        results: Folder of results.
        width: Columns of the terminal.
    """
    lines = [_counts(records, kept)]
    lines += _not_graded(tally.not_graded(records))
    graded = tally.graded(records)
    if graded:
        mean = fmean(record.score for record in graded)
        lines.append(f"Mean {mean:.1f} of {tally.best_score(records):g} points.")
    lines += _by_hand(records)
    mistakes = [item for item in tally.mistakes(records) if item.name != NOT_JUDGED]
    lines += _mistakes(mistakes[:MOST_COMMON])
    lines.append(_time(seconds, len(records) - kept))
    if seed is None:
        lines.append("Graded on the practice patch.")
    else:
        lines.append(f"Seed {seed} – the same seed gives the same scores.")
    wrapped = [_wrapped(line, width) for line in lines]
    # A path that is broken cannot be copied.
    return "\n".join([*wrapped, f"Report: {results / 'report.html'}"])


def _counts(records: Sequence[Record], kept: int) -> str:
    graded = len(tally.graded(records))
    text = f"{graded} graded, {len(records) - graded} not graded"
    return f"{text}; {kept} of them kept from an earlier run." if kept else f"{text}."


def _not_graded(reasons: dict[str, list[str]]) -> list[str]:
    """The reasons why submissions have no grade, each with some of the names."""
    lines = ["Not graded:"] if reasons else []
    for reason, students in list(reasons.items())[:MOST_REASONS]:
        names = [plain(student, LONGEST_NAME) for student in students[:MOST_NAMES]]
        more = len(students) - len(names)
        said = ", ".join(names) + (f" and {more} more" if more else "")
        lines.append(f"  {plain(reason, LONGEST_REASON)}: {said}")
    if len(reasons) > MOST_REASONS:
        lines.append(f"  and {len(reasons) - MOST_REASONS} more reasons, see the report")
    return lines


def _by_hand(records: Sequence[Record]) -> list[str]:
    """The points that were changed by hand, first those of work that has changed since."""
    changed = [(record.student, row) for record in records for row in record.rows if row.by_hand]
    changed.sort(key=lambda item: not (item[1].by_hand and item[1].by_hand.work_changed))
    lines = []
    for student, row in changed[:MOST_BY_HAND]:
        comment = f" ({plain(row.comment, LONGEST_SENTENCE)})" if row.comment else ""
        who = plain(student, LONGEST_NAME)
        lines.append(f"  {who}, exercise {row.exercise}, {row.changed}{comment}")
    if len(changed) > MOST_BY_HAND:
        lines.append(f"  and {len(changed) - MOST_BY_HAND} more, see the report")
    return ["Points by hand:", *lines] if lines else []


def _mistakes(mistakes: Sequence[tally.Mistake]) -> list[str]:
    lines = ["Most common mistakes:"] if mistakes else []
    for mistake in mistakes:
        who = len(mistake.students)
        name = f" {plain(mistake.name, LONGEST_NAME)}" if mistake.name else ""
        first = re.split(r"(?<=[.?!]) ", plain(mistake.sentence, 1000))[0]
        sentence = shorten(first, LONGEST_SENTENCE, placeholder=" …")
        learners = "1 learner" if who == 1 else f"{who} learners"
        lines.append(f"  exercise {mistake.exercise}{name}, {learners}: {sentence}")
    return lines


def _time(seconds: float, graded_now: int) -> str:
    if not graded_now:
        return f"{seconds:.1f} s; there was nothing new to grade."
    return f"{seconds:.1f} s, {seconds / graded_now:.2f} s per submission."


def _wrapped(line: str, width: int) -> str:
    indent = "    " if line.startswith(" ") else ""
    return "\n".join(wrap(line, max(width, 40), subsequent_indent=indent, break_on_hyphens=False))
