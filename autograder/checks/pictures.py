"""Read matplotlib figures: what a person would see, not how it was asked for."""

import copy
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import facts
from autograder.checks.facts import Fact
from autograder.checks.workspace import MISSING, Workspace

MAX_PIXELS = 4_000_000


@dataclass(frozen=True)
class Panel:
    """One pair of axes, as shown.

    Attributes:
        data: Numbers given to the image, turned as displayed; ``missing`` without an image.
        colours: The image as colours 0-1, shape (H, W, 3), turned as displayed.
        scale: Colours at the probe values, shape (n, 3); missing for a picture in colour.
        title: Title of the axes.
        colour_bar: Whether the image has a colour bar.
    """

    data: Fact
    colours: Fact
    scale: Fact
    title: str
    colour_bar: bool


_NO_IMAGE = facts.missing("shows no image")
NO_PANEL = Panel(_NO_IMAGE, _NO_IMAGE, _NO_IMAGE, title="", colour_bar=False)


def figure_of(workspace: Workspace, *names: str) -> Any:
    """The figure behind any of ``names`` (a figure, axes, array of axes or image), or `MISSING`."""
    if "matplotlib.figure" not in sys.modules:
        return MISSING
    for name in names:
        value = workspace.own(name)
        if isinstance(value, np.ndarray) and value.dtype == object and value.size:
            value = value.flat[0]
        elif isinstance(value, (list, tuple)) and value:
            value = value[0]
        figure = _as_figure(value)
        if figure is not None:
            return figure
    return MISSING


def _as_figure(value: Any) -> Any:
    from matplotlib.artist import Artist
    from matplotlib.figure import FigureBase

    if isinstance(value, FigureBase):
        return value
    if isinstance(value, Artist):
        return value.get_figure(root=True)
    return None


def panels(figure: Any, probe: np.ndarray) -> list[Panel]:
    """The panels of a figure from left to right, colour bars left out.

    Args:
        figure: A matplotlib figure, or `MISSING`.
        probe: Values at which the colour scale of each image is read.
    """
    if figure is MISSING:
        return []
    axes = [ax for ax in figure.get_axes() if not hasattr(ax, "_colorbar")]
    axes.sort(key=lambda ax: (round(ax.get_position().x0, 2), -round(ax.get_position().y0, 2)))
    return [_panel(ax, probe) for ax in axes]


def layout(figure: Any) -> Fact:
    """How the first two panels of a figure lie to each other."""
    if figure is MISSING:
        return facts.missing("needs a figure")
    boxes = [ax.get_position() for ax in figure.get_axes() if not hasattr(ax, "_colorbar")]
    if len(boxes) < 2:
        return facts.text("a single panel")
    boxes.sort(key=lambda box: box.x0)
    apart = boxes[1].x0 >= (boxes[0].x0 + boxes[0].x1) / 2
    return facts.text("side by side" if apart else "one above the other")


def _panel(ax: Any, probe: np.ndarray) -> Panel:
    """The topmost image of ``ax``."""
    images = [image for image in ax.get_images() if image.get_visible()]
    meshes = [mesh for mesh in ax.collections if hasattr(mesh, "get_coordinates")]
    title = next((t for t in (ax.get_title(loc) for loc in ("center", "left", "right")) if t), "")
    if not images and not meshes:
        return Panel(NO_PANEL.data, NO_PANEL.colours, NO_PANEL.scale, title, False)
    image = images[-1] if images else meshes[-1]
    values = image.get_array()
    if values is None or values.ndim not in (2, 3) or values.size > 4 * MAX_PIXELS:
        return Panel(NO_PANEL.data, NO_PANEL.colours, NO_PANEL.scale, title, False)
    values = _as_displayed(ax, image, np.ma.asarray(values))
    colours, scale = _rendered(image, values, probe)
    return Panel(
        facts.array(values),
        facts.array(colours),
        scale,
        title,
        getattr(image, "colorbar", None) is not None,
    )


def _as_displayed(ax: Any, image: Any, values: Any) -> Any:
    """``values`` with row 0 at the top and column 0 at the left of the screen."""
    if hasattr(image, "get_extent"):
        left, right, bottom, top = image.get_extent()
        first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    else:
        corners = image.get_coordinates()
        left, right = corners[0, 0, 0], corners[0, -1, 0]
        first, last = corners[0, 0, 1], corners[-1, 0, 1]
    low, high = ax.get_ylim()
    if (first - last) * (high - low) < 0:
        values = values[::-1]
    low, high = ax.get_xlim()
    if (right - left) * (high - low) < 0:
        values = values[:, ::-1]
    return values


def _rendered(image: Any, values: Any, probe: np.ndarray) -> tuple[np.ndarray, Fact]:
    """Colours of the pixels, and of the probe values, as the image would be drawn."""
    if values.ndim == 3:
        plain = np.ma.filled(values.astype(float), np.nan)[..., :3]
        if values.dtype.kind in "iu":
            plain = plain / 255
        return np.clip(np.nan_to_num(plain), 0, 1), facts.missing("is a picture in colour")
    norm, cmap = copy.deepcopy(image.norm), copy.deepcopy(image.get_cmap())
    colours = _on_white(cmap(norm(np.ma.masked_invalid(values))))
    return colours, facts.array(_on_white(cmap(norm(np.ma.asarray(probe)))))


def _on_white(colours: np.ndarray) -> np.ndarray:
    """RGBA over the white page, as RGB: masked pixels are transparent, hence white."""
    alpha = colours[..., 3:]
    return colours[..., :3] * alpha + (1 - alpha)


def as_shown(values: np.ndarray) -> np.ndarray:
    """An RGB array as matplotlib shows it: floats clipped to 0-1, integers out of 255."""
    plain = np.asarray(values, dtype=float)[..., :3]
    if values.dtype.kind in "iu":
        plain = plain / 255
    return np.clip(np.nan_to_num(plain), 0, 1)
