"""Figures in a notebook's outputs: drawn once each, and not at all for the course's own cells."""

from typing import Any

import matplotlib
from IPython.core.pylabtools import print_figure
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend

BACKEND = "module://matplotlib_inline.backend_inline"


class Drawing:
    """Draws the figures that a shell displays.

    Attributes:
        wanted: Whether figures are drawn: nobody looks at those of given cells.
    """

    def __init__(self, shell: Any) -> None:
        self.wanted = True
        matplotlib.use(BACKEND)
        configure_inline_support(shell, BACKEND)
        shell.display_formatter.formatters["image/png"].for_type(Figure, self.png)

    def png(self, figure: Figure) -> str | None:
        """A figure as png in base64, or ``None`` for no picture."""
        if not self.wanted:
            return None
        options = InlineBackend.instance().print_figure_kwargs
        drawn: str | None = print_figure(figure, "png", base64=True, **options)
        return drawn
