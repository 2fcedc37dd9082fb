"""Figures in a notebook's outputs: drawn once each, and not at all in given cells."""

import contextlib
import io
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from unittest import mock

import matplotlib
import numpy as np
from IPython.core.pylabtools import activate_matplotlib, print_figure
from matplotlib._tight_bbox import adjust_bbox
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend
from PIL import Image

BACKEND = "module://matplotlib_inline.backend_inline"

USUAL = {"bbox_inches": "tight"}
"""How the inline backend prints figures unless it is told otherwise."""

QUALITY = {"quality": 90, "subsampling": 0}
"""Of jpegs, good enough for feedback: packing a png takes as long as drawing, and five times the
space."""


class Drawing:
    """Draws the figures that a shell displays, as Jupyter's inline backend does."""

    def __init__(self, shell: Any) -> None:
        self._wanted = True
        # In this order: after a cell, figures are shown and closed; then any open ones are redrawn.
        configure_inline_support(shell, BACKEND)
        activate_matplotlib(BACKEND)
        formatters = shell.display_formatter.formatters
        formatters["image/png"].pop(Figure)
        formatters["image/jpeg"].for_type(Figure, self._jpeg)

    def _jpeg(self, figure: Figure) -> str | None:
        """A figure as jpeg in base64, or ``None`` for no picture."""
        if not self._wanted:
            return None
        options = InlineBackend.instance().print_figure_kwargs
        drawn = drawn_once(figure) if options == USUAL else None
        if drawn is not None:
            return b64encode(drawn).decode()
        settings = {"pil_kwargs": QUALITY, **options}
        printed: str | None = print_figure(figure, "jpeg", base64=True, **settings)
        return printed

    @contextlib.contextmanager
    def off(self) -> Iterator[None]:
        """Draw nothing inside: figures are made, but not shown."""
        self._wanted = False
        try:
            with (
                mock.patch.object(Figure, "tight_layout", _leave_out),
                mock.patch.object(FigureCanvasAgg, "draw_idle", _leave_out),
            ):
                yield
        finally:
            self._wanted = True


def drawn_once(figure: Figure) -> bytes | None:
    """A figure as jpeg, cut to its content; ``None`` where this takes more than one drawing.

    For ``bbox_inches="tight"`` matplotlib draws everything twice, in case the first drawing moves
    something. Only a layout engine does that.
    """
    canvas, engine = figure.canvas, figure.get_layout_engine()
    lies_still = engine is None or isinstance(engine, PlaceHolderLayoutEngine)
    if not isinstance(canvas, FigureCanvasAgg) or not figure.axes or not lies_still:
        return None
    renderer = canvas.get_renderer()
    box = figure.get_tightbbox(renderer).padded(matplotlib.rcParams["savefig.pad_inches"])
    restore = adjust_bbox(figure, box, renderer)
    try:
        canvas.draw()
        drawn = Image.fromarray(np.asarray(canvas.buffer_rgba()))
    finally:
        restore()
    if to_rgba(figure.get_facecolor())[3] < 1:
        drawn = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)
    packed = io.BytesIO()
    drawn.convert("RGB").save(packed, "jpeg", **QUALITY)
    return packed.getvalue()


def _leave_out(*_: object, **__: object) -> None:
    """In place of a method that matters only when a figure is shown."""
