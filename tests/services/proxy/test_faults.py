"""Under each fault of a service, what `utils` has for it succeeds, or says in time what to do."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from autograder.services import ServicesClient
from autograder.services.proxy.faults import KINDS
from utils import (
    download,
    download_clcpluslabel,
    find_place,
    get_file_system,
    places,
    read_index,
    regions_with_images,
    s3,
)
from utils.errors import CourseError
from utils.reference import GEOCODER_URL, LABEL_URL, S3_HOST

BOX = [3649890, 2331750, 3649990, 2331850]
STORAGE = f"https://{S3_HOST}"
BEFORE = b"an earlier file"


class Use(NamedTuple):
    """One use of a service: where, how, and what is there if it succeeds."""

    url: str
    use: Callable[[Path], object]
    there: Callable[[Path], bool]
    harmless: tuple[str, ...] = ()


def put(folder: Path) -> None:
    (folder / "image").write_bytes(b"image")
    get_file_system().put(str(folder / "image"), f"{bucket()}/image")


def bucket() -> str:
    return os.environ["AWS_WORKING_DIRECTORY_PATH"].split("/")[0]


def cat(folder: Path) -> None:
    (folder / "read").write_bytes(get_file_system().cat(f"{bucket()}/kept"))


def get(folder: Path) -> None:
    get_file_system().get(f"{bucket()}/kept", str(folder / "got"))


USES = {
    "label": Use(
        LABEL_URL.format(year=2018),
        lambda folder: download_clcpluslabel(folder / "label.tif", BOX, 2018),
        lambda folder: (folder / "label.tif").read_bytes().startswith(b"II*"),
    ),
    "place": Use(GEOCODER_URL, lambda _: find_place("Albi"), lambda _: True),
    "index": Use(STORAGE, lambda _: read_index("LU000", 2018), lambda _: True),
    "regions": Use(STORAGE, lambda _: regions_with_images(2018), lambda _: True, ("drip",)),
    "put": Use(STORAGE, put, lambda _: True, ("drip",)),
    "cat": Use(STORAGE, cat, lambda folder: (folder / "read").read_bytes() == b"kept", ("drip",)),
    "get": Use(STORAGE, get, lambda folder: (folder / "got").read_bytes() == b"kept", ("drip",)),
}


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience of a second, where users have minutes; and places that nobody has asked for."""
    monkeypatch.setattr(places, "_known", {})
    monkeypatch.setattr(download, "WAITS", (0.01, 0.01))
    monkeypatch.setattr(download, "TIMEOUT", (1.0, 0.5))
    monkeypatch.setattr(download, "PATIENCE", 0.5)
    monkeypatch.setattr(
        s3, "PATIENCE", s3.PATIENCE | {"read_timeout": 0.5, "retries": {"max_attempts": 1}}
    )


@pytest.fixture
def failing(services: ServicesClient) -> Iterator[Callable[..., None]]:
    get_file_system().pipe(f"{bucket()}/kept", b"kept")
    yield services.fail
    services.reset()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("name", USES)
def test_a_fault_is_told_in_time_with_what_to_do(
    name: str, kind: str, failing: Callable[..., None], tmp_path: Path
) -> None:
    url, use, there, harmless = USES[name]
    (tmp_path / "label.tif").write_bytes(BEFORE)
    failing(kind, url)
    if kind in harmless:
        use(tmp_path)
        assert there(tmp_path)
        return
    with pytest.raises((CourseError, FileNotFoundError)) as caught:
        use(tmp_path)
    said = str(caught.value)
    assert isinstance(caught.value, CourseError) or kind == "404"
    assert urlsplit(url).netloc in said or "service" in said or "storage" in said or kind == "404"
    secrets = [os.environ[key] for key in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
    assert not [secret for secret in secrets if secret in said]
    assert (tmp_path / "label.tif").read_bytes() == BEFORE
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", ["429", "503", "reset", "cut-off", "silent"])
@pytest.mark.parametrize("name", ["label", "put", "cat"])
def test_a_fault_that_passes_is_waited_for(
    name: str, kind: str, failing: Callable[..., None], tmp_path: Path
) -> None:
    url, use, there, _ = USES[name]
    failing(kind, url, times=1)
    use(tmp_path)
    assert there(tmp_path)


def test_only_the_host_that_was_named_fails_and_only_as_often(failing: Callable[..., None]) -> None:
    failing("403", STORAGE, times=1)
    with pytest.raises(PermissionError):
        get_file_system().cat(f"{bucket()}/kept")
    assert get_file_system().cat(f"{bucket()}/kept") == b"kept"
    failing("403", LABEL_URL)
    assert get_file_system().cat(f"{bucket()}/kept") == b"kept"


def test_a_reset_ends_all_faults(services: ServicesClient, tmp_path: Path) -> None:
    services.fail("refused")
    services.fail("503")
    services.reset()
    download_clcpluslabel(tmp_path / "label.tif", BOX, 2018)


def test_an_unknown_fault_is_refused(services: ServicesClient) -> None:
    with pytest.raises(CourseError, match=r"one of .*cut-off"):
        services.fail("explode")
