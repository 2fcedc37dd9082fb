"""No address leads to a file that is not served, and no answer tells where files are."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from autograder.patches import PRACTICE
from tests.services.hosted import Hosted
from utils.reference import (
    CATALOG_URL,
    LABEL_URL,
    NUTS_URL,
    PRACTICE_PATCH_URL,
    PROCESS_URL,
    S3_HOST,
    TOKEN_URL,
)

SERVED = (TOKEN_URL, CATALOG_URL, PROCESS_URL, NUTS_URL, PRACTICE_PATCH_URL, LABEL_URL)
HOSTS = sorted({urlsplit(url).netloc for url in SERVED})
WANTED = (
    "world.json",
    "expectations/exercise-03.json",
    "labels/2021/3649890_2331750_0_937.tif",
    "authorities.pem",
    "rclone.log",
    "course/status",
)
STEPS = ("", "../", "../../../", "%2e%2e/", "..%2f..%2f", "..;/", "....//", "%252e%252e/", "\\")


def places() -> list[str]:
    """The folders of which parts may stand before a wanted file."""
    folders = {urlsplit(url).path.rpartition("/")[0] + "/" for url in SERVED}
    return ["/", *sorted(folders), quote(f"{PRACTICE}/"), f"/file://{PRACTICE}/"]


@pytest.mark.parametrize("host", HOSTS)
def test_no_path_leads_to_the_world_s_files(hosted: Hosted, host: str) -> None:
    token = hosted.token()
    for wanted in WANTED:
        for folder in places():
            for step in STEPS:
                address = f"https://{host}{folder}{step}{wanted}"
                answer = hosted.ask("GET", address, headers=token)
                error = answer.status >= 400 or '"error"' in answer.text
                assert error, address


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_the_control_endpoints_are_nowhere(hosted: Hosted, method: str) -> None:
    for name in ("status", "journal", "objects", "object/my-bucket/honest", "reset"):
        for host in HOSTS:
            answer = hosted.ask(method, f"https://{host}/course/{name}")
            assert answer.status >= 400
        for target in (f"/course/{name}", f"http://{hosted.address[0]}/course/{name}"):
            with hosted.plain() as connection:
                request = f"{method} {target} HTTP/1.0\r\nHost: localhost:{hosted.address[1]}\r\n"
                connection.sendall(f"{request}\r\n".encode())
                answer_text = connection.recv(10_000).decode()
            assert answer_text.split()[1] in {"400", "502"}
            assert hosted.report()["folder"] not in answer_text
    assert hosted.report()["requests"] > 0


def test_no_answer_names_a_folder_or_the_software(hosted: Hosted) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "X"):
        for url in (*SERVED, f"https://{S3_HOST}/", f"https://{S3_HOST}/my-bucket"):
            answer = hosted.ask(method, url, b"{}")
            told = f"{answer.headers}{answer.text if len(answer.content) < 100_000 else ''}"
            for secret in (hosted.report()["folder"], str(Path.home()), "Traceback", "Python"):
                assert secret not in told, url
