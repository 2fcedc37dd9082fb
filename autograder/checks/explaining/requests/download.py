"""The request for a label: the call of the download, its arguments, its year."""

import ast
import re
from collections.abc import Mapping, Sequence

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.requests import box
from autograder.checks.explaining.requests.body import shown
from autograder.checks.explaining.served import Served
from autograder.checks.reading import facts
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import LABEL_YEARS

FUNCTION = "download_clcpluslabel"
PARAMETERS = ("filename", "bbox", "year")


def call(source: str) -> list[tuple[str, str]] | None:
    """Keyword, or ``""``, and text of each argument of the first download in the code.

    ``None`` where there is none, or the code cannot be read.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in nodes:
        if isinstance(node, ast.Call) and _name(node.func) == FUNCTION:
            plain = [("", ast.unparse(argument)) for argument in node.args[:9]]
            return plain + [
                (word.arg or "**", ast.unparse(word.value)) for word in node.keywords[:9]
            ]
    return None


def is_uncalled(source: str) -> bool:
    """Whether code names the download, and does not call it as a function of Python."""
    return call(source) is None and _no_call(source) is not None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def arguments(given: Sequence[tuple[str, str]]) -> Explanation | None:
    """What is wrong with the arguments of the download, as they stand in the code.

    Args:
        given: Keyword, or ``""``, and text of each.
    """
    if any(text.startswith("*") or keyword == "**" for keyword, text in given):
        starred = sum(text.startswith("*") for _, text in given) == 1 and len(given) == 3
        return Explanation("download-box-unpacked") if starred else None
    unknown = [keyword for keyword, _ in given if keyword and keyword not in PARAMETERS]
    if unknown:
        return Explanation("download-argument-unknown", {"found": shown(unknown[0])})
    if not given:
        return Explanation("download-without-arguments")
    places = [text for keyword, text in given if not keyword]
    meant = [_meant(text) for text in places]
    if len(given) > len(PARAMETERS):
        return Explanation("download-too-many-arguments", {"count": str(len(given))})
    if len(given) == len(PARAMETERS) and len(places) == len(given):
        known = [name for name in meant if name]
        moved = any(name and name != PARAMETERS[place] for place, name in enumerate(meant))
        if moved and len(set(known)) == len(known):
            return Explanation("download-arguments-in-another-order")
        return None
    named = {keyword for keyword, _ in given if keyword}
    there = named | {name or PARAMETERS[place] for place, name in enumerate(meant[:3])}
    lacking = [name for name in PARAMETERS if name not in there]
    if lacking and len(given) < len(PARAMETERS):
        return Explanation(f"download-without-{lacking[0]}")
    return None


def _meant(text: str) -> str:
    """The parameter that an argument is meant for, by its name or form; ``""`` if unclear."""
    bare = text.lower()
    if re.fullmatch(r"\(?\[?[\d.,\s-]+\]?\)?", bare):
        return "year" if re.fullmatch(r"(19|20)\d\d", bare) else "bbox" if "," in bare else ""
    if re.search(r"\.tiff?['\"]", bare) or "file" in bare or "path" in bare:
        return "filename"
    if "bbox" in bare or "bounds" in bare or "box" in bare:
        return "bbox"
    return "year" if "year" in bare or re.fullmatch(r"['\"](19|20)\d\d['\"]", bare) else ""


def year(value: object) -> Explanation | None:
    """What is wrong with a year; ``None`` where labels of it are there."""
    if isinstance(value, str):
        key = "year-as-text" if value.strip().isdigit() else "year-not-a-number"
        return Explanation(key, {"found": shown(value)})
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Explanation("year-not-a-number", {"found": shown(value)})
    if value not in LABEL_YEARS:
        return Explanation("year-without-labels", {"found": shown(value)})
    return None


def _explain(
    evidence: Evidence, expected: Mapping[str, Fact], served: Served
) -> Explanation | None:
    """Why the wrong label was asked for, or none."""
    source = facts.joined(evidence["source"])
    given = call(source)
    if given is None:
        return _no_call(source) if evidence["bbox"]["kind"] != "numbers" else None
    if evidence["bbox"]["kind"] != "numbers" and (wrong := arguments(given)):
        return wrong
    typed = evidence["own_year"].get("text", "")
    if _YEAR_REFUSED.match(evidence["error"]["text"]):
        return year(ast.literal_eval(typed)) if _YEAR.fullmatch(typed) else None
    if evidence["own_box"] == {"kind": "other", "type": "str"}:
        return Explanation("box-as-text")
    found = evidence["bbox"] if evidence["bbox"]["kind"] == "numbers" else _given_box(evidence)
    patch = tuple(expected["bbox"]["values"])
    others = {url: other.bounds for url, other in served.other_patches.items()}
    return box.metres_slip(found.get("values", ()), patch, others)


def _given_box(evidence: Evidence) -> Fact:
    """The box that the download refused, as its exception names it; else the one in ``bbox``."""
    match = _BOX_REFUSED.match(evidence["error"]["text"])
    return facts.numbers(match[1].split(","), 4) if match else evidence["own_box"]


def _no_call(source: str) -> Explanation | None:
    """How the code names the download without calling it."""
    if re.search(rf"^\s*[!%].*{FUNCTION}", source, re.MULTILINE):
        return Explanation("download-in-the-shell")
    return (
        Explanation("download-not-called")
        if re.search(rf"\b{FUNCTION}\b\s*$", source, re.MULTILINE)
        else None
    )


_BOX_REFUSED = re.compile(r"CourseError: bbox is [\[(]([-\d., e+]{1,120})[\])]")
_YEAR_REFUSED = re.compile(r"CourseError: year is")
_YEAR = re.compile(r"'[\w .-]{0,20}'|-?\d{1,9}(?:\.\d{1,9})?")

BBOX: Explain = _explain
YEAR: Explain = _explain
