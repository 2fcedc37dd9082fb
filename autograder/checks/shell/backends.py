"""Figures are drawn below their cell, whichever backend a notebook asks for."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from wrapt import register_post_import_hook

from autograder.surroundings import INLINE

DRAWN = frozenset(["inline", INLINE, "agg", "cairo", "pdf", "pgf", "ps", "svg", "template"])
"""Backends that need no window."""


def draw_always(shell: Any, tell: Callable[[str], None]) -> None:
    """Have figures drawn, with a note, where a notebook asks for windows or widgets.

    Args:
        shell: The IPython shell.
        tell: Is told the name of the backend that was asked for.
    """
    enable = shell.enable_matplotlib

    def drawn(backend: object) -> object:
        """The backend in place of another."""
        if not isinstance(backend, str):  # matplotlib is to choose, which chooses none
            return INLINE
        if backend.lower() in DRAWN:
            return backend
        tell(backend)
        return INLINE

    def enable_matplotlib(gui: str | None = None) -> Any:
        return enable("inline" if drawn(gui or "inline") == INLINE else gui)

    def in_matplotlib(matplotlib: ModuleType) -> None:
        use = vars(matplotlib)["use"]
        matplotlib.__dict__["use"] = lambda backend, **options: use(drawn(backend), **options)

    def in_pyplot(pyplot: ModuleType) -> None:
        switch = vars(pyplot)["switch_backend"]

        def switch_backend(newbackend: object) -> None:
            chosen = drawn(newbackend)
            switch(chosen)
            if chosen == INLINE:  # it shows pictures only where it is asked for by `%matplotlib`
                from matplotlib_inline.backend_inline import configure_inline_support

                configure_inline_support(shell, INLINE)

        pyplot.__dict__["switch_backend"] = switch_backend

    shell.enable_matplotlib = enable_matplotlib
    register_post_import_hook(in_matplotlib, "matplotlib")
    register_post_import_hook(in_pyplot, "matplotlib.pyplot")
