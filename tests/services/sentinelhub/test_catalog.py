"""The Catalog API finds scenes as STAC says, and refuses as Sentinel Hub does."""

import json
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from utils.reference import CATALOG_URL

BULGARIA = [22.0, 41.0, 29.0, 44.5]
JUNE = "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z"
BODY = {"collections": ["sentinel-2-l2a"], "datetime": JUNE, "bbox": BULGARIA, "limit": 100}
NO_DATETIME = "Cannot parse parameter `datetime`."


def search(session: requests.Session, **changes: Any) -> requests.Response:
    body = {name: value for name, value in (BODY | changes).items() if value is not ...}
    return session.post(CATALOG_URL, data=json.dumps(body), timeout=10)  # infinity passes too


def found(session: requests.Session, **changes: Any) -> list[dict[str, Any]]:
    answer = search(session, **changes)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["features"])


def every(session: requests.Session, **changes: Any) -> list[dict[str, Any]]:
    """All pages."""
    features: list[dict[str, Any]] = []
    start: int | None = 0
    while start is not None:
        page = search(session, next=start, **changes).json()
        features += page["features"]
        start = page["context"].get("next")
    return features


def cover(items: list[dict[str, Any]]) -> list[float]:
    return [item["properties"]["eo:cloud_cover"] for item in items]


def test_an_answer_is_a_feature_collection_newest_first(session: requests.Session) -> None:
    answer = search(session, limit=50)
    content = answer.json()
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert content["type"] == "FeatureCollection"
    assert content["context"] == {"limit": 50, "returned": 50, "next": 50}
    assert len(content["features"]) == 50
    moments = [item["properties"]["datetime"] for item in content["features"]]
    assert moments == sorted(moments, reverse=True)
    assert all("2021-06-01" <= moment < "2021-07" for moment in moments)
    assert [link["rel"] for link in content["features"][0]["links"]] == [
        "self", "root", "parent", "collection",
    ]  # fmt: skip


def test_pages_follow_one_another_to_the_last(session: requests.Session) -> None:
    items = every(session, limit=30)
    assert len(items) > 60
    assert len({item["id"] for item in items}) == len(items)
    assert items[: len(found(session))] == found(session)
    assert "next" not in search(session, next=len(items) - 1).json()["context"]


@pytest.mark.parametrize(("limit", "used"), [(..., 10), (1, 1), (100, 100), (500, 100)])
def test_the_limit_is_clamped(session: requests.Session, limit: Any, used: int) -> None:
    content = search(session, limit=limit).json()
    assert content["context"]["limit"] == used
    assert len(content["features"]) == used


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("eo:cloud_cover < 10", lambda cloud: cloud < 10),
        ("eo:cloud_cover <= 10", lambda cloud: cloud <= 10),
        ("eo:cloud_cover > 90", lambda cloud: cloud > 90),
        ("eo:cloud_cover >= 90.5", lambda cloud: cloud >= 90.5),
        ("eo:cloud_cover = 0", lambda cloud: cloud == 0),
        ("eo:cloud_cover <> 0", lambda cloud: cloud != 0),
        ("eo:cloud_cover between 10 and 20", lambda cloud: 10 <= cloud <= 20),
        ("eo:cloud_cover > 10 AND eo:cloud_cover < 20", lambda cloud: 10 < cloud < 20),
        ("eo:cloud_cover BETWEEN 0 AND 50 and 10 > eo:cloud_cover", lambda cloud: cloud < 10),
        ("(eo:cloud_cover > 10) and ((eo:cloud_cover<20))", lambda cloud: 10 < cloud < 20),
        ("(eo:cloud_cover > 10 and eo:cloud_cover < 20)", lambda cloud: 10 < cloud < 20),
        ('"eo:cloud_cover"<1e1', lambda cloud: cloud < 10),
        ({"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]}, lambda cloud: cloud < 10),
        (
            {"op": "between", "args": [{"property": "eo:cloud_cover"}, 10, 20]},
            lambda cloud: 10 <= cloud <= 20,
        ),
        (
            {
                "op": "and",
                "args": [
                    {"op": ">=", "args": [{"property": "eo:cloud_cover"}, 5]},
                    {"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]},
                ],
            },
            lambda cloud: 5 <= cloud < 10,
        ),
    ],
)
def test_a_filter_leaves_what_it_says(session: requests.Session, text: Any, holds: Any) -> None:
    language = "cql2-text" if isinstance(text, str) else "cql2-json"
    items = every(session, filter=text, **{"filter-lang": language})
    assert sorted(cover(items)) == sorted(cloud for cloud in cover(every(session)) if holds(cloud))
    assert every(session, filter=text) == items  # the language shows


@pytest.mark.parametrize(
    "interval",
    [
        "2021-06-10T00:00Z/2021-06-20T00:00Z",
        "2021-06-10T00:00:00.000Z/2021-06-20T00:00:00.000Z",
        "2021-06-10T02:00:00+02:00/2021-06-20T02:00:00+02:00",
    ],
)
def test_dates_may_be_written_in_several_ways(session: requests.Session, interval: str) -> None:
    items = found(session, datetime=interval)
    assert items
    assert items == found(session, datetime="2021-06-10T00:00:00Z/2021-06-20T00:00:00Z")


def test_an_interval_may_be_open(session: requests.Session) -> None:
    later = every(session, datetime="2021-06-15T00:00:00Z/..")
    earlier = every(session, datetime="../2021-06-14T23:59:59.999Z")
    assert len(later) + len(earlier) == len(every(session, datetime="../.."))


def test_only_scenes_that_touch_the_area_are_found(session: requests.Session) -> None:
    assert found(session, bbox=[0, 41, 7, 44.5]) == []
    outline = [[[23, 42], [24, 42], [24, 43], [23, 43], [23, 42]]]
    area = {"type": "Polygon", "coordinates": outline}
    inside = found(session, bbox=[23, 42, 24, 43])
    assert 0 < len(inside) < len(found(session))
    assert found(session, bbox=..., intersects=area) == inside
    assert found(session, bbox=[23, 42, 0, 24, 43, 1000]) == inside


def test_fields_and_ids_choose(session: requests.Session) -> None:
    first = found(session, limit=1)[0]
    assert found(session, ids=[first["id"]]) == [first]
    small = found(session, limit=1, fields={"include": ["properties.eo:cloud_cover"]})[0]
    assert small["properties"] == {"eo:cloud_cover": first["properties"]["eo:cloud_cover"]}
    assert small["id"] == first["id"]
    bare = found(session, limit=1, fields={"exclude": ["geometry", "properties"]})[0]
    assert not {"geometry", "properties"} & bare.keys()


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"collections": ["sentinel2"]}, "Illegal collection"),
        ({"collections": ["sentinel-2-l1c"]}, "Illegal collection: offline only"),
        ({"collections": "sentinel-2-l2a"}, "Parameter `collections` must"),
        ({"collections": ["sentinel-2-l2a"] * 2}, "Parameter `collections` must"),
        ({"collections": ...}, "Parameter `collections` must"),
        ({"collections": [{}]}, "Illegal collection"),
        ({"datetime": ...}, "Parameter `datetime` is required."),
        ({"datetime": "June 2021"}, NO_DATETIME),
        ({"datetime": "2021-06-01/2021-06-30"}, NO_DATETIME),
        ({"datetime": "2021-06-01T00:00:00/2021-06-30T23:59:59"}, NO_DATETIME),
        ({"datetime": "2021-06-31T00:00:00Z/2021-07-01T00:00:00Z"}, NO_DATETIME),
        ({"datetime": "2021-06-30T23:59:59Z/2021-06-01T00:00:00Z"}, NO_DATETIME),
        ({"datetime": f"{JUNE}/.."}, NO_DATETIME),
        ({"datetime": ["2021-06-01T00:00:00Z"]}, NO_DATETIME),
        ({"bbox": [41.0, 22.0, 44.5, 29.0, 1]}, "Cannot parse parameter `bbox`."),
        ({"bbox": "22,41,29,44.5"}, "Cannot parse parameter `bbox`."),
        ({"bbox": [29.0, 41.0, 22.0, 44.5]}, "Illegal bbox."),
        ({"bbox": [22.0, 44.5, 29.0, 41.0]}, "Illegal bbox."),
        ({"bbox": [22.0, 41.0, 29.0, 444.5]}, "Illegal bbox."),
        ({"bbox": BULGARIA, "intersects": {}}, "Only one of `bbox` and `intersects`"),
        ({"bbox": ..., "intersects": {"type": "Line"}}, "Cannot parse parameter `intersects`."),
        ({"limit": 0}, "Cannot parse parameter `limit`."),
        ({"limit": "50"}, "Cannot parse parameter `limit`."),
        ({"next": -1}, "Cannot parse parameter `next`."),
        ({"ids": "S2A"}, "Cannot parse parameter `ids`."),
        ({"fields": ["id"]}, "Cannot parse parameter `fields`."),
        ({"filter": "cloud_cover < 10"}, "Querying is not supported on property 'cloud_cover'"),
        ({"filter": "platform = 'a'"}, "Querying is not supported on property 'platform'"),
        (
            {"filter": "eo:cloud_cover < 10 or eo:cloud_cover > 90"},
            "Cannot parse parameter `filter`",
        ),
        ({"filter": "eo:cloud_cover < ten"}, "Cannot parse parameter `filter`."),
        ({"filter": "eo:cloud_cover < 10 %"}, "Cannot parse parameter `filter`."),
        ({"filter": "eo:cloud_cover < '10'"}, "Cannot parse parameter `filter`."),
        ({"filter": "(eo:cloud_cover < 10"}, "Cannot parse parameter `filter`. Brackets"),
        ({"filter": "eo:cloud_cover < 10)"}, "Cannot parse parameter `filter`. Brackets"),
        ({"filter": "(eo:cloud_cover <) 10"}, "Cannot parse parameter `filter`."),
        ({"filter": ""}, "Cannot parse parameter `filter`."),
        ({"filter": {"op": "or", "args": []}}, "Cannot parse parameter `filter`."),
        ({"filter": {"eo:cloud_cover": {"lt": 10}}}, "Cannot parse parameter `filter`."),
        (
            {"filter": "eo:cloud_cover < 10", "filter-lang": "cql"},
            "Cannot parse parameter `filter-l",
        ),
        (
            {"filter": "eo:cloud_cover < 10", "filter-lang": "cql2-json"},
            "Cannot parse parameter `filter`.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong(
    session: requests.Session, changes: dict[str, Any], description: str
) -> None:
    answer = search(session, **changes)
    assert answer.status_code == 400
    assert answer.json()["code"] == 400
    assert answer.json()["description"].startswith(description)


@pytest.mark.parametrize("body", [b"", b"collections", b"[]", b"[" * 100_000, b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(session: requests.Session, body: bytes) -> None:
    answer = session.post(CATALOG_URL, data=body, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_searching_is_done_with_post(session: requests.Session) -> None:
    assert session.get(CATALOG_URL, timeout=10).status_code == 405


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["op", "args", "property", "type", "coordinates"]), inner)
    ),
    max_leaves=8,
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    field=st.sampled_from(
        [
            "collections",
            "datetime",
            "bbox",
            "limit",
            "next",
            "filter",
            "fields",
            "ids",
            "intersects",
        ]
    ),
    value=JSON,
)
def test_any_value_of_any_field_gets_an_answer(
    session: requests.Session, field: str, value: Any
) -> None:
    changes = {field: value} | ({"bbox": ...} if field == "intersects" else {})
    assert search(session, **changes).status_code in {200, 400}


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            ["eo:cloud_cover", "<", ">=", "10", "-1.5e3", "and", "between", "or", "(", "'a'", " "]
        ),
        max_size=8,
    )
)
def test_any_filter_gets_an_answer(session: requests.Session, words: list[str]) -> None:
    assert search(session, limit=1, filter=" ".join(words)).status_code in {200, 400}
