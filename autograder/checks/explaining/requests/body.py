"""The body of a request: which one was sent, and where a field stands that the service misses."""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.served import Served
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.requests_sent import dig
from autograder.checks.reading.workspace import Workspace

Path = tuple[str | int, ...]

CATALOGUE: dict[str, Path] = {
    name: (name,) for name in ("collections", "datetime", "bbox", "limit", "filter", "filter-lang")
}
"""Place of each field in a search."""

_DATA: Path = ("input", "data", 0)
PROCESS: dict[str, Path] = {
    "bbox": ("input", "bounds", "bbox"),
    "crs": ("input", "bounds", "properties", "crs"),
    "type": (*_DATA, "type"),
    "from": (*_DATA, "dataFilter", "timeRange", "from"),
    "to": (*_DATA, "dataFilter", "timeRange", "to"),
    "maxCloudCoverage": (*_DATA, "dataFilter", "maxCloudCoverage"),
    "format": ("output", "responses", 0, "format", "type"),
    "evalscript": ("evalscript",),
}
"""Place of each field in an order."""

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "collections": ("collection", "type", "dataset", "product"),
    "datetime": ("date", "dates", "time", "timerange", "period", "interval", "temporal"),
    "bbox": ("box", "bounds", "boundingbox", "extent", "aoi", "area", "boundaries"),
    "filter": ("query", "cloud", "clouds", "cloudcover", "maxcloudcoverage", "eocloudcover"),
    "type": ("collection", "collections", "dataset", "product"),
    "from": ("start", "begin", "datetime"),
    "to": ("end", "until", "stop"),
    "maxCloudCoverage": ("cloud", "cloudcover", "filter", "eocloudcover", "maxcloud"),
    "evalscript": ("script", "code"),
    "timeRange": ("datetime", "period", "dates"),
}  # fmt: skip
"""What learners call a field, without signs and capitals."""

MAX_FIELDS, MAX_DEPTH = 400, 12

BODIES = ("search_body", "request_body", "example_search", "example_order")
"""Names of the notebook that hold a body."""


# --- what is read while the learner's names are there -------------------------------------------


def bodies(workspace: Workspace) -> Fact:
    """Name and digest of each body of the notebook, as it is now."""
    held = ((name, workspace.names.get(name)) for name in BODIES)
    return facts.texts(f"{name} {digest(value)}" for name, value in held if _is_plain(value))


def _is_plain(value: object, depth: int = MAX_DEPTH) -> bool:
    """Whether a value is a dictionary as json reads it, of no class of a learner's."""
    return type(value) is dict and _plain_inside(value, depth, [MAX_FIELDS])


def _plain_inside(value: Any, depth: int, left: list[int]) -> bool:
    left[0] -= 1
    if left[0] < 0 or depth == 0:
        return False
    if type(value) is dict:
        return all(type(key) is str for key in value) and all(
            _plain_inside(item, depth - 1, left) for item in value.values()
        )
    if type(value) in (list, tuple):
        return all(_plain_inside(item, depth - 1, left) for item in value)
    return type(value) in (str, int, float, bool, type(None))


def digest(value: object) -> str:
    """Sixteen letters that stand for a value of json."""
    words = json.dumps(value, sort_keys=True)
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()[:16]


# --- what is asked of the evidence --------------------------------------------------------------


def sent_body(evidence: Evidence) -> dict[str, Any]:
    """The body of the request that is judged; empty where none was sent."""
    words = facts.joined(evidence["body"])
    body = json.loads(words) if words else {}
    return body if isinstance(body, dict) else {}


def of_another_name(own: str) -> Explain:
    """Explains that what was sent is another body of the notebook than ``own``."""

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        body = sent_body(evidence)
        sent = digest(body)
        held = [words.partition(" ") for words in evidence["bodies"].get("texts", ())]
        names = [name for name, _, mark in held if mark == sent]
        if not body or not names or own in names:
            return None
        return Explanation("another-body", {"name": names[0], "own": own})

    return explain


def of_its_place(field: str, paths: Mapping[str, Path]) -> Explain:
    """Explains why the service does not find a field: its place, its spelling, or none at all."""

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        return lost(field, sent_body(evidence), paths[field])

    return explain


def lost(field: str, body: Mapping[str, Any], path: Path) -> Explanation | None:
    """Why a field is not at its path; ``None`` where it is there, or no body was sent."""
    if not body or dig(body, *path) is not None:
        return None
    places = list(_paths(body))
    wanted = _named(path)
    for place in places:
        if _named(place) == wanted:
            return _without_list(place, path)
    moved = next((item for item in places if item[-1] == path[-1] and _is_it(field, item)), None)
    of_the_way = _step(places, wanted) if len(wanted) > 1 else None
    if of_the_way is None and moved is not None:
        return _misplaced(field, moved, path)
    name = of_the_way or _other_name(places, str(path[-1]), _known(path))
    if name is None:
        return Explanation("field-absent", {"field": field})
    return Explanation("field-misspelt", {"found": shown(name[0]), "field": name[1]})


def _known(path: Path) -> set[str]:
    """Names that the service of a path reads, which are not taken for others."""
    paths = CATALOGUE if len(path) == 1 and path[0] in CATALOGUE else PROCESS
    return {name for place in paths.values() for name in _named(place)} | {"width", "height"}


def _step(places: Sequence[Path], wanted: tuple[str, ...]) -> tuple[str, str] | None:
    """The one step of the way to a field that has another name in the body, and its right name."""
    for place in places:
        names = _named(place)
        if len(names) != len(wanted):
            continue
        other = [(a, b) for a, b in zip(names, wanted, strict=True) if a != b]
        if len(other) == 1 and _alike(*other[0]) and other[0][0] not in _known(wanted):
            return other[0]
    return None


def _other_name(places: Sequence[Path], right: str, known: set[str]) -> tuple[str, str] | None:
    """A name anywhere in the body that may be meant for another, and that one."""
    names = (str(place[-1]) for place in places)
    found = (name for name in names if name not in known and _alike(name, right))
    return next(((name, right) for name in found), None)


def _is_it(field: str, place: Path) -> bool:
    """Whether a place may hold the field: several fields of an order are called ``type``."""
    is_format = "format" in place or "responses" in place or "output" in place
    return place[-1] != "type" or is_format == (field == "format")


def _without_list(place: Path, path: Path) -> Explanation | None:
    """The names are right, so a list is lacking, or one too many is there."""
    if len(place) == len(path):
        return None
    name = next((str(a) for a, b in pairwise(path) if isinstance(b, int)), str(path[-1]))
    return Explanation("field-needs-a-list", {"field": name}) if len(place) < len(path) else None


def _misplaced(field: str, place: Path, path: Path) -> Explanation:
    found, right = _shown_place(place[:-1]), _shown_place(path[:-1])
    if not right:
        return Explanation("field-too-deep", {"field": field, "found": found})
    if not found:
        return Explanation("field-on-top", {"field": field, "right": right})
    return Explanation("field-elsewhere", {"field": field, "found": found, "right": right})


def _paths(value: object) -> Iterator[Path]:
    """The path of every named field, outer ones first, at most `MAX_FIELDS` and `MAX_DEPTH`."""
    queue: list[tuple[Path, object]] = [((), value)]
    seen = 0
    while queue and seen < MAX_FIELDS:
        here, inside = queue.pop(0)
        items: Sequence[tuple[str | int, object]] = (
            list(inside.items()) if isinstance(inside, dict)
            else list(enumerate(inside[:20])) if isinstance(inside, list) else []
        )  # fmt: skip
        for name, item in items[:MAX_FIELDS]:
            seen += 1
            if isinstance(name, str):
                yield (*here, name)
            if len(here) < MAX_DEPTH:
                queue.append(((*here, name), item))


def _named(path: Path) -> tuple[str, ...]:
    return tuple(name for name in path if isinstance(name, str))


def _shown_place(path: Path) -> str:
    return " → ".join(shown(name) for name in _named(path))


def _alike(found: str, right: str) -> bool:
    """Whether a name may be meant for another."""
    left, wanted = bare(found), bare(right)
    near = difflib.SequenceMatcher(None, left[:40], wanted).ratio() >= 0.75
    return left != "" and (left == wanted or near or left in OTHER_NAMES.get(right, ()))


def bare(name: str) -> str:
    """A name without signs and capitals."""
    return re.sub(r"[^a-z0-9]", "", name[:200].lower())


def shown(value: object, limit: int = 60) -> str:
    """A learner's words on one line, whole where they are short, without backticks."""
    words = " ".join(facts.words(value).replace("`", "'").split())
    if len(words) <= limit:
        return words
    return f"{words[:limit].rpartition(' ')[0] or words[: limit // 2]} …"
