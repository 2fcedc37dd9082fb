"""The period of a request: what its two dates say, and how they miss June 2021."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.requests.body import shown
from autograder.checks.explaining.requests.search_terms import (
    MONTH_END,
    MONTH_START,
    end_of_june,
    start_of_june,
)

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(.*)", re.DOTALL)
_READ = re.compile(r"T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_TIME = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]?(\d\d):(\d\d)(?::(\d\d))?", re.IGNORECASE)
_ANY_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """One end of a period as it was written.

    Attributes:
        words: The learner's words.
        at: The moment it names (midnight and UTC where it says no more); ``None`` for none.
        local: The same without its offset, as a clock there shows it.
        problem: Key of what makes it unreadable for the services; ``""`` where they read it.
        days: Days of its month, where its day does not exist.
    """

    words: str
    at: datetime | None = None
    local: datetime | None = None
    problem: str = ""
    days: int = 0


def moment(value: Any) -> Moment:
    """One end of a period, read as far as it can be."""
    words = value.strip() if isinstance(value, str) else ""
    if words in ("", ".."):
        return Moment(words, problem="date-open")
    match = _DATE.fullmatch(words[:80])
    if match is None:
        return Moment(words, problem="date-form")
    year, month, day = (int(part) for part in match.groups()[:3])
    if not 1 <= month <= 12 or year == 0:
        return Moment(words, problem="no-such-month")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return Moment(words, problem="no-such-day", days=days)
    rest = match[4]
    clock = _CLOCK.match(rest)
    if clock and (int(clock[1]) > 23 or int(clock[2]) > 59 or int(clock[3] or 0) > 59):
        return Moment(words, problem="no-such-time")
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        return Moment(words, problem="date-form")
    local, utc = at.replace(tzinfo=UTC), at if at.tzinfo else at.replace(tzinfo=UTC)
    if _READ.fullmatch(rest):
        return Moment(words, utc, local)
    if rest == "":
        return Moment(words, utc, local, "date-without-time")
    return Moment(words, utc, local, "date-without-zone" if _TIME.fullmatch(rest) else "date-form")


def of_search(value: Any, side: str) -> Explanation | None:
    """What is wrong with ``datetime`` of a search.

    Args:
        value: What stands there.
        side: ``start`` or ``end``, whichever is wrong.
    """
    if isinstance(value, list | tuple):
        return Explanation("period-as-a-list")
    if isinstance(value, dict):
        return Explanation("period-as-a-dictionary")
    if not isinstance(value, str):
        return Explanation("period-not-a-text", {"found": shown(value)})
    start, slash, end = value.partition("/")
    if not slash:
        dates = _ANY_DATE.findall(value[:200])
        if len(dates) == 2:
            return Explanation("period-without-slash", {"found": shown(value)})
        return (
            Explanation("period-of-one-moment", {"found": shown(value)})
            if dates
            else unreadable(moment(value))
        )
    if "/" in end:
        return Explanation("period-with-slashes", {"found": shown(value)})
    return of_ends(start, end, side)


def of_ends(start: Any, end: Any, side: str) -> Explanation | None:
    """What is wrong with the two ends of a period."""
    wrong = start if side == "start" else end
    if (
        isinstance(wrong, str)
        and wrong.count("/") == 1
        and len(_ANY_DATE.findall(wrong[:200])) == 2
    ):
        return Explanation("period-in-one-end", {"found": shown(wrong)})
    first, last = moment(start), moment(end)
    here = first if side == "start" else last
    if here.at is None:
        return unreadable(here)
    if first.at is not None and last.at is not None:
        whole = _whole(first, last)
        if whole is not None:
            return whole
    return _one_end(here, side)


def unreadable(here: Moment) -> Explanation | None:
    """Why the services cannot read one end of a period; ``None`` where they can."""
    if not here.problem:
        return None
    return Explanation(here.problem, {"found": shown(here.words), "days": str(here.days)})


def _whole(first: Moment, last: Moment) -> Explanation | None:
    """What was done to both ends at once."""
    start, end = first.at, last.at
    if start is None or end is None or first.local is None or last.local is None:
        return None
    values = {"found": f"{shown(first.words)} … {shown(last.words)}", "year": str(start.year)}
    if start > end:
        return Explanation("period-turned-round", values)
    if start.utcoffset() and _is_june(first.local, last.local):
        return Explanation("period-in-local-time", values)
    if start.year == end.year != 2021 and _is_june(_in_2021(first.local), _in_2021(last.local)):
        return Explanation("period-of-another-year", values)
    if end - start < timedelta(days=1, minutes=1):
        return Explanation("period-of-a-day", values)
    if _is_month(start, end):
        return Explanation("period-of-another-month", values | {"month": f"{start:%Y-%m}"})
    if (start.month, start.day) == (1, 1) and timedelta(days=363) < end - start < timedelta(
        days=367
    ):
        return Explanation("period-of-a-year", values)
    if (start.year, start.month, start.day) == (2021, 1, 6) and end.month != 1:
        return Explanation("period-day-and-month", values)
    return None


def _in_2021(at: datetime) -> datetime:
    leap = (at.month, at.day) == (2, 29)
    return at.replace(year=2021, day=28 if leap else at.day)


def _is_june(start: datetime, end: datetime) -> bool:
    """Whether a period is June 2021, or all of it but the hours of its last day."""
    last = timedelta(days=1, minutes=1)
    return (
        MONTH_START <= start < MONTH_START + timedelta(minutes=1)
        and MONTH_END - last <= end <= MONTH_END
    )


def _is_month(start: datetime, end: datetime) -> bool:
    """Whether a period is one whole month, other than June 2021."""
    days = calendar.monthrange(start.year, start.month)[1]
    length = timedelta(days=days)
    return (
        start.day == 1
        and (start.year, start.month) != (2021, 6)
        and length - timedelta(days=1, minutes=1) <= end - start <= length
    )


def _one_end(here: Moment, side: str) -> Explanation | None:
    if here.at is None or here.local is None:
        return None
    values = {"found": shown(here.words)}
    read = start_of_june if side == "start" else end_of_june
    if here.at.utcoffset() and read(here.local.isoformat())["text"] in ("2021-06-01", "2021-06-30"):
        return Explanation(f"{side}-in-local-time", values)
    if here.problem and _is_day(here.at, side):
        return Explanation(here.problem, values | {"days": "0"})
    if side == "end" and here.at == MONTH_END - timedelta(days=1):
        return Explanation("end-without-last-day", values)
    if side == "start" and here.at.date() == MONTH_START.date():
        return Explanation("start-within-first-day", values)
    if side == "end" and here.at.date() == (MONTH_END - timedelta(days=1)).date():
        return Explanation("end-within-last-day", values)
    border = MONTH_START if side == "start" else MONTH_END
    return Explanation(f"{side}-too-{'early' if here.at < border else 'late'}", values)


def _is_day(at: datetime, side: str) -> bool:
    day = MONTH_START if side == "start" else MONTH_END - timedelta(days=1)
    return at.date() == day.date()
