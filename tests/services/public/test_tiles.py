"""Every tile of an index is served: the same for the same name, with labels that belong to it."""

import io
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import rasterio
import requests
import s3fs
import shapely
from rasterio.io import MemoryFile

from autograder.patches import PRACTICE, World
from autograder.patches.build_world import SECOND_PATCH_URL
from autograder.patches.tile_index import INDEXED, KNOWN, TILE, tile_files, tiles_of
from autograder.services.public.tiles_on_demand import IMAGE_SIZE, KEYS
from tests.services.public.test_imageserver import ask as ask_labels
from utils.reference import (
    EVENT_BUCKET,
    LABEL_YEARS,
    PRACTICE_PATCH_URL,
    PROJECT_BUCKET,
    S3_HOST,
    patch_url,
)

HTTP = requests.Session()  # a new one would load the authorities at every request

LUXEMBOURG = "4042000_2951690_0_637"
BOUNDS = (4042000, 2951690, 4044500, 2954190)

pytestmark = pytest.mark.usefixtures("services")


def url(bucket: str, key: str) -> str:
    return f"https://{S3_HOST}/{bucket}/{key}"


def key(bucket: str, labels: bool = False, **fields: object) -> str:
    return KEYS[bucket][labels].format(**fields)


def index_url(bucket: str, nuts: str, year: int) -> str:
    return url(bucket, key(bucket, nuts=nuts, year=year, patch="")).replace(
        ".tif", "filename2bbox.parquet"
    )


def get(address: str) -> requests.Response:
    return HTTP.get(address, timeout=60)


def pixels(content: bytes) -> np.ndarray:
    with MemoryFile(content) as memory, memory.open() as image:
        return np.asarray(image.read())


@pytest.mark.parametrize("nuts", INDEXED)
def test_an_index_lists_tiles_side_by_side_within_the_region(nuts: str) -> None:
    outlines = {
        one["properties"]["NUTS_ID"]: shapely.geometry.shape(one["geometry"])
        for one in get(
            "https://gisco-services.ec.europa.eu/distribution/v2/nuts/geojson/"
            "NUTS_RG_01M_2021_3035_LEVL_3.geojson"
        ).json()["features"]
    }
    years = INDEXED[nuts]
    index = pd.read_parquet(io.BytesIO(get(index_url(EVENT_BUCKET, nuts, years[-1])).content))
    assert list(index.columns) == ["filename", "bbox"]
    assert index["filename"].is_unique
    assert f"{KNOWN[nuts]}.tif" in set(index["filename"])
    boxes = np.stack(index["bbox"].to_numpy())
    assert boxes.dtype == np.float64
    assert (boxes[:, 2:] - boxes[:, :2] == TILE).all()
    corners = [[float(part) for part in name.split("_")[:2]] for name in index["filename"]]
    np.testing.assert_array_equal(boxes[:, :2], corners)
    tiles = shapely.box(*boxes.T)
    assert shapely.contains(outlines[nuts], tiles).all()
    assert shapely.union_all(tiles).area == pytest.approx(len(index) * TILE**2)
    assert 0.75 < len(index) * TILE**2 / outlines[nuts].area < 1


@pytest.mark.parametrize("bucket", KEYS)
def test_an_index_lies_beside_the_images_of_each_year_that_has_some(bucket: str) -> None:
    found = {
        (nuts, year): get(index_url(bucket, nuts, year)).status_code
        for nuts in (*INDEXED, "FRJ23")
        for year in (2018, 2019, 2021, 2024)
    }
    for (nuts, year), status in found.items():
        assert status == (200 if year in INDEXED.get(nuts, ()) else 404), (nuts, year)


@pytest.mark.parametrize("bucket", KEYS)
def test_a_tile_of_the_index_is_a_patch_with_its_labels(bucket: str) -> None:
    address = url(bucket, key(bucket, nuts="LU000", year=2024, patch=LUXEMBOURG))
    with rasterio.open(address) as image:
        assert (image.count, image.shape, image.dtypes[0]) == (14, (250, 250), "float64")
        assert tuple(image.bounds) == BOUNDS
        assert image.crs.to_epsg() == 3035
        red, infrared, ndvi = image.read([4, 8, 13])
    assert 0.3 < np.nanmedian(ndvi) < 0.95
    assert np.nanmean(infrared) > np.nanmean(red)
    for year in LABEL_YEARS:
        stored = get(url(bucket, key(bucket, True, nuts="LU000", year=year, patch=LUXEMBOURG)))
        asked = pixels(ask_labels(year, bbox=",".join(map(str, BOUNDS))).content)[0]
        labels = np.load(io.BytesIO(stored.content))
        np.testing.assert_array_equal(labels, np.where(asked >= 254, 0, asked))
        woods, sealed = np.isin(labels, (2, 3, 4)), labels == 1
        assert np.nanmedian(ndvi[woods]) > np.nanmedian(ndvi[sealed]) + 0.2


def test_a_tile_is_the_same_whenever_it_is_simulated_and_unlike_others() -> None:
    first = tile_files(LUXEMBOURG)
    served = get(patch_url("LU000", 2021, 250, LUXEMBOURG)).content
    assert served == first.image  # simulated in another process
    others = [tile_files(name).image for name in list(tiles_of("LU000"))[:2]]
    for one, other in combinations([served, *others], 2):
        assert not np.isclose(pixels(one), pixels(other), atol=0.01).mean() > 0.5


def test_labels_of_a_box_across_two_tiles_are_those_of_both() -> None:
    west, south, east, north = BOUNDS
    neighbour = next(name for name, box in tiles_of("LU000").items() if box[:2] == (east, south))
    across = (west + 2000, south, east + 500, north)
    both = pixels(ask_labels(2021, bbox=",".join(map(str, across)), size="100,250").content)[0]
    left, right = (pixels(tile_files(name).labels[2021])[0] for name in (LUXEMBOURG, neighbour))
    np.testing.assert_array_equal(both, np.hstack([left[:, 200:], right[:, :50]]))


def test_a_box_over_too_many_tiles_is_refused_and_none_is_simulated_at_sea() -> None:
    west, south, *_ = BOUNDS
    wide = ask_labels(2018, bbox=f"{west},{south},{west + 20_000},{south + 20_000}", size="200,200")
    assert "Offline a box may touch 9 tiles" in wide.json()["error"]["details"][0]
    empty = pixels(ask_labels(2018, bbox="3000000,2000000,3002500,2002500").content)
    assert (empty == 255).all()


@pytest.mark.parametrize("year", [2018, 2021, 2024])
def test_the_practice_patch_has_the_same_pixels_in_each_year_of_the_index(year: int) -> None:
    address = PRACTICE_PATCH_URL.replace("/2018/", f"/{year}/")
    assert get(address).content == World.load(PRACTICE).patch_bytes(PRACTICE_PATCH_URL)


@pytest.mark.parametrize(
    "address",
    [
        patch_url("LU000", 2024, 250, "4042000_2951690_0_1"),
        patch_url("LU000", 2019, 250, LUXEMBOURG),
        patch_url("FRJ27", 2024, 250, LUXEMBOURG),
        patch_url("LU000", 2024, 500, LUXEMBOURG),
        patch_url("LU000", 20240, 250, LUXEMBOURG),
        SECOND_PATCH_URL.replace("2018", "2024"),
    ],
)
def test_what_no_index_lists_is_not_there(address: str) -> None:
    assert get(address).status_code == 404


@pytest.mark.parametrize(
    ("bucket", "folder"),
    [(EVENT_BUCKET, "2026/project3/data/images"), (PROJECT_BUCKET, "SENTINEL2")],
)
def test_regions_years_and_tiles_can_be_listed(
    fs: s3fs.S3FileSystem, bucket: str, folder: str
) -> None:
    images = key(bucket, nuts="", year="", patch="").partition(folder)[0] + folder
    regions = fs.ls(f"{bucket}/{images}")
    assert {path.rpartition("/")[2] for path in regions} == set(INDEXED)
    years = fs.ls(f"{bucket}/{images}/LU000")
    assert {path.rpartition("/")[2] for path in years} == {"2018", "2021", "2024"}
    place = key(bucket, nuts="LU000", year=2024, patch=LUXEMBOURG)
    listed = fs.ls(f"{bucket}/{place.rpartition('/')[0]}", detail=True)
    assert len(listed) == len(tiles_of("LU000")) + 1
    size = next(one["size"] for one in listed if one["name"].endswith(f"{LUXEMBOURG}.tif"))
    assert size == IMAGE_SIZE == fs.info(f"{bucket}/{place}")["size"]
