"""Settlements of a landscape: towns, industry along the railway, farmsteads, a new estate."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.ops import substring

from autograder.patches.landscape import shapes
from autograder.patches.landscape.ground import Ground
from autograder.patches.landscape.scene import Town


@dataclass(frozen=True)
class Place:
    """A settlement in metres: centre, radius, and radius of its dense core."""

    centre: tuple[float, float]
    radius: float
    core: float

    @classmethod
    def at(cls, town: Town, width: float, height: float) -> "Place":
        """The place of a planned town in a patch of that many metres."""
        radius = town.radius * (width * height) ** 0.5 / 2500
        x, y = town.centre
        return cls((x * width, y * height), radius, radius * town.core)


def is_urban(rng: np.random.Generator, cells: np.ndarray, places: list[Place]) -> np.ndarray:
    """Which parcels are built up: those near a centre, with a ragged edge."""
    ragged = rng.uniform(0.75, 1.2, len(cells))
    radii = np.array([place.radius for place in places])
    return np.any(_distances(cells, places) * ragged[:, None] < radii, axis=1)


def _distances(cells: np.ndarray, places: list[Place]) -> np.ndarray:
    """Metres from the centre of each cell to each place, (cells, places)."""
    points = shapely.get_coordinates(shapely.centroid(cells))
    centres = np.array([place.centre for place in places])
    return np.hypot(*(points[:, None] - centres).transpose(2, 0, 1))


def is_industrial(cells: np.ndarray, railway: LineString, part: tuple[float, float]) -> np.ndarray:
    """Which parcels lie beside the given part of the railway."""
    if railway.is_empty:
        return np.zeros(len(cells), bool)
    strip = substring(railway, *part, normalized=True).buffer(70, cap_style="flat")
    return shapely.contains(strip.buffer(60), shapely.centroid(cells)) & shapely.intersects(
        strip, cells
    )


def paint_town(
    rng: np.random.Generator, ground: Ground, cells: np.ndarray, places: list[Place]
) -> None:
    """Streets, plots, gardens and roofs on the built-up parcels."""
    if not len(cells):
        return
    blocks, _ = shapes.subdivide(rng, cells, np.full(len(cells), 8500.0), strips=0.1)
    blocks, _ = shapes.shrink(blocks, 1.0)
    ground.paint(blocks, "street")
    core = _in_core(rng, blocks, places)
    role = rng.random(len(blocks))
    open_space = ~core & (role < 0.16)
    large = ~core & (role > 0.90)
    inner, source = shapes.shrink(blocks, 3.0)
    surfaces = rng.choice(["park", "lawn", "meadow", "pitch", "orchard"], len(inner),
                          p=[0.4, 0.2, 0.2, 0.1, 0.1])  # fmt: skip
    ground.paint(inner[open_space[source]], surfaces[open_space[source]])
    _paint_halls(rng, ground, inner[large[source]], "tiled roof", 0.35, "lawn")
    built = ~(open_space | large)[source]
    paint_plots(rng, ground, inner[built], core[source][built])


def paint_plots(
    rng: np.random.Generator, ground: Ground, blocks: np.ndarray, core: np.ndarray,
    field: int | None = None,
) -> None:  # fmt: skip
    """Divide blocks into plots with a garden and a house each; in the core, roof to roof.

    Args:
        rng: Source of randomness.
        ground: Where to paint.
        blocks: Polygons between the streets.
        core: Which of them lie in the dense core.
        field: Position in the ground of the field that is still there in the year of the image, if
            it is built on only later.
    """
    if not len(blocks):
        return
    size = np.where(core, 260, rng.uniform(500, 1100, len(blocks)))
    plots, source = shapes.subdivide(rng, blocks, size, strips=0.05)
    dense = core[source]

    def paint(polygons: np.ndarray, names: str | np.ndarray) -> None:
        now = names if field is None else ground.surfaces[field]
        ground.paint(polygons, now, names, like=field)

    paint(plots[dense], "court")
    gardens = rng.choice(
        ["garden", "lawn", "dry meadow", "court"], len(plots), p=[0.72, 0.12, 0.1, 0.06]
    )
    paint(plots[~dense], gardens[~dense])
    terraces, _ = shapes.shrink(plots[dense], rng.uniform(0.6, 2.6, int(dense.sum())))
    paint(terraces, _roofs(rng, len(terraces)))
    houses = _houses(rng, plots[~dense])
    paint(houses, _roofs(rng, len(houses)))


def paint_industry(rng: np.random.Generator, ground: Ground, cells: np.ndarray) -> None:
    """Yards with large white sheds."""
    if not len(cells):
        return
    lots, _ = shapes.subdivide(rng, cells, np.full(len(cells), 11_000.0), strips=0.1)
    lots, _ = shapes.shrink(lots, 3.0)
    surfaces = rng.choice(
        ["yard", "verge", "gravel", "dry meadow"], len(lots), p=[0.6, 0.2, 0.05, 0.15]
    )
    ground.paint(lots, surfaces)
    _paint_halls(rng, ground, lots[rng.random(len(lots)) < 0.8], "white roof", 0.45, None)


def paint_farms(
    rng: np.random.Generator, ground: Ground, ways: list[LineString], count: int, frame: Polygon
) -> None:
    """Farmsteads beside the roads: a garden, roofs, now and then a white shed."""
    network = MultiLineString(ways).intersection(frame)
    for _ in range(count):
        point = network.interpolate(rng.random(), normalized=True)
        centre = np.array([point.x, point.y]) + rng.normal(0, 35, 2)
        angle = rng.uniform(0, np.pi)
        along = np.array([[np.cos(angle), np.sin(angle)]])
        yard = shapes.rectangles(
            centre[None], along, rng.uniform(45, 95, 1), rng.uniform(35, 65, 1)
        )
        ground.paint(yard, rng.choice(["garden", "park"]))
        number = int(rng.integers(2, 6))
        centres = centre + rng.normal(0, 15, (number, 2))
        houses = shapes.rectangles(
            centres,
            np.repeat(along, number, 0),
            rng.uniform(12, 38, number),
            rng.uniform(8, 16, number),
        )
        ground.paint(houses, _roofs(rng, number, white=0.15))


def paint_estate(
    rng: np.random.Generator, ground: Ground, cells: np.ndarray, places: list[Place]
) -> None:
    """A field near the town that is built over between the two label years."""
    if not len(cells):
        return
    largest = max(places, key=lambda place: place.radius)
    distance = _distances(cells, [largest])[:, 0] / np.sqrt(shapely.area(cells))
    fields, _ = shapes.shrink(cells[np.argsort(distance)[:2]], 3.0)
    for field in fields:
        position = len(ground.polygons)
        ground.paint([field], rng.choice(["fallow", "dry meadow"]), "street")
        blocks, _ = shapes.subdivide(rng, np.array([field]), np.array([6000.0]), strips=0.1)
        blocks, _ = shapes.shrink(blocks, 3.5)
        paint_plots(rng, ground, blocks, np.zeros(len(blocks), bool), position)


def _in_core(rng: np.random.Generator, polygons: np.ndarray, places: list[Place]) -> np.ndarray:
    ragged = rng.uniform(0.6, 1.4, (len(polygons), 1))
    cores = np.array([place.core for place in places])
    return np.any(_distances(polygons, places) * ragged < cores, axis=1)


def _houses(rng: np.random.Generator, plots: np.ndarray) -> np.ndarray:
    centre, along, sizes = shapes.axes(plots)
    count = len(plots)
    centre = centre + rng.normal(0, 0.1, (count, 2)) * sizes[:, 1:]
    length = np.clip(sizes[:, 0] * rng.uniform(0.3, 0.6, count), 8, 20)
    breadth = np.clip(sizes[:, 1] * rng.uniform(0.35, 0.6, count), 7, 14)
    houses = shapes.rectangles(centre, along, length, breadth)
    return houses[rng.random(count) < 0.93]


def _paint_halls(
    rng: np.random.Generator, ground: Ground, lots: np.ndarray, roof: str, share: float,
    around: str | None,
) -> None:  # fmt: skip
    """One large roof on each lot, covering about that share of it."""
    if not len(lots):
        return
    if around:
        ground.paint(lots, around)
    centre, along, sizes = shapes.axes(lots)
    scale = np.sqrt(share * rng.uniform(0.5, 1.2, len(lots)))
    halls = shapes.rectangles(centre, along, sizes[:, 0] * scale, sizes[:, 1] * scale)
    halls = shapely.intersection(halls, lots)
    other = rng.random(len(lots)) < 0.35
    ground.paint(halls, np.where(other, "grey roof", roof).astype(object))


def _roofs(rng: np.random.Generator, count: int, white: float = 0.02) -> np.ndarray:
    weights = np.array([0.80, 0.10, 0.08])
    names = ["tiled roof", "slate roof", "grey roof", "white roof"]
    return rng.choice(names, count, p=[*(weights / weights.sum() * (1 - white)), white]).astype(
        object
    )
