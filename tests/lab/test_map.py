"""A map shows in JupyterLab where there is no network: its scripts, its image, the regions."""

from pathlib import Path

import pytest

from autograder.notebooks.build_notebooks import make, write
from autograder.notebooks.source import read_all
from tests.lab.browser import CHROMIUM, DRIVER, Browser, Lab, until

MAP = "m = folium.Map"
"""Words of the cell that makes the map."""

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no Chromium here")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the driver's own sockets
def test_a_map_shows_the_image_above_the_outlines_of_regions(tmp_path: Path) -> None:
    (notebook,) = (item for item in read_all() if item.name == "04-maps")
    write(make(notebook, solved=True), tmp_path, "04-maps")
    with Lab(tmp_path) as lab, Browser(lab, "04-maps.ipynb") as browser:
        for words in ("start_course()", "tile_crs, tile_bounds", MAP, "check(8)"):
            browser.run(words)
        assert "5 of 5 points" in browser.output("check(8)").text
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
