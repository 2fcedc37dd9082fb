"""Plans of a landscape: where river, town, railway and roads lie, in fractions of the patch."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from utils.reference import COASTAL_SEAWATER, NO_DATA, OUTSIDE_AREA

Point = tuple[float, float]
"""Fractions of the width from the left and of the height from the bottom."""

Line = tuple[Point, ...]
"""Corners of a line."""


@dataclass(frozen=True)
class Town:
    """A settlement.

    Attributes:
        centre: Fractions of the width and the height.
        radius: Radius of the built-up area in metres, in a patch of 2.5 km.
        core: Radius of the dense core as a fraction of that.
    """

    centre: Point
    radius: float
    core: float = 0.25


@dataclass(frozen=True)
class Scene:
    """The plan of a landscape.

    Attributes:
        river: Course of the river.
        river_width: In metres.
        streams: Courses of brooks with trees along them.
        railway: Course of the railway, or empty.
        industry: Part of the railway with sheds beside it, as fractions of its length.
        towns: Settlements.
        roads: Courses of the roads that cross country; those that cross the river have a bridge.
        lanes: Number of minor lanes.
        limits: Number of old property lines that divide the fields.
        groves: Number of winding woods.
        farms: Number of farmsteads.
        parcel: Area of a usual field in square metres.
        hedges: Share of the field edges with a hedge.
        woods: Share of the farmland parcels that are wood.
        crops: Weight of each surface among the other parcels.
        gorge: Metres on either side of river and streams where most parcels are wood.
        rare: Label codes that a few pixels have, although no surface does.
    """

    river: Line
    river_width: float
    streams: tuple[Line, ...]
    railway: Line
    industry: tuple[float, float]
    towns: tuple[Town, ...]
    roads: tuple[Line, ...]
    lanes: int
    limits: int
    groves: int
    farms: int
    parcel: float
    hedges: float
    woods: float
    crops: dict[str, float] = field(default_factory=dict)
    gorge: float = 0.0
    rare: tuple[int, ...] = (OUTSIDE_AREA.code, NO_DATA.code)

    def turned(self, quarters: int, mirrored: bool) -> "Scene":
        """The same plan mirrored left to right, if asked, then turned by quarters of a circle."""

        def move(point: Point) -> Point:
            x, y = point
            x = 1 - x if mirrored else x
            for _ in range(quarters % 4):
                x, y = 1 - y, x
            return x, y

        return self._moved(move)

    def shaken(self, rng: np.random.Generator, reach: float) -> "Scene":
        """The same plan with its points pushed aside by about `reach` (fraction)."""

        def push(place: float) -> float:
            pushed = place + float(rng.normal(0, reach))
            # Ends on or beyond the edge stay outside: a river leaves the patch.
            return pushed if 0.05 < place < 0.95 else place

        def move(point: Point) -> Point:
            return push(point[0]), push(point[1])

        return self._moved(move)

    def _moved(self, move: Callable[[Point], Point]) -> "Scene":
        def path(points: Line) -> Line:
            return tuple(move(point) for point in points)

        return replace(
            self,
            river=path(self.river),
            streams=tuple(path(stream) for stream in self.streams),
            railway=path(self.railway),
            roads=tuple(path(road) for road in self.roads),
            towns=tuple(replace(town, centre=move(town.centre)) for town in self.towns),
        )


VALLEY = Scene(
    river=((0.56, 1.08), (0.555, 0.97), (0.60, 0.86), (0.70, 0.83), (0.78, 0.76), (0.80, 0.68),
           (0.88, 0.63), (0.97, 0.66), (1.08, 0.70)),
    river_width=118,
    streams=(
        ((-0.05, 0.66), (0.10, 0.69), (0.22, 0.76), (0.36, 0.80), (0.46, 0.90), (0.57, 0.94)),
        ((0.30, -0.05), (0.36, 0.10), (0.47, 0.17), (0.62, 0.15), (0.78, 0.21), (1.06, 0.17)),
    ),
    railway=((-0.08, 0.27), (0.10, 0.34), (0.28, 0.43), (0.44, 0.51), (0.58, 0.52), (0.74, 0.44),
             (1.08, 0.36)),
    industry=(0.05, 0.40),
    towns=(Town((0.64, 0.56), 460, 0.38), Town((0.17, 0.12), 110, 0.0),
           Town((0.90, 0.90), 90, 0.0)),
    roads=(
        ((-0.06, 0.52), (0.14, 0.50), (0.34, 0.56), (0.50, 0.58), (0.64, 0.56)),
        ((0.64, 0.56), (0.60, 0.42), (0.52, 0.28), (0.50, 0.14), (0.42, -0.06)),
        ((0.64, 0.56), (0.76, 0.52), (0.88, 0.50), (1.06, 0.53)),
        ((0.64, 0.56), (0.70, 0.68), (0.76, 0.80), (0.86, 0.90), (0.92, 1.06)),
        ((0.64, 0.56), (0.52, 0.66), (0.42, 0.74), (0.30, 0.88), (0.24, 1.06)),
        ((-0.06, 0.10), (0.17, 0.12), (0.34, 0.22), (0.52, 0.28), (0.72, 0.30), (1.06, 0.24)),
        ((0.86, 0.90), (0.96, 0.86), (1.06, 0.88)),
    ),
    lanes=9,
    limits=16,
    groves=5,
    farms=11,
    parcel=30_000,
    hedges=0.26,
    woods=0.07,
    crops={"wheat": 20, "barley": 7, "sunflower": 17, "maize": 12, "soya": 5, "rape": 5,
           "ploughed": 4, "fallow": 3, "lucerne": 5, "meadow": 14, "dry meadow": 9, "scrub": 2,
           "orchard": 2, "vineyard": 3},
)  # fmt: skip
"""A small town above a river in a plain of large fields, with a railway."""

BOCAGE = Scene(
    river=((-0.06, 0.30), (0.08, 0.36), (0.16, 0.48), (0.27, 0.50), (0.36, 0.41), (0.47, 0.40),
           (0.55, 0.50), (0.53, 0.62), (0.62, 0.71), (0.76, 0.69), (0.86, 0.78), (1.06, 0.84)),
    river_width=58,
    streams=(
        ((0.10, 1.05), (0.16, 0.88), (0.25, 0.74), (0.26, 0.62), (0.30, 0.49)),
        ((0.66, -0.05), (0.63, 0.12), (0.55, 0.24), (0.50, 0.40)),
        ((1.05, 0.42), (0.90, 0.47), (0.78, 0.57), (0.72, 0.69)),
    ),
    railway=(),
    industry=(0.0, 0.0),
    towns=(Town((0.36, 0.66), 165, 0.25), Town((0.80, 0.30), 95, 0.0), Town((0.17, 0.15), 75, 0.0)),
    roads=(
        ((0.36, 0.66), (0.30, 0.80), (0.36, 0.92), (0.32, 1.06)),
        ((0.36, 0.66), (0.43, 0.54), (0.40, 0.40), (0.44, 0.26), (0.36, 0.12), (0.38, -0.06)),
        ((0.36, 0.66), (0.50, 0.74), (0.60, 0.86), (0.76, 0.92), (1.06, 0.96)),
        ((0.44, 0.26), (0.60, 0.30), (0.80, 0.30), (0.92, 0.22), (1.06, 0.24)),
        ((-0.06, 0.12), (0.17, 0.15), (0.36, 0.12)),
        ((0.36, 0.66), (0.22, 0.64), (0.10, 0.70), (-0.06, 0.66)),
    ),
    lanes=14,
    limits=16,
    groves=22,
    farms=18,
    parcel=12_500,
    hedges=0.55,
    woods=0.16,
    crops={"meadow": 30, "pasture": 34, "dry meadow": 10, "wheat": 6, "barley": 5, "maize": 6,
           "lucerne": 4, "scrub": 8, "conifers": 7, "holm oaks": 4, "rock": 1.5, "moss heath": 1.0},
    gorge=150,
)  # fmt: skip
"""Wooded hills of meadows and hedges around a village, with a narrow winding river."""


def fresh(rng: np.random.Generator, plan: Scene) -> Scene:
    """Another landscape after a plan: turned, mirrored and shaken, with every label code."""
    plan = plan.turned(int(rng.integers(4)), bool(rng.integers(2))).shaken(rng, 0.012)
    return replace(plan, rare=(*plan.rare, COASTAL_SEAWATER.code))
