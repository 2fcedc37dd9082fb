"""A rehearsal shows what the instructor will see, and leaves no trace."""

from pathlib import Path

import pytest

from autograder.rehearsal import run
from tests.grading.whole_class.classroom import POINTS, solutions
from tests.rehearsal.rehearsing import card_of, rehearse, saved

SQUARE = solutions()[3].replace(
    "src.bounds", "type(src.bounds)(3649890, 2331750, 3652390, 2334250)"
)


def contents(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_solved_notebooks_get_all_points_and_stay_as_they_are(tmp_path: Path, cache: Path) -> None:
    folder = saved(tmp_path)
    before = contents(tmp_path)
    done = rehearse(folder, cache=cache)
    assert done.returncode == 0, done.stderr
    total = f"{sum(POINTS.values()):g}"
    assert done.stdout.startswith(f"Rehearsal: {total} of {total} points\n")
    assert all("all right" in card_of(number, done.stdout) for number in POINTS)
    assert contents(tmp_path) == before


def test_what_only_fits_the_practice_patch_is_shown(tmp_path: Path, cache: Path) -> None:
    assert solutions()[3] != SQUARE
    folder = saved(tmp_path, ex3=SQUARE, ex4="")
    done = rehearse(next(folder.glob("02-*")), cache=cache)
    assert "geography: not yet" in card_of(3, done.stdout)
    assert "all right" in card_of(5, done.stdout)
    assert "Exercise 8" not in done.stdout  # of another notebook


def test_exercises_that_were_not_begun_get_a_line(tmp_path: Path, cache: Path) -> None:
    from tests.grading.whole_class.classroom import hand_in

    folder = hand_in(tmp_path, {number: solutions()[number] for number in (3, 5)})
    done = rehearse(next(folder.glob("02-*")), cache=cache)
    assert card_of(4, done.stdout).endswith("not begun.\n") or "not begun." in card_of(
        4, done.stdout
    )
    assert "\n" not in card_of(4, done.stdout)


@pytest.mark.usefixtures("own_cache")
def test_where_nothing_can_be_shut_in_it_says_so_and_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "missing", lambda: ["Linux (this is Darwin)"])
    told: list[str] = []
    found = run.rehearse([next(saved(tmp_path).glob("04-*"))], told.append)
    assert "lacks Linux (this is Darwin)" in found.text
    assert "all right" in card_of(8, found.text)


def test_what_cannot_be_rehearsed_is_said_in_a_line(tmp_path: Path, cache: Path) -> None:
    done = rehearse(tmp_path / "gone", cache=cache)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "gone" in done.stderr
