"""A changed course is applied to results that were begun: who changes is told first."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from nbgrader.api import Gradebook

from autograder.grading.results.book import database_url
from autograder.grading.results.regraded import FOLDERS, accept, regraded_folder
from autograder.grading.results.store import locked
from tests.grading.whole_class.classroom import ASSIGNMENT, grade, hand_in, table

FIRST = "01-sentinel2-and-cdse"


class Class(NamedTuple):
    """A class that was graded with an older course."""

    submitted: Path
    results: Path


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    folder = tmp_path_factory.mktemp("class")
    submitted, results = folder / "submitted", folder / "results"
    for student in ("ada", "ben"):
        hand_in(submitted / student, {})
    process = grade("--practice", "--timeout", 60, submitted, results)
    assert process.returncode == 0, process.stderr
    _age(results)
    return Class(submitted, results)


def _age(results: Path) -> None:
    """Make results look as if an older course had graded them, and mark one exercise by hand."""
    file = results / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"course": "older"}))
    for record in (results / "records").glob("*.json"):
        content = json.loads(record.read_text())
        for row in content["rows"][:2]:
            row["score"] = 2.0
        content["rows"][0]["max_score"] = 4.0
        content["rows"][2]["message"] = "An older sentence."
        record.write_text(json.dumps(content))
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        notebook = gradebook.find_grade_cell("check-1", FIRST, ASSIGNMENT)
        notebook.max_score = 4
        for student in ("ada", "ben"):
            for number in (1, 2):
                one = gradebook.find_grade(f"check-{number}", FIRST, ASSIGNMENT, student)
                one.auto_score = 2.0
        one.manual_score = 3.5  # exercise 2 of ben
        comment = gradebook.find_comment("exercise-2", FIRST, ASSIGNMENT, "ben")
        comment.manual_comment = "You told me how."
        gradebook.db.commit()


@pytest.fixture
def old(graded: Class, tmp_path: Path) -> Class:
    results = shutil.copytree(graded.results, tmp_path / "results")
    return Class(graded.submitted, results)


def content(results: Path) -> dict[str, bytes]:
    """All files of the results but the log, the lock, and what was graded anew beside them."""
    apart = ("regraded", "grading.log", ".lock", ".unfinished")
    return {
        str(path.relative_to(results)): path.read_bytes()
        for path in results.rglob("*")
        if path.is_file() and path.relative_to(results).parts[0] not in apart
    }


def test_a_changed_course_is_told_and_where_to_go(old: Class) -> None:
    process = grade(old.submitted, old.results)
    assert process.returncode == 2
    assert "make regrade ALL=1" in process.stderr


def test_who_changes_is_listed_and_applied_only_where_that_is_agreed_to(old: Class) -> None:
    before = content(old.results)
    asked = grade("--regrade", old.submitted, old.results)
    assert asked.returncode == 2, asked.stderr
    assert "Traceback" not in asked.stderr
    assert "Nothing was changed" in asked.stderr.splitlines()[-1]
    assert content(old.results) == before

    lines = asked.stdout.splitlines()
    assert "Exercise 1 counts 5 points, not 4." in lines
    assert "Points change for 2 of 2:" in lines
    assert "  ada: exercise 1 2 → 0; exercise 2 2 → 0; in all 4 → 0" in lines
    assert "  ben: exercise 1 2 → 0; in all 5.5 → 3.5" in lines
    assert lines[lines.index("Entered by hand, and kept, though graded otherwise now:") + 1] == (
        "  ben: exercise 2"
    )
    assert "  ada: exercise 3" in lines

    done = grade("--regrade", "--yes", old.submitted, old.results)
    assert done.returncode == 0, done.stderr
    assert "2 of them kept from an earlier run" in done.stdout, "it was graded when it was listed"
    rows = table(old.results)
    assert [rows["ben", n]["score"] for n in (1, 2, 3)] == ["0", "3.5", "0"]
    assert {rows["ada", 1]["max_score"], rows["ada", 2]["max_score"]} == {"5"}
    assert "older" not in rows["ada", 3]["message"]
    with Gradebook(database_url(old.results / "gradebook.db")) as gradebook:
        ben = gradebook.find_submission(ASSIGNMENT, "ben")
        assert ben.score == 3.5
        assert ben.max_score == gradebook.find_assignment(ASSIGNMENT).max_score
        comment = gradebook.find_comment("exercise-2", FIRST, ASSIGNMENT, "ben")
        assert comment.comment == "You told me how."
    page = old.results / "feedback" / "ben" / ASSIGNMENT / f"{FIRST}.html"
    assert "You told me how." in page.read_text("utf-8")
    assert not regraded_folder(old.results).exists()


def test_a_submission_that_is_gone_is_named_before_anything_is_graded(
    old: Class, tmp_path: Path
) -> None:
    some = tmp_path / "submitted"
    shutil.copytree(old.submitted / "ada", some / "ada")
    process = grade("--regrade", "--yes", some, old.results)
    assert process.returncode == 2
    assert "RESULTS has ben, whom SUBMITTED lacks" in process.stderr
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
