"""A learner opens the rasterio notebook, answers exercise 5 wrongly and then rightly."""

import shutil
from pathlib import Path

import pytest
from selenium.webdriver.remote.webelement import WebElement

from autograder.notebooks.source import read_all
from autograder.root import RELEASED
from tests.lab.browser import CHROMIUM, DRIVER, Browser, Lab, until

NOTEBOOK = "02-patches-with-rasterio"
EXERCISE = next(item for item in read_all()[1].exercises if item.number == 5)
START = "start_course()"
LEARNERS_CELL = "nir ="

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the driver's own sockets
def test_a_wrong_and_then_a_right_answer_show_two_cards(tmp_path: Path) -> None:
    folder = tmp_path / "my course"
    folder.mkdir()
    shutil.copy(RELEASED / f"{NOTEBOOK}.ipynb", folder)
    with Lab(folder) as lab, Browser(lab, f"{NOTEBOOK}.ipynb") as browser:
        browser.run(START)
        assert "Ready" in browser.output(START).text
        browser.run("check(5)")
        assert "Run All Above Selected Cell" in browser.output("check(5)").text
        browser.run(LEARNERS_CELL)
        browser.run("check(5)")
        assert "still empty" in browser.output("check(5)").text
        wrong = EXERCISE.solution.replace("src.read(8)", "src.read(9)")
        browser.type(LEARNERS_CELL, wrong)
        browser.run(LEARNERS_CELL)
        browser.run("check(5)")
        card = browser.output("check(5)")
        assert "2 of 5 points" in card.text
        assert "B8A" in card.text
        assert card.find_elements("css selector", "[role=group]")
        assert_the_link_leads_to_its_section(browser, card)
        browser.run("check(5)")
        assert "Nothing has run since your last check" in browser.output("check(5)").text
        browser.type(LEARNERS_CELL, EXERCISE.solution)
        browser.run(LEARNERS_CELL)
        browser.run("check(5)")
        card = browser.output("check(5)")
        assert "5 of 5 points" in card.text
        assert "values: right" in card.text
        browser.type(LEARNERS_CELL, "answer(5, (3, 8))")
        browser.run("answer(5")
        assert "water comes out above 0" in browser.output("answer(5").text


def assert_the_link_leads_to_its_section(browser: Browser, card: WebElement) -> None:
    """Click the link behind "See:", and wait until its heading is in sight."""
    link = card.find_element("css selector", "a")
    assert link.text == EXERCISE.see
    assert not browser.driver.execute_script(IN_SIGHT, EXERCISE.see)
    link.click()
    until(lambda: browser.driver.execute_script(IN_SIGHT, EXERCISE.see), "the section")


IN_SIGHT = """
const heading = [...document.querySelectorAll('.jp-Notebook h2, .jp-Notebook h3')].find(
    element => element.textContent.startsWith(arguments[0]));
const place = heading ? heading.getBoundingClientRect().top : -1;
return place >= 0 && place < window.innerHeight;
"""
