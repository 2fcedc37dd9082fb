"""What the cards of exercises 9 to 11 say of answers that were once told something untrue."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.judging.verdict import Verdict
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import read_all

LABELS = next(item for item in read_all() if 9 in {one.number for one in item.exercises})


class Case(NamedTuple):
    """An answer to an exercise: what it changes in the solution, and the name of what is said."""

    number: int
    change: tuple[str, str]
    mistake: str = ""
    words: str = ""


SAVE = "np.save(local_path, img_array)"
FROM_ZERO = "img_array, cmap=cmap, vmin=0, vmax=11"
DRAWN = "np.ma.masked_outside(img_array, 1, 11), cmap=cmap, vmin=1, vmax=11"
READ = "tiff_to_numpy(filename)"

CASES = [
    Case(9, (READ, "np.ma.masked_equal(tiff_to_numpy(filename), 0)"), "", "masked"),
    Case(9, (READ, f"{READ},"), "labels-comma", "comma"),
    Case(9, (READ, f"np.array({READ}, dtype=str)"), "labels-as-text", "text"),
    Case(10, ("my-bucket/data", "projet-hackathon-ntts-2025/data"), "", "your own"),
    Case(10, (SAVE, "np.save(local_path, example_label)"), "file-other-variable", "example_label"),
    Case(10, ("fs.put(local_path, s3_path)", "pass"), "upload-not-called", "Nothing"),
    Case(10, ("/250/", "/10/"), "key-size", "10"),
    Case(11, (DRAWN, FROM_ZERO), "limits-begin-elsewhere", "0 and 11"),
    Case(11, (DRAWN, "img_array, cmap=cmap"), "limits-left-out", "Without limits"),
    Case(11, (DRAWN, "img_array, cmap=cmap, vmin=1, vmax=11"), "", "without data"),
    Case(11, (DRAWN, "img_array.astype(int) - 1, cmap=cmap, vmin=0, vmax=10"), "", ""),
    Case(11, ("in LAND_COVER]", "in LAND_COVER[:10]]"), "", "class 11"),
    Case(11, ('axes[0].set_title("Sentinel-2 RGB")', 'plt.title("Image")'), "", "plt.title"),
]  # fmt: skip


@pytest.fixture(scope="module")
def player() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


def verdicts(player: Recorder) -> Iterator[tuple[Case, Verdict]]:
    for manifest in exercises_in_place(player, LABELS):
        for case in CASES:
            if case.number != manifest.number:
                continue
            assert case.change[0] in manifest.solution
            with player.replaying(case.number):
                code = manifest.solution.replace(*case.change)
                yield case, check_workspace(player.workspace(code, case.number))


def test_cards_say_what_was_seen(player: Recorder) -> None:
    for case, verdict in verdicts(player):
        said = f"{verdict.message} {' '.join(verdict.remarks)}"
        assert verdict.mistake == case.mistake, (case, said)
        assert case.words in said, (case, said)
        assert "mean" not in verdict.found + verdict.expected
        assert "#" not in verdict.found + verdict.expected


@pytest.mark.parametrize(
    "broken", ["np.save(img_array, local_path)", "np.save(local_path, no_such_array)", "pass"]
)
def test_a_file_from_an_earlier_run_earns_nothing(player: Recorder, broken: str) -> None:
    for manifest in exercises_in_place(player, LABELS):
        if manifest.number == 10:
            break
    with player.replaying(10):
        assert check_workspace(player.workspace(manifest.solution, 10)).passed
        file = Path("3649890_2331750_0_937.npy")
        os.utime(file, (time.time() - 60, time.time() - 60))
        code = manifest.solution.replace(SAVE, broken).replace("fs.put(local_path, s3_path)", "0")
        verdict = check_workspace(player.workspace(code, 10))
    scores = {aspect.name: aspect.earned for aspect in verdict.aspects}
    assert scores["file"] == scores["upload"] == 0
