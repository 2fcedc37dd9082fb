"""An image from the Process API, saved and uploaded."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from autograder.checks import texts
from autograder.checks.exercises import saved_image as saved
from autograder.checks.exercises.exercise_01_search import BBOX_TOLERANCE, box, same
from autograder.checks.explaining.requests import body, image, order, search_terms
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Transfer
from autograder.checks.reading import facts, files
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace
from utils.reference import PROCESS_URL, TOKEN_URL

MAX_SCRIPT = 10_000
MAX_WORDS = 200
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_SETUP = re.compile(r"\bfunction\s+setup\b|\bsetup\s*=")
_ASSIGNED = re.compile(r"\b([A-Za-z_]\w*)\s*=(?![=>])\s*(\[[^\]]*\]|[^,;\n]+)")
_SAMPLE_TYPE = re.compile(r"""sampleType["']?\s*:\s*["'](\w{1,20})""")
_UNITS = re.compile(r"""units["']?\s*:\s*\[?\s*["'](\w{1,20})""")
_NAME = re.compile(r"(?<![.\w])[A-Za-z_]\w*")
SHOWN = "x-offline-bands"
"""Header in which the service names the bands that an image shows."""

KEY = "sentinel2/bulgaria_rgb.tif"
"""Where in a bucket the image goes."""


def collect(workspace: Workspace) -> Evidence:
    """Read the name of the saved file, and look at its pixels."""
    return {
        "bodies": body.bodies(workspace),
        "same": same(workspace),
        "response": facts.other(workspace.own("response")),
        "path": facts.own(workspace, "local_path", facts.path),
        "brightest": facts.own(workspace, "local_path", _brightest, workspace.folder),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the request, the saved file and the uploaded object."""
    requests = sent.to(workspace.requests, PROCESS_URL)
    content = _content(claims["path"], workspace)
    entry = _behind(content or b"", workspace) or sent.best(requests)
    request, asked = sent.body(entry), entry is not None
    bounds = sent.dig(request, "input", "bounds")
    bounds = bounds if isinstance(bounds, dict) else {}
    data = sent.dig(request, "input", "data", 0)
    period = sent.dig(data, "dataFilter", "timeRange")
    images = saved.images(requests)

    def field(value: Any, read: Any, *arguments: Any) -> Fact:
        return sent.json_fact(value, asked, read, *arguments)

    return {
        "order": sent.unless_a_text(
            sent.manner(workspace, PROCESS_URL, (TOKEN_URL,)), claims["response"]
        ),
        "bbox": field(sent.box(bounds, "geometry"), facts.numbers, 4),
        "crs": _crs(sent.dig(bounds, "properties", "crs"), asked),
        "collection": field(sent.dig(data, "type"), facts.text),
        "start": field(sent.dig(period, "from"), search_terms.start_of_june),
        "end": field(sent.dig(period, "to"), search_terms.end_of_june),
        "cloud": field(sent.dig(data, "dataFilter", "maxCloudCoverage"), _percent),
        "format": field(_format(request, entry), facts.text),
        "bands": field(request.get("evalscript"), _bands, entry),
        "answer": facts.text("answered") if saved.only_offline(entry) else sent.answered(entry),
        "script_lacks": facts.text("yes" if saved.script_only_offline(entry) else "no"),
        "file": saved.file(claims["path"], content, images, requests, workspace),
        "upload": saved.upload(workspace, images, requests, content or b""),
        "keys": facts.texts(sorted(saved.keys(workspace, images))),
        "sent": sent.log(workspace.requests),
        "body": facts.pieces(json.dumps(request)) if asked else facts.missing("was never sent"),
        "sample_type": facts.text(_named(_SAMPLE_TYPE, request)),
        "units": facts.text(_named(_UNITS, request)),
    }


def _percent(value: Any) -> Fact:
    return facts.text(value) if isinstance(value, str) else facts.numbers(value, 1)


def _format(request: dict[str, Any], entry: sent.Entry | None) -> object:
    """The media type that is ordered; without ``responses``, that of the header ``Accept``."""
    if entry is None or sent.dig(request, "output", "responses"):
        return sent.dig(request, *body.PROCESS["format"])
    accepted = {key.lower(): value for key, value in entry["request"]["headers"].items()}
    named = str(accepted.get("accept", "")).partition(";")[0].strip()
    return named if named.startswith("image/") else None


def _named(setting: re.Pattern[str], request: dict[str, Any]) -> str:
    """A setting that the script names, in capitals."""
    found = setting.search(_COMMENT.sub("", str(request.get("evalscript"))[:MAX_SCRIPT]))
    return found[1].upper() if found else ""


def _crs(address: object, asked: bool) -> Fact:
    """The system of the box; degrees where the request names none."""
    degrees = address is None or str(address).endswith(("/4326", "CRS84"))
    return sent.json_fact("degrees" if degrees else str(address), asked, facts.text)


def _uploaded(evidence: Evidence, expected: Fact) -> Difference | None:
    """The object is the image, or what the learner's own file holds of an answer."""
    own = evidence["upload"].get("text") == saved.OWN_FILE
    return None if own else compare(evidence["upload"], expected, 0)


def _bands(evalscript: object, entry: sent.Entry | None) -> Fact:
    """The bands that the image shows, in order: as the service found them, else by the script."""
    headers = entry["response"]["headers"] if entry else {}
    if shown := {key.lower(): str(value) for key, value in headers.items()}.get(SHOWN):
        return facts.texts(shown.split(", "))
    script = _COMMENT.sub("", str(evalscript)[:MAX_SCRIPT])
    pixel = _SETUP.split(script.rpartition("evaluatePixel")[2])[0]
    _, found, returned = pixel.rpartition("return")
    returned = returned if found else pixel.partition("=>")[2] or pixel
    made = {name: value[:MAX_WORDS] for name, value in _ASSIGNED.findall(pixel)}
    for _ in range(2):  # a name may stand for a list of names
        returned = _NAME.sub(lambda word: made.get(word[0], word[0]), returned[:MAX_SCRIPT])
    return facts.texts(re.findall(r"\bB(?:0?\d|1[0-2]|8A)\b", returned))


def _content(path: Fact, workspace: Workspace) -> bytes | None:
    """The saved file; ``None`` where there is none, it is special, or it is huge."""
    if path["kind"] != "texts":
        return None
    return workspace.read_file(facts.joined(path), workspace.folder, saved.MAX_FILE_BYTES)


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


def _brightest(path: Any, folder: Path) -> Fact:
    """Largest value of the saved image: 0 or 1 gives away lost reflectances."""
    content = files.content(path, folder, saved.MAX_FILE_BYTES) or b""
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
    """What is worth saying of a right image, whatever way led to it."""
    said = texts.of_exercise(2).remarks
    brightest, keys = evidence["brightest"].get("values", ()), evidence["keys"].get("texts", [])
    noted = {
        "reflectance-as-integers": evidence["units"].get("text") != "DN"
        and any(value <= 1 for value in brightest),
        "reflectance-as-decimals": evidence["sample_type"].get("text") == "FLOAT32",
        "another-key": bool(keys) and KEY not in keys,
    }
    found = [said[name] for name, holds in noted.items() if holds]
    if evidence["script_lacks"].get("text") == "yes":
        found.append(texts.of_exercise(2).explanations["script-offline"].say)
    return found


def _status(evidence: Evidence) -> str:
    """Status of the last answer of the Process API."""
    entries = [entry for entry in sent.logged(evidence["sent"]) if entry.address == PROCESS_URL]
    return str(entries[-1].status)


def _uploads(evidence: Evidence) -> str:
    """How many times the cell sent something with PUT."""
    count = sum(entry.method == "PUT" for entry in sent.logged(evidence["sent"]))
    return f"{count} time" if count == 1 else f"{count} times"


METRES_PER_DEGREE = 82_000
"""From west to east in Bulgaria, rounded, as the question says it."""

DEFAULT_SIDE = 256
"""Pixels of an image whose order names no width."""

NEAR = 0.1
"""Share by which an answer may be off."""


def _how_wide_is_a_pixel(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number is the width of a pixel of the image that was ordered, in metres."""
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    width = sent.dig(json.loads(facts.joined(evidence["body"])), "output", "width")
    west, _south, east, _north = evidence["bbox"]["values"]
    degrees = (east - west) / (width or DEFAULT_SIDE)
    metres = degrees * METRES_PER_DEGREE
    sizes = {
        "right": metres,
        "in-degrees": degrees,
        "in-kilometres": metres / 1000,
        "of-the-satellite": 10.0,
    }
    [said] = answer["values"]
    fitting = (key for key, size in sizes.items() if abs(said - size) <= NEAR * size)
    return next(fitting, "other")


EXERCISE = Exercise(
    names=("process_url", "evalscript", "request_body", "response", "local_path", "fs"),
    facts=(
        ERROR,
        FactSpec("order", "request", "Your request", explain=order.ORDER, explain_stopped=True),
        FactSpec(
            "bbox",
            "request",
            "`bbox` of your request",
            BBOX_TOLERANCE,
            unit="degrees",
            explain=order.BBOX,
        ),
        FactSpec("crs", "request", "`crs` of your box", explain=order.CRS),
        FactSpec("collection", "request", "`type` of your request", explain=order.COLLECTION),
        FactSpec("start", "request", "`from` of your request", explain=order.START),
        FactSpec("end", "request", "`to` of your request", explain=order.END),
        FactSpec("cloud", "request", "`maxCloudCoverage`", unit="%", explain=order.CLOUD),
        FactSpec("format", "request", "The image format", explain=order.FORMAT),
        FactSpec("bands", "request", "The bands of your evalscript", explain=order.BANDS),
        FactSpec("answer", "request", "The request", downstream=True, explain=order.ANSWER),
        FactSpec(
            "file",
            "image",
            "The file at `local_path`",
            downstream=True,
            explain=image.by_words("file", saved.FILE_KEYS),
        ),
        FactSpec(
            "upload",
            "upload",
            "The uploaded object",
            comparison=_uploaded,
            downstream=True,
            explain=image.by_words("upload", saved.OBJECT_KEYS),
        ),
    ),
    collect=collect,
    conclude=conclude,
    reads_services=True,
    every_world=True,
    remarks=remarks,
    figures={"box": box, "status": _status, "uploads": _uploads},
    transfer=Transfer(
        lambda value: facts.numbers(value, 1),
        _how_wide_is_a_pixel,
        ("in-degrees", "in-kilometres", "no-number", "of-the-satellite", "other"),
    ),
)
