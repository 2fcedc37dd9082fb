"""The public patches, as an object store serves them without credentials."""

import functools
import threading
from urllib.parse import urlsplit

from autograder.patches import World
from autograder.services.files import file_response
from autograder.services.messages import Request, Response
from utils.reference import PATCH_KEY, PROJECT_BUCKET, S3_HOST


class PublicObjects:
    """The patches of a world under their URLs. Decoded once, then held in memory (7 MB each)."""

    prefix = PATCH_KEY.partition("{")[0]
    """Keys of patches begin with it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._content = functools.cache(world.patch_bytes)
        root = f"https://{S3_HOST}/{PROJECT_BUCKET}/"
        self._urls = {url.removeprefix(root): url for url in world.patches if url.startswith(root)}

    def answer(self, request: Request) -> Response | None:
        """The patch or the range of it that is asked for; None if there is no such patch."""
        url = f"https://{S3_HOST}{request.path}"
        if url not in self._world.patches or request.method not in {"GET", "HEAD"}:
            return None
        return file_response(request, self._read(url), "image/tiff")

    def sizes(self) -> dict[str, int]:
        """Size in bytes of each patch by its key in the project's bucket."""
        return {key: len(self._read(url)) for key, url in self._urls.items()}

    def _read(self, url: str) -> bytes:
        with self._lock:  # decode once, also when several threads ask at the same time
            return self._content(urlsplit(url)._replace(query="").geturl())
