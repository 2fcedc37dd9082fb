"""Notebooks of the course with work in them, and the folders and archives that they come in."""

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from autograder.grading.course import SourceNotebook, read_sources
from autograder.grading.handed_in.submission_files import HandedIn, read_submission
from autograder.grading.handed_in.submissions import find_submissions
from autograder.root import RELEASED

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
    # The modes are known to the type checker only where they are written out.
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


def prefixed(folder: str, files: Files) -> dict[str, bytes]:
    """Files below a folder."""
    return {f"{folder}{name}": content for name, content in files.items()}


def plain_folder(by: str, number: int) -> dict[str, bytes]:
    """A folder with the student's name."""
    return prefixed(f"{by}/", all_work(by))
