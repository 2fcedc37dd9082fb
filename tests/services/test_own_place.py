"""The notebook "Your own place": any place, the common slips, and services that refuse."""

import ast
import warnings
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pytest
import requests
import shapely
from shapely.geometry import Point

from autograder.checks import own_place
from autograder.checks.own_place import check_place
from autograder.checks.reading.blank import Blank
from autograder.checks.texts import card as say
from autograder.notebooks.source import OWN_PLACE, filled, read, with_blanks
from autograder.services import ServicesClient
from utils import find_place, places, read_index, regions_with_images, tile_url
from utils.errors import CourseError
from utils.reference import GEOCODER_URL, NUTS_URL

YEAR = 2018
STEPS = [cell.source for cell in read(OWN_PLACE).cells if "«" in cell.source]

pytestmark = pytest.mark.usefixtures("services")


@pytest.fixture
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The names that the given cells of the notebook make, for one place."""
    nuts = gpd.read_file(NUTS_URL)
    return {
        **{"gpd": gpd, "np": np, "shapely": shapely, "Point": Point, "nuts": nuts, "year": YEAR},
        **{"place": find_place(request.param), "served": regions_with_images(YEAR)},
    }


def said(code: str, names: dict[str, Any]) -> str:
    """What the check at the end of a step's cell says."""
    *lines, check = ast.parse(code).body
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of geopandas, where two systems are joined
        exec(ast.unparse(ast.Module(lines, [])), names)
    assert isinstance(check, ast.Expr)
    panel = eval(ast.unparse(check), names | {"check_place": check_place})
    assert ("right" in panel.heading) == panel.heading.endswith("right")
    return f"{panel.heading}: {panel.notes[0]}"


def solved(step: int, names: dict[str, Any], changes: dict[str, str] | None = None) -> str:
    """What is said of a step whose solution is changed, when those before it are right."""
    for before in STEPS[: step - 1]:
        assert "right" in said(filled(before), names)
    code = filled(STEPS[step - 1])
    for old, new in (changes or {}).items():
        assert old in code
        code = code.replace(old, new)
    return said(code, names)


PLACES = {
    "Albi": ("Tarn", "FRJ27", ""),
    "Millau": ("Aveyron", "FRJ22", ""),
    "Wiltz": ("Luxembourg", "LU000", ""),
    "Dudelange": ("Luxembourg", "LU000", "no tile"),
    "Toulouse": ("Haute-Garonne", "FRJ27", "no tile"),
    "Carcassonne": ("Aude", "FRJ27", "no tile"),
    "Berlin": ("No region", "LU000", "no tile"),
}


@pytest.mark.parametrize("names", PLACES, indirect=True)
def test_right_steps_are_right_for_whatever_place(names: dict[str, Any]) -> None:
    region, nearest, tile = PLACES[names["place"]["name"]]
    assert names["place"]["lat"][:5] in solved(1, names)
    assert region in solved(2, names)
    assert f"`{nearest}`" in solved(3, names)
    names["index"] = read_index(nearest, YEAR)
    assert ("has no tile at your place" in solved(4, names)) == bool(tile)
    name = names["tile_for"](names["point"].iloc[0], names["index"])
    assert requests.get(tile_url(nearest, YEAR, name), timeout=60).content[:2] == b"II"


SLIPS = {
    1: {
        "place-text": {"float(": "("},
        "place-swapped": {'"lon"': '"lat"', '"lat"])\n': '"lon"])\n'},
        "place-rounded": {"float(": "int(float(", '"])': '"]))'},
        "place-elsewhere": {'float(place["lon"])': "9.0"},
        "place-unread": {'float(place["lon"])': "object()"},
    },
    2: {
        "place-not-projected": {".to_crs(nuts.crs)": ""},
        "place-relabelled": {".to_crs(nuts.crs)": ".set_crs(nuts.crs, allow_override=True)"},
        "place-other-crs": {"to_crs(nuts.crs)": 'to_crs("EPSG:3857")'},
        "place-swapped-metres": {"Point(lon, lat)": "Point(lat, lon)"},
        "place-far": {"Point(lon, lat)": "Point(lon + 1, lat)"},
        "place-no-series": {".to_crs(nuts.crs)": ".to_crs(nuts.crs).iloc[0]",
                            'point.to_frame("geometry")': "nuts"},
        "place-other-region": {"gpd.sjoin(": "nuts.copy() if True else gpd.sjoin("},
        "place-no-join": {"gpd.sjoin(": "len(nuts) or gpd.sjoin("},
    },
    3: {
        "place-farther": {"idxmin": "idxmax"},
        "place-without-images": {"candidates.loc": "nuts.loc", "candidates.distance":
                                 'nuts[nuts["NUTS_ID"].isin({"FRJ11"})].distance'},
        "place-no-code": {'.loc[distance.idxmin(), "NUTS_ID"]': ""},
    },
    4: {
        "place-tile-edge-raises": {"distances.argmin()":
                                   "np.flatnonzero(shapely.within(point, boxes))[0]"},
        "place-tile-edge": {"return index": "return shapely.within(point, boxes).any() and index"},
        "place-tile-outside-raises": {"distances.argmin()":
                                      "np.flatnonzero(shapely.covers(boxes, point))[0]"},
        "place-tile-outside": {"return index":
                               "return shapely.covers(boxes, point).any() and index"},
        "place-tile-inside": {"argmin": "argmax"},
        "place-tile-inside-raises": {'index["filename"]': 'index["name"]'},
        "place-no-function": {"def tile_for": "tile_for = 'a name'\ndef another"},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "key"), [(step, key) for step, slips in SLIPS.items() for key in slips]
)
@pytest.mark.parametrize("names", ["Albi", "Dudelange"], indirect=True)
def test_a_slip_is_named(names: dict[str, Any], step: int, key: str) -> None:
    if step == 4:
        names["index"] = read_index("FRJ27", YEAR)
    if (step, key) == (1, "place-swapped"):
        code = 'lon, lat = float(place["lat"]), float(place["lon"])\n'
        found = said(code + "check_place(1, place, lon=lon, lat=lat)", names)
    else:
        found = solved(step, names, SLIPS[step][key])
    assert "not yet" in found
    words = say(key, **dict.fromkeys(("value", "lat", "lon", "kind", "crs", "kilometres"), "§"),
                **dict.fromkeys(("count", "code", "own", "least", "year"), "§"))  # fmt: skip
    for part in words.split("§"):
        assert part in found


@pytest.mark.parametrize("names", ["Albi"], indirect=True)
@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_blank_is_named(names: dict[str, Any], step: int) -> None:
    solved(step - 1, names) if step > 1 else None
    names["___"] = Blank()
    assert "is still `___`" in said(with_blanks(STEPS[step - 1]), names)


@pytest.mark.parametrize(("step", "place"), [(0, {"lat": "1", "lon": "1"}), (1, "Albi"), (1, {})])
def test_what_is_no_step_or_no_place_is_said_in_a_line(step: int, place: Any) -> None:
    with pytest.raises(CourseError):
        check_place(step, place, lon=1.0, lat=1.0)


def test_a_place_is_asked_for_once_and_says_who_asks(
    services: ServicesClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_known", {})
    pauses: list[float] = []
    monkeypatch.setattr(places, "sleep", pauses.append)
    assert find_place("Lavaur") == find_place("Lavaur")
    find_place("Gaillac")
    asked = [entry for entry in services.requests() if entry["url"].startswith(GEOCODER_URL)]
    assert len(asked) == 2
    assert "satellite-course" in str(asked[0]["request"]["headers"])
    assert 0.5 < pauses[1] <= 1


@pytest.mark.parametrize(
    ("ask", "part"),
    [
        (lambda: find_place("Atlantis"), "knows no place 'Atlantis'"),
        (lambda: find_place(""), "name of the place is ''"),
        (lambda: find_place(cast("str", 7)), "name of the place is 7"),
        (lambda: read_index("FRJ23", 2018), "status 404"),
        (lambda: read_index("FRJ27", 1999), "status 404"),
    ],
)
def test_what_is_not_there_is_an_error_with_what_to_do(ask: Any, part: str) -> None:
    with pytest.raises(CourseError, match=part) as error:
        ask()
    assert error.value.todo


def test_no_service_is_an_error_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(CourseError, match="does not come from"):
        find_place("Castres")
    own_place._regions.cache_clear()
    point = gpd.GeoSeries([Point(2, 44)], crs="EPSG:4326").to_crs("EPSG:3035")
    with pytest.raises(CourseError, match="could not read the outlines"):
        check_place(2, {"lat": "44", "lon": "2"}, point=point, region=point.to_frame())
