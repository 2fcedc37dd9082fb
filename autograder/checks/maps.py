"""Read folium maps: where they are centred, and the image that lies on them."""

import base64
import io
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checks import facts
from autograder.checks.facts import Fact

MAX_LAYERS = 200
MAX_IMAGE_BYTES = 50_000_000


def is_map(value: Any) -> bool:
    """Whether ``value`` is a folium map."""
    folium = sys.modules.get("folium")
    return folium is not None and isinstance(value, folium.Map)


def location(value: Any) -> Fact:
    """Centre of a map as latitude, longitude; of the box that it was fitted to, where it was."""
    if not is_map(value):
        return facts.other(value)
    fits = [child.bounds for child in _descendants(value) if type(child).__name__ == "FitBounds"]
    if fits:
        return facts.numbers(np.mean(np.array(fits[-1], dtype=float), axis=0), 2)
    if not value.location:
        return facts.text("a map without a location")
    return facts.numbers(value.location, 2)


def _descendants(value: Any) -> Iterator[Any]:
    """The layers of a map, however they are grouped, at most `MAX_LAYERS`."""
    queue, seen = [value], 0
    while queue and seen < MAX_LAYERS:
        item = queue.pop(0)
        seen += 1
        yield item
        queue.extend(list(item._children.values())[:MAX_LAYERS])


def overlay(value: Any) -> Any:
    """The last image overlay of a map, or ``None``."""
    if not is_map(value):
        return None
    layers = sys.modules.get("folium.raster_layers")
    found = [
        child for child in _descendants(value) if layers and isinstance(child, layers.ImageOverlay)
    ]
    return found[-1] if found else None


def overlay_bounds(layer: Any) -> Fact:
    """Corners of an overlay as south, west, north, east in degrees."""
    if layer is None:
        return facts.missing("is not on the map")
    try:
        corners = np.array(layer.bounds, dtype=float)
    except (TypeError, ValueError):
        return facts.other(layer.bounds)
    if corners.shape != (2, 2):
        return facts.text("numbers that are not two corners of latitude and longitude")
    return facts.numbers(list(corners.ravel()), 4)


def overlay_image(layer: Any) -> Fact:
    """Pixels of an overlay as RGBA 0-1, shape (H, W, 4)."""
    if layer is None:
        return facts.missing("is not on the map")
    head, _, data = str(layer.url).partition("base64,")
    if not head.startswith("data:image/") or len(data) > MAX_IMAGE_BYTES:
        return facts.text("an overlay whose image is not part of the map")
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(base64.b64decode(data))) as image:
            pixels = np.asarray(image.convert("RGBA"), dtype=float) / 255
    except (UnidentifiedImageError, OSError, ValueError):
        return facts.text("an overlay whose image cannot be opened")
    return facts.array(pixels)
