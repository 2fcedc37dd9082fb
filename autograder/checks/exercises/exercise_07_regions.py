"""Which NUTS region a patch lies in, by a spatial join, and its area."""

import re
from typing import Any

import numpy as np

from autograder.checks import texts
from autograder.checks.explaining.claims import HAS, holds
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.expectation import Variant
from autograder.checks.reading import facts, frames
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.frames import METRE_TOLERANCE
from autograder.checks.reading.workspace import MISSING, Workspace

KM2_TOLERANCE = 1e-6
READ_PART = {HAS: r"read_file\([^\n]{0,200}\b(bbox|mask)="}
"""Code that reads the regions in a box only."""

DIGITS = (2, 3, 4)
"""Decimals to which the area may be rounded: the exercise prints two."""


def collect(workspace: Workspace) -> Evidence:
    """Read the boundaries near the tile, the tile's frame, the join and the area."""
    tile = workspace.current("tile_geom")
    return {
        "nuts": facts.own(workspace, "nuts", _regions_at, tile),
        "outline": facts.own(workspace, "nuts", _outline_at, tile),
        "nuts_crs": facts.own(workspace, "nuts", frames.frame_crs),
        "tile_crs": facts.own(workspace, "tile_gdf", frames.frame_crs),
        "tile_geometry": facts.own(workspace, "tile_gdf", frames.frame_geometry),
        "joined_ids": facts.own(workspace, "joined", _ids),
        "joined_geometry": facts.own(workspace, "joined", frames.frame_geometry),
        "area_km2": facts.own(workspace, "area_km2", _number),
        "tile": facts.missing("was never assigned") if tile is MISSING else frames.geometry(tile),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Find the way of joining in the code, and measure the learner's own tile."""
    return {"join": _join(workspace.source), "tile_area": _area(claims["tile"])}


def _regions_at(nuts: Any, tile: Any) -> Fact:
    """Codes of the regions that cover the tile: the same whether all of Europe was read or not."""
    codes = frames.column(nuts, "NUTS_ID")
    if not frames.is_frame(nuts) or not frames.has_geometry(nuts):
        return facts.other(nuts)
    if codes is None:
        return facts.text("a frame without NUTS_ID")
    if frames.geometry(tile)["kind"] != "geometry":
        return facts.texts(sorted(codes))
    hits = frames.rows_touching(nuts, tile)
    return facts.texts(sorted({code for code, hit in zip(codes, hits, strict=True) if hit}))


def _outline_at(nuts: Any, tile: Any) -> Fact:
    """Outline of a region that covers the tile: an invented one is not the official one.

    Of several it is the one with the first code, however the rows are sorted.
    """
    if not frames.is_frame(nuts) or frames.geometry(tile)["kind"] != "geometry":
        return facts.missing("needs `nuts` and `tile_geom`")
    places = np.flatnonzero(frames.rows_touching(nuts, tile))
    if not places.size:
        return facts.missing("does not cover the tile")
    codes = frames.column(nuts, "NUTS_ID")
    first = min(places, key=lambda place: codes[place]) if codes else places[0]
    return frames.geometry(frames.outlines(nuts)[first])


_SPATIAL = re.compile(
    r"sjoin|intersects|overlay|clip|sindex|intersection|contains|covers|covered_by|within|overlaps"
    r"|touches|crosses|\.cx\b|mask\s*=|bbox\s*="
)
NOT_BY_POSITION = "not by position"
_WITHIN = re.compile(r"predicate\s*=\s*['\"](within|covered_by|overlaps|touches|crosses)['\"]")


def _number(value: Any) -> Fact:
    """A number; digits in a text are none."""
    return facts.other(value) if issubclass(type(value), str) else facts.numbers(value, 1)


def _join(source: str) -> Fact:
    """How the region was found: on this patch another way may give the same rows by accident."""
    if not source or (_SPATIAL.search(source) and not _WITHIN.search(source)):
        return facts.text("by position")
    found = _WITHIN.search(source)
    return facts.text(f"with the predicate {found[1]}" if found else NOT_BY_POSITION)


def _ids(joined: Any) -> Fact:
    codes = frames.column(joined, "NUTS_ID")
    return facts.other(joined) if codes is None else facts.texts(sorted(codes))


def _area(tile: Fact) -> Fact:
    """Area of the learner's own tile in square metres."""
    if tile["kind"] != "geometry":
        return facts.missing("needs `tile_geom`")
    import shapely

    return facts.numbers(float(shapely.area(shapely.from_wkt(tile["wkt"]))), 1)


def _area_of_own_tile(evidence: Evidence, expected: Fact) -> Difference | None:
    area, tile = evidence["area_km2"], evidence["tile_area"]
    if area["kind"] == tile["kind"] == "numbers":
        exact = tile["values"][0] / 1e6
        for own in (exact, *(round(exact, digits) for digits in DIGITS)):
            if compare(area, {"kind": "numbers", "values": [own]}, KM2_TOLERANCE) is None:
                return None
    return compare(area, expected, KM2_TOLERANCE)


def remarks(evidence: Evidence) -> list[str]:
    """Praise who read no more than needed."""
    part = holds(READ_PART, facts.joined(evidence["source"]))
    return [texts.of_exercise(7).remarks["only-regions-nearby"]] if part else []


EXERCISE = Exercise(
    names=("nuts", "tile_geom", "tile_gdf", "joined", "area_km2"),
    facts=(
        ERROR,
        FactSpec("tile", "", "`tile_geom`", METRE_TOLERANCE, unit="m"),
        FactSpec("nuts", "regions", "The regions of `nuts` at the tile"),
        FactSpec(
            "outline", "regions", "The outline of the region", METRE_TOLERANCE, everywhere=True
        ),
        FactSpec("nuts_crs", "regions", "The CRS of `nuts`"),
        FactSpec("tile_crs", "tile", "The CRS of `tile_gdf`"),
        FactSpec(
            "tile_geometry",
            "tile",
            "The geometry of `tile_gdf`",
            METRE_TOLERANCE,
            computed=True,
            unit="m",
        ),
        FactSpec("join", "join", "The way of joining"),
        FactSpec("joined_ids", "join", "NUTS_ID in `joined`"),
        FactSpec("joined_geometry", "join", "The geometry of `joined`", METRE_TOLERANCE),
        FactSpec(
            "area_km2",
            "area",
            "`area_km2`",
            KM2_TOLERANCE,
            comparison=_area_of_own_tile,
            computed=True,
            unit="km²",
            everywhere=True,
        ),
    ),
    collect=collect,
    conclude=conclude,
    remarks=remarks,
    # On the practice patch, regions that were found without their position may be the right ones by
    # accident, so the code is searched for words of a spatial join. On a patch that nobody knows,
    # who has them, by whatever words, has found them.
    right_elsewhere=(Variant("found-in-other-words", {"join": facts.text(NOT_BY_POSITION)}),),
)
