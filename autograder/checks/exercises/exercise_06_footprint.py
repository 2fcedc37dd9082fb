"""The footprint of a patch as a GeoDataFrame, in metres and in degrees."""

from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.reading import facts, frames
from autograder.checks.reading.facts import Evidence
from autograder.checks.reading.frames import DEGREE_TOLERANCE, METRE_TOLERANCE
from autograder.checks.reading.workspace import Workspace


def collect(workspace: Workspace) -> Evidence:
    """Read the geometry and both frames."""
    return {
        "tile_geom": facts.own(workspace, "tile_geom", frames.geometry),
        "gdf_crs": facts.own(workspace, "gdf", frames.frame_crs),
        "gdf_geometry": facts.own(workspace, "gdf", frames.frame_geometry),
        "wgs84_crs": facts.own(workspace, "gdf_wgs84", frames.frame_crs),
        "wgs84_geometry": facts.own(workspace, "gdf_wgs84", frames.frame_geometry),
    }


EXERCISE = Exercise(
    names=("tile_geom", "gdf", "gdf_wgs84"),
    facts=(
        ERROR,
        FactSpec("tile_geom", "geometry", "`tile_geom`", METRE_TOLERANCE, computed=True, unit="m"),
        FactSpec("gdf_crs", "frame", "The CRS of `gdf`"),
        FactSpec("gdf_geometry", "frame", "The geometry of `gdf`", METRE_TOLERANCE, unit="m"),
        FactSpec("wgs84_crs", "reprojection", "The CRS of `gdf_wgs84`"),
        FactSpec(
            "wgs84_geometry",
            "reprojection",
            "The geometry of `gdf_wgs84`",
            DEGREE_TOLERANCE,
            unit="degrees",
        ),
    ),
    collect=collect,
)
