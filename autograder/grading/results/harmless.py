"""Graded notebooks made safe to look at in an instructor's browser.

nbgrader's formgrader and its feedback show html and markdown as they are, scripts included, and
the formgrader does so at an address from which scripts can control all of Jupyter. So nothing
active is left in a graded notebook: it is safe in any viewer.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any, NewType

import nh3

from autograder.checks.showing.card import MIME_TYPE
from autograder.grading.results.pictures import ALL_PIXELS, MAX_PIXELS, PICTURES, pixels, pixels_in
from autograder.grading.results.timeout import timeout

Json = dict[str, Any]

NO_HTML = (
    "<p><em>Not shown here: html with scripts, such as a web map, or too much of it. "
    "Run the notebook to see it.</em></p>"
)
"""Shown in place of html that is left out."""

MAX_HTML = 50_000
"""Longest html that is shown, in characters. Tables of the course have under 3,000."""

NO_DRAWING = (
    "<p><em>Not shown here: a drawing as SVG, which can hold up a browser. "
    "Run the notebook to see it.</em></p>"
)
"""Shown in place of a drawing without a picture beside it."""

NO_TEXT = "*Not shown here: more text than a page can hold.*"
"""Shown in place of a text cell that is left out."""

MAX_TEXT = 1_000_000
"""Characters of all text cells of a notebook. Those of the course have under 30,000."""

MAX_TAGS = 20_000
"""Most tags in a notebook whose html is shown: each takes time, here and in pages."""

MAX_COPIES = 250_000
"""Most tags that html can grow to: formatting left open is repeated in each block that follows."""

MAX_COLOURED = 50_000
"""Longest text of an output that keeps its terminal colours: laying them out takes time that grows
with the square of its length."""

MAX_MARKDOWN = 20_000
"""Longest markdown that is laid out, in characters."""

MUCH_CODE = 50_000_000
"""Sum of the squared lengths of a notebook's code cells up to which colouring takes at most about
five seconds. Notebooks of the course have under 20 million."""

NO_CODE = "# Not shown here: code that takes too long to be given colours."
"""Shown in place of each code cell of a notebook whose colouring takes too long."""

TAGS = """
    a abbr b blockquote br caption code dd details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img kbd li ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr u
    ul
"""
ATTRIBUTES = """
    alt aria-hidden aria-label border colspan height role rowspan scope title width
"""
"""No ids, and no class but ``dataframe`` (`_allowed`): the formgrader finds its fields by them."""

STYLES = """
    background-color border border-bottom border-collapse border-color border-left border-radius
    border-right border-top color display font-family font-size font-style font-weight height
    line-height list-style margin max-width min-width overflow-wrap padding padding-left text-align
    vertical-align white-space width
"""
ALLOWED_TAGS = frozenset(TAGS.split())
ALLOWED_ATTRIBUTES = frozenset(ATTRIBUTES.split())
ALLOWED_STYLES = frozenset(STYLES.split())

PICTURE = r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*"
LINK = r"(?:https?://|mailto:|#).*"
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Text without any character that html treats specially, such as an id."""

ACTIVE = re.compile(r"<(?:script|iframe|object|embed|svg|math|form|template)\b", re.IGNORECASE)
FORMATS = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
FORMATTING = re.compile(rf"<(?:{FORMATS})\b", re.IGNORECASE)
CLOSED_FORMATTING = re.compile(rf'<({FORMATS})(?: [a-z-]+="[^"<>]*")*>[^<>]*</\1>', re.IGNORECASE)

ACTIVE_MARKDOWN = re.compile(
    r"<(?!/?(?:details|summary)>|https?://[^\s<>\"']*>)[a-zA-Z/!?]"  # html, but for foldable text
    r"|!\["  # a picture: fetched from elsewhere, or an attachment that is not there
    r"|\]:"  # the definition of a link's address
    # a link, unless to a page and nothing more, or to a notebook as the course calls them
    r"|\](?=\()(?!\((?:https?://[^\s()<>\"'\\]*|\d\d-[a-z0-9-]{1,40}\.ipynb)\))"
)

TIMEOUT = 10
"""Seconds for the texts of a notebook, and again for its code: the time for one run of blanks grows
with the square of its length."""

NO_ID = "\N{WORD JOINER}"
"""Invisible. A heading's text becomes its id: with this in it, no other element has that id."""

HEADING = re.compile(r"#{1,6}[ \t]+(?!#)")
UNDERLINED = re.compile(r"(\S)([ \t]*(?:\r\n|[\r\n])[ \t>]*(?:=+|-+)[ \t]*(?=[\r\n]|$))")

Harmless = NewType("Harmless", Json)
"""A notebook without anything active."""


def harmless(notebook: Json) -> Harmless:
    """A notebook of nbformat 4.5 without anything active; in a main thread only (`timeout`)."""
    cells = notebook["cells"]
    busy = _tags_in(notebook) > MAX_TAGS
    try:
        with timeout(TIMEOUT):
            clean_cells = [_cell(cell, place, busy) for place, cell in enumerate(cells)]
    except TimeoutError:
        clean_cells = [_cell(cell, place, busy=True) for place, cell in enumerate(cells)]
    _bound_texts(clean_cells)
    _bound_pictures(clean_cells)
    code_cells = [cell for cell in clean_cells if cell["cell_type"] == "code"]
    if not _coloured_in_time([cell["source"] for cell in code_cells]):
        for cell in code_cells:
            cell["source"] = NO_CODE
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "pygments_lexer": "ipython3"},
    }
    clean = {"cells": clean_cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return Harmless(clean)


def _bound_texts(cells: list[Json]) -> None:
    """Leave out text cells beyond `MAX_TEXT`."""
    left = MAX_TEXT
    for cell in cells:
        if cell["cell_type"] == "code":
            continue
        left -= len(cell["source"])
        if left < 0:
            cell["source"] = NO_TEXT


def _bound_pictures(cells: list[Json]) -> None:
    """Leave out pictures beyond `ALL_PIXELS`, verdicts apart."""
    left = ALL_PIXELS
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    for data in (output["data"] for output in outputs if "data" in output):
        if MIME_TYPE in data:
            continue
        left -= pixels_in(data)
        if left < 0:
            for kind in PICTURES:
                data.pop(kind, None)
            if "text/html" in data:
                data["text/html"] = NO_HTML


def _tags_in(content: object) -> int:
    """How often ``<`` stands in the texts of a notebook, or of a part of one."""
    if isinstance(content, str):
        return content.count("<")
    if isinstance(content, Mapping):
        return sum(map(_tags_in, content.values()))
    return sum(map(_tags_in, content)) if isinstance(content, list | tuple) else 0


def _coloured_in_time(sources: list[str]) -> bool:
    """Whether the code of a notebook can be coloured, as pages do it, within `TIMEOUT`."""
    if sum(len(source) ** 2 for source in sources) <= MUCH_CODE:
        return True
    from nbconvert.filters.highlight import Highlight2HTML

    try:
        with timeout(TIMEOUT):
            for source in sources:
                Highlight2HTML()(source, "ipython3")
    except TimeoutError:
        return False
    return True


def _cell(cell: Json, place: int, busy: bool) -> Json:
    """The cell with only nbgrader's metadata, and without anything active.

    Args:
        cell: As it is in the notebook.
        place: Its index there.
        busy: Whether the notebook has too much html for any of it to be shown, verdicts apart.
    """
    name = cell.get("id")
    clean: Json = {
        "cell_type": cell["cell_type"],
        "id": name if isinstance(name, str) and PLAIN.fullmatch(name) else f"cell-{place}",
        "metadata": _metadata(cell["metadata"].get("nbgrader")),
        "source": "".join(cell["source"]),
    }
    if cell["cell_type"] == "code":
        outputs = [_output(output, busy) for output in cell["outputs"]]
        return clean | {"execution_count": None, "outputs": outputs}
    if cell["cell_type"] == "raw":  # pages show it as html
        return clean | {"source": escape(clean["source"])}
    return clean | {"source": harmless_markdown(clean["source"])}


def _metadata(about: Json | None) -> Json:
    """Nbgrader's metadata of a cell, if all of them are numbers and plain words."""
    known = about and all(
        isinstance(value, int | float) or (isinstance(value, str) and PLAIN.fullmatch(value))
        for value in about.values()
    )
    return {"nbgrader": about} if known else {}


def _output(output: Json, busy: bool) -> Json:
    match output["output_type"]:
        case "stream":
            text = _readable("".join(output["text"]))
            return {"output_type": "stream", "name": output["name"], "text": text}
        case "error":
            lines = output["traceback"] and _readable("\n".join(output["traceback"])).split("\n")
            named = {key: output[key] for key in ("output_type", "ename", "evalue")}
            return named | {"traceback": lines}
    busy = busy and MIME_TYPE not in output["data"]  # the grader's verdict must be seen
    clean = {
        "output_type": output["output_type"],
        "data": {
            kind: value
            for kind, content in output["data"].items()
            if (value := _shown(kind, content, busy)) is not None
        },
        "metadata": {
            kind: {"alt": about["alt"]}
            for kind, about in output["metadata"].items()
            if isinstance(about, dict) and isinstance(about.get("alt"), str)
        },
    }
    if "image/svg+xml" in output["data"] and not any(kind in clean["data"] for kind in PICTURES):
        clean["data"].setdefault("text/html", NO_DRAWING)
    return clean | ({"execution_count": None} if "execution_count" in output else {})


def _shown(kind: str, content: Any, busy: bool) -> Any:
    """Content of an output that may be shown; ``None`` where its kind is not known."""
    if kind == MIME_TYPE:
        return content
    text = "".join(content)
    match kind:
        case "text/html":
            return NO_HTML if busy else harmless_html(text)
        case "text/markdown":
            return harmless_markdown(text)
        case "text/plain":
            return _readable(text)
        case "text/latex":  # shown escaped
            return text
        case "image/png" | "image/jpeg":
            known = re.fullmatch(r"[A-Za-z0-9+/=\s]*", text)
            return text if known and pixels(text) <= MAX_PIXELS else None
    return None


def _readable(text: str) -> str:
    """Terminal text; long text loses its colours."""
    return text if len(text) <= MAX_COLOURED else text.replace("\x1b", "")


def harmless_html(html: str) -> str:
    """Html reduced to text, tables, pictures and plain styles; `NO_HTML` where that is useless."""
    tags = html.count("<")
    if len(html) > MAX_HTML or tags > MAX_TAGS // 4 or ACTIVE.search(html):
        return NO_HTML
    if tags * len(FORMATTING.findall(CLOSED_FORMATTING.sub(" ", html))) > MAX_COPIES:
        return NO_HTML
    clean = CLEANER.clean(html.encode(errors="replace").decode())
    if len(clean) > 5 * MAX_HTML:  # formatting was repeated in many blocks
        return NO_HTML
    # The box keeps what has a negative margin from covering what stands around it.
    return f'<div style="overflow:auto">{clean}</div>'


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that may stay, else ``None``; called by `nh3`."""
    match name:
        case "style":
            stays = not re.search(r"[(\\@]", value)  # no addresses, however written
        case "href":
            stays = re.fullmatch(LINK, value, re.DOTALL) is not None
        case "src":
            found = re.fullmatch(PICTURE, value)
            stays = found is not None and pixels(value.partition(",")[2]) <= MAX_PIXELS
        case "class":
            stays = value == "dataframe"
        case _:
            stays = True
    return value if stays else None


CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    clean_content_tags={"style"},
    attributes={"*": ALLOWED_ATTRIBUTES | {"class", "style"}, "a": {"href"}, "img": {"src"}},
    attribute_filter=_allowed,
    filter_style_properties=ALLOWED_STYLES,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)


def harmless_markdown(text: str) -> str:
    """Markdown of text and links to pages or notebooks, as it is; any other one is shown as typed.

    Headings get a `NO_ID`: the formgrader finds its fields by ids such as ``check-3``.
    """
    if len(text) <= MAX_MARKDOWN and not ACTIVE_MARKDOWN.search(text):
        text = HEADING.sub(rf"\g<0>{NO_ID}", text)
        return UNDERLINED.sub(rf"\1{NO_ID}\2", text)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"
