"""Exercise 9: download the land-cover label of a patch."""

import re

import numpy as np

from autograder.checks import facts
from autograder.checks import requests_sent as sent
from autograder.checks.compare import Difference, compare
from autograder.checks.exercise import ERROR, Comparison, Exercise, FactSpec
from autograder.checks.facts import Evidence, Fact
from autograder.checks.frames import METRE_TOLERANCE
from autograder.checks.workspace import Workspace
from utils.reference import LABEL_URL

CODE_TOLERANCE = 0.1
"""Class codes are whole numbers."""

_LABEL_ADDRESS = re.compile(re.escape(LABEL_URL).replace(r"\{year\}", r"(\d{4})"))


def collect(workspace: Workspace) -> Evidence:
    """Read the request to the image server and the class array."""
    requests = [entry for entry in workspace.requests if _year(entry)]
    entry = sent.best(requests)
    asked = entry is not None
    box = sent.query(entry).get("bbox") if entry else None
    return {
        **facts.of_run(workspace),
        "bbox": sent.json_fact(box and box.split(","), asked, facts.numbers, 4),
        "year": sent.json_fact(entry and _year(entry), asked, facts.text),
        "asked": _asked(requests),
        "img_array": facts.own(workspace, "img_array", codes),
    }


def _year(entry: sent.Entry) -> str:
    match = _LABEL_ADDRESS.match(entry["url"])
    return match.group(1) if match else ""


def _asked(requests: list[sent.Entry]) -> Fact:
    """Year and box of every label that arrived: a learner may download more than one."""
    arrived = [entry for entry in requests if sent.status(entry) == 200]
    return facts.texts(f"{_year(entry)} {sent.query(entry).get('bbox')}" for entry in arrived)


def _among_others(name: str, tolerance: float) -> Comparison:
    """The request with the right year and box is the last one, or one of several."""

    def comparison(evidence: Evidence, expected: Fact) -> Difference | None:
        for words in evidence["asked"].get("texts", ()):
            year, _, box = words.partition(" ")
            one = facts.text(year) if name == "year" else facts.numbers(box.split(","), 4)
            if compare(one, expected, tolerance) is None:
                return None
        return compare(evidence[name], expected, tolerance)

    return comparison


def codes(value: object) -> Fact:
    """An array of class codes; masked pixels count as 0, no data."""
    fact = facts.array(value)
    return fact | {"array": np.nan_to_num(fact["array"])} if fact["kind"] == "array" else fact


EXERCISE = Exercise(
    number=9,
    names=("bbox", "year", "filename", "img_array"),
    facts=(
        ERROR,
        FactSpec(
            "bbox",
            "request",
            "The box that you asked for",
            METRE_TOLERANCE,
            comparison=_among_others("bbox", METRE_TOLERANCE),
            unit="m",
        ),
        FactSpec(
            "year",
            "request",
            "The year that you asked for",
            comparison=_among_others("year", 0),
        ),
        FactSpec("img_array", "labels", "`img_array`", CODE_TOLERANCE),
    ),
    collect=collect,
    reads_services=True,
)
