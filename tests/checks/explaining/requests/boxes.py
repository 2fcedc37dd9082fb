"""Slips in boxes, of a country in degrees and of a patch in metres."""

from autograder.checks.explaining.requests import (
    box,
)
from autograder.checks.explaining.served import Served
from tests.checks.explaining.requests.slips import BULGARIA, Kind, Rng, Slip, near, one

PATCH = (3649890.0, 2331750.0, 3652390.0, 2334250.0)


def box_order(rng: Rng, _: Served) -> Slip:
    order = list(rng.permutation(4))
    while order == [0, 1, 2, 3]:
        order = list(rng.permutation(4))
    drawn = near(rng, BULGARIA)
    found = [drawn[place] for place in order]
    named = {
        (1, 0, 3, 2): "box-latitude-first",
        (0, 2, 1, 3): "box-west-east-first",
        (0, 3, 2, 1): "box-north-west-first",
    }
    first, second, third, fourth = map(int, order)
    key = named.get((first, second, third, fourth), "box-other-order")
    sides = ", ".join(box.SIDES[place] for place in order)
    return Slip(box.slip(found, BULGARIA, 0.5), (key,), {"order": sides}, found)


def box_side(rng: Rng, _: Served) -> Slip:
    found, place = near(rng, BULGARIA), int(rng.integers(4))
    moved = BULGARIA[place] + one(rng, -1, 1) * rng.uniform(0.6, 1.2)
    found[place] = round(float(moved), 2)
    key, value = f"box-{box.SIDES[place]}", f"{found[place]:g}"
    return Slip(box.slip(found, BULGARIA, 0.5), (key,), {"found": value}, found)


def box_point(rng: Rng, _: Served) -> Slip:
    found, place = near(rng, BULGARIA, 0.0), int(rng.integers(4))
    found[place] *= one(rng, 10, 0.1, 100)
    return Slip(box.slip(found, BULGARIA, 0.5), ("box-decimal-point",), {}, found)


def box_metres(rng: Rng, _: Served) -> Slip:
    found = [float(value) for value in rng.uniform(400_000, 6_000_000, 4)]
    return Slip(box.slip(found, BULGARIA, 0.5), ("box-in-metres",), {}, found)


def box_sizes(rng: Rng, _: Served) -> Slip:
    found = near(rng, (22.0, 41.0, 7.0, 3.5))
    return Slip(box.slip(found, BULGARIA, 0.5), ("box-of-sizes",), {}, found)


def box_country(rng: Rng, _: Served) -> Slip:
    name = one(rng, *box.COUNTRIES)
    found = near(rng, box.COUNTRIES[name], 0.1)
    return Slip(box.slip(found, BULGARIA, 0.5), ("box-of-a-country",), {"country": name}, found)


def box_example(rng: Rng, _: Served) -> Slip:
    name = one(rng, *box.EXAMPLES)
    return Slip(box.slip(box.EXAMPLES[name], BULGARIA, 0.5), (f"box-of-{name}",), {}, name)


def box_part(rng: Rng, _: Served) -> Slip:
    west, south = rng.uniform(22.6, 24.5), rng.uniform(41.6, 42.5)
    found = [west, south, west + rng.uniform(0.5, 3), south + rng.uniform(0.3, 1.2)]
    return Slip(box.slip(found, BULGARIA, 0.5), ("area-too-small",), {}, found)


def box_form(rng: Rng, _: Served) -> Slip:
    given = near(rng, BULGARIA)
    value, key = one(
        rng,
        (",".join(map(str, given)), "box-as-text"),
        ([given[:2], given[2:]], "box-of-corners"),
        ([str(number) for number in given], "box-of-texts"),
        (given[: int(rng.integers(0, 4))], "box-count"),
        (dict(zip(box.SIDES, given, strict=True)), "box-with-names"),
        (given[0], "box-not-a-list"),
    )
    return Slip(box.form(value), (key,), {}, value)


def patch_order(rng: Rng, _: Served) -> Slip:
    order = list(rng.permutation(4))
    while order == [0, 1, 2, 3]:
        order = list(rng.permutation(4))
    found = [PATCH[place] for place in order]
    return Slip(box.metres_slip(found, PATCH, {}), ("box-in-another-order",), {}, found)


def patch_shift(rng: Rng, _: Served) -> Slip:
    across, up = (int(step) * 10 for step in rng.integers(-300, 300, 2))
    across, up = one(rng, (across or 10, 0), (0, up or 10), (across or 10, up or 10))
    found = [PATCH[0] + across, PATCH[1] + up, PATCH[2] + across, PATCH[3] + up]
    key = "box-shifted" + ("-across" if not up else "-upwards" if not across else "")
    values = {"across": str(abs(across)), "up": str(abs(up))}
    return Slip(box.metres_slip(found, PATCH, {}), (key,), values, found)


def patch_size(rng: Rng, _: Served) -> Slip:
    width, height = (int(step) * 10 for step in rng.integers(1, 600, 2))
    width += 10 * (width == 2500)
    found = [PATCH[0], PATCH[1], PATCH[0] + width, PATCH[1] + height]
    values = {"width": str(width), "height": str(height)}
    return Slip(box.metres_slip(found, PATCH, {}), ("box-of-another-size",), values, found)


def patch_other(_: Rng, served: Served) -> Slip:
    others = {url: other.bounds for url, other in served.other_patches.items()}
    found = list(next(iter(others.values())))
    right = served.patch.bounds
    return Slip(box.metres_slip(found, right, others), ("box-of-another-patch",), {}, found)


KINDS: dict[str, Kind] = {
    "box: another order": box_order,
    "box: one side": box_side,
    "box: a decimal point": box_point,
    "box: metres": box_metres,
    "box: width and height": box_sizes,
    "box: another country": box_country,
    "box: the worked example's": box_example,
    "box: a part": box_part,
    "box: another form": box_form,
    "patch: another order": patch_order,
    "patch: moved": patch_shift,
    "patch: another size": patch_size,
    "patch: another patch": patch_other,
}
