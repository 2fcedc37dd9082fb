"""A random slip with a middle or an area is found again; places and joins are told truly."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

from autograder.checks import texts
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.places import areas, gazetteer, joins, points, telling
from autograder.checks.explaining.places.boxes import Slip
from autograder.checks.explaining.places.points import SOUTH_NORTH, WEST_EAST, Point, Value
from autograder.checks.explaining.places.rectangles import DEGREE_SIDES, Rectangle
from tests.checks.explaining.places.random_places import TRIES, pixels_of, somewhere
from utils.reference import LAEA, WGS84

Rng = np.random.Generator
Found = Callable[[Rng], bool]
Changed = tuple[float, tuple[int, ...]]
BOTH = (SOUTH_NORTH, WEST_EAST)


def _middle(bounds: list[float]) -> list[float]:
    west, south, east, north = bounds
    return [(south + north) / 2, (west + east) / 2]


def _one_wrong(kind: str, change: Callable[[Rng, list[float], int], Changed]) -> Found:
    """One of the two numbers is changed; the other is right."""

    def found(rng: Rng) -> bool:
        patch, place = somewhere(rng), int(rng.integers(2))
        bounds = patch.sides(WGS84).tolist()
        numbers = _middle(bounds)
        numbers[place], sides = change(rng, bounds, place)
        return points.point_of(numbers, bounds, patch) == Point(Value(kind, WGS84, sides), place)

    return found


def side(rng: Rng, bounds: list[float], place: int) -> Changed:
    chosen = int(rng.integers(4))
    return bounds[chosen], (chosen,)


def total(rng: Rng, bounds: list[float], place: int) -> Changed:
    low, high = BOTH[place]
    return bounds[low] + bounds[high], (low, high)


def half_size(rng: Rng, bounds: list[float], place: int) -> Changed:
    low, high = BOTH[place]
    return (bounds[high] - bounds[low]) / 2, (low, high)


def no_brackets(rng: Rng, bounds: list[float], place: int) -> Changed:
    low, high = BOTH[place]
    return bounds[low] + bounds[high] / 2, (low, high)


def mixed_mean(rng: Rng, bounds: list[float], place: int) -> Changed:
    chosen = ((0, 1), (0, 3), (1, 2), (2, 3))[rng.integers(4)]
    return (bounds[chosen[0]] + bounds[chosen[1]]) / 2, chosen


def swapped(rng: Rng) -> bool:
    patch = somewhere(rng)
    bounds = patch.sides(WGS84).tolist()
    point = points.point_of(_middle(bounds)[::-1], bounds, patch)
    return point == Point(Value("centre-swapped"))


def in_metres(rng: Rng) -> bool:
    patch = somewhere(rng)
    system = str(rng.choice([own for own in patch.systems if own != WGS84]))
    x, y = patch.middle(system)
    point = points.point_of((y, x), patch.sides(WGS84).tolist(), patch)
    return point == Point(Value("centre-system", system, SOUTH_NORTH))


def middle_of_another(rng: Rng) -> bool:
    patch, other = somewhere(rng), somewhere(rng)
    x, y = other.middle(WGS84)
    bounds = patch.sides(WGS84).tolist()
    point = points.point_of((y, x), bounds, patch, lambda: {"other": other})
    return point is not None and (point.value.kind, point.name) == ("centre-elsewhere", "other")


def middle_rounded(rng: Rng) -> bool:
    patch, decimals = somewhere(rng), int(rng.integers(0, 3))
    bounds = patch.sides(WGS84).tolist()
    numbers = [round(number, decimals) for number in _middle(bounds)]
    point = points.point_of(numbers, bounds, patch)
    return point is not None and point.value.kind == "centre-rounded"


def _area(kind: str, change: Callable[[Rng, Rectangle], float], **more: Any) -> Found:
    def found(rng: Rng) -> bool:
        patch = somewhere(rng, square=rng.random() < 0.3)
        number = change(rng, patch)
        measure = areas.measure_of(number, patch.outline(LAEA), patch, pixels_of(patch), **more)
        return measure is not None and measure.kind == kind

    return found


def _square_metres(patch: Rectangle) -> float:
    return float(patch.outline(LAEA).area)


REGION = shapely.Polygon([(3.6e6, 2.2e6), (3.71e6 + 0.37, 2.213e6), (3.67e6, 2.317e6 + 0.11)])


KINDS: dict[str, Found] = {
    "centre-side": _one_wrong("centre-side", side),
    "centre-sum": _one_wrong("centre-sum", total),
    "centre-half-size": _one_wrong("centre-half-size", half_size),
    "centre-no-brackets": _one_wrong("centre-no-brackets", no_brackets),
    "centre-mixed": _one_wrong("centre-mixed", mixed_mean),
    "centre-swapped": swapped,
    "centre-in-metres": in_metres,
    "centre-of-another": middle_of_another,
    "centre-rounded": middle_rounded,
    "area-square-metres": _area("area-square-metres", lambda _, patch: _square_metres(patch)),
    "area-hectares": _area("area-hectares", lambda _, patch: _square_metres(patch) / 1e4),
    "area-pixels": _area("area-pixels", lambda _, patch: float(np.prod(pixels_of(patch)))),
    "area-perimeter": _area(
        "area-perimeter",
        lambda rng, patch: patch.outline(LAEA).length * rng.choice([1, 1e-3, 1e-6]),
    ),
    "area-width": _area("area-width", lambda _, patch: (patch.bounds[2] - patch.bounds[0]) / 1e3),
    "area-degrees": _area(
        "area-degrees", lambda rng, patch: patch.outline(WGS84).area * rng.choice([1, 1e-6])
    ),
    "area-mercator": _area(
        "area-mercator", lambda rng, patch: patch.outline("EPSG:3857").area / 1e6
    ),
    "area-system": _area(
        "area-system", lambda rng, patch: patch.outline(patch.systems[3]).area / 1e6
    ),
    "area-upright": _area(
        "area-upright",
        lambda rng, patch: Rectangle(tuple(patch.sides(WGS84)), WGS84).outline(LAEA).area / 1e6,
    ),
    "area-region": _area(
        "area-region", lambda rng, patch: REGION.area / 1e6, regions=lambda: {"Tarn": REGION}
    ),
    "area-rows": _area("area-rows", lambda rng, patch: 2 * _square_metres(patch) / 1e6, touched=2),
    "area-too-small": _area(
        "area-too-small", lambda rng, patch: _square_metres(patch) / 10.0 ** rng.integers(7, 13)
    ),
    "area-rounded": _area(
        "area-rounded", lambda rng, patch: float(int(_square_metres(patch) / 1e6))
    ),
}
"""Kinds of slips, and whether a random one of the kind is found again."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_found_again(kind: str) -> None:
    rng = np.random.default_rng(len(kind))
    assert all(KINDS[kind](rng) for _ in range(TRIES))


def test_what_is_right_has_no_slip() -> None:
    rng = np.random.default_rng(4)
    for _ in range(TRIES):
        patch = somewhere(rng)
        bounds = patch.sides(WGS84).tolist()
        assert points.point_of(_middle(bounds), bounds, patch) is None
        outline = patch.outline(LAEA)
        assert areas.measure_of(outline.area / 1e6, outline, patch, pixels_of(patch)) is None


KNOWN = {
    "Mogadishu": (45.34, 2.04, "somalia"),
    "Barawa": (44.03, 1.11, "somalia"),
    "Khartoum": (32.53, 15.59, "sudan"),
    "Nairobi": (36.82, -1.29, ""),
    "Mombasa": (39.67, -4.04, ""),
    "Riyadh": (46.72, 24.63, "saudi-arabia"),
    "Toulouse": (1.44, 43.6, "france"),
    "Paris": (2.35, 48.86, ""),
    "Ankara": (32.85, 39.93, "turkey"),
    "Isfahan": (51.67, 32.65, "iran"),
    "Addis Ababa": (38.74, 9.03, "ethiopia"),
    "Djibouti": (43.15, 11.59, ""),
    "Cairo": (31.24, 30.04, ""),
    "Accra": (-0.19, 5.6, ""),
    "Null Island": (0, 0, "gulf-of-guinea"),
    "Malé": (73.51, 4.18, "indian-ocean"),
    "Colombo": (79.86, 6.93, ""),
    "Lisbon": (-9.14, 38.72, ""),
    "Azores": (-25.67, 37.74, "north-atlantic"),
    "Reykjavik": (-21.9, 64.1, ""),
    "Palma": (2.65, 39.57, ""),
    "Algiers": (3.06, 36.75, ""),
    "Sanaa": (44.21, 15.35, ""),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_place_lies_where_it_lies(name: str) -> None:
    longitude, latitude, key = KNOWN[name]
    assert gazetteer.place(longitude, latitude) == key


def test_each_place_has_a_name() -> None:
    keys = {place[0] for place in gazetteer.PLACES}
    assert keys == texts.read(texts.ANY_EXERCISE, "en").places.keys()
    assert all(texts.of_place(key) for key in keys)


WAYS = {
    'joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")': joins.BY_POSITION,
    'joined = gpd.sjoin(tile_gdf, nuts)  # not predicate="within"': joins.BY_POSITION,
    'joined = tile_gdf.sjoin(nuts, "inner", "within")': joins.WITH + "within",
    'joined = gpd.sjoin(tile_gdf, nuts, "inner", "covered_by")': joins.WITH + "covered_by",
    'how = "within"\njoined = sjoin(tile_gdf, nuts, predicate=how)': joins.WITH + "within",
    "joined = nuts[nuts.contains(tile_geom)]": joins.WITH + "contains",
    'joined = nuts[nuts["NUTS_NAME"].str.contains("Tarn")]  # sjoin': joins.NOT_BY_POSITION,
    "joined = nuts[nuts.contains(tile_geom.centroid)]": joins.BY_MIDDLE,
    "joined = gpd.overlay(tile_gdf, nuts)": joins.CUT,
    "joined = tile_gdf.clip(nuts)": joins.CUT,
    'joined = gpd.overlay(tile_gdf, nuts)\njoined["geometry"] = tile_geom': joins.BY_POSITION,
    "hit = nuts[nuts.intersects(tile_geom)]\njoined = tile_gdf.merge(hit)": joins.BY_POSITION,
    "near = nuts.cx[a:b, c:d]\njoined = tile_gdf.merge(near)": joins.BY_POSITION,
    'joined = nuts[nuts["NUTS_ID"] == "FRJ27"]': joins.BY_CODE,
    'joined = nuts[nuts.NUTS_ID.isin(["FRJ27"])]': joins.BY_CODE,
    "joined = nuts.query(\"NUTS_ID == 'FRJ27'\")": joins.BY_CODE,
    'nuts = nuts[nuts["NUTS_ID"] == "FRJ27"]\njoined = tile_gdf.sjoin(nuts)': joins.BY_CODE,
    'joined = tile_gdf.sjoin(nuts)\ntarn = nuts[nuts["NUTS_ID"] == "FRJ27"]': joins.BY_POSITION,
    "joined = tile_gdf.sjoin(nuts.query(\"CNTR_CODE == 'FR'\"))": joins.BY_POSITION,
    'joined = tile_gdf.merge(nuts, left_on="tile", right_on="NUTS_ID")': joins.NOT_BY_POSITION,
    "# intersects sjoin\njoined = tile_gdf.assign(NUTS_ID=1)": joins.NOT_BY_POSITION,
    "%matplotlib inline\njoined = tile_gdf.sjoin(nuts)": joins.BY_POSITION,
    "joined = tile_gdf.sjoin(nuts).head(1)": joins.ONE_ROW,
    "joined = tile_gdf.sjoin(nuts).iloc[[0]]": joins.ONE_ROW,
    "joined = tile_gdf.sjoin(nuts).head()": joins.BY_POSITION,
    "joined = (": joins.BY_POSITION,
    "": joins.BY_POSITION,
}


@pytest.mark.parametrize("source", WAYS)
def test_the_way_of_joining_is_read_from_the_code_not_from_its_words(source: str) -> None:
    assert joins.way(source) == WAYS[source]


SLIPS = [
    *("box-from-zero", "box-grown", "box-mixed", "box-moved", "box-not-finite", "box-one-side"),
    *(
        "box-order",
        "box-other-patch",
        "box-pixels",
        "box-region",
        "box-rounded",
        "box-same-middle",
        "box-shrunk",
    ),
    *("box-sign", "box-size", "box-size-large", "box-size-small", "box-system"),
    *("box-system-order", "box-too-large", "box-too-small", "box-width-height"),
    *("outline-crossed", "outline-line", "outline-middle", "outline-point", "outline-region"),
    *("outline-rim", "outline-sides", "outline-sides-system", "outline-swapped"),
    *("outline-three", "outline-upright"),
]


def _sentence(exercise: int, explanation: Explanation) -> str:
    """The whole card of an explanation, all its values filled in."""
    entry = texts.explanation(exercise, explanation.key)
    assert entry is not None
    said = entry.filled({"label": "`x`", **explanation.values})
    return " ".join((said.say, said.found, said.expected))


@pytest.mark.parametrize("kind", SLIPS)
def test_each_slip_with_four_numbers_has_a_whole_sentence(kind: str) -> None:
    pair = {"found": "1", "expected": "2"}
    somalia = (43.8, 1.7)
    told = telling.told(Slip(kind, WGS84), pair, DEGREE_SIDES, WGS84, somalia)
    said = _sentence(6, told)
    assert "{" not in said
    assert ("Somalia" in said) == (kind == "outline-swapped")


@pytest.mark.parametrize(
    "kind",
    [
        *("centre-elsewhere", "centre-half-size", "centre-mean", "centre-mixed", "centre-side"),
        *("centre-no-brackets", "centre-not-finite", "centre-rounded", "centre-size"),
        *("centre-of-four", "centre-sum", "centre-swapped", "centre-system", "centre-zero"),
    ],
)
def test_each_slip_with_a_middle_has_a_whole_sentence(kind: str) -> None:
    pair = {"found": "1", "expected": "2"}
    point = Point(Value(kind, WGS84, (1, 3)))
    said = _sentence(8, telling.told_point(point, pair, ("lat", "lon"), (1.7, 43.8)))
    assert "{" not in said
    assert ("Somalia" in said) == (kind == "centre-swapped")
