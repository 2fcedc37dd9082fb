"""The Catalog API of Sentinel Hub (STAC item search)."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from autograder.services.cache import kept
from autograder.services.http.request_response import Request, Response, is_number, json_response
from autograder.services.sentinelhub.filters import QUERYABLE, Comparison, FilterError, read_filter
from autograder.services.sentinelhub.geometry import read_geometry
from autograder.services.sentinelhub.token import Tokens
from utils.reference import CATALOG_URL

COLLECTION = "sentinel-2-l2a"
"""The one collection that is served offline."""

OTHER_COLLECTIONS = (
    "sentinel-1-grd",
    "sentinel-2-l1c",
    "sentinel-3-olci",
    "sentinel-3-olci-l2",
    "sentinel-3-slstr",
    "sentinel-3-synergy-l2",
    "sentinel-5p-l2",
)
"""Collections that the real service has besides."""

DEFAULT_LIMIT = 10
LARGEST_LIMIT = 100

NOT_AUTHORIZED = (
    "You are not authorized! Please provide a valid access token within the header"
    " [Authorization: Bearer <accessToken>] of your request."
)
_ROOT = CATALOG_URL.removesuffix("/search")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_ALWAYS = ("id", "type", "geometry", "bbox", "links", "assets")


class Refused(Exception):
    """A search that is answered with status 400; the text is the description."""


def read_interval(text: Any) -> tuple[datetime, datetime]:
    """First and last moment of ``instant``, ``start/end``, ``../end`` or ``start/..``.

    Instants are as in RFC 3339 with a time zone; seconds may be missing.

    Raises:
        Refused: It is none of these, or ends before it starts.
    """
    refused = Refused("Cannot parse parameter `datetime`.")
    if not isinstance(text, str):
        raise refused
    ends = text.split("/")
    if len(ends) > 2:
        raise refused
    limits = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    moments: list[datetime] = []
    for end, limit in zip((ends[0], ends[-1]), limits, strict=True):
        if len(ends) == 2 and end in {"..", ""}:
            moments.append(limit)
            continue
        if not _INSTANT.fullmatch(end):
            raise refused
        try:
            moments.append(datetime.fromisoformat(end.upper()))
        except ValueError as error:
            raise refused from error
    start, stop = moments
    if stop < start:
        raise refused
    return start, stop


def read_bbox(bbox: Any) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees, of a box with four or six numbers.

    Raises:
        Refused: Not such numbers, out of range, or in another order.
    """
    numbers = isinstance(bbox, list) and all(is_number(x) for x in bbox)
    if not numbers or len(bbox) not in {4, 6}:
        raise Refused("Cannot parse parameter `bbox`. It must be an array of 4 or 6 numbers.")
    west, south, east, north = bbox if len(bbox) == 4 else (*bbox[:2], *bbox[3:5])
    if not (
        -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90
    ):
        raise Refused(
            "Illegal bbox. Longitudes must be within [-180, 180] and latitudes within [-90, 90]."
        )
    if west >= east or south >= north:
        raise Refused("Illegal bbox. It must be given as [minX, minY, maxX, maxY].")
    return west, south, east, north


class Item(NamedTuple):
    """A scene: its STAC item, when it was taken, and its outline as a shapely geometry."""

    content: dict[str, Any]
    time: datetime
    shape: Any


def read_items(path: Path) -> list[Item]:
    """The items of a catalogue's file."""
    return kept(path, "items", lambda: _read_items(path))


def _read_items(path: Path) -> list[Item]:
    from shapely.geometry import shape

    return [
        Item(
            {**item, "links": _links(item)},
            datetime.fromisoformat(item["properties"]["datetime"]),
            shape(item["geometry"]),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]


class Catalog:
    """Searches the items of one world.

    Args:
        path: JSON list of STAC items, newest first, without ``links``.
        tokens: Says who may ask.
    """

    def __init__(self, path: Path, tokens: Tokens) -> None:
        self._path = path
        self._tokens = tokens

    def answer(self, request: Request) -> Response:
        """Answer a request to the search address."""
        if request.method != "POST":
            return _failure(405, "Method Not Allowed")
        if not self._tokens.admit(request):
            return _failure(401, NOT_AUTHORIZED)
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return _failure(400, "Cannot parse request body.")
        if not isinstance(body, dict):
            return _failure(400, "Cannot parse request body.")
        try:
            return self._search(body)
        except (Refused, FilterError) as error:
            return _failure(400, str(error))

    def _search(self, body: dict[str, Any]) -> Response:
        _check_collections(body.get("collections"))
        if body.get("datetime") is None:
            raise Refused("Parameter `datetime` is required.")
        comparisons = (
            read_filter(body["filter"], body.get("filter-lang"))
            if body.get("filter") is not None
            else []
        )
        ids = body.get("ids")
        if ids is not None and not isinstance(ids, list):
            raise Refused("Cannot parse parameter `ids`.")
        found = self.select(*read_interval(body["datetime"]), comparisons, _area(body))
        if ids is not None:
            wanted = {name for name in ids if isinstance(name, str)}
            found = [item for item in found if item["id"] in wanted]
        limit = min(_whole_number(body, "limit", DEFAULT_LIMIT, 1), LARGEST_LIMIT)
        start = _whole_number(body, "next", 0, 0)
        page = found[start : start + limit]
        context: dict[str, int] = {"limit": limit, "returned": len(page)}
        links: list[dict[str, Any]] = [
            {"rel": "self", "href": CATALOG_URL, "type": "application/geo+json"}
        ]
        if start + limit < len(found):
            context["next"] = start + limit
            more = {"method": "POST", "body": {"next": start + limit}, "merge": True}
            links.append({"rel": "next", "href": CATALOG_URL, **more})
        features = [_with_fields(item, body.get("fields")) for item in page]
        answer = {
            "type": "FeatureCollection", "features": features, "links": links, "context": context,
        }  # fmt: skip
        return json_response(200, answer, "application/geo+json")

    def select(
        self, start: datetime, stop: datetime, comparisons: list[Comparison], area: Any
    ) -> list[dict[str, Any]]:
        """The items that meet all conditions, newest first.

        Args:
            start: First moment.
            stop: Last moment.
            comparisons: What their cloud cover must meet.
            area: Shapely geometry, in degrees, that they must touch; None for anywhere.
        """
        return [
            item.content
            for item in read_items(self._path)
            if start <= item.time <= stop
            and all(c.holds(item.content["properties"][QUERYABLE]) for c in comparisons)
            and (area is None or area.intersects(item.shape))
        ]


def _area(body: dict[str, Any]) -> Any:
    """The shape that items must touch, or None."""
    bbox, geometry = body.get("bbox"), body.get("intersects")
    if bbox is not None and geometry is not None:
        raise Refused("Only one of `bbox` and `intersects` can be set.")
    if bbox is not None:
        from shapely.geometry import box

        return box(*read_bbox(bbox))
    if geometry is not None:
        area = read_geometry(geometry)
        if area is None:
            raise Refused("Cannot parse parameter `intersects`.")
        return area
    return None


def _check_collections(names: Any) -> None:
    if not isinstance(names, list) or len(names) != 1:
        raise Refused("Parameter `collections` must hold exactly one collection.")
    if names[0] in OTHER_COLLECTIONS:
        raise Refused(f"Illegal collection: offline only {COLLECTION} is served.")
    if names[0] != COLLECTION:
        raise Refused("Illegal collection")


def _whole_number(body: dict[str, Any], name: str, default: int, smallest: int) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < smallest:
        raise Refused(f"Cannot parse parameter `{name}`.")
    return value


def _with_fields(item: dict[str, Any], fields: Any) -> dict[str, Any]:
    """The item with only the fields that ``include`` and ``exclude`` leave."""
    if fields is None:
        return item
    include, exclude = (_names(fields, name) for name in ("include", "exclude"))

    def kept(name: str) -> bool:
        head = name.partition(".")[0]
        inside = not include or name in include or head in include or head in _ALWAYS
        return inside and name not in exclude and head not in exclude

    properties = {
        name: value for name, value in item["properties"].items() if kept(f"properties.{name}")
    }
    rest = {name: value for name, value in item.items() if name != "properties" and kept(name)}
    return {**rest, "properties": properties} if properties else rest


def _names(fields: Any, kind: str) -> set[str]:
    """The names that ``include`` or ``exclude`` lists."""
    names = fields.get(kind, []) if isinstance(fields, dict) else None
    if not isinstance(names, list):
        raise Refused("Cannot parse parameter `fields`.")
    return {name for name in names if isinstance(name, str)}


def _links(item: dict[str, Any]) -> list[dict[str, str]]:
    collection = f"{_ROOT}/collections/{COLLECTION}"
    return [
        {"rel": "self", "href": f"{collection}/items/{item['id']}"},
        {"rel": "root", "href": _ROOT},
        {"rel": "parent", "href": collection},
        {"rel": "collection", "href": collection},
    ]


def _failure(status: int, description: str) -> Response:
    return json_response(status, {"code": status, "description": description})
