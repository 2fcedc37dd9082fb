"""Maps hold all that they need to show, and stay what the learner made."""

import re

import folium
import numpy as np
import pytest
from folium.raster_layers import ImageOverlay
from IPython.core.interactiveshell import InteractiveShell

from autograder.web_map import FILES, regions, show_offline, sources

SIZE = 600_000
"""Bytes that the scripts and styles of a map may have in all, as they are written into it."""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    """A shell of its own; folium is as it was in the end, and at first as if nothing was shown."""
    for name in ("default_js", "default_css"):
        monkeypatch.setattr(folium.Map, name, [("leaflet", "https://example.org/leaflet")])
    shell = InteractiveShell()
    show_offline(shell)
    return shell


def test_a_map_that_is_displayed_or_saved_asks_no_server_for_scripts(
    shell: InteractiveShell,
) -> None:
    shown = folium.Map(location=[43.77, 1.68])
    ImageOverlay(np.zeros((2, 2, 3)), bounds=[[43.7, 1.6], [43.8, 1.7]]).add_to(shown)
    before = set(shown._children)
    assert shell.display_formatter
    displayed, _ = shell.display_formatter.format(shown)
    assert before == set(shown._children)
    assert "srcdoc" in displayed["text/html"]
    saved = shown.get_root().render()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', saved)
    assert len(addresses) == 6
    assert all(address.startswith("data:") for address in addresses)


def test_other_objects_are_displayed_as_before(shell: InteractiveShell) -> None:
    assert shell.display_formatter
    assert shell.display_formatter.format(3)[0] == {"text/plain": "3"}
    assert folium.Map.default_js[0][1].startswith("https://")


def test_scripts_and_styles_are_small_and_have_no_parts_elsewhere() -> None:
    scripts, styles = sources()
    assert sum(len(url) for _, url in scripts + styles) < SIZE
    for name in ("leaflet.css", "awesome-markers.css"):
        assert "url(" in (FILES / name).read_text()
    assert next(name for name, _ in scripts) == "leaflet"


def test_the_outlines_are_in_degrees() -> None:
    names = {feature["properties"]["name"] for feature in regions()["features"]}
    assert {"Tarn", "Haute-Garonne"} <= names
    (ring,) = regions()["features"][0]["geometry"]["coordinates"]
    assert all(0 < east < 4 and 42 < north < 46 for east, north in ring)
