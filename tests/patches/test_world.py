"""The practice world is complete, small, current, and served as the real services would."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.io import MemoryFile

from autograder.patches import PRACTICE, World
from autograder.patches.build_world import PRACTICE_BOUNDS, SECOND_PATCH_URL, simulate_world
from autograder.patches.compare_worlds import differences
from tests.patches.conftest import OBLONG
from utils.errors import CourseError
from utils.reference import ALL_CODES, BULGARIA, LABEL_YEARS, PRACTICE_PATCH_URL


@pytest.fixture(scope="module")
def oblong(tmp_path_factory: pytest.TempPathFactory) -> World:
    return simulate_world(tmp_path_factory.mktemp("world"), 11, OBLONG)


def test_served_patch_has_the_profile_of_the_real_one(practice: World) -> None:
    content = practice.patch_bytes(PRACTICE_PATCH_URL)
    with MemoryFile(content) as memory, memory.open() as image:
        assert image.driver == "GTiff"
        assert (image.count, image.height, image.width) == (14, 250, 250)
        assert set(image.dtypes) == {"float64"}
        assert image.crs.to_epsg() == 3035
        assert tuple(image.bounds) == PRACTICE_BOUNDS
        assert image.nodata is None
        assert image.compression is None
        served = image.read()
    assert len(content) == pytest.approx(7_000_000, rel=0.001)
    with rasterio.open(practice.patches[PRACTICE_PATCH_URL]) as stored:
        assert np.array_equal(stored.read(), served)


def test_both_patches_are_served_and_look_different(practice: World) -> None:
    assert list(practice.patches) == [PRACTICE_PATCH_URL, SECOND_PATCH_URL]
    images = []
    for path in practice.patches.values():
        with rasterio.open(path) as image:
            images.append(image.read())
    assert not np.isclose(images[0], images[1], atol=0.01).mean() > 0.5
    with pytest.raises(KeyError):
        practice.patch_bytes("https://example.org/patch.tif")


def test_fixtures_fit_in_the_repository(practice: World) -> None:
    assert sum(path.stat().st_size for path in practice.files) < 6.5e6
    assert sum(path.stat().st_size for path in PRACTICE.rglob("*") if path.is_file()) < 8e6


@pytest.mark.parametrize("year", LABEL_YEARS)
def test_labels_have_the_official_colours_and_compression(practice: World, year: int) -> None:
    for path in practice.labels[year]:
        with rasterio.open(path) as image:
            assert image.dtypes == ("uint8",)
            assert image.crs.to_epsg() == 3035
            assert image.compression.value == "LZW"
            colours = image.colormap(1)
        for cover in ALL_CODES:
            assert "#{:02X}{:02X}{:02X}".format(*colours[cover.code][:3]) == cover.colour


def test_labels_lie_on_the_grid_of_their_patch(practice: World) -> None:
    for year in LABEL_YEARS:
        for patch, label in zip(practice.patches.values(), practice.labels[year], strict=True):
            with rasterio.open(patch) as one, rasterio.open(label) as other:
                assert one.bounds == other.bounds
                assert one.shape == other.shape


def test_outlines_have_the_official_form_and_hold_the_patches(practice: World) -> None:
    outlines = json.loads(practice.nuts.read_text(encoding="utf-8"))
    assert outlines["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::3035"
    regions = {
        feature["properties"]["NUTS_ID"]: shapely.geometry.shape(feature["geometry"])
        for feature in outlines["features"]
    }
    assert set(regions) == {"FRJ11", "FRJ22", "FRJ23", "FRJ27", "FRJ28", "LU000"}
    assert all(region.is_valid and region.exterior.is_ccw for region in regions.values())
    for url, path in practice.patches.items():
        with rasterio.open(path) as image:
            footprint = shapely.box(*image.bounds)
        holders = {code for code, region in regions.items() if region.intersects(footprint)}
        assert len(holders) == 1
        assert f"/{holders.pop()}/" in url
    expected = "NUTS_ID LEVL_CODE CNTR_CODE NAME_LATN NUTS_NAME MOUNT_TYPE URBN_TYPE COAST_TYPE"
    assert list(outlines["features"][0]["properties"]) == expected.split()


def test_image_of_bulgaria_covers_the_box_and_holds_no_gap(practice: World) -> None:
    with rasterio.open(practice.bulgaria) as image:
        assert (image.count, image.dtypes[0], image.crs.to_epsg()) == (12, "uint16", 4326)
        assert shapely.box(*image.bounds).contains(shapely.box(*BULGARIA))
        bands = image.read()
    assert bands.min() > 0
    assert 3000 < bands.max() < 10_000
    ndvi = (bands[7] - bands[3].astype(float)) / (bands[7] + bands[3].astype(float))
    assert 0.05 < np.mean(ndvi < 0) < 0.25, "the seas"
    assert np.mean(ndvi > 0.7) > 0.15, "the forests"


def test_fixtures_are_what_the_code_writes() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "autograder.patches", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_fresh_world_is_served_under_the_same_addresses(oblong: World, practice: World) -> None:
    assert oblong.name == "fresh"
    assert (practice.on_demand, oblong.on_demand) == (True, False)  # graded on its own patches
    assert list(oblong.patches) == list(practice.patches)
    with MemoryFile(oblong.patch_bytes(PRACTICE_PATCH_URL)) as memory, memory.open() as image:
        assert tuple(image.bounds) == OBLONG
        assert image.shape == (250, 190)
    assert oblong.catalogue.read_bytes() == practice.catalogue.read_bytes()


def test_fresh_labels_cover_the_patch_and_the_box_that_exercise_9_names(oblong: World) -> None:
    for year in LABEL_YEARS:
        covered = []
        for path in oblong.labels[year]:
            with rasterio.open(path) as image:
                covered.append(shapely.box(*image.bounds))
        for bounds in (OBLONG, PRACTICE_BOUNDS):
            assert any(area.covers(shapely.box(*bounds)) for area in covered)


def test_same_seed_writes_the_same_bytes(oblong: World, tmp_path: Path) -> None:
    again = simulate_world(tmp_path, 11, OBLONG)
    assert not differences(oblong, again)
    for one, other in zip(oblong.files, again.files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_check_names_a_file_that_differs(oblong: World, tmp_path: Path) -> None:
    other = simulate_world(tmp_path, 12, OBLONG)
    found = differences(oblong, other)
    assert any("3649890_2331750_0_937.tif" in line for line in found)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="make fixtures"):
        World.load(tmp_path)
    manifest = json.loads((PRACTICE / "world.json").read_text(encoding="utf-8"))
    (tmp_path / "world.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CourseError, match=r"bulgaria\.tif"):
        World.load(tmp_path)


def test_package_imports_without_heavy_libraries() -> None:
    code = "import autograder.patches, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
