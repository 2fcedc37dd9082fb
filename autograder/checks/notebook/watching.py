"""What `Session` notes of a cell while it runs."""

import sys
from dataclasses import dataclass, field
from typing import Any, TextIO

from autograder.checks.notebook.history import Run

MAX_PRINTED = 20_000
"""Characters that are kept of what a cell prints or displays."""


class Tee:
    """Standard output that remembers the first `MAX_PRINTED` characters."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""

    def write(self, words: str) -> int:
        """Pass on to the stream, and remember."""
        if isinstance(words, str) and len(self.text) < MAX_PRINTED:
            self.text += words[: MAX_PRINTED - len(self.text)]
        return self.stream.write(words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@dataclass
class Watch:
    """A run that has not ended.

    Attributes:
        run: The run.
        before: The names and objects before it.
        tee: What it prints.
        figures_before: Figures that were open before it.
        shown: What it displays, as text.
        figures: Figures that it displays.
        refused_before: How many things had been refused before it.
    """

    run: Run
    before: dict[str, Any]
    tee: Tee
    figures_before: list[Any]
    shown: list[str] = field(default_factory=list)
    figures: list[Any] = field(default_factory=list)
    refused_before: int = 0


def open_figures() -> list[Any]:
    """Figures that pyplot holds open, oldest first."""
    # To ask pyplot for a figure would make that figure the current one.
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    managers = helpers.Gcf.get_all_fig_managers() if helpers else []
    return [manager.canvas.figure for manager in managers]


def as_figure(value: object) -> list[Any]:
    """``[value]`` if it is a figure, else ``[]``."""
    module = sys.modules.get("matplotlib.figure")
    return [value] if module and issubclass(type(value), module.Figure) else []


def in_terminal() -> bool:
    """Whether the shell is IPython's own in a terminal, not a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return type(shell).__name__ == "TerminalInteractiveShell"
