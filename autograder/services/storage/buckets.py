"""The buckets as they lie on disk: a folder each, with objects as plain files in it."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from autograder.careful_files import open_regular
from utils.reference import PROJECT_BUCKET

LEARNER_BUCKET = "my-bucket"
BUCKETS = (LEARNER_BUCKET, PROJECT_BUCKET)
"""Names of the buckets; there are no others."""

_UNFINISHED = ".rclone_temp_"
"""How rclone begins the names of files whose upload is under way."""


class Buckets:
    """The buckets of one session. No symbolic link in them is followed.

    Args:
        folder: Folder that holds them; made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.make()

    def clear(self) -> None:
        """Remove every object."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.make()

    def objects(self) -> list[dict[str, Any]]:
        """Every object: ``path`` (with bucket), ``size`` (bytes), ``sha256``, ``modified``."""
        found = []
        for path, file in self._files():
            with file:
                status = os.fstat(file.fileno())
                found.append(
                    {
                        "path": path,
                        "size": status.st_size,
                        "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
                        "modified": status.st_mtime,
                    }
                )
        return sorted(found, key=lambda item: str(item["path"]))

    def read_object(self, path: str, limit: int | None = None) -> bytes:
        """The bytes of the object at ``bucket/key``.

        Args:
            path: Bucket and key; it is looked up in the listing, never opened as a path.
            limit: Most bytes to read; None for any size.

        Raises:
            KeyError: There is no such object.
            OSError: It is larger than `limit`.
        """
        for name, file in self._files():
            with file:
                if name != path:
                    continue
                content = file.read(-1 if limit is None else limit + 1)
                if limit is not None and len(content) > limit:
                    raise OSError(errno.EFBIG, f"the object is larger than {limit} bytes", path)
                return content
        raise KeyError(path)

    def largest_object(self) -> int:
        """Bytes of the largest object; 0 where there is none."""
        sizes = [0]
        for _, file in self._files():
            with file:
                sizes.append(os.fstat(file.fileno()).st_size)
        return max(sizes)

    def make(self) -> None:
        """Make the folders of the buckets, where they are not there."""
        for name in BUCKETS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def _files(self) -> Iterator[tuple[str, BufferedReader]]:
        """Name and open file of every regular file; the caller closes it."""
        waiting = [""]
        while waiting:  # one after the other: they may lie deep in one another
            below = waiting.pop()
            try:
                place = os.open(self.folder / below, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            except OSError:  # removed meanwhile
                continue
            try:
                with os.scandir(place) as entries:
                    found = [(e.name, e.is_dir(follow_symlinks=False)) for e in entries]
                waiting += [f"{below}{name}/" for name, is_folder in found if is_folder]
                for name, is_folder in found:
                    if is_folder or name.startswith(_UNFINISHED):
                        continue
                    try:
                        file = open_regular(name, folder=place)
                    except OSError:  # removed meanwhile, or no plain file
                        continue
                    yield f"{below}{name}", file
            finally:
                os.close(place)
