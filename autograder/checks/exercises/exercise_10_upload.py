"""Save a label as ``.npy`` and upload it where training looks for it."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from autograder.checks import texts
from autograder.checks.asking import upload as asking
from autograder.checks.exercises.exercise_09_label import CODE_TOLERANCE, codes
from autograder.checks.explaining import files as explaining
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels import explain as labels
from autograder.checks.explaining.labels.sources import own_first
from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.judging.follow import carries_patch, same_as, same_pixels
from autograder.checks.reading import facts, files
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.variables import equal, holding
from autograder.checks.reading.workspace import Workspace
from utils.errors import CourseError
from utils.reference import LABEL_KEY, PROJECT_BUCKET

MAX_FILE_BYTES = 20_000_000
LABELS = LABEL_KEY.partition("{")[0]
"""The folder in which the training looks for labels."""

SHARED_FOLDER = "diffusion/"
"""Folder of a personal bucket that others may read."""

LISTING = "<ListBucketResult"
"""With this, the store begins to tell which objects there are."""

CLOCKS = 2.0
"""Seconds by which the clock of a disk elsewhere may be behind this computer's."""

NO_FILE = "names no file that this cell saved"

_KEY = re.compile(r"<Key>([^<]*)</Key>")


def collect(workspace: Workspace) -> Evidence:
    """Read the name of the local file, the label array made before, and what was printed."""
    path = facts.own(workspace, "local_path", facts.path)
    content = _own_content(path, workspace)
    return {
        "path": path,
        "s3_path": facts.own(workspace, "s3_path", facts.path),
        "img_array": codes(workspace.earlier("img_array")),
        "printed": facts.pieces(workspace.printed),
        "state": facts.text(_state(path, workspace)),
        "variable": facts.text(_variable(content, workspace)),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the local file, the uploaded object and the listing."""
    path = _uploaded(workspace)
    return {
        "file": _file(claims["path"], claims["state"], workspace),
        "key": _key(path),
        "bucket": facts.text(path.partition("/")[0]),
        "object": _array(_content(workspace, path)) if path else _key(path),
        "listing": _listing(facts.joined(claims["printed"]), workspace, path),
        "listed": facts.texts(map(_listed, _told(workspace, path))),
        "uploaded": facts.pieces(path),
    }


def _state(path: Fact, workspace: Workspace) -> str:
    """Whether the file is one that this cell saved, as far as its age and its name tell."""
    if path["kind"] != "texts":
        return ""
    name, earliest = facts.joined(path), workspace.started - CLOCKS
    ages = [files.modified(name + ending, workspace.folder) for ending in ("", ".npy", ".npz")]
    if not ages[0] and ages[1] >= earliest > 0:
        return explaining.ENDING_ADDED
    return explaining.OLD if 0 < ages[0] < earliest else ""


def _own_content(path: Fact, workspace: Workspace) -> Fact:
    """What the learner's file holds, read where their cells ran."""
    if path["kind"] != "texts":
        return path
    content = workspace.read_file(facts.joined(path), workspace.folder, MAX_FILE_BYTES)
    return _array(content) if content else facts.missing("is not there")


def _variable(content: Fact, workspace: Workspace) -> str:
    """The name of the array that a file holds; ``""`` for none."""
    if content["kind"] != "array":
        return ""
    return holding(workspace, lambda fact: equal(fact["array"], content["array"]))


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


def _file(path: Fact, state: Fact, workspace: Workspace) -> Fact:
    if path["kind"] != "texts":
        return facts.lacking(path)
    name, folder = facts.joined(path), workspace.folder
    old = state.get("text") == explaining.OLD
    content = None if old else workspace.read_file(name, folder, MAX_FILE_BYTES)
    if content is not None:
        return _array(content)
    if workspace.read_file(f"{name}.npz", folder, 0) is not None:
        return facts.text(f"{name}.npz, an archive of several arrays")
    return facts.missing(NO_FILE)


def _array(content: bytes) -> Fact:
    """The codes in the bytes of a ``.npy`` file, or what kind of file it is."""
    array = files.array_in(content)
    return facts.text(files.kind_of(content)) if array is None else codes(array)


def _listing(printed: str, workspace: Workspace, path: str) -> Fact:
    """Whether the uploaded object's name came with a listing, and was printed."""
    if not printed.strip():
        return facts.missing("was not printed")
    listings = [entry["response"]["body"] for entry in _told(workspace, path)]
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


def _told(workspace: Workspace, path: str) -> list[sent.Entry]:
    """The requests for listings after the upload: s3fs also asks before it, by itself."""
    uploaded = [
        place for place, entry in enumerate(workspace.requests) if path in sent.uploads([entry])
    ]
    since = uploaded[-1] + 1 if uploaded else 0
    return [
        entry
        for entry in workspace.requests[since:]
        if entry["method"] == "GET"
        and sent.status(entry) == 200
        and LISTING in (entry["response"]["body"] or "")
    ]


def _listed(entry: sent.Entry) -> str:
    """``bucket/folder`` of which a request asked for a listing."""
    bucket = unquote(urlsplit(entry["url"]).path).strip("/")
    return f"{bucket}/{sent.query(entry).get('prefix', '')}".rstrip("/")


def _not_the_file(
    evidence: Evidence, _expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """What the local file holds in place of the labels, or why there is none."""
    fact, source = evidence["file"], facts.joined(evidence["source"])
    if fact["kind"] == "missing" and evidence["path"]["kind"] == "texts":
        name = facts.joined(evidence["path"])[:100]
        state, error = evidence["state"].get("text", ""), evidence["error"]["text"]
        return explaining.of_no_file(state, name, source, error)
    return _of_content(fact, evidence, served)


def _not_the_object(
    evidence: Evidence, _expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """What the uploaded object holds in place of the labels."""
    return _of_content(evidence["object"], evidence, served)


def _of_content(fact: Fact, evidence: Evidence, served: Served) -> Explanation | None:
    variable = evidence["variable"].get("text", "")
    if fact["kind"] != "array":
        return explaining.of_content(fact)
    if variable not in ("", "img_array") and fact["shape"] == evidence["file"].get("shape"):
        return Explanation("file-other-variable", {"variable": variable})
    own = own_first(evidence["img_array"], served)
    return labels.of_array(fact["array"], own, lambda: served.patch.bands)


def _not_the_key(
    evidence: Evidence, expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """Which part of the key differs, or why there is no object."""
    key, right = evidence["key"], expected["key"]["text"]
    if key["kind"] == "text":
        return explaining.of_key(key["text"], right, evidence["bucket"]["text"])
    error = evidence["error"]["text"]
    found = explaining.of_no_object(facts.joined(evidence["source"]), error)
    if found or not error.startswith("OSError"):
        return found
    bucket, _, asked = facts.joined(evidence["s3_path"]).removeprefix("s3://").partition("/")
    return explaining.of_key(asked, right, bucket)


def _not_listed(
    evidence: Evidence, _expected: Mapping[str, Fact], _served: Served
) -> Explanation | None:
    """Why the listing does not show the object."""
    return explaining.of_listing(
        facts.joined(evidence["source"]),
        evidence["listed"].get("texts", ()),
        facts.joined(evidence["uploaded"]),
        bool(facts.joined(evidence["printed"]).strip()),
    )


def _is_own_file(evidence: Evidence, served: Served) -> bool:
    """Whether the object is the learner's own file, and that file holds something of the patch."""
    file, uploaded = evidence["file"], evidence["object"]
    return (
        file["kind"] == uploaded["kind"] == "array"
        and same_pixels(file["array"], uploaded["array"], 0)
        and carries_patch(file["array"], served)
    )


def remarks(evidence: Evidence) -> list[str]:
    """Say that on the platform only one's own bucket can be written to."""
    project = evidence["bucket"].get("text") == PROJECT_BUCKET
    return [texts.of_exercise(10).remarks["project-bucket"]] if project else []


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
            explain=_not_the_file,
            explain_stopped=True,
        ),
        FactSpec(
            "key",
            "upload",
            "The uploaded object's key",
            explain=_not_the_key,
            explain_stopped=True,
        ),
        FactSpec(
            "object",
            "upload",
            "The uploaded object",
            CODE_TOLERANCE,
            comparison=same_as("object", "img_array", CODE_TOLERANCE),
            right_as_served=_is_own_file,
            explain=_not_the_object,
        ),
        FactSpec("listing", "listing", "The listing", downstream=True, explain=_not_listed),
    ),
    collect=collect,
    conclude=conclude,
    remarks=remarks,
    reads_services=True,
    builds_on=("img_array",),
    figures=asking.FIGURES,
    transfer=asking.TRANSFER,
)
