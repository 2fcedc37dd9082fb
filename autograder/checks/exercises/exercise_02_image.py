"""An image from the Process API, saved and uploaded."""

import hashlib
import re
from pathlib import Path
from typing import Any

from autograder.checks.exercises.exercise_01_search import BBOX_TOLERANCE
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec
from autograder.checks.reading import facts, files
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace
from utils.reference import PROCESS_URL

MAX_FILE_BYTES = 50_000_000
MAX_SCRIPT = 10_000
MAX_WORDS = 200
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_SETUP = re.compile(r"\bfunction\s+setup\b|\bsetup\s*=")
_ASSIGNED = re.compile(r"\b([A-Za-z_]\w*)\s*=(?![=>])\s*(\[[^\]]*\]|[^,;\n]+)")
_NAME = re.compile(r"(?<![.\w])[A-Za-z_]\w*")
_IMAGE_TYPE = re.compile(r"image/(?:tiff|png|jpeg)")
MAX_ACCEPT = 1_000
SHOWN = "x-offline-bands"
"""Header in which the service names the bands that an image shows."""
ONLY = "Offline only:"
"""How the service says that the real one would run a script."""
THE_IMAGE = "the image that the service sent"
DARK_IMAGE = (
    "Your image holds only 0 and 1: whole numbers cannot hold reflectance, which lies between 0 "
    'and 1. Ask for `units: "DN"` to get reflectance times 10,000.'
)

NO_IMAGE = (
    "Your evalscript uses what the offline service lacks, so there is no image to see here. The "
    "real service has it. Your order counts all the same."
)


def collect(workspace: Workspace) -> Evidence:
    """Read the name of the saved file, and look at its pixels."""
    return {
        "path": facts.own(workspace, "local_path", facts.path),
        "brightest": facts.own(workspace, "local_path", _brightest, workspace.folder),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the request, the saved file and the uploaded object."""
    requests = sent.to(workspace.requests, PROCESS_URL)
    content = _content(claims["path"], workspace)
    entry = _behind(content, workspace) or sent.best(requests)
    request, asked = sent.body(entry), entry is not None
    bounds = sent.dig(request, "input", "bounds")
    bounds = bounds if isinstance(bounds, dict) else {}
    data = sent.dig(request, "input", "data", 0)
    period = sent.dig(data, "dataFilter", "timeRange")
    images = {
        str(item["response"]["sha256"])
        for item in requests
        if _only_offline(item)
        or (sent.status(item) == 200 and "tif" in _header(item, "response", "content-type"))
    }

    def field(value: Any, read: Any, *arguments: Any) -> Fact:
        return sent.json_fact(value, asked, read, *arguments)

    return {
        "order": sent.manner(workspace.requests, PROCESS_URL),
        "bbox": field(sent.box(bounds, "geometry"), facts.numbers, 4),
        "crs": _crs(sent.dig(bounds, "properties", "crs"), asked),
        "collection": field(sent.dig(data, "type"), facts.text),
        "start": field(sent.dig(period, "from"), sent.start_of_june),
        "end": field(sent.dig(period, "to"), sent.end_of_june),
        "cloud": field(sent.dig(data, "dataFilter", "maxCloudCoverage"), facts.numbers, 1),
        "format": field(_format(request, entry), facts.text),
        "bands": field(request.get("evalscript"), _bands, entry),
        "answer": _answer(entry),
        "file": _file(claims["path"], content, images, requests),
        "upload": _upload(workspace, images),
        "only_offline": facts.text("yes" if _only_offline(entry) else "no"),
    }


def _crs(address: object, asked: bool) -> Fact:
    """The system of the box; degrees where the request names none."""
    degrees = address is None or str(address).endswith(("/4326", "CRS84"))
    return sent.json_fact("degrees" if degrees else str(address), asked, facts.text)


def _header(entry: sent.Entry | None, side: str, name: str) -> str:
    """A header of the request or the response; ``""`` where there is none."""
    headers = entry[side]["headers"] if entry else {}
    return next((str(text) for key, text in headers.items() if key.lower() == name), "")


def _format(request: dict[str, Any], entry: sent.Entry | None) -> object:
    """The format that the order names: in its body, else in its ``Accept`` header."""
    responses = sent.dig(request, "output", "responses")
    if responses:
        return sent.dig(responses, 0, "format", "type")
    accepted = _IMAGE_TYPE.search(_header(entry, "request", "accept").lower()[:MAX_ACCEPT])
    return accepted and accepted[0]


def _answer(entry: sent.Entry | None) -> Fact:
    if entry is None:
        return facts.missing("was never sent")
    answered = sent.status(entry) == 200 or _only_offline(entry)
    return facts.text("answered" if answered else sent.refusal(entry))


def _only_offline(entry: sent.Entry | None) -> bool:
    """Whether a script was refused for what only the offline service lacks."""
    return entry is not None and sent.status(entry) == 400 and ONLY in sent.refusal(entry)


def _bands(evalscript: object, entry: sent.Entry | None) -> Fact:
    """The bands that the image shows, in order: as the service found them, else by the script."""
    shown = _header(entry, "response", SHOWN)
    if shown:
        return facts.texts(shown.split(", "))
    script = _COMMENT.sub("", str(evalscript)[:MAX_SCRIPT])
    pixel = _SETUP.split(script.rpartition("evaluatePixel")[2])[0]
    _, found, returned = pixel.rpartition("return")
    returned = returned if found else pixel.partition("=>")[2] or pixel
    made = {name: value[:MAX_WORDS] for name, value in _ASSIGNED.findall(pixel)}
    for _ in range(2):  # a name may stand for a list of names
        returned = _NAME.sub(lambda word: made.get(word[0], word[0]), returned[:MAX_SCRIPT])
    return facts.texts(re.findall(r"\bB(?:0?\d|1[0-2]|8A)\b", returned))


def _content(path: Fact, workspace: Workspace) -> bytes:
    """The saved file; empty where there is none, it is special, or it is huge."""
    if path["kind"] != "texts":
        return b""
    return workspace.read_file(facts.joined(path), workspace.folder, MAX_FILE_BYTES) or b""


def _behind(content: bytes, workspace: Workspace) -> sent.Entry | None:
    """The order whose answer was saved; of several alike, the last one before the upload.

    A learner may order more images afterwards, to compare.
    """
    digest = hashlib.sha256(content).hexdigest()
    places = {item["path"] for item in workspace.objects if item["sha256"] == digest}
    found: sent.Entry | None = None
    for entry in workspace.requests:
        alike = sent.status(entry) == 200 and entry["response"]["sha256"] == digest
        if alike and sent.to([entry], PROCESS_URL):
            found = entry
        if found and places & sent.uploads([entry]):
            break
    return found


def _file(path: Fact, content: bytes, images: set[str], requests: list[sent.Entry]) -> Fact:
    """What the saved file is; missing where it has no content."""
    if path["kind"] != "texts":
        return facts.lacking(path)
    if not content:
        return facts.missing("does not exist")
    return facts.text(_name(content, images, requests))


def _name(content: bytes, images: set[str], requests: list[sent.Entry]) -> str:
    """What a file's content is, by comparison with what the service sent."""
    digest = hashlib.sha256(content).hexdigest()
    if digest in images:
        return THE_IMAGE
    for entry in requests:
        if entry["response"]["sha256"] == digest:
            media = _header(entry, "response", "content-type")
            return f"the service's answer with {media}, not a TIFF"
    return "a file with other content than the service sent"


def _upload(workspace: Workspace, images: set[str]) -> Fact:
    """The object that this exercise wrote."""
    written = sent.uploads(workspace.requests)
    objects = [item for item in workspace.objects if item["path"] in written]
    if not objects:
        return facts.missing("did not reach the bucket")
    if any(item["sha256"] in images for item in objects):
        return facts.text(THE_IMAGE)
    return facts.text("an object with other content than the service sent")


def _brightest(path: Any, folder: Path) -> Fact:
    """Largest value of the saved image: 0 or 1 gives away lost reflectances."""
    content = files.content(path, folder, MAX_FILE_BYTES) or b""
    if content[:2] not in (b"II", b"MM"):
        return facts.missing("is not a TIFF")
    from rasterio.errors import RasterioError
    from rasterio.io import MemoryFile

    try:
        with MemoryFile(content) as memory, memory.open(driver="GTiff") as image:
            block = max(rows * columns for rows, columns in image.block_shapes)
            if image.count * max(image.width * image.height, block) > facts.MAX_ELEMENTS:
                return facts.missing("is a TIFF that is too large")
            whole_numbers = image.dtypes[0].startswith(("int", "uint"))
            return facts.numbers(float(image.read().max()) if whole_numbers else 2.0, 1)
    except RasterioError:
        return facts.missing("is not a TIFF that can be opened")


def remarks(evidence: Evidence) -> list[str]:
    """Say so where the image is right as asked but dark, or cannot be made offline."""
    brightest = evidence["brightest"]
    dark = any(value <= 1 for value in brightest.get("values", ()))
    offline = evidence["only_offline"].get("text") == "yes"
    return [DARK_IMAGE] * dark + [NO_IMAGE] * offline


EXERCISE = Exercise(
    names=("process_url", "evalscript", "request_body", "response", "local_path", "fs"),
    facts=(
        ERROR,
        FactSpec("order", "request", "Your request"),
        FactSpec("bbox", "request", "`bbox` of your request", BBOX_TOLERANCE, unit="degrees"),
        FactSpec("crs", "request", "`crs` of your box"),
        FactSpec("collection", "request", "`type` of your request"),
        FactSpec("start", "request", "`from` of your request"),
        FactSpec("end", "request", "`to` of your request"),
        FactSpec("cloud", "request", "`maxCloudCoverage`", unit="%"),
        FactSpec("format", "request", "The image format"),
        FactSpec("bands", "request", "The bands of your evalscript"),
        FactSpec("answer", "request", "The request", downstream=True),
        FactSpec("file", "image", "The file at `local_path`", downstream=True),
        FactSpec("upload", "upload", "The uploaded object", downstream=True),
        FactSpec("brightest", "", "The brightest pixel", tolerance=1e9),
    ),
    collect=collect,
    conclude=conclude,
    reads_services=True,
    remarks=remarks,
)
