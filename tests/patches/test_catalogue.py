"""The catalogue is valid STAC and makes the exercise's filters, dates and pages matter."""

import copy
import json
import re
from datetime import datetime
from typing import Any

import pystac
import pytest
import shapely
from pystac.validation import validate_dict
from shapely.geometry import shape

from autograder.patches import World
from autograder.patches.stac_items import catalogue
from utils.reference import BULGARIA

Items = list[dict[str, Any]]

PRODUCT = re.compile(
    r"S2[AB]_MSIL2A_\d{8}T\d{6}_N0500_R(007|050|093|136)_T3[45]T[A-Z]{2}_\d{8}T\d{6}\.SAFE"
)


@pytest.fixture(scope="module")
def items(practice: World) -> Items:
    return json.loads(practice.catalogue.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def june(items: Items) -> Items:
    return [item for item in items if item["properties"]["datetime"].startswith("2021-06-")]


def test_items_are_valid_stac(items: Items) -> None:
    for item in items:
        # The service adds the links; extensions would be fetched from the network.
        complete = copy.deepcopy(item) | {"stac_extensions": []}
        complete["links"] = [{"rel": "collection", "href": "https://example.org/sentinel-2-l2a"}]
        migrated = pystac.Item.from_dict(complete).to_dict(include_self_link=False)
        validate_dict(migrated)


def test_extension_fields_hold_what_their_schemas_ask_for(items: Items) -> None:
    for item in items:
        properties = item["properties"]
        assert 0 <= properties["eo:cloud_cover"] <= 100
        assert properties["proj:epsg"] in (32634, 32635)
        left, bottom, right, top = properties["proj:bbox"]
        assert (right - left, top - bottom) == (109_800, 109_800)
        assert shape(properties["proj:geometry"]).bounds == (left, bottom, right, top)


def test_items_are_named_and_dated_as_products_are(items: Items) -> None:
    for item in items:
        assert PRODUCT.fullmatch(item["id"])
        assert item["assets"]["data"]["href"].endswith(item["id"])
        assert item["properties"]["platform"] == f"sentinel-2{item['id'][2].lower()}"
        assert re.fullmatch(
            r"2021-0[567]-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", item["properties"]["datetime"]
        )
        started = datetime.strptime(item["id"][11:26], "%Y%m%dT%H%M%S")
        time = item["properties"]["datetime"]
        assert re.fullmatch(r"2021-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)
        sensed = datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ")
        assert 0 < (sensed - started).total_seconds() < 900
    assert len({item["id"] for item in items}) == len(items)


def test_footprints_lie_in_their_box_and_touch_bulgaria(items: Items) -> None:
    for item in items:
        footprint = shape(item["geometry"])
        assert footprint.geom_type == "MultiPolygon"
        assert footprint.is_valid
        assert footprint.bounds == pytest.approx(item["bbox"])
        assert footprint.intersects(shapely.box(*BULGARIA))


def test_newest_come_first(items: Items) -> None:
    times = [item["properties"]["datetime"] for item in items]
    assert times == sorted(times, reverse=True)


def test_clear_products_of_june_fill_more_than_one_page(june: Items) -> None:
    clear = [item for item in june if item["properties"]["eo:cloud_cover"] < 10]
    assert 150 < len(june) < 300
    assert 55 < len(clear) < 100


def test_cloud_cover_spreads_and_none_is_on_the_limit(june: Items) -> None:
    covers = [item["properties"]["eo:cloud_cover"] for item in june]
    for tenth in range(0, 100, 10):
        assert any(tenth <= cover < tenth + 10 for cover in covers)
    assert not any(9.9 < cover < 10.1 for cover in covers)


def test_products_before_and_after_june_betray_a_wrong_interval(items: Items) -> None:
    months = {item["properties"]["datetime"][:7] for item in items}
    assert months == {"2021-05", "2021-06", "2021-07"}


def test_both_satellites_and_zones_are_there(june: Items) -> None:
    assert {item["properties"]["platform"] for item in june} == {"sentinel-2a", "sentinel-2b"}
    assert {item["properties"]["proj:epsg"] for item in june} == {32634, 32635}


def test_same_seed_gives_the_same_items() -> None:
    assert catalogue(5) == catalogue(5)
    assert catalogue(5) != catalogue(6)
