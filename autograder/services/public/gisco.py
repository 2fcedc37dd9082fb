"""The NUTS outlines of GISCO, Eurostat's geographical service."""

from autograder.patches import World
from autograder.services.cache import kept
from autograder.services.http.request_response import Request, Response, text_response
from autograder.services.http.static_files import ServedFile
from utils.reference import NUTS_URL


class Gisco:
    """Serves the one file that the course reads."""

    def __init__(self, world: World) -> None:
        self._outlines = kept(
            world.nuts, "", lambda: ServedFile(world.nuts.read_bytes(), "application/geo+json")
        )

    def answer(self, request: Request) -> Response:
        """Answer a request to the GISCO host."""
        if request.method not in {"GET", "HEAD"}:
            return text_response(405, "Method Not Allowed")
        if request.url.partition("?")[0] != NUTS_URL:
            return text_response(404, f"Not Found: offline only {NUTS_URL} is served")
        return self._outlines.answer(request)
