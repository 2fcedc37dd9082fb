"""A dry run tells what a run would do with each submission, and touches nothing."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.grade_class import Options, dry_run
from autograder.grading.handed_in.submission_files import read_submission
from autograder.grading.handed_in.submissions import find_submissions
from autograder.grading.results.record import Record, without_score
from autograder.grading.results.store import Store
from tests.grading.handed_in.handed_in_files import (
    FIRST,
    NAMES,
    SECOND,
    all_work,
    prefixed,
    sources,
    work,
    write,
    zipped,
)


def run(submitted: Path, results: Path, student: str = "") -> list[str]:
    """What a dry run tells."""
    told: list[str] = []
    dry_run(Options(submitted, results, 1, student=student), again=False, tell=told.append)
    return told


FILES = {
    **prefixed("ada/data-acquisition/", all_work("ada")),
    "ben/mine.zip": zipped(all_work("ben", "work/")),
    f"cleo/{FIRST} (1).ipynb": work(FIRST),
    f"cleo/{SECOND}.ipynb": b'{"cells": [',
    "dan/work.7z": b"7z",
    f"{SECOND}.ipynb": work(SECOND),
}
LINES = {
    "ada: to be graded": f"{FIRST}: ada/data-acquisition/{FIRST}.ipynb, 2026-03-01 ",
    "ben: to be graded": f"{FIRST}: ben/mine.zip/work/{FIRST}.ipynb, 2026-03-01 ",
    "cleo: to be graded": f"{FIRST}: cleo/{FIRST} (1).ipynb, 2026-03-01 ",
    f"  {SECOND}: cleo/{SECOND}.ipynb is not valid JSON": "; not graded",
    "  03-geopandas: is missing": "counts as 0",
    "dan: cannot be graded": "unpack it",
    "Nobody's": f"{SECOND}.ipynb",
    "3 to be graded (0 of them changed), 0 kept, 1 cannot be graded, 1 only in part": "dry run",
}


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    folder = write(tmp_path / "submitted", FILES)
    for path in folder.rglob("*"):
        os.utime(path, (1_772_366_400, 1_772_366_400))  # 2026-03-01 12:00 UTC
    return folder


def test_each_submission_is_told_with_its_files_and_times(submitted: Path, tmp_path: Path) -> None:
    told = run(submitted, tmp_path / "results")
    for start, words in LINES.items():
        [*_, line] = [n for n, line in enumerate(told) if line.startswith(start)]
        assert words in "\n".join(told[line : line + 2])
    assert not (tmp_path / "results").exists()


def test_what_is_kept_and_what_has_changed_is_told_and_results_stay_as_they_are(
    submitted: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    store = Store(results)
    found, _ = find_submissions(submitted, NAMES)
    digests = {item.student: read_submission(item, sources()).digest for item in found}
    unread = Record("cleo", digests["cleo"], (without_score(1, 5.0, "torn"),), "torn")
    for record in (unread, replace(unread, student="ada", digest=digests["ada"], problem="")):
        store.put(record)
    store.put(replace(unread, student="ben", digest="other", problem=""))
    store.put(replace(unread, student="gone"))
    before = {path: path.stat().st_mtime_ns for path in results.rglob("*")}
    told = "\n".join(run(submitted, results))
    assert "ada: graded already, kept" in told
    assert "ben: changed since it was graded" in told
    assert "cleo: to be graded again" in told
    assert "RESULTS has gone, whom SUBMITTED lacks" in told
    assert "make forget" in told
    assert "ada: to be graded again" in "\n".join(run(submitted, results, student="ada"))
    assert {path: path.stat().st_mtime_ns for path in results.rglob("*")} == before
