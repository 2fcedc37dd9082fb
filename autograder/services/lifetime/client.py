"""A client for the control endpoints."""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from utils.errors import CourseError


class ServicesClient:
    """Reads which requests running services were sent, and which objects they hold.

    Args:
        url: Address of the control endpoints, as in ``COURSE_CONTROL``.
        timeout: Seconds to wait for an answer.

    All methods but `alive` raise a CourseError where no services answer.
    """

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self._timeout = timeout

    def status(self) -> dict[str, Any]:
        """What runs: ``pid``, ``world``, ``state`` and ``environment``.

        Also how many ``requests`` were sent, and tracebacks of the services' own ``failures``.
        """
        return dict(self._json("GET", "status"))

    def ready(self) -> dict[str, str]:
        """The variables for clients. What was removed meanwhile is there again, storage included.

        Raises:
            CourseError: Something is missing that cannot be made anew.
        """
        answer = self._json("GET", "ready")
        if "error" in answer:
            raise CourseError(**answer["error"])
        return dict(answer["environment"])

    def requests(self, since: int = 0) -> list[dict[str, Any]]:
        """The journal's entries with a number larger than `since`, oldest first; see `Journal`."""
        return list(self._json("GET", f"journal?since={since}"))

    def objects(self) -> list[dict[str, Any]]:
        """The uploaded objects; see `Buckets.objects`."""
        return list(self._json("GET", "objects"))

    def read_object(self, path: str) -> bytes:
        """The bytes of the object at ``bucket/key``.

        Raises:
            KeyError: There is no such object.
        """
        status, content = self._ask("GET", f"object/{quote(path)}")
        if status == 404:
            raise KeyError(path)
        return content

    def fail(self, kind: str, url: str = "", times: int | None = None) -> None:
        """Have the services fail, until `mend` or `reset`, to see what a client makes of it.

        Args:
            kind: One of `autograder.services.proxy.faults.KINDS`, such as ``"503"``.
            url: An address of the host that fails (default: all hosts do).
            times: How often (default: always).
        """
        asked = {"kind": kind, "host": urlsplit(url).netloc}
        if times is not None:
            asked["times"] = str(times)
        self._json("POST", f"fault?{urlencode(asked)}")

    def mend(self) -> None:
        """Switch all faults off."""
        self._json("POST", "mend")

    def reset(self) -> None:
        """Clear journal and buckets, and switch all faults off."""
        self._json("POST", "reset")

    def alive(self) -> bool:
        """Whether services answer at this address."""
        try:
            return "environment" in self.status()
        except (CourseError, TypeError, ValueError):
            return False

    def _json(self, method: str, path: str) -> Any:
        status, content = self._ask(method, path)
        if status != 200:
            raise CourseError(
                f"{self.url}/{path} answers {status} {content[:200].decode(errors='replace')!r}",
                "the offline services",
                "Restart the kernel and run the first cell",
            )
        return json.loads(content)

    def _ask(self, method: str, path: str) -> tuple[int, bytes]:
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.netloc, timeout=self._timeout)
        try:
            connection.request(method, f"{address.path}/{path}")
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise CourseError(
                f"no offline services at {self.url} ({error})",
                "running services",
                "Restart the kernel and run the first cell",
            ) from error
        finally:
            connection.close()
