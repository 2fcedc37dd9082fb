"""A random slip with four numbers or an outline is found again, wherever the patch lies."""

import math
from collections.abc import Callable
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np
import pytest
import shapely

from autograder.checks.explaining.places import boxes, outlines
from autograder.checks.explaining.places.boxes import SAME, Slip
from autograder.checks.explaining.places.projections import is_known, project
from autograder.checks.explaining.places.rectangles import Rectangle
from tests.checks.explaining.places.random_places import TRIES, pixels_of, somewhere
from utils.reference import LAEA, WGS84

ORDERS = list(permutations(range(4)))[1:]
Rng = np.random.Generator
Numbers = np.ndarray
Changed = tuple[np.ndarray, Slip]
Found = Callable[[Rng], bool]
Outline = Callable[[Rng, Rectangle], Any]


def _asked(rng: Rng) -> str:
    return str(rng.choice([LAEA, WGS84]))


def _other(rng: Rng, patch: Rectangle, asked: str) -> str:
    return str(rng.choice([system for system in patch.systems if system != asked]))


def _numbers(rng: Rng, change: Callable[..., Changed]) -> bool:
    """Whether the slip is found in what ``change`` makes of the sides of a patch."""
    patch, asked = somewhere(rng), _asked(rng)
    found, wanted = change(rng, patch, asked, patch.sides(asked))
    slip = boxes.slip_of(found.tolist(), patch, asked, pixels_of(patch))
    return slip is not None and _same(slip, wanted)


def _same(slip: Slip, wanted: Slip) -> bool:
    same = (slip.kind, slip.sides, slip.place) == (wanted.kind, wanted.sides, wanted.place)
    near = math.isclose(slip.amount, wanted.amount, rel_tol=0.01) and math.isclose(
        slip.other, wanted.other, rel_tol=0.01
    )
    return same and near and wanted.system in ("", slip.system)


def order(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    chosen = ORDERS[rng.integers(len(ORDERS))]
    return sides[list(chosen)], Slip("box-order", asked, chosen)


def repeated(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    chosen = (0, 1, *(int(place) for place in rng.choice([0, 1, 3], 2)))
    return sides[list(chosen)], Slip("box-order", asked, chosen)


def system(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    own = _other(rng, patch, asked)
    return patch.sides(own), Slip("box-system", own)


def system_and_order(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    own, chosen = _other(rng, patch, asked), ORDERS[rng.integers(len(ORDERS))]
    return patch.sides(own)[list(chosen)], Slip("box-system-order", own, chosen)


def mixed(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    own, place = _other(rng, patch, asked), int(rng.integers(4))
    found = sides.copy()
    found[place] = patch.sides(own)[place]
    return found, Slip("box-mixed", own, other=place)


def rounded(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    decimals = int(rng.integers(1, 6)) if asked == WGS84 else int(rng.integers(-3, -1))
    found = np.round(sides, decimals)
    # What is round already may be rounded to fewer decimals.
    for fewer in range(8, decimals, -1):
        if (np.round(sides, fewer) == found).all():
            decimals = fewer
            break
    return found, Slip("box-rounded", asked, amount=decimals)


def scaled(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    factor = float(rng.choice([1e-3, 1e3, 0.1, 100]))
    kind = "box-too-small" if factor < 1 else "box-too-large"
    return sides * factor, Slip(kind, asked, amount=factor)


def in_pixels(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    columns, rows = pixels_of(patch)
    return np.array([0, 0, columns, rows], dtype=float), Slip("box-pixels")


def from_zero(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    width, height = sides[2] - sides[0], sides[3] - sides[1]
    return np.array([0, 0, width, height]), Slip("box-from-zero", asked)


def corner_and_size(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    width, height = sides[2] - sides[0], sides[3] - sides[1]
    return np.array([*sides[:2], width, height]), Slip("box-width-height", asked, (0, 1, 4, 5))


def grown(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    by = float(rng.uniform(0.02, 0.3) * (sides[2] - sides[0]) * rng.choice([-1, 1]))
    kind = "box-grown" if by > 0 else "box-shrunk"
    return sides + by * np.array([-1, -1, 1, 1]), Slip(kind, asked, amount=abs(by))


def moved(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    by = rng.uniform(0.05, 0.9, 2) * (sides[2:] - sides[:2])
    return sides + np.tile(by, 2), Slip("box-moved", asked, amount=by[0], other=by[1])


def resized(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    factor = float(rng.choice([0.1, 10, 0.5, 3]))
    found = sides.copy()
    found[2:] = found[:2] + factor * (sides[2:] - sides[:2])
    kind = "box-size-small" if factor < 1 else "box-size-large"
    return found, Slip(kind, asked, amount=factor)


def another_size(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    found = sides.copy()
    found[2:] = found[:2] + (sides[2:] - sides[:2]) * rng.choice([(2, 5), (0.3, 0.2), (20, 25)])
    return found, Slip("box-size", asked)


def same_middle(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    by = (sides[2:] - sides[:2]) * rng.choice([(0.2, 0.3), (-0.3, 0.1), (0.1, 0.4)])
    return sides + np.r_[-by, by], Slip("box-same-middle", asked)


def one_side(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    found, place = sides.copy(), int(rng.integers(4))
    found[place] += rng.uniform(0.11, 0.4) * (sides[2] - sides[0])
    return found, Slip("box-one-side", asked, other=place)


def not_finite(rng: Rng, patch: Rectangle, asked: str, sides: Numbers) -> Changed:
    return np.where(rng.permutation([True, False, False, True]), np.inf, sides), Slip(
        "box-not-finite"
    )


def of_another_patch(rng: Rng) -> bool:
    patch, other, asked = somewhere(rng), somewhere(rng), _asked(rng)
    found = other.sides(asked)
    slip = boxes.slip_of(found.tolist(), patch, asked, patches=lambda: {"other": other})
    return slip is not None and _same(slip, Slip("box-other-patch", asked, SAME, "other"))


def of_a_region(rng: Rng) -> bool:
    patch, region, asked = somewhere(rng), somewhere(rng), _asked(rng)
    slip = boxes.slip_of(
        region.sides(asked).tolist(), patch, asked, regions=lambda: {"Tarn": region}
    )
    return slip is not None and _same(slip, Slip("box-region", asked, SAME, "Tarn"))


def _outline(rng: Rng, kind: str, asked: str, change: Outline) -> bool:
    patch = somewhere(rng)
    slip = outlines.slip_of(change(rng, patch), patch, asked, pixels_of(patch))
    return slip is not None and slip.kind == kind


def converted(rng: Rng) -> bool:
    patch = somewhere(rng)
    own = _other(rng, patch, LAEA)
    slip = outlines.slip_of(patch.outline(own), patch, LAEA)
    return slip == Slip("box-system", own)


def swapped(rng: Rng, patch: Rectangle) -> Any:
    return shapely.transform(patch.outline(WGS84), lambda points: points[:, ::-1])


def sides_mixed_up(rng: Rng, patch: Rectangle) -> Any:
    left, bottom, right, top = patch.bounds
    return shapely.box(left, right, bottom, top)


def buffered(rng: Rng, patch: Rectangle) -> Any:
    return patch.outline(LAEA).buffer(rng.uniform(50, 500), quad_segs=int(rng.integers(1, 16)))


def corners(chosen: str) -> Outline:
    """The corners of the patch, in the order of their places."""
    return lambda rng, patch: shapely.Polygon(
        [shapely.get_coordinates(patch.outline(LAEA))[int(place)] for place in chosen]
    )


def upright(rng: Rng) -> bool:
    patch = somewhere(rng)
    if abs(patch.middle(WGS84)[0] - 10) < 1:  # there nothing is tilted
        return True
    slip = outlines.slip_of(shapely.box(*patch.outline(WGS84).bounds), patch, WGS84)
    return slip == Slip("outline-upright", WGS84)


def of_region(rng: Rng) -> bool:
    patch, region = somewhere(rng), shapely.Point(3.6e6, 2.3e6).buffer(rng.uniform(2e4, 9e4))
    slip = outlines.slip_of(region, patch, LAEA, regions=lambda: {"Tarn": region})
    return slip == Slip("outline-region", place="Tarn")


def _of(kind: str, asked: str, change: Outline) -> Found:
    return lambda rng: _outline(rng, kind, asked, change)


KINDS: dict[str, Found] = {
    **{
        change.__name__.replace("_", "-"): partial(_numbers, change=change)
        for change in (
            *(order, repeated, system, system_and_order, mixed, rounded, scaled, in_pixels),
            *(
                from_zero,
                corner_and_size,
                grown,
                moved,
                resized,
                another_size,
                same_middle,
                one_side,
                not_finite,
            ),
        )
    },
    "of-another-patch": of_another_patch,
    "box-of-a-region": of_a_region,
    "outline-converted": converted,
    "outline-swapped": _of("outline-swapped", WGS84, swapped),
    "outline-sides": _of("outline-sides", LAEA, sides_mixed_up),
    "outline-buffered": _of("box-grown", LAEA, buffered),
    "outline-of-three-corners": _of("outline-three", LAEA, corners("0120")),
    "outline-crossed": _of("outline-crossed", LAEA, corners("02130")),
    "outline-upright": upright,
    "outline-rim": _of("outline-rim", LAEA, lambda rng, patch: patch.outline(LAEA).boundary),
    "outline-middle": _of("outline-middle", LAEA, lambda rng, patch: patch.outline(LAEA).centroid),
    "outline-of-a-region": of_region,
}
"""Kinds of slips, and whether a random one of the kind is found again."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_found_again(kind: str) -> None:
    rng = np.random.default_rng(len(kind))
    assert all(KINDS[kind](rng) for _ in range(TRIES))


@pytest.mark.parametrize("asked", [LAEA, WGS84])
def test_what_is_right_has_no_slip(asked: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(TRIES):
        patch = somewhere(rng, square=rng.random() < 0.3)
        assert boxes.slip_of(patch.sides(asked).tolist(), patch, asked, pixels_of(patch)) is None
        assert outlines.slip_of(patch.outline(asked), patch, asked, pixels_of(patch)) is None


def test_what_cannot_be_explained_is_not() -> None:
    rng = np.random.default_rng(2)
    for _ in range(TRIES):
        patch = somewhere(rng)
        strange = rng.uniform(-1e7, 1e7, 4)
        assert boxes.slip_of(strange.tolist(), patch, LAEA, pixels_of(patch)) is None


def test_systems_by_formula_are_those_of_proj() -> None:
    from rasterio.warp import transform

    rng = np.random.default_rng(3)
    for _ in range(20):
        patch = somewhere(rng)
        longitude, latitude = patch.middle(WGS84)
        for own in filter(is_known, patch.systems):
            true = transform(WGS84, own, [longitude], [latitude])
            assert np.allclose(
                np.ravel(project(own, np.array([longitude]), np.array([latitude]))),
                np.ravel(true),
                rtol=0,
                atol=0.01,
            )
