"""Whatever form a class's work comes in, each notebook is found and is its student's."""

import io
import json
import os
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from autograder.grading.course import SourceNotebook, read_sources
from autograder.grading.handed_in.submission_files import HandedIn, read_submission
from autograder.grading.handed_in.submissions import find_submissions
from autograder.root import RELEASED
from utils.errors import CourseError

FIRST, SECOND = "01-sentinel2-and-cdse", "02-patches-with-rasterio"

Files = Mapping[str, bytes]
"""Content by path."""


@cache
def sources() -> list[SourceNotebook]:
    return read_sources()


NAMES = [source.name for source in read_sources()]


def work(name: str, by: str = "") -> bytes:
    """A notebook with something of a student in its first exercise."""
    notebook = json.loads((RELEASED / f"{name}.ipynb").read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["id"].startswith("exercise-"))
    cell["source"] = [*cell["source"], f"\nown = {by!r}"]
    return json.dumps(notebook).encode()


def all_work(by: str, prefix: str = "", end: str = ".ipynb") -> dict[str, bytes]:
    return {f"{prefix}{name}{end}": work(name, by) for name in NAMES}


def write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(files: Files, how: str = "gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=f"w:{how}") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1_700_000_000
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def read(submitted: Path) -> dict[str, HandedIn]:
    """What is read of each student."""
    found, nobodys = find_submissions(submitted, NAMES)
    assert nobodys == []
    assert [item.problem for item in found] == [""] * len(found)
    return {item.student: read_submission(item, sources()) for item in found}


def same_work(found: HandedIn, by: str) -> bool:
    """Whether all notebooks were found, each with the student's own work."""
    return found.problems == {} and found.notebooks == {name: work(name, by) for name in NAMES}


# --- how systems name and wrap what they give out -------------------------------------------------


def prefixed(folder: str, files: Files) -> dict[str, bytes]:
    return {f"{folder}{name}": content for name, content in files.items()}


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


def plain_folder(by: str, number: int) -> dict[str, bytes]:
    return prefixed(f"{by}/", all_work(by))


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
]

JUNK = {
    "__MACOSX/._x": b"\0\5\x16\7",
    "lost+found/old": b"",
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


def test_students_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {**moodle("Anna Li", 11111), **moodle("Anna Li", 22222), **moodle("Bo", 3)})
    assert list(read(tmp_path)) == ["Anna Li_11111", "Anna Li_22222", "Bo"]


# --- names of one student's files -----------------------------------------------------------------

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


# --- more than one file for a notebook ------------------------------------------------------------

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


def test_what_lies_where_the_course_asks_for_it_counts_before_other_copies(tmp_path: Path) -> None:
    write(tmp_path / "zoë", {f"data-acquisition/{SECOND}.ipynb": work(SECOND, "here")})
    write(tmp_path / "zoë", {f"backup/{SECOND}.ipynb": work(SECOND, "elsewhere")})
    (found,) = read(tmp_path).values()
    assert found.notebooks == {SECOND: work(SECOND, "here")}


# --- what cannot be read is told, and is no zero --------------------------------------------------


def conflict(content: bytes) -> bytes:
    lines = json.dumps(json.loads(content), indent=1).encode().splitlines(keepends=True)
    return b"".join(
        [*lines[:40], b"<<<<<<< HEAD\n", lines[40], b"=======\n", b">>>>>>> main\n", *lines[41:]]
    )


def password(content: bytes) -> bytes:
    packed = bytearray(zipped({"x.ipynb": content}))
    packed[6] |= 1
    packed[packed.find(b"PK\1\2") + 8] |= 1
    return bytes(packed)


def linked(kind: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(f"{SECOND}.ipynb")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    return stream.getvalue()


def zip_bomb(size: int) -> bytes:
    return zipped({f"{SECOND}.ipynb": b" " * size})


def tar_bomb() -> bytes:
    return tarred({"x": b"\0" * 400_000_000, f"{SECOND}.ipynb": b"{}"})


UNREADABLE: dict[str, tuple[Callable[[], Files], str]] = {
    "exported": (lambda: {f"{SECOND}.pdf": b"%PDF"}, "was handed in as .pdf; ask for the .ipynb"),
    "script": (lambda: {f"{SECOND}.py": b"x = 1"}, "was handed in as .py; ask for the .ipynb"),
    "broken zip": (lambda: {"work.zip": b"PK\3\4 torn"}, "work.zip is a broken archive; ask for"),
    "no zip": (lambda: {"work.zip": b"<html>Log in</html>"}, "work.zip is a broken archive"),
    "cut tar": (lambda: {"work.tgz": tarred(all_work("x"))[:500]}, "work.tgz is a broken archive"),
    "rar": (lambda: {"work.rar": b"Rar!"}, "work.rar is an archive that cannot be opened here"),
    "password": (
        lambda: {"work.zip": password(work(SECOND))},
        "work.zip/x.ipynb is protected by a password",
    ),
    "link in a tar": (lambda: {"w.tar": linked(tarfile.SYMTYPE)}, f"{SECOND} is a link"),
    "hard link in a tar": (lambda: {"w.tar": linked(tarfile.LNKTYPE)}, f"{SECOND} is a link"),
    "device in a tar": (lambda: {"w.tar": linked(tarfile.CHRTYPE)}, "is not a regular file"),
    "zip bomb": (lambda: {"w.zip": zip_bomb(60_000_000)}, "has 60 MB, more than the 50 MB allowed"),
    "tar bomb": (lambda: {"w.tgz": tar_bomb()}, "w.tgz unpacks to more than can be looked at"),
    "zips in zips": (
        lambda: {"w.zip": zipped({"w.zip": zipped({"w.zip": zipped({"w.zip": b""})})})},
        "w.zip/w.zip/w.zip lies in too many archives; unpack it",
    ),
    "all in one": (
        lambda: {f"{FIRST}.ipynb": both_in_one()},
        f"in one file with others ({FIRST} and {SECOND}); split it",
    ),
}


def both_in_one() -> bytes:
    first, second = (json.loads(work(name)) for name in (FIRST, SECOND))
    return json.dumps({**first, "cells": first["cells"] + second["cells"]}).encode()


@pytest.mark.parametrize(("files", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_told_with_what_to_do_and_is_no_zero(
    tmp_path: Path, files: Callable[[], Files], words: str
) -> None:
    others = {name: c for name, c in all_work("zoë").items() if not name.startswith("02")}
    (found,) = read(write(tmp_path, prefixed("zoë/", {**others, **files()}))).values()
    assert SECOND in found.problems
    assert words in found.problems[SECOND]
    assert SECOND not in found.not_handed_in
    alone = write(tmp_path / "alone", {**plain_folder("lei", 1), **prefixed("zoë/", files())})
    found = read(alone)["zoë"]
    assert words in (found.nothing or found.problems[SECOND])


def test_a_notebook_that_was_never_handed_in_is_missing(tmp_path: Path) -> None:
    others = {name: c for name, c in all_work("zoë").items() if not name.startswith("02")}
    scratch = {"scratch.ipynb": b'{"nbformat": 4, "cells": []}', "notes.txt": b"", "x.csv": b""}
    (found,) = read(write(tmp_path, prefixed("zoë/", {**others, **scratch}))).values()
    assert found.problems == {SECOND: f"notebook {SECOND} is missing"}
    assert found.not_handed_in == {SECOND}


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:\\x", "a/../../x", "x\0y", "x" * 70_000])
def test_paths_in_archives_are_only_names(tmp_path: Path, name: str) -> None:
    packed = zipped({f"{name}.ipynb"[-65_000:]: work(FIRST), **all_work("zoë")})
    before = sorted(tmp_path.parent.rglob("*"))
    (found,) = read(write(tmp_path, {"zoë.zip": packed})).values()
    assert found.notebooks[SECOND] == work(SECOND, "zoë")
    assert [path for path in sorted(tmp_path.parent.rglob("*")) if path not in before] == [
        tmp_path / "zoë.zip"
    ]


def test_a_notebook_that_lies_loose_is_told_to_be_nobodys(tmp_path: Path) -> None:
    write(tmp_path, {**plain_folder("zoë", 1), "scratch.ipynb": b"{}", f"{FIRST}.ipynb": b"{}"})
    found, nobodys = find_submissions(tmp_path, NAMES)
    assert [item.student for item in found] == ["zoë"]
    assert nobodys == [
        f"Nobody's, and not graded: {FIRST}.ipynb, scratch.ipynb. "
        "Put each into a folder that has its student's name."
    ]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"class.zip": b"PK"}, "is a broken archive; ask for it again"),
        ({"class.rar": b"Rar!"}, "is an archive that cannot be opened here; unpack it"),
        ({"class.zip": zipped({"a/b.txt": b""})}, "holds no submissions"),
        ({"class.txt": b""}, "is neither a folder nor an archive"),
    ],
)
def test_a_class_that_cannot_be_opened_is_one_line(
    tmp_path: Path, files: Files, words: str
) -> None:
    with pytest.raises(CourseError, match=words):
        find_submissions(write(tmp_path, files) / next(iter(files)), NAMES)


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    before = os.listdir("/proc/self/fd")
    yield
    assert len(os.listdir("/proc/self/fd")) <= len(before)
