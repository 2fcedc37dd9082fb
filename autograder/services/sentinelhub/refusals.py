"""How the services of the Copernicus Data Space refuse a request, each in its own json."""

from http.client import responses
from typing import Any

from autograder.services.http.request_response import RequestRefused, Response, json_response

BAD_PAYLOAD = "COMMON_BAD_PAYLOAD"
"""The Process API's name for a request that has a wrong field."""


class TokenRefused(RequestRefused):
    """No token is issued.

    Args:
        error: OAuth's name for the kind of error.
        description: What is wrong.
        status: HTTP status.
    """

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description, status)
        self._error = error

    def response(self) -> Response:
        """The error in OAuth's form."""
        content = {"error": self._error, "error_description": str(self)}
        return json_response(self.status, content)


class CatalogRefused(RequestRefused):
    """A search that the Catalog API does not answer."""

    def response(self) -> Response:
        """The error in the catalogue's form."""
        return json_response(self.status, {"code": self.status, "description": str(self)})


class ProcessRefused(RequestRefused):
    """A request for an image that the Process API does not answer.

    Args:
        message: What is wrong.
        parameter: Path of the field that is wrong (``output->width``).
        status: HTTP status.
        code: The service's name for the kind of error.
    """

    def __init__(
        self,
        message: str,
        parameter: str | None = None,
        status: int = 400,
        code: str = BAD_PAYLOAD,
    ) -> None:
        super().__init__(message, status)
        self._parameter = parameter
        self._code = code

    def response(self) -> Response:
        """The error in the form of the Process API."""
        error: dict[str, Any] = {
            "status": self.status,
            "reason": responses[self.status],
            "message": str(self),
            "code": self._code,
        }
        if self._parameter is not None and self._code == BAD_PAYLOAD:
            error["errors"] = [{"parameter": self._parameter, "violation": str(self)}]
        return json_response(self.status, {"error": error})


class ScriptRefused(ProcessRefused):
    """An evalscript that cannot be read or computed.

    Args:
        message: The error as a JavaScript engine names it (``SyntaxError: …``).
    """

    def __init__(self, message: str) -> None:
        super().__init__(f"Failed to evaluate script! \n{message}", code="COMMON_EXCEPTION")


OFFLINE_ONLY = "Offline only:"
"""How the reason begins where the real service would answer."""


def offline_only(lack: str) -> ScriptRefused:
    """A refusal of an evalscript that uses what only the real service has.

    Args:
        lack: What is lacking here; it stands after `OFFLINE_ONLY`.
    """
    return ScriptRefused(f"{OFFLINE_ONLY} {lack}. The real service has more.")
