"""Whatever form a class's work comes in, each notebook is found and is its student's."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.grading.handed_in.handed_in_files import (
    NAMES,
    Files,
    all_work,
    plain_folder,
    prefixed,
    read,
    same_work,
    tarred,
    work,
    write,
    zipped,
)


def moodle(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}_{number}_assignsubmission_file_/", all_work(by))


def moodle_flat(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}_{number}_assignsubmission_file_", all_work(by))


def moodle_zip(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}_{number}_assignsubmission_file_/my work.zip": zipped(all_work(by))}


def moodle_online_text(by: str, number: int) -> dict[str, bytes]:
    return {
        **moodle(by, number),
        f"{by}_{number}_assignsubmission_onlinetext_/onlinetext.html": b"<p>see files</p>",
    }


def canvas(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}_{number}_98765_", all_work(by))


def canvas_late_again(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}_LATE_{number}_98765_", all_work(by, end="-2.ipynb"))


def canvas_zip(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}_{number}_98765_work.zip": zipped(all_work(by, "work/"))}


def blackboard(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"Week 1_{by}_attempt_2026-10-05-17-30-{number % 100}_", all_work(by))


def ilias(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"Exercise 1/Abgaben/{by}_{number}/", all_work(by))


def nbgrader(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}/data-acquisition/", all_work(by))


def deeper(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}/course-main/course/data-acquisition/", all_work(by))


def a_folder_each(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}/{name[:2]}/{name}.ipynb": work(name, by) for name in NAMES}


def zip_each(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}.zip": zipped(all_work(by, "data-acquisition/"))}


def tar_each(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}.tar.gz": tarred(all_work(by, "./"))}


def zip_in_zip(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}/hand-in.zip": zipped({"a/work.zip": zipped(all_work(by))})}


def name_in_file(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}_", all_work(by))


def name_in_copy(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by} - Copy of ", all_work(by))


def name_in_folder(by: str, number: int) -> dict[str, bytes]:
    return {f"{by}_{name}/{name}.ipynb": work(name, by) for name in NAMES}


def brightspace(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{number}-98765 - {by} - Nov 1, 2026 1010 AM/", all_work(by))


def brightspace_flat(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{number}-98765 - {by} - Nov 11, 2026 110 PM - ", all_work(by))


def exchange(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}+data-acquisition+2026-11-01 10:00:00.{number} UTC+0a1b/", all_work(by))


def as_text(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}/", all_work(by, end=".txt"))


CLASSES: list[tuple[Callable[[str, int], dict[str, bytes]], tuple[str, str]]] = [
    (moodle, ("Zoë Müller", "Anna-Lena O'Brien")),
    (moodle_flat, ("Zoë Müller", "李雷")),
    (moodle_zip, ("Zoë Müller", "Jan van der Berg")),
    (moodle_online_text, ("Zoë Müller", "Anna")),
    (canvas, ("müllerzoë", "lilei")),
    (canvas_late_again, ("müllerzoë", "lilei")),
    (canvas_zip, ("müllerzoë", "lilei")),
    (blackboard, ("zmueller", "lilei")),
    (ilias, ("Müller_Zoë_zmueller", "Li_Lei_llei2")),
    (nbgrader, ("zoë", "lei_12345")),
    (plain_folder, ("Zoë Müller", "lei_12345")),
    (deeper, ("zoë", "lei")),
    (a_folder_each, ("zoë", "lei")),
    (zip_each, ("zoë", "lei")),
    (tar_each, ("zoë", "lei")),
    (zip_in_zip, ("zoë", "lei")),
    (name_in_file, ("zoë", "lei")),
    (name_in_copy, ("Zoë Müller", "Lei")),
    (name_in_folder, ("Zoë Müller", "Lei")),
    (brightspace, ("Zoë Müller", "Anna-Lena O'Brien")),
    (brightspace_flat, ("Zoë Müller", "Anna-Lena O'Brien")),
    (exchange, ("zoë", "lei_12345")),
    (as_text, ("zoë", "lei")),
]

JUNK = {
    "__MACOSX/._x": b"\0\5\x16\7",
    "lost+found/old": b"",
    "#recycle/old.ipynb": b"",
    "Network Trash Folder/old.ipynb": b"",
    "venv/lib/old.ipynb": b"",
    "._zoe": b"\0\5\x16\7",
    ".DS_Store": b"\0\0\0\1Bud1",
    "Thumbs.db": b"",
    ".git/HEAD": b"ref",
    "grades.xlsx": b"PK\3\4",
    "index.html": b"<html>",
}


def mac(files: Files) -> dict[str, bytes]:
    """As a Mac names files: letters and accents apart."""
    return {unicodedata.normalize("NFD", name): content for name, content in files.items()}


WRAPPED: dict[str, Callable[[Path, Files], Path]] = {
    "folder": lambda folder, files: write(folder / "submitted", files),
    "folder from a mac": lambda folder, files: write(folder / "submitted", mac(files)),
    "folder in a folder": lambda folder, files: (
        write(folder / "submitted", prefixed("Week 1 (2)/", files)).parent / "submitted"
    ),
    "zip": lambda folder, files: write(folder, {"class.zip": zipped(files)}) / "class.zip",
    "zip with a folder": lambda folder, files: (
        write(folder, {"class.zip": zipped(prefixed("Week 1/", files))}) / "class.zip"
    ),
    "zip in the folder": lambda folder, files: write(
        folder / "submitted", {"class.zip": zipped(files)}
    ),
    "tar": lambda folder, files: write(folder, {"class.tar": tarred(files, "")}) / "class.tar",
    "tgz": lambda folder, files: write(folder, {"class.tgz": tarred(files)}) / "class.tgz",
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize(("form", "students"), CLASSES, ids=[form.__name__ for form, _ in CLASSES])
def test_a_class_is_found_as_any_system_gives_it(
    tmp_path: Path,
    form: Callable[[str, int], dict[str, bytes]],
    students: tuple[str, str],
    wrap: Callable[[Path, Files], Path],
) -> None:
    files = {name: c for n, by in enumerate(students, 12345) for name, c in form(by, n).items()}
    found = read(wrap(tmp_path, {**JUNK, **files}))
    assert sorted(found) == sorted(students), "junk gets no row"
    assert {by: same_work(found[by], by) for by in students} == dict.fromkeys(students, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Zoë", "cp437"),
        ("João", "cp850"),
        ("José", "cp850"),
        ("Zoë", "cp1252"),
        ("Müller", "cp1252"),
        ("Élodie", "cp1252"),
    ],
)
def test_a_zip_that_does_not_say_how_it_writes_names_is_read(
    tmp_path: Path, name: str, code: str
) -> None:
    stand_in = "#" * len(name)
    packed = zipped({**prefixed(f"{stand_in}/", all_work(name)), **plain_folder("lei", 2)})
    packed = packed.replace(stand_in.encode(), name.encode(code))
    found = read(write(tmp_path, {"class.zip": packed}) / "class.zip")
    assert same_work(found[name], name)


def test_students_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {**moodle("Anna Li", 11111), **moodle("Anna Li", 22222), **moodle("Bo", 3)})
    assert list(read(tmp_path)) == ["Anna Li_11111", "Anna Li_22222", "Bo"]


@pytest.mark.parametrize(
    "files",
    [
        {"3649890_2331750_0_937.npy": b"", "plot_10_20_map.png": b""},
        {"old/notes_12_34_x.ipynb/a.txt": b"", "copy/data_11_22_33.zip": zipped({})},
    ],
)
def test_a_students_own_files_make_no_class_of_a_folder(tmp_path: Path, files: Files) -> None:
    write(tmp_path, prefixed("zoë/", {**all_work("zoë"), **files}))
    assert list(read(tmp_path)) == ["zoë"]


def test_versions_in_a_students_archive_make_no_class_of_it(tmp_path: Path) -> None:
    both = {**all_work("zoë", "old/"), **all_work("zoë", "new/")}
    write(tmp_path, {"zoë.zip": zipped(both), "lei.zip": zipped(all_work("lei"))})
    found = read(tmp_path)
    assert list(found) == ["lei", "zoë"]
    assert same_work(found["zoë"], "zoë")
