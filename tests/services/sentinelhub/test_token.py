"""The token endpoint answers as Keycloak does."""

import base64
import json
import time
from email.message import Message
from io import BytesIO

import pytest
import requests
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from autograder.services import ServicesClient
from autograder.services.http.request_response import Body, Request
from autograder.services.sentinelhub.token import Tokens
from utils.reference import CATALOG_URL, TOKEN_URL

RIGHT = {
    "grant_type": "client_credentials",
    "client_id": "course-client",
    "client_secret": "course-secret",
}
DESCRIPTION = "Invalid client or Invalid client credentials"

pytestmark = pytest.mark.usefixtures("services")


def ask(**changes: str) -> requests.Response:
    return requests.post(TOKEN_URL, data={**RIGHT, **changes}, timeout=10)


def test_the_right_client_gets_a_bearer_token() -> None:
    answer = ask()
    assert answer.status_code == 200
    content = answer.json()
    header, claims, _ = content.pop("access_token").split(".")
    assert content == {
        "expires_in": 1800,
        "refresh_expires_in": 0,
        "token_type": "Bearer",
        "not-before-policy": 0,
        "scope": "email profile user-context",
    }
    decoded = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, claims)]
    assert decoded[0]["typ"] == "JWT"
    assert decoded[1]["exp"] == pytest.approx(time.time() + 1800, abs=10)


def test_the_client_may_stand_in_the_authorization_header() -> None:
    oauth = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
    assert oauth.fetch_token(TOKEN_URL, client_secret="course-secret")["access_token"]


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"client_id": "your-client-id"}, 401, "invalid_client", DESCRIPTION),
        ({"client_id": ""}, 401, "invalid_client", DESCRIPTION),
        ({"client_secret": "your-client-secret"}, 401, "unauthorized_client", DESCRIPTION),
        ({"client_secret": ""}, 401, "unauthorized_client", DESCRIPTION),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "Unsupported grant_type"),
        ({"grant_type": ""}, 400, "invalid_request", "Missing form parameter: grant_type"),
    ],
)
def test_a_refusal_names_its_kind(
    changes: dict[str, str], status: int, error: str, description: str
) -> None:
    answer = ask(**changes)
    assert answer.status_code == status
    assert answer.json() == {"error": error, "error_description": description}


def test_credentials_sent_as_json_are_not_seen() -> None:
    answer = requests.post(TOKEN_URL, json=RIGHT, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_token_is_fetched_with_post_only() -> None:
    assert requests.get(TOKEN_URL, timeout=10).status_code == 405


@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer", "Bearer ", "Bearer a.b.c", "Bearer é", "Token {token}", "Bearer {token}x",
     "Bearer {token.foreign}"],
)  # fmt: skip
def test_only_a_token_from_here_opens_the_services(
    authorization: str | None, token: str, services: ServicesClient
) -> None:
    if authorization == "Bearer {token.foreign}":
        authorization = f"Bearer {Tokens().issue('course-client')}"
    headers = {"Authorization": (authorization or "").replace("{token}", token)}
    answer = requests.post(CATALOG_URL, json={}, headers=headers, timeout=10)
    assert answer.status_code == 401
    assert answer.json()["code"] == 401
    assert answer.json()["description"].startswith("You are not authorized! Please provide a valid")


def test_an_expired_token_opens_nothing() -> None:
    headers = Message()
    tokens = Tokens(lifetime=0.05)
    headers["Authorization"] = f"Bearer {tokens.issue('course-client')}"
    request = Request("POST", CATALOG_URL, "/", headers, Body(BytesIO(), headers))
    assert tokens.admit(request)
    time.sleep(0.06)
    assert not tokens.admit(request)
