"""Plane geometry of a landscape: curves, warps and the division of land into parcels (metres)."""

import math

import numpy as np
import shapely
from shapely import LineString

Points = np.ndarray
"""Coordinates, float (n, 2), metres from the lower left corner of the patch."""


def curve(points: Points, rounds: int = 4) -> LineString:
    """A smooth line near the points, through the first and the last one (Chaikin's algorithm)."""
    points = np.asarray(points, float)
    for _ in range(rounds):
        start, end = points[:-1], points[1:]
        cut = np.stack([0.75 * start + 0.25 * end, 0.25 * start + 0.75 * end], axis=1)
        points = np.vstack([points[:1], cut.reshape(-1, 2), points[-1:]])
    return LineString(points)


def wander(rng: np.random.Generator, points: Points, swing: float, step: float = 350) -> Points:
    """Put a point every `step` metres between the points and push it aside.

    Args:
        rng: Source of randomness.
        points: Corners of the line.
        swing: Standard deviation of the push, as a share of the step.
        step: Distance between the points in metres.
    """
    line = shapely.segmentize(LineString(points), step)
    result = shapely.get_coordinates(line)
    result[1:-1] += rng.normal(0, swing * step, result[1:-1].shape)
    return result


class Warp:
    """A gentle, smooth displacement of the plane: straight parcel edges become slightly curved."""

    def __init__(self, rng: np.random.Generator, reach: float, waves: int = 8) -> None:
        """Draw the waves.

        Args:
            rng: Source of randomness.
            reach: Standard deviation of the displacement in metres.
            waves: Number of plane waves that make it up, 400 to 1600 m long.
        """
        angle = rng.uniform(0, math.tau, waves)
        number = math.tau / rng.uniform(400, 1600, waves)
        self._vectors = np.stack([np.cos(angle), np.sin(angle)]) * number
        self._phases = rng.uniform(0, math.tau, (2, waves))
        self._reach = reach * math.sqrt(2 / waves)

    def __call__(self, geometries: np.ndarray) -> np.ndarray:
        """The displaced geometries; long edges get vertices every 40 m first."""
        return shapely.transform(shapely.segmentize(geometries, 40), self._move)

    def _move(self, points: Points) -> Points:
        angle = points @ self._vectors
        push = [np.sin(angle + phase).sum(axis=1) for phase in self._phases]
        return points + self._reach * np.column_stack(push)


def subdivide(
    rng: np.random.Generator, polygons: np.ndarray, target: np.ndarray, strips: float = 0.25
) -> tuple[np.ndarray, np.ndarray]:
    """Halve polygons across their length until each is about as small as its target area.

    Args:
        rng: Source of randomness.
        polygons: Polygons to divide.
        target: Wanted area of the parts of each polygon in square metres.
        strips: Chance of a cut along the length instead, which makes long strips.

    Returns:
        The parts, and for each part the position of the polygon that it comes from.
    """
    parents = np.arange(len(polygons))
    limit = np.asarray(target, float)
    done, done_parents = [], []
    while len(polygons):
        large = shapely.area(polygons) > limit[parents] * rng.uniform(0.8, 1.9, len(polygons))
        done.append(polygons[~large])
        done_parents.append(parents[~large])
        polygons, source = _halve(rng, polygons[large], strips)
        parents = parents[large][source]
    return np.concatenate(done), np.concatenate(done_parents)


def axes(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The smallest rectangle around each polygon.

    Returns:
        Centre (n, 2), unit vector along the length (n, 2), length and breadth (n, 2).
    """
    corners = shapely.get_coordinates(shapely.oriented_envelope(polygons)).reshape(-1, 5, 2)
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    sizes = np.stack([np.hypot(*first.T), np.hypot(*second.T)], axis=1)
    swap = sizes[:, 1] > sizes[:, 0]
    along = np.where(swap[:, None], second, first) / sizes.max(axis=1)[:, None]
    return corners[:, :4].mean(axis=1), along, np.sort(sizes, axis=1)[:, ::-1]


def rectangles(
    centre: Points, along: Points, length: np.ndarray, breadth: np.ndarray
) -> np.ndarray:
    """Rectangles around the centres, their length along the unit vectors."""
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half_length = along * (length / 2)[:, None]
    half_breadth = across * (breadth / 2)[:, None]
    signs = ((1, 1), (-1, 1), (-1, -1), (1, -1))
    corners = [centre + i * half_length + j * half_breadth for i, j in signs]
    return shapely.polygons(np.stack(corners, axis=1))


def shrink(polygons: np.ndarray, margin: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Move the edges inwards by `margin` metres.

    Returns:
        The parts that are left, and the position of the polygon that each comes from.
    """
    smaller = shapely.buffer(polygons, -np.asarray(margin), join_style="mitre")
    return _parts(smaller)


def compactness(polygons: np.ndarray) -> np.ndarray:
    """1 for a disc, near 0 for a sliver."""
    return 4 * math.pi * shapely.area(polygons) / np.maximum(shapely.length(polygons), 1e-9) ** 2


def _halve(
    rng: np.random.Generator, polygons: np.ndarray, strips: float
) -> tuple[np.ndarray, np.ndarray]:
    if not len(polygons):
        return polygons, np.arange(0)
    centre, along, sizes = axes(polygons)
    count = len(polygons)
    lengthwise = (rng.random(count) < strips) & (sizes[:, 0] < 2.6 * sizes[:, 1])
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal = np.where(lengthwise[:, None], across, along)
    reach = np.where(lengthwise, sizes[:, 1], sizes[:, 0])
    centre = centre + normal * (reach * rng.uniform(-0.18, 0.18, count))[:, None]
    # Large tracts are cut at any angle, or the edge of the patch would set that of every field.
    turn = rng.normal(0, np.where(shapely.area(polygons) > 90_000, 0.38, 0.09))
    cosine, sine = np.cos(turn), np.sin(turn)
    normal = np.stack(
        [cosine * normal[:, 0] - sine * normal[:, 1], sine * normal[:, 0] + cosine * normal[:, 1]],
        axis=1,
    )
    far = sizes.sum(axis=1) * 2
    sides = [
        rectangles(centre + s * normal * far[:, None] / 2, normal, far, 2 * far) for s in (1, -1)
    ]
    left, left_source = _parts(shapely.intersection(polygons, sides[0]))
    right, right_source = _parts(shapely.intersection(polygons, sides[1]))
    return np.concatenate([left, right]), np.concatenate([left_source, right_source])


def _parts(geometries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    parts, source = shapely.get_parts(geometries, return_index=True)
    keep = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 4)
    return parts[keep], source[keep]
