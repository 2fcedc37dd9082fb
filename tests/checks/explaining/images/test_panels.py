"""What a panel shows in place of its array, and bounds that are not the file's."""

from typing import Any

import numpy as np
import pytest

from autograder.checks.exercises import exercise_04_false_colour as exercise_04
from autograder.checks.explaining.images.geography import bounds, system
from autograder.checks.explaining.images.lying import TURNS
from autograder.checks.explaining.images.panels import panel
from autograder.checks.explaining.images.told import picture
from autograder.checks.explaining.served import Served
from autograder.checks.reading import facts
from tests.checks.explaining.images.test_images import FALSE, TRUE, right, stack
from tests.checks.explaining.slips import Kind, Trial, landscapes, tried

Rng = np.random.Generator
CODE = facts.pieces("ax.imshow(img)")


def evidence(served: Served, shown: Any) -> dict[str, Any]:
    """Evidence of exercise 4 whose right-hand panel shows some colours."""
    made = {"fc": right(stack(served, FALSE)), "rgb": right(stack(served, TRUE))}
    raw = {"fc_data": np.moveaxis(stack(served, FALSE), -1, 0)}
    arrays = {name: facts.array(np.ascontiguousarray(item)) for name, item in (made | raw).items()}
    colours = shown if isinstance(shown, dict) else facts.array(np.ascontiguousarray(shown))
    return arrays | {"right": colours, "source": CODE, "literals": facts.numbers([98.0], 1)}


def explained(served: Served, shown: Any) -> Any:
    explain = panel("right", "fc", ("rgb", "fc_data"), FALSE)
    return explain(evidence(served, shown), {}, served)


def other_array(rng: Rng, served: Served) -> Trial:
    if rng.random() < 0.5:
        shown = right(stack(served, TRUE))
        return Trial(explained(served, shown), "other-array-shown", {"name": "rgb", "own": "fc"})
    shown = np.clip(stack(served, FALSE), 0, 1)
    return Trial(explained(served, shown), "raw-bands-shown", {"name": "fc_data"})


def turned(rng: Rng, served: Served) -> Trial:
    (swapped, rows, columns), key = list(TURNS.items())[rng.integers(len(TURNS))]
    shown = right(stack(served, FALSE))[:: -1 if rows else 1, :: -1 if columns else 1]
    return Trial(explained(served, shown.swapaxes(0, 1) if swapped else shown), key, {})


def other_order(rng: Rng, served: Served) -> Trial:
    order = [(2, 1, 0), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1)][rng.integers(5)]
    shown = right(stack(served, FALSE))[..., order]
    return Trial(explained(served, shown), "colours-in-another-order", {})


def one_colour(rng: Rng, served: Served) -> Trial:
    from matplotlib import colormaps

    place = int(rng.integers(3))
    name = ["viridis", "gray", "Greens", "RdYlGn"][rng.integers(4)]
    shown = colormaps[name](right(stack(served, FALSE))[..., place])[..., :3]
    return Trial(explained(served, shown), "one-colour-shown", {"place": str(place)}, name)


def other_picture(rng: Rng, served: Served) -> Trial:
    shown = right(stack(served, (12, 8, 4)))
    return Trial(explained(served, shown), "other-bands", {})


def other_bounds(rng: Rng, served: Served) -> Trial:
    left, bottom, top = (served.patch.bounds[place] for place in (0, 1, 3))
    rows, columns = served.patch.bands.shape[1:]
    edges = np.array(served.patch.bounds)
    cases = [
        (edges[[0, 2, 1, 3]], "bounds-in-another-order"),
        (edges[[1, 0, 3, 2]], "bounds-in-another-order"),
        (edges[[2, 1, 0, 3]], "bounds-in-another-order"),
        (edges / 1000, "bounds-in-kilometres"),
        (np.array([0, 0, columns, rows]), "bounds-in-pixels"),
        (np.array([10, 0, left, 0]), "transform-for-bounds"),
        (edges[:3], "bounds-of-another-length"),
        (edges + np.array([0, 0, 0, 500]), "one-bound-differs"),
        (edges + 5, "bounds-close"),
        (np.array([left, bottom, top, top]), "one-bound-differs"),
    ]
    values, key = cases[rng.integers(len(cases))]
    fact = {"kind": "numbers", "values": [float(value) for value in values]}
    return Trial(bounds("tile_bounds")({"tile_bounds": fact}, {}, served), key, {}, str(values))


KINDS: dict[str, Kind] = {
    "another array in a panel": other_array,
    "a panel turned": turned,
    "colours of a panel in another order": other_order,
    "one colour in a panel": one_colour,
    "another picture in a panel": other_picture,
    "other bounds": other_bounds,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_random_slip_is_found_again(name: str) -> None:
    for _, trials in tried({name: KINDS[name]}, 6):
        for trial in trials:
            assert trial.right, f"{trial.made}: {trial.found}, not {trial.key} {trial.values}"


def test_an_empty_panel_is_told_from_a_cell_that_draws_nothing() -> None:
    served, empty = landscapes()[0], facts.missing("shows no image")
    assert explained(served, empty).key == "panel-empty"
    drawn = evidence(served, empty) | {"source": facts.pieces("plt.subplots()")}
    assert panel("right", "fc", (), FALSE)(drawn, {}, served).key == "nothing-drawn"  # type: ignore[union-attr]


def test_a_right_picture_under_another_name_is_found() -> None:
    served = landscapes()[2]
    claims = evidence(served, right(stack(served, FALSE)))
    claims |= {"fc": facts.missing("was never assigned")}
    found = picture("fc", FALSE, TRUE, "right")(claims, {}, served)
    assert found
    assert (found.key, found.values) == ("picture-under-another-name", {"found": "img"})


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (facts.text("EPSG:4326"), "other-system"),
        (facts.text("no CRS"), "no-system"),
        (facts.text("PROJCRS[…]"), "system-without-a-code"),
    ],
)
def test_another_system_is_named(value: facts.Fact, key: str) -> None:
    found = system("tile_crs")({"tile_crs": value}, {}, landscapes()[0])
    assert found
    assert found.key == key


@pytest.mark.parametrize(
    ("made_of", "said"),
    [
        ([3649890, 2331750, 3652390, 2334250], False),
        ([3737390, 2381750, 3739890, 2384250], True),
        ([1.5, 43.7, 1.6, 43.8], False),
        ([3649890, 3652390, 2331750, 2334250], False),
    ],
)
def test_panels_of_two_places_do_not_pass_in_silence(made_of: list[float], said: bool) -> None:
    claims = {
        "profile": facts.numbers([3649890.0, 2334250.0], 2),
        "rgb_bounds": facts.numbers(made_of, 4),
        "blocks": facts.text("printed"),
    }
    assert bool(exercise_04.remarks(claims)) == said
