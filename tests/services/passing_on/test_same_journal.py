"""In both ways the journal is the same, so that checks judge real requests as replayed ones."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests_oauthlib import OAuth2Session

from autograder.services import Services
from autograder.services.passing_on.own_client import OwnClient
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from tests.services.passing_on.conftest import Gate
from tests.services.passing_on.outside_world import CompanyProxy
from tests.services.sentinelhub.process_requests import body
from utils.reference import (
    CATALOG_URL,
    LABEL_URL,
    NUTS_URL,
    PRACTICE_PATCH_URL,
    PROCESS_URL,
    S3_HOST,
    TOKEN_URL,
)

FORM = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
SEARCH = {"collections": ["sentinel-2-l2a"], "datetime": "../..", "limit": 3}
LABEL = {"bbox": "3649890,2331750,3652390,2334250", "size": "250,250", "f": "image"}


def talk(client: requests.Session) -> None:
    """What the exercises ask, rightly and wrongly."""
    token = client.post(TOKEN_URL, data=FORM).json()["access_token"]
    client.post(TOKEN_URL, data=FORM | {"client_secret": "wrong"})
    client.post(TOKEN_URL, data={"grant_type": "client_credentials"}, auth=(CLIENT_ID, "wrong"))
    client.post(CATALOG_URL, json=SEARCH)
    authorized = {"Authorization": f"Bearer {token}"}
    for url, content in ((CATALOG_URL, SEARCH), (CATALOG_URL, {}), (PROCESS_URL, body({}))):
        client.post(url, json=content, headers=authorized)
    client.get(LABEL_URL.format(year=2018), params=LABEL)
    client.get(LABEL_URL.format(year=2018), params=LABEL | {"size": "9999,9999"})
    client.get(NUTS_URL)
    client.head(PRACTICE_PATCH_URL)
    client.get(PRACTICE_PATCH_URL, headers={"Range": "bytes=100-199"})
    client.get(PRACTICE_PATCH_URL)
    client.get(f"https://{S3_HOST}/my-bucket")
    client.put(f"https://{S3_HOST}/my-bucket/unsigned", data=b"x")


def told(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries without what differs from one time to the next."""
    for entry in entries:
        if urlsplit(entry["url"]).netloc == urlsplit(TOKEN_URL).netloc:
            entry["response"] |= {"sha256": "", "size": 0}
        for name in ("Content-Length", "Date", "Server"):  # not of our own answers
            entry["response"]["headers"].pop(name, None)
    return [{**entry, "time": 0, "number": 0} for entry in entries]


@pytest.fixture
def at_home(running: Services) -> Iterator[requests.Session]:
    with requests.Session() as client:
        client.trust_env = False
        client.verify = running.environment["SSL_CERT_FILE"]
        client.proxies = {"https": running.environment["https_proxy"]}
        yield client


def test_live_and_replay_write_the_same_journal(
    live_gate: Gate, running: Services, at_home: requests.Session
) -> None:
    live_gate.session.journal.clear()
    with live_gate.client() as client:
        talk(client)
    running.client.reset()
    talk(at_home)
    live, replayed = live_gate.journal, running.client.requests()
    assert len(live) == 15
    for one, other in zip(told(live), told(replayed), strict=True):
        assert one == other


OWN = ("my id + %", "my secret / & =")


@pytest.mark.parametrize("way", ["form", "basic"])
@pytest.mark.parametrize(
    ("given", "arrives"),
    [((CLIENT_ID, CLIENT_SECRET), OWN), ((CLIENT_ID, "wrong"), None), (("other", "x"), None)],
)
def test_the_demonstration_client_stands_for_one_s_own(
    live_gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    given: tuple[str, str],
    arrives: tuple[str, str] | None,
) -> None:
    """The journal shows what the notebook asked; only the service is told the own client."""
    assert live_gate.session.live
    own = OwnClient(TOKEN_URL, (CLIENT_ID, CLIENT_SECRET), OWN)
    monkeypatch.setattr(live_gate.session.live._pass_on, "_own", own)
    live_gate.session.journal.clear()
    asked: list[Any] = []
    plain = own.credentials

    def noted(request: Any) -> Any:
        asked.append(plain(request))
        return asked[-1]

    monkeypatch.setattr(OwnClient, "credentials", lambda self, request: noted(request))
    with live_gate.client() as client:
        form = {"grant_type": "client_credentials"}
        if way == "form":
            form |= {"client_id": given[0], "client_secret": given[1]}
        answer = client.post(TOKEN_URL, data=form, auth=given if way == "basic" else None)
    assert answer.status_code == 401  # the second instance knows the demonstration client only
    [changed] = asked
    sent = f"{changed.headers.get('Authorization', '')} {changed.body.decode()}"
    expected = {"form": "my+id+%2B+%25", "basic": "bXklMjBpZCUyMCUyQiUyMCUy"}[way]
    assert (expected in sent) == (arrives is not None)
    assert OWN[1] not in str(live_gate.journal)
    assert "my" not in str(live_gate.journal[0]["request"])


def test_a_session_with_a_token_works_through_the_gate(live_gate: Gate) -> None:
    from oauthlib.oauth2 import BackendApplicationClient

    with OAuth2Session(client=BackendApplicationClient(client_id=CLIENT_ID)) as oauth:
        oauth.trust_env = False
        oauth.verify, oauth.proxies = str(live_gate.bundle), live_gate.client().proxies
        oauth.fetch_token(TOKEN_URL, client_secret=CLIENT_SECRET, include_client_id=True)
        assert len(oauth.post(CATALOG_URL, json=SEARCH).json()["features"]) == 3


def test_hosts_that_are_not_live_answer_from_the_world(
    running: Services, company: CompanyProxy
) -> None:
    """Mixed: where only the catalogue is live, outlines come from here, whatever is outside."""
    gate = Gate([urlsplit(CATALOG_URL).netloc], {"HTTPS_PROXY": company.url})
    try:
        with gate.client() as client:
            assert client.get(NUTS_URL).status_code == 200
            assert client.get(CATALOG_URL).status_code == 502  # where the company knows no such
    finally:
        gate.close()
