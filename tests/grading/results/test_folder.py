"""The folder of results is nobody else's."""

import os
from pathlib import Path

import pytest

from autograder.grading.results.folder import make_results
from autograder.grading.results.store import run_file
from utils.errors import CourseError


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    return tmp_path / "submitted"


@pytest.mark.parametrize("there", [False, True])
def test_nobody_else_may_look_into_results(submitted: Path, tmp_path: Path, there: bool) -> None:
    results = tmp_path / "some" / "results"
    if there:
        results.mkdir(parents=True, mode=0o755)
    before = os.umask(0)
    try:
        make_results(submitted, results)
    finally:
        os.umask(before)
    assert results.stat().st_mode & 0o777 == 0o700


def test_rights_that_were_given_since_stay(submitted: Path, tmp_path: Path) -> None:
    results = tmp_path / "results"
    make_results(submitted, results)
    run_file(results).touch()
    results.chmod(0o750)
    make_results(submitted, results)
    assert results.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("name", ["notes.txt", ".git/", "gradebook.db", "a\nb", "records/"])
def test_a_folder_with_other_files_is_refused_and_stays_as_it_is(
    submitted: Path, tmp_path: Path, name: str
) -> None:
    results = tmp_path / "results"
    results.mkdir(mode=0o755)
    (results / name).mkdir() if name.endswith("/") else (results / name).touch()
    with pytest.raises(CourseError, match="holds other files") as refusal:
        make_results(submitted, results)
    assert "\n" not in str(refusal.value)
    assert results.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("name", [".lock", ".unfinished/", "grading.log", "world/", "lost+found/"])
def test_what_a_killed_run_or_the_system_left_is_no_other_file(
    submitted: Path, tmp_path: Path, name: str
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / name).mkdir() if name.endswith("/") else (results / name).touch()
    make_results(submitted, results)
