"""The ImageServer crops the labels, and answers errors with status 200 as ArcGIS does."""

from typing import Any

import numpy as np
import pytest
import rasterio
import requests
from rasterio.io import MemoryFile

from autograder.patches import PRACTICE, World
from utils.reference import LABEL_URL, LABEL_YEARS, NO_DATA

BBOX = (3649890, 2331750, 3652390, 2334250)
RIGHT: dict[str, Any] = {
    "f": "image",
    "bbox": ",".join(map(str, BBOX)),
    "bboxSR": 3035,
    "imageSR": 3035,
    "size": "250,250",
    "format": "tiff",
    "pixelType": "U8",
    "interpolation": "RSP_NearestNeighbor",
    "noData": 255,
}

HTTP = requests.Session()  # a new one would load the authorities at every request

pytestmark = pytest.mark.usefixtures("services")


def ask(year: int | str = 2018, **changes: Any) -> requests.Response:
    options = {name: value for name, value in (RIGHT | changes).items() if value is not None}
    return HTTP.get(LABEL_URL.format(year=year), params=options, timeout=10)


def labels(year: int = 2018, **changes: Any) -> np.ndarray:
    with MemoryFile(ask(year, **changes).content) as memory, memory.open() as source:
        return np.asarray(source.read(1))


@pytest.mark.parametrize("year", LABEL_YEARS)
def test_an_aligned_box_is_served_pixel_by_pixel(year: int) -> None:
    with rasterio.open(World.load(PRACTICE).labels[year][0]) as truth:
        expected, colours = truth.read(1), truth.colormap(1)
    with MemoryFile(ask(year).content) as memory, memory.open() as source:
        assert source.crs == "EPSG:3035"
        assert tuple(source.bounds) == BBOX
        assert source.dtypes == ("uint8",)
        assert source.compression.name == "lzw"
        assert source.colormap(1)[1] == colours[1]
        np.testing.assert_array_equal(source.read(1), expected)


def test_the_years_differ() -> None:
    assert (labels(2018) != labels(2021)).any()


def test_a_part_is_that_part() -> None:
    part = labels(bbox="3650890,2332750,3651390,2333250", size="50,50")
    np.testing.assert_array_equal(part, labels()[100:150, 100:150])


def test_outside_of_the_rasters_there_is_no_data() -> None:
    shifted = labels(bbox="3648890,2331750,3651390,2334250")
    assert (shifted[:, :100] == NO_DATA.code).all()
    np.testing.assert_array_equal(shifted[:, 100:], labels()[:, :150])
    assert (labels(bbox="3648890,2331750,3651390,2334250", noData=0)[:, :100] == 0).all()


def test_smoothing_invents_classes() -> None:
    halved: dict[str, Any] = {"size": "125,125"}
    assert set(np.unique(labels(**halved))) <= set(np.unique(labels()))
    smoothed = labels(interpolation="RSP_BilinearInterpolation", **halved)
    assert (smoothed != labels(**halved)).mean() > 0.2


def test_parameters_may_come_as_a_form_and_references_as_json() -> None:
    form = RIGHT | {"bboxSR": '{"wkid":3035}'}
    answer = HTTP.post(LABEL_URL.format(year=2018), data=form, timeout=10)
    assert answer.content == ask().content


@pytest.mark.parametrize(
    "changes",
    [
        {"bbox": None},
        {"bbox": "3649890,2331750,3652390"},
        {"bbox": "a,b,c,d"},
        {"bbox": "3652390,2331750,3649890,2334250"},
        {"bbox": "nan,2331750,3649890,2334250"},
        {"size": "0,250"},
        {"size": "5000,250"},
        {"size": "250"},
        {"f": "json"},
        {"f": None},
        {"format": "png"},
        {"pixelType": "F32"},
        {"interpolation": "nearest"},
        {"noData": "none"},
        {"noData": 256},
        {"bboxSR": 4326},
        {"bboxSR": "LAEA"},
        {"bboxSR": "1" * 3_000 + " " * 3_000 + "}}"},  # once minutes, with all else at a standstill
    ],
)
def test_an_error_comes_with_status_200_and_the_type_of_an_image(changes: dict[str, Any]) -> None:
    answer = ask(**changes)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/tiff")
    error = answer.json()["error"]
    assert (error["code"], error["extendedCode"]) == (400, -2147024809)
    assert error["message"] == "Invalid or missing input parameters."


def test_too_large_a_box_is_called_so() -> None:
    details = ask(size="4101,10").json()["error"]["details"]
    assert details == ["The requested image exceeds the size limit."]


@pytest.mark.parametrize("year", [2023, 1999, "latest"])
def test_a_year_without_service_is_called_so(year: int | str) -> None:
    error = ask(year).json()["error"]
    assert error["code"] == 404
    assert f"RASTER_{year}_010m_eu/ImageServer not found" in error["message"]


def test_other_addresses_are_not_found() -> None:
    assert HTTP.get(LABEL_URL.format(year="../2018"), timeout=10).status_code == 404
    assert HTTP.delete(LABEL_URL.format(year=2018), timeout=10).status_code == 405
