"""Lay a landscape out: from a plan to polygons, each with the surface it is made of."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Point, Polygon, box
from shapely.affinity import scale
from shapely.ops import substring

from autograder.patches.landscape import town
from autograder.patches.landscape.ground import Ground
from autograder.patches.landscape.scene import Scene
from autograder.patches.landscape.shapes import (
    Warp,
    compactness,
    curve,
    shrink,
    subdivide,
    wander,
)

MARGIN = 300
"""Metres that the layout reaches beyond the patch, so that parcels are cut by its edge."""


@dataclass(frozen=True)
class Lines:
    """The lines that divide the land, in metres: smooth, already wandering."""

    river: LineString
    streams: list[LineString]
    railway: LineString
    roads: list[LineString]
    lanes: list[LineString]
    limits: list[LineString]


def lay_out(rng: np.random.Generator, scene: Scene, width: float, height: float) -> Ground:
    """Make a landscape.

    Args:
        rng: Source of randomness.
        scene: Plan to follow.
        width: Width of the patch in metres.
        height: Height of the patch in metres.
    """
    frame = box(-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)
    lines = _draw_lines(rng, scene, width, height)
    river = shapely.buffer(lines.river, scene.river_width / 2)
    cells, surfaces = _farmland(rng, scene, frame, lines, river)
    towns = [town.Place.at(place, width, height) for place in scene.towns]
    ground = Ground()
    ground.paint([frame], "verge")
    urban = town.is_urban(rng, cells, towns)
    industrial = town.is_industrial(cells, lines.railway, scene.industry) & ~urban
    _paint_farmland(rng, ground, scene, cells[~urban & ~industrial], surfaces[~urban & ~industrial],
                    towns)  # fmt: skip
    _paint_streams(rng, ground, lines.streams)
    town.paint_town(rng, ground, cells[urban], towns)
    town.paint_industry(rng, ground, cells[industrial])
    town.paint_farms(rng, ground, [*lines.lanes, *lines.roads], scene.farms, frame)
    _paint_ways(ground, lines, river)
    _paint_river(rng, ground, lines, river, scene)
    warp = Warp(rng, 9)
    ground.polygons = list(warp(np.array(ground.polygons, object)))
    return ground


def _draw_lines(rng: np.random.Generator, scene: Scene, width: float, height: float) -> Lines:
    size = np.array([width, height])

    def draw(path: tuple[tuple[float, float], ...], swing: float) -> LineString:
        return curve(wander(rng, np.array(path) * size, swing))

    roads = [draw(road, 0.06) for road in scene.roads]
    reach = (width * height) ** 0.5
    network = MultiLineString(roads)
    frame = box(-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)
    ends = shapely.union_all([network, frame.exterior])
    return Lines(
        river=curve(wander(rng, np.array(scene.river) * size, 0.02)),
        streams=[draw(stream, 0.12) for stream in scene.streams],
        railway=curve(np.array(scene.railway) * size) if scene.railway else LineString(),
        roads=roads,
        lanes=[_side_way(rng, network, ends, 0.3 * reach) for _ in range(scene.lanes)],
        limits=[_side_way(rng, ends, ends, 0.5 * reach) for _ in range(scene.limits)],
    )


def _side_way(
    rng: np.random.Generator, starts: MultiLineString, ends: MultiLineString, reach: float
) -> LineString:
    """A line that leaves one of the lines, goes some way and returns to the nearest one."""
    start = starts.interpolate(rng.random(), normalized=True)
    angle = rng.uniform(0, 2 * np.pi)
    far = reach * rng.uniform(0.5, 1.4)
    turn = Point(start.x + far * np.cos(angle), start.y + far * np.sin(angle))
    end = ends.interpolate(ends.project(turn))
    corners = shapely.get_coordinates([start, turn, end])
    return curve(wander(rng, corners, 0.10, 240))


def _farmland(
    rng: np.random.Generator, scene: Scene, frame: Polygon, lines: Lines, river: Polygon
) -> tuple[np.ndarray, np.ndarray]:
    """Parcels between the lines, and a surface for each."""
    dividers = [frame.exterior, river.exterior, lines.railway, *lines.streams]
    dividers += [*lines.roads, *lines.lanes, *lines.limits]
    noded = shapely.union_all([line for line in dividers if not line.is_empty])
    blocks = shapely.get_parts(shapely.polygonize([noded]))
    inside = shapely.contains(frame, shapely.point_on_surface(blocks))
    blocks = blocks[inside & ~shapely.contains(river, shapely.point_on_surface(blocks))]
    # Neighbouring blocks differ in the size of their fields, as holdings do.
    target = scene.parcel * np.exp(rng.normal(0, 0.5, len(blocks)))
    cells, block = subdivide(rng, blocks, target, strips=0.35)
    names = np.array(list(scene.crops), object)
    weights = np.array(list(scene.crops.values()))
    weights = weights / weights.sum()
    surfaces = rng.choice(names, len(cells), p=weights)
    # Part of a holding is sown with the same crop.
    same = rng.random(len(cells)) < 0.35
    surfaces[same] = rng.choice(names, len(blocks), p=weights)[block[same]]
    slope = shapely.distance(cells, shapely.union_all([lines.river, *lines.streams])) < scene.gorge
    surfaces[rng.random(len(cells)) < np.where(slope, 0.7, scene.woods)] = "wood"
    sliver = (compactness(cells) < 0.22) | (shapely.area(cells) < 1200)
    surfaces[sliver] = rng.choice(["meadow", "scrub", "wood"], int(sliver.sum()), p=[0.5, 0.2, 0.3])
    return cells, surfaces


def _paint_farmland(
    rng: np.random.Generator, ground: Ground, scene: Scene, cells: np.ndarray,
    surfaces: np.ndarray, towns: list[town.Place],
) -> None:  # fmt: skip
    later = surfaces.copy()
    swapped = rng.random(len(cells)) < 0.07
    crops = np.isin(surfaces, ["wheat", "barley", "sunflower", "maize", "soya", "lucerne"])
    grass = np.isin(surfaces, ["meadow", "dry meadow", "pasture"])
    later[swapped & crops] = "meadow"
    later[swapped & grass] = "wheat"
    later[swapped & (surfaces == "wood")] = "scrub"
    fields, source = shrink(cells, rng.uniform(0.5, 3.0, len(cells)))
    ground.paint(fields, surfaces[source], later[source])
    town.paint_estate(rng, ground, cells, towns)
    _paint_woods(rng, ground, cells, scene.groves)
    _paint_hedges(rng, ground, cells, scene.hedges)
    _paint_ponds(rng, ground, cells)


def _paint_hedges(
    rng: np.random.Generator, ground: Ground, cells: np.ndarray, share: float
) -> None:
    for outline in shapely.get_exterior_ring(cells[rng.random(len(cells)) < share]):
        start = rng.random()
        piece = substring(outline, start, start + rng.uniform(0.15, 0.5), normalized=True)
        ground.paint([shapely.buffer(piece, rng.uniform(3, 8), quad_segs=2)], "hedge")


def _paint_woods(rng: np.random.Generator, ground: Ground, cells: np.ndarray, count: int) -> None:
    """Woods on slopes and wet ground: winding belts that keep to no field edge.

    The first two are planted with conifers and evergreen oaks.
    """
    kinds = ["conifers", "holm oaks", *["wood"] * count]
    for kind, cell in zip(kinds, rng.choice(cells, count), strict=False):
        start = shapely.get_coordinates(shapely.centroid(cell))[0]
        angle, length = rng.uniform(0, 2 * np.pi), rng.uniform(120, 520)
        end = start + length * np.array([np.cos(angle), np.sin(angle)])
        belt = curve(wander(rng, np.array([start, end]), 0.3, 110))
        crowns = shapely.get_coordinates(shapely.segmentize(belt, 12))
        crowns += rng.normal(0, 18, crowns.shape)
        discs = shapely.buffer(shapely.points(crowns), rng.uniform(8, 34, len(crowns)), quad_segs=3)
        ground.paint([shapely.union_all(discs)], kind)


def _paint_ponds(rng: np.random.Generator, ground: Ground, cells: np.ndarray) -> None:
    chosen = rng.choice(len(cells), min(3, len(cells)), replace=False)
    for cell in cells[chosen]:
        centre = shapely.point_on_surface(cell)
        shape = scale(centre.buffer(1), rng.uniform(9, 24), rng.uniform(9, 24))
        ground.paint([shape.buffer(9), shape], np.array(["bank", "pond"], object))


def _paint_streams(rng: np.random.Generator, ground: Ground, streams: list[LineString]) -> None:
    for stream in streams:
        for piece in _pieces(stream, 70):
            ground.paint([piece.buffer(rng.choice([2, 6, 9, 12, 16, 24]))], "bank")


def _paint_ways(ground: Ground, lines: Lines, river: Polygon) -> None:
    near_river = river.buffer(20)
    lanes = [lane.difference(near_river).buffer(2.2) for lane in lines.lanes]
    ground.paint(lanes[::2], "track")
    ground.paint(lanes[1::2], "road")
    ground.paint([road.buffer(9) for road in lines.roads], "verge")
    ground.paint([road.buffer(4.5) for road in lines.roads], "road")
    if not lines.railway.is_empty:
        ground.paint([lines.railway.buffer(11), lines.railway.buffer(6)],
                     np.array(["verge", "railway"], object))  # fmt: skip


def _paint_river(
    rng: np.random.Generator, ground: Ground, lines: Lines, river: Polygon, scene: Scene
) -> None:
    half = scene.river_width / 2
    for piece in _pieces(lines.river, 90):
        sides = [piece.offset_curve(side * (half + 4)) for side in (-1, 1)]
        ground.paint([side.buffer(rng.uniform(10, 38)) for side in sides], "bank")
    for piece in _pieces(lines.river, 400):
        if rng.random() < 0.5:
            bend = substring(piece, 0.3, 0.7, normalized=True)
            bar = bend.offset_curve(rng.choice([-1, 1]) * (half - 2))
            ground.paint([bar.buffer(min(13, half / 2.5))], "gravel")
    ground.paint([river.buffer(-4)], "river")
    pieces = _pieces(lines.river, 150)
    ground.paint([piece.buffer(half * rng.uniform(0.9, 1.06)) for piece in pieces], "river")
    bridges = [road.intersection(river.buffer(25)) for road in lines.roads]
    bridges += [lines.railway.intersection(river.buffer(25))]
    ground.paint([bridge.buffer(6) for bridge in bridges], "road")


def _pieces(line: LineString, length: float) -> list[LineString]:
    """The line cut into pieces of about `length` metres."""
    count = max(1, round(line.length / length))
    ends = np.linspace(0, 1, count + 1)
    return [substring(line, a, b, normalized=True) for a, b in pairwise(ends)]
