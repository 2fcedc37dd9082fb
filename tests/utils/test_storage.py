"""What `get_file_system` promises, against a server that refuses as S3 does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import s3fs

from tests.utils.conftest import Answer, Server
from utils import get_file_system
from utils.errors import CourseError

SECRETS = {
    "AWS_ACCESS_KEY_ID": "learner-key",
    "AWS_SECRET_ACCESS_KEY": "learner-secret",
    "AWS_SESSION_TOKEN": "learner-token",
}

OPERATIONS: dict[str, Callable[[s3fs.S3FileSystem, str], object]] = {
    "put": lambda fs, image: fs.put(image, "s3://their-bucket/sentinel2/bulgaria_rgb.tif"),
    "ls": lambda fs, _: fs.ls("their-bucket/sentinel2"),
    "write": lambda fs, _: fs.pipe_file("their-bucket/sentinel2/note.txt", b"text"),
}


def s3_error(code: str, status: int) -> Answer:
    body = f"<Error><Code>{code}</Code><Message>from the server</Message></Error>"
    return Answer(body.encode(), status, {"Content-Type": "application/xml"})


@pytest.fixture(autouse=True)
def storage(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The environment of the SSP Cloud, with `server` in the place of its storage."""
    for name in ("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_S3_ENDPOINT", server.url)
    monkeypatch.setenv("AWS_WORKING_DIRECTORY_PATH", "my-bucket/work")
    return server


@pytest.fixture
def image(tmp_path: Path) -> str:
    path = tmp_path / "bulgaria_rgb.tif"
    path.write_bytes(b"II*\0")
    return str(path)


class TestReadingTheEnvironment:
    def test_every_credential_reaches_s3fs(self, server: Server) -> None:
        fs = get_file_system()
        assert isinstance(fs, s3fs.S3FileSystem)
        assert (fs.key, fs.secret, fs.token) == tuple(SECRETS.values())
        assert fs.endpoint_url == server.url

    @pytest.mark.parametrize("value", ["minio.lab.sspcloud.fr", "https://minio.lab.sspcloud.fr"])
    @pytest.mark.parametrize("name", ["AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL"])
    def test_the_endpoint_may_be_a_host_or_a_url(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.delenv("AWS_S3_ENDPOINT")
        monkeypatch.setenv(name, value)
        assert get_file_system().endpoint_url == "https://minio.lab.sspcloud.fr"

    @pytest.mark.parametrize(
        "name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_S3_ENDPOINT"]
    )
    def test_a_missing_variable_is_named(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.delenv(name)
        with pytest.raises(CourseError, match=f"{name} is missing.*restart your service"):
            get_file_system()

    @pytest.mark.parametrize("name", [*SECRETS, "AWS_S3_ENDPOINT"])
    @pytest.mark.parametrize("value", ["", " "])
    def test_an_empty_variable_is_named(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(CourseError, match=f"{name} is empty.*first cell"):
            get_file_system()

    def test_lasting_credentials_have_no_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("AWS_SESSION_TOKEN")
        assert get_file_system().token is None

    def test_renewed_credentials_count_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        get_file_system()
        monkeypatch.setenv("AWS_SESSION_TOKEN", "renewed")
        assert get_file_system().token == "renewed"

    def test_messages_show_no_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_SESSION_TOKEN", "")
        with pytest.raises(CourseError) as caught:
            get_file_system()
        assert "learner-" not in str(caught.value)


class TestRefusals:
    @pytest.mark.parametrize(
        ("code", "status", "kind", "word"),
        [
            ("ExpiredToken", 400, PermissionError, "has expired .AWS_SESSION_TOKEN.*My account"),
            ("InvalidTokenId", 403, PermissionError, "has expired .AWS_SESSION_TOKEN"),
            ("InvalidAccessKeyId", 403, PermissionError, "AWS_ACCESS_KEY_ID.*restart your service"),
            ("SignatureDoesNotMatch", 403, PermissionError, "AWS_SECRET_ACCESS_KEY"),
            ("AccessDenied", 403, PermissionError, "bucket 'their-bucket'.*own.*'my-bucket'"),
            ("NoSuchBucket", 404, FileNotFoundError, "bucket 'their-bucket'.*own.*'my-bucket'"),
        ],
    )
    @pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
    def test_a_refusal_names_the_cure(
        self,
        server: Server,
        image: str,
        code: str,
        status: int,
        kind: type[Exception],
        word: str,
        operation: Callable[[s3fs.S3FileSystem, str], object],
    ) -> None:
        server.answers = [s3_error(code, status)]
        fs = get_file_system()
        with pytest.raises(CourseError, match=word) as caught:
            operation(fs, image)
        assert isinstance(caught.value, kind)
        assert "learner-" not in str(caught.value)

    def test_a_missing_file_is_an_ordinary_error(self, server: Server) -> None:
        server.answers = [s3_error("NoSuchKey", 404)]
        with pytest.raises(FileNotFoundError) as caught:
            get_file_system().cat_file("my-bucket/nothing.tif")
        assert not isinstance(caught.value, CourseError)

    def test_a_storage_that_does_not_answer(
        self, monkeypatch: pytest.MonkeyPatch, image: str
    ) -> None:
        monkeypatch.setenv("AWS_S3_ENDPOINT", "http://127.0.0.1:1")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        with pytest.raises(CourseError, match=r"http://127\.0\.0\.1:1.*first cell"):
            get_file_system().put(image, "my-bucket/bulgaria_rgb.tif")


class TestWithoutCredentials:
    @pytest.fixture(autouse=True)
    def anonymous(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in SECRETS:
            monkeypatch.delenv(name)

    def test_public_objects_can_be_read(self, server: Server) -> None:
        server.answers = [Answer(b"II*\0", headers={"Content-Type": "image/tiff", "ETag": "tag"})]
        assert get_file_system().cat_file("public/patch.tif") == b"II*\0"

    def test_the_storage_is_that_of_the_ssp_cloud(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("AWS_S3_ENDPOINT")
        assert get_file_system().endpoint_url == "https://minio.lab.sspcloud.fr"

    def test_writing_names_what_is_missing(self, server: Server, image: str) -> None:
        server.answers = [s3_error("NoSuchKey", 404)]
        with pytest.raises(
            PermissionError, match="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"
        ) as caught:
            get_file_system().put(image, "my-bucket/bulgaria_rgb.tif")
        assert isinstance(caught.value, CourseError)
        assert "PUT" not in server.methods

    def test_reading_what_is_not_public_names_what_is_missing(self, server: Server) -> None:
        server.answers = [s3_error("AccessDenied", 403)]
        with pytest.raises(CourseError, match=r"'private' is not public.*AWS_ACCESS_KEY_ID"):
            get_file_system().cat_file("private/patch.tif")


def test_importing_utils_loads_none_of_the_large_libraries() -> None:
    program = (
        "import sys, utils;"
        "print([name for name in ('s3fs', 'rasterio', 'requests', 'numpy') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"
