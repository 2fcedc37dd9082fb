"""Why the facts of a search are wrong: exercise 1."""

from collections.abc import Mapping

from autograder.checks.explaining.explanation import Explain, Explanation, first_of
from autograder.checks.explaining.requests import body, box, clouds, image, period, way
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from utils.reference import CATALOG_URL

BODY = body.of_another_name("search_body")
TOLERANCE = 0.5
"""Degrees: see the exercise."""


def _lost(field: str) -> Explain:
    return first_of(BODY, body.of_its_place(field, body.CATALOGUE))


def _collections(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    return image.collection(body.sent_body(evidence).get("collections"))


def _bbox(evidence: Evidence, expected: Mapping[str, Fact], _: Served) -> Explanation | None:
    return of_box(body.sent_body(evidence).get("bbox"), evidence["bbox"], expected["bbox"])


def of_box(value: object, found: Fact, expected: Fact) -> Explanation | None:
    """What is wrong with a box in degrees, as it was written and as it was read."""
    if value is not None and (wrong := box.form(value)):
        return wrong
    return box.slip(found.get("values", ()), expected["values"], TOLERANCE)


def _period(side: str) -> Explain:
    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        return period.of_search(body.sent_body(evidence).get("datetime"), side)

    return explain


def _filter(evidence: Evidence, _: Mapping[str, Fact], served: Served) -> Explanation | None:
    content = body.sent_body(evidence).get("filter")
    if content is not None:
        return clouds.of_filter(content, clouds.covers(served))
    lost = body.lost("filter", body.sent_body(evidence), body.CATALOGUE["filter"])
    if lost and lost.key == "field-misspelt" and "cloud" in body.bare(lost.values["found"]):
        return Explanation("filter-of-another-name", lost.values)
    return Explanation("filter-absent") if lost and lost.key == "field-absent" else lost


def _answer(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """What is right in meaning, but not in the form that the catalogue reads."""
    sent, said = body.sent_body(evidence), evidence["answer"].get("text", "")
    if "status 400" not in said:
        return None
    if "filter-lang" in said:
        return Explanation("filter-language", {"found": body.shown(sent.get("filter-lang"))})
    if "datetime" in said:
        ends = str(sent.get("datetime")).partition("/")[::2]
        return next(filter(None, (period.unreadable(period.moment(end)) for end in ends)), None)
    if "bbox" in said:
        return box.form(sent.get("bbox"))
    if "collections" in said and isinstance(sent.get("collections"), str):
        return Explanation("collection-not-in-a-list")
    return None


def _results(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    same, ids = evidence["same"].get("texts", ()), evidence["result_ids"]
    if any(words.startswith("results example_") for words in same):
        return Explanation("results-of-the-example")
    if ids == {"kind": "other", "type": "Response"}:
        return Explanation("results-is-the-answer")
    key = _FORMS.get(evidence["result_form"].get("text", ""))
    return Explanation(key) if key else None


_FORMS = {
    "text": "results-is-text",
    "number": "results-is-a-number",
    "features": "results-only-features",
    "texts": "results-only-texts",
    "feature": "results-one-feature",
    "empty": "results-empty-list",
}
"""Key of the explanation by what ``results`` is."""

TOKEN: Explain = way.of_token
SEARCH: Explain = way.of_way("search", CATALOG_URL)
COLLECTIONS = first_of(_lost("collections"), _collections)
BBOX = first_of(_lost("bbox"), _bbox)
START = first_of(_lost("datetime"), _period("start"))
END = first_of(_lost("datetime"), _period("end"))
FILTER = first_of(BODY, _filter)
ANSWER = first_of(BODY, _answer, way.of_refusal(CATALOG_URL))
RESULTS: Explain = _results
