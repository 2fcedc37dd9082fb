"""Read folium maps: where they are centred, and the image that lies on them."""

import base64
import io
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt

MAX_LAYERS = 2_000
MAX_URL = 20_000_000
"""Longest data URL that is decoded."""

MAX_PIXELS = 1_000_000
"""Pixels of the largest overlay that is decoded: four times those of a patch in each direction."""

MIN_OPACITY = 0.05
"""An overlay fainter than this cannot be told from the map under it."""

WEB_MERCATOR = "EPSG3857"
"""The system of web maps as folium writes it; tiles are drawn for it."""

IMAGE_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
"""Formats that browsers show. For some others Pillow starts programs."""


def is_map(value: Any) -> bool:
    """Whether ``value`` is a folium map."""
    folium = sys.modules.get("folium")
    return folium is not None and issubclass(type(value), folium.Map)


def _attribute(value: Any, name: str) -> Any:
    """An attribute as stored in the object: no property or ``__getattr__`` of a subclass runs."""
    return attempt(None, lambda: object.__getattribute__(value, "__dict__").get(name))


def location(value: Any) -> Fact:
    """Centre of a map, or of the box that it was fitted to: latitude and longitude in degrees."""
    if not is_map(value):
        return facts.other(value)
    if odd := _odd_crs(value):
        return facts.text(f"crs {odd}")
    fit = sys.modules["folium"].FitBounds
    fits = [child for child in _descendants(value) if issubclass(type(child), fit)]
    if fits:
        corners = _corners(_attribute(fits[-1], "bounds"))
        if corners["kind"] != "numbers":
            return corners
        south, west, north, east = corners["values"]
        return facts.numbers([(south + north) / 2, (west + east) / 2], 2)
    centre = _attribute(value, "location")
    return facts.text("a map without a location") if centre is None else facts.numbers(centre, 2)


def _descendants(value: Any) -> Iterator[Any]:
    """A map and its layers, however they are grouped, each once, at most `MAX_LAYERS`."""
    element = sys.modules["branca.element"].Element
    queue, seen = [value], {id(value)}
    for item in queue:  # grows while it is read
        yield item
        children = _attribute(item, "_children")
        if not issubclass(type(children), dict):
            continue
        for child in islice(dict.values(children), max(0, MAX_LAYERS - len(seen))):
            if issubclass(type(child), element) and id(child) not in seen:
                seen.add(id(child))
                queue.append(child)


def overlays(value: Any) -> list[Any]:
    """The image overlays of a map, last one first, those before that are switched on."""
    layers = sys.modules.get("folium.raster_layers")
    if layers is None or not is_map(value):
        return []
    found = [child for child in _descendants(value) if issubclass(type(child), layers.ImageOverlay)]
    shown = [layer for layer in found if _attribute(layer, "show") is not False]
    return [*reversed(shown), *(layer for layer in reversed(found) if layer not in shown)]


def other_layers(value: Any) -> Fact:
    """What else lies on a map, by type: markers, outlines, … but no tiles."""
    folium = sys.modules.get("folium")
    if folium is None or not is_map(value):
        return facts.texts([])
    kinds = (folium.Marker, folium.Rectangle, folium.Polygon, folium.PolyLine, folium.GeoJson)
    more = (folium.Circle, folium.CircleMarker, folium.FeatureGroup, folium.WmsTileLayer)
    found = (type(child) for child in _descendants(value) if type(child) in (*kinds, *more))
    return facts.texts(kind.__name__ for kind in islice(found, 20))


def zoom(value: Any) -> Fact:
    """The zoom level at which a map opens; ``missing`` where it is fitted to a box."""
    if not is_map(value):
        return facts.missing("needs a map")
    fit = sys.modules["folium"].FitBounds
    if any(issubclass(type(child), fit) for child in _descendants(value)):
        return facts.missing("is fitted")
    options = _attribute(value, "options")
    level = dict.get(options, "zoom") if issubclass(type(options), dict) else None
    return facts.numbers(level, 1)


def _odd_crs(value: Any) -> str:
    """The system of a map on which neither degrees nor its tiles fit; ``""`` for all others."""
    name = _attribute(value, "crs")
    if type(name) is not str or name == WEB_MERCATOR:
        return ""
    tiles = sys.modules["folium"].TileLayer
    tiled = any(issubclass(type(child), tiles) for child in _descendants(value))
    return facts.words(name) if tiled or name == "Simple" else ""


def overlay_bounds(layer: Any) -> Fact:
    """Corners of an overlay as south, west, north, east in degrees."""
    return (
        facts.missing("is not on the map")
        if layer is None
        else _corners(_attribute(layer, "bounds"))
    )


def _corners(value: Any) -> Fact:
    """Two corners as one list of four numbers."""
    if issubclass(type(value), np.ndarray) and np.ndarray.ndim.__get__(value) == 2:
        value = list(facts.plain(value)[:3])
    rows = facts.items(value, 5)
    if rows is None:
        return facts.other(value)
    corners = [facts.numbers(row, 2) for row in rows]
    if len(corners) != 2 or any(len(corner.get("values", ())) != 2 for corner in corners):
        return facts.text("numbers that are not two corners of latitude and longitude")
    return facts.numbers(corners[0]["values"] + corners[1]["values"], 4)


def visible(layer: Any) -> Fact:
    """Whether an overlay can be seen; if not, whether it is switched off, or its opacity."""
    if layer is None:
        return facts.missing("is not on the map")
    if _attribute(layer, "show") is False:
        return facts.text("switched off")
    options = _attribute(layer, "options")
    opacity = dict.get(options, "opacity", 1) if issubclass(type(options), dict) else 1
    if type(opacity) in (int, float) and not MIN_OPACITY < opacity <= 1:
        return facts.text(f"opacity {opacity:g}")
    return facts.text("can be seen")


def overlay_image(layer: Any) -> Fact:
    """Pixels of an overlay as RGBA 0-1, shape (H, W, 4)."""
    if layer is None:
        return facts.missing("is not on the map")
    url = _attribute(layer, "url")
    if not issubclass(type(url), str) or str.__len__(url) > MAX_URL:
        return facts.text("an overlay whose image is not part of the map")
    head, _, data = str.__getitem__(url, slice(None)).partition("base64,")
    if not head.startswith("data:image/"):
        return facts.text("an overlay whose image is not part of the map")
    return attempt(facts.text("an overlay whose image cannot be opened"), _decoded, data)


def _decoded(data: str) -> Fact:
    """The pixels of an image in base64; its size is known before it is decoded."""
    from PIL import Image

    with Image.open(io.BytesIO(base64.b64decode(data)), formats=IMAGE_FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            return facts.text(f"an image of {image.width} by {image.height} pixels")
        return facts.array(np.asarray(image.convert("RGBA"), dtype=float) / 255)
