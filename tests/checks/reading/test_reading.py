"""What the readers make of a learner's results: numbers, geometries, files."""

from collections import namedtuple
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyproj
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from rasterio.crs import CRS

from autograder.checks.judging.compare import compare, reduce
from autograder.checks.reading import facts, files, frames

BOX = shapely.box(3649890, 2331750, 3652390, 2334250)
Box = namedtuple("Box", "left bottom right top")


# --- arrays -----------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    arrays.arrays(
        st.sampled_from(["u1", "i4", "f4", "f8", ">f8", "?"]),
        arrays.array_shapes(min_dims=1, max_dims=3, max_side=6),
    )
)
def test_an_array_is_read_as_it_is_and_equals_itself(values: Any) -> None:
    fact = facts.array(values)
    np.testing.assert_array_equal(fact["array"], values)
    assert fact["shape"] == list(values.shape)
    assert fact["dtype"] == values.dtype.name
    with np.errstate(all="ignore"):
        assert compare(fact, reduce(fact), 0.0) is None


def test_masked_pixels_count_as_not_a_number() -> None:
    values = np.ma.masked_equal(np.array([[0, 1], [2, 0]], np.uint8), 0)
    np.testing.assert_array_equal(facts.array(values)["array"], [[np.nan, 1], [2, np.nan]])


def test_a_mask_without_masked_pixels_keeps_the_type() -> None:
    assert facts.array(np.ma.array([1, 2], np.uint8, mask=False))["dtype"] == "uint8"


def test_an_array_is_read_without_a_copy_and_cannot_be_written_to() -> None:
    values = np.ones((3, 3))
    read = facts.array(values)["array"]
    assert np.shares_memory(read, values)
    assert not read.flags.writeable
    assert values.flags.writeable


@pytest.mark.parametrize("shape", [(10**12,), (2001, 2000)])
def test_a_large_array_is_known_by_its_shape(shape: tuple[int, ...]) -> None:
    fact = facts.array(np.broadcast_to(np.uint8(1), shape))
    assert fact == {"kind": "other", "type": f"array of shape {shape}"}


@pytest.mark.parametrize(
    ("dtype", "words"),
    [
        *[("O", "objects"), ("c16", "complex numbers"), ("U3", "text"), ("M8[s]", "dates")],
        *[("m8[s]", "durations"), ("i4,f8", "rows")],
    ],
)
def test_an_array_of_something_else_says_of_what(dtype: str, words: str) -> None:
    assert facts.array(np.zeros(3, dtype))["type"] == f"array of {words}"


# --- numbers and words ------------------------------------------------------------------------

FOUR = [1.0, 2.0, 3.0, 4.5]


@pytest.mark.parametrize(
    "value",
    [
        *[FOUR, tuple(FOUR), Box(*FOUR), rasterio.coords.BoundingBox(*FOUR), np.array(FOUR)],
        *[np.array(FOUR, ">f4"), pd.Series(FOUR), ["1", "2", "3", "4.5"]],
        *[(1, np.int16(2), np.array(3), Fraction(9, 2)), [True, 2, 3, Decimal("4.5")]],
    ],
    ids=lambda value: type(value).__name__,
)
def test_four_numbers_are_read_from_any_short_sequence(value: Any) -> None:
    assert facts.numbers(value, 4) == {"kind": "numbers", "values": FOUR}


@pytest.mark.parametrize(
    "value",
    [
        *[6.25, np.float32(6.25), np.array(6.25), np.array([6.25]), pd.Series([6.25]), [6.25]],
        *[Decimal("6.25"), Fraction(25, 4), "6.25"],
    ],
    ids=lambda value: type(value).__name__,
)
def test_one_number_is_read_from_a_scalar_or_a_sequence_of_one(value: Any) -> None:
    assert facts.numbers(value, 1) == {"kind": "numbers", "values": [6.25]}


@pytest.mark.parametrize("value", [{1: 2}, {1.0}, None, 1j, "words", b"1", np.eye(4), iter(FOUR)])
def test_other_things_are_no_numbers(value: Any) -> None:
    assert facts.numbers(value, 4)["kind"] == "other"
    assert facts.numbers(value, 1)["kind"] == "other"


def test_too_many_numbers_show() -> None:
    assert len(facts.numbers(range(5), 4).get("values", [])) == 0
    assert len(facts.numbers(list(range(100)), 4)["values"]) == 5


def test_words_can_be_shown_and_stored() -> None:
    assert facts.words("é → \x00\x1b\ud800") == "é → " + "\N{REPLACEMENT CHARACTER}" * 3
    assert facts.words({"a": [1, None]}) == "{'a': [1, None]}"
    assert facts.words(object()) == "object"
    assert len(facts.words("x" * 10**6)) == 300


# --- coordinate reference systems -------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        *["EPSG:3035", " epsg:3035", "3035", 3035, CRS.from_epsg(3035), pyproj.CRS(3035)],
        *[CRS.from_epsg(3035).to_wkt(), pyproj.CRS(3035).to_wkt()],
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:10]}",
)
def test_a_crs_is_known_in_any_form(value: Any) -> None:
    assert frames.crs(value) == facts.text("EPSG:3035")


@pytest.mark.parametrize("value", [True, 3.5, b"EPSG:3035", object()])
def test_other_things_are_no_crs(value: Any) -> None:
    assert frames.crs(value)["kind"] == "other"


# --- frames -----------------------------------------------------------------------------------


def table(*shapes: Any, **columns: Any) -> Any:
    return geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=3035)


def test_a_geometry_is_read_to_the_nanometre() -> None:
    fact = frames.geometry(shapely.Point(3649890.123456789, -0.25))
    assert fact == {"kind": "geometry", "wkt": "POINT (3649890.123456789 -0.25)"}
    assert frames.geometry("POINT (1 2)")["kind"] == "other"


@pytest.mark.parametrize("shape", [shapely.Polygon(), shapely.Point(np.inf, 0)])
def test_a_geometry_without_place_is_none(shape: Any) -> None:
    assert frames.geometry(shape)["kind"] == "text"


@pytest.mark.parametrize(
    "value",
    [
        *[table(BOX), table(BOX).geometry, table(BOX, BOX), table(BOX, a=[1])],
        *[table(BOX).rename_geometry("outline"), table(shapely.reverse(BOX))],
    ],
)
def test_a_frame_is_its_crs_and_its_outline(value: Any) -> None:
    assert frames.frame_crs(value) == facts.text("EPSG:3035")
    outline = frames.frame_geometry(value)
    assert compare(outline, frames.geometry(BOX), frames.METRE_TOLERANCE) is None


def test_a_frame_in_degrees_is_told_from_one_that_is_only_called_so() -> None:
    right, wrong = table(BOX).to_crs(4326), table(BOX).set_crs(4326, allow_override=True)
    assert frames.frame_crs(right) == frames.frame_crs(wrong) == facts.text("EPSG:4326")
    expected = frames.frame_geometry(right)
    assert compare(expected, expected, frames.DEGREE_TOLERANCE) is None
    assert compare(frames.frame_geometry(wrong), expected, frames.DEGREE_TOLERANCE)


def test_frames_that_hold_no_single_outline_say_so() -> None:
    moved = shapely.affinity.translate(BOX, 1)
    said = [
        frames.frame_geometry(value).get("text")
        for value in (table(), table(BOX, moved), table(*[BOX] * 30, moved), table(None, BOX))
    ]
    assert said[0] == "a frame with 0 rows"
    assert said[1] == "a frame with 2 different geometries"
    assert said[2] == "a frame with 31 different geometries"
    assert said[3] == "a frame with an empty geometry"
    bare = geopandas.GeoDataFrame({"a": [1]})
    assert frames.frame_geometry(bare) == facts.text("a frame without geometry")
    assert frames.frame_crs(bare) == facts.text("no CRS")
    assert frames.frame_crs(table(BOX).set_crs(None, allow_override=True)) == facts.text("no CRS")


def test_rows_that_touch_a_tile_are_those_that_geopandas_finds() -> None:
    rng = np.random.default_rng(1)
    centres = shapely.points(BOX.centroid.coords + rng.normal(0, 4000, (300, 2)))
    regions = table(*shapely.buffer(centres, 500), None, shapely.Polygon())
    expected = regions.geometry.intersects(BOX).to_numpy()
    assert 0 < expected.sum() < len(expected)
    np.testing.assert_array_equal(frames.rows_touching(regions, BOX), expected)


@pytest.mark.parametrize("name", ["NUTS_ID", "NUTS_ID_left", "NUTS_ID_right"])
def test_a_column_is_found_also_after_a_join(name: str) -> None:
    assert frames.column(table(BOX, BOX, **{name: ["FRJ27", None]}), "NUTS_ID") in (
        ["FRJ27", "None"],
        ["FRJ27", "nan"],
    )
    assert frames.column(pd.DataFrame({name: ["FRJ27"]}), "NUTS_ID") == ["FRJ27"]
    assert frames.column(table(BOX), "NUTS_ID") is None


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [str, Path, np.str_, str.encode])
def test_a_file_is_read_whatever_the_form_of_its_path(form: Any, tmp_path: Path) -> None:
    (tmp_path / "label.npy").write_bytes(b"content")
    assert files.content(form("label.npy"), tmp_path, 100) == b"content"
    assert files.content(form(str(tmp_path / "label.npy")), Path(), 100) == b"content"
    assert files.content(form("label.npy"), tmp_path, 3) == b""
    assert files.content(form("other.npy"), tmp_path, 100) is None


def test_what_is_no_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        files.content(7, tmp_path, 100)
