"""Read matplotlib figures: what a person would see, not the calls that drew it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.reading import facts
from autograder.checks.reading.colours import (
    UNREADABLE,
    layered,
    limits_of,
    opaque,
    rendered,
    scale_of,
    table_of,
)
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.guard import attempt, from_library
from autograder.checks.reading.workspace import MISSING, Workspace

MAX_PIXELS = 1_000_000
"""Pixels of the largest image that is read: four times those of a patch in each direction."""

PIXELWISE = ("nearest", "none", "auto", "antialiased")
"""Interpolations that leave every pixel its own value."""

MAX_PANELS = 50
MAX_FIGURES = 10
MAX_LAYERS = 20


@dataclass(frozen=True)
class Panel:
    """One pair of axes, as shown.

    Attributes:
        data: Numbers given to the image, turned as displayed; ``missing`` without an image.
        colours: The image as colours 0-1, shape (H, W, 3), turned as displayed.
        scale: Colours 0-1 at the n probe values, shape (n, 3); missing for a picture in colour.
        title: Title of the axes.
        blended: Whether values of neighbouring pixels are mixed when the image is drawn.
        table: Colours 0-1 of the colour map, shape (n, 3); missing for a picture in colour.
        limits: Numbers that get the first and the last of them.
        cmap: Name of the colour map.
        norm: Name of the class that finds the colour of a number.
        layers: How many images lie on each other.
    """

    data: Fact
    colours: Fact
    scale: Fact
    title: str
    blended: bool = False
    table: Fact = field(default_factory=lambda: facts.missing("is a picture in colour"))
    limits: Fact = field(default_factory=lambda: facts.missing("is a picture in colour"))
    cmap: str = ""
    norm: str = ""
    layers: int = 1


_NO_IMAGE = facts.missing("shows no image")
NO_PANEL = Panel(_NO_IMAGE, _NO_IMAGE, _NO_IMAGE, title="")


def figures_of(workspace: Workspace, *names: str) -> list[Any]:
    """The figure of the first of ``names`` that has one, then other drawn ones, the last one first.

    A name may stand for a figure, axes, an image, or an array, list or dictionary of axes. Among
    the other figures, those with a picture come first.
    """
    if "matplotlib.figure" not in sys.modules:
        return []
    values = (_first(workspace.own(name)) for name in names)
    named = (attempt(None, _as_figure, value) for value in values)
    first = next((figure for figure in named if figure is not None), None)
    last = reversed(workspace.figures[-MAX_FIGURES:])
    figures = (attempt(None, _as_figure, item) for item in last)
    drawn = [figure for figure in figures if figure is not None and figure is not first]
    drawn.sort(key=lambda figure: not any(map(_has_image, axes_of(figure))))
    return [*([] if first is None else [first]), *drawn]


def showing(
    figures: list[Any], probe: np.ndarray, fits: Callable[[Panel], bool]
) -> tuple[Any, Panel]:
    """The first panel that ``fits``, and its figure; else the first panel of the first figure."""
    for figure in figures:
        for panel in panels(figure, probe):
            if fits(panel):
                return figure, panel
    figure = (figures or [MISSING])[0]
    return figure, (panels(figure, probe) or [NO_PANEL])[0]


def pair_showing(
    figures: list[Any], probe: np.ndarray, fits: Callable[[Panel, Panel], bool]
) -> tuple[Any, list[Panel]]:
    """The first figure of which the first two panels fit, else the first figure; and its panels."""
    first = None
    for figure in figures or [MISSING]:
        found = figure, (panels(figure, probe, 2) + [NO_PANEL] * 2)[:2]
        if fits(*found[1]):
            return found
        first = first or found
    assert first
    return first


def _has_image(ax: Any) -> bool:
    """Whether axes show a picture, not only a histogram, for example."""
    return attempt(False, _drawn_on, ax)


def _drawn_on(ax: Any) -> bool:
    layers = _layers(ax)
    return bool(layers) and _why_not_seen(layers[-1].get_array()) != _NO_IMAGE


def _layers(ax: Any) -> list[Any]:
    """The images of axes, the topmost last; without any, their topmost mesh."""
    from matplotlib.collections import PolyQuadMesh, QuadMesh
    from matplotlib.image import AxesImage

    images = [image for image in ax.images if _is(image, AxesImage) and image.get_visible()]
    meshes = [mesh for mesh in ax.collections if _is(mesh, QuadMesh, PolyQuadMesh)]
    return images[-MAX_LAYERS:] if images else meshes[-1:]


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
    """Whether a value's class is matplotlib's own, not a learner's subclass."""
    return issubclass(type(value), classes) and from_library(value)


def axes_of(figure: Any) -> list[Any]:
    """The axes of a figure without colour bars; none for `MISSING`."""
    return attempt([], _axes_of, figure) if figure is not MISSING else []


def _axes_of(figure: Any) -> list[Any]:
    from matplotlib.axes import Axes

    found = [ax for ax in figure.axes[:MAX_PANELS] if _is(ax, Axes)]
    return [ax for ax in found if not hasattr(ax, "_colorbar")]


def colour_bars(figure: Any, probe: np.ndarray) -> list[Fact]:
    """The colour scale of each colour bar of a figure, read at the probe values."""
    if figure is MISSING:
        return []
    axes: list[Any] = attempt([], lambda: list(filter(from_library, figure.axes[:MAX_PANELS])))
    bars = [getattr(ax, "_colorbar", None) for ax in axes]
    return [scale_of(bar.mappable, probe) for bar in bars if bar is not None and from_library(bar)]


def _box(ax: Any) -> Any:
    """Where axes are placed, in fractions of their figure.

    Without a locator that is their original position: to ask for the active one would shrink
    the axes to their aspect, and so change the learner's figure.
    """
    from matplotlib.axes import Axes

    locator: Any = Axes.get_axes_locator(ax)
    parent: Any = Axes.get_figure(ax, root=False)
    root: Any = Axes.get_figure(ax, root=True)
    box = Axes.get_position(ax, original=True)
    maker = getattr(locator.func, "__self__", None) if type(locator) is partial else locator
    if maker is not None and from_library(maker):  # a grid places its axes when it is drawn
        box = locator(ax, None)
    if parent is root:
        return box
    return box.transformed(parent.transSubfigure).transformed(root.transFigure.inverted())


def panels(figure: Any, probe: np.ndarray, wanted: int = 1) -> list[Panel]:
    """The panels of a figure from left to right, colour bars left out.

    Args:
        figure: A matplotlib figure, or `MISSING`.
        probe: Values at which the colour scale of each image is read, shape (n,).
        wanted: Where at least so many panels show pictures, the others are left out.
    """

    def place(ax: Any) -> tuple[float, float]:
        box = _box(ax)
        return round(box.x0, 2), -round(box.y0, 2)

    axes = _pictured(figure, wanted)
    ordered = attempt(axes, lambda: sorted(axes, key=place))
    unread = Panel(UNREADABLE, UNREADABLE, UNREADABLE, title="")
    return [attempt(unread, _panel, ax, probe) for ax in ordered]


def _pictured(figure: Any, wanted: int) -> list[Any]:
    """The axes of a figure that show a picture; all of them where fewer than ``wanted`` do."""
    axes = axes_of(figure)
    with_image = [ax for ax in axes if _has_image(ax)]
    return with_image if len(with_image) >= wanted else axes


def layout(figure: Any) -> Fact:
    """Whether the first two panels of a figure lie side by side."""
    if figure is MISSING:
        return facts.missing("needs a figure")
    return attempt(UNREADABLE, _layout, _pictured(figure, 2))


def _layout(axes: list[Any]) -> Fact:
    boxes = [_box(ax) for ax in axes]
    if len(boxes) < 2:
        return facts.text("a single panel")
    boxes.sort(key=lambda box: box.x0)
    apart = boxes[1].x0 >= (boxes[0].x0 + boxes[0].x1) / 2
    return facts.text("side by side" if apart else "one above the other")


def _panel(ax: Any, probe: np.ndarray) -> Panel:
    """The topmost image of ``ax``."""
    title = next((t for t in (ax.get_title(loc) for loc in ("center", "left", "right")) if t), "")
    layers = _layers(ax)
    if not layers:
        return Panel(NO_PANEL.data, NO_PANEL.colours, NO_PANEL.scale, title)
    unseen = _why_not_seen(layers[-1].get_array())
    if unseen is not None:
        return Panel(unseen, unseen, unseen, title)
    image, values = layers[-1], _values(ax, layers[-1])
    below = [_values(ax, layer) for layer in layers[:-1] if _same_grid(layer, image)]
    blended = _blended(image, values)
    if below and not opaque(image, values):
        drawn = [layer for layer in layers if layer is image or _same_grid(layer, image)]
        colours = attempt(UNREADABLE, layered, drawn, [*below, values])
        scale = facts.missing("has several layers")
        return Panel(colours, colours, scale, title, blended, layers=len(layers))
    colours, scale = rendered(image, values, probe)
    if values.ndim == 3:
        return Panel(facts.array(values), colours, scale, title, blended, layers=len(layers))
    table = attempt(UNREADABLE, table_of, image)
    limits = attempt(UNREADABLE, limits_of, image)
    name = attempt("", lambda: facts.words(image.get_cmap().name))
    norm = facts.type_name(image.norm)
    return Panel(
        facts.array(values),
        colours,
        scale,
        title,
        blended,
        table,
        limits,
        name,
        norm,
        len(layers),
    )


def _values(ax: Any, image: Any) -> Any:
    """The numbers of an image as a masked array, turned as displayed."""
    data = image.get_array()
    mask = facts.mask_of(data)
    return _as_displayed(ax, image, np.ma.MaskedArray(facts.plain(data), mask is not None and mask))


def _same_grid(layer: Any, image: Any) -> bool:
    """Whether two images have the same rows and columns."""
    one, other = layer.get_array(), image.get_array()
    return _why_not_seen(one) is None and one.shape[:2] == other.shape[:2]


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
    # Not `get_xlim`: where limits are not computed yet, it would set them in the learner's axes.
    # Their order is already right.
    limits = ax._viewLim
    if (first - last) * (limits.y1 - limits.y0) < 0:
        values = values[::-1]
    if (right - left) * (limits.x1 - limits.x0) < 0:
        values = values[:, ::-1]
    return values
