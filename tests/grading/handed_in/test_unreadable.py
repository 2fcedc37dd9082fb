"""What cannot be read is told with what to do, costs no points, and does no harm."""

import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.grading.handed_in import trees
from autograder.grading.handed_in.submissions import find_submissions
from tests.grading.handed_in.handed_in_files import (
    FIRST,
    NAMES,
    SECOND,
    Files,
    all_work,
    plain_folder,
    prefixed,
    read,
    tarred,
    work,
    write,
    zipped,
)
from utils.errors import CourseError


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    before = os.listdir("/proc/self/fd")
    yield
    assert len(os.listdir("/proc/self/fd")) <= len(before)


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
    "a link to a page": (lambda: {f"{SECOND}.gdoc": b"x"}, "was handed in as .gdoc; ask for the"),
    "a page under its name": (lambda: {f"{SECOND}.mhtml": b"MIME"}, "was handed in as .mhtml"),
    "zst": (lambda: {"work.tzst": b"(\xb5"}, "work.tzst is an archive that cannot be opened here"),
    "a part of a zip": (lambda: {"work.zip.001": b"PK"}, "work.zip.001 is an archive that cannot"),
    "deep": (
        lambda: {f"1/2/3/4/5/6/7/8/9/{SECOND}.ipynb": work(SECOND)},
        "1/2/3/4/5/6/7/8 lies in more than 8 folders; move it up",
    ),
    "deep in a zip": (
        lambda: {"w.zip": zipped({f"1/2/3/4/5/6/7/8/9/{SECOND}.ipynb": work(SECOND)})},
        "lies in more than 8 folders; move it up",
    ),
    "behind many files": (
        lambda: {"w.zip": zipped({**{f"a/{n}": b"" for n in range(10_001)}, "z.ipynb": b"{}"})},
        "the hand-in holds more than 10,000 files and folders; keep the notebooks alone",
    ),
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
    "many zips": (
        lambda: {f"{n}.zip": zipped({}) for n in range(60)},
        ".zip is one archive too many; unpack them",
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


def test_notes_do_not_grow_with_what_is_handed_in(tmp_path: Path) -> None:
    many = {f"{'x' * 200}{n}.zip": b"PK" for n in range(2_000)}
    (found,) = read(write(tmp_path, prefixed("zoë/", {**all_work("zoë"), **many}))).values()
    assert found.problems == {}
    assert len(found.notes) <= 6


def test_a_folder_of_too_many_files_is_told_and_is_no_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"zoë/tiles/{n}.png": b"" for n in range(8)})
    write(tmp_path, {f"zoë/{FIRST}.ipynb": work(FIRST)})
    monkeypatch.setattr(trees, "MAX_ENTRIES", 7)
    (found,) = read(tmp_path).values()
    assert list(found.notebooks) == [FIRST]
    assert "tiles holds more than" in found.problems[SECOND]
    assert not found.not_handed_in


def test_a_virtual_environment_is_not_looked_into(tmp_path: Path) -> None:
    files = {"env/pyvenv.cfg": b"", "env/1/2/3/4/5/6/7/8/9.py": b"", f"env/{FIRST}.ipynb": b"{}"}
    (found,) = read(write(tmp_path, prefixed("zoë/", {**all_work("zoë"), **files}))).values()
    assert (found.problems, found.notes) == ({}, ())


def test_of_a_hand_in_without_notebooks_it_is_said_what_it_holds(tmp_path: Path) -> None:
    files = prefixed("zoë/", {"Homework.eml": b"From: zoe", ".DS_Store": b"", "data.csv": b""})
    found = read(write(tmp_path, {**files, **plain_folder("lei", 1)}))
    assert found["zoë"].nothing == (
        "no notebook of the course was found: only other files were handed in: "
        "Homework.eml, data.csv"
    )


def test_a_notebook_that_was_never_handed_in_is_missing(tmp_path: Path) -> None:
    others = {name: c for name, c in all_work("zoë").items() if not name.startswith("02")}
    scratch = {"scratch.ipynb": b'{"nbformat": 4, "cells": []}', "notes.txt": b"", "x.csv": b""}
    (found,) = read(write(tmp_path, prefixed("zoë/", {**others, **scratch}))).values()
    assert found.problems == {SECOND: f"notebook {SECOND} is missing"}
    assert found.not_handed_in == {SECOND}


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:\\x", "a/../../x", "x\0y", "x" * 70_000])
def test_paths_in_archives_are_only_names(tmp_path: Path, name: str) -> None:
    packed = zipped({f"{name}.ipynb"[-65_000:]: work(FIRST), **all_work("zoë")})
    submitted = tmp_path / "one" / "two"
    (found,) = read(write(submitted, {"zoë.zip": packed})).values()
    assert found.notebooks[SECOND] == work(SECOND, "zoë")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [submitted / "zoë.zip"]


def test_a_notebook_that_lies_loose_is_told_to_be_nobodys(tmp_path: Path) -> None:
    loose = {"scratch.ipynb": b"{}", f"{FIRST}.ipynb": b"{}", f"{SECOND}/zoë.ipynb": b"{}"}
    write(tmp_path, {**plain_folder("zoë", 1), **loose})
    found, nobodys = find_submissions(tmp_path, NAMES)
    assert [item.student for item in found] == ["zoë"]
    assert nobodys == [
        f"Nobody's, and not graded: {FIRST}.ipynb, {SECOND}, scratch.ipynb. "
        "Put each into a folder that has its student's name."
    ]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"class.zip": b"PK"}, "is a broken archive; ask for it again"),
        ({"class.rar": b"Rar!"}, "is an archive that cannot be opened here; unpack it"),
        ({"class.zip": zipped({"a/b.txt": b""})}, "holds no submissions"),
        ({"zoë.zip": zipped(all_work("zoë"))}, f"nothing tells whose these are: {FIRST}.ipynb, "),
        ({"class.txt": b""}, "is neither a folder nor an archive"),
    ],
)
def test_a_class_that_cannot_be_opened_is_one_line(
    tmp_path: Path, files: Files, words: str
) -> None:
    with pytest.raises(CourseError, match=words):
        find_submissions(write(tmp_path, files) / next(iter(files)), NAMES)
