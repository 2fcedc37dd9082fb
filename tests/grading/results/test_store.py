"""What is kept of a run outlives a kill at any moment."""

import json
import logging
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.checks.judging.unexplained import Unexplained
from autograder.grading.limits import Limits
from autograder.grading.results.record import Example, Record, Row
from autograder.grading.results.store import Run, Store, locked, open_run, world_folder
from utils.errors import CourseError

LEFT = Unexplained("ndvi", "`ndvi`", "1", {"kind": "numbers", "values": ["nan"]}, ("ndvi", "shown"))
RECORD = Record(
    "Zoë O'Brien",
    "fingerprint",
    (Row(1, 2.5, 5.0, "wrong-band", "Read B8.", "values 2/3"), Row(2, 0.0, 5.0)),
    stopped=("memory limit of 2 GB reached in exercise-2",),
    notes=("notebook 03-geopandas is missing",),
    examples=(Example(5, "ndvi = nir", LEFT),),
    seconds=1.25,
)


def open_anew(results: Path, **changes: object) -> Run:
    """Open the run of a folder of results as the command does."""

    def make_world(folder: Path, seed: int) -> None:
        folder.mkdir()
        (folder / "patch.tif").write_text(f"pixels of {seed}")

    asked: dict[str, object] = {
        "course": "fingerprint",
        "seed": None,
        "practice": False,
        "limits": Limits(),
    }
    asked |= {"new_seed": lambda: 7, "make_world": make_world}
    return open_run(results, **(asked | changes))  # type: ignore[arg-type]


def test_a_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORD)
    assert store.all() == {RECORD.student: RECORD}
    assert Store(tmp_path).all() == {RECORD.student: RECORD}


def test_records_come_sorted_by_student_and_the_last_one_counts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for student in ("b", "a", "=1+1", "-b"):
        store.put(replace(RECORD, student=student))
    store.put(replace(RECORD, student="a", digest="later"))
    assert list(Store(tmp_path).all()) == ["-b", "=1+1", "a", "b"]
    assert Store(tmp_path).all()["a"].digest == "later"


def test_a_removed_record_counts_as_not_graded(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORD)
    store.remove(RECORD.student)
    store.remove("never graded")
    assert store.all() == Store(tmp_path).all() == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"\xff\xfe",
        lambda content: b"[]",
        lambda content: content.replace(b"Zo", b"Bo"),
        lambda content: content.replace(b'"rows"', b'"columns"'),
    ],
    ids=["half", "empty", "no text", "no record", "of another", "other names"],
)
def test_a_broken_record_counts_as_not_graded_and_is_told(
    damage: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path)
    store.put(replace(RECORD, student="sound"))
    store.put(RECORD)
    (path,) = (p for p in tmp_path.glob("records/*") if b"Zo" in p.read_bytes())
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with caplog.at_level(logging.WARNING):
        assert list(Store(tmp_path).all()) == ["sound"]
    assert [message.count(path.name) for message in caplog.messages] == [1]


def test_a_run_is_gone_on_with_when_nothing_else_is_asked_for(tmp_path: Path) -> None:
    first = open_anew(tmp_path)
    assert first.seed == 7
    again = open_anew(tmp_path, new_seed=lambda: 8)
    assert again == first
    assert (world_folder(tmp_path) / "patch.tif").read_text() == "pixels of 7"
    assert open_anew(tmp_path, seed=7) == first


def test_the_seed_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    open_anew(tmp_path)
    assert (tmp_path / "run.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"seed": 8}, "another seed"),
        ({"practice": True}, "grading patch"),
        ({"limits": Limits(threads=3)}, "other limits"),
        ({"course": "changed"}, "other notebooks.*make regrade ALL=1"),
    ],
)
def test_results_of_another_run_are_refused(
    asked: dict[str, object], words: str, tmp_path: Path
) -> None:
    open_anew(tmp_path)
    with pytest.raises(CourseError, match=f"{words}.*hoose another RESULTS"):
        open_anew(tmp_path, **asked)


def test_a_changed_world_is_refused_and_a_lost_one_is_made_again(tmp_path: Path) -> None:
    run = open_anew(tmp_path)
    (world_folder(tmp_path) / "patch.tif").write_text("other pixels")
    with pytest.raises(CourseError, match="world that was changed"):
        open_anew(tmp_path)
    (world_folder(tmp_path) / "patch.tif").unlink()
    world_folder(tmp_path).rmdir()
    assert open_anew(tmp_path) == run


def test_grades_of_a_run_that_is_not_known_are_refused(tmp_path: Path) -> None:
    open_anew(tmp_path)
    Store(tmp_path).put(RECORD)
    (tmp_path / "run.json").unlink()
    with pytest.raises(CourseError, match="not of which run"):
        open_anew(tmp_path)


def test_a_run_file_that_is_no_run_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"seed": 7}))
    with pytest.raises(CourseError, match=r"run\.json cannot be read"):
        open_anew(tmp_path)


def test_a_kill_while_the_world_is_made_leaves_none(tmp_path: Path) -> None:
    def killed(folder: Path, seed: int) -> None:
        folder.mkdir()
        (folder / "patch.tif").write_text("half of the pixe")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_anew(tmp_path, make_world=killed)
    assert not world_folder(tmp_path).exists()
    with locked(tmp_path):
        assert open_anew(tmp_path).seed == 7
    assert (world_folder(tmp_path) / "patch.tif").read_text() == "pixels of 7"


HOLD = """
import pathlib, sys
from autograder.grading.results.store import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_on_the_same_results_is_refused_until_the_first_is_gone(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(CourseError, match="Another grading run is at work"), locked(tmp_path):
            pass
        first.send_signal(signal.SIGKILL)
        first.wait(30)
    with locked(tmp_path):
        pass


def test_what_a_killed_run_left_half_done_is_cleared_away(tmp_path: Path) -> None:
    Store(tmp_path)
    left = [tmp_path / ".x.part", tmp_path / "records" / ".y.part", tmp_path / ".unfinished" / "z"]
    left[-1].parent.mkdir()
    for path in left:
        path.write_text("half")
    with locked(tmp_path):
        assert not any(path.exists() for path in left)
