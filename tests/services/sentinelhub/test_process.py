"""The Process API renders what is asked for, where it is asked for, and refuses the rest."""

import io
import tarfile
from typing import Any

import numpy as np
import pytest
import rasterio
import requests
from rasterio.io import MemoryFile
from rasterio.warp import transform

from autograder.patches import PRACTICE, World
from tests.services.sentinelhub.process_requests import BODY, BULGARIA, DN, EPSG, SCRIPT, ask, image


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


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("image/tiff", "image/tiff"),
        ("image/tiff; application=geotiff, */*;q=0.5", "image/tiff"),
        ("text/html, IMAGE/TIFF", "image/tiff"),
        ("image/*", "image/png"),
        ("application/json", "image/png"),
    ],
)
def test_the_accept_header_names_the_format_where_the_body_does_not(
    session: requests.Session, accept: str, media: str
) -> None:
    session.headers["Accept"] = accept
    assert ask(session, output__responses=...).headers["Content-Type"] == media
    assert ask(session).headers["Content-Type"] == "image/tiff"


def test_classes_and_clouds_fit_the_image(session: requests.Session) -> None:
    script = """//VERSION=3
    function setup() {
      return { input: ["B03", "B04", "B08", "SCL", "CLM", "CLP", "dataMask"],
               output: { bands: 6, sampleType: "FLOAT32" } };
    }
    function evaluatePixel(s) {
      return [s.SCL, s.B08 - s.B03, (s.B08 - s.B04) / (s.B08 + s.B04), s.dataMask, s.CLM, s.CLP];
    }"""
    box = [20, 41, 29, 44.5]  # there is no image in its west
    classes, water, ndvi, mask, *clouds = image(session, evalscript=script, input__bounds__bbox=box)
    assert set(np.unique(classes)) == {0, 4, 5, 6}
    np.testing.assert_array_equal(classes == 0, mask == 0)
    assert water[classes == 6].max() < 0 <= water[(classes == 4) | (classes == 5)].min()
    assert ndvi[classes == 4].min() > ndvi[classes == 5].max()
    assert not np.any(clouds)


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
    output = {**BODY["output"], "width": None, "height": None, "resx": 0.014, "resy": 0.007}
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


def test_an_image_that_was_asked_for_before_is_another_one_once_the_request_is(
    session: requests.Session,
) -> None:
    triangle = [[[22, 41], [29, 41], [22, 44.5], [22, 41]]]
    bounds = {"geometry": {"type": "Polygon", "coordinates": triangle}}
    changes: list[dict[str, Any]] = [
        {},
        {"output__width": 256},
        {"input__bounds__bbox": [22, 41, 28, 44.5]},
        {"input__bounds": bounds},
        {"evalscript": DN.replace("[sample.B04, sample.B03", "[sample.B03, sample.B04")},
        {"output__responses__0__format": {"type": "image/png"}},
        {"input__data__0__dataFilter__timeRange": {"from": "1999-01-01T00:00:00Z",
                                                   "to": "1999-01-02T00:00:00Z"}},
    ]  # fmt: skip
    answers = [ask(session, **change) for change in [*changes, *changes]]
    assert {answer.status_code for answer in answers} == {200}
    first, again = answers[: len(changes)], answers[len(changes) :]
    assert [answer.content for answer in first] == [answer.content for answer in again]
    assert len({answer.content for answer in first}) == len(changes)
    assert [dict(a.headers) for a in first[:2]] == [dict(a.headers) for a in again[:2]]
