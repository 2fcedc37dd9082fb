"""A map shows in JupyterLab where there is no network: its scripts, its image, the regions."""

from pathlib import Path

import pytest

from autograder.notebooks.build_notebooks import make, write
from autograder.notebooks.source import read_all
from tests.lab.browser import CHROMIUM, DRIVER, Browser, Lab, until

MAP = "m = folium.Map"

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the driver's own sockets
def test_a_map_shows_the_image_above_the_outlines_of_regions(tmp_path: Path) -> None:
    (notebook,) = (item for item in read_all() if item.name == "04-maps")
    write(make(notebook, solved=True), tmp_path, "04-maps")
    with Lab(tmp_path) as lab, Browser(lab, "04-maps.ipynb") as browser:
        browser.run_all()
        until(lambda: "5 of 5 points" in browser.output("check(8)").text, "the card")
        frame = until(
            lambda: browser.output(MAP).find_elements("css selector", "iframe"), "the map"
        )[0]
        browser.driver.switch_to.frame(frame)
        until(
            lambda: browser.driver.find_elements("css selector", "img.leaflet-image-layer"),
            "the image",
        )
        until(
            lambda: browser.driver.find_elements("css selector", ".leaflet-regions-pane path"),
            "the regions",
        )
        loaded = browser.driver.execute_script(
            "return [...document.scripts, ...document.styleSheets]"
            ".map(item => item.src || item.href || '').filter(url => url.startsWith('http'))"
        )
        assert loaded == []
        browser.driver.switch_to.default_content()
        browser.cell(MAP)
        browser.driver.save_screenshot(str(tmp_path / "map.png"))
