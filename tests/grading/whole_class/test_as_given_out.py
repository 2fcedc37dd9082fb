"""A class as its system gives it out is graded with one command, and nothing done by hand."""

import copy
import io
import json
import random
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from autograder.root import RELEASED
from tests.grading.whole_class.classroom import Table, grade, solutions, table

NAME = "03-geopandas"
FILE = f"{NAME}.ipynb"
EXERCISES = (6, 7)

Json = dict[str, Any]
Files = Mapping[str, bytes]


def solved() -> Json:
    """The notebook with its solutions."""
    notebook: Json = json.loads((RELEASED / FILE).read_text("utf-8"))
    for cell in notebook["cells"]:
        kind, _, number = cell["id"].partition("-")
        if kind == "exercise":
            cell["source"] = solutions()[int(number)]
    return notebook


def written(change: Callable[[Json], object] = lambda notebook: None, end: str = "\n") -> bytes:
    """The solved notebook as a program saves it."""
    notebook = solved()
    change(notebook)
    return json.dumps(notebook, indent=1, ensure_ascii=False).replace("\n", end).encode()


def zipped(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(files: Files) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


# --- how programs save a notebook -----------------------------------------------------------------


def no_names(notebook: Json) -> None:
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] = {}


def vs_code(notebook: Json) -> None:
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"]["vscode"] = {"languageId": "python"}


def colab(notebook: Json) -> None:
    no_names(notebook)
    notebook["nbformat_minor"] = 0
    for place, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"id": f"aB{place}"}


def shuffled(notebook: Json) -> None:
    no_names(notebook)
    random.Random(3).shuffle(notebook["cells"])


def twice(notebook: Json) -> None:
    notebook["cells"] += copy.deepcopy(notebook["cells"])


def one_cell(notebook: Json) -> None:
    codes = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    notebook["cells"] = [{"cell_type": "code", "source": "\n\n".join(codes), "metadata": {}}]


def windows_lines(notebook: Json) -> None:
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")


READ: dict[str, Files] = {
    "Ana": {FILE: written()},
    "Bo": {f"{NAME} (1).ipynb": written()},
    "Chloé": {f"Copy of {FILE}": written()},
    "Đức Anh": {"Übung drei.ipynb": written()},
    "Elif": {"work.zip": zipped({f"course/data-acquisition/{FILE}": written()})},
    "Finn": {"work.tar.gz": tarred({f"./{FILE}": written()})},
    "Gül": {f"course-main/course/{FILE}": written()},
    "Hana": {FILE: written(vs_code)},
    "Ioana-Maria": {FILE: written(colab)},
    "Jörg": {FILE: written(windows_lines, end="\r\n")},
    "Kofi": {FILE: b"\xef\xbb\xbf" + written()},
    "李雷": {FILE: written().decode().encode("utf-16")},
    "Mia": {FILE: written() + written()},
    "Noé": {FILE: written(twice)},
    "O'Neill": {FILE: written(shuffled)},
    "Pia": {FILE: written(one_cell)},
    "Quentin": {FILE: written(), f"{NAME} (1).ipynb": (RELEASED / FILE).read_bytes()},
}

TORN = written()[:9_000]
CONFLICT = written().replace(b"\n", b"\n<<<<<<< HEAD\n", 9)

UNREAD: dict[str, tuple[Files, str]] = {
    "Rosa": ({FILE: CONFLICT}, "it holds the marks of a merge conflict (<<<<<<<)"),
    "Søren": ({"work.zip": b"PK\3\4"}, "work.zip is a broken archive; ask for it again"),
    "Tom": ({f"{NAME}.pdf": b"%PDF"}, "was handed in as .pdf; ask for the .ipynb file"),
}

JUNK = {
    "__MACOSX/._Ana_100_assignsubmission_file_": b"\0\5\x16\7",
    ".DS_Store": b"Bud1",
    "lost+found/x": b"",
}


class Run(NamedTuple):
    """A finished run."""

    rows: Table
    said: str
    status: int


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("given out")
    students = READ | {name: files for name, (files, _) in UNREAD.items()}
    files = {
        unicodedata.normalize("NFD", f"{name}_{number}_assignsubmission_file_/{path}"): content
        for number, (name, all_files) in enumerate(students.items(), 100)
        for path, content in all_files.items()
    }
    given_out = folder / "Week 3-20261005_1730.zip"
    given_out.write_bytes(zipped({**JUNK, **files}))
    process = grade("--practice", given_out, folder / "results")
    assert (folder / "results" / "grades.csv").exists(), process.stderr
    return Run(table(folder / "results"), process.stdout + process.stderr, process.returncode)


def test_each_student_has_a_row_and_nothing_else_has(run: Run) -> None:
    assert len(READ) + len(UNREAD) == 20
    assert {student for student, _ in run.rows} == {*READ, *UNREAD}
    assert "Traceback" not in run.said


@pytest.mark.parametrize("student", READ)
def test_the_work_counts_in_whatever_form_it_came(run: Run, student: str) -> None:
    rows = [run.rows[student, number] for number in EXERCISES]
    assert [(row["score"], row["message"]) for row in rows] == [("5", "")] * 2


@pytest.mark.parametrize("student", UNREAD)
def test_what_could_not_be_read_is_not_graded_and_told(run: Run, student: str) -> None:
    _, words = UNREAD[student]
    row = run.rows[student, EXERCISES[0]]
    assert words in row["message"]
    assert row["score"] == ""
    assert run.status == 1
