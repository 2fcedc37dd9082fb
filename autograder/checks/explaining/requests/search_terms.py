"""What a request says of time and of cloud cover, in one form whatever the learner's."""

import json
from datetime import UTC, datetime, timedelta

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.patches.catalogue_filter import Comparison, FilterError, read_filter

MONTH_START = datetime(2021, 6, 1, tzinfo=UTC)
MONTH_END = datetime(2021, 7, 1, tzinfo=UTC)


def instant(words: object) -> datetime | None:
    """A date or date and time in ISO 8601, in UTC where it names no zone."""
    try:
        value = datetime.fromisoformat(str(words).strip())
    except ValueError:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def start_of_june(words: object) -> Fact:
    """``2021-06-01`` for an instant in the first minute of June 2021 (UTC), else the words."""
    moment = instant(words)
    first_minute = moment is not None and MONTH_START <= moment < MONTH_START + timedelta(minutes=1)
    return facts.text("2021-06-01" if first_minute else words)


def end_of_june(words: object) -> Fact:
    """``2021-06-30`` for an instant in the last minute of June 2021 (UTC), else the words."""
    moment = instant(words)
    last_minute = moment is not None and MONTH_END - timedelta(minutes=1) <= moment <= MONTH_END
    return facts.text("2021-06-30" if last_minute else words)


# --- cloud cover ------------------------------------------------------------------------------

_SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "=": "of exactly",
          "<>": "other than"}  # fmt: skip
_ALWAYS = {">=": 0.0, "<=": 100.0}
"""Comparisons that hold for every cloud cover, which lies between 0 and 100 per cent."""

MAX_COMPARISONS = 20


def comparisons(content: object) -> list[Comparison]:
    """The comparisons of a filter, in CQL2 text or json, that hold for some cloud covers only.

    Raises:
        FilterError: The catalogue could not read it in either language, or it has very many.
    """
    found = read_filter(content, None)
    if len(found) > MAX_COMPARISONS:
        raise FilterError("too many comparisons")
    return [item for item in found if _ALWAYS.get(item.operator) != item.value]


def cloud_filter(content: object) -> Fact:
    """What a filter says of cloud cover, whatever its form: else the filter itself."""
    try:
        found = comparisons(content)
    except (FilterError, RecursionError):
        return facts.text(content if isinstance(content, str) else json.dumps(content))
    said = [f"{_SIGNS[item.operator]} {item.value:g} %" for item in dict.fromkeys(found)]
    return facts.text(f"cloud cover {' and '.join(said)}" if said else "any cloud cover")
