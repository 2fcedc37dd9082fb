"""Nothing that a learner wrote does anything but stand on a page to be read."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from autograder.grading.reports import rendering
from tests.grading.reports.reading_pages import learners_pages, read, report
from tests.grading.results.many_records import hostile_records, learners
from tests.lab.browser import CHROMIUM, DRIVER, chromium


def test_hostile_texts_are_text_on_every_page(tmp_path: Path) -> None:
    page = report(tmp_path, hostile_records())
    assert len(page.findall(".//table[@id='scores']/tbody/tr")) == len(hostile_records())
    ours = {"bdi", "code"}  # made by Python, the others stand in the templates
    for template in (Path(rendering.__file__).parent / "templates").glob("*.html"):
        ours |= set(re.findall(r"<([a-z]+[1-6]?)", template.read_text("utf-8")))
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        assert {element.tag for element in read(path).iter()} <= ours
        assert not unprintable(path)


def unprintable(page: Path) -> set[str]:
    """Characters that do not print: controls, turns of direction, invisible ones."""
    return {c for c in page.read_text("utf-8") if not c.isprintable()} - {"\n"}


def test_pages_load_nothing_and_run_only_their_own_script(tmp_path: Path) -> None:
    report(tmp_path, hostile_records())
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        page = read(path)
        (policy,) = (
            element.attrib["content"]
            for element in page.iter("meta")
            if element.attrib.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        for kind in ("style", "script"):
            texts = [element.text or "" for element in page.iter(kind)]
            hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
            allowed = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes]
            named = re.findall(rf"{kind}-src ([^;]*)", policy)
            assert (named or [""]) == ([" ".join(allowed)] if texts or named else [""])
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert "style" not in element.attrib
            for name in ("src", "href"):
                value = element.attrib.get(name, "#")
                assert value.startswith(("#", "data:", "report/", "../report.html", "../feedback/"))


def test_long_texts_do_not_swell_the_report(tmp_path: Path) -> None:
    long = [record for record in hostile_records() if len(record.student) > 1000]
    report(tmp_path, long)
    assert (tmp_path / "report.html").stat().st_size < 200_000


# --- in a browser -------------------------------------------------------------------------------

needs_chromium = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here")


@pytest.fixture
def browser() -> Iterator[Chrome]:
    driver = chromium()
    yield driver
    driver.quit()


@needs_chromium
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the driver's own sockets
def test_nothing_of_a_learners_runs_in_a_browser(tmp_path: Path, browser: Chrome) -> None:
    report(tmp_path, hostile_records())
    for path in (tmp_path / "report.html", *learners_pages(tmp_path)):
        browser.get(path.as_uri())
        assert browser.execute_script("return window.ran === undefined")
        assert browser.execute_script("return document.title !== 'ran'")
        assert browser.get_log("browser") == []


@needs_chromium
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_table_sorts_and_finds(tmp_path: Path, browser: Chrome) -> None:
    records = learners(30)
    report(tmp_path, records)
    browser.get((tmp_path / "report.html").as_uri())

    def shown() -> list[WebElement]:
        rows = browser.find_elements(By.CSS_SELECTOR, "#scores tbody tr")
        return [row for row in rows if row.is_displayed()]

    def points() -> list[float]:
        cells = [row.find_element(By.CSS_SELECTOR, "td").text for row in shown()]
        return [float(cell) for cell in cells if cell[:1].isdigit()]

    button = browser.find_element(By.CSS_SELECTOR, "#scores th:nth-child(2) button")
    button.click()
    assert points() == sorted(points())
    button.send_keys(Keys.ENTER)
    assert points() == sorted(points(), reverse=True)
    assert len(shown()) == 30
    field = browser.find_element(By.CSS_SELECTOR, "#finder input")

    def found(text: str) -> list[str]:
        field.clear()
        field.send_keys(text)
        return sorted(row.find_element(By.TAG_NAME, "th").text for row in shown())

    one = records[4].student
    assert found(one) == [one]
    assert browser.find_element(By.CSS_SELECTOR, "[role=status]").text == "1 of 30 shown"
    accents = sorted(record.student for record in records if "Ångström" in record.student)
    assert accents
    assert found("angstrom") == found("ÅNGSTRÖM") == accents
    assert browser.get_log("browser") == []


@needs_chromium
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_class_fits_a_laptop_and_only_the_table_scrolls_on_less(
    tmp_path: Path, browser: Chrome
) -> None:
    report(tmp_path, learners(25))
    for width in (1280, 600):
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get((tmp_path / "report.html").as_uri())
        page = "return document.documentElement.scrollWidth"
        assert browser.execute_script(page) <= width
        table = "const table = document.querySelector('.wide'); return table.scrollWidth"
        if width == 1280:
            assert browser.execute_script(f"{table} <= table.clientWidth")


@needs_chromium
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_without_scripts_all_is_there_and_no_control_is_dead(
    tmp_path: Path, browser: Chrome
) -> None:
    report(tmp_path, learners(30))
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get((tmp_path / "report.html").as_uri())
    assert len(browser.find_elements(By.CSS_SELECTOR, "#scores tbody tr")) == 30
    assert browser.find_elements(By.CSS_SELECTOR, "button, input") == []
