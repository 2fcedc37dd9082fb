"""A notebook is known by its content, and of several versions the right one counts."""

import os
import tarfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.root import RELEASED
from tests.grading.handed_in.handed_in_files import (
    FIRST,
    SECOND,
    Files,
    all_work,
    prefixed,
    read,
    same_work,
    tarred,
    work,
    write,
)

RENAMED = [
    f"{SECOND} (1).ipynb",
    f"{SECOND}(2).ipynb",
    f"Copy of {SECOND}.ipynb",
    f"Kopie von {SECOND}.ipynb",
    f"{SECOND} - Copy.ipynb",
    f"{SECOND}-Copy1.ipynb",
    f"{SECOND}_final_FINAL.ipynb",
    f"{SECOND.upper()}.IPYNB",
    f"{SECOND.replace('-', '_')}.ipynb",
    f"{SECOND}.ipynb.txt",
    f"{SECOND}.ipynb.json",
    f"{SECOND}.json",
    f"{SECOND}.txt",
    f"{SECOND}.xml",
    SECOND,
    f"20261005173010_{SECOND}.ipynb",
    "Müller, Zoë.ipynb",
    "2.ipynb",
    "Untitled.ipynb",
    f"{FIRST}-old.ipynb",
    "work/deep/er/notebook.ipynb",
]


@pytest.mark.parametrize("name", RENAMED)
@pytest.mark.parametrize("form", [unicodedata.normalize, lambda form, name: name])
def test_a_renamed_notebook_is_known_and_the_name_is_noted(
    tmp_path: Path, name: str, form: Callable[[str, str], str]
) -> None:
    files = {**all_work("zoë"), form("NFD", name): work(SECOND, "zoë")}
    del files[f"{SECOND}.ipynb"]
    (found,) = read(write(tmp_path, prefixed("zoë/", files))).values()
    assert same_work(found, "zoë")
    (note,) = found.notes
    assert note == f"notebook {SECOND} was handed in as {name}"


def test_swapped_names_are_seen(tmp_path: Path) -> None:
    files = all_work("zoë")
    first, second = f"{FIRST}.ipynb", f"{SECOND}.ipynb"
    files[first], files[second] = files[second], files[first]
    (found,) = read(write(tmp_path, prefixed("zoë/", files))).values()
    assert same_work(found, "zoë")


EARLY, LATE = 1_700_000_000, 1_700_086_400


def released(name: str) -> bytes:
    return (RELEASED / f"{name}.ipynb").read_bytes()


VERSIONS: dict[str, tuple[list[tuple[str, str, int]], str, str]] = {
    "the later one": ([("", "old", EARLY), (" (1)", "new", LATE)], "new", "changed last, on"),
    "also where it has no number": (
        [("", "new", LATE), (" (1)", "old", EARLY)],
        "new",
        "changed last, on",
    ),
    "the higher number where the times are one": (
        [("", "a", EARLY), (" (1)", "b", EARLY), (" (2)", "new", EARLY)],
        "new",
        "it has the higher number",
    ),
    "the higher number anywhere where the times are one": (
        [("-v9 final", "a", EARLY), ("-v10 final", "new", EARLY)],
        "new",
        "it has the higher number",
    ),
    "not the one without work": (
        [("", "new", EARLY), (" (1)", "released", LATE)],
        "new",
        "the only one with work in it",
    ),
    "not the one that is torn": (
        [("", "new", EARLY), (" (1)", "torn", LATE)],
        "new",
        "the only one with work in it",
    ),
    "either where they are the same": (
        [("", "new", EARLY), (" (1)", "new", LATE)],
        "new",
        "the same work is in all",
    ),
}


def version(kind: str) -> bytes:
    if kind == "torn":
        return work(SECOND, "x")[:5_000]
    return released(SECOND) if kind == "released" else work(SECOND, kind)


@pytest.mark.parametrize(("files", "right", "why"), VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize("packed", [False, True])
def test_of_several_versions_one_counts_and_it_is_said_which(
    tmp_path: Path, files: list[tuple[str, str, int]], right: str, why: str, packed: bool
) -> None:
    folder = write(tmp_path / "zoë", {f"{SECOND}{end}.ipynb": version(k) for end, k, _ in files})
    for end, _, changed in files:
        os.utime(folder / f"{SECOND}{end}.ipynb", (changed, changed))
    if packed:
        with tarfile.open(tmp_path / "zoë.tar.gz", "w:gz") as archive:
            for path in folder.iterdir():
                archive.add(path, path.name)
                path.unlink()
        folder.rmdir()
    (found,) = read(tmp_path).values()
    assert found.notebooks == {SECOND: work(SECOND, right)}
    (note,) = found.notes
    assert note.startswith(f"notebook {SECOND} was there more than once (")
    assert why in note


def test_two_versions_of_which_nothing_tells_the_later_are_not_graded(tmp_path: Path) -> None:
    folder = write(tmp_path / "zoë", {f"a/{SECOND}.ipynb": work(SECOND, "a")})
    write(folder, {f"b/{SECOND}.ipynb": work(SECOND, "b"), f"{FIRST}.ipynb": work(FIRST)})
    for path in folder.rglob("*.ipynb"):
        os.utime(path, (EARLY, EARLY))
    (found,) = read(tmp_path).values()
    assert found.problems[SECOND] == (
        f"notebook {SECOND} is there more than once (a/{SECOND}.ipynb and b/{SECOND}.ipynb); "
        "remove all but one"
    )
    assert SECOND not in found.not_handed_in


ATTEMPT = f"W_zoë_attempt_2026-10-{{:02}}-17-30-10_{SECOND}.ipynb"

SAME_PATHS: dict[str, Files] = {
    "two attempts": {
        ATTEMPT.format(5): work(SECOND, "old"),
        ATTEMPT.format(6): work(SECOND, "new"),
    },
    "an archive beside its folder": {
        f"zoë/{SECOND}.ipynb": work(SECOND, "new"),
        "zoë.tar": tarred({f"{SECOND}.ipynb": work(SECOND, "old")}, ""),
    },
}


@pytest.mark.parametrize("files", SAME_PATHS.values(), ids=SAME_PATHS)
def test_two_versions_under_one_path_are_still_two(tmp_path: Path, files: Files) -> None:
    (found,) = read(write(tmp_path, files)).values()
    assert found.notebooks == {SECOND: work(SECOND, "new")}
    assert "changed last, on" in found.notes[0]


def test_the_solutions_of_the_course_are_not_taken_for_a_learners_work(tmp_path: Path) -> None:
    files = {f"c/course/{SECOND}.ipynb": work(SECOND, "own")}
    folder = write(tmp_path, prefixed("zoë/", files))
    write(folder, {f"zoë/c/solutions/{SECOND}.ipynb": work(SECOND, "the course's")})
    os.utime(folder / f"zoë/c/course/{SECOND}.ipynb", (EARLY, EARLY))
    write(folder, {f"lei/solutions/{SECOND}.ipynb": work(SECOND, "lei")})
    found = read(folder)
    assert found["zoë"].notebooks == {SECOND: work(SECOND, "own")}
    assert found["lei"].notebooks == {SECOND: work(SECOND, "lei")}


def test_what_lies_where_the_course_asks_for_it_counts_before_other_copies(tmp_path: Path) -> None:
    write(tmp_path / "zoë", {f"data-acquisition/{SECOND}.ipynb": work(SECOND, "here")})
    write(tmp_path / "zoë", {f"backup/{SECOND}.ipynb": work(SECOND, "elsewhere")})
    (found,) = read(tmp_path).values()
    assert found.notebooks == {SECOND: work(SECOND, "here")}
