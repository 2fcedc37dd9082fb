"""Why the facts of an order, its file and its upload are wrong: exercise 2."""

from collections.abc import Callable, Mapping
from typing import Any

from autograder.checks.explaining.explanation import Explain, Explanation, first_of
from autograder.checks.explaining.requests import (
    body,
    box,
    clouds,
    image,
    period,
    search,
    way,
)
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.requests_sent import dig
from utils.reference import PROCESS_URL

BODY = body.of_another_name("request_body")


def _field(name: str, read: Callable[[Any], Explanation | None]) -> Explain:
    """Explains a field by another body, its place, or what stands there."""

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        return read(dig(body.sent_body(evidence), *body.PROCESS[name]))

    return first_of(BODY, body.of_its_place(name, body.PROCESS), explain)


def _bbox(evidence: Evidence, expected: Mapping[str, Fact], _: Served) -> Explanation | None:
    value = dig(body.sent_body(evidence), *body.PROCESS["bbox"])
    return search.of_box(value, evidence["bbox"], expected["bbox"])


def _period(side: str) -> Explain:
    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        sent = body.sent_body(evidence)
        start, end = (dig(sent, *body.PROCESS[name]) for name in ("from", "to"))
        return period.of_ends(start, end, side)

    return explain


def _crs(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    named = evidence["crs"].get("text", "")
    code = named.rpartition("/")[2]
    return Explanation("crs-of-metres", {"found": body.shown(code)}) if code.isdigit() else None


def _bands(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    return image.bands(evidence["bands"].get("texts", ()))


def _format(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    sent = body.sent_body(evidence)
    if not sent or dig(sent, *body.PROCESS["format"]) is not None:
        return image.media_type(evidence["format"].get("text")) if sent else None
    lost = body.lost("format", sent, body.PROCESS["format"])
    return Explanation("format-absent") if lost and lost.key == "field-absent" else lost


def _answer(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """What is right in meaning, but not in the form that the service reads."""
    sent, said = body.sent_body(evidence), evidence["answer"].get("text", "")
    if "status 400" not in said:
        return None
    if "timeRange" in said:
        ends = (period.moment(dig(sent, *body.PROCESS[name])) for name in ("from", "to"))
        return next(filter(None, map(period.unreadable, ends)), None)
    if "maxCloudCoverage" in said:
        return clouds.of_maximum(dig(sent, *body.PROCESS["maxCloudCoverage"]))
    if "bbox" in said:
        return box.form(dig(sent, *body.PROCESS["bbox"]))
    if "collection" in said and isinstance(dig(sent, *body.PROCESS["type"]), list):
        return Explanation("collection-in-a-list")
    if "Failed to evaluate script" in said:
        if band := image.not_asked_for(
            str(sent.get("evalscript")), evidence["bands"].get("texts", ())
        ):
            return Explanation("script-without-input", {"band": band})
        return Explanation(
            "script-failed", {"said": body.shown(said.partition("! ")[2], 160).rstrip(".")}
        )
    return None


ORDER: Explain = way.of_way("order", PROCESS_URL)
BBOX = first_of(BODY, body.of_its_place("bbox", body.PROCESS), _bbox)
CRS = first_of(BODY, _crs)
COLLECTION = _field("type", image.collection)
START = first_of(BODY, body.of_its_place("from", body.PROCESS), _period("start"))
END = first_of(BODY, body.of_its_place("to", body.PROCESS), _period("end"))
CLOUD = _field("maxCloudCoverage", clouds.of_maximum)
FORMAT = first_of(BODY, _format)
BANDS = first_of(BODY, body.of_its_place("evalscript", body.PROCESS), _bands)
ANSWER = first_of(BODY, _answer, way.of_refusal(PROCESS_URL))
