"""Outputs of the cells of one notebook, collected as nbformat 4 holds them, in bounded space."""

import base64
import io
import json
import threading
from typing import Any

from autograder.grading.handing_over.outputs import Output, stream

OVERHEAD = 100
"""Characters that each output counts beside its content."""

CUT = "More output is not kept: this notebook shows too much.\n"


class Transcript:
    """Collects what cells show, one cell after the other.

    Args:
        limit: Characters of json that all cells together may show.
    """

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._lock = threading.RLock()
        self._outputs: list[Output] = []
        self._text: io.StringIO | None = None
        self._clear_first = False
        self._displays: dict[str, list[Output]] = {}

    def take(self) -> list[Output]:
        """The outputs of the cell that ran; the next cell begins."""
        with self._lock:
            outputs = self._outputs
            self._end_stream()
            self._clear()
            return outputs

    def write(self, name: str, text: str) -> None:
        """Add text to ``stdout`` or ``stderr``."""
        with self._lock:
            if not text or not self._pay(_size(text)):
                return
            self._make_room()
            self._stream(name).write(text)

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Add a message of Jupyter's protocol that concerns the outputs of a cell.

        Args:
            kind: Its type, such as ``display_data``.
            content: Its content.

        Raises:
            TypeError, ValueError: Json cannot hold the content.
        """
        plain = json.dumps(content, default=_as_json)
        with self._lock:
            if kind == "clear_output":
                self._clear_first = bool(content["wait"])
                if not self._clear_first:
                    self._clear()
            elif self._pay(OVERHEAD + len(plain)):
                self._add(kind, json.loads(plain))

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        display_id = str(content.pop("transient", {}).get("display_id", ""))
        if kind == "update_display_data":
            for output in self._displays.get(display_id, ()):
                output.update(content)
            return
        self._make_room()
        self._end_stream()
        self._outputs.append({"output_type": kind, **content})
        if display_id:
            self._displays.setdefault(display_id, []).append(self._outputs[-1])

    def _pay(self, size: int) -> bool:
        """Whether there is still space; where it ends, an output says so, once."""
        if self._left < 0:
            return False
        self._left -= size
        if self._left < 0:
            self._stream("stderr").write(CUT)
            return False
        return True

    def _stream(self, name: str) -> io.StringIO:
        """The buffer for a stream's text: that of the last output, or of a new one."""
        last = self._outputs[-1] if self._outputs else {}
        if self._text is None or last.get("name") != name:
            self._end_stream()
            self._outputs.append(stream(name, ""))
            self._text = io.StringIO()
        return self._text

    def _end_stream(self) -> None:
        """The text of the last output is complete."""
        if self._text is not None:
            self._outputs[-1]["text"] = self._text.getvalue()
            self._text = None

    def _make_room(self) -> None:
        """Clear what ``clear_output(wait=True)`` leaves until there is a new output."""
        if self._clear_first:
            self._clear()

    def _clear(self) -> None:
        self._outputs = []
        self._text = None
        self._clear_first = False
        self._displays = {}


class Stream(io.TextIOBase):
    """Standard output or standard error of the cells.

    Args:
        name: ``stdout`` or ``stderr``.
        transcript: Takes what is written.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, transcript: Transcript) -> None:
        super().__init__()
        self.name = f"<{name}>"
        self._name = name
        self._transcript = transcript

    def fileno(self) -> int:
        """The process's own descriptor of this stream; what C code writes there is not kept."""
        return 2 if self._name == "stderr" else 1

    def writable(self) -> bool:
        """Always true."""
        return True

    def write(self, text: str) -> int:
        """Collect text.

        Raises:
            TypeError: It is no text.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._transcript.write(self._name, text)
        return len(text)


def _size(text: str) -> int:
    """Characters of a text as json holds it."""
    return len(text) if text.isascii() and text.isprintable() else len(json.dumps(text))


def _as_json(value: object) -> object:
    """What json holds in place of bytes, as Jupyter does it.

    Raises:
        TypeError: The value is of another type.
    """
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} cannot be shown in a notebook")
