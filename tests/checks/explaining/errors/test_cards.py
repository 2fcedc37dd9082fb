"""What the card says where a cell stopped, of answers to the exercises, run in place."""

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.judging.verdict import Verdict
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all

CHANGED: dict[str, tuple[int, str, str]] = {
    # name: exercise, text of the solution, what stands in its place
    "a blank in the order": (2, '"from": "2021-06-01T00:00:00Z"', '"from": ___'),
    "stopped before scaling": (3, "np.percentile(rgb, 98)", 'np.percentile(rgb, "98")'),
    "the plot's last line": (4, "plt.show()", "plt.shwo()"),
    "set_crs on a frame with one": (6, 'gdf.to_crs("EPSG:4326")', 'gdf.set_crs("EPSG:4326")'),
    "area of a table": (7, "tile_geom.area / 1e6", "tile_gdf.area / 1e6"),
    "year left out": (9, "(filename, bbox, year)", "(filename, bbox)"),
    "title called": (11, 'axes[0].set_title("Sentinel-2 RGB")', 'axes[0].title("Image")'),
    "unreadable": (5, "nir - red, nir + red", "nir - red nir + red"),
}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    found = {}
    with recorder() as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                for name, (number, old, new) in CHANGED.items():
                    if number == manifest.number:
                        assert old in manifest.solution
                        code = manifest.solution.replace(old, new)
                        with player.replaying(number):
                            found[name] = check_workspace(player.workspace(code, number))
    return found


@pytest.mark.parametrize("name", ["the plot's last line", "area of a table"])
def test_a_cell_that_ends_in_an_exception_after_right_results_keeps_its_points(
    verdicts: dict[str, Verdict], name: str
) -> None:
    verdict = verdicts[name]
    assert verdict.passed
    assert not verdict.mistake
    [remark] = [words for words in verdict.remarks if "stopped after them" in words]
    told = "`show`" if name == "the plot's last line" else "needs one number"
    assert told in remark


def test_a_blank_is_told_also_where_a_library_complains_of_it(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["a blank in the order"]
    assert verdict.mistake == "blank-used"
    assert "`___`" in verdict.message
    assert "Blank" not in f"{verdict.message} {verdict.found}"


def test_a_result_that_was_not_finished_is_no_mistake_of_its_own(
    verdicts: dict[str, Verdict],
) -> None:
    verdict = verdicts["stopped before scaling"]
    assert verdict.mistake == "number-as-text"
    assert verdict.found.startswith("line 19:")


def test_a_librarys_cure_for_others_is_not_passed_on(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["set_crs on a frame with one"]
    assert "allow_override" not in f"{verdict.message} {verdict.found} {verdict.remarks}"
    assert not verdict.vague


@pytest.mark.parametrize(
    ("name", "mistake", "part"),
    [
        ("year left out", "argument-missing", "`year`"),
        ("title called", "value-called-setter", "`set_title`"),
        ("unreadable", "comma-missing", "line 17"),
    ],
)
def test_the_reason_is_named(
    verdicts: dict[str, Verdict], name: str, mistake: str, part: str
) -> None:
    verdict = verdicts[name]
    assert verdict.mistake == mistake
    assert part in verdict.message
    assert not verdict.vague
