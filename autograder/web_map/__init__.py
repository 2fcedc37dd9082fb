"""Web maps that show without network: folium's scripts and styles, put into the map itself.

A browser that shows a notebook does not ask the offline services, so what a map needs travels with
it, as data URLs. Tiles come from the internet where there is one; elsewhere the outlines of regions
take their place.
"""

import base64
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from autograder.patches import PRACTICE, World
from utils.reference import LAEA, WGS84

FILES = Path(__file__).parent / "files"
"""Leaflet, jQuery and Leaflet.awesome-markers, with their licences."""

_IMAGE = re.compile(r"""url\(['"]?images/([\w@-]+)\.png['"]?\)""")
_MARKERS = {"markers-soft": "markers-plain", "markers-soft@2x": "markers-plain"}
"""Images of markers in the style of others, which are smaller."""

_DIGITS = 4
"""Digits of outlines in degrees: ten metres."""


def show_offline(shell: Any) -> None:
    """Let a notebook's maps show without network, from the first that is displayed.

    Effects: folium's maps use other scripts and styles, also when they are saved. A map itself
    stays as it was made.

    Args:
        shell: The IPython shell of the notebook.
    """
    html = shell.display_formatter.formatters["text/html"]
    html.for_type_by_name("folium.folium", "Map", _html)


def _html(shown: Any) -> str:
    """A map as the notebook displays it."""
    import folium

    folium.Map.default_js, folium.Map.default_css = sources()
    return str(shown._repr_html_())


@cache
def sources() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Scripts and styles of a map: names as folium calls them, and data URLs."""
    given = {name: _url(f"marker-{name}.png", "image/png") for name in ("icon", "shadow")}
    settings = json.dumps(given | {"regions": regions()}, separators=(",", ":"))
    offline = f"const courseMap = {settings};\n{(FILES / 'offline.js').read_text(encoding='utf-8')}"
    scripts = [
        ("leaflet", _url("leaflet.js", "text/javascript")),
        ("jquery", _url("jquery.slim.js", "text/javascript")),
        ("awesome_markers", _url("awesome-markers.js", "text/javascript")),
        ("offline", _data(offline.encode(), "text/javascript")),
    ]
    styles = [
        ("leaflet_css", _style("leaflet.css")),
        ("awesome_css", _style("awesome-markers.css")),
    ]
    return scripts, styles


def regions() -> dict[str, Any]:
    """The outlines of the practice world's regions as GeoJSON, in degrees."""
    from rasterio.warp import transform_geom

    content = json.loads(World.load(PRACTICE).nuts.read_bytes())
    features = [
        {
            "type": "Feature",
            "properties": {"name": feature["properties"]["NUTS_NAME"]},
            "geometry": transform_geom(LAEA, WGS84, feature["geometry"], precision=_DIGITS),
        }
        for feature in content["features"]
    ]
    return {"type": "FeatureCollection", "features": features}


def _style(name: str) -> str:
    """A style with its images in it; an image that is not there is left out."""

    def image(match: re.Match[str]) -> str:
        file = f"{_MARKERS.get(match[1], match[1])}.png"
        return f"url({_url(file, 'image/png')})" if (FILES / file).exists() else "none"

    text = _IMAGE.sub(image, (FILES / name).read_text(encoding="utf-8"))
    return _data(text.encode(), "text/css")


def _url(name: str, media: str) -> str:
    return _data((FILES / name).read_bytes(), media)


def _data(content: bytes, media: str) -> str:
    return f"data:{media};charset=utf-8;base64,{base64.b64encode(content).decode()}"
