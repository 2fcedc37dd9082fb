"""No secret is in journal, status, logs, temporary folders, cards or outputs, whatever was done.

Each place where a secret may be put holds a canary; in the end all that is left is searched.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from autograder.services import Services, ServicesClient
from autograder.services.sentinelhub.token import CLIENT_ID
from tests.checks.notebook_stand_in import START, lab_kernel
from tests.services.passing_on.outside_world import CompanyProxy

CANARIES = {
    "CDSE_CLIENT_SECRET": "canary-Client+secret/0123456789",
    "AWS_ACCESS_KEY_ID": "CANARYKEY00123456789",
    "AWS_SECRET_ACCESS_KEY": "canary-aws-secret-0123456789",
    "AWS_SESSION_TOKEN": "canary-session-token-0123456789",
    "VAULT_TOKEN": "hvs.canary0123456789canary0123",
    "proxy": "canary-proxy-password-0123456789",
}

TALK = '''
import requests, os, io
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session
from utils import get_file_system
from utils.reference import *
secret, vault = os.environ["CDSE_CLIENT_SECRET"], os.environ["VAULT_TOKEN"]
said = []
def attempt(call):
    try:
        answer = call()
        said.append(str(getattr(answer, "text", ""))[:300])
        return answer
    except Exception as error:
        said.append(f"{type(error).__name__}: {error}")
for given in ("course-secret", secret):
    own = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
    attempt(lambda: own.fetch_token(TOKEN_URL, client_secret=given, include_client_id=True))
    attempt(lambda: own.fetch_token(TOKEN_URL, client_secret=given))
for url in (CATALOG_URL, NUTS_URL, PROCESS_URL):
    attempt(lambda: requests.get(url, params={"key": secret, "client_secret": secret}))
    attempt(lambda: requests.post(url, json={"x": {"access_token": secret}, "y": secret}))
    attempt(lambda: requests.post(url, data=secret, headers={"X-Key": secret}))
    attempt(lambda: requests.get(url, headers={"Authorization": f"Bearer {vault}"}))
    attempt(lambda: requests.get(url, params={"again": vault}, cookies={"a": secret}))
fs = get_file_system()
attempt(lambda: fs.pipe_file("my-bucket/canary.txt", secret.encode()))
attempt(lambda: fs.ls("my-bucket"))
attempt(lambda: requests.get(fs.sign("my-bucket/canary.txt")))
"\\n".join(said)
'''  # fmt: skip


@pytest.fixture
def outside(running: Services) -> Iterator[CompanyProxy]:
    """A company's proxy with a password, which leads to the second instance."""
    port = int(running.environment["https_proxy"].rpartition(":")[2])
    proxy = CompanyProxy({}, f"anna:{CANARIES['proxy']}")
    proxy.onward = port
    yield proxy
    proxy.close()


def test_no_canary_is_found_anywhere(
    running: Services, outside: CompanyProxy, tmp_path: Path
) -> None:
    running.client.reset()
    (tmp_path / "temporary").mkdir()
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path / "temporary"),
        **{name: text for name, text in running.environment.items() if "PROXY" not in name.upper()},
        **{name: text for name, text in CANARIES.items() if name != "proxy"},
        "CDSE_CLIENT_ID": CLIENT_ID,
        "HTTPS_PROXY": outside.url,
        "COURSE_SERVICES": "live",
    }
    for name in ("COURSE_CONTROL", "COURSE_WORLD"):
        variables.pop(name)
    shown = []
    with lab_kernel(variables, tmp_path) as run:
        shown.append(run(START, "given-1"))
        shown.append(said := run(TALK, "exercise-1"))
        shown.append(run("str(check(1))", "check-1"))
        typed = 'client_secret = "q8Zt0LmXw2Rk7VbYp3Ns9Hd5Jc1Gf6Ta"\nstr(check(1))'
        shown.append(card := run(typed, "exercise-1"))
        address = run("os.environ['COURSE_CONTROL']", "own-1").strip("'")
        client = ServicesClient(address)
        journal = client.requests()
        shown += [json.dumps(journal), json.dumps(client.status())]
        left = [path for path in (tmp_path / "temporary").rglob("*") if path.is_file()]
        kept = "".join(path.read_text(errors="replace") for path in left)
    assert len(journal) > 20
    assert outside.asked
    assert "Invalid client" in said  # it has reached the second instance
    assert "a client secret" in card
    assert "q8Zt0LmXw2Rk7VbYp3Ns9Hd5Jc1Gf6Ta" not in card
    everything = "\n".join([*shown, kept])
    for secret in CANARIES.values():
        for form in (secret, quote(secret, safe=""), secret.replace("+", "%2B")):
            assert form not in everything, re.findall(f".{{80}}{re.escape(form)}", everything)[:3]
    assert not re.search(r"Signature=[0-9a-f]{20}", everything)
