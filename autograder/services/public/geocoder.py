"""Nominatim, the search of OpenStreetMap: some thirty places by name."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs

from autograder.services.http.request_response import (
    Request,
    RequestRefused,
    Response,
    json_response,
)
from utils.reference import GEOCODER_URL

_PROGRAM = re.compile(r"((python|curl|wget|aiohttp)\b[^ ]*)?\s*", re.IGNORECASE)
"""A User-Agent that a program sends by itself, or none: it does not say who asks."""

HALF_BOX = 0.04
"""Degrees from a place to the edges of its box."""

COUNTRIES = {
    **{"France": "France", "Luxembourg": "Lëtzebuerg", "Germany": "Deutschland"},
    **{"Bulgaria": "България", "Italy": "Italia", "Spain": "España", "Portugal": "Portugal"},
    **{"Austria": "Österreich", "United Kingdom": "United Kingdom"},
}
"""Names of countries, as they are asked for and as they are answered."""


@dataclass(frozen=True)
class Place:
    """A place that the offline geocoder knows.

    Attributes:
        name: Its name; others stand in `OTHER_NAMES`.
        within: What it lies in, from the inside out; the last is a country.
        latitude: Degrees north.
        longitude: Degrees east.
    """

    name: str
    within: tuple[str, ...]
    latitude: float
    longitude: float


_TARN, _AVEYRON = ("Tarn", "Occitanie", "France"), ("Aveyron", "Occitanie", "France")
_HAUTE_GARONNE, _AUDE = ("Haute-Garonne", "Occitanie", "France"), ("Aude", "Occitanie", "France")
_TARN_ET_GARONNE = ("Tarn-et-Garonne", "Occitanie", "France")
_LUXEMBOURG = ("Luxembourg",)

PLACES = (
    Place("Albi", _TARN, 43.9277, 2.1479),
    Place("Carmaux", _TARN, 44.0497, 2.1575),
    Place("Castres", _TARN, 43.6056, 2.2419),
    Place("Gaillac", _TARN, 43.9014, 1.8986),
    Place("Graulhet", _TARN, 43.7608, 1.9894),
    Place("Lacaune", _TARN, 43.7075, 2.6925),
    Place("Lavaur", _TARN, 43.6986, 1.8194),
    Place("Mazamet", _TARN, 43.4917, 2.3733),
    Place("Puylaurens", _TARN, 43.5717, 2.0122),
    Place("Rabastens", _TARN, 43.8219, 1.7250),
    Place("Réalmont", _TARN, 43.7794, 2.1906),
    Place("Saint-Sulpice-la-Pointe", _TARN, 43.7753, 1.6858),
    Place("Millau", _AVEYRON, 44.0983, 3.0783),
    Place("Rodez", _AVEYRON, 44.3506, 2.5728),
    Place("Villefranche-de-Rouergue", _AVEYRON, 44.3519, 2.0347),
    Place("Toulouse", _HAUTE_GARONNE, 43.6045, 1.4442),
    Place("Montauban", _TARN_ET_GARONNE, 44.0181, 1.3556),
    Place("Carcassonne", _AUDE, 43.2130, 2.3517),
    Place("Castelnaudary", _AUDE, 43.3181, 1.9542),
    Place("Clervaux", _LUXEMBOURG, 50.0547, 6.0314),
    Place("Diekirch", _LUXEMBOURG, 49.8678, 6.1558),
    Place("Differdange", _LUXEMBOURG, 49.5242, 5.8914),
    Place("Dudelange", _LUXEMBOURG, 49.4806, 6.0875),
    Place("Echternach", _LUXEMBOURG, 49.8117, 6.4217),
    Place("Esch-sur-Alzette", _LUXEMBOURG, 49.4958, 5.9806),
    Place("Ettelbruck", _LUXEMBOURG, 49.8475, 6.1042),
    Place("Luxembourg", _LUXEMBOURG, 49.6117, 6.1300),
    Place("Remich", _LUXEMBOURG, 49.5450, 6.3667),
    Place("Vianden", _LUXEMBOURG, 49.9342, 6.2089),
    Place("Wiltz", _LUXEMBOURG, 49.9653, 5.9347),
    Place("Berlin", ("Germany",), 52.5200, 13.4050),
    Place("Lisboa", ("Portugal",), 38.7223, -9.1393),
    Place("London", ("England", "United Kingdom"), 51.5074, -0.1278),
    Place("Madrid", ("Spain",), 40.4168, -3.7038),
    Place("Paris", ("Île-de-France", "France"), 48.8566, 2.3522),
    Place("Roma", ("Lazio", "Italy"), 41.9028, 12.4964),
    Place("Sofia", ("Bulgaria",), 42.6977, 23.3219),
    Place("Wien", ("Austria",), 48.2082, 16.3738),
)
"""The places. Their coordinates are those of the town halls or main squares, within some 500 m."""

OTHER_NAMES = {
    **{"lisbon": "Lisboa", "rome": "Roma", "vienna": "Wien", "софия": "Sofia"},
    **{"luxembourg city": "Luxembourg", "luxemburg": "Luxembourg", "letzebuerg": "Luxembourg"},
    **{"saint-sulpice": "Saint-Sulpice-la-Pointe", "londres": "London", "esch": "Esch-sur-Alzette"},
}
"""Names in other languages, and shorter ones, in the form that `plain` gives."""


def answer(request: Request) -> Response:
    """Answer a search: a list with the place, or an empty one.

    The forms are those of Nominatim's API documentation, its usage policy asks for a User-Agent of
    one's own. How many requests come in a second is not looked at.

    Raises:
        RequestRefused: It is another address or method, nothing is asked for, or nobody says who
            asks.
    """
    if request.url.partition("?")[0] != GEOCODER_URL:
        raise RequestRefused("Not Found", 404)
    if request.method != "GET":
        raise RequestRefused("Method Not Allowed", 405)
    if _PROGRAM.fullmatch(request.headers.get("User-Agent", "")):
        raise RequestRefused(
            "Access denied. See https://operations.osmfoundation.org/policies/nominatim/", 403
        )
    options = {name: values[0] for name, values in parse_qs(request.parts.query).items()}
    if options.get("format", "jsonv2") not in {"json", "jsonv2"}:
        raise RequestRefused("Offline only format=json is served", 400)
    if not options.get("q", "").strip():
        error = {"code": 400, "message": "Nothing to search for."}
        return json_response(400, {"error": error})
    found = find(options["q"])
    return json_response(200, [_described(found)] if found else [])


def find(query: str) -> Place | None:
    """The place that a query names, with or without what it lies in behind a comma."""
    name, *within = map(plain, query.split(","))
    for place in PLACES:
        if plain(OTHER_NAMES.get(name, name)) != plain(place.name):
            continue
        country = place.within[-1]
        around = {plain(one) for one in (*place.within, COUNTRIES[country])}
        if all(part in around for part in within if part):
            return place
    return None


def plain(name: str) -> str:
    """A name in small letters, without accents, with single spaces."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare).strip().lower()


def _described(place: Place) -> dict[str, object]:
    """A place in Nominatim's form: numbers as text, the box as south, north, west, east."""
    number = PLACES.index(place) + 1
    south, north = place.latitude - HALF_BOX, place.latitude + HALF_BOX
    west, east = place.longitude - HALF_BOX, place.longitude + HALF_BOX
    *within, country = place.within
    return {
        "place_id": number,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "relation",
        "osm_id": number,
        "lat": f"{place.latitude:.7f}",
        "lon": f"{place.longitude:.7f}",
        "class": "boundary",
        "type": "administrative",
        "place_rank": 16,
        "importance": 0.5,
        "addresstype": "town",
        "name": place.name,
        "display_name": ", ".join([place.name, *within, COUNTRIES[country]]),
        "boundingbox": [f"{edge:.7f}" for edge in (south, north, west, east)],
    }
