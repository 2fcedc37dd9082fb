"""Feedback shows the verdicts, scores and comments, and cannot hurt who opens it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbgrader.api import Gradebook

from autograder.grading.reports import feedback
from autograder.grading.reports.feedback import page
from autograder.grading.results.book import Book
from autograder.grading.results.nbgrader_folders import (
    autograded_folder,
    database_url,
    feedback_folder,
)
from autograder.root import ASSIGNMENT, ROOT
from tests.grading.results.graded_results import (
    COURSE,
    exercise_titles,
    feedback_on,
    grade,
    notebooks,
    record,
)
from tests.grading.results.test_harmless import HIDDEN_ATTACKS, HTML_ATTACKS, MARKDOWN_ATTACKS, acts

FIRST = COURSE.notebooks[0]


@pytest.fixture(scope="module")
def graded(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("graded") / "results")
    with Book(folder) as book:
        grade(folder, book, "ada", {1: 2.0})
        grade(folder, book, "bob")
    return folder


@pytest.fixture
def results(graded: Path, tmp_path: Path) -> Path:
    """Results with two graded submissions."""
    return shutil.copytree(graded, tmp_path / "results")


def pages(results: Path, student: str) -> dict[str, str]:
    folder = feedback_folder(results, student)
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.html"))}


def body_acts(html: str) -> bool:
    """Whether anything on the page acts, not counting nbgrader's own marks to jump to."""
    body = html.partition("</head>")[2].replace("<body>", "")
    return acts(body.replace('<a name="', '<a data-name="'))


def test_every_notebook_has_a_page_with_scores_and_cards(results: Path) -> None:
    assert feedback_on(results, "ada", "bob") == {}
    for student, first in (("ada", "2.0 / 5.0"), ("bob", "5.0 / 5.0")):
        shown = pages(results, student)
        assert list(shown) == COURSE.notebooks
        assert f"Score: {first}" in shown[FIRST]
        assert (
            "<h4>02-patches-with-rasterio (Score: 15.0 / 15.0)</h4>" in shown[COURSE.notebooks[1]]
        )
        assert all("Exercise" in html and "points" in html for html in shown.values())
        assert all("image/png" in html for html in shown.values())


def test_a_page_looks_as_nbgraders_own_feedback(results: Path) -> None:
    feedback_on(results, "ada")
    html = pages(results, "ada")[FIRST]
    for part in ("panel panel-default", "nbgrader_cell", "Student's answer", "Grade cell"):
        assert part in html
    assert "bootstrap" in html.lower()
    assert "highlight hl-ipython3" in html


def test_pages_are_whole_in_themselves_and_hold_no_scripts(results: Path) -> None:
    feedback_on(results, "ada")
    for html in pages(results, "ada").values():
        assert "<script" not in html
        assert "script-src" not in html
        assert "default-src 'none'" in html.partition("<title>")[0]
        assert not body_acts(html)
        assert '<html lang="en">' in html


def test_nothing_is_written_again_that_is_there(results: Path) -> None:
    feedback_on(results, "ada", "bob")
    before = {path: path.stat().st_ino for path in results.rglob("*.html")}
    assert feedback_on(results, "ada", "bob") == {}
    assert {path: path.stat().st_ino for path in results.rglob("*.html")} == before


def test_what_graders_enter_shows_at_the_next_run(results: Path) -> None:
    feedback_on(results, "ada", "bob")
    bob = {path: path.stat().st_ino for path in feedback_folder(results, "bob").iterdir()}
    with Gradebook(database_url(results / "gradebook.db")) as gradebook:
        where = (FIRST, ASSIGNMENT, "ada")
        gradebook.find_grade("check-1", *where).manual_score = 4.5
        gradebook.find_comment("exercise-1", *where).manual_comment = "Well *tried* & done"
        gradebook.db.commit()
    feedback_on(results, "ada", "bob")
    html = pages(results, "ada")[FIRST]
    assert "Score: 4.5 / 5.0" in html
    assert "Well <em>tried</em> &amp; done" in html
    assert {path: path.stat().st_ino for path in feedback_folder(results, "bob").iterdir()} == bob


def test_nbgrader_releases_it_as_the_readme_says(results: Path, tmp_path: Path) -> None:
    feedback_on(results, "ada")
    for name in ("timestamp.txt", "submission_secret.txt"):  # `nbgrader collect` puts them there
        (feedback_folder(results, "ada") / name).write_text("2026-11-30 10:00:00 UTC")
    line = [sys.executable, "-m", "nbgrader", "release_feedback", ASSIGNMENT, "--course", "geo"]
    line.append(f"--CourseDirectory.feedback_directory={results / 'feedback'}")
    (tmp_path / "exchange").mkdir(mode=0o777)
    (tmp_path / "exchange").chmod(0o777)
    line.append(f"--Exchange.root={tmp_path / 'exchange'}")
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    released = (tmp_path / "exchange/geo/feedback").glob("*.html")
    assert sorted(page.read_text("utf-8") for page in released) == sorted(
        pages(results, "ada").values()
    )


def test_exercises_are_listed_by_name(results: Path) -> None:
    feedback_on(results, "ada")
    listed = pages(results, "ada")[FIRST].partition('<div id="notebook"')[0]
    assert f'<a href="#check-1">Exercise 1 · {exercise_titles()[1]}</a>' in listed
    assert "Test cell" not in listed


def test_feedback_that_fails_costs_its_owner_only(results: Path) -> None:
    (autograded_folder(results, "ada") / f"{FIRST}.ipynb").write_text("{")
    shutil.rmtree(autograded_folder(results, "bob"))
    with Book(results) as book:
        grade(results, book, "cora")
    failed = feedback_on(results, "ada", "bob", "cora", "nobody")
    assert sorted(failed) == ["ada", "bob", "nobody"]
    assert "JSONDecodeError" in failed["ada"]
    assert failed["bob"] == failed["nobody"] == "there are no graded notebooks"
    assert len(pages(results, "cora")) == len(COURSE.notebooks)
    assert not feedback_folder(results, "ada").exists()


def test_feedback_that_takes_too_long_is_given_up(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> str:
        time.sleep(60)
        raise AssertionError("not stopped")

    monkeypatch.setattr(feedback, "TIMEOUT", 1)
    monkeypatch.setattr(feedback, "page", endless)
    failed = feedback_on(results, "ada")
    assert failed == {"ada": "TimeoutError: it took more than 1 s"}
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_many_are_written_by_other_processes(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback_on(results, "ada", "bob")
    here = [pages(results, student) for student in ("ada", "bob")]
    shutil.rmtree(results / "feedback")
    monkeypatch.setattr(feedback, "FEW", 0)
    # A worker of pytest-xdist is no module that another process could import.
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None, raising=False)
    failed = feedback_on(results, "ada", "nobody", "bob", workers=2)
    assert failed == {"nobody": "there are no graded notebooks"}
    assert [pages(results, student) for student in ("ada", "bob")] == here


WRITE = """
import sys
from pathlib import Path
from autograder.grading.reports import feedback
from autograder.grading.results.record import Record
if __name__ == "__main__":
    feedback.FEW = 0
    record = Record("ada", "", ())
    feedback.write_feedback(Path(sys.argv[1]), [record] * 10_000, {}, workers=1)
"""


def test_the_processes_end_with_the_one_that_started_them(results: Path, tmp_path: Path) -> None:
    script = tmp_path / "write.py"
    script.write_text(WRITE)
    folder = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script, results], env=folder) as writer:
        end = time.monotonic() + 120
        while not feedback_folder(results, "ada").exists() and time.monotonic() < end:
            time.sleep(0.05)
        started = psutil.Process(writer.pid).children(recursive=True)
        writer.kill()
    _, left = psutil.wait_procs(started, timeout=30)
    assert started
    assert not left


@pytest.fixture(scope="module")
def hostile() -> str:
    """A page of feedback on a notebook full of attacks."""
    shown = [
        {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
        for html in (*HTML_ATTACKS, *HIDDEN_ATTACKS)
    ]
    shown += [{"output_type": "stream", "name": "stdout", "text": html} for html in HTML_ATTACKS]
    error = {"output_type": "error", "ename": "<script>", "evalue": "<script>"}
    shown.append(error | {"traceback": ["\x1b[31m<script>attack()</script>", *HTML_ATTACKS]})
    answer = '"""</script><script>attack()</script><img src=x onerror=attack()>"""'
    graded = notebooks({}, {1: answer}, {1: shown}, "\n\n".join(MARKDOWN_ATTACKS[:40]))
    return page(FIRST, graded[FIRST], record("ada", {1: 1.0}), exercise_titles())


def test_a_hostile_notebook_makes_a_page_that_does_not_act(hostile: str) -> None:
    assert "<script" not in hostile
    assert not body_acts(hostile)
    assert "attack()" in hostile
    assert "Score: 1.0 / 5.0" in hostile
    assert "Exercise 1" in hostile


def test_markdown_attacks_do_not_act_each_by_itself() -> None:
    for attack in MARKDOWN_ATTACKS:
        html = page(FIRST, notebooks(note=attack[:5_000])[FIRST], record("ada"), {})
        assert not body_acts(html), attack
