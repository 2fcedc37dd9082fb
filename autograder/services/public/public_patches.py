"""The public patches, as an object store serves them without credentials."""

from autograder.patches import World
from autograder.services.cache import kept
from autograder.services.http.request_response import Request, Response
from autograder.services.http.static_files import ServedFile
from utils.reference import PATCH_KEY, PROJECT_BUCKET, S3_HOST


class PublicObjects:
    """The patches of a world under their URLs. Decoded once, then kept in memory (7 MB each)."""

    prefix = PATCH_KEY.partition("{")[0]
    """Keys of patches begin with it."""

    def __init__(self, world: World) -> None:
        self._world = world
        root = f"https://{S3_HOST}/{PROJECT_BUCKET}/"
        self._urls = {url.removeprefix(root): url for url in world.patches if url.startswith(root)}

    def answer(self, request: Request) -> Response | None:
        """The patch or the range of it that is asked for; None if there is no such patch."""
        url = f"https://{S3_HOST}{request.path}"
        if url not in self._world.patches or request.method not in {"GET", "HEAD"}:
            return None
        return self._file(url).answer(request)

    def sizes(self) -> dict[str, int]:
        """Size in bytes of each patch by its key in the project's bucket."""
        return {key: len(self._file(url).content) for key, url in self._urls.items()}

    def _file(self, url: str) -> ServedFile:
        world = self._world
        return kept(
            world.patches[url], url, lambda: ServedFile(world.patch_bytes(url), "image/tiff")
        )
