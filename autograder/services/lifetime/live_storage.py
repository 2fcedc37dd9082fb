"""What checks see of a real storage: it is read back with the learner's own credentials."""

import hashlib
from typing import Any
from urllib.parse import unquote, urlsplit

from autograder.services.lifetime.client import ServicesClient
from utils.errors import CourseError
from utils.reference import S3_HOST
from utils.storage import endpoint, get_file_system

LATEST = 20
"""Objects that are looked at: those that were written last."""

LARGEST = 50_000_000
"""Bytes of an object that is read; of a larger one, only its size is known."""


class LiveStorageClient(ServicesClient):
    """A client of services whose storage is real.

    Objects are those that the journal's requests have written, as they lie in the bucket now. The
    gate itself knows no credentials.
    """

    def objects(self) -> list[dict[str, Any]]:
        """The objects that were written through the gate; see `Buckets.objects`.

        Raises:
            CourseError: The storage does not answer, or the credentials are no longer valid.
        """
        fs = get_file_system()
        found = []
        for path in self._written():
            try:
                info = fs.info(path, refresh=True)
            except CourseError as error:
                if isinstance(error, FileNotFoundError):
                    continue
                raise
            except OSError:  # removed meanwhile
                continue
            content = fs.cat_file(path) if info["size"] <= LARGEST else b""
            found.append(
                {
                    "path": path,
                    "size": info["size"],
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "modified": info["LastModified"].timestamp(),
                }
            )
        return sorted(found, key=lambda item: str(item["path"]))

    def read_object(self, path: str) -> bytes:
        """The bytes of the object at ``bucket/key``.

        Raises:
            KeyError: There is no such object.
        """
        try:
            return bytes(get_file_system().cat_file(path))
        except FileNotFoundError:
            raise KeyError(path) from None

    def _written(self) -> list[str]:
        """``bucket/key`` of what was written last, the latest first."""
        hosts = {S3_HOST, urlsplit(endpoint()).netloc}
        paths = [
            unquote(urlsplit(entry["url"]).path).lstrip("/")
            for entry in reversed(self.requests())
            if entry["method"] in {"PUT", "POST"}
            and entry["response"]["status"] == 200
            and urlsplit(entry["url"]).netloc in hosts
        ]
        return [path for path in dict.fromkeys(paths) if path.partition("/")[2]][:LATEST]
