"""A class that is graded anonymously, with a due date, and again after the course has changed."""

import csv
import json
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from nbgrader.api import Gradebook

from autograder.grading.afterwards import export
from autograder.grading.afterwards.opened import records_in
from autograder.grading.grade_class import Options, dry_run, identified, read_class
from autograder.grading.reports.pages import page_name
from autograder.grading.results.atomic import FOLDERS, accept, regraded_folder
from autograder.grading.results.class_list import ids_for, key_file
from autograder.grading.results.nbgrader_folders import database_url
from autograder.grading.results.store import locked
from autograder.root import RELEASED
from tests.grading.whole_class.classroom import ASSIGNMENT, POINTS, grade, hand_in, table
from utils.errors import CourseError

FIRST = "01-sentinel2-and-cdse"
FILE = "03-geopandas.ipynb"
WORDS = ("Lovelace", "Grace")
"""What would give the students away."""


class Class(NamedTuple):
    """A class that was graded anonymously, and what the terminal said."""

    submitted: Path
    results: Path
    said: str
    ids: dict[str, str]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    folder = tmp_path_factory.mktemp("class")
    submitted, results = folder / "submitted", folder / "results"
    hand_in(submitted / "Grace Hopper", {})
    (submitted / "Ada Lovelace").mkdir()
    # Names of files tell who somebody is as well.
    late = submitted / "Ada Lovelace" / f"lovelace's {FILE}"
    late.write_bytes((RELEASED / FILE).read_bytes())
    (submitted / "Ada Lovelace" / "Lovelace.csv").write_text("1")
    os.utime(late, (1_790_000_000, 1_790_000_000))  # 2026-09-21
    for path in (submitted / "Grace Hopper").rglob("*"):
        os.utime(path, (1_780_000_000, 1_780_000_000))  # 2026-05-28
    words = ("--practice", "--timeout", 60, "--anonymous", "--late", "zero")
    process = grade(*words, "--due", "2026-07-01T12:00+02:00", submitted, results)
    assert process.returncode == 0, process.stderr
    return Class(submitted, results, process.stdout, key_of(results))


def key_of(results: Path) -> dict[str, str]:
    """Id by name."""
    text = key_file(results).read_text("utf-8-sig")
    return {row["name"]: row["student_id"] for row in csv.DictReader(text.splitlines())}


def test_nothing_in_the_results_tells_a_name(graded: Class) -> None:
    files = [path for path in graded.results.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        told = str(path.relative_to(graded.results)).encode() + path.read_bytes()
        assert not [word for word in WORDS if word.lower().encode() in told.lower()], path
    assert not [word for word in WORDS if word in graded.said]


def test_the_key_is_for_its_owner_only_and_names_all_in_an_export(graded: Class) -> None:
    key = key_file(graded.results)
    assert key.parent == graded.results.parent
    assert key.stat().st_mode & 0o777 == 0o600
    assert sorted(graded.ids) == ["Ada Lovelace", "Grace Hopper"]
    moodle = export.write(graded.results, key)[0].read_text("utf-8-sig")
    assert {row["Full name"] for row in csv.DictReader(moodle.splitlines())} == {
        "Ada Lovelace",
        "Grace Hopper",
    }
    for path in (graded.results / "export").iterdir():
        path.unlink()


def test_who_was_late_is_told_and_in_the_gradebook(graded: Class) -> None:
    assert f"1 late ({graded.ids['Ada Lovelace']})" in graded.said
    with Gradebook(database_url(graded.results / "gradebook.db")) as gradebook:
        late = {
            s: gradebook.find_submission(ASSIGNMENT, s).total_seconds_late
            for s in graded.ids.values()
        }
    assert late[graded.ids["Ada Lovelace"]] == 1_790_000_000 - 1_782_900_000
    assert late[graded.ids["Grace Hopper"]] == 0


def test_ids_stay_and_a_dry_run_goes_by_names(graded: Class) -> None:
    options = Options(graded.submitted, graded.results, 1)
    found = identified(read_class(options)[0], options)
    assert {item.hidden: item.student for item in found} == graded.ids
    told: list[str] = []
    assert dry_run(options, again=False, tell=told.append)
    assert [line for line in told if line.startswith("Ada Lovelace: graded already, kept; late")]
    one = Options(graded.submitted, graded.results, 1, student=graded.ids["Ada Lovelace"])
    dry_run(one, again=False, tell=told.append)
    assert [line for line in told if line.startswith("Ada Lovelace: to be graded again")]


@pytest.mark.parametrize(
    ("run", "asked", "words"),
    [
        (True, {}, "key.csv is gone"),
        (True, {"names": Path("class.csv")}, "NAMES would name students"),
        (False, {"anonymous": True}, "was begun with names"),
    ],
)
def test_results_are_anonymous_from_the_start_and_with_their_key(
    graded: Class, tmp_path: Path, run: bool, asked: dict[str, Any], words: str
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    about = json.loads((graded.results / "run.json").read_text()) | {"anonymous": run}
    (results / "run.json").write_text(json.dumps(about))
    options = Options(graded.submitted, results, 1, **asked)
    with pytest.raises(CourseError, match=words):
        identified(read_class(options)[0], options)
    assert not key_file(results).exists()


def test_names_that_read_alike_have_ids_of_their_own(tmp_path: Path) -> None:
    names = ["ann b", "ann  b", "ann\u00a0b", "=1+1", "'=1+1", "\udcff"]
    first = ids_for(tmp_path / "results", names[:3])
    both = ids_for(tmp_path / "results", names)
    assert both.items() >= first.items()
    assert len(set(both.values())) == len(names)
    assert not [name for name in key_of(tmp_path / "results") if name.startswith("=")]
    key_file(tmp_path / "results").write_bytes(b"student_id,name\nx,y\n")
    with pytest.raises(CourseError, match="Bring it back"):
        ids_for(tmp_path / "results", names)


# --- a changed course ----------------------------------------------------------------------------


@pytest.fixture
def old(graded: Class, tmp_path: Path) -> Class:
    """The same class, as if an older course had graded it, with marks by hand since."""
    results = shutil.copytree(graded.results, tmp_path / "results")
    shutil.copy(key_file(graded.results), key_file(results))
    file = results / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"course": "older"}))
    for record in (results / "records").glob("*.json"):
        content = json.loads(record.read_text())
        for row in content["rows"][:2]:
            row["score"] = 2.0
        content["rows"][0]["max_score"] = 4.0
        content["rows"][2]["message"] = "An older sentence."
        record.write_text(json.dumps(content))
    (results / "source" / ".ready").write_text("older")
    grace = graded.ids["Grace Hopper"]
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        gradebook.find_grade_cell("check-1", FIRST, ASSIGNMENT).max_score = 4
        for student in graded.ids.values():
            for number in (1, 2):
                one = gradebook.find_grade(f"check-{number}", FIRST, ASSIGNMENT, student)
                one.auto_score = 2.0
        gradebook.find_grade("check-2", FIRST, ASSIGNMENT, grace).manual_score = 3.5
        comment = gradebook.find_comment("exercise-2", FIRST, ASSIGNMENT, grace)
        comment.manual_comment = "You told me how."
        gradebook.db.commit()
    records_in(results)  # brings penalties up to date with the points by hand
    return Class(graded.submitted, results, "", graded.ids)


def content(results: Path) -> dict[str, bytes]:
    """All files of the results but the log, the lock, and what was graded anew beside them."""
    apart = ("regraded", "grading.log", ".lock", ".unfinished")
    return {
        str(path.relative_to(results)): path.read_bytes()
        for path in results.rglob("*")
        if path.is_file() and path.relative_to(results).parts[0] not in apart
    }


def test_who_changes_is_listed_and_applied_only_where_that_is_agreed_to(old: Class) -> None:
    ada, grace = old.ids["Ada Lovelace"], old.ids["Grace Hopper"]
    before = content(old.results)
    words = ("--regrade", "--due", "2020-01-01T12:00", "--late", "30%")
    asked = grade(*words, old.submitted, old.results)
    assert asked.returncode == 2, asked.stderr
    assert "Traceback" not in asked.stderr
    assert "Nothing was changed" in asked.stderr.splitlines()[-1]
    assert content(old.results) == before

    lines = asked.stdout.splitlines()
    assert "Exercise 1 counts 5 points, not 4." in lines
    assert "Points change for 2 of 2:" in lines
    lost = "points lost for lateness"
    both = "exercise 1 2 → 0; exercise 2 2 → 0"
    assert f"  {ada}: {both}; {lost} 4 → 0; in all 0 → 0" in lines
    assert f"  {grace}: exercise 1 2 → 0; {lost} 0 → 3.5; in all 5.5 → 0" in lines
    kept = lines.index("Entered by hand, and kept, though graded otherwise now:")
    assert lines[kept + 1] == f"  {grace}: exercise 2"
    assert f"  {ada}: exercise 3" in lines

    done = grade(*words, "--yes", old.submitted, old.results)
    assert done.returncode == 0, done.stderr
    assert "2 of them kept from an earlier run" in done.stdout, "it was graded when it was listed"
    rows = table(old.results)
    assert [rows[grace, n]["score"] for n in (1, 2, 3)] == ["0", "3.5", "0"]
    assert {rows[ada, 1]["max_score"], rows[ada, 2]["max_score"]} == {"5"}
    assert "older" not in rows[ada, 3]["message"]
    with Gradebook(database_url(old.results / "gradebook.db")) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, grace)
        assert (submission.score, submission.late_submission_penalty) == (3.5, 3.5)
        assert submission.max_score == sum(POINTS.values())
        comment = gradebook.find_comment("exercise-2", FIRST, ASSIGNMENT, grace)
        assert comment.comment == "You told me how."
    page = old.results / "feedback" / grace / ASSIGNMENT / f"{FIRST}.html"
    assert "You told me how." in page.read_text("utf-8")
    assert "Late submission penalty (Score: -3.5)" in page.read_text("utf-8")
    report = (old.results / "report" / page_name(grace)).read_text("utf-8")
    assert "the work has changed since" not in report
    assert "late, which costs 3.5 points" in report
    assert not regraded_folder(old.results).exists()


def test_a_submission_that_is_gone_is_named_before_anything_is_graded(
    old: Class, tmp_path: Path
) -> None:
    some = tmp_path / "submitted"
    shutil.copytree(old.submitted / "Ada Lovelace", some / "Ada Lovelace")
    process = grade("--regrade", "--yes", some, old.results)
    assert process.returncode == 2
    assert f"RESULTS has {old.ids['Grace Hopper']}, whom SUBMITTED lacks" in process.stderr
    assert "make forget" in process.stderr
    assert not regraded_folder(old.results).exists()


@pytest.mark.parametrize("moved", range(len(FOLDERS) + 2))
def test_a_kill_while_the_new_takes_its_place_leaves_it_to_the_next_run(
    moved: int, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    for folder, text in ((results, "old"), (regraded_folder(results), "new")):
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
            (folder / name / "x").write_text(text)
        (folder / "run.json").write_text(text)
    accept(results)
    for name in (*FOLDERS, "run.json")[:moved]:
        there = results / name
        shutil.rmtree(there) if there.is_dir() else there.unlink()
        (regraded_folder(results) / name).rename(there)
    if moved < len(FOLDERS):  # the kill came between out with the old and in with the new
        shutil.rmtree(results / FOLDERS[moved])
    with locked(results):
        assert {(results / name / "x").read_text() for name in FOLDERS} == {"new"}
        assert (results / "run.json").read_text() == "new"
        assert not regraded_folder(results).exists()
