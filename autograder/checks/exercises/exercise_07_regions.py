"""Which NUTS region a patch lies in, by a spatial join, and its area."""

from typing import Any

import numpy as np

from autograder.checks import texts
from autograder.checks.asking import regions as asking
from autograder.checks.explaining.claims import HAS, holds
from autograder.checks.explaining.explanation import first_of
from autograder.checks.explaining.places import joins
from autograder.checks.explaining.places.frames import crs_of, in_place_of_frame, other_name
from autograder.checks.explaining.places.numbers import explain_area
from autograder.checks.explaining.places.outlines import outline_of
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare, same
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.expectation import Variant
from autograder.checks.judging.follow import outline_of_patch
from autograder.checks.reading import facts, frames
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.frames import METRE_TOLERANCE
from autograder.checks.reading.workspace import MISSING, Workspace
from utils.reference import LAEA

KM2_TOLERANCE = 1e-6
READ_PART = {HAS: r"read_file\([^\n]{0,200}\b(bbox|mask)="}
"""Code that reads the regions in a box only."""

DIGITS = (2, 3, 4)
"""Decimals to which the area may be rounded: the exercise prints two."""


NAMES = ("nuts", "tile_geom", "tile_gdf", "joined", "area_km2")


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
        "area_form": facts.own(workspace, "area_km2", _form),
        "tile": facts.missing("was never assigned") if tile is MISSING else frames.geometry(tile),
        "other_names": facts.other_names(workspace, NAMES),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Find the way of joining in the code, and measure the learner's own tile."""
    return {"join": facts.text(joins.way(workspace.source)), "tile_area": _area(claims["tile"])}


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


def _number(value: Any) -> Fact:
    """A number, or the numbers of a column; digits in a text are none."""
    if issubclass(type(value), str):
        return facts.other(value)
    return facts.numbers(value, frames.MAX_AREAS if frames.is_column(value) else 1)


def _form(value: Any) -> Fact:
    """Whether the area is a column of a table or a tuple, in place of one number."""
    if frames.is_column(value):
        return facts.text("column")
    return facts.text("tuple" if issubclass(type(value), (tuple, list)) else "number")


def _ids(joined: Any) -> Fact:
    codes = frames.column(joined, "NUTS_ID")
    return facts.other(joined) if codes is None else facts.texts(sorted(codes))


def _area(tile: Fact) -> Fact:
    """Area of the learner's own tile in square metres; an outline that holds nothing has none."""
    if tile["kind"] != "geometry":
        return facts.missing("needs `tile_geom`")
    import shapely

    outline = shapely.from_wkt(tile["wkt"])
    if not (outline.is_valid and outline.area):
        return facts.missing("needs an outline with an area")
    return facts.numbers(float(outline.area), 1)


def _area_of_own_tile(evidence: Evidence, expected: Fact) -> Difference | None:
    area, tile = evidence["area_km2"], evidence["tile_area"]
    if len(set(area.get("values", ()))) == 1:  # one for each region: the same patch
        area = {**area, "values": area["values"][:1]}
    if area["kind"] == tile["kind"] == "numbers":
        exact = tile["values"][0] / 1e6
        for own in (exact, *(round(exact, digits) for digits in DIGITS)):
            if compare(area, {"kind": "numbers", "values": [own]}, KM2_TOLERANCE) is None:
                return None
    return compare(area, expected, KM2_TOLERANCE)


def _joins_own_tile(evidence: Evidence, served: Served) -> bool:
    """Whether `joined` holds the learner's own tile."""
    own = evidence["tile"]
    return outline_of_patch(own, served) and same(evidence["joined_geometry"], own, METRE_TOLERANCE)


def remarks(evidence: Evidence) -> list[str]:
    """Praise who read no more than needed; say of an area that is right that it is no number."""
    said = texts.of_exercise(7)
    part = holds(READ_PART, facts.joined(evidence["source"]))
    keys = {"column": "area-is-a-column", "tuple": "area-is-a-tuple"}
    key = keys.get(evidence["area_form"].get("text", ""))
    found = [said.explanations[key].say] if key else []
    return [*found, said.remarks["only-regions-nearby"]] if part else found


EXERCISE = Exercise(
    names=NAMES,
    facts=(
        ERROR,
        FactSpec("tile", "", "`tile_geom`", METRE_TOLERANCE, unit="m"),
        FactSpec(
            "nuts_crs",
            "regions",
            "The CRS of `nuts`",
            explain=first_of(
                other_name("nuts_crs", "nuts", "GeoDataFrame"),
                in_place_of_frame("nuts_crs", "nuts"),
                joins.explain_system,
            ),
        ),
        FactSpec(
            "nuts", "regions", "The regions of `nuts` at the tile", explain=joins.explain_regions
        ),
        FactSpec(
            "outline", "regions", "The outline of the region", METRE_TOLERANCE, everywhere=True
        ),
        FactSpec(
            "tile_geometry",
            "tile",
            "The geometry of `tile_gdf`",
            METRE_TOLERANCE,
            computed=True,
            unit="m",
            explain=first_of(
                other_name("tile_geometry", "tile_gdf", "GeoDataFrame"),
                in_place_of_frame("tile_geometry", "tile_gdf"),
                crs_of("tile_gdf", "tile_crs", "tile_geometry", "tile"),
                outline_of("tile_geometry", "tile", LAEA),
            ),
        ),
        FactSpec(
            "tile_crs",
            "tile",
            "The CRS of `tile_gdf`",
            explain=crs_of("tile_gdf", "tile_crs", "tile_geometry", "tile"),
        ),
        FactSpec("join", "join", "The way of joining", explain=joins.explain_way),
        FactSpec(
            "joined_ids",
            "join",
            "NUTS_ID in `joined`",
            explain=first_of(
                other_name("joined_ids", "joined", "GeoDataFrame", "DataFrame"),
                joins.explain_ids,
                in_place_of_frame("joined_ids", "joined"),
            ),
        ),
        FactSpec(
            "joined_geometry",
            "join",
            "The geometry of `joined`",
            METRE_TOLERANCE,
            right_as_served=_joins_own_tile,
            explain=first_of(
                in_place_of_frame("joined_geometry", "joined"),
                outline_of("joined_geometry", "tile", LAEA),
            ),
        ),
        FactSpec(
            "area_km2",
            "area",
            "`area_km2`",
            KM2_TOLERANCE,
            comparison=_area_of_own_tile,
            computed=True,
            unit="km²",
            everywhere=True,
            explain=first_of(other_name("area_km2", "area_km2", "float", "float64"), explain_area),
        ),
    ),
    collect=collect,
    conclude=conclude,
    remarks=remarks,
    follows=("tile",),
    # On the practice patch, regions that were found without their position may be the right ones by
    # accident, so the code is read for a spatial join. On a patch that nobody knows, who has them,
    # by whatever words, has found them.
    right_elsewhere=(
        Variant("found-in-other-words", {"join": facts.text(joins.NOT_BY_POSITION)}),
        Variant("found-by-code", {"join": facts.text(joins.BY_CODE)}),
        Variant("found-by-middle", {"join": facts.text(joins.BY_MIDDLE)}),
        Variant("found-and-cut", {"join": facts.text(joins.CUT)}),
        Variant("found-one-row", {"join": facts.text(joins.ONE_ROW)}),
    ),
    figures=asking.FIGURES,
    transfer=asking.TRANSFER,
)
