"""Slips in the fields of a body, and in which body is sent."""

import copy
import json
from typing import Any

from autograder.checks.explaining.requests import (
    body,
)
from autograder.checks.explaining.served import Served
from autograder.checks.reading import facts
from tests.checks.explaining.requests.slips import (
    BULGARIA,
    Kind,
    Rng,
    Slip,
    misspelt,
    one,
)

SEARCH: dict[str, Any] = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": list(BULGARIA),
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
ORDER: dict[str, Any] = {
    "input": {
        "bounds": {"bbox": list(BULGARIA), "properties": {"crs": "EPSG:4326"}},
        "data": [
            {
                "type": "sentinel-2-l2a",
                "dataFilter": {
                    "timeRange": {"from": "2021-06-01T00:00:00Z", "to": "2021-06-30T23:59:59Z"},
                    "maxCloudCoverage": 10,
                },
            }
        ],
    },
    "output": {"width": 512, "responses": [{"format": {"type": "image/tiff"}}]},
    "evalscript": "return [sample.B04, sample.B03, sample.B02];",
}


def any_field(rng: Rng) -> tuple[dict[str, Any], str, tuple[str | int, ...]]:
    """A body, a field of it, and the field's path."""
    whole, places = one(rng, (SEARCH, body.CATALOGUE), (ORDER, body.PROCESS))
    field = one(rng, *places)
    return copy.deepcopy(whole), field, places[field]


def taken_out(whole: Any, path: tuple[str | int, ...]) -> Any:
    for step in path[:-1]:
        whole = whole[step]
    return whole.pop(path[-1])


def absent(rng: Rng, _: Served) -> Slip:
    whole, field, path = any_field(rng)
    taken_out(whole, path)
    return Slip(body.lost(field, whole, path), ("field-absent",), {"field": field}, whole)


def moved_up(rng: Rng, _: Served) -> Slip:
    whole, field, path = any_field(rng)
    while len(path) == 1 or path[-1] == "type":
        whole, field, path = any_field(rng)
    whole[str(path[-1])] = taken_out(whole, path)
    return Slip(body.lost(field, whole, path), ("field-on-top",), {"field": field}, whole)


def moved_down(rng: Rng, _: Served) -> Slip:
    whole, field, path = any_field(rng)
    while len(path) > 1:
        whole, field, path = any_field(rng)
    inside = one(rng, "query", "options", "parameters")
    whole[inside] = {field: taken_out(whole, path)}
    values = {"field": field, "found": inside}
    return Slip(body.lost(field, whole, path), ("field-too-deep",), values, whole)


def field_misspelt(rng: Rng, _: Served) -> Slip:
    whole, field, path = any_field(rng)
    while len(str(path[-1])) < 5:
        whole, field, path = any_field(rng)
    name = misspelt(rng, str(path[-1]))
    holder: Any = whole
    for step in path[:-1]:
        holder = holder[step]
    holder[name] = holder.pop(path[-1])
    values = {"found": name, "field": str(path[-1])}
    return Slip(body.lost(field, whole, path), ("field-misspelt",), values, name)


def way_misspelt(rng: Rng, _: Served) -> Slip:
    whole, field = copy.deepcopy(ORDER), one(rng, "from", "to", "maxCloudCoverage", "bbox")
    path = body.PROCESS[field]
    step = one(rng, *[step for step in path[:-1] if isinstance(step, str) and len(step) > 4])
    holder: Any = whole
    for part in path[: path.index(step)]:
        holder = holder[part]
    name = misspelt(rng, step)
    holder[name] = holder.pop(step)
    values = {"found": name, "field": step}
    return Slip(body.lost(field, whole, path), ("field-misspelt",), values, name)


def list_lost(rng: Rng, _: Served) -> Slip:
    whole = copy.deepcopy(ORDER)
    whole["input"]["data"] = whole["input"]["data"][0]
    field = one(rng, "type", "from", "to", "maxCloudCoverage")
    found = body.lost(field, whole, body.PROCESS[field])
    return Slip(found, ("field-needs-a-list",), {"field": "data"}, field)


def other_body(rng: Rng, served: Served) -> Slip:
    own, other = one(rng, *((a, b) for a in body.BODIES[:2] for b in body.BODIES if a != b))
    sent = copy.deepcopy(SEARCH) | {"limit": int(rng.integers(100))}
    evidence = {
        "body": facts.pieces(json.dumps(sent)),
        "bodies": facts.texts(
            [f"{own} {body.digest(SEARCH | {'x': 1})}", f"{other} {body.digest(sent)}"]
        ),
    }
    found = body.of_another_name(own)(evidence, {}, served)
    return Slip(found, ("another-body",), {"name": other, "own": own}, other)


KINDS: dict[str, Kind] = {
    "field: absent": absent,
    "field: on top": moved_up,
    "field: too deep": moved_down,
    "field: misspelt": field_misspelt,
    "field: its place misspelt": way_misspelt,
    "field: no list around it": list_lost,
    "another body": other_body,
}
