"""A slip in a request that is made at random is found again, and what is right is not explained."""

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import root
from autograder.checks import texts
from autograder.checks.explaining.requests import body, box, clouds, download, image, period, way
from autograder.checks.reading import facts
from autograder.services.sentinelhub import token
from tests.checks.explaining.requests import boxes, fields, services, terms
from tests.checks.explaining.requests.slips import BULGARIA, SERVED, Kind, Slip, near

TRIES = 100
"""Slips of each kind that are tried."""

KINDS: dict[str, Kind] = {**boxes.KINDS, **terms.KINDS, **fields.KINDS, **services.KINDS}


def tried(name: str, times: int) -> list[Slip]:
    """Slips of a kind, the same ones every time."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return [KINDS[name](rng, SERVED) for _ in range(times)]


@pytest.mark.parametrize("name", KINDS)
def test_a_random_slip_is_found_again(name: str) -> None:
    for slip in tried(name, TRIES):
        assert slip.right, f"{slip.made}: {slip.found}, not {slip.keys} {slip.values}"


@pytest.mark.parametrize("name", KINDS)
def test_every_explanation_has_a_sentence_and_all_values(name: str) -> None:
    for slip in tried(name, TRIES):
        assert slip.found
        entries = [texts.explanation(number, slip.found.key) for number in (1, 2, 9)]
        for entry in filter(None, entries):
            assert entry.filled(slip.found.values).say
        assert any(entries), slip.found.key


def test_what_is_right_is_not_explained() -> None:
    rng = np.random.default_rng(1)
    for _ in range(TRIES):
        assert box.slip(near(rng, BULGARIA), BULGARIA, 0.5) is None
    assert box.form(list(BULGARIA)) is None
    assert clouds.of_maximum(10) is clouds.of_maximum(10.0) is None
    assert image.bands(["B04", "B03", "B02"]) is None
    assert image.collection(["sentinel-2-l2a"]) is image.collection("sentinel-2-l2a") is None
    assert image.media_type("image/tiff") is None
    assert period.unreadable(period.moment("2021-06-30T23:59:59.999+03:00")) is None
    assert download.arguments([("", "filename"), ("", "tile_bounds"), ("year", "2018")]) is None
    assert download.year(2021) is None
    for whole, places in ((fields.SEARCH, body.CATALOGUE), (fields.ORDER, body.PROCESS)):
        assert [body.lost(name, whole, path) for name, path in places.items()] == [None] * len(
            places
        )


DEEP: Any = []
for _ in range(900):
    DEEP = [DEEP]
WILD: list[Any] = [
    None,
    True,
    -1,
    10**400,
    float("nan"),
    float("inf"),
    "",
    "\u0000" * 9,
    "9" * 100_000,
    [],
    {},
    DEEP,
    ["x"] * 10_000,
    {"": {}},
    {"a" * 9_000: 1},
    [None] * 4,
    [float("nan")] * 4,
    "(" * 4_000,
    "eo:cloud_cover < " * 2_000,
    "2021-06-01T00:00:00Z/" * 5_000,
    "0000-00-00",
    "9999-12-31T23:59:59Z",
]


@pytest.mark.parametrize("value", WILD, ids=lambda value: f"{value!r:.20}")
def test_whatever_a_request_holds_is_read_and_told_in_few_words(value: Any) -> None:
    numbers = value if isinstance(value, list) else [value]
    floats = [item for item in numbers[:4] if isinstance(item, float)]
    found = [
        box.form(value),
        box.slip(floats, BULGARIA, 0.5),
        box.metres_slip(floats, BULGARIA, {}),
        period.of_search(value, "end"),
        period.of_search(f"{value!s:.5000}/2021-06-30T23:59:59Z", "start"),
        period.of_ends(value, value, "start"),
        clouds.of_filter(value, clouds.covers(SERVED)),
        clouds.of_maximum(value),
        image.collection(value),
        image.media_type(value),
        download.year(value),
        body.lost("bbox", {"bounds": value, "x": [value] * 50}, body.PROCESS["bbox"]),
    ]
    for explanation in filter(None, found):
        assert all(len(words) < 150 for words in explanation.values.values())


@pytest.mark.parametrize(
    ("content", "same"),
    [
        ("eo:cloud_cover < 10", True),
        ("eo:cloud_cover <= 9.99", True),
        ("10.0 > eo:cloud_cover", True),
        ("eo:cloud_cover between 0 and 9.999", True),
        ("eo:cloud_cover <> 11.11 and (eo:cloud_cover < 10)", True),
        ({"op": "<=", "args": [{"property": "eo:cloud_cover"}, 10]}, True),
        ("eo:cloud_cover <= 9", False),
        ("eo:cloud_cover < 10.5", False),
        ("eo:cloud_cover > 10", False),
        ("cloud_cover < 10", False),
        ({"op": "<", "args": [{"property": "eo:cloud_cover"}, 0.1]}, False),
        (10, False),
        (None, False),
    ],
)
def test_a_filter_is_judged_by_what_it_selects(content: object, same: bool) -> None:
    evidence = {"body": facts.pieces(json.dumps({"filter": content}))}
    assert clouds.selects_the_same(evidence, SERVED) == same


def test_what_is_known_of_the_notebook_stands_there() -> None:
    text = (Path(root.ROOT) / "solutions" / "01-sentinel2-and-cdse.md").read_text(encoding="utf-8")
    for corners in box.EXAMPLES.values():
        assert f'"bbox": {list(corners)}' in text
    assert all(f"{name} = {{" in text for name in body.BODIES)
    assert (way.CLIENT, way.SECRET) == (token.CLIENT_ID, token.CLIENT_SECRET)
