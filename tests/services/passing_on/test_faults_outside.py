"""However the real services fail, the gate answers in time, in their words or in ours."""

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests
from urllib3 import Timeout

from autograder.services import Services
from autograder.services.passing_on import internet, pass_on
from autograder.services.proxy.faults import KINDS
from tests.services.passing_on.conftest import Gate
from utils.reference import LABEL_URL

URL = LABEL_URL.format(year=2018)
BOX = {"bbox": "3649890,2331750,3652390,2334250", "bboxSR": "3035", "imageSR": "3035"}
BOX |= {"size": "250,250", "format": "tiff", "pixelType": "U8", "f": "image"}

STATUS = {
    "no-name": 502,
    "refused": 502,
    "untrusted": 502,
    "reset": 502,
    "silent": 504,
    "web-page": 200,
    "error-in-200": 200,
    "expired": 401,
}
"""Of the others it is the status itself, or no whole answer."""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience of half a second, where users have minutes."""
    monkeypatch.setattr(internet, "TIMEOUT", Timeout(connect=5.0, read=0.5))
    monkeypatch.setattr(pass_on, "PATIENCE", 0.5)


@pytest.fixture
def new_gate(running: Services) -> Iterator[Gate]:
    """A gate that keeps no connection yet; when all is mended, it answers as ever."""
    with closing(Gate([urlsplit(URL).netloc], running.environment)) as gate:
        yield gate
        running.client.mend()
        with gate.client() as client:
            assert client.get(URL, params=BOX, timeout=30).content.startswith(b"II")
        assert list(gate.session.failures) == []


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_fault_outside_is_passed_on_or_named_in_time(
    kind: str, running: Services, new_gate: Gate
) -> None:
    running.client.fail(kind, URL)
    with new_gate.client() as client:
        if kind in ("drip", "cut-off"):
            with pytest.raises(requests.exceptions.ChunkedEncodingError):
                client.get(URL, params=BOX, timeout=30)
        else:
            answer = client.get(URL, params=BOX, timeout=30)
            assert answer.status_code == (STATUS.get(kind) or int(kind))
            named = urlsplit(URL).netloc in answer.text
            assert named == (answer.status_code in (502, 504))
    [entry] = new_gate.session.journal.requests()
    assert entry["url"].startswith(URL)
