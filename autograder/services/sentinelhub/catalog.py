"""The Catalog API of Sentinel Hub (STAC item search)."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from autograder.patches.catalogue_filter import QUERYABLE, Comparison, FilterError, read_filter
from autograder.services.cache import cached
from autograder.services.http.request_response import Request, Response, is_number, json_response
from autograder.services.sentinelhub.refusals import CatalogRefused
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


MAX_POINTS = 2_000
"""Most points of a geometry: the time to see whether it is valid grows with their square, and
nothing else in this process runs meanwhile, not even the one who watches the submission."""

_MISREAD = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What shapely raises over contents of which it expects something else."""


def read_interval(text: Any) -> tuple[datetime, datetime] | None:
    """First and last moment of ``instant``, ``start/end``, ``../end`` or ``start/..``.

    Instants are as in RFC 3339 with a time zone; seconds may be missing. None where it is none
    of these, or ends before it starts.
    """
    ends = text.split("/") if isinstance(text, str) else []
    if len(ends) not in {1, 2}:
        return None
    limits = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    moments: list[datetime] = []
    for end, limit in zip((ends[0], ends[-1]), limits, strict=True):
        if len(ends) == 2 and end in {"..", ""}:
            moments.append(limit)
            continue
        if not _INSTANT.fullmatch(end):
            return None
        try:
            moments.append(datetime.fromisoformat(end.upper()))
        except ValueError:
            return None
    start, stop = moments
    return (start, stop) if start <= stop else None


def read_geometry(content: Any) -> Any | None:
    """The shapely geometry that GeoJSON describes; None where it is none, invalid or large."""
    from shapely import get_num_coordinates
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        geometry = shape(content)
        if get_num_coordinates(geometry) > MAX_POINTS:
            return None
        return geometry if geometry.is_valid and not geometry.is_empty else None
    except (ShapelyError, *_MISREAD):
        return None


def read_bbox(bbox: Any) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees, of a box with four or six numbers.

    Raises:
        CatalogRefused: Not such numbers, out of range, or in another order.
    """
    numbers = isinstance(bbox, list) and all(is_number(x) for x in bbox)
    if not numbers or len(bbox) not in {4, 6}:
        raise CatalogRefused(
            "Cannot parse parameter `bbox`. It must be an array of 4 or 6 numbers."
        )
    west, south, east, north = bbox if len(bbox) == 4 else (*bbox[:2], *bbox[3:5])
    if not (
        -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90
    ):
        raise CatalogRefused(
            "Illegal bbox. Longitudes must be within [-180, 180] and latitudes within [-90, 90]."
        )
    if west >= east or south >= north:
        raise CatalogRefused("Illegal bbox. It must be given as [minX, minY, maxX, maxY].")
    return west, south, east, north


class Scene(NamedTuple):
    """One image that a satellite took.

    Attributes:
        item: Its STAC item.
        time: When it was taken.
        cloud_cover: In percent.
        outline: A shapely geometry, in degrees.
    """

    item: dict[str, Any]
    time: datetime
    cloud_cover: float
    outline: Any


def read_scenes(path: Path) -> list[Scene]:
    """The scenes of a catalogue's file; read once."""
    return cached(path, "scenes", lambda: _read_scenes(path))


def _read_scenes(path: Path) -> list[Scene]:
    from shapely.geometry import shape

    return [
        Scene(
            {**item, "links": _links(item)},
            datetime.fromisoformat(item["properties"]["datetime"]),
            item["properties"][QUERYABLE],
            shape(item["geometry"]),
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]


class Catalog:
    """Searches the scenes of one world.

    Args:
        path: JSON list of STAC items, newest first, without ``links``.
        tokens: Says who may ask.
    """

    def __init__(self, path: Path, tokens: Tokens) -> None:
        self._path = path
        self._tokens = tokens

    def answer(self, request: Request) -> Response:
        """Answer a request to the search address.

        Raises:
            CatalogRefused: It is not authorized, or not a search.
        """
        if request.method != "POST":
            raise CatalogRefused("Method Not Allowed", 405)
        if not self._tokens.admit(request):
            raise CatalogRefused(NOT_AUTHORIZED, 401)
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise CatalogRefused("Cannot parse request body.")
        _check_collections(body.get("collections"))
        return _page(self._search(body), body)

    def _search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The STAC items that meet all conditions, newest first."""
        if body.get("datetime") is None:
            raise CatalogRefused("Parameter `datetime` is required.")
        comparisons = _conditions(body.get("filter"), body.get("filter-lang"))
        ids = body.get("ids")
        if ids is not None and not isinstance(ids, list):
            raise CatalogRefused("Cannot parse parameter `ids`.")
        interval = read_interval(body["datetime"])
        if interval is None:
            raise CatalogRefused("Cannot parse parameter `datetime`.")
        wanted = None if ids is None else {name for name in ids if isinstance(name, str)}
        return [
            scene.item
            for scene in self.scenes(*interval, _area(body))
            if all(comparison.holds(scene.cloud_cover) for comparison in comparisons)
            and (wanted is None or scene.item["id"] in wanted)
        ]

    def scenes(self, start: datetime, stop: datetime, area: Any) -> Iterator[Scene]:
        """The scenes of a time and place, newest first.

        Args:
            start: First moment.
            stop: Last moment.
            area: Shapely geometry, in degrees, that they must touch; None for anywhere.
        """
        for scene in read_scenes(self._path):
            if start <= scene.time <= stop and (area is None or area.intersects(scene.outline)):
                yield scene


def _conditions(content: Any, language: Any) -> list[Comparison]:
    """The comparisons of a filter; none without one."""
    try:
        return [] if content is None else read_filter(content, language)
    except FilterError as error:
        raise CatalogRefused(str(error)) from error


def _page(found: list[dict[str, Any]], body: dict[str, Any]) -> Response:
    """The part of the items that ``limit`` and ``next`` ask for."""
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


def _area(body: dict[str, Any]) -> Any:
    """The shape that items must touch, or None."""
    bbox, geometry = body.get("bbox"), body.get("intersects")
    if bbox is not None and geometry is not None:
        raise CatalogRefused("Only one of `bbox` and `intersects` can be set.")
    if bbox is not None:
        from shapely.geometry import box

        return box(*read_bbox(bbox))
    if geometry is not None:
        area = read_geometry(geometry)
        if area is None:
            raise CatalogRefused("Cannot parse parameter `intersects`.")
        return area
    return None


def _check_collections(names: Any) -> None:
    if not isinstance(names, list) or len(names) != 1:
        raise CatalogRefused("Parameter `collections` must hold exactly one collection.")
    if names[0] in OTHER_COLLECTIONS:
        raise CatalogRefused(f"Illegal collection: offline only {COLLECTION} is served.")
    if names[0] != COLLECTION:
        raise CatalogRefused("Illegal collection")


def _whole_number(body: dict[str, Any], name: str, default: int, smallest: int) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < smallest:
        raise CatalogRefused(f"Cannot parse parameter `{name}`.")
    return value


def _with_fields(item: dict[str, Any], fields: Any) -> dict[str, Any]:
    """The item with only the fields that ``include`` and ``exclude`` leave."""
    if fields is None:
        return item
    include, exclude = (_names(fields, name) for name in ("include", "exclude"))

    def asked(name: str) -> bool:
        head = name.partition(".")[0]
        inside = not include or name in include or head in include or head in _ALWAYS
        return inside and name not in exclude and head not in exclude

    properties = {
        name: value for name, value in item["properties"].items() if asked(f"properties.{name}")
    }
    rest = {name: value for name, value in item.items() if name != "properties" and asked(name)}
    return {**rest, "properties": properties} if properties else rest


def _names(fields: Any, kind: str) -> set[str]:
    """The names that ``include`` or ``exclude`` lists."""
    names = fields.get(kind, []) if isinstance(fields, dict) else None
    if not isinstance(names, list):
        raise CatalogRefused("Cannot parse parameter `fields`.")
    return {name for name in names if isinstance(name, str)}


def _links(item: dict[str, Any]) -> list[dict[str, str]]:
    collection = f"{_ROOT}/collections/{COLLECTION}"
    return [
        {"rel": "self", "href": f"{collection}/items/{item['id']}"},
        {"rel": "root", "href": _ROOT},
        {"rel": "parent", "href": collection},
        {"rel": "collection", "href": collection},
    ]
