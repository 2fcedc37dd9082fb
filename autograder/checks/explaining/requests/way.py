"""How a request travelled: to which service, with which method and form, with which token."""

import difflib
import re
from collections.abc import Mapping, Sequence

from autograder.checks.explaining.errors.services import PASSING
from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.requests.body import shown
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.requests_sent import Sent, logged
from utils.reference import CATALOG_URL, PROCESS_URL, TOKEN_URL

SERVICES = {
    CATALOG_URL: "Catalog API",
    PROCESS_URL: "Process API",
    TOKEN_URL: "token service",
}
"""Services of notebook 1 by address."""

CLIENT, SECRET = "course-client", "course-secret"
"""The demonstration client, as the notebook names it."""

NEAR = 0.85
"""Likeness from which on one address is taken for another that was misspelt."""

_HOST = re.compile(r"sent to ([\w.-]+), where nobody answers")


def of_way(fact: str, url: str) -> Explain:
    """Explains why a service was not asked with POST and json."""

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        found = astray(url, logged(evidence["sent"]))
        if found is None and (host := _nowhere(evidence[fact])):
            return Explanation("sent-to-another-host", {"found": host, "service": SERVICES[url]})
        return found or _not_sent(evidence)

    return explain


def _nowhere(fact: Fact) -> str:
    """The host that does not exist, where a fact says that a request went there; else ``""``."""
    match = _HOST.fullmatch(fact.get("text", ""))
    return match[1] if match else ""


def astray(url: str, sent: Sequence[Sent]) -> Explanation | None:
    """How the last request meant for a service missed it.

    Args:
        url: Address of the service.
        sent: What was sent, oldest first.
    """
    service = SERVICES[url]
    there = [item for item in sent if item.address == url]
    if there:
        return _badly_carried(there[-1], service)
    others = [item for item in sent if not (item.address == TOKEN_URL and item.carried == "form")]
    for item in reversed(others):
        if item.address in SERVICES:
            values = {"found": SERVICES[item.address], "right": service}
            return Explanation("sent-to-another-service", values)
        if _near(item.address, url):
            return Explanation("sent-to-a-misspelt-address", {"found": _path(item.address)})
    return None


def _badly_carried(item: Sent, service: str) -> Explanation | None:
    values = {"method": item.method, "service": service}
    if item.method != "POST":
        return Explanation("sent-with-another-method", values)
    key = {
        "form": "sent-as-a-form",
        "text": "sent-as-text-in-json",
        "nothing": "sent-without-a-body",
        "query": "sent-in-the-address",
        "other": "sent-not-as-json",
    }.get(item.carried)
    return Explanation(key, values) if key else None


def _near(found: str, right: str) -> bool:
    return difflib.SequenceMatcher(None, found, right).ratio() >= NEAR


def _path(address: str) -> str:
    """An address without scheme and host where it is long."""
    return shown(address.partition("://")[2] or address, 110)


def _not_sent(evidence: Evidence) -> Explanation | None:
    """What stands in the place of a request that was not sent."""
    same = evidence["same"].get("texts", ())
    if "response example_answer" in same or "results example_page" in same:
        return Explanation("answer-of-the-example")
    if evidence["response"] == {"kind": "other", "type": "str"}:
        return Explanation("response-is-a-text")
    return None


# --- the token ----------------------------------------------------------------------------------


def of_token(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
    """Why no token was granted."""
    sent = logged(evidence["sent"])
    asked = [item for item in sent if item.address == TOKEN_URL]
    if asked:
        return refused_token(asked[-1])
    for item in reversed(sent):
        if item.grant and item.address in SERVICES:
            return Explanation("token-of-another-service", {"found": SERVICES[item.address]})
        if _near(item.address, TOKEN_URL):
            return Explanation("token-address-misspelt", {"found": _path(item.address)})
    if any(item.scheme == "Bearer" and item.status == 401 for item in sent):
        return Explanation("token-not-fetched")
    host = _nowhere(evidence["token"])
    return Explanation("token-of-another-host", {"found": host}) if host else None


def refused_token(item: Sent) -> Explanation | None:
    """Why the token service refused a request."""
    if item.method != "POST":
        return Explanation("token-with-another-method", {"method": item.method})
    if item.carried in ("json", "text", "nothing", "query", "other"):
        return Explanation("token-not-asked-as-a-form")
    if item.status == 400:
        key = "token-of-another-grant" if item.grant else "token-without-grant"
        return Explanation(key, {"found": shown(item.grant)})
    if item.status != 401:
        return None
    client = item.client
    if client == CLIENT:
        return Explanation("secret-unknown")
    if client == SECRET:
        return Explanation("id-and-secret-swapped")
    if client == "":
        return Explanation("client-missing" if item.scheme == "" else "client-unknown-in-header")
    if client.strip() == CLIENT:
        return Explanation("client-with-blanks")
    likeness = difflib.SequenceMatcher(None, client.lower(), CLIENT).ratio()
    key = "client-misspelt" if likeness >= 0.75 else "client-unknown"
    return Explanation(key, {"found": shown(client)})


# --- what the service said ----------------------------------------------------------------------

_SAID = re.compile(r"status (\d{3})(?: with a token)?: (.*)", re.DOTALL)


def of_refusal(url: str) -> Explain:
    """Explains a refusal: no token, or else the service's own words."""

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        answer = evidence["answer"]
        match = _SAID.fullmatch(answer["text"]) if answer["kind"] == "text" else None
        if match is None:
            return None
        code, said = match.groups()
        there = [item for item in logged(evidence["sent"]) if item.address == url]
        if code == "401" and there:
            return _without_token(there[-1], SERVICES[url])
        values = {"service": SERVICES[url], "status": code, "said": shown(said, 200).rstrip(".")}
        if PASSING.fullmatch(code):
            return Explanation("service-failed", values)
        return Explanation("service-refused" if said else "refused-without-words", values)

    return explain


def _without_token(item: Sent, service: str) -> Explanation:
    key = {"": "sent-without-token", "Bearer": "token-not-valid"}.get(item.scheme)
    return Explanation(key or "token-without-bearer", {"service": service})
