"""What instructors do with results after a class is graded."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.afterwards import appeal, export, similar
from autograder.grading.afterwards.forget import forget
from autograder.grading.afterwards.opened import records_in
from autograder.grading.limits import Limits
from autograder.grading.reports.pages import page_name
from autograder.grading.results.book import Book
from autograder.grading.results.class_list import key_file
from autograder.grading.results.nbgrader_folders import database_url
from autograder.grading.results.record import without_score
from autograder.grading.results.store import Run, Store, world_folder
from autograder.patches import PRACTICE
from autograder.root import ASSIGNMENT
from tests.grading.results.graded_results import COURSE, FULL, grade, record
from utils.errors import CourseError

UNREAD = "The file is no notebook"
COPIED = """import numpy as np  # my own way
ndvi_top = nir.astype(float) - red.astype(float)
ndvi_bottom = nir.astype(float) + red.astype(float)
# avoid zeros below
ndvi_bottom[ndvi_bottom == 0] = 1
ndvi = ndvi_top / ndvi_bottom
print("mean", ndvi.mean())"""
REORDERED = "\n".join(
    line.replace('"', "'") for line in [*COPIED.splitlines()[3:5], *COPIED.splitlines()]
)


@pytest.fixture(scope="module")
def graded(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("Kurs é 1") / "results")
    shutil.copytree(PRACTICE, world_folder(folder))
    run = Run(123, False, Limits(), "course", "world", "2026-01-01T00:00:00+00:00")
    (folder / "run.json").write_text(json.dumps(asdict(run)))
    with Book(folder) as book:
        grade(folder, book, "ada", {1: 2.0}, {5: COPIED})
        grade(folder, book, "Bérénice Ó", answers={5: REORDERED})
        grade(folder, book, "cora")
        grade(folder, book, "dora")
    unread = record("emil")
    rows = tuple(without_score(row.exercise, row.max_score, UNREAD) for row in unread.rows)
    Store(folder).put(replace(unread, rows=rows, problem=UNREAD))
    return folder


@pytest.fixture
def results(graded: Path, tmp_path: Path) -> Path:
    """Results with four graded submissions and one that could not be read."""
    return shutil.copytree(graded, tmp_path / "results")


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "autograder.grading.afterwards", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


# --- export --------------------------------------------------------------------------------------


def test_each_form_has_a_row_for_each_student(results: Path) -> None:
    files = {path.stem: table(path) for path in export.write(results)}
    full = sum(FULL.values())
    moodle = {row["Full name"]: row for row in files["moodle"]}
    assert list(moodle) == ["Bérénice Ó", "ada", "cora", "dora", "emil"]
    assert float(moodle["cora"]["Grade"]) == float(moodle["cora"]["Maximum Grade"]) == full
    assert float(moodle["ada"]["Grade"]) == full - 3
    assert moodle["ada"]["Feedback comments"].startswith("Exercise 1 (2 of 5)")
    assert moodle["cora"]["Feedback comments"] == "Everything is right."
    canvas = {row["Student"]: row for row in files["canvas"]}
    assert float(canvas["    Points Possible"][ASSIGNMENT]) == full
    assert float(canvas["ada"][ASSIGNMENT]) == full - 3
    sheet = {row["student_id"]: row for row in files["spreadsheet"]}
    assert [float(sheet["ada"][f"exercise_{number}"]) for number in FULL] == [2.0, *[5.0] * 10]


def test_who_has_no_grade_gets_no_zero(results: Path) -> None:
    for path in export.write(results):
        [row] = [row for row in table(path) if "emil" in row.values()]
        points = row.get("Grade", row.get(ASSIGNMENT, row.get("points")))
        assert points == ""
        assert "0" not in [value for name, value in row.items() if name.startswith("exercise")]
    assert UNREAD in row["feedback"]


def test_points_entered_by_hand_are_exported(results: Path) -> None:
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        gradebook.find_grade("check-1", COURSE.notebooks[0], ASSIGNMENT, "ada").manual_score = 4.5
        gradebook.db.commit()
    [sheet] = [path for path in export.write(results) if path.stem == "spreadsheet"]
    assert {row["student_id"]: row["exercise_1"] for row in table(sheet)}["ada"] == "4.5"


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_class_list_names_the_learners(results: Path, delimiter: str, encoding: str) -> None:
    names = results.parent / "class.csv"
    lines = [["student_id", "name", "email", "id"], ["ada", "Ada Lóvelace", "ada@x.org", "17"]]
    lines.append(["Be\u0301re\u0301nice O\u0301", "Bérénice", "b@x.org", "18"])  # letters and marks
    names.write_text("\n".join(map(delimiter.join, lines)), encoding)
    moodle = table(export.write(results, names)[0])
    found = {row["Identifier"]: (row["Full name"], row["Email address"]) for row in moodle}
    assert found["17"] == ("Ada Lóvelace", "ada@x.org")
    assert found["18"] == ("Bérénice", "b@x.org")
    assert found["cora"] == ("cora", "")


@pytest.mark.parametrize("content", [b"", b"login,name\nada,Ada", b"\xff\xfe", None])
def test_a_class_list_that_cannot_be_used_is_named(results: Path, content: bytes | None) -> None:
    names = results.parent / "class.csv"
    if content is not None:
        names.write_bytes(content)
    with pytest.raises(CourseError, match="student_id"):
        export.write(results, names)


def test_no_cell_of_an_export_is_a_formula(results: Path) -> None:
    store = Store(results)
    told = replace(store.all()["ada"].rows[0], score=0.0, message="=HYPERLINK(1)")
    store.put(replace(store.all()["ada"], student="=cmd|' /C calc'!A0", rows=(told,)))
    for path in export.write(results):
        cells = [cell for row in table(path) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_nbgraders_own_export_leaves_our_table_alone(results: Path) -> None:
    (results / "grades.csv").write_text("ours")
    line = [sys.executable, "-m", "nbgrader", "export"]
    done = subprocess.run(line, cwd=results, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (results / "grades.csv").read_text() == "ours"
    [theirs] = results.glob("*nbgrader*.csv")
    assert "ada" in theirs.read_text()


# --- similar -------------------------------------------------------------------------------------


def test_those_who_share_what_nobody_else_wrote_stand_side_by_side(results: Path) -> None:
    [pair] = similar.write(results)
    assert {pair.first, pair.second} == {"ada", "Bérénice Ó"}
    html = (results / "similar.html").read_text()
    assert "avoid zeros below" in html
    assert "A hint to look, not a verdict" in html
    assert "<script" not in html


def lines(*written: str) -> dict[int, tuple[str, ...]]:
    return {5: written}


UNUSUAL = tuple(f"strange_{number} = {number}" for number in range(6))


@pytest.mark.parametrize(
    ("others", "given", "found"),
    [
        ([lines()] * 20, (), True),
        ([], (), True),
        ([lines()] * 20, UNUSUAL, False),  # it was handed out
        ([lines(*UNUSUAL)] * 20, (), False),  # everybody wrote it
    ],
)
def test_what_is_given_or_common_tells_nothing(
    others: Sequence[dict[int, tuple[str, ...]]], given: tuple[str, ...], found: bool
) -> None:
    written = {f"other-{number}": item for number, item in enumerate(others)}
    written |= {"one": lines(*UNUSUAL), "two": lines(*UNUSUAL[::-1])}
    pairs = similar.similar(written, {5: set(map(similar.plain, given))})
    assert [(pair.first, pair.second) for pair in pairs] == ([("one", "two")] if found else [])


def test_a_few_shared_lines_among_many_own_ones_tell_nothing() -> None:
    own = [tuple(f"own_{who}_{number} = 1" for number in range(20)) for who in (1, 2)]
    written = {"one": lines(*UNUSUAL, *own[0]), "two": lines(*UNUSUAL, *own[1])}
    assert similar.similar(written, {}) == []


# --- appeal --------------------------------------------------------------------------------------


def test_an_appeal_shows_answer_verdict_patch_and_how_to_see_it_again(results: Path) -> None:
    html = appeal.write(results, "ada", 5).read_text("utf-8")
    assert "ndvi_top = nir.astype(float)" in html
    assert "<strong>5</strong> of 5 points" in html
    assert "data:image/png;base64," in html
    assert "make regrade STUDENT=ada" in html
    assert "--seed 123" in html
    assert "<script" not in html


@pytest.mark.parametrize(("student", "exercise"), [("nobody", 5), ("ada", 99)])
def test_an_appeal_of_nothing_is_refused(results: Path, student: str, exercise: int) -> None:
    done = command("appeal", results, student, str(exercise))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert ("STUDENT" in done.stderr) == (student == "nobody")


# --- forget --------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["ada", "Bérénice Ó", "emil"])
def test_who_is_forgotten_is_nowhere(results: Path, student: str) -> None:
    lines = ["student_id,name", "ada,Ada", "Bérénice Ó,Bérénice Ó", "emil,Emil", "cora,Cora"]
    (results / "class.csv").write_text("\n".join(lines), "utf-8")
    for made in ("export/moodle.csv", "similar.html", f"appeals/exercise-01-{page_name(student)}"):
        (results / made).parent.mkdir(exist_ok=True)
        (results / made).write_text(student)
    other = results / "appeals" / "exercise-01-cora.html"
    other.write_text("Cora")
    rows = [f"{name},Name of {name},mark of {name}" for name in ("cora", student)]
    key = key_file(results)
    key.write_text("\n".join(["student_id,name,fingerprint", *rows]), "utf-8")
    forget(results, student)
    assert key.read_text("utf-8-sig").split("\n")[1:] == [rows[0], ""]
    assert key.stat().st_mode & 0o777 == 0o600
    assert list((results / "appeals").iterdir()) == [other]
    assert not (results / "export").exists()
    assert not (results / "similar.html").exists()
    assert "Cora" in (results / "report.html").read_text("utf-8")
    kept = {"ada", "Bérénice Ó", "cora", "dora", "emil"} - {student}
    assert records_in(results).keys() == kept
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        assert {found.id for found in gradebook.students} == kept - {"emil"}
    for place in ("autograded", "submitted"):
        assert student not in {path.name for path in (results / place).iterdir()}
    assert not list((results / "report").glob(f"{student[0].lower()}*"))
    assert not (results / "feedback" / student).exists()
    assert f">{student}<" not in (results / "report.html").read_text("utf-8")
    assert student not in (results / "class.csv").read_text("utf-8")
    assert {row["student_id"] for row in table(results / "grades.csv")} == kept
    with pytest.raises(CourseError, match="hold nothing of"):
        forget(results, student)


def test_the_commands_say_what_they_wrote(results: Path) -> None:
    for words, said in {
        ("export", results): "moodle.csv",
        ("similar", results): "1 pairs to look at",
        ("appeal", results, "ada", "1"): "exercise-01-ada.html",
        ("forget", results, "ada"): "ada is removed",
    }.items():
        done = command(*words)
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
