"""Looks whether the real services answer, and accept the learner's credentials."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from urllib3.exceptions import HTTPError

from autograder.services.passing_on.internet import Internet, UnknownProxyError
from autograder.surroundings.outside import Outside
from utils.reference import (
    CATALOG_URL,
    GEOCODER_URL,
    KEY,
    LABEL_URL,
    LABEL_YEARS,
    NUTS_URL,
    PIXEL_SIZE,
    PRACTICE_PATCH_URL,
    S3_HOST,
    SECRET,
    TOKEN,
    TOKEN_URL,
)

LIMIT = 2.0
"""Seconds in which all of them must have answered."""

SILENT = "no answer within 2 seconds"

_CODE = re.compile(rb"<Code>(\w+)</Code>")


@dataclass(frozen=True)
class Part:
    """Services that are real or offline together.

    Attributes:
        name: What learners are told.
        hosts: Their hosts.
        problem: Asks them; what is wrong with them, in words, or nothing.
    """

    name: str
    hosts: Callable[[Outside], list[str]]
    problem: Callable[[Internet, Outside], str]


def problems(outside: Outside) -> dict[str, str]:
    """What is wrong with each of `PARTS` by its name; nothing where it is in order."""
    internet = Internet(outside)
    found = {part.name: SILENT for part in PARTS}
    asking = [
        threading.Thread(target=_ask, args=(part, internet, outside, found), daemon=True)
        for part in PARTS
    ]
    for thread in asking:
        thread.start()
    until = time.monotonic() + LIMIT
    for thread in asking:
        thread.join(max(0.0, until - time.monotonic()))
    return dict(found)


def _ask(part: Part, internet: Internet, outside: Outside, found: dict[str, str]) -> None:
    try:
        found[part.name] = part.problem(internet, outside)
    except (HTTPError, UnknownProxyError, OSError, ValueError):
        found[part.name] = "it cannot be reached"


def _said(status: int) -> str:
    return "" if status < 300 else f"it answers with status {status}"


def _images(internet: Internet, outside: Outside) -> str:
    """A token for the learner's own client opens the catalogue."""
    if outside.client is None:
        return "CDSE_CLIENT_ID and CDSE_CLIENT_SECRET are not set"
    form = {"grant_type": "client_credentials"}
    form |= dict(zip(("client_id", "client_secret"), outside.client, strict=True))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    status, content = internet.probe("POST", TOKEN_URL, headers, urlencode(form).encode())
    if status in {400, 401}:
        return "it does not know the client of CDSE_CLIENT_ID and CDSE_CLIENT_SECRET"
    if status >= 300:
        return _said(status)
    headers = {
        "Authorization": f"Bearer {json.loads(content)['access_token']}",
        "Content-Type": "application/json",
    }
    search = {
        "collections": ["sentinel-2-l2a"],
        "datetime": "2021-06-01T00:00:00Z/2021-06-02T00:00:00Z",
        "bbox": [23.0, 42.0, 23.1, 42.1],
        "limit": 1,
    }
    return _said(internet.probe("POST", CATALOG_URL, headers, json.dumps(search).encode())[0])


def _storage(internet: Internet, outside: Outside) -> str:
    """The learner's credentials open their bucket, and the patches can be read."""
    if not outside.storage:
        return f"{KEY} and {SECRET} are not set"
    if not outside.storage_host:
        return "the address of the storage does not begin with https"
    bucket = outside.storage.get("AWS_WORKING_DIRECTORY_PATH", "").partition("/")[0]
    url = f"https://{outside.storage_host}/{bucket}?list-type=2&max-keys=1"
    status, content = internet.probe("GET", url, _signed(url, outside))
    code = _CODE.search(content)
    if status in {400, 401, 403} and (code is None or code[1] != b"AccessDenied"):
        named = f" ({code[1].decode()})" if code else ""
        return f"your access has expired or is not valid{named}"
    if status >= 500:
        return _said(status)
    return _image(PRACTICE_PATCH_URL, internet)


def _image(url: str, internet: Internet) -> str:
    """Whether a TIFF is at `url`: some services refuse with status 200."""
    status, content = internet.probe("GET", url, {"Range": "bytes=0-3"})
    return _said(status) or ("" if content[:2] in (b"II", b"MM") else "what it sends is no image")


def _outlines(internet: Internet, _: Outside) -> str:
    return _said(internet.probe("GET", NUTS_URL, {"Range": "bytes=0-3"})[0])


def _labels(internet: Internet, _: Outside) -> str:
    """One pixel can be had."""
    from utils.labels import export_parameters

    west, south = 3649890, 2331750
    pixel = export_parameters((west, south, west + PIXEL_SIZE, south + PIXEL_SIZE))
    return _image(f"{LABEL_URL.format(year=LABEL_YEARS[0])}?{urlencode(pixel)}", internet)


def _signed(url: str, outside: Outside) -> dict[str, str]:
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    own = outside.storage
    request = AWSRequest("GET", url, headers={"Host": urlsplit(url).netloc})
    region = own.get("AWS_DEFAULT_REGION", "us-east-1")
    S3SigV4Auth(Credentials(own[KEY], own[SECRET], own.get(TOKEN)), "s3", region).add_auth(request)
    return dict(request.headers.items())


def _hosts(*urls: str) -> Callable[[Outside], list[str]]:
    return lambda _: [urlsplit(url).netloc for url in urls]


PARTS = (
    Part("catalogue and images", _hosts(TOKEN_URL, CATALOG_URL), _images),
    Part(
        "patches and storage",
        lambda outside: list(filter(None, (S3_HOST, outside.storage_host))),
        _storage,
    ),
    Part("outlines", _hosts(NUTS_URL, GEOCODER_URL), _outlines),  # and places that lie in them
    Part("labels", _hosts(LABEL_URL), _labels),
)
"""All services of the course."""
