"""Read the services' journal: which requests a learner's code sent, and what came back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import Workspace

Entry = Mapping[str, Any]


def to(requests: Sequence[Entry], url: str, method: str = "POST") -> list[Entry]:
    """The requests to ``url`` with any query and with ``method``, oldest first."""
    return [entry for entry in _at(requests, url) if entry["method"] == method]


def _at(requests: Sequence[Entry], url: str) -> list[Entry]:
    return [entry for entry in requests if entry["url"].split("?")[0].rstrip("/") == url]


AS_JSON = "sent with POST, as json"


def manner(workspace: Workspace, url: str, elsewhere: Sequence[str] = ()) -> Fact:
    """How a service was asked: `AS_JSON`, in another way, at another address, or not at all.

    Args:
        workspace: Holds what was sent, and the exception of a request that reached nobody.
        url: Address of the service.
        elsewhere: Addresses that the same exercise asks with a form.
    """
    entries = _at(workspace.requests, url)
    if not entries:
        astray = [entry for entry in workspace.requests if _is_astray(entry, elsewhere)]
        if astray:
            return facts.text(f"sent to {address(astray[-1])}")
        host = unreachable(workspace.error, *elsewhere)
        return facts.text(host) if host else facts.missing("was never sent")
    if any(entry["method"] == "POST" and body(entry) for entry in entries):
        return facts.text(AS_JSON)
    method = entries[-1]["method"]
    return facts.text(
        "sent with POST, but not as json" if method == "POST" else f"sent with {method}"
    )


def _is_astray(entry: Entry, elsewhere: Sequence[str]) -> bool:
    """Whether a request was meant for a service of json and went to another address."""
    own_host = (urlsplit(entry["url"]).hostname or "").endswith("dataspace.copernicus.eu")
    return bool(body(entry)) or (own_host and address(entry) not in elsewhere)


ONLY_A_TEXT = "was never sent: `response` is a text"


def unless_a_text(sent: Fact, response: Fact) -> Fact:
    """How a request was sent; where none was and ``response`` is a text, that."""
    only_a_text = sent["kind"] == "missing" and response == {"kind": "other", "type": "str"}
    return facts.text(ONLY_A_TEXT) if only_a_text else sent


_HOST = re.compile(r"host='([\w.-]{1,100})'")


def unreachable(error: str, *known: str) -> str:
    """What is said of a request whose host does not exist, by its exception; else ``""``.

    Args:
        error: How the cell ended.
        known: Addresses that exist.
    """
    host = _HOST.search(error)
    there = host is None or any(urlsplit(url).hostname == host[1] for url in known)
    return "" if host is None or there else f"sent to {host[1]}, where nobody answers"


def address(entry: Entry) -> str:
    """Address of a request, without its query, in at most 150 characters."""
    return str(entry["url"]).partition("?")[0].rstrip("/")[:150]


class Sent(NamedTuple):
    """One request in short.

    Attributes:
        method: Its HTTP method.
        address: As in `address`.
        status: Status of the answer.
        carried: ``json`` (an object), ``text`` (json in a text, in json), ``form``, ``query``,
            ``nothing`` or ``other``.
        scheme: Scheme of its authorization (``Bearer``), or ``***`` without one, or ``""``.
        grant, client: Fields of a form that asks for a token.
    """

    method: str
    address: str
    status: int
    carried: str
    scheme: str
    grant: str
    client: str


MAX_SENT = 40


def log(requests: Sequence[Entry]) -> Fact:
    """The last requests in short, each a `Sent` in json."""
    return facts.texts(
        json.dumps(_short(entry), ensure_ascii=False) for entry in requests[-MAX_SENT:]
    )


def logged(fact: Fact) -> list[Sent]:
    """The requests in a `log`, oldest first; those that cannot be read are left out."""
    lists = [attempt([], json.loads, line) for line in fact.get("texts", ())]
    return [Sent(*fields) for fields in lists if len(fields) == len(Sent._fields)]


def _short(entry: Entry) -> Sent:
    headers = {key.lower(): str(value) for key, value in entry["request"]["headers"].items()}
    fields = form(str(entry["request"]["body"])) if _carried(entry, headers) == "form" else {}
    return Sent(
        str(entry["method"])[:10],
        address(entry),
        status(entry),
        _carried(entry, headers),
        headers.get("authorization", "").partition(" ")[0][:10],
        fields.get("grant_type", "")[:30],
        fields.get("client_id", "")[:40],
    )


def _carried(entry: Entry, headers: Mapping[str, str]) -> str:
    words = entry["request"]["body"]
    if not words:
        return "query" if "?" in entry["url"] else "nothing" if words == "" else "other"
    if body(entry):
        return "json"
    if "form" in headers.get("content-type", ""):
        return "form"
    return "text" if words.startswith('"{') else "other"


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


ABSENT = "is not in the request"
"""Stands for a field that a request lacks."""


def json_fact(value: object, sent: bool, read: Any, *arguments: Any) -> Fact:
    """A field of a request: missing without a request, `ABSENT` where it lacks the field."""
    if not sent:
        return facts.missing("was never sent")
    if value is None:
        return facts.text(ABSENT)
    return attempt(facts.other(value), read, value, *arguments)


def answered(entry: Entry | None) -> Fact:
    """How a service answered: ``answered``, or its refusal; whether a token went along."""
    if entry is None:
        return facts.missing("was never sent")
    if status(entry) == 200:
        return facts.text("answered")
    headers = {key.lower() for key in entry["request"]["headers"]}
    in_vain = status(entry) == 401 and "authorization" in headers
    said = refusal(entry)
    return facts.text(said.replace(":", " with a token:", 1) if in_vain else said)


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
    return f"status {status(entry)}: {whole(str(words))}"


def whole(words: str, limit: int = 200) -> str:
    """The whole sentences with which a text begins, else its first words; never half a word."""
    line = " ".join(words[:2_000].split())
    if len(line) <= limit:
        return line
    start = line[:limit]
    sentences, stop, _ = start.rpartition(". ")
    return f"{sentences}." if stop else f"{start.rpartition(' ')[0]} …"


def uploads(requests: Sequence[Entry]) -> set[str]:
    """``bucket/key`` of each object that was written."""
    written = (
        entry for entry in requests if entry["method"] in ("PUT", "POST") and status(entry) == 200
    )
    return {unquote(urlsplit(entry["url"]).path).lstrip("/") for entry in written}
