"""Whatever is asked: an answer in bounded time and memory, in words that give nothing away."""

import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from autograder.services.sentinelhub.process import LARGEST_SIZE
from tests.services.hosted import FORM, MEGABYTE, Hosted, head, many
from tests.services.lifetime.test_lifetime import until
from tests.services.sentinelhub.process_requests import SCRIPT, body
from utils.reference import CATALOG_URL, LABEL_URL, PROCESS_URL, TOKEN_URL

SEARCH: dict[str, Any] = {"collections": ["sentinel-2-l2a"], "datetime": "../.."}
LARGE = {"output__width": LARGEST_SIZE, "output__height": LARGEST_SIZE}
LABEL = LABEL_URL.format(year=2018)
UTM = "http://www.opengis.net/def/crs/EPSG/0/32635"


def script(result: str, *, setup: str = "output: {bands: 1}", rest: str = "") -> str:
    return (
        "//VERSION=3\n"
        f'function setup() {{ return {{input: ["B02", "B04"], {setup}}}; }}\n'
        f"function evaluatePixel(s) {{ {rest} return {result}; }}"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b'{"a":' * 150_000,
        b'{"collections":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
        b"[" + b"[]," * 300_000 + b"[]]",
        b"[" + b'{"a":{}},' * 100_000 + b"{}]",
        b"9" * 1_000_000,
        b'{"limit":' + b"9" * 5000 + b"}",
        b'{"limit":1e999999999}',
        b'"\\ud800"',
        b"\xff\xfe\x00\x00" * 1000,
        b"",
        b"NaN",
    ],
)
def test_json_that_nobody_writes(hosted: Hosted, content: bytes) -> None:
    for url in (CATALOG_URL, PROCESS_URL):
        assert hosted.post(url, content).status == 400
    assert hosted.ask("POST", TOKEN_URL, content, FORM).status == 400
    sent = {"Content-Type": "application/json"}
    assert hosted.ask("POST", TOKEN_URL, content, sent).status == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"filter": "eo:cloud_cover < 1 and " * 40_000 + "eo:cloud_cover < 1"},
        {"filter": "(" * 100_000},
        {"filter": " " * 500_000 + "x"},
        {"filter": {"op": "and", "args": [{"op": "<", "args": [{"property": "a"}, 1]}] * 20_000}},
        {"filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}, "9" * 400_000]}},
        {"ids": [f"{n}" for n in range(100_000)]},
        {"ids": [{}] * 100_000},
        {"fields": {"include": ["x"] * 100_000, "exclude": ["y"] * 50_000}},
        {"bbox": [0] * 300_000},
        {"bbox": [10**4000, 0, 1, 1]},
        {"datetime": "2021-06-01T00:00:00." + "0" * 900_000 + "Z"},
        {"datetime": "/" * 900_000},
        {"limit": 10**4000, "next": 10**4000},
        {"collections": ["sentinel-2-l2a"] * 50_000},
        {"intersects": {"type": "Polygon", "coordinates": [[[0, 0]] * 100_000]}},
        {"intersects": {"type": "GeometryCollection", "geometries": [{}] * 100_000}},
        {"intersects": {"type": "Point", "coordinates": [1e300, 1e300]}},
    ],
)
def test_searches_that_ask_for_work(hosted: Hosted, changes: dict[str, Any]) -> None:
    assert hosted.post(CATALOG_URL, {**SEARCH, **changes}).status in {200, 400}


@pytest.mark.parametrize("levels", [10, 500, 900, 990, 2000])
def test_geometries_of_any_depth(hosted: Hosted, levels: int) -> None:
    deep = '{"type": "Polygon", "coordinates": ' + "[" * levels + "]" * levels + "}"
    for url, content in (
        (CATALOG_URL, {**SEARCH, "intersects": "deep"}),
        (PROCESS_URL, body({"input.bounds": {"geometry": "deep"}})),
    ):
        text = json.dumps(content).replace('"deep"', deep)
        assert hosted.post(url, text.encode()).status == 400


@pytest.mark.parametrize(
    "text",
    [
        "//VERSION=3\n" + "/*" * 20_000,
        "//VERSION=3\n" + "(" * 40_000,
        "//VERSION=3\n" + "x=>" * 15_000,
        "//VERSION=3\n" + '"' * 40_001,
        "//VERSION=3\n" + "const a = " + "!" * 40_000 + "1;",
        "//VERSION=3\n" + "x" * 2 * MEGABYTE,
        script("f(1)", rest="const f = x => f(x);"),
        script("evaluatePixel(s)"),
        script("+".join(["s.B02"] * 5_000)),
        script("[" * 800 + "1" + "]" * 800),
        script("f0(s.B02)") + "".join(
            f"function f{n}(x) {{ return f{n + 1}(x) + f{n + 1}(x); }}" for n in range(100)
        ),
        script("[1].map(x => [1].map(x => [1].map(x => s)))"),
        script("1", setup=f"output: [{', '.join(f'{{id: `{n}`, bands: 99}}' for n in range(90))}]"),
        script("1", setup="output: {bands: 1e300}"),
        script("1", setup="output: {bands: 100, sampleType: 'FLOAT32'}"),
        "//VERSION=3\nwhile (true) {}",
        script("1", rest="while (true) {}"),
    ],
)  # fmt: skip
def test_scripts_that_do_not_end(hosted: Hosted, text: str) -> None:
    answer = hosted.image(evalscript=text, **LARGE)
    assert answer.status in {400, 413}
    assert len(answer.content) < 2000


def test_a_script_that_keeps_every_value_it_computes(hosted: Hosted) -> None:
    constants = "".join(f"const c{n} = -s.B02;" for n in range(200))
    chosen = ",".join(f"c{n}" for n in range(200))
    greedy = script(f"Math.max({chosen})", rest=constants)
    answer = hosted.image(evalscript=greedy, **LARGE)
    assert answer.status in {200, 400}


def test_the_largest_image_is_served_and_a_larger_answer_is_not(hosted: Hosted) -> None:
    answer = hosted.image(**LARGE)
    assert answer.status == 200
    assert answer.content[:4] == b"II*\0"
    wide = SCRIPT.replace("bands: 3", "bands: 50").replace(
        "[sample.B04, sample.B03, sample.B02]", "[" + "sample.B04," * 50 + "]"
    )
    answer = hosted.image(evalscript=wide, **LARGE)
    assert answer.status == 400
    assert "larger than the 100 MB that are served offline" in answer.text


def heavy(hosted: Hosted) -> bytes:
    """A request for a large image that takes seconds to compute."""
    steps = script("+".join(["Math.pow(s.B02, s.B04)"] * 80))
    content = json.dumps(body({"evalscript": steps, "output.width": 2500, "output.height": 2500}))
    return head("POST", "/api/v1/process", "sh.dataspace.copernicus.eu", content.encode(),
                hosted.token()) + content.encode()  # fmt: skip


def test_what_nobody_waits_for_is_not_computed(hosted: Hosted) -> None:
    request = heavy(hosted)

    def ask() -> Any:
        connection = hosted.tunnel(PROCESS_URL)
        connection.sendall(request)
        return connection

    with many(20, ask):
        assert until(lambda: not hosted.report()["settled"])
    start = time.monotonic()
    hosted.serve_the_honest()
    assert hosted.report()["settled"]
    assert time.monotonic() - start < 20  # all twenty would take minutes


def test_large_answers_that_nobody_reads_are_given_up(hosted: Hosted) -> None:
    noise = SCRIPT.replace("[sample.B04,", "[sample.B04 * 12345.678 % 7 * 9000,")
    content = json.dumps(body({"output.width": 2500, "output.height": 2500, "evalscript": noise}))

    def ask() -> Any:
        connection = hosted.tunnel(PROCESS_URL)
        given = head("POST", "/api/v1/process", "sh.dataspace.copernicus.eu", content.encode(),
                     hosted.token())  # fmt: skip
        connection.sendall(given + content.encode())
        return connection

    with many(8, ask):
        hosted.serve_the_honest()


@pytest.mark.parametrize(
    "query",
    [
        "bbox=0,0,5e-324,1",
        "bbox=0,0,1e-200,1e-200",
        "bbox=-1e9,-1e9,1e9,1e9&size=4100,4100",
        "bbox=-9e8,-9e8,9e8,9e8&size=4100,4100&interpolation=RSP_CubicConvolution",
        "bbox=nan,nan,nan,nan",
        "bbox=-inf,-inf,inf,inf",
        "bbox=0,0,1,1&size=4100,1e8",
        "bbox=0,0,1,1&size=nan,1",
        "bbox=0,0,1,1&size=-1,1",
        "bbox=0,0,1,1&size=0.5,0.5",
        "bbox=0,0,1,1&noData=1e8",
        "bbox=0,0,1,1&noData=nan",
        "bbox=0,0,1,1&bboxSR=" + "9" * 5000,
        "bbox=" + "1," * 20_000,
        "bbox=0,0,1,1&" + "a=b&" * 10_000,
        "bbox=3649890,2331750,3649891,2331751&size=4100,4100&interpolation=RSP_Majority",
    ],
)
def test_labels_of_impossible_boxes(hosted: Hosted, query: str) -> None:
    address = f"{LABEL}?f=image&format=tiff&bboxSR=3035&imageSR=3035&{query}"
    answer = hosted.ask("GET", address)
    assert answer.status in {200, 400}
    assert len(answer.content) < 40 * MEGABYTE


@pytest.mark.parametrize("year", ["9" * 5000, "0x7e2", "-1", "²", "../../etc", "%2e%2e", "2018.0"])
def test_years_that_are_none(hosted: Hosted, year: str) -> None:
    answer = hosted.ask("GET", LABEL_URL.format(year=year))
    assert (answer.status == 404) or (answer.json["error"]["code"] == 404)


NUMBERS: st.SearchStrategy[Any] = (
    st.floats() | st.integers() | st.sampled_from([0, -1, 1e300, 1e-300, 10**400, "1", None, []])
)
BOXES = st.lists(NUMBERS, max_size=7)
JSON = st.recursive(NUMBERS | st.booleans() | st.text(), lambda inner: st.lists(inner, max_size=4))
GEOMETRIES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Polygon", "MultiPolygon", "Point", "Feature", "x", None]),
        "coordinates": JSON | st.lists(st.lists(st.lists(NUMBERS, max_size=3), max_size=6)),
    }
)
IMAGES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "input.bounds": JSON,
        "input.bounds.bbox": BOXES | JSON,
        "input.bounds.geometry": GEOMETRIES | JSON,
        "input.bounds.properties.crs": st.sampled_from([UTM, "", None, UTM[:-5] + "3857"]),
        "input.data": JSON,
        "input.data.0.dataFilter": JSON,
        "input.data.0.dataFilter.timeRange": JSON,
        "input.data.0.processing": JSON,
        "output": JSON,
        "output.width": NUMBERS,
        "output.resx": NUMBERS,
        "output.responses": JSON,
        "evalscript": JSON,
    },
)
ODD = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def changed(changes: dict[str, Any]) -> dict[str, Any] | None:
    """The request with changes, shallow ones last; None where they exclude one another."""
    try:
        return body(dict(sorted(changes.items(), key=lambda item: -item[0].count("."))))
    except (KeyError, TypeError):
        return None


def expect_no_failure(ask: Callable[[], Any]) -> None:
    answer = ask()
    assert answer.status in {200, 400}
    if answer.status == 400:
        json.loads(answer.content)


@ODD
@given(IMAGES)
def test_no_request_for_an_image_makes_the_service_fail(
    hosted: Hosted, changes: dict[str, Any]
) -> None:
    content = changed(changes)
    if content is not None:
        expect_no_failure(lambda: hosted.post(PROCESS_URL, content))


@ODD
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "bbox": BOXES | JSON,
            "intersects": GEOMETRIES | JSON,
            "datetime": st.text() | JSON,
            "filter": st.text() | JSON,
            "filter-lang": st.sampled_from(["cql2-text", "cql2-json", 1, []]),
            "limit": NUMBERS,
            "next": NUMBERS,
            "ids": JSON,
            "fields": JSON | st.dictionaries(st.sampled_from(["include", "exclude"]), JSON),
            "collections": JSON,
        },
    )
)
def test_no_search_makes_the_service_fail(hosted: Hosted, changes: dict[str, Any]) -> None:
    expect_no_failure(lambda: hosted.post(CATALOG_URL, {**SEARCH, **changes}))


@ODD
@given(st.text(max_size=200))
def test_no_script_makes_the_service_fail(hosted: Hosted, text: str) -> None:
    expect_no_failure(lambda: hosted.image(evalscript=f"//VERSION=3\n{text}"))
    expect_no_failure(lambda: hosted.image(evalscript=script(text)))


@pytest.mark.parametrize("media", ["image/png", "image/jpeg"])
def test_pictures_of_the_largest_size(hosted: Hosted, media: str) -> None:
    responses = [{"identifier": "default", "format": {"type": media}}]
    plain = SCRIPT.replace("UINT16", "UINT8")
    answer = hosted.image(evalscript=plain, output__responses=responses, **LARGE)
    assert Image.open(io.BytesIO(answer.content)).size == (LARGEST_SIZE, LARGEST_SIZE)
