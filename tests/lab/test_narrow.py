"""On a screen as narrow as a phone's, no text leaves the card, the panel or the table."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from autograder.checks.judging.why import Why
from autograder.checks.showing.card import Card, as_html
from autograder.checks.showing.panel import Panel
from autograder.checks.showing.progress import Progress
from tests.checks.showing.test_card import PICTURE, WRONG
from tests.lab.browser import CHROMIUM, DRIVER, chromium

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here")

WIDTH = 320
LONG = (
    "`" + "x" * 90 + "`",
    "y" * 90,
    "data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy",
    "`gdf.to_crs(epsg=4326).total_bounds.round(6).tolist().__class__.__name__.upper()`",
)
"""Words that break nowhere by themselves."""

BEYOND = """
const edge = document.documentElement.clientWidth;
return [...document.querySelectorAll('[role=group] *')]
    .filter(element => element.getBoundingClientRect().right > edge || element.scrollWidth > edge)
    .map(element => element.outerHTML);
"""


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    browser = chromium()
    size = {"width": WIDTH, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield browser
    browser.quit()


def card(words: str) -> str:
    everywhere = Card.of(
        replace(
            WRONG,
            title=words,
            message=words,
            found=words,
            expected=words,
            see=words,
            remarks=(words,),
            why=Why(words, PICTURE.own, words),
        ),
        notice=words,
        offers=(words,),
        question=words,
    )
    return as_html(everywhere).replace("<details>", "<details open='open'>")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the driver's own sockets
@pytest.mark.parametrize("words", LONG)
def test_no_text_leaves_its_frame(driver: Chrome, tmp_path: Path, words: str) -> None:
    shown = [card(words), Panel(words, (words,), (words,)).as_html()]
    shown.append(Progress(tmp_path).overview().as_html())
    file = tmp_path / "page.html"
    file.write_text(f"<meta charset='utf-8'><body>{''.join(shown)}</body>")
    driver.get(file.as_uri())
    assert driver.execute_script("return window.innerWidth") == WIDTH
    assert driver.execute_script(BEYOND) == []
