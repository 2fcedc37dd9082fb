"""Read matplotlib figures: what a person would see, not how it was asked for."""

import copy
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import facts
from autograder.checks.facts import Fact
from autograder.checks.guard import attempt, from_library
from autograder.checks.workspace import MISSING, Workspace

MAX_PIXELS = 1_000_000
"""Largest image that is read: four times the pixels of a patch in each direction."""

PIXELWISE = ("nearest", "none", "auto", "antialiased")
"""Interpolations that leave every pixel its own value."""

MAX_PANELS = 50
MAX_COLOURS = 100_000
"""Longest colour map that is asked for colours: it makes a table of that length."""


@dataclass(frozen=True)
class Panel:
    """One pair of axes, as shown.

    Attributes:
        data: Numbers given to the image, turned as displayed; ``missing`` without an image.
        colours: The image as colours 0-1, shape (H, W, 3), turned as displayed.
        scale: Colours at the probe values, shape (n, 3); missing for a picture in colour.
        title: Title of the axes.
        colour_bar: Whether the image has a colour bar.
        blended: Whether values of neighbouring pixels are mixed when the image is drawn.
    """

    data: Fact
    colours: Fact
    scale: Fact
    title: str
    colour_bar: bool
    blended: bool = False


_NO_IMAGE = facts.missing("shows no image")
NO_PANEL = Panel(_NO_IMAGE, _NO_IMAGE, _NO_IMAGE, title="", colour_bar=False)
_UNREADABLE = facts.text("could not be read")


def figure_of(workspace: Workspace, *names: str) -> Any:
    """The figure behind any of ``names``, else the last one that was drawn, or `MISSING`.

    A name may stand for a figure, axes, an image, or an array, list or dictionary of axes.
    """
    if "matplotlib.figure" not in sys.modules:
        return MISSING
    drawn = workspace.figures[-1] if workspace.figures else MISSING
    for value in (*map(workspace.own, names), drawn):
        figure = attempt(None, _as_figure, _first(value))
        if figure is not None:
            return figure
    return MISSING


def _first(value: Any) -> Any:
    """The first item of an array, list or dictionary; any other value itself."""
    cls = type(value)
    if issubclass(cls, np.ndarray):
        return next(iter(facts.plain(value).flat), None)
    if issubclass(cls, dict):
        return next(iter(dict.values(value)), None)
    items = facts.items(value, 1) if issubclass(cls, (list, tuple)) else None
    return value if items is None else next(iter(items), None)


def _as_figure(value: Any) -> Any:
    from matplotlib.artist import Artist
    from matplotlib.figure import FigureBase

    if _is(value, Artist) and not _is(value, FigureBase):
        value = Artist.get_figure(value, root=True)
    return value if _is(value, FigureBase) else None


def _is(value: Any, *classes: type) -> bool:
    """Whether a value is one of matplotlib's own, not overridden by a learner's class."""
    return issubclass(type(value), classes) and from_library(value)


def axes_of(figure: Any) -> list[Any]:
    """The axes of a figure, colour bars left out; none for `MISSING`."""
    return attempt([], _axes_of, figure) if figure is not MISSING else []


def _axes_of(figure: Any) -> list[Any]:
    from matplotlib.axes import Axes

    found = [ax for ax in figure.axes[:MAX_PANELS] if _is(ax, Axes)]
    return [ax for ax in found if not hasattr(ax, "_colorbar")]


def _box(ax: Any) -> Any:
    """Where axes were placed in their figure.

    Without a locator that is their original position: asking for the active one would shrink
    them to their aspect, which changes the learner's figure.
    """
    from matplotlib.axes import Axes

    return Axes.get_position(ax, original=Axes.get_axes_locator(ax) is None)


def panels(figure: Any, probe: np.ndarray) -> list[Panel]:
    """The panels of a figure from left to right, colour bars left out.

    Args:
        figure: A matplotlib figure, or `MISSING`.
        probe: Values at which the colour scale of each image is read.
    """

    def place(ax: Any) -> tuple[float, float]:
        box = _box(ax)
        return round(box.x0, 2), -round(box.y0, 2)

    axes = axes_of(figure)
    ordered = attempt(axes, lambda: sorted(axes, key=place))
    unread = Panel(_UNREADABLE, _UNREADABLE, _UNREADABLE, title="", colour_bar=False)
    return [attempt(unread, _panel, ax, probe) for ax in ordered]


def layout(figure: Any) -> Fact:
    """How the first two panels of a figure lie to each other."""
    if figure is MISSING:
        return facts.missing("needs a figure")
    return attempt(_UNREADABLE, _layout, axes_of(figure))


def _layout(axes: list[Any]) -> Fact:
    boxes = [_box(ax) for ax in axes]
    if len(boxes) < 2:
        return facts.text("a single panel")
    boxes.sort(key=lambda box: box.x0)
    apart = boxes[1].x0 >= (boxes[0].x0 + boxes[0].x1) / 2
    return facts.text("side by side" if apart else "one above the other")


def _panel(ax: Any, probe: np.ndarray) -> Panel:
    """The topmost image of ``ax``."""
    from matplotlib.collections import PolyQuadMesh, QuadMesh
    from matplotlib.image import AxesImage

    images = [image for image in ax.images if _is(image, AxesImage) and image.get_visible()]
    meshes = [mesh for mesh in ax.collections if _is(mesh, QuadMesh, PolyQuadMesh)]
    title = next((t for t in (ax.get_title(loc) for loc in ("center", "left", "right")) if t), "")
    if not images and not meshes:
        return Panel(NO_PANEL.data, NO_PANEL.colours, NO_PANEL.scale, title, False)
    image = images[-1] if images else meshes[-1]
    data = image.get_array()
    unseen = _why_not_seen(data)
    if unseen is not None:
        return Panel(unseen, unseen, unseen, title, False)
    mask = facts.mask_of(data)
    values = _as_displayed(
        ax, image, np.ma.MaskedArray(facts.plain(data), mask is not None and mask)
    )
    colours, scale = _rendered(image, values, probe)
    bar = getattr(image, "colorbar", None) is not None
    return Panel(facts.array(values), colours, scale, title, bar, _blended(image, values))


def _blended(image: Any, values: Any) -> bool:
    """Whether numbers of neighbouring pixels are mixed before they are given a colour."""
    if values.ndim == 3 or not hasattr(image, "get_interpolation"):
        return False
    return image.get_interpolation() not in PIXELWISE


def _why_not_seen(data: Any) -> Fact | None:
    """Why the numbers of an image make no picture; ``None`` where they do."""
    if not issubclass(type(data), np.ndarray):
        return NO_PANEL.data
    plain = facts.plain(data)
    shape = plain.shape
    grid = len(shape) == 2 or (len(shape) == 3 and shape[2] in (3, 4))
    if not grid or plain.dtype.kind not in "biuf":
        return facts.text("an image that cannot be drawn")
    if not plain.size:
        return facts.text("an empty image")
    if shape[0] * shape[1] > MAX_PIXELS:
        return facts.text(f"an image of {shape[1]} by {shape[0]} pixels")
    return None


def _as_displayed(ax: Any, image: Any, values: Any) -> Any:
    """``values`` with row 0 at the top and column 0 at the left of the screen."""
    if hasattr(image, "get_extent"):
        left, right, bottom, top = image.get_extent()
        first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    else:
        corners = image.get_coordinates()
        left, right = corners[0, 0, 0], corners[0, -1, 0]
        first, last = corners[0, 0, 1], corners[-1, 0, 1]
    # Not `get_xlim`: where limits are due to be found, it would set them in the learner's axes.
    # Which end is which stays the same.
    limits = ax._viewLim
    if (first - last) * (limits.y1 - limits.y0) < 0:
        values = values[::-1]
    if (right - left) * (limits.x1 - limits.x0) < 0:
        values = values[:, ::-1]
    return values


def _rendered(image: Any, values: Any, probe: np.ndarray) -> tuple[Fact, Fact]:
    """Colours of the pixels, and of the probe values, as the image would be drawn."""
    if values.ndim == 3:
        filled = np.ma.filled(values.astype(float), np.nan)
        whole = values.dtype.kind in "iu"
        return facts.array(_in_colour(filled, whole)), facts.missing("is a picture in colour")
    colours = attempt(_UNREADABLE, _coloured, image, np.ma.masked_invalid(values))
    return colours, attempt(_UNREADABLE, _coloured, image, np.ma.asarray(probe))


def _coloured(image: Any, values: Any) -> Fact:
    """Numbers in the colours of an image; its norm and colour map stay as they are.

    Both may be of a learner's own class, and return what they like.
    """
    norm, cmap = copy.deepcopy(image.norm), copy.copy(image.get_cmap())
    if not 0 < cmap.N <= MAX_COLOURS:
        return facts.text("a colour map that is too long")
    scaled = norm(values)
    if facts.array(scaled).get("shape") != [*values.shape]:
        return facts.text("a norm that gives no numbers")
    colours = facts.array(cmap(scaled))
    if colours["kind"] != "array" or colours["shape"] != [*values.shape, 4]:
        return facts.text("a colour map that gives no colours")
    return facts.array(_on_white(colours["array"]))


def is_rgb(fact: Fact) -> bool:
    """Whether a fact is an array that matplotlib shows as a picture in colour."""
    return (
        fact["kind"] == "array"
        and fact["array"].ndim == 3
        and fact["array"].shape[2] in (3, 4)
        and fact["array"].size > 0
    )


def _on_white(colours: np.ndarray) -> np.ndarray:
    """RGBA over the white page, as RGB: masked pixels are transparent, hence white."""
    alpha = colours[..., 3:]
    return colours[..., :3] * alpha + (1 - alpha)


def as_shown(values: np.ndarray) -> np.ndarray:
    """An RGB or RGBA array as matplotlib shows it: floats clipped to 0-1, integers out of 255."""
    return _in_colour(np.asarray(values, dtype=float), values.dtype.kind in "iu")


def _in_colour(values: np.ndarray, whole: bool) -> np.ndarray:
    """Float RGB or RGBA values as colours 0-1 on the white page, shape (H, W, 3)."""
    colours = np.clip(np.nan_to_num(values / 255 if whole else values), 0, 1)
    return _on_white(colours) if colours.shape[2] == 4 else colours
