"""The Process API renders what is asked for, where it is asked for, and refuses the rest."""

import copy
import io
import json
import tarfile
from typing import Any

import numpy as np
import pytest
import rasterio
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.io import MemoryFile
from rasterio.warp import transform

from autograder.patches import PRACTICE, World
from utils.reference import PROCESS_URL

BULGARIA = [22.0, 41.0, 29.0, 44.5]
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
SCRIPT = """
//VERSION=3
function setup() {
  return { input: ["B04", "B03", "B02"], output: { bands: 3, sampleType: "UINT16" } };
}
function evaluatePixel(sample) {
  return [sample.B04, sample.B03, sample.B02];
}
"""
DN = SCRIPT.replace('["B04", "B03", "B02"]', '[{bands: ["B04", "B03", "B02"], units: "DN"}]')
BODY = {
    "input": {
        "bounds": {"bbox": BULGARIA, "properties": {"crs": f"{EPSG}4326"}},
        "data": [
            {
                "type": "sentinel-2-l2a",
                "dataFilter": {
                    "timeRange": {"from": "2021-06-01T00:00:00Z", "to": "2021-06-30T23:59:59Z"},
                    "maxCloudCoverage": 10,
                },
            }
        ],
    },
    "output": {
        "width": 512,
        "height": 512,
        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],
    },
    "evalscript": DN,
}


def body(changes: dict[str, Any]) -> dict[str, Any]:
    """The body with some fields, named by their path, changed; `...` removes one."""
    changed: Any = copy.deepcopy(BODY)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = changed
        for name in parents:
            place = place[int(name) if name.isdecimal() else name]
        if value is ...:
            del place[last]
        else:
            place[int(last) if last.isdecimal() else last] = value
    return dict(changed)


def ask(session: requests.Session, **changes: Any) -> requests.Response:
    names = {name.replace("__", "."): value for name, value in changes.items()}
    return session.post(PROCESS_URL, json=body(names), timeout=30)


def image(session: requests.Session, **changes: Any) -> np.ndarray:
    answer = ask(session, **changes)
    assert answer.status_code == 200, answer.text
    with MemoryFile(answer.content) as memory, memory.open() as source:
        return np.asarray(source.read())


def test_a_geotiff_lies_where_it_was_asked_for(session: requests.Session) -> None:
    answer = ask(session)
    assert answer.headers["Content-Type"] == "image/tiff"
    with MemoryFile(answer.content) as memory, memory.open() as source:
        assert source.crs == "EPSG:4326"
        assert tuple(source.bounds) == pytest.approx(BULGARIA)
        assert (source.count, source.width, source.height) == (3, 512, 512)
        assert source.dtypes == ("uint16",) * 3


@pytest.mark.parametrize(
    ("epsg", "bbox"),
    [
        ("4326", [23.1, 42.2, 24.3, 43.0]),
        ("3857", [2571000, 5180000, 2705000, 5310000]),
        ("32634", [672000, 4674000, 772000, 4764000]),
        ("3035", [5400000, 2240000, 5480000, 2330000]),
    ],
)
def test_each_pixel_shows_the_ground_at_its_place(
    session: requests.Session, epsg: str, bbox: list[float]
) -> None:
    answer = ask(session, input__bounds={"bbox": bbox, "properties": {"crs": EPSG + epsg}})
    with MemoryFile(answer.content) as memory, memory.open() as source:
        values = source.read(1)
        rng = np.random.default_rng(1)
        rows, columns = rng.integers(0, 512, (2, 300))
        xs, ys = source.xy(rows, columns)
        longitudes, latitudes = transform(source.crs, "EPSG:4326", xs, ys)
    with rasterio.open(World.load(PRACTICE).bulgaria) as truth:
        places = zip(longitudes, latitudes, strict=True)
        expected = np.array([value[0] for value in truth.sample(places, indexes=4)])
    same = values[rows, columns] == expected
    assert same.mean() > 0.9  # GDAL warps to an eighth of a pixel


def test_reflectance_as_integers_is_black(session: requests.Session) -> None:
    assert image(session, evalscript=SCRIPT).max() <= 1
    assert np.median(image(session, evalscript=SCRIPT)) == 0


def test_digital_numbers_are_ten_thousand_times_reflectance(session: requests.Session) -> None:
    numbers = image(session)
    assert numbers.max() > 100
    scaled = image(session, evalscript=SCRIPT.replace("sample.", "10000 * sample."))
    np.testing.assert_array_equal(numbers, scaled)
    fractions = image(session, evalscript=SCRIPT.replace("UINT16", "FLOAT32"))
    np.testing.assert_allclose(fractions * 10000, numbers, rtol=1e-5)


def test_automatic_type_spreads_reflectance_over_a_byte(session: requests.Session) -> None:
    automatic = image(session, evalscript=SCRIPT.replace(', sampleType: "UINT16"', ""))
    assert automatic.dtype == np.uint8
    np.testing.assert_array_equal(automatic, np.floor(image(session) / 10000 * 255 + 0.5))


def test_the_order_of_bands_is_the_script_s(session: requests.Session) -> None:
    swapped = DN.replace(
        "[sample.B04, sample.B03, sample.B02]", "[sample.B02, sample.B03, sample.B04]"
    )
    np.testing.assert_array_equal(image(session, evalscript=swapped)[::-1], image(session))


@pytest.mark.parametrize(
    ("media", "start"), [("image/png", b"\x89PNG"), ("image/jpeg", b"\xff\xd8")]
)
def test_pictures_are_served_as_asked(session: requests.Session, media: str, start: bytes) -> None:
    script = SCRIPT.replace("UINT16", "AUTO")
    answer = ask(session, evalscript=script, output__responses__0__format={"type": media})
    assert answer.headers["Content-Type"] == media
    assert answer.content.startswith(start)


def test_png_is_what_comes_unasked(session: requests.Session) -> None:
    assert ask(session, output__responses=...).headers["Content-Type"] == "image/png"


def test_several_outputs_come_in_an_archive(session: requests.Session) -> None:
    script = SCRIPT.replace("output: {", 'output: [{ id: "mask", bands: 1 }, {').replace(
        '"UINT16" }', '"UINT16" }]'
    )
    script = script.replace("return [sample", "return { mask: 1, default: [sample").replace(
        "B02];", "B02] };"
    )
    tiff = {"type": "image/tiff"}
    answer = ask(
        session,
        evalscript=script,
        output__responses=[{"identifier": name, "format": tiff} for name in ("default", "mask")],
    )
    assert answer.headers["Content-Type"] == "application/tar"
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        assert archive.getnames() == ["default.tif", "mask.tif"]


def test_size_may_be_given_as_resolution(session: requests.Session) -> None:
    output = BODY["output"] | {"width": None, "height": None, "resx": 0.014, "resy": 0.007}
    assert image(session, output=output).shape == (3, 500, 500)


@pytest.mark.parametrize(
    "changes",
    [
        {"input__bounds__bbox": [0, 41, 7, 44.5]},
        {"input__data__0__dataFilter__timeRange": {
            "from": "2015-01-01T00:00:00Z", "to": "2015-02-01T00:00:00Z"}},
    ],
)  # fmt: skip
def test_where_there_is_no_data_all_is_zero(
    session: requests.Session, changes: dict[str, Any]
) -> None:
    assert not image(session, **changes).any()


def test_the_mask_says_where_there_is_data(session: requests.Session) -> None:
    script = DN.replace('{bands: ["B04", "B03", "B02"], units: "DN"}', '"dataMask"').replace(
        "[sample.B04, sample.B03, sample.B02]", "[sample.dataMask]"
    ).replace("bands: 3", "bands: 1")  # fmt: skip
    mask = image(session, evalscript=script, input__bounds__bbox=[18, 41, 25, 44.5])[0]
    assert mask[:, :250].max() == 0
    assert mask[:, 300:].min() == 1


def test_outside_of_a_geometry_all_is_zero(session: requests.Session) -> None:
    triangle = [[[22, 41], [29, 41], [22, 44.5], [22, 41]]]
    values = image(
        session,
        input__bounds={"geometry": {"type": "Polygon", "coordinates": triangle}},
    )[0]
    assert values[-1, 0] > 0
    assert not values[:200, 300:].any()


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"output__width": 2501}, "BAD_PAYLOAD", "`width = 2501` is larger than allowed 2500."),
        ({"output__height": 0}, "BAD_PAYLOAD", "Parameter `height` must be"),
        ({"output__width": "512"}, "BAD_PAYLOAD", "Parameter `width` must be"),
        ({"output__resx": 0.01}, "BAD_PAYLOAD",
         "Only width and height or resx and resy can be set at the same time."),
        ({"output": {"resx": 0.002, "resy": 0.1}}, "BAD_PAYLOAD",
         "`width = 3500`, calculated from resx, is larger than allowed 2500."),
        ({"output": {"resx": -1}}, "BAD_PAYLOAD", "Parameter `resx` must be"),
        ({"output__width": 100}, "EXCEPTION", "Your request of "),
        ({"output": ...}, "EXCEPTION", "Your request of 2235.21 meters per pixel exceeds the limit"
         " 1500.00 meters per pixel of the collection S2L2A."),
        ({"input": ...}, "BAD_PAYLOAD", "Parameter `input` is required."),
        ({"input__bounds": ...}, "BAD_PAYLOAD", "Parameter `input->bounds` is required."),
        ({"input__bounds__bbox": ...}, "BAD_PAYLOAD", "Parameter `bbox` or `geometry` is required"),
        ({"input__bounds__bbox": [22, 41, 29]}, "BAD_PAYLOAD", "Parameter `bbox` must be an array"),
        ({"input__bounds__bbox": [29, 41, 22, 44]}, "BAD_PAYLOAD", "Parameter `bbox` must be"),
        ({"input__bounds__bbox": [22, 41, 29, 94]}, "BAD_PAYLOAD", "Longitudes of `bbox`"),
        ({"input__bounds__properties__crs": "EPSG:4326"}, "BAD_PAYLOAD", "Unsupported crs EPSG"),
        ({"input__bounds__properties__crs": EPSG + "9999"}, "BAD_PAYLOAD", "Unsupported crs"),
        ({"input__data": []}, "BAD_PAYLOAD", "Parameter `input->data` must not be empty."),
        ({"input__data__0__type": "S2"}, "BAD_PAYLOAD", "Illegal collection"),
        ({"input__data__0__type": "sentinel-2-l1c"}, "BAD_PAYLOAD", "Illegal collection: offline"),
        ({"input__data__0__dataFilter__maxCloudCoverage": 101}, "BAD_PAYLOAD",
         "Parameter `maxCloudCoverage` must be"),
        ({"input__data__0__dataFilter__maxCloudCoverage": "0-10"}, "BAD_PAYLOAD",
         "Parameter `maxCloudCoverage` must be"),
        ({"input__data__0__dataFilter__mosaickingOrder": "best"}, "BAD_PAYLOAD",
         "Parameter `mosaickingOrder` must be"),
        ({"input__data__0__processing": {"upsampling": "LANCZOS"}}, "BAD_PAYLOAD", "Resampling"),
        ({"input__data__0__dataFilter__timeRange__from": "2021-07-01T00:00:00Z"}, "BAD_PAYLOAD",
         "Parameter `timeRange` must have"),
        ({"input__data__0__dataFilter__timeRange__to": "30 June"}, "BAD_PAYLOAD",
         "Parameter `timeRange` must have"),
        ({"output__responses__0__identifier": "ndvi"}, "BAD_PAYLOAD",
         "Output ndvi requested but missing from function setup()"),
        ({"output__responses__0__format__type": "GTiff"}, "BAD_PAYLOAD", "Format type GTiff"),
        ({"output__responses__0__format__type": "image/jpeg"}, "BAD_PAYLOAD",
         "Format image/jpeg does not support sampleType UINT16."),
        ({"evalscript": ...}, "BAD_PAYLOAD", "Parameter `evalscript` is required."),
        ({"evalscript": SCRIPT.replace("B02", "B10")}, "EXCEPTION",
         "Failed to evaluate script! \nReferenceError: B10 is not defined"),
        ({"evalscript": SCRIPT.replace("sample.B02", "sample.B08")}, "EXCEPTION",
         "Failed to evaluate script! \nReferenceError: B08 is not defined"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(
    session: requests.Session, changes: dict[str, Any], code: str, message: str
) -> None:
    answer = ask(session, **changes)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"].startswith(message)
    assert (error["status"], error["reason"]) == (400, "Bad Request")
    assert error["code"] == f"COMMON_{code}"
    if "errors" in error:
        assert error["errors"][0]["violation"] == error["message"]


def test_bulgaria_is_not_too_coarse_but_less_would_be(session: requests.Session) -> None:
    assert ask(session, output__width=390).status_code == 200
    assert ask(session, output__width=370).status_code == 400


def test_an_empty_body_is_refused(session: requests.Session) -> None:
    error = session.post(PROCESS_URL, timeout=10).json()["error"]
    assert (error["code"], error["message"]) == (
        "COMMON_BAD_PAYLOAD", "Request body should be non-empty.",
    )  # fmt: skip
    assert session.post(PROCESS_URL, data="{", timeout=10).status_code == 400


@pytest.mark.usefixtures("services")
def test_without_a_token_nothing_is_rendered() -> None:
    answer = requests.post(PROCESS_URL, json=BODY, timeout=10)
    error = answer.json()["error"]
    assert answer.status_code == error["status"] == 401
    assert (error["reason"], error["code"]) == ("Unauthorized", "COMMON_UNAUTHORIZED")


PATHS = st.sampled_from(
    [
        "input", "input.bounds", "input.bounds.bbox", "input.bounds.geometry",
        "input.bounds.properties", "input.bounds.properties.crs", "input.data", "input.data.0",
        "input.data.0.type", "input.data.0.dataFilter", "input.data.0.dataFilter.timeRange",
        "input.data.0.dataFilter.maxCloudCoverage", "input.data.0.dataFilter.timeRange.from",
        "input.data.0.processing", "output", "output.width", "output.resx", "output.responses",
        "output.responses.0", "output.responses.0.format", "evalscript",
    ]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "bbox", "from", "to"]), inner)
    ),
    max_leaves=6,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=PATHS, value=JSON)
def test_any_value_of_any_field_gets_an_answer(
    session: requests.Session, path: str, value: Any
) -> None:
    small = {"output.width": 390, "output.height": 270} if path != "output" else {}
    changes = small | {path: value}
    content = json.dumps(body(changes))  # which lets infinity pass
    answer = session.post(PROCESS_URL, data=content, timeout=30)
    assert answer.status_code in {200, 400}
