"""The geocoder answers in Nominatim's form, and only to programs that say who asks."""

import pytest
import requests
import shapely
from rasterio.warp import transform

from autograder.patches.nuts import REGIONS
from autograder.patches.tile_index import INDEXED, tiles_of
from autograder.services.public.geocoder import PLACES, Place
from utils.reference import GEOCODER_URL, LAEA, WGS84

HTTP = requests.Session()  # a new one would load the authorities at every request

pytestmark = pytest.mark.usefixtures("services")

OUTLINES = {region.name: shapely.Polygon(region.vertices) for region in REGIONS}


def ask(query: str | None, agent: str | None = "my-notebook", **options: str) -> requests.Response:
    parameters = {"q": query, "format": "json", "limit": "1", **options}
    return HTTP.get(GEOCODER_URL, params=parameters, headers={"User-Agent": agent}, timeout=10)


def found(query: str) -> str:
    """Name of the place that a query finds, or nothing."""
    answer = ask(query).json()
    return str(answer[0]["name"]) if answer else ""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_place_is_found_where_it_lies(place: Place) -> None:
    (answer,) = ask(place.name).json()
    assert answer["display_name"].startswith(f"{place.name}, ")
    assert isinstance(answer["lat"], str)
    assert isinstance(answer["lon"], str)
    south, north, west, east = answer["boundingbox"]
    assert float(south) < float(answer["lat"]) < float(north)
    assert float(west) < float(answer["lon"]) < float(east)
    (x,), (y,) = transform(WGS84, LAEA, [float(answer["lon"])], [float(answer["lat"])])
    around = {name for name, outline in OUTLINES.items() if outline.contains(shapely.Point(x, y))}
    assert around == {place.within[0]} & OUTLINES.keys()


def test_enough_places_have_a_tile_and_some_have_none() -> None:
    places = [shapely.Point(*_metres(place)) for place in PLACES]
    tiles = [shapely.box(*box) for nuts in INDEXED for box in tiles_of(nuts).values()]
    covered = [shapely.intersects(tiles, place).any() for place in places]
    assert len(PLACES) >= 30
    assert 20 <= sum(covered) <= len(PLACES) - 10


def _metres(place: Place) -> tuple[float, float]:
    (x,), (y,) = transform(WGS84, LAEA, [place.longitude], [place.latitude])
    return x, y


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("réalmont", "Réalmont"),
        ("REALMONT", "Réalmont"),
        ("  Albi ", "Albi"),
        ("Albi, France", "Albi"),
        ("Albi,Tarn", "Albi"),
        ("Vienna", "Wien"),
        ("Sofia, България", "Sofia"),
        ("Luxembourg City", "Luxembourg"),
        ("Albi, Germany", ""),
        ("Atlantis", ""),
        ("Al", ""),
    ],
)
def test_a_place_is_found_by_the_names_that_people_write(query: str, name: str) -> None:
    assert found(query) == name


@pytest.mark.parametrize("agent", ["", None, "python-requests/2.32.3", "curl/8.5.0"])
def test_who_does_not_say_who_asks_is_refused(agent: str | None) -> None:
    answer = ask("Albi", agent)
    assert (answer.status_code, "Access denied" in answer.text) == (403, True)


@pytest.mark.parametrize(("query", "options"), [("", {}), (None, {}), ("Albi", {"format": "xml"})])
def test_a_search_without_words_or_in_another_format_is_refused(
    query: str | None, options: dict[str, str]
) -> None:
    assert ask(query, **options).status_code == 400


def test_other_addresses_and_methods_are_refused() -> None:
    agent = {"User-Agent": "my-notebook"}
    reverse = GEOCODER_URL.replace("search", "reverse")
    assert HTTP.get(reverse, headers=agent, timeout=10).status_code == 404
    assert HTTP.post(GEOCODER_URL, headers=agent, timeout=10).status_code == 405
