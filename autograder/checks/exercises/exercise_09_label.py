"""Download the land-cover label of a patch."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from autograder.checks import texts
from autograder.checks.asking import label as asking
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.labels import explain as labels
from autograder.checks.explaining.labels.sources import right_ones, window
from autograder.checks.explaining.requests import download
from autograder.checks.explaining.served import Served
from autograder.checks.judging.compare import Difference, compare
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Result
from autograder.checks.judging.follow import same_pixels
from autograder.checks.reading import facts
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.frames import METRE_TOLERANCE
from autograder.checks.reading.workspace import Workspace
from utils.reference import LABEL_URL, NO_DATA, OUTSIDE_AREA

CODE_TOLERANCE = 0.1
"""Class codes are whole numbers."""

LAST_ASKED = 3
"""Of how many labels that were asked for, the last ones, `img_array` may be one."""

LEAST_PIXELS, LEAST_CODES = 100, 3
"""Labels with fewer pixels or different codes hardly say anything of the place."""

_LABEL_ADDRESS = re.compile(re.escape(LABEL_URL).replace(r"\{year\}", r"(\d{4})"))


def collect(workspace: Workspace) -> Evidence:
    """Read the class array, and the box and the year that the names hold."""
    masked = facts.mask_of(workspace.own("img_array")) is not None
    return {
        "img_array": facts.own(workspace, "img_array", codes),
        "mask": facts.text("masked" if masked else "not masked"),
        "own_box": facts.own(workspace, "bbox", facts.numbers, 4),
        "own_year": facts.own(workspace, "year", _plain_year),
    }


def _plain_year(value: object) -> Fact:
    """A year as it would stand in code, quotation marks included."""
    return facts.text(repr(value)) if type(value) in (int, float, str) else facts.other(value)


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the request to the image server, and what the download refused."""
    requests = [entry for entry in workspace.requests if _year(entry) and _arrived(entry)]
    entry = sent.best(requests)
    asked = entry is not None
    box = _options(entry).get("bbox") if entry else None
    refused = not asked and bool(_REFUSED.match(claims["error"]["text"]))
    said = sent.whole(claims["error"]["text"].partition(": ")[2], 120)
    unsent = f"refused before it was sent: {said}" if refused else ""
    if not asked and not refused and download.is_uncalled(workspace.source):
        unsent = "was never sent: the download is not called"
    return {
        "bbox": facts.text(unsent)
        if unsent
        else sent.json_fact(box and box.split(","), asked, facts.numbers, 4),
        "year": facts.text(unsent)
        if unsent
        else sent.json_fact(entry and _year(entry), asked, facts.text),
        "asked": _asked(requests),
    }


_REFUSED = re.compile(
    r"CourseError: (?:bbox is|year is|There is no folder)|TypeError: .*download_clcpluslabel\(\)"
    r"|TypeError: .*(?:str, bytes or os.PathLike|Path\()"
)
"""How an exception of the download begins that comes before any request."""


def _year(entry: sent.Entry) -> str:
    match = _LABEL_ADDRESS.fullmatch(entry["url"].partition("?")[0])
    return match.group(1) if match else ""


def _arrived(entry: sent.Entry) -> bool:
    """Whether labels came back: the server also says with status 200 that it refuses."""
    arrived = sent.status(entry) == 200 and "error" not in sent.answer(entry)
    return arrived and (entry["method"] == "GET" or _readable(entry["request"]["body"]))


def _readable(form: str | None) -> bool:
    """Whether the journal holds what a form asks for: it leaves out what is long or no text."""
    return form is not None and (not form or bool(sent.form(form)))


def _options(entry: sent.Entry) -> dict[str, str]:
    """What a request asks for: in its address or, with POST, in a form."""
    form = entry["request"]["body"] if entry["method"] == "POST" else None
    return sent.query(entry) | sent.form(form or "")


def _asked(requests: list[sent.Entry]) -> Fact:
    """Year and box of every label that arrived: a learner may download more than one."""
    arrived = [entry for entry in requests if sent.status(entry) == 200]
    return facts.texts(f"{_year(entry)} {_options(entry).get('bbox')}" for entry in arrived)


def _year_among(evidence: Evidence, expected: Fact) -> Difference | None:
    """The year is that of the last request, or of one of several."""
    years = [facts.text(words.split()[0]) for words in evidence["asked"].get("texts", ())]
    found = (compare(year, expected, 0) for year in (*years, evidence["year"]))
    return None if None in found else compare(evidence["year"], expected, 0)


def _boxes_cover(evidence: Evidence, expected: Fact) -> Difference | None:
    """The box is that of the last request, of one of several, or of several put together."""
    words = (item.partition(" ")[2].split(",") for item in evidence["asked"].get("texts", ()))
    boxes = [facts.numbers(box, 4).get("values", []) for box in words]
    if boxes and all(len(box) == 4 for box in boxes):
        west, south, east, north = np.array(boxes).T
        whole = [west.min(), south.min(), east.max(), north.max()]
        area = (whole[2] - whole[0]) * (whole[3] - whole[1])
        if ((east - west) * (north - south)).sum() > 0.99 * area:  # two corners are no cover
            boxes.append(whole)
    for box in boxes:
        if compare({"kind": "numbers", "values": box}, expected, METRE_TOLERANCE) is None:
            return None
    return compare(evidence["bbox"], expected, METRE_TOLERANCE)


def codes(value: object) -> Fact:
    """An array of class codes; masked pixels count as 0, no data."""
    fact = facts.array(value)
    masked = issubclass(type(value), np.ma.MaskedArray) and fact["kind"] == "array"
    return fact | {"array": np.nan_to_num(fact["array"])} if masked else fact


def _not_the_labels(
    evidence: Evidence, expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """What `img_array` holds in place of the labels."""
    fact, source = evidence["img_array"], facts.joined(evidence["source"])
    if fact["kind"] == "missing":
        return labels.of_nothing(source, evidence["error"]["text"])
    if fact["kind"] != "array":
        return labels.of_type(fact, "img_array", source)
    return labels.of_array(fact["array"], right_ones(expected, served), lambda: served.patch.bands)


def _labels_asked_for(evidence: Evidence, served: Served) -> bool:
    """Whether `img_array` holds what the learner's own request was answered with."""
    fact = evidence["img_array"]
    return fact["kind"] == "array" and any(
        same_pixels(fact["array"], codes, CODE_TOLERANCE)
        for codes in _answers(evidence, served)
        if codes.size >= LEAST_PIXELS and np.unique(codes).size >= LEAST_CODES
    )


def _answers(evidence: Evidence, served: Served) -> Iterator[np.ndarray]:
    """The class codes of the last labels that were asked for, shape (rows, columns)."""
    for words in evidence["asked"].get("texts", [])[-LAST_ASKED:]:
        year, _, box = words.partition(" ")
        codes = window(served.labels(int(year)), [float(edge) for edge in box.split(",")])
        yield np.where(np.isin(codes, (OUTSIDE_AREA.code, NO_DATA.code)), 0, codes)


def remarks(evidence: Evidence) -> list[str]:
    """Say what masked pixels become."""
    masked = evidence["mask"]["kind"] == "text" and evidence["mask"]["text"] == "masked"
    return [texts.of_exercise(9).remarks["masked"]] if masked else []


EXERCISE = Exercise(
    names=("bbox", "year", "filename", "img_array"),
    facts=(
        ERROR,
        FactSpec(
            "bbox",
            "request",
            "The box that you asked for",
            METRE_TOLERANCE,
            comparison=_boxes_cover,
            unit="m",
            explain=download.BBOX,
            explain_stopped=True,
        ),
        FactSpec(
            "year",
            "request",
            "The year that you asked for",
            comparison=_year_among,
            explain=download.YEAR,
            explain_stopped=True,
        ),
        FactSpec(
            "img_array",
            "labels",
            "`img_array`",
            CODE_TOLERANCE,
            right_as_served=_labels_asked_for,
            explain=_not_the_labels,
            explain_stopped=True,
        ),
    ),
    collect=collect,
    conclude=conclude,
    remarks=remarks,
    reads_services=True,
    gives=(Result("img_array"),),
    figures=asking.FIGURES,
    transfer=asking.TRANSFER,
)
