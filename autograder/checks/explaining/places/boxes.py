"""What four numbers are that should be the sides of a box: the simplest account of all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from autograder.checks.explaining.places.rectangles import Rectangle, in_degrees
from utils.reference import WGS84

TOLERANCE = 1e-3
"""Of the width or height: so near, a number counts as a side."""

FACTORS = (1e-3, 0.1, 10, 100, 1e3, 0.01, 1e-4, 1e4, 1e-5, 1e5, 1e-6, 1e6, 0.5, 2, np.pi / 180)
"""By what coordinates and sizes are multiplied by mistake: kilometres, pixels, radians."""

SAME = (0, 1, 2, 3)
WIDTH, HEIGHT = 4, 5
"""Places of width and height behind the four sides."""


Known = Callable[[], Mapping[str, Rectangle]]
"""Gives rectangles by name; asked only where nothing simpler explains the numbers."""


@dataclass(frozen=True)
class Slip:
    """What the four numbers are.

    Attributes:
        kind: Key of an explanation.
        system: The system that they are in.
        sides: For each number, which side it is: 0 to 3 for left, bottom, right, top; then width
            and height.
        place: Name of what lies there, if not the patch.
        amount: A factor, a number of decimals, or a distance in the unit of the system.
        other: A second distance, or the place in the list of a number that stands out.
    """

    kind: str
    system: str = ""
    sides: tuple[int, ...] = SAME
    place: str = ""
    amount: float = 0.0
    other: float = 0.0


def slip_of(
    found: Sequence[float],
    wanted: Rectangle,
    system: str,
    pixels: tuple[int, int] = (0, 0),
    patches: Known = dict,
    regions: Known = dict,
) -> Slip | None:
    """The simplest account of four numbers; ``None`` if they are right, or nothing explains them.

    Args:
        found: Left, bottom, right, top as a learner has them.
        wanted: The rectangle that they should be.
        system: The system that they should be in.
        pixels: Columns and rows of the patch.
        patches: Gives other patches that they may be of, by name.
        regions: Gives boxes around regions that they may be, by name.
    """
    numbers = np.asarray(found, dtype=float)
    if not np.isfinite(numbers).all():
        return Slip("box-not-finite")
    if numbers.tolist() == wanted.sides(system).tolist():
        return None
    accounts = chain(
        _patch(numbers, wanted, system),
        _others(numbers, "box-other-patch", patches, system),
        _changed(numbers, wanted, system, pixels),
        _others(numbers, "box-region", regions, system),
    )
    return next(accounts, None)


def _patch(numbers: np.ndarray, wanted: Rectangle, system: str) -> Iterator[Slip]:
    """Numbers of the patch itself, in one system or in several."""
    yield from _rounded(numbers, wanted.sides(system), system)
    for own in (system, *(other for other in wanted.systems if other != system)):
        sides = _which(numbers, wanted.sides(own))
        if sides is None:
            continue
        if own == system:
            if sides != SAME:
                yield Slip("box-order", own, sides)
        else:
            yield Slip("box-system" if sides == SAME else "box-system-order", own, sides)
    yield from _mixed(numbers, wanted, system)


def _which(numbers: np.ndarray, sides: np.ndarray, scale: float = 1.0) -> tuple[int, ...] | None:
    """For each number the side that it is, its own if it can be; ``None`` where one is no side."""
    sides = sides * scale
    size = max(sides[2] - sides[0], sides[3] - sides[1])
    distance = np.abs(numbers[:, None] - sides[None, :])
    near = distance <= TOLERANCE * abs(size)
    if not near.any(axis=1).all():
        return None
    return tuple(
        place if near[place, place] else int(distance[place].argmin()) for place in range(4)
    )


def _rounded(numbers: np.ndarray, sides: np.ndarray, system: str) -> Iterator[Slip]:
    """The right sides, rounded."""
    for decimals in range(8, -4, -1):
        if (np.round(sides, decimals) == numbers).all():
            yield Slip("box-rounded", system, amount=decimals)
            return


def _mixed(numbers: np.ndarray, wanted: Rectangle, system: str) -> Iterator[Slip]:
    """Each number a side of the patch, in its own system; the first strange one is named."""
    strange: list[tuple[int, int, str]] = []
    sides = []
    for place, number in enumerate(numbers):
        found = _side(place, number, wanted, system)
        if found is None:
            return
        sides.append(found[0])
        if found[1] != system:
            strange.append((place, *found))
    if 0 < len(strange) < 4:
        place, _, own = strange[0]
        yield Slip("box-mixed", own, tuple(sides), other=place)


def _side(place: int, number: float, wanted: Rectangle, system: str) -> tuple[int, str] | None:
    """Which side a single number is, and in which system."""
    for own in (system, *wanted.systems):
        sides = wanted.sides(own)
        size = max(sides[2] - sides[0], sides[3] - sides[1])
        near = np.abs(sides - number) <= TOLERANCE * size
        if near.any():
            return (place if near[place] else int(near.argmax())), own
    return None


def _others(numbers: np.ndarray, kind: str, rectangles: Known, system: str) -> Iterator[Slip]:
    """Sides of something else, in metres or degrees and any order."""
    for name, rectangle in rectangles().items():
        for own in dict.fromkeys((system, rectangle.crs, WGS84)):
            sides = _which(numbers, rectangle.sides(own))
            if sides is not None:
                yield Slip(kind, own, sides, name)


def _changed(
    numbers: np.ndarray, wanted: Rectangle, system: str, pixels: tuple[int, int]
) -> Iterator[Slip]:
    """The sides of the patch, calculated with."""
    sides = wanted.sides(system)
    width, height = sides[2] - sides[0], sides[3] - sides[1]
    near = TOLERANCE * max(width, height)
    if set(numbers) <= {0.0, *map(float, pixels)} and len(set(numbers)) > 1:
        yield Slip("box-pixels")
    if np.abs(numbers - [0, 0, width, height]).max() <= near:
        yield Slip("box-from-zero", system)
    yield from _scaled(numbers, wanted, system)
    moved = numbers - sides
    if np.abs(np.abs(numbers) - np.abs(sides)).max() <= near and np.abs(moved).max() > near:
        yield Slip("box-sign", system, other=int(np.abs(moved).argmax()))
    yield from _with_size(numbers, np.array([*sides, width, height]), system, near)
    if np.ptp(moved * [-1, -1, 1, 1]) <= near:
        kind = "box-grown" if moved[2] > 0 else "box-shrunk"
        yield Slip(kind, system, amount=abs(float(moved[2])))
    if np.abs(moved - np.roll(moved, 2)).max() <= near:
        yield Slip("box-moved", system, amount=float(moved[0]), other=float(moved[1]))
    if np.abs(moved + np.roll(moved, 2)).max() <= 2 * near:
        yield Slip("box-same-middle", system)
    far = np.abs(moved) > near
    if far.sum() == 1:
        yield Slip("box-one-side", system, other=int(far.argmax()))
    yield from _resized(numbers, width, height, np.abs(moved) <= near, system)


def _scaled(numbers: np.ndarray, wanted: Rectangle, system: str) -> Iterator[Slip]:
    """All sides multiplied by one factor, in the system that is wanted or in another."""
    for own in dict.fromkeys((system, *wanted.systems[:3])):
        for factor in FACTORS:
            sides = _which(numbers, wanted.sides(own), factor)
            if sides is not None and len(set(sides)) == 4:
                kind = "box-too-small" if factor < 1 else "box-too-large"
                yield Slip(kind, own, sides, amount=factor)


def _with_size(numbers: np.ndarray, known: np.ndarray, system: str, near: float) -> Iterator[Slip]:
    """Two of the numbers are a corner, the others width and height."""
    distance = np.abs(numbers[:, None] - known[None, :])
    sides = tuple(int(place) for place in distance.argmin(axis=1))
    if (distance.min(axis=1) <= near).all() and {WIDTH, HEIGHT} & set(sides):
        yield Slip("box-width-height", system, sides)


def _resized(
    numbers: np.ndarray, width: float, height: float, kept: np.ndarray, system: str
) -> Iterator[Slip]:
    """A right corner, and another width and height, maybe by one factor."""
    corner = (kept[0] ^ kept[2]) and (kept[1] ^ kept[3])
    if corner and width and height:
        across, up = (numbers[2] - numbers[0]) / width, (numbers[3] - numbers[1]) / height
        if across > 0 and abs(across - up) <= TOLERANCE * across:
            kind = "box-size-small" if across < 1 else "box-size-large"
            yield Slip(kind, system, amount=float(across))
        yield Slip("box-size", system)


def off_earth(numbers: Sequence[float], system: str) -> bool:
    """Whether a box in degrees lies beyond the poles, or further east or west than there is."""
    west, south, east, north = numbers
    return in_degrees(system) and (
        min(south, north) < -90 or max(south, north) > 90 or abs(west) > 360 or abs(east) > 360
    )
