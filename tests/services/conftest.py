"""Running services, and this process as their client."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import requests
import s3fs

from autograder.services import Services, ServicesClient
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from tests.services.hosted import MEGABYTE, Hosted
from tests.services.lifetime.test_lifetime import until
from utils.reference import TOKEN_URL

Post = Callable[..., requests.Response]


@pytest.fixture(scope="session")
def running() -> Iterator[Services]:
    """Services that all tests share; each starts with an empty journal and empty buckets."""
    with Services() as services:
        yield services


@pytest.fixture
def services(running: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServicesClient]:
    """The shared services, emptied, with this process's clients sent to them."""
    running.client.reset()
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield running.client
    assert running.client.status()["failures"] == []


@pytest.fixture
def token(services: ServicesClient) -> str:
    """A valid access token."""
    form = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    answer = requests.post(TOKEN_URL, data={"grant_type": "client_credentials", **form}, timeout=10)
    return str(answer.json()["access_token"])


@pytest.fixture
def session(token: str) -> Iterator[requests.Session]:
    """A session that is authorized."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        yield session


@pytest.fixture
def fs(services: ServicesClient) -> s3fs.S3FileSystem:
    """The object storage, with the credentials of the environment."""
    return s3fs.S3FileSystem(endpoint_url=os.environ["AWS_ENDPOINT_URL"])


@pytest.fixture(scope="module")
def attacked() -> Iterator[Hosted]:
    """Services in a process of their own that the tests of a module share."""
    with closing(Hosted(uploads=50 * MEGABYTE)) as hosted:
        yield hosted


@pytest.fixture
def hosted(attacked: Hosted) -> Iterator[Hosted]:
    """After each attack: honest clients are served, nothing is stuck, nothing has failed."""
    attacked.serve_the_honest()
    before = attacked.report()
    yield attacked
    attacked.serve_the_honest()
    assert until(lambda: bool(attacked.report()["threads"] <= before["threads"] + 2))
    after = attacked.report()
    assert after["settled"]
    assert after["failures"] == before["failures"]
    assert after["peak"] - before["peak"] < 150 * MEGABYTE
