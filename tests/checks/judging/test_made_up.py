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
TO_DEGREES = 'gdf_wgs84 = gdf.to_crs("EPSG:4326")'
DOWNLOAD = "download_clcpluslabel(filename, bbox, year)"
SAVE = "np.save(local_path, img_array)"
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


class Player:
    """Runs answers where their exercise stands in its notebook, behind what comes before it."""

    def __init__(self, running: Recorder) -> None:
        self.running = running
        self.place: Manifest | None = None

    def go_to(self, number: int) -> Manifest:
        """The exercise, once all before it has run; nothing is run again for the same one."""
        if self.place is None or self.place.number != number:
            notebook = next(n for n in read_all() if number in {e.number for e in n.exercises})
            places = exercises_in_place(self.running, notebook)
            self.place = next(place for place in places if place.number == number)
        return self.place


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    with recorder() as running:
        yield Player(running)


def judged(
    player: Player, number: int, code: str | None = None, labels: str = "", **changed: str
) -> Verdict:
    """The verdict on an answer: the solution with lines changed, or other code.

    Args:
        player: Runs it.
        number: The exercise.
        code: Other code.
        labels: What exercise 9 makes of its result.
        changed: Lines of the solution, with what stands in their place.
    """
    solution = player.go_to(number).solution
    answer = code or solution
    for old, new in changed.items():
        assert old in answer
        answer = answer.replace(old, new)
    running = player.running
    with running.replaying(number):
        if labels:
            running.run(f"img_array = {labels}", exercise_id(9))
        return check_workspace(running.workspace(answer, number))


def earned(verdict: Verdict, aspect: str) -> bool:
    return next(item.earned > 0 for item in verdict.aspects if item.name == aspect)


@pytest.mark.parametrize("rgb", MADE_UP.values(), ids=MADE_UP)
def test_a_picture_of_a_made_up_image_is_none(player: Player, rgb: str) -> None:
    verdict = judged(player, 3, **{SCALED: f"rgb = {rgb}"})
    assert earned(verdict, "geography")
    assert not earned(verdict, "display")
    assert verdict.message


@pytest.mark.parametrize("rgb", OF_THE_PATCH.values(), ids=OF_THE_PATCH)
def test_a_picture_of_ones_own_image_counts(player: Player, rgb: str) -> None:
    verdict = judged(player, 3, **{SCALED: f"rgb = {rgb}"})
    assert not earned(verdict, "values")
    assert earned(verdict, "display")


@pytest.mark.parametrize("name", MADE_UP)
def test_a_false_colour_picture_that_is_made_up_is_none(player: Player, name: str) -> None:
    made_up = MADE_UP[name].replace("rgb", "fc")
    assert not earned(judged(player, 4, **{SCALED_FC: f"fc = {made_up}"}), "display")


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
def test_a_map_of_made_up_labels_is_none(player: Player, labels: str) -> None:
    verdict = judged(player, 11, labels=labels)
    assert not earned(verdict, "labels")


@pytest.mark.parametrize("labels", REAL_LABELS.values(), ids=REAL_LABELS)
def test_a_map_of_ones_own_labels_counts(player: Player, labels: str) -> None:
    assert judged(player, 11, labels=labels).passed


@pytest.mark.parametrize("corners", OUTLINES.values(), ids=OUTLINES)
def test_an_outline_of_the_same_corners_is_not_the_same(player: Player, corners: str) -> None:
    verdict = judged(player, 6, **{BOX: f"{CORNERS}tile_geom = Polygon([{corners}])"})
    assert verdict.score == 0


@pytest.mark.parametrize("corners", OUTLINES.values(), ids=OUTLINES)
def test_nor_has_it_an_area(player: Player, corners: str) -> None:
    verdict = judged(
        player, 7, **{BOX: f"{CORNERS}tile_geom = Polygon([{corners}])", AREA: "area_km2 = 0.0"}
    )
    assert not earned(verdict, "tile")
    assert not earned(verdict, "area")


OWN_OUTLINES = {
    "northing first": "box(bottom, left, top, right)",
    "extent order": "box(left, right, bottom, top)",
    "one corner": "box(left, bottom, left + 1000, bottom + 500)",
    "a corner cut": "Polygon([(left, bottom), (right, bottom), (right, top), (left, top - 99)])",
    "too high": "box(left, bottom, right, top + 10)",
    "half of it": "Polygon([(left, bottom), (right, bottom), (left, top)])",
}
NO_OUTLINES = {
    "made up": "box(3000000, 2000000, 3002500, 2002500)",
    "from zero": "box(0, 0, right - left, top - bottom)",
    "a millimetre": "box(left, bottom, left + 0.001, bottom + 0.001)",
    "crossed": "Polygon([(left, bottom), (right, top), (right, bottom), (left, top)])",
}
SIDES = "from shapely import Polygon\nleft, bottom, right, top = tile_bounds\ntile_geom ="


@pytest.mark.parametrize("outline", OWN_OUTLINES.values(), ids=OWN_OUTLINES)
def test_a_wrong_outline_costs_its_own_points_only(player: Player, outline: str) -> None:
    verdict = judged(player, 6, **{BOX: f"{SIDES} {outline}"})
    assert verdict.holds == ("frame", "reprojection")


def test_what_follows_from_a_wrong_outline_is_still_to_be_done(player: Player) -> None:
    wrong = {BOX: f"{SIDES} {OWN_OUTLINES['one corner']}"}
    assert judged(player, 6, **wrong, **{TO_DEGREES: "gdf_wgs84 = gdf"}).holds == ("frame",)
    declared = {'crs="EPSG:3035"': 'crs="EPSG:4326"'}
    assert judged(player, 6, **wrong, **declared).score == 0


@pytest.mark.parametrize("outline", NO_OUTLINES.values(), ids=NO_OUTLINES)
def test_what_follows_from_a_made_up_outline_earns_nothing(player: Player, outline: str) -> None:
    assert judged(player, 6, **{BOX: f"{SIDES} {outline}"}).score == 0


REQUESTS_FOR_LABELS = {
    "another year": ("bbox, 2021)", True),
    "a part of it": ("[bbox[0], bbox[1], bbox[0] + 1000, bbox[1] + 1500], year)", True),
    "to the east": ("[bbox[0] + 500, bbox[1], bbox[2] + 500, bbox[3]], year)", True),
    "one pixel": ("[bbox[0], bbox[1], bbox[0] + 10, bbox[1] + 10], year)", False),
    "elsewhere": ("[bbox[1], bbox[0], bbox[3], bbox[2]], year)", False),
}


@pytest.mark.parametrize("name", REQUESTS_FOR_LABELS)
def test_labels_are_judged_by_what_was_asked_for(player: Player, name: str) -> None:
    arguments, counts = REQUESTS_FOR_LABELS[name]
    call = f"download_clcpluslabel(filename, {arguments}"
    verdict = judged(player, 9, **{DOWNLOAD: call})
    assert verdict.holds == (("labels",) if counts else ())


@pytest.mark.parametrize(
    "labels", ["tiff_to_numpy(filename)[::-1]", "np.arange(62500).reshape(250, 250) % 11"]
)
def test_labels_of_ones_own_request_are_read_as_they_are(player: Player, labels: str) -> None:
    call = "download_clcpluslabel(filename, bbox, 2021)"
    changed = {DOWNLOAD: call, "tiff_to_numpy(filename)": labels}
    assert judged(player, 9, **changed).score == 0


@pytest.mark.parametrize(
    ("saved", "holds"),
    [
        ("rgb", ("upload", "listing")),
        ("img_array.T", ("upload", "listing")),
        ("np.zeros((3, 3))", ("listing",)),
        ("np.random.default_rng(1).random((250, 250))", ("listing",)),
    ],
)
def test_a_wrong_file_costs_its_own_points_only(
    player: Player, saved: str, holds: tuple[str, ...]
) -> None:
    assert judged(player, 10, **{SAVE: f"np.save(local_path, {saved})"}).holds == holds


def test_another_file_than_ones_own_is_no_upload_of_it(player: Player) -> None:
    saved = "np.save(local_path, rgb)\nnp.save('other.npy', img_array + 1)"
    changed = {SAVE: saved, "fs.put(local_path": "fs.put('other.npy'"}
    assert judged(player, 10, **changed).holds == ("listing",)


ORDERS = {
    "refused": ({'"maxCloudCoverage": 10': '"maxCloudCoverage": "< 10"'}, ("upload",)),
    "level 1C": ({'"type": "sentinel-2-l2a"': '"type": "sentinel-2-l1c"'}, ("image", "upload")),
    "a radar": ({'"type": "sentinel-2-l2a"': '"type": "sentinel-1-grd"'}, ("upload",)),
    "words for the image": ({"response.content": "str(response).encode()"}, ("request", "upload")),
    "never sent": ({"oauth.post(process_url, json=request_body)": "oauth"}, ()),
    "not the answer": (
        {
            '"maxCloudCoverage": 10': '"maxCloudCoverage": "< 10"',
            "response.content": "b'<Response [200]>'",
        },
        (),
    ),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_upload_is_judged_by_ones_own_file(player: Player, name: str) -> None:
    changed, holds = ORDERS[name]
    assert judged(player, 2, **changed).holds == holds


WORK_ELSEWHERE = [3, 5, 6, 7, 10, 11]


@pytest.mark.parametrize("number", WORK_ELSEWHERE)
def test_work_in_another_cell_does_not_fill_blanks(player: Player, number: int) -> None:
    exercise = player.go_to(number)
    unreached = f"if False:\n{indent(exercise.starter, '    ')}"
    verdict = judged(player, number, code=f"{exercise.solution}\n{unreached}")
    assert verdict.score == 0
    assert "___" in verdict.message
    remarks = indent(exercise.starter, "# ")
    assert judged(player, number, code=f"{remarks}\n{exercise.solution}").passed


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
