"""Search the catalogue for Sentinel-2 scenes over Bulgaria."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from autograder.checks import texts
from autograder.checks.explaining.requests import body, clouds, search, search_terms
from autograder.checks.explaining.served import Served
from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Result, Transfer
from autograder.checks.judging.one_line import number
from autograder.checks.reading import facts
from autograder.checks.reading import requests_sent as sent
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.workspace import Workspace
from utils.errors import CourseError
from utils.reference import CATALOG_URL, TOKEN_URL

BBOX_TOLERANCE = 0.5
"""Degrees: the box of a country is a matter of taste, its order and place are not."""

FOUND = "features of your search"

TOKEN_TIMEOUT = 10
"""Seconds to wait for the stand-in token service."""


def collect(workspace: Workspace) -> Evidence:
    """Read ``results``: its keys, its form, and the ids of its features."""
    return {
        "bodies": body.bodies(workspace),
        "same": same(workspace),
        "response": facts.other(workspace.own("response")),
        "result_form": facts.own(workspace, "results", _form),
        "result_keys": facts.own(workspace, "results", _keys),
        "result_ids": facts.own(workspace, "results", _ids),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the token request and the search that was sent, and trace ``results`` back to it."""
    searches = sent.to(workspace.requests, CATALOG_URL)
    judged = _behind(claims["result_ids"], searches) or sent.best(searches)
    request = sent.body(judged)
    start, _, end = str(request.get("datetime", "")).partition("/")
    interval = request.get("datetime")
    asked = judged is not None
    return {
        "token": _token(workspace, judged),
        "search": sent.unless_a_text(
            sent.manner(workspace, CATALOG_URL, (TOKEN_URL,)), claims["response"]
        ),
        "collections": sent.json_fact(
            request.get("collections"),
            asked,
            lambda v: facts.texts(v if isinstance(v, list) else [v]),
        ),
        "start": sent.json_fact(interval and start, asked, search_terms.start_of_june),
        "end": sent.json_fact(interval and end, asked, search_terms.end_of_june),
        "bbox": sent.json_fact(sent.box(request, "intersects"), asked, facts.numbers, 4),
        "filter": sent.json_fact(request.get("filter"), asked, search_terms.cloud_filter),
        "answer": sent.answered(judged),
        "results": _results(claims, searches),
        "covers": facts.texts(_covers(searches)),
        "sent": sent.log(workspace.requests),
        "body": facts.pieces(json.dumps(request)) if asked else facts.missing("was never sent"),
        "largest_page": facts.numbers(max(map(len, map(_served, searches)), default=0), 1),
    }


EXAMPLES = ("example_answer", "example_page")
"""Names of the notebook that hold what the worked example was answered."""


def same(workspace: Workspace) -> Fact:
    """Which result is the very object of a worked example, as ``results example_page``."""
    pairs = ((own, example) for own in ("response", "results") for example in EXAMPLES)
    held = workspace.names
    return facts.texts(
        f"{own} {example}"
        for own, example in pairs
        if own in held and example in held and held[own] is held[example]
    )


def remarks(evidence: Evidence) -> list[str]:
    """Say so where all pages were followed."""
    kept, [largest] = evidence["result_ids"].get("texts", ()), evidence["largest_page"]["values"]
    return [texts.of_exercise(1).remarks["every-page"]] if len(kept) > largest > 0 else []


def _behind(ids: Fact, searches: list[sent.Entry]) -> sent.Entry | None:
    """The last search that found what is in ``results``, or else a part of it and nothing more.

    A learner may search for more afterwards, to compare.
    """
    kept = set(ids["texts"]) if ids["kind"] == "texts" else set()
    served = [(entry, _served(entry)) for entry in searches]
    found = [(entry, names) for entry, names in served if names]
    alike = [entry for entry, names in found if names == kept]
    parts = [entry for entry, names in found if names <= kept]
    return next(reversed(alike or parts), None)


def _served(entry: sent.Entry) -> set[Any]:
    """The ids of the features that a search returned."""
    features = sent.answer(entry).get("features", [])
    return {sent.dig(feature, "id") for feature in features}


def _covers(searches: list[sent.Entry]) -> Iterator[str]:
    """Cloud cover in per cent, and id, of the features that searches returned."""
    for entry in searches:
        for feature in sent.answer(entry).get("features", []):
            yield f"{sent.dig(feature, 'properties', 'eo:cloud_cover')} {sent.dig(feature, 'id')}"


def _token(workspace: Workspace, search: sent.Entry | None) -> Fact:
    """Whether the token service granted a token, seen from the requests alone."""
    asked = sent.best(sent.to(workspace.requests, TOKEN_URL))
    # 200 and 400 are said only to who has a token; 404 and 405 to everybody.
    if (search and sent.status(search) in (200, 400)) or (asked and sent.status(asked) == 200):
        return facts.text("granted")
    if asked is None:
        host = sent.unreachable(workspace.error, TOKEN_URL)
        return facts.text(host) if host else facts.missing("was never asked for")
    client = sent.logged(sent.log([asked]))[0].client
    named = f" for the client `{client}`" if client else ""
    return facts.text(f"refused{named} with {sent.refusal(asked)}")


def _keys(results: Any) -> Fact:
    return facts.texts(islice(results, 5)) if type(results) is dict else facts.other(results)


def _form(results: Any) -> Fact:
    """What ``results`` is: ``features``, ``texts``, one ``feature`` … or its type."""
    if type(results) is dict:
        return facts.text("feature" if "geometry" in results else "answer")
    if type(results) is list:
        first = results[0] if results else None
        kinds = {dict: "features", str: "texts", type(None): "empty"}
        return facts.text(kinds.get(type(first), "list"))
    kinds = {str: "text", int: "number", float: "number"}
    return facts.text(kinds.get(type(results), facts.type_name(results)))


def _ids(results: Any) -> Fact:
    """The ids of the features; empty for a feature without one."""
    if type(results) is not dict:
        return facts.other(results)
    features = results.get("features")
    return facts.texts(map(_id, features) if type(features) is list else ())


def _id(feature: Any) -> str:
    name = feature.get("id") if type(feature) is dict else None
    return name if type(name) is str else ""


def _results(claims: Evidence, searches: list[sent.Entry]) -> Fact:
    """Whether ``results`` holds features that a search returned, and nothing else."""
    keys, ids = claims["result_keys"], claims["result_ids"]
    if ids["kind"] != "texts" or keys["kind"] != "texts":
        return facts.lacking(ids)
    if not ids["texts"]:
        return facts.text(f"no features, but the keys {', '.join(keys['texts'])}")
    served = set().union(*map(_served, searches))
    known = served.issuperset(ids["texts"])
    return facts.text(FOUND if known else "features that no search returned")


def open_session(client_id: str, client_secret: str) -> Any:
    """A session whose requests carry a token of the stand-in token service.

    Raises:
        CourseError: The token service does not answer.
    """
    import requests
    from requests_oauthlib import OAuth2Session

    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": client_secret,
    }
    try:
        answer = requests.post(TOKEN_URL, data=form, timeout=TOKEN_TIMEOUT)
        answer.raise_for_status()
        token = answer.json()
    except (requests.RequestException, ValueError) as problem:
        raise CourseError(
            f"No token could be had ({type(problem).__name__})",
            "the offline token service",
            "Restart the kernel and run the first cell",
        ) from None
    return OAuth2Session(client_id, token=token)


def box(evidence: Evidence) -> str:
    """The four numbers of the box that was sent, in its order."""
    return ", ".join(map(number, evidence["bbox"]["values"]))


def requests(evidence: Evidence) -> str:
    """How many requests the cell sent; it raises where there are too many to be kept."""
    count = len(sent.logged(evidence["sent"]))
    if count >= sent.MAX_SENT:
        raise ValueError("too many requests")
    return f"{count} request" if count == 1 else f"{count} requests"


def _found(evidence: Evidence) -> str:
    """How many images `results` holds."""
    count = len(evidence["result_ids"]["texts"])
    return f"{count} image" if count == 1 else f"{count} images"


CLEARER = 5
"""Per cent of cloud below which an image counts in the question."""


def _how_many_are_clearer(answer: Fact, evidence: Evidence, _served: Served) -> str:
    """Whether a number is that of the images in `results` with less than `CLEARER` % cloud."""
    returned = (words.split(" ", 1) for words in evidence["covers"]["texts"])
    clouds_of = {name: float(cover) for cover, name in returned}
    covers = [clouds_of[name] for name in evidence["result_ids"]["texts"]]
    clearer = sum(cover < CLEARER for cover in covers)
    if answer["kind"] != "numbers" or len(answer["values"]) != 1:
        return "no-number"
    wrong = {
        len(covers): "all",
        len(covers) - clearer: "cloudier",
        sum(cover < CLEARER / 100 for cover in covers): "fraction",
    }
    [count] = answer["values"]
    return "right" if count == clearer else wrong.get(count, "other")


EXERCISE = Exercise(
    names=("client_id", "client_secret", "oauth", "token", "search_body", "response", "results"),
    facts=(
        ERROR,
        FactSpec(
            "token",
            "authentication",
            "The access token",
            explain=search.TOKEN,
            explain_stopped=True,
        ),
        FactSpec("search", "request", "Your search", explain=search.SEARCH, explain_stopped=True),
        FactSpec(
            "collections", "request", "`collections` of your search", explain=search.COLLECTIONS
        ),
        FactSpec(
            "bbox",
            "request",
            "`bbox` of your search",
            BBOX_TOLERANCE,
            unit="degrees",
            explain=search.BBOX,
        ),
        FactSpec("start", "request", "The start of `datetime`", explain=search.START),
        FactSpec("end", "request", "The end of `datetime`", explain=search.END),
        FactSpec(
            "filter",
            "request",
            "`filter` of your search",
            right_as_served=clouds.selects_the_same,
            explain=search.FILTER,
        ),
        FactSpec("answer", "request", "The search request", downstream=True, explain=search.ANSWER),
        FactSpec("results", "results", "`results`", downstream=True, explain=search.RESULTS),
    ),
    collect=collect,
    conclude=conclude,
    remarks=remarks,
    reads_services=True,
    every_world=True,
    gives=(Result("oauth", open=open_session),),
    figures={"box": box, "found": _found, "requests": requests},
    transfer=Transfer(
        lambda value: facts.numbers(value, 1),
        _how_many_are_clearer,
        ("all", "cloudier", "fraction", "no-number", "other"),
    ),
)
