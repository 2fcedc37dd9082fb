"""What lies on a map in place of the image that should: nothing, something else, another image."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.served import Served
from autograder.checks.reading.colours import as_shown, is_rgb
from autograder.checks.reading.facts import Evidence, Fact, joined
from autograder.checks.reading.literals import parsed

NEAR = 0.02
"""Difference of two colours, 0 to 1, that counts as none."""

STEP = 3
"""Of so many pixels in a row or column one is compared with other bands."""

SMALLEST, LARGEST = 60, 3000
"""Pixels on the screen between which a patch can be looked at."""


TILE_PIXELS = 256
"""Width of the whole world on a web map at zoom level 0."""

NOT_ON_MAP = "is not on the map"


def explain_missing(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """Explains a map without an image."""
    if evidence["overlay_bounds"]["kind"] != "missing":
        return None
    others = evidence["layers"].get("texts", ())
    made, target = overlay_in(joined(evidence["source"]))
    if not made:
        kinds = ", ".join(f"`{kind}`" for kind in dict.fromkeys(others[:4]))
        return Explanation("overlay-other-layer" if others else "overlay-none", {"layers": kinds})
    if target not in ("", "m"):
        return Explanation("overlay-added-elsewhere", {"target": target})
    return None


def why_missing(source: str) -> str:
    """Why no image lies on a map, as far as the code says."""
    made, target = overlay_in(source)
    if not made:
        return "was never made"
    return NOT_ON_MAP if target in ("", "m") else "is on something else"


def overlay_in(source: str) -> tuple[bool, str]:
    """Whether code calls ``ImageOverlay``, and the name of what it adds one to."""
    tree = parsed(source)
    if tree is None:
        return True, ""
    nodes = list(ast.walk(tree))
    named = [node.id for node in nodes if isinstance(node, ast.Name)]
    named += [node.attr for node in nodes if isinstance(node, ast.Attribute)]
    target = ""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            inside = any("ImageOverlay" in ast.dump(part) for part in (node.func.value, *node.args))
            if inside and node.func.attr == "add_to" and node.args:
                target = getattr(node.args[0], "id", "")
            if inside and node.func.attr == "add_child":
                target = getattr(node.func.value, "id", "")
    return any("ImageOverlay" in name for name in named), target


def explain_visible(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """Explains an overlay that cannot be seen, or whose opacity is no fraction."""
    words = evidence["visible"].get("text", "")
    if words == "switched off":
        return Explanation("overlay-switched-off")
    if words.startswith("opacity "):
        amount = words.removeprefix("opacity ")
        key = "overlay-transparent" if float(amount) <= 1 else "overlay-opacity"
        return Explanation(key, {"amount": amount})
    return None


def explain_map(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """Explains what stands in place of a map, or a map in another system."""
    fact = evidence["map"]
    if fact["kind"] == "other":
        layers = ("ImageOverlay", "Marker", "Rectangle", "GeoJson", "FeatureGroup", "TileLayer")
        keys = {"NoneType": "map-is-nothing", **dict.fromkeys(layers, "map-is-layer")}
        return Explanation(keys.get(fact["type"], "map-no-map"), {"type": fact["type"]})
    words = fact.get("text", "")
    if words.startswith("crs "):
        return Explanation("map-crs", {"system": words.removeprefix("crs ")})
    return None


def explain_image(evidence: Evidence, _: Mapping[str, Fact], served: Served) -> Explanation | None:
    """Explains an overlay that shows another image than the learner's own composite."""
    image, rgb = evidence["overlay_image"], evidence["rgb"]
    if image["kind"] == "text":
        outside = "not part of the map" in image["text"]
        return Explanation("overlay-by-address") if outside else None
    if image["kind"] != "array" or image["shape"][2:] not in ([3], [4]) or not is_rgb(rgb):
        return None
    shown, own = image["array"][..., :3], as_shown(rgb["array"])
    own = own / np.maximum(own.max(axis=(0, 1)), 1e-9)
    found = next(_turned(shown, own), None)
    if found:
        return Explanation(found)
    if shown.shape != own.shape:
        return _part(shown, own)
    pairs = zip(np.moveaxis(shown, -1, 0), np.moveaxis(own, -1, 0), strict=True)
    if all(_brightness_only(one, other) for one, other in pairs):
        return Explanation("overlay-brightness")
    bands = _bands(shown, served.patch.bands)
    if bands:
        values = {"bands": ", ".join(map(str, bands))}
        return Explanation("overlay-other-bands", values)
    return None


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape:
        return False
    difference = one[::STEP, ::STEP] - other[::STEP, ::STEP]
    return float(np.quantile(np.abs(difference), 0.99)) < NEAR


def _turned(shown: np.ndarray, own: np.ndarray) -> Iterator[str]:
    """Keys of the ways in which the image is the learner's own, turned or with other colours."""
    turns = {
        "overlay-upside-down": [own[::-1]],
        "overlay-mirrored": [own[:, ::-1]],
        "overlay-diagonal": [np.swapaxes(own, 0, 1), np.rot90(own[:, ::-1])],
        "overlay-turned": [np.rot90(own, turns) for turns in (1, 2, 3)],
        "overlay-colours": [own[..., list(order)] for order in list(permutations(range(3)))[1:]],
        "overlay-inverted": [1 - own],
    }
    for key, images in turns.items():
        if any(_same(shown, image) for image in images):
            yield key


def _part(shown: np.ndarray, own: np.ndarray) -> Explanation | None:
    """A part of the learner's own image, or a coarser one."""
    rows, columns = shown.shape[:2]
    sizes = {
        "found": f"{columns} × {rows}",
        "expected": f"{own.shape[1]} × {own.shape[0]}",
    }
    if rows > own.shape[0] or columns > own.shape[1]:
        return None
    corners = (own[:rows, :columns], own[-rows:, :columns], own[:rows, -columns:])
    if any(_same(_stretched(shown), _stretched(part)) for part in (*corners, _middle(own, shown))):
        return Explanation("overlay-part", sizes)
    step = own.shape[0] // max(1, rows)
    if step > 1 and _same(shown, own[::step, ::step]):
        return Explanation("overlay-coarse", sizes)
    return None


def _stretched(image: np.ndarray) -> np.ndarray:
    """As folium stores it: each colour up to its brightest pixel."""
    stretched: np.ndarray = image / np.maximum(image.max(axis=(0, 1)), 1e-9)
    return stretched


def _middle(own: np.ndarray, shown: np.ndarray) -> np.ndarray:
    top, left = ((own.shape[axis] - shown.shape[axis]) // 2 for axis in (0, 1))
    return own[top : top + shown.shape[0], left : left + shown.shape[1]]


def _bands(shown: np.ndarray, bands: np.ndarray) -> list[int]:
    """The layer of the patch that each colour shows, from 1; none where it is not clear."""
    found = []
    if shown.shape[:2] != bands.shape[1:]:
        return []
    sample = bands[:, ::STEP, ::STEP].reshape(len(bands), -1).astype(float)
    for colour in np.moveaxis(shown[::STEP, ::STEP], -1, 0).reshape(3, -1):
        inside = (colour > 0.02) & (colour < 0.98)
        if inside.sum() < 100:
            return []
        likeness = [_likeness(colour[inside], band[inside]) for band in sample]
        best = int(np.argmax(likeness))
        if likeness[best] < 0.995:
            return []
        found.append(best + 1)
    return found


def _brightness_only(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether a colour rises wherever another does, as after a root or another stretch."""
    order = np.argsort(other[::STEP, ::STEP], axis=None, kind="stable")
    rising = np.maximum.accumulate(one[::STEP, ::STEP].ravel()[order])
    return bool(np.abs(rising - one[::STEP, ::STEP].ravel()[order]).mean() < NEAR / 2)


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of two lists of numbers; 0 where one is constant."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def shows(image: Fact, rgb: Fact) -> bool:
    """Whether an overlay's image is the composite, as folium stores it."""
    if image["kind"] == "array" and image["shape"][2:] in ([3], [4]) and is_rgb(rgb):
        shown = as_shown(rgb["array"])
        stretched = shown / np.maximum(shown.max(axis=(0, 1)), 1e-9)
        for own in (shown, stretched):
            if image["array"].shape[:2] == own.shape[:2]:
                error = np.abs(image["array"][..., :3] - own)
                if float(np.quantile(error, 0.99)) < NEAR:
                    return True
    return False


def zoom_remark(zoom: Fact, bounds: Sequence[float]) -> str:
    """Key of a remark on the zoom level; ``""`` where the patch is well to be seen."""
    level = zoom.get("values", [])[:1]
    if not level or not len(bounds) or max(map(abs, bounds)) > 180 or not 0 <= level[0] <= 30:
        return ""
    pixels = abs(bounds[2] - bounds[0]) / 360 * TILE_PIXELS * 2 ** level[0]
    if pixels < SMALLEST:
        return "zoom-too-small"
    return "zoom-too-large" if pixels > LARGEST else ""
