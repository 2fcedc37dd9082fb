"""The cells of a submitted notebook, read as untrusted data.

Only a cell's kind, text and names are kept, and whether it claims points. Outputs, attachments and
all other metadata are left out.
"""

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from autograder.grading.handed_in.student_names import printable
from autograder.grading.handed_in.trees import UnusableNotebook

MAX_NESTS = 500_000
"""Most lists and objects in a notebook; the solved ones hold under 2,000."""

MAX_ITEMS = 2_000_000
"""Most commas, a bound on how many values there are; the solved ones hold under 200,000."""

MAX_CELLS = 2_000
"""Most cells of a notebook; the course's have under 40."""

MAX_CODE = 200_000
"""Most characters of one code cell; the course's have under 3,000."""

MAX_ALL_CODE = 1_000_000
"""Most characters of all code cells of a notebook."""

MAX_TEXT = 50_000
"""Characters that are kept of a cell that is not code."""

Kind = Literal["code", "markdown", "raw"]


@dataclass(frozen=True, slots=True)
class SentCell:
    """One cell as it was submitted.

    Attributes:
        kind: Jupyter's cell type.
        source: Its text.
        names: nbgrader's grade id, then Jupyter's cell id, as far as it has them.
        claims_points: Whether its metadata marks it as one that nbgrader gives points for.
    """

    kind: Kind
    source: str
    names: tuple[str, ...] = ()
    claims_points: bool = False


def read_cells(content: bytes, notebook: str) -> tuple[list[SentCell], int]:
    """Read the cells of a notebook.

    Args:
        content: The file.
        notebook: Name of the notebook, for the messages of errors.

    Returns:
        The cells, and the number of entries without a kind or text.

    Raises:
        UnusableNotebook: It is not a notebook of nbformat 4, or holds far more than an honest one.
    """
    sent = _cells(_parse(content, notebook), notebook)
    if len(sent) > MAX_CELLS:
        raise UnusableNotebook(
            f"notebook {notebook} has {len(sent):,} cells, more than the {MAX_CELLS:,} allowed"
        )
    cells = [cell for cell in map(_cell, sent) if cell]
    sizes = [len(cell.source) for cell in cells if cell.kind == "code"]
    if max(sizes, default=0) > MAX_CODE or sum(sizes) > MAX_ALL_CODE:
        raise UnusableNotebook(
            f"notebook {notebook} has {sum(sizes):,} characters of code, more than the "
            f"{MAX_CODE:,} allowed in a cell or the {MAX_ALL_CODE:,} in all"
        )
    return cells, len(sent) - len(cells)


def _parse(content: bytes, notebook: str) -> Any:
    nests = content.count(b"[") + content.count(b"{")
    if nests > MAX_NESTS or content.count(b",") > MAX_ITEMS:
        raise UnusableNotebook(
            f"notebook {notebook} is made of far more parts than a notebook has; "
            "clear its outputs and save it again"
        )
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig").strip().strip("\0\ufeff").strip()
    except UnicodeDecodeError:
        kind = _looks_like(content, "not text in UTF-8")
        raise UnusableNotebook(
            f"notebook {notebook} is not valid JSON: it is {kind}; {_ASK}"
        ) from None
    try:
        return _only_one(text, notebook)
    except RecursionError:
        raise UnusableNotebook(f"notebook {notebook} is nested too deeply") from None
    except ValueError:
        raise UnusableNotebook(f"notebook {notebook} is not valid JSON{_why(text)}") from None


def _only_one(text: str, notebook: str) -> Any:
    """What a text holds once, or several times the same.

    Raises:
        ValueError: It is no JSON.
        UnusableNotebook: It holds several notebooks that are not the same.
    """
    first, end = json.JSONDecoder().raw_decode(text)
    while end < len(text):
        rest = text[end:].lstrip()
        end = len(text) - len(rest)
        other, length = json.JSONDecoder().raw_decode(rest)
        end += length
        if other != first:
            raise UnusableNotebook(
                f"notebook {notebook} holds two notebooks, one behind the other; "
                "save the right one as a file of its own"
            )
    return first


def _why(text: str) -> str:
    """What made a text no JSON, as far as that is plain."""
    if has_conflict(text):
        return (
            ": it holds the marks of a merge conflict (<<<<<<<); "
            "keep one side, and save it without the marks"
        )
    if not text.startswith("{"):
        return f": it is {_looks_like(text[:200].encode(), 'no notebook')}; {_ASK}"
    if not text.endswith("}"):
        return f": its end is missing; {_ASK}"
    return "; open it in JupyterLab and save it, or ask for the file again"


_ASK = "ask for the .ipynb file again"

_BEGINNINGS = {
    b"PK": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"%PDF": "a PDF",
    b"<": "a web page",
    b"[InternetShortcut]": "a link to a page",
    b"L\0\0\0": "a link to a file",
    b"version https://git-lfs": "a stand-in of git-lfs without the content",
}


def _looks_like(content: bytes, otherwise: str) -> str:
    """What a file is in place of a notebook, as it begins."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = [words for begin, words in _BEGINNINGS.items() if start.startswith(begin)]
    if not start.strip(b"\0"):
        return "empty, or holds only zeros"
    return found[0] if found else otherwise


def has_conflict(text: str) -> bool:
    """Whether git has left the marks of a merge conflict."""
    return re.search(r"(?m)^(<{7}|>{7}) ", text) is not None


def _cells(parsed: Any, notebook: str) -> list[Any]:
    version = parsed.get("nbformat") if isinstance(parsed, dict) else None
    if version is None:
        raise UnusableNotebook(f"notebook {notebook} is JSON, but not a notebook")
    if version not in (4, "4"):
        shown = printable(str(version)[:20]) if isinstance(version, int | float | str) else "?"
        raise UnusableNotebook(
            f"notebook {notebook} has nbformat {shown} where 4 is expected; "
            "open it in JupyterLab and save it"
        )
    cells = parsed.get("cells")
    if not isinstance(cells, list):
        raise UnusableNotebook(f"notebook {notebook} is JSON, but not a notebook")
    return cells


def _cell(sent: Any) -> SentCell | None:
    """A cell; none where the entry has no kind or no text."""
    if not isinstance(sent, dict):
        return None
    kind, source = sent.get("cell_type"), sent.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or kind not in ("code", "markdown", "raw"):
        return None
    if kind != "code" and len(source) > MAX_TEXT:
        source = f"{source[:MAX_TEXT]}…"
    metadata = sent.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    about = about if isinstance(about, dict) else {}
    names = (name for name in (about.get("grade_id"), sent.get("id")) if isinstance(name, str))
    return SentCell(kind, _plain(source), tuple(names), about.get("grade") is True)


def _plain(source: str) -> str:
    """Text that UTF-8 can hold, with the course's line ends."""
    if not source.isascii():
        source = source.encode(errors="replace").decode()  # half of a pair of surrogates
    return source.replace("\r\n", "\n").replace("\r", "\n")
