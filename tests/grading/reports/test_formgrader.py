"""An instructor grades by hand in nbgrader's formgrader, and a regrade leaves that alone."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from nbgrader.api import Gradebook
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from autograder.grading.results.book import Book
from autograder.grading.results.nbgrader_folders import (
    database_url,
    feedback_folder,
    prepare,
    write_notebooks,
)
from autograder.grading.results.store import Store
from autograder.root import ASSIGNMENT
from tests.grading.results.graded_results import COURSE, FULL, feedback_on, grade, notebooks, record
from tests.grading.results.test_harmless import HIDDEN_ATTACKS, HTML_ATTACKS, MARKDOWN_ATTACKS
from tests.lab.browser import CHROMIUM, DRIVER, chromium, until
from tests.lab.running_lab import TOKEN

NOTEBOOK = "02-patches-with-rasterio"
SCORES = {4: 3.0, 5: 0.0}
ODD_NAME = "Zoë O'Brien=+"
HOSTILE = "mallory"

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the driver's own sockets
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of three learners, one of them hostile."""
    folder = tmp_path_factory.mktemp("results")
    prepare(folder, COURSE)
    with Book(folder) as book:
        grade(folder, book, "ada", SCORES)
        grade(folder, book, ODD_NAME)
        shown = [
            {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
            for html in (*HTML_ATTACKS, *HIDDEN_ATTACKS)
        ]
        note = "\n\n".join(attack[:2_000] for attack in MARKDOWN_ATTACKS)
        write_notebooks(folder, HOSTILE, notebooks({}, {}, {3: shown}, note))
        Store(folder).put(record(HOSTILE))
        book.write(record(HOSTILE))
    return folder


@pytest.fixture(scope="module")
def address(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of Jupyter, started in the folder of results as the instructor starts it."""
    private = tmp_path_factory.mktemp("jupyter")
    log = private / "log"
    names = ("DATA_DIR", "RUNTIME_DIR", "CONFIG_DIR")
    environment = os.environ | {f"JUPYTER_{name}": str(private / name) for name in names}
    path = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--allow-root"]
    command.append(f"--IdentityProvider.token={TOKEN}")
    with (
        log.open("w") as file,
        subprocess.Popen(
            command,
            cwd=results,
            env=environment | {"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        ) as server,
    ):
        yield until(lambda: _address(log), "the address of Jupyter")
        server.terminate()
        server.wait(30)


def _address(log: Path) -> str:
    """Where Jupyter answers; empty until it does."""
    found = re.search(r"http://(?:127\.0\.0\.1|localhost):\d+", log.read_text())
    if not found:
        return ""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(f"{found.group()}/formgrader/api/status?token={TOKEN}", timeout=30)
    return found.group() if answer.ok else ""


@pytest.fixture(scope="module")
def driver(address: str) -> Iterator[Chrome]:
    driver = chromium()
    driver.get(f"{address}/formgrader?token={TOKEN}")
    yield driver
    driver.quit()


class Formgrader:
    """The formgrader in a browser."""

    def __init__(self, driver: Chrome, address: str, results: Path) -> None:
        self.driver = driver
        self.address = address
        self.results = results

    def go(self, page: str) -> str:
        """Open a page and return its text once its tables are filled."""
        self.driver.get(f"{self.address}/formgrader/{page}")
        until(lambda: "Loading" not in self.text(), "the table")
        return self.text()

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def open(self, student: str, notebook: str) -> None:
        """Open a graded notebook, and wait for its fields."""
        with Gradebook(database_url(self.results / "gradebook.db")) as gradebook:
            found = gradebook.find_submission_notebook(notebook, ASSIGNMENT, student)
            key = found.id
        self.driver.get(f"{self.address}/formgrader/submissions/{key}/")
        ready = "return [...document.querySelectorAll('input.score')].every(i => i.placeholder)"
        until(lambda: self.driver.execute_script(ready), "the scores")

    def field(self, name: str) -> WebElement:
        return self.driver.find_element(By.ID, name)

    def enter(self, name: str, text: str) -> None:
        """Type into a field, leave it, and wait until it is saved."""
        field = self.field(name)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", field)
        field.clear()
        field.send_keys(text + Keys.TAB)
        idle = "return jQuery.active === 0"
        until(lambda: self.driver.execute_script(idle), "the save")


@pytest.fixture
def formgrader(driver: Chrome, address: str, results: Path) -> Formgrader:
    return Formgrader(driver, address, results)


def test_all_submissions_are_listed_as_graded(formgrader: Formgrader) -> None:
    assert ASSIGNMENT in formgrader.go("manage_assignments")
    text = formgrader.go(f"manage_submissions/{ASSIGNMENT}")
    for student in ("ada", ODD_NAME, HOSTILE):
        assert student in text
    assert text.count("graded") >= 3
    assert "needs autograding" not in text
    assert f"{sum((FULL | SCORES).values()):g} / {sum(FULL.values()):g}" in text
    assert "Submission #3" in formgrader.go(f"gradebook/{ASSIGNMENT}/{NOTEBOOK}")


def test_a_grade_and_a_comment_entered_by_hand_outlive_a_regrade(
    formgrader: Formgrader, results: Path
) -> None:
    formgrader.open("ada", NOTEBOOK)
    assert formgrader.field("check-4").get_attribute("placeholder") == "3"
    assert "Exercise 4" in formgrader.text()
    formgrader.enter("check-5", "4.5")
    formgrader.enter("check-4_extra_credit", "0.5")
    formgrader.enter("exercise-5-comment", "Nearly: see *B8*")
    with Book(results) as book:
        assert book.scores()["ada"] == FULL | {4: 3.5, 5: 4.5}

        grade(results, book, "ada", {4: 1.0, 5: 2.0})

        assert book.scores()["ada"] == FULL | {4: 1.5, 5: 4.5}
    formgrader.open("ada", NOTEBOOK)
    assert formgrader.field("check-4").get_attribute("placeholder") == "1"
    assert formgrader.field("check-5").get_attribute("placeholder") == "2"
    assert formgrader.field("check-5").get_attribute("value") == "4.5"
    assert formgrader.field("check-4_extra_credit").get_attribute("value") == "0.5"
    assert formgrader.field("exercise-5-comment").get_attribute("value") == "Nearly: see *B8*"
    assert feedback_on(results, "ada") == {}
    html = (feedback_folder(results, "ada") / f"{NOTEBOOK}.html").read_text("utf-8")
    assert "Score: 4.5 / 5.0" in html
    assert "Nearly: see <em>B8</em>" in html


def test_an_odd_name_opens(formgrader: Formgrader) -> None:
    formgrader.open(ODD_NAME, NOTEBOOK)
    assert ODD_NAME in (formgrader.driver.page_source)
    assert formgrader.field("check-3").is_displayed()
    assert "3" in formgrader.go(f"manage_students/{ODD_NAME}/{ASSIGNMENT}")


@pytest.mark.parametrize("notebook", COURSE.notebooks)
def test_a_hostile_notebook_does_nothing_to_who_grades_it(
    notebook: str, formgrader: Formgrader
) -> None:
    driver = formgrader.driver
    driver.get_log("browser")
    formgrader.open(HOSTILE, notebook)
    told = [entry["message"] for entry in driver.get_log("browser")]
    assert not [message for message in told if "attack" in message or "evil.example" in message]
    where = "return performance.getEntriesByType('resource').map(entry => entry.name)"
    assert not [name for name in driver.execute_script(where) if "evil.example" in name]
    first = next(exercise for exercise in COURSE.exercises if exercise.notebook == notebook)
    formgrader.enter(f"check-{first.number}", "1")
    assert formgrader.field(f"check-{first.number}").get_attribute("value") == "1"
    assert formgrader.address in driver.current_url


def test_its_feedback_does_nothing_either(formgrader: Formgrader, results: Path) -> None:
    driver = formgrader.driver
    feedback_on(results, HOSTILE)
    for page in sorted(feedback_folder(results, HOSTILE).iterdir()):
        driver.get_log("browser")
        driver.get(page.as_uri())
        assert "Score: " in driver.find_element(By.TAG_NAME, "body").text
        assert driver.current_url == page.as_uri()
        assert driver.get_log("browser") == []


def test_nbgrader_exports_the_grades(formgrader: Formgrader, results: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", "--to", "all.csv"],
        cwd=results,
        check=True,
        capture_output=True,
    )
    with (results / "all.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    with Book(results) as book:
        scores = book.scores()
    assert rows.keys() == {"ada", ODD_NAME, HOSTILE}
    for student, row in rows.items():
        assert float(row["score"]) == sum(scores[student].values())
        assert float(row["max_score"]) == sum(FULL.values())
