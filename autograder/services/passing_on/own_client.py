"""The learner's own client in place of the demonstration client.

The notebooks ask for tokens with a demonstration client. Where real services answer, the gate puts
the learner's own in its place, so that a notebook is the same everywhere and holds no secret.
Clients other than the demonstration client go through as they are.
"""

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode

from autograder.services.http.request_response import Request
from autograder.surroundings.outside import CLIENT
from utils.errors import CourseError

FORM = "x-www-form-urlencoded"
FIELDS = ("client_id", "client_secret")


@dataclass(frozen=True)
class Changed:
    """A request for a token as it is sent on: the headers that differ, and the body."""

    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class OwnClient:
    """Puts one client in another's place.

    Attributes:
        address: URL of the token service.
        demonstration: Id and secret that the notebooks name.
        own: The learner's own; None where there is none, and nothing is changed.
    """

    address: str
    demonstration: tuple[str, str]
    own: tuple[str, str] | None = field(repr=False)

    def credentials(self, request: Request) -> Changed | None:
        """What to send in place of a request; None where it goes through as it is.

        Raises:
            BadRequest: A request for a token is larger than any is.
            ConnectionError: The client has left.
        """
        if self.own is None or request.method != "POST":
            return None
        if request.url.partition("?")[0] != self.address:
            return None
        body = request.body
        if _basic(request.headers.get("Authorization", "")) == self.demonstration:
            pair = ":".join(quote(part, safe="") for part in self.own)
            header = f"Basic {base64.b64encode(pair.encode()).decode()}"
            return _changed({"Authorization": header}, body)
        if FORM in request.headers.get("Content-Type", ""):
            fields = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
            named = dict(fields)
            if tuple(named.get(name) for name in FIELDS) == self.demonstration:
                own = dict(zip(FIELDS, self.own, strict=True))
                changed = [(name, own.get(name, value)) for name, value in fields]
                return _changed({}, urlencode(changed).encode())
        return _changed({}, body)


def _changed(headers: dict[str, str], body: bytes) -> Changed:
    return Changed({**headers, "Content-Length": str(len(body))}, body)


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret of an authorization."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote(client), unquote(secret)


def ask_for_client() -> dict[str, str]:
    """Ask the learner for id and secret, which are shown nowhere, as variables of `CLIENT`.

    Raises:
        CourseError: Nobody can be asked here, or nothing was said.
    """
    from getpass import getpass

    try:
        said = [getpass(f"{what} of your CDSE client: ").strip() for what in ("Id", "Secret")]
    except Exception as error:  # a front-end without a field to type in raises its own
        raise _no_client() from error
    if not all(said):
        raise _no_client()
    return dict(zip(CLIENT, said, strict=True))


def _no_client() -> CourseError:
    return CourseError(
        f"{' and '.join(CLIENT)} are not set",
        "Real services want your own client of the Copernicus Data Space Ecosystem",
        "Set both, or set COURSE_SERVICES to auto or replay, then run the first cell again",
    )
