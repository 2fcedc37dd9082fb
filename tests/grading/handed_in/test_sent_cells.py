"""No submitted file does more than be read or be refused, with a reason for its owner."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.grading.handed_in import sent_cells
from autograder.grading.handed_in.sent_cells import SentCell, read_cells
from autograder.grading.handed_in.trees import UnusableNotebook


def notebook(*cells: object, **more: object) -> bytes:
    return json.dumps({"nbformat": 4, "cells": cells, **more}).encode()


def cell(source: Any, kind: Any = "code", **more: object) -> dict[str, object]:
    return {"cell_type": kind, "source": source, **more}


def refusal(content: bytes) -> str:
    with pytest.raises(UnusableNotebook) as refused:
        read_cells(content, "02-x")
    return str(refused.value).removeprefix("notebook 02-x ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not valid JSON"),
        (b"{", "is not valid JSON"),
        (b"\x80\x04K\x01.", "is not valid JSON: it is not text in UTF-8"),
        ('{"nbformat": 4, "é": 1}'.encode("latin-1"), "is not valid JSON: it is not text in UTF-8"),
        (notebook(cell("\ud800")).replace(rb"\ud800", b"\xed\xa0\x80"), "is not valid JSON: it"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"a":' * 100_000, "is nested too deeply"),
        (b'{"nbformat": ' + b"4" * 5_000 + b"}", "is not valid JSON"),
        (b"[1, 2]", "is JSON, but not a notebook"),
        (b"null", "is JSON, but not a notebook"),
        (b'{"cells": []}', "is JSON, but not a notebook"),
        (b'{"nbformat": 4}', "is JSON, but not a notebook"),
        (b'{"nbformat": 4, "cells": {"0": 1}}', "is JSON, but not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "has nbformat 3 where 4 is expected"),
        (b'{"nbformat": NaN, "cells": []}', "has nbformat nan where 4 is expected"),
        (b'{"nbformat": true, "cells": []}', "has nbformat True where 4 is expected"),
        (b'{"nbformat": "\\u001b4", "cells": []}', r"has nbformat \x1b4 where 4 is expected"),
        (b'{"nbformat": [[4]], "cells": []}', "has nbformat ? where 4 is expected"),
        (notebook(*[cell("")] * 50_000), "has 50,000 cells, more than the 2,000 allowed"),
        (notebook(cell("1\n" * 200_000)), "has 400,000 characters of code"),
        (notebook(*[cell("1" * 20_000)] * 60), "has 1,200,000 characters of code"),
        (b"[" + b"[]," * 600_000 + b"0]", "is made of far more parts than a notebook has"),
        (b"[" + b"0," * 2_500_000 + b"0]", "is made of far more parts than a notebook has"),
    ],
)
def test_what_is_no_honest_notebook_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)


CONFLICT = '{"cells": [\n<<<<<<< HEAD\n],\n=======\n{}],\n>>>>>>> main\n"nbformat": 4}'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CONFLICT.encode(), "is not valid JSON: it holds the marks of a merge conflict (<<<<<<<)"),
        (CONFLICT.replace("\n", "\r\n").encode(), "is not valid JSON: it holds the marks of a"),
        (notebook(cell("x = 1"))[:40], "is not valid JSON: its end is missing; ask for the file"),
        (notebook(cell("1")) + notebook(cell("2")), "holds two notebooks, one behind the other"),
        (notebook(cell("1")) + b"\n" + notebook(cell("1"))[:-9], "is not valid JSON"),
        (
            notebook(cell("1")) + b"}",
            "is not valid JSON; open it in JupyterLab and save it, or ask",
        ),
        (b"", "is not valid JSON: it is empty"),
        (b"\0" * 4_096, "is not valid JSON: it is empty, or holds only zeros; ask for the .ipynb"),
        (b"PK\3\4\x14\0\x8b", "is not valid JSON: it is a zip archive; ask for the .ipynb file"),
        (b"\x1f\x8b\x08", "is not valid JSON: it is a gzip archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "is not valid JSON: it is a PDF"),
        (b"\n<!DOCTYPE html>", "is not valid JSON: it is a web page; ask for the .ipynb file"),
        (b"[InternetShortcut]\r\nURL=", "is not valid JSON: it is a link to a page"),
        (b"version https://git-lfs.github.com", "is not valid JSON: it is a stand-in of git-lfs"),
        (b"# %%\nx = 1\n", "is not valid JSON: it is no notebook; ask for the .ipynb file again"),
    ],
)
def test_what_went_wrong_with_a_file_is_told_with_what_to_do(content: bytes, reason: str) -> None:
    assert refusal(content).startswith(reason)


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n \t"])
def test_a_file_appended_to_itself_is_read_once(between: bytes) -> None:
    whole = notebook(cell("x"))
    assert read_cells(between.join([whole] * 3), "") == ([SentCell("code", "x")], 0)


@pytest.mark.parametrize(("before", "behind"), [(b"\xef\xbb\xbf" * 2, b""), (b"", b"\0" * 512)])
def test_marks_and_zeros_around_a_notebook_do_no_harm(before: bytes, behind: bytes) -> None:
    content = notebook(cell("x = 1"))
    assert read_cells(before + content + behind, "02-x") == read_cells(content, "02-x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mark_of_the_byte_order_does_no_harm(encoding: str) -> None:
    content = json.dumps(json.loads(notebook(cell("é"))), ensure_ascii=False).encode(encoding)
    assert read_cells(content, "") == ([SentCell("code", "é")], 0)


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "code",
        [],
        {},
        cell(None),
        cell(["a", 1]),
        cell({"a": 1}),
        cell("x", kind="heading"),
        cell("x", kind=["code"]),
        cell("x", kind=None),
    ],
)
def test_an_entry_that_is_no_cell_is_left_out(entry: object) -> None:
    assert read_cells(notebook(entry, cell("x")), "") == ([SentCell("code", "x")], 1)


@pytest.mark.parametrize(
    "more",
    [
        {"id": 5},
        {"id": None, "metadata": None},
        {"metadata": []},
        {"metadata": {"nbgrader": "x"}},
        {"metadata": {"nbgrader": {"grade_id": ["x"], "grade": "yes"}}},
        {"outputs": "none", "attachments": {"a.png": {}}, "execution_count": {}},
    ],
)
def test_what_jupyter_keeps_about_a_cell_may_be_anything(more: dict[str, object]) -> None:
    assert read_cells(notebook(cell("x", **more)), "") == ([SentCell("code", "x")], 0)


def test_names_are_those_of_nbgrader_and_of_jupyter() -> None:
    sent = cell("x", id="b", metadata={"nbgrader": {"grade_id": "a", "grade": True}})
    assert read_cells(notebook(sent), "") == ([SentCell("code", "x", ("a", "b"), True)], 0)


@pytest.mark.parametrize("minor", [0, 4, 5, 99, None, "x"])
def test_any_minor_version_is_read(minor: object) -> None:
    assert read_cells(notebook(cell("x"), nbformat_minor=minor), "")[0] == [SentCell("code", "x")]


def test_text_is_read_as_jupyter_reads_it() -> None:
    content = notebook(cell(["a\r\n", "é"]), ignored=float("nan"))
    assert read_cells(b"\xef\xbb\xbf" + content, "")[0] == [SentCell("code", "a\né")]
    twice = b'{"nbformat": 3, "nbformat": 4, "cells": 1, "cells": []}'
    assert read_cells(twice, "") == ([], 0)


def test_text_can_be_written_again() -> None:
    (sent,), _ = read_cells(notebook(cell("a\ud800\x00")), "")
    assert sent.source == "a?\x00"


def test_long_text_is_cut() -> None:
    (sent,), _ = read_cells(notebook(cell("x" * 60_000, kind="markdown")), "")
    assert len(sent.source) == sent_cells.MAX_TEXT + 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(["cell_type", "source", "metadata", "id", "nbgrader", "grade_id", "grade"])
CELLS = st.lists(st.dictionaries(KEYS, JSON | st.sampled_from(["code", "raw"])) | JSON)


@settings(max_examples=300, deadline=None)
@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | CELLS.map(notebook))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with suppress(UnusableNotebook):
        cells, left_out = read_cells(content, "02-x")
        assert left_out >= 0
        for sent in cells:
            sent.source.encode()
