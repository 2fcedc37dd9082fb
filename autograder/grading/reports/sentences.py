"""Sentences on a class for the terminal: whom the submissions lack, and who is late."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from autograder.grading.handed_in.submissions import MAX_NAMED
from autograder.grading.results.record import Record


def said_of(students: Collection[str]) -> str:
    """Some of the names, and how many more."""
    more = f" and {len(students) - MAX_NAMED:,} more" if len(students) > MAX_NAMED else ""
    return ", ".join(sorted(students)[:MAX_NAMED]) + more


def about_gone(students: Collection[str]) -> Iterator[str]:
    """Whom the results have, and the submissions do not."""
    if students:
        yield (
            f"RESULTS has {said_of(students)}, whom SUBMITTED lacks; kept as they were. "
            "Remove who withdrew or was renamed with make forget STUDENT=… RESULTS=…"
        )


def about_late(records: Sequence[Record], due: str) -> Iterator[str]:
    """Who handed in late, and of whom it is not known.

    Args:
        records: What became of each submission.
        due: When submissions were due: ISO 8601; empty for at no time.
    """
    if not due:
        return
    late = [record.student for record in records if record.late]
    lost = sum(record.penalty for record in records)
    loses = f" ({said_of(late)}), which costs {lost:g} points in all" if late else ""
    yield f"Due {local_time(datetime.fromisoformat(due).timestamp())}: {len(late)} late{loses}."
    unknown = [r.student for r in records if not r.problem and not r.handed_in]
    if unknown:
        yield f"Not known when they handed in, and not taken for late: {said_of(unknown)}."


def local_time(time: float) -> str:
    """A moment, from Unix time, in the time zone of this machine."""
    if not time:
        return "of unknown time"
    return f"{datetime.fromtimestamp(time).astimezone():%Y-%m-%d %H:%M %Z}"
