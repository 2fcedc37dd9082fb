"""Which hosts are live, and the answers of their real services."""

from collections.abc import Collection

from autograder.services.http.request_response import Request, Response
from autograder.services.passing_on.internet import Internet
from autograder.services.passing_on.own_client import OwnClient
from autograder.services.passing_on.pass_on import PassOn
from autograder.surroundings.outside import Outside
from utils.reference import S3_HOST, TOKEN_URL


class Live:
    """Requests to some hosts, passed on to the real services.

    Args:
        hosts: Names of the hosts, with ``:port`` where that is not 443.
        outside: How this machine reaches them.
        demonstration: Id and secret of the client that the notebooks name.
    """

    def __init__(
        self, hosts: Collection[str], outside: Outside, demonstration: tuple[str, str]
    ) -> None:
        self.hosts = frozenset(hosts)
        self.outside = outside
        self._storage = {S3_HOST, outside.storage_host}
        own = OwnClient(TOKEN_URL, demonstration, outside.client)
        self._pass_on = PassOn(Internet(outside), own)

    def answer(self, request: Request) -> Response:
        """The real service's answer; see `PassOn.answer`."""
        return self._pass_on.answer(request, storage=request.parts.netloc in self._storage)
