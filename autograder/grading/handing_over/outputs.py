"""Outputs of cells as a submission sends them: rebuilt from their valid parts, or left out."""

from collections.abc import Iterator
from typing import Any

TEXT_KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
PICTURE_KINDS = ("image/png", "image/jpeg")

MAX_OUTPUTS = 500
"""Most outputs of one cell, and most lines of a traceback."""

Output = dict[str, Any]


def sound_outputs(sent: object, limit: int) -> list[Output]:
    """The outputs of a cell that nbformat 4 allows and feedback can show.

    Args:
        sent: Json from a submission.
        limit: Characters that all of them together may have.

    Returns:
        Valid outputs; where some were too much, the last one says so.
    """
    kept: list[Output] = []
    for output in sent if isinstance(sent, list) else []:
        sound = _sound(output) if isinstance(output, dict) else None
        if sound is None:
            continue
        limit -= sum(map(len, _texts(sound)))
        if limit < 0 or len(kept) == MAX_OUTPUTS:
            kept.append(stream("stderr", "More output is not kept: there is too much of it.\n"))
            break
        kept.append(sound)
    return kept


def stream(name: str, text: str) -> Output:
    """An output of text on ``stdout`` or ``stderr``."""
    return {"output_type": "stream", "name": name, "text": text}


def error(name: str, text: str, shown: str) -> Output:
    """An output of an exception: its name, its text, and one line of traceback."""
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [shown]}


def _sound(output: Output) -> Output | None:
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return stream(name, _text(output.get("text")))
        case "error":
            lines = output.get("traceback")
            lines = lines[:MAX_OUTPUTS] if isinstance(lines, list) else []
            return error(_text(output.get("ename")), _text(output.get("evalue")), "") | {
                "traceback": [_text(line) for line in lines]
            }
        case "display_data" | "execute_result" as kind:
            sound = {"output_type": kind, "data": _data(output.get("data")), "metadata": {}}
            return sound | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def _data(sent: object) -> dict[str, str]:
    """The texts and pictures of an output. A verdict is left out: only the grader writes one."""
    data = sent if isinstance(sent, dict) else {}
    kinds = (*TEXT_KINDS, *PICTURE_KINDS)
    return {kind: _text(data[kind]) for kind in kinds if kind in data}


def _text(sent: object) -> str:
    if isinstance(sent, list):
        sent = "".join(part for part in sent if isinstance(part, str))
    return sent.encode(errors="replace").decode() if isinstance(sent, str) else ""


def _texts(value: object) -> Iterator[str]:
    """All texts in an output, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
