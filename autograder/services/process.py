"""The Process API of Sentinel Hub."""

from autograder.patches import World
from autograder.services.messages import Request, Response, json_response
from autograder.services.token import Tokens


class Process:
    """Renders images."""

    def __init__(self, world: World, tokens: Tokens) -> None:
        self._world = world
        self._tokens = tokens

    def answer(self, request: Request) -> Response:
        """Answer a request to the process address."""
        return json_response(501, {"error": {"status": 501}})
