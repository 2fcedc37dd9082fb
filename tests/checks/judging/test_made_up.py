"""What follows from an own result earns nothing where that result says nothing of the patch.

Nor does an exercise whose blanks are all as they were handed out, whatever other cells have made.
"""

from collections.abc import Iterator
from textwrap import indent

import numpy as np
import pytest

from autograder.checks.check import check_workspace
from autograder.checks.explaining.served import Served
from autograder.checks.judging.follow import carries_patch
from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.cells import exercise_id
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Manifest, read_all
from autograder.patches import PRACTICE

SCALED = "rgb = np.clip(rgb / p98, 0, 1)"
SCALED_FC = "fc = np.clip(fc / p98, 0, 1)"
BOX = "tile_geom = box(*tile_bounds)"
CORNERS = "west, south, east, north = tile_bounds\nfrom shapely import Polygon\n"
AREA = "area_km2 = tile_geom.area / 1e6"

MADE_UP = {
    "one pixel": "rgb[:1, :1]",
    "some pixels": "rgb[:3, :4]",
    "one colour": "np.full_like(rgb, 0.5)",
    "noise": "np.random.default_rng(1).random(rgb.shape)",
    "a slope": "np.linspace(0, 1, rgb.size).reshape(rgb.shape)",
    "stripes": "np.broadcast_to(np.arange(rgb.shape[1])[:, None] % 7 / 7, rgb.shape)",
    "waves": "np.broadcast_to(np.sin(np.arange(rgb.shape[1]))[:, None] / 2 + 0.5, rgb.shape)",
}

OF_THE_PATCH = {
    "other bands": "rgb[..., ::-1] / p98",
    "too bright": "np.clip(3 * rgb / p98, 0, 1)",
    "mirrored": "np.clip(rgb / p98, 0, 1)[::-1]",
    "turned": "np.clip(rgb / p98, 0, 1).transpose(1, 0, 2)",
    "as bytes": "(np.clip(rgb / p98, 0, 1) * 255).astype(np.uint8)",
    "black and white": "np.round(np.clip(rgb / p98, 0, 1))",
}

LABELS = {
    "three pixels": "np.array([[1, 2, 3]])",
    "ten pixels": "np.arange(1, 11).reshape(2, 5)",
    "noise": "np.random.default_rng(1).integers(1, 11, img_array.shape)",
    "blocks": "np.random.default_rng(1).integers(1, 11, (25, 25)).repeat(10, 0).repeat(10, 1)",
    "stripes": "np.broadcast_to(np.arange(img_array.shape[1]) % 10 + 1, img_array.shape)",
}

REAL_LABELS = {
    "one class left out": "np.where(img_array == 3, 0, img_array)",
    "mirrored": "img_array[::-1]",
    "one lower": "np.maximum(img_array, 2) - 1",
}

OUTLINES = {
    "crossed": "(west, south), (east, south), (west, north), (east, north)",
    "there and back": "(west, south), (east, south), (east, north), (west, north), "
    "(east, north), (east, south)",
    "a loop at a corner": "(west, south), (east, south), (east, north), (west, north), "
    "(east, north), (east, south), (west, south), (west, north)",
}


@pytest.fixture(scope="module")
def player() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


def judged(
    player: Recorder, number: int, code: str | None = None, labels: str = "", **changed: str
) -> Verdict:
    """The verdict on an answer: the solution with lines changed, or other code.

    Args:
        player: Runs it.
        number: The exercise.
        code: Other code.
        labels: What exercise 9 makes of its result.
        changed: Lines of the solution, with what stands in their place.
    """
    notebook = next(n for n in read_all() if number in {e.number for e in n.exercises})
    found: Manifest = next(
        item for item in exercises_in_place(player, notebook) if item.number == number
    )
    answer = code or found.solution
    for old, new in changed.items():
        assert old in answer
        answer = answer.replace(old, new)
    with player.replaying(number):
        if labels:
            player.run(f"img_array = {labels}", exercise_id(9))
        return check_workspace(player.workspace(answer, number))


def earned(verdict: Verdict, aspect: str) -> bool:
    return next(item.earned > 0 for item in verdict.aspects if item.name == aspect)


@pytest.mark.parametrize("rgb", MADE_UP.values(), ids=MADE_UP)
def test_a_picture_of_a_made_up_image_is_none(player: Recorder, rgb: str) -> None:
    verdict = judged(player, 3, **{SCALED: f"rgb = {rgb}"})
    assert earned(verdict, "geography")
    assert not earned(verdict, "display")
    assert verdict.message


@pytest.mark.parametrize("rgb", OF_THE_PATCH.values(), ids=OF_THE_PATCH)
def test_a_picture_of_ones_own_image_counts(player: Recorder, rgb: str) -> None:
    verdict = judged(player, 3, **{SCALED: f"rgb = {rgb}"})
    assert not earned(verdict, "values")
    assert earned(verdict, "display")


@pytest.mark.parametrize("name", MADE_UP)
def test_a_false_colour_picture_that_is_made_up_is_none(player: Recorder, name: str) -> None:
    made_up = MADE_UP[name].replace("rgb", "fc")
    assert not earned(judged(player, 4, **{SCALED_FC: f"fc = {made_up}"}), "display")


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
def test_a_map_of_made_up_labels_is_none(player: Recorder, labels: str) -> None:
    verdict = judged(player, 11, labels=labels)
    assert not earned(verdict, "labels")


@pytest.mark.parametrize("labels", REAL_LABELS.values(), ids=REAL_LABELS)
def test_a_map_of_ones_own_labels_counts(player: Recorder, labels: str) -> None:
    assert judged(player, 11, labels=labels).passed


@pytest.mark.parametrize("corners", OUTLINES.values(), ids=OUTLINES)
def test_an_outline_of_the_same_corners_is_not_the_same(player: Recorder, corners: str) -> None:
    verdict = judged(player, 6, **{BOX: f"{CORNERS}tile_geom = Polygon([{corners}])"})
    assert verdict.score == 0
    verdict = judged(
        player, 7, **{BOX: f"{CORNERS}tile_geom = Polygon([{corners}])", AREA: "area_km2 = 0.0"}
    )
    assert not earned(verdict, "tile")
    assert not earned(verdict, "area")


WORK_ELSEWHERE = [3, 5, 6, 7, 10, 11]


@pytest.mark.parametrize("number", WORK_ELSEWHERE)
def test_work_in_another_cell_does_not_fill_blanks(player: Recorder, number: int) -> None:
    notebook = next(n for n in read_all() if number in {e.number for e in n.exercises})
    exercise = next(e for e in notebook.exercises if e.number == number)
    cell = f"if False:\n{indent(exercise.starter, '    ')}"
    verdict = judged(player, number, code=f"{exercise.solution}\n{cell}")
    assert verdict.score == 0
    assert "___" in verdict.message


@pytest.mark.parametrize("number", WORK_ELSEWHERE)
def test_blanks_that_are_only_remarks_do_not_count(player: Recorder, number: int) -> None:
    notebook = next(n for n in read_all() if number in {e.number for e in n.exercises})
    exercise = next(e for e in notebook.exercises if e.number == number)
    assert judged(
        player, number, code=f"{indent(exercise.starter, '# ')}\n{exercise.solution}"
    ).passed


@pytest.mark.parametrize("shape", [(), (5,), (1, 1), (250, 250), (250, 250, 3), (2, 2, 2, 2)])
def test_arrays_of_any_shape_are_looked_at(shape: tuple[int, ...]) -> None:
    served = Served(PRACTICE)
    assert not carries_patch(np.ones(shape), served)
    assert not carries_patch(np.full(shape, np.nan), served)
    assert not carries_patch(np.random.default_rng(0).random(shape), served)


@pytest.mark.parametrize("band", [0, 3, 7, 12, 13])
def test_every_band_has_to_do_with_the_patch(band: int) -> None:
    served = Served(PRACTICE)
    pixels = served.patch.bands[band]
    for array in (pixels, -pixels, np.sqrt(np.abs(pixels)), pixels.T, pixels[None], pixels > 0.2):
        assert carries_patch(np.asarray(array), served)
