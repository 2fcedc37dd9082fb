"""Save a label as ``.npy`` and upload it where training looks for it."""

import io
import math
import re
from urllib.parse import unquote

import numpy as np
from numpy.lib import format as npy

from autograder.checks.exercises.exercise_09_label import CODE_TOLERANCE, codes
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.follow import same_as
from autograder.checks.reading import facts
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.guard import attempt
from autograder.checks.reading.workspace import Workspace
from utils.errors import CourseError
from utils.reference import LABEL_KEY

MAX_FILE_BYTES = 20_000_000
LABELS = LABEL_KEY.partition("{")[0]
"""The folder in which the training looks for labels."""

SHARED_FOLDER = "diffusion/"
"""Folder of a personal bucket that others may read."""

LISTING = "<ListBucketResult"
"""With this, the store begins to tell which objects there are."""

_KEY = re.compile(r"<Key>([^<]*)</Key>")


def collect(workspace: Workspace) -> Evidence:
    """Read the name of the local file, the label array made before, and what was printed."""
    return {
        "path": facts.own(workspace, "local_path", facts.path),
        "img_array": codes(workspace.earlier("img_array")),
        "printed": facts.pieces(workspace.printed),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the local file, the uploaded object and the listing."""
    path = _uploaded(workspace)
    return {
        "file": _file(claims["path"], workspace),
        "key": _key(path),
        "object": _array(_content(workspace, path)) if path else _key(path),
        "listing": _listing(facts.joined(claims["printed"]), workspace, path),
    }


def _uploaded(workspace: Workspace) -> str:
    """``bucket/key`` of the object that this exercise wrote; ``""`` where it wrote none."""
    written = sent.uploads(workspace.requests)
    objects = [item for item in workspace.objects if item["path"] in written]
    objects.sort(
        key=lambda item: (
            LABELS in item["path"],  # a copy elsewhere is nobody's harm
            item["path"].endswith(".npy"),
            item["modified"],
        )
    )
    return str(objects[-1]["path"]) if objects else ""


def _content(workspace: Workspace, path: str) -> bytes:
    """The bytes of an object; none where it is very large, or the store does not answer."""
    size = next(item["size"] for item in workspace.objects if item["path"] == path)
    try:
        return workspace.read_object(path) if size <= MAX_FILE_BYTES else b""
    except (CourseError, KeyError, OSError):
        return b""


def _key(path: str) -> Fact:
    """The key without its bucket: both the project's and one's own may be used."""
    if not path:
        return facts.missing("did not reach a bucket")
    key = path.partition("/")[2]
    return facts.text(key.removeprefix(SHARED_FOLDER))


def _file(path: Fact, workspace: Workspace) -> Fact:
    if path["kind"] != "texts":
        return facts.lacking(path)
    name, folder = facts.joined(path), workspace.folder
    if workspace.read_file(f"{name}.npz", folder, 0) is not None:
        return facts.text(f"{name}.npz, an archive of several arrays")
    content = workspace.read_file(name, folder, MAX_FILE_BYTES)
    return facts.missing("names a file that does not exist") if content is None else _array(content)


def _array(content: bytes) -> Fact:
    """The array in the bytes of a ``.npy`` file."""
    if not content:
        return facts.text("an empty or very large file")
    if content.startswith(b"PK"):
        return facts.text("an archive of several arrays (.npz)")
    array = attempt(None, _loaded, content)
    return facts.text(_kind_of(content)) if array is None else codes(array)


def _kind_of(content: bytes) -> str:
    """What a file is that holds no array of numbers."""
    if content.startswith(b"\x93NUMPY"):
        return "a .npy file that does not hold numbers"
    if content.startswith((b"II", b"MM")):
        return "a TIFF"
    if content.startswith(b"\x80"):
        return "pickled Python objects"
    text = all(32 <= byte < 127 or byte in b"\r\n\t" for byte in content[:500])
    return "a text file" if text else "bytes without the header of a .npy file"


def _loaded(content: bytes) -> np.ndarray | None:
    """The array in a ``.npy`` file; ``None`` where its header promises more than it holds."""
    stream = io.BytesIO(content)
    version = npy.read_magic(stream)
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read_header(stream)
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(content) - stream.tell():
        return None
    return np.load(io.BytesIO(content), allow_pickle=False)


def _listing(printed: str, workspace: Workspace, path: str) -> Fact:
    """Whether the uploaded object's name came with a listing, and was printed."""
    if not printed.strip():
        return facts.missing("was not printed")
    listings = _listings(workspace, path)
    if not listings:
        return facts.missing("was not made")
    name = path.rsplit("/", 1)[-1]
    # A listing that is empty repeats what it was asked for.
    keys = (unquote(key) for listing in listings for key in _KEY.findall(listing))
    listed = bool(name) and any(key.rsplit("/", 1)[-1] == name for key in keys)
    shown = name in printed or _cut_off(printed, path)
    return facts.text("shows the uploaded file" if listed and shown else "does not show the file")


def _cut_off(printed: str, path: str) -> bool:
    """Whether a table shortened the uploaded object's path, as pandas prints long texts."""
    beginnings = (words.rsplit(maxsplit=1)[-1:] for words in printed.split("...")[:-1])
    folder = path.partition("/")[2].partition("/")[0]
    return any(
        path.startswith(words) and f"{folder}/" in words for item in beginnings for words in item
    )


def _listings(workspace: Workspace, path: str) -> list[str]:
    """What the store told of its objects after the upload: s3fs also asks before it, by itself."""
    uploaded = [
        place for place, entry in enumerate(workspace.requests) if path in sent.uploads([entry])
    ]
    since = uploaded[-1] + 1 if uploaded else 0
    told = [
        entry["response"]["body"] or ""
        for entry in workspace.requests[since:]
        if entry["method"] == "GET" and sent.status(entry) == 200
    ]
    return [text for text in told if LISTING in text]


EXERCISE = Exercise(
    names=("local_path", "fs", "s3_path"),
    facts=(
        ERROR,
        FactSpec(
            "file",
            "file",
            "The file at `local_path`",
            CODE_TOLERANCE,
            implied_by=("object",),
            comparison=same_as("file", "img_array", CODE_TOLERANCE),
        ),
        FactSpec("key", "upload", "The uploaded object's key"),
        FactSpec(
            "object",
            "upload",
            "The uploaded object",
            CODE_TOLERANCE,
            comparison=same_as("object", "img_array", CODE_TOLERANCE),
        ),
        FactSpec("listing", "listing", "The listing", downstream=True),
    ),
    collect=collect,
    conclude=conclude,
    reads_services=True,
    builds_on=("img_array",),
)
