"""Search the catalogue for Sentinel-2 scenes over Bulgaria."""

from itertools import islice
from typing import Any

from autograder.checks.judging.exercise import ERROR, Exercise, FactSpec, Result
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
    """Read ``results``: its keys, and the ids of its features."""
    return {
        "result_keys": facts.own(workspace, "results", _keys),
        "result_ids": facts.own(workspace, "results", _ids),
    }


def conclude(claims: Evidence, workspace: Workspace) -> Evidence:
    """Read the token request and the search that was sent, and trace ``results`` back to it."""
    searches = sent.to(workspace.requests, CATALOG_URL)
    search = _behind(claims["result_ids"], searches) or sent.best(searches)
    request = sent.body(search)
    start, _, end = str(request.get("datetime", "")).partition("/")
    interval = request.get("datetime")
    asked = search is not None
    return {
        "token": _token(workspace, search),
        "search": sent.manner(workspace.requests, CATALOG_URL),
        "collections": sent.json_fact(
            request.get("collections"),
            asked,
            lambda v: facts.texts(v if isinstance(v, list) else [v]),
        ),
        "start": sent.json_fact(interval and start, asked, sent.start_of_june),
        "end": sent.json_fact(interval and end, asked, sent.end_of_june),
        "bbox": sent.json_fact(sent.box(request, "intersects"), asked, facts.numbers, 4),
        "filter": sent.json_fact(request.get("filter"), asked, sent.cloud_filter),
        "answer": _answer(search),
        "results": _results(claims, searches),
    }


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


def _token(workspace: Workspace, search: sent.Entry | None) -> Fact:
    """Whether the token service granted a token, seen from the requests alone."""
    asked = sent.best(sent.to(workspace.requests, TOKEN_URL))
    # 200 and 400 are said only to who has a token; 404 and 405 to everybody.
    if (search and sent.status(search) in (200, 400)) or (asked and sent.status(asked) == 200):
        return facts.text("granted")
    if asked is None:
        return facts.missing("was never asked for")
    return facts.text(f"refused with {sent.refusal(asked)}")


def _answer(search: sent.Entry | None) -> Fact:
    if search is None:
        return facts.missing("was never sent")
    return facts.text("answered" if sent.status(search) == 200 else sent.refusal(search))


def _keys(results: Any) -> Fact:
    return facts.texts(islice(results, 5)) if type(results) is dict else facts.other(results)


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


EXERCISE = Exercise(
    names=("client_id", "client_secret", "oauth", "token", "search_body", "response", "results"),
    facts=(
        ERROR,
        FactSpec("token", "authentication", "The access token"),
        FactSpec("search", "request", "Your search"),
        FactSpec("collections", "request", "`collections` of your search"),
        FactSpec("bbox", "request", "`bbox` of your search", BBOX_TOLERANCE, unit="degrees"),
        FactSpec("start", "request", "The start of `datetime`"),
        FactSpec("end", "request", "The end of `datetime`"),
        FactSpec("filter", "request", "`filter` of your search"),
        FactSpec("answer", "request", "The search request", downstream=True),
        FactSpec("results", "results", "`results`", downstream=True),
    ),
    collect=collect,
    conclude=conclude,
    reads_services=True,
    gives=(Result("oauth", open=open_session),),
)
