"""Read the services' journal: which requests a learner's code sent, and what came back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt

Entry = Mapping[str, Any]


def to(requests: Sequence[Entry], url: str, method: str = "POST") -> list[Entry]:
    """The requests to ``url`` with any query and with ``method``, oldest first."""
    return [entry for entry in _at(requests, url) if entry["method"] == method]


def _at(requests: Sequence[Entry], url: str) -> list[Entry]:
    return [entry for entry in requests if entry["url"].split("?")[0].rstrip("/") == url]


AS_JSON = "sent with POST, as json"


def manner(requests: Sequence[Entry], url: str) -> Fact:
    """How a service was asked: `AS_JSON`, in another way, or not at all."""
    entries = _at(requests, url)
    if not entries:
        return facts.missing("was never sent")
    if any(entry["method"] == "POST" and body(entry) for entry in entries):
        return facts.text(AS_JSON)
    method = entries[-1]["method"]
    return facts.text(
        "sent with POST, but not as json" if method == "POST" else f"sent with {method}"
    )


def box(request: Mapping[str, Any], *keys: str) -> Any:
    """The box of a request: its ``bbox``, or the box around a GeoJSON geometry; else ``None``.

    Args:
        request: Its json, or the part that holds box or geometry.
        keys: Keys under which a geometry may stand instead.
    """
    if "bbox" in request:
        return request["bbox"]
    for key in keys:
        points = np.array(list(_points(dig(request, key, "coordinates"))), dtype=float)
        if points.size:
            return [*points.min(axis=0), *points.max(axis=0)]
    return None


def _points(coordinates: object, depth: int = 5) -> Iterator[list[float]]:
    """Longitude and latitude of every corner of a GeoJSON geometry."""
    if not isinstance(coordinates, list) or depth == 0:
        return
    if len(coordinates) >= 2 and all(type(value) in (int, float) for value in coordinates[:2]):
        yield coordinates[:2]
        return
    for part in coordinates[:10_000]:
        yield from _points(part, depth - 1)


def status(entry: Entry) -> int:
    """Status code of the answer."""
    return int(entry["response"]["status"])


def best(entries: Sequence[Entry]) -> Entry | None:
    """The last request that was answered with 200, else the last one, else ``None``."""
    good = [entry for entry in entries if status(entry) == 200]
    answered = good or list(entries)
    return answered[-1] if answered else None


def body(entry: Entry | None) -> dict[str, Any]:
    """The json object that a request carried; empty where it carried none."""
    return _object(entry["request"]["body"]) if entry else {}


def answer(entry: Entry | None) -> dict[str, Any]:
    """The json object of the answer; empty where there is none."""
    return _object(entry["response"]["body"]) if entry else {}


def _object(words: object) -> dict[str, Any]:
    try:
        value = json.loads(words) if isinstance(words, str) else {}
    except (ValueError, RecursionError):
        value = {}
    return value if isinstance(value, dict) else {}


def query(entry: Entry) -> dict[str, str]:
    """The fields of the query of a request's URL, as in `form`."""
    return form(urlsplit(entry["url"]).query)


def form(words: str) -> dict[str, str]:
    """The fields of a form or a query as services read them: first value of each key."""
    return {key: values[0] for key, values in parse_qs(words).items()}


def dig(value: object, *keys: str | int) -> Any:
    """A value deep in json, or ``None`` where the path does not exist."""
    for key in keys:
        try:
            value = value[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def json_fact(value: object, sent: bool, read: Any, *arguments: Any) -> Fact:
    """A field of a request: missing where no request was sent or it lacks the field."""
    if not sent:
        return facts.missing("was never sent")
    if value is None:
        return facts.missing("is not in the request")
    return attempt(facts.other(value), read, value, *arguments)


def refusal(entry: Entry) -> str:
    """What a service that refused a request said: status and its own words."""
    said = answer(entry)
    words = (
        said.get("description")
        or said.get("error_description")
        or dig(said, "error", "message")
        or dig(said, "error")
        or ""
    )
    return f"status {status(entry)}: {words}"[:200]


def uploads(requests: Sequence[Entry]) -> set[str]:
    """``bucket/key`` of each object that was written."""
    written = (
        entry for entry in requests if entry["method"] in ("PUT", "POST") and status(entry) == 200
    )
    return {unquote(urlsplit(entry["url"]).path).lstrip("/") for entry in written}


# --- dates ------------------------------------------------------------------------------------

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

_PROPERTY = r'"?(?:properties\.)?eo:cloud_cover"?'
_BELOW_TEN = re.compile(
    rf"\(*\s*(?:{_PROPERTY}\s*<=?\s*10(?:\.0*)?|10(?:\.0*)?\s*>=?\s*{_PROPERTY}"
    rf"|{_PROPERTY}\s+between\s+0(?:\.0*)?\s+and\s+10(?:\.0*)?"
    rf"|{_PROPERTY}\s*>=\s*0(?:\.0*)?\s+and\s+{_PROPERTY}\s*<=?\s*10(?:\.0*)?"
    rf"|{_PROPERTY}\s*<=?\s*10(?:\.0*)?\s+and\s+{_PROPERTY}\s*>=\s*0(?:\.0*)?)\s*\)*",
    re.IGNORECASE,
)
BELOW_TEN = "cloud cover below 10 %"


def cloud_filter(value: object) -> Fact:
    """`BELOW_TEN` for a filter with that meaning, in CQL2 text or json; else the filter itself."""
    if isinstance(value, str):
        return facts.text(BELOW_TEN if _BELOW_TEN.fullmatch(value.strip()) else value)
    operator, arguments = dig(value, "op"), dig(value, "args")
    if operator == "and" and type(arguments) is list and len(arguments) == 2:
        rest = [part for part in arguments if not _from_zero(part)]
        value = rest[0] if len(rest) == 1 else value
        operator, arguments = dig(value, "op"), dig(value, "args")
    name, limit = dig(arguments, 0, "property"), dig(arguments, 1)
    below = operator in ("<", "<=") and limit == 10
    between = operator == "between" and (limit == [0, 10] or [limit, dig(arguments, 2)] == [0, 10])
    right = name == "eo:cloud_cover" and (below or between)
    return facts.text(BELOW_TEN if right else json.dumps(value))


def _from_zero(value: object) -> bool:
    """Whether a condition in CQL2 json says that cloud cover is not negative."""
    condition = {"op": ">=", "args": [{"property": "eo:cloud_cover"}, 0]}
    return bool(value == condition)
