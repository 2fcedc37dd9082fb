"""The footprint of a patch as a GeoDataFrame, in metres and in degrees."""

import re

from autograder.checks.explaining.explanation import Explain, first_of
from autograder.checks.explaining.places.frames import crs_of, in_place_of_frame, other_name
from autograder.checks.explaining.places.outlines import outline_of
from autograder.checks.explaining.places.rectangles import transformed
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import same
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Figure, Transfer
from autograder.checks.judging.follow import outline_of_patch
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts, frames
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.frames import DEGREE_TOLERANCE, METRE_TOLERANCE
from autograder.checks.reading.workspace import Workspace
from utils.reference import LAEA, WGS84

NAMES = ("tile_geom", "gdf", "gdf_wgs84")
_EPSG = re.compile(r"EPSG:\d{4,6}")


def collect(workspace: Workspace) -> Evidence:
    """Read the geometry and both frames."""
    return {
        "tile_geom": facts.own(workspace, "tile_geom", frames.geometry),
        "gdf_crs": facts.own(workspace, "gdf", frames.table_crs),
        "gdf_geometry": facts.own(workspace, "gdf", frames.frame_geometry),
        "wgs84_crs": facts.own(workspace, "gdf_wgs84", frames.frame_crs),
        "wgs84_geometry": facts.own(workspace, "gdf_wgs84", frames.frame_geometry),
        "other_names": facts.other_names(workspace, NAMES),
    }


def _frame(name: str, fact: str) -> Explain:
    """Explains what is bound in place of the frame ``name``, or under another name."""
    return first_of(
        other_name(fact, name, "GeoDataFrame", "GeoSeries"), in_place_of_frame(fact, name)
    )


def _holds_own(evidence: Evidence, served: Served) -> bool:
    """Whether `gdf` holds the learner's own outline."""
    own = evidence["tile_geom"]
    return outline_of_patch(own, served) and same(evidence["gdf_geometry"], own, METRE_TOLERANCE)


def _converts_own(evidence: Evidence, served: Served) -> bool:
    """Whether `gdf_wgs84` is the learner's own `gdf` in degrees.

    Of a frame that says it is in degrees already, this could not be seen.
    """
    own, system = evidence["gdf_geometry"], evidence["gdf_crs"].get("text", "")
    if system == WGS84 or not (_EPSG.fullmatch(system) and outline_of_patch(own, served)):
        return False
    import numpy as np
    import shapely

    def degrees(corners: np.ndarray) -> np.ndarray:
        return np.array(transformed(system, WGS84, *corners.T)).T

    converted = shapely.transform(shapely.from_wkt(own["wkt"]), degrees)
    expected = {"kind": "geometry", "wkt": converted.wkt}
    return same(evidence["wgs84_geometry"], expected, DEGREE_TOLERANCE)


def _sides(evidence: Evidence, name: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a geometry, in its own system."""
    import shapely

    west, south, east, north = shapely.from_wkt(evidence[name]["wkt"]).bounds
    return west, south, east, north


def _side(name: str, place: int) -> Figure:
    """One side of a geometry."""
    return lambda evidence: number(_sides(evidence, name)[place], 6)


NEAR = 0.03
"""Share by which an answer may be off."""


def _how_much_wider(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number is how many times wider than high the box in degrees is."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    west, south, east, north = _sides(evidence, "wgs84_geometry")
    width, height = east - west, north - south
    ratios = {
        "right": width / height,
        "in-metres": 1.0,
        "turned-round": height / width,
    }
    [said] = answer["values"]
    fitting = (key for key, ratio in ratios.items() if abs(said - ratio) <= NEAR * ratio)
    return next(fitting, "other")


EXERCISE = Exercise(
    names=NAMES,
    facts=(
        ERROR,
        FactSpec(
            "tile_geom",
            "geometry",
            "`tile_geom`",
            METRE_TOLERANCE,
            computed=True,
            unit="m",
            explain=first_of(
                other_name("tile_geom", "tile_geom", "Polygon"),
                outline_of("tile_geom", "tile_geom", LAEA),
            ),
        ),
        FactSpec(
            "gdf_crs",
            "frame",
            "The CRS of `gdf`",
            explain=first_of(
                _frame("gdf", "gdf_crs"), crs_of("gdf", "gdf_crs", "gdf_geometry", "tile_geom")
            ),
        ),
        FactSpec(
            "gdf_geometry",
            "frame",
            "The geometry of `gdf`",
            METRE_TOLERANCE,
            unit="m",
            right_as_served=_holds_own,
            explain=outline_of("gdf_geometry", "tile_geom", LAEA),
        ),
        FactSpec(
            "wgs84_crs",
            "reprojection",
            "The CRS of `gdf_wgs84`",
            explain=first_of(
                _frame("gdf_wgs84", "wgs84_crs"),
                crs_of("gdf_wgs84", "wgs84_crs", "wgs84_geometry", "tile_geom"),
            ),
        ),
        FactSpec(
            "wgs84_geometry",
            "reprojection",
            "The geometry of `gdf_wgs84`",
            DEGREE_TOLERANCE,
            unit="degrees",
            right_as_served=_converts_own,
            explain=outline_of("wgs84_geometry", "tile_geom", WGS84),
        ),
    ),
    collect=collect,
    follows=("tile_geom",),
    figures={
        "degrees_east": _side("wgs84_geometry", 2),
        "degrees_west": _side("wgs84_geometry", 0),
        "east": _side("tile_geom", 2),
        "south": _side("tile_geom", 1),
        "west": _side("tile_geom", 0),
    },
    transfer=Transfer(
        lambda value: facts.numbers(value, 1),
        _how_much_wider,
        ("in-metres", "no-number", "other", "turned-round"),
    ),
)
