"""What the file of exercise 2 holds, and the object that was uploaded."""

import hashlib
import re

from autograder.checks.explaining.requests.image import COLLECTION
from autograder.checks.reading import facts
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Fact
from autograder.checks.reading.workspace import Workspace

MAX_FILE_BYTES = 50_000_000
MAX_SOURCE, MAX_FILES, MAX_LOOK = 100_000, 3, 10_000_000
_FILE_NAMES = re.compile(r"""["']([^"'\n]{1,100}\.(?:tif|tiff|png|jpg))["']""", re.IGNORECASE)

THE_IMAGE = "the image that the service sent"
EXAMPLE = "the image of the worked example"
EXAMPLE_FILE = "example_output.tif"
EMPTY = "is empty"
ELSEWHERE = "does not exist; the image lies in"
NOT_SENT = "was never sent to a bucket"
REFUSED = "the service's answer with application/json"
OWN_FILE = "what your file holds of the service's answer"
"""An object that is not the image only because the file is not."""

ONLY = "Offline only:"
"""How the service says that the real one would run a script."""

NOT_CORRECTED = "sentinel-2-l1c"
"""A collection of which the real service has the same bands."""

FILE_KEYS = {
    EXAMPLE: "file-of-the-example",
    "the word <Response": "file-of-the-response",
    "the bytes of the image written": "file-of-written-bytes",
    "the image read as letters": "file-of-letters",
    "a text in json": "file-of-json",
    REFUSED: "file-of-a-refusal",
    "the service's answer": "file-of-another-format",
    EMPTY: "file-empty",
    ELSEWHERE: "file-elsewhere",
}
"""Key of the explanation by the first words of the fact."""

OBJECT_KEYS = {
    "an empty object": "upload-empty",
    EXAMPLE: "upload-of-the-example",
    NOT_SENT: "upload-not-sent",
    "only the beginning": "upload-before-closing",
    "the file at local_path": "upload-of-a-wrong-file",
}


def images(requests: list[sent.Entry]) -> set[str]:
    """Digests of the images that orders were answered with.

    A refusal counts as one where the real service would send an image.
    """
    return {
        str(item["response"]["sha256"])
        for item in requests
        if only_offline(item)
        or (sent.status(item) == 200 and content_type(item).startswith("image/"))
    }


def only_offline(entry: sent.Entry | None) -> bool:
    """Whether an order was refused to which the real service would send an image."""
    if entry is None or sent.status(entry) != 400:
        return False
    lacks = f"offline only {COLLECTION}" in sent.refusal(entry)
    ordered = sent.dig(sent.body(entry), "input", "data", 0, "type")
    return script_only_offline(entry) or (lacks and ordered == NOT_CORRECTED)


def script_only_offline(entry: sent.Entry | None) -> bool:
    """Whether a script was refused for what only the offline service lacks."""
    return entry is not None and sent.status(entry) == 400 and ONLY in sent.refusal(entry)


def content_type(entry: sent.Entry) -> str:
    """Media type of an answer, with its parameters."""
    headers = {key.lower(): value for key, value in entry["response"]["headers"].items()}
    return str(headers.get("content-type", ""))


def file(
    path: Fact,
    content: bytes | None,
    images: set[str],
    requests: list[sent.Entry],
    workspace: Workspace,
) -> Fact:
    """What the saved file is; missing where there is none."""
    if path["kind"] != "texts":
        return facts.lacking(path)
    if content is None:
        other = _written_elsewhere(workspace, images)
        return facts.text(f"{ELSEWHERE} {other}") if other else facts.missing("does not exist")
    return (
        facts.text(_name(content, images, requests, workspace)) if content else facts.missing(EMPTY)
    )


def _written_elsewhere(workspace: Workspace, images: set[str]) -> str:
    """A file that the code names and that holds the image; ``""`` for none."""
    for name in _FILE_NAMES.findall(workspace.source[:MAX_SOURCE])[:MAX_FILES]:
        held = workspace.read_file(name, workspace.folder, MAX_LOOK) or b""
        if hashlib.sha256(held).hexdigest() in images:
            return str(name)
    return ""


def _name(
    content: bytes, images: set[str], requests: list[sent.Entry], workspace: Workspace
) -> str:
    """What a file's content is, by comparison with what the service sent."""
    digest = hashlib.sha256(content).hexdigest()
    if digest in images:
        return THE_IMAGE
    for entry in requests:
        if entry["response"]["sha256"] == digest:
            return f"the service's answer with {content_type(entry)}, not a TIFF"
    example = workspace.read_file(EXAMPLE_FILE, workspace.folder, MAX_LOOK)
    if content == example:
        return EXAMPLE
    for start, words in _BEGINNINGS.items():
        if content.startswith(start):
            return words
    if b"\xef\xbf\xbd" in content[:2_000]:
        return "the image read as letters, which spoils it"
    return "a file with other content than the service sent"


_BEGINNINGS = {
    b"<Response [": "the word <Response …>, not the image",
    b"b'": "the bytes of the image written out as text",
    b"{": "a text in json, not the image",
}
"""What a file is that begins so."""


def upload(
    workspace: Workspace, images: set[str], requests: list[sent.Entry], content: bytes
) -> Fact:
    """The object that this exercise wrote.

    Args:
        workspace: What the learner's code did.
        images: Digests of the images that the service sent.
        requests: The orders.
        content: The file at ``local_path``.
    """
    written = sent.uploads(workspace.requests)
    objects = [item for item in workspace.objects if item["path"] in written]
    if not objects:
        sent_any = any(entry["method"] == "PUT" for entry in workspace.requests)
        return facts.missing("did not reach the bucket" if sent_any else NOT_SENT)
    if any(item["sha256"] in images for item in objects):
        return facts.text(THE_IMAGE)
    answers = {entry["response"]["sha256"] for entry in requests}
    answered = bool(images) or hashlib.sha256(content).hexdigest() in answers
    return facts.text(_object(objects[-1], workspace, content, answered))


def _object(item: sent.Entry, workspace: Workspace, content: bytes, answered: bool) -> str:
    """What an object is that is not the image; ``answered``: a file comes from an answer."""
    held = workspace.read_object(item["path"]) if item["size"] <= MAX_LOOK else b"too large"
    if not held:
        return "an empty object"
    if held == workspace.read_file(EXAMPLE_FILE, workspace.folder, MAX_LOOK):
        return EXAMPLE
    if len(held) < len(content) and content.startswith(held):
        return "only the beginning of the image"
    if held == content:
        return OWN_FILE if answered else "the file at local_path, which is not the image"
    return "an object with other content than the service sent"


def keys(workspace: Workspace, images: set[str]) -> set[str]:
    """Keys, without their buckets, of the objects that hold the image and that were written."""
    written = sent.uploads(workspace.requests)
    objects = (item for item in workspace.objects if item["sha256"] in images)
    return {item["path"].partition("/")[2] for item in objects if item["path"] in written}
