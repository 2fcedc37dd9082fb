"""The journal holds every request and answer, and no secret."""

import hashlib
import json
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from autograder.services import ServicesClient
from autograder.services.journal import (
    ENTRY_LIMIT,
    FIELD_LIMIT,
    MEMORY_LIMIT,
    Journal,
    hide_secrets,
    public_body,
)
from utils.reference import CATALOG_URL, PRACTICE_PATCH_URL, TOKEN_URL

SECRET = "5ecret-Of-A-Learner"


def test_an_entry_tells_what_was_asked_and_answered(
    session: requests.Session, services: ServicesClient
) -> None:
    number = services.requests()[-1]["number"]
    body = {"collections": ["sentinel-2-l2a"], "datetime": "../..", "limit": 1}
    answer = session.post(CATALOG_URL, json=body, timeout=10)
    [entry] = services.requests(since=number)
    assert entry["number"] == number + 1
    assert entry["time"] > 1e9
    assert (entry["method"], entry["url"]) == ("POST", CATALOG_URL)
    assert json.loads(entry["request"]["body"]) == body
    assert entry["request"]["headers"]["Content-Type"] == "application/json"
    assert entry["request"]["headers"]["Authorization"] == "Bearer ***"
    assert entry["response"]["status"] == 200
    assert entry["response"]["headers"]["Content-Type"] == "application/geo+json"
    assert json.loads(entry["response"]["body"]) == answer.json()
    assert entry["response"]["size"] == len(answer.content)
    assert entry["response"]["sha256"] == hashlib.sha256(answer.content).hexdigest()


def test_no_field_of_a_form_looks_like_two() -> None:
    kind = "application/x-www-form-urlencoded"
    kept = public_body(b"bbox=1,2&x=1%26bbox%3D3,4&y=a+b", kind, strict=False)
    assert kept is not None
    assert parse_qs(kept) == {"bbox": ["1,2"], "x": ["1&bbox=3,4"], "y": ["a b"]}


def test_a_form_of_very_many_fields_is_hidden_whole() -> None:
    form = "a=password&" * (FIELD_LIMIT + 1)
    assert public_body(form.encode(), "application/x-www-form-urlencoded", strict=False) == "***"


def test_what_is_not_text_is_kept_as_digest(services: ServicesClient) -> None:
    content = requests.get(PRACTICE_PATCH_URL, timeout=10).content
    [entry] = services.requests()
    assert entry["response"]["body"] is None
    assert entry["response"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_journal_has_an_answer_before_the_client_has_it(
    session: requests.Session, services: ServicesClient
) -> None:
    for _ in range(50):
        session.get(PRACTICE_PATCH_URL, headers={"Range": "bytes=0-9"}, timeout=10)
        assert services.requests()[-1]["response"]["size"] == 10
        services.reset()


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"client_id": "me", "client_secret": SECRET}},
        {"data": {"client_id": "me", " Client_Secret ": SECRET}},
        {"json": {"client_id": "me", "client_secret": SECRET}},
        {"json": [{"Client_Secret": SECRET}]},
        {"data": f"client_secret={SECRET}"},
        {"data": f"client_id=me;client_secret:{SECRET}"},
        {"files": {"client_secret": (None, SECRET)}},
        {"auth": ("me", SECRET)},
        {"params": {"client_secret": SECRET}},
        {"headers": {"Authorization": SECRET}},
        {"headers": {"Authorization": f"Bearer {SECRET}"}},
        {"headers": {"Cookie": f"session={SECRET}"}},
    ],
)  # fmt: skip
def test_no_secret_is_written_however_it_was_sent(
    services: ServicesClient, sent: dict[str, Any]
) -> None:
    requests.post(TOKEN_URL, timeout=10, **sent)
    written = json.dumps(services.requests())
    assert TOKEN_URL in written
    assert SECRET not in written


def test_no_token_is_written(session: requests.Session, services: ServicesClient) -> None:
    token = str(session.headers["Authorization"]).split()[1]
    session.post(CATALOG_URL, params={"access_token": token}, json={}, timeout=10)
    assert token not in json.dumps(services.requests())
    [entry, _] = services.requests()
    assert entry["request"]["body"] == (
        "grant_type=client_credentials&client_id=course-client&client_secret=***"
    )
    assert json.loads(entry["response"]["body"])["access_token"] == "***"


def test_no_credential_of_the_storage_is_written(fs: Any, services: ServicesClient) -> None:
    with fs.open("my-bucket/file", "wb") as file:
        file.write(b"x")
    requests.get(fs.sign("my-bucket/file"), timeout=10)
    written = json.dumps(services.requests())
    assert "my-bucket/file" in written
    assert not any(fs_secret in written for fs_secret in (fs.secret or "-" * 9, "session-token"))
    assert "AWS4-HMAC-SHA256 ***" in written


@given(before=st.text(max_size=20), secret=st.text("abcXYZ019-._~", min_size=8))
def test_a_secret_in_a_form_is_hidden_wherever_it_stands(before: str, secret: str) -> None:
    form = urlencode({"x": before, "client_secret": f"{secret}?", "y": ""})
    hidden = public_body(form.encode(), "application/x-www-form-urlencoded", strict=True)
    assert hidden is not None
    assert "client_secret=***" in hidden
    assert f"{secret}?" not in hidden.replace(before, "")
    assert f"{secret}&" not in hide_secrets(f"https://host/?client_secret={secret}&y=1")


def test_the_journal_forgets_the_oldest_texts_first() -> None:
    journal = Journal()
    text = "x" * 1_000_000
    for _ in range(MEMORY_LIMIT // len(text) + 5):
        journal.record(0, "GET", "https://host/", {"body": None}, {"body": text})
    bodies = [entry["response"]["body"] for entry in journal.requests()]
    assert bodies[0] is None
    assert bodies[-1] == text
    assert sum(len(body or "") for body in bodies) <= MEMORY_LIMIT
    for _ in range(ENTRY_LIMIT):
        journal.record(0, "GET", "https://host/", {"body": None}, {"body": None})
    assert len(journal.requests()) == ENTRY_LIMIT
    journal.clear()
    assert journal.requests() == []


def test_entries_without_bodies_are_forgotten_too() -> None:
    journal = Journal()
    headers = {"X": "y" * 1_000_000}
    for number in range(200):
        request = {"headers": {**headers, "Y": "é€" * number}, "body": None}
        journal.record(0, "GET", "https://host/", request, {"headers": headers, "body": None})
    assert len(journal.requests()) < MEMORY_LIMIT / 1_000_000
    assert journal.requests()[-1]["number"] == 200


def test_reset_clears_journal_and_buckets(fs: Any, services: ServicesClient) -> None:
    with fs.open("my-bucket/file", "wb") as file:
        file.write(b"x")
    services.reset()
    assert (services.requests(), services.objects()) == ([], [])
    fs.invalidate_cache()
    assert fs.ls("my-bucket") == []
    assert services.requests()[0]["number"] == 1
