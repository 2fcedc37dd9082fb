"""Downloading with patience: tries again when that may help, and shows progress."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from utils.errors import CourseError

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

WAITS = (1.0, 3.0, 9.0)
"""Seconds to wait before the second, third and fourth try."""

LONGEST_WAIT = 60.0
"""Seconds: a service that asks for a longer pause is given up."""

TIMEOUT = (10.0, 30.0)
"""Seconds to wait for a connection, and for the next bytes."""

LONGEST = 90.0
"""Seconds after which nothing is tried again."""

SHOW_PROGRESS_AFTER = 2.0
"""Seconds after which a download shows how far it is."""

SLOWEST = 1000
"""Bytes a second: a service that sends less, for longer than `PATIENCE`, is given up."""

PATIENCE = 30.0
"""Seconds in which a service may be slow."""

MAY_PASS = frozenset({429, 500, 502, 503, 504})
"""HTTP status codes of a service that is busy, failing or restarting."""

TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""First bytes of a TIFF or BigTIFF."""

MOVED = "The service may have moved: tell the people who run the course"

START_SERVICES = (
    "Check your connection. To work offline, run the first cell of the notebook again: it starts"
    " the offline services"
)


class MayPassError(Exception):
    """A failure that may be gone after a while.

    Args:
        reason: What happened.
        wait: Seconds that the service asked to wait, or None.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason = reason
        self.wait = wait
        super().__init__(reason)


def download(url: str, parameters: dict[str, str], path: Path, name: str) -> None:
    """Save the TIFF that `url` answers at `path`.

    Args:
        url: Address to GET.
        parameters: Query of the address.
        path: File to write. It may be left unfinished when an error is raised.
        name: What progress is shown for.

    Raises:
        CourseError: The service refused, stayed busy, or sent something else.
    """

    def once() -> None:
        with asked(url, parameters, name) as response:
            save(response, path, name)
        refuse_error(path.read_bytes(), name)

    patiently(once, name)


def read(
    url: str, parameters: dict[str, str], name: str, agent: str, missing: str = MOVED
) -> bytes:
    """All that `url` answers.

    Args:
        url: Address to GET.
        parameters: Query of the address.
        name: What is asked for, in words.
        agent: Who asks.
        missing: What to do where there is nothing at the address, or the service refuses.

    Raises:
        CourseError: The service refused, stayed busy, or broke off.
    """

    def once() -> bytes:
        with asked(url, parameters, name, {"User-Agent": agent}, missing) as response:
            return b"".join(pieces(response, name))

    return patiently(once, name)


def patiently(ask: Callable[[], T], name: str) -> T:
    """What `ask` returns: again, after a pause, where that may help."""
    started = monotonic()
    waits = iter(WAITS)
    while True:
        try:
            return ask()
        except MayPassError as problem:
            wait = max(problem.wait or 0.0, next(waits, inf))
            if wait > LONGEST_WAIT or monotonic() - started > LONGEST:
                raise CourseError(
                    f"The service could not send {name}: {problem.reason}",
                    todo="Nothing was saved: run the cell again in a few minutes",
                ) from problem
            print(f"{name}: {problem.reason}; trying again in {wait:g} s", flush=True)
            sleep(wait)


def asked(
    url: str,
    parameters: dict[str, str],
    name: str,
    headers: dict[str, str] | None = None,
    missing: str = MOVED,
) -> requests.Response:
    """The answer, its body unread. Raises MayPassError where another try may help."""
    import requests

    try:
        response = requests.get(
            url, params=parameters, headers=headers, stream=True, timeout=TIMEOUT
        )
    except requests.Timeout as error:
        raise MayPassError("the service did not answer in time") from error
    except requests.RequestException as error:
        raise not_reached(error, url, name) from error
    if response.ok:
        return response
    response.close()
    if response.status_code in MAY_PASS:
        raise MayPassError(
            f"the service is busy (status {response.status_code})", retry_after(response)
        )
    raise CourseError(
        f"The service answered with status {response.status_code} {response.reason} for {name}",
        todo=missing,
    )


def not_reached(error: Exception, url: str, name: str) -> CourseError | MayPassError:
    """Why no answer came, in words: the libraries' own name classes and objects."""
    from requests.exceptions import ProxyError, SSLError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionResetError):  # what is wrapped around it differs
            return MayPassError("the connection broke off")
        cause = cause.__context__
    reason = "there is no connection to it"
    if isinstance(error, SSLError):
        reason = "its certificate is not one that this computer trusts"
    elif isinstance(error, ProxyError):
        reason = "the proxy on the way does not reach it"
    return CourseError(
        f"{name} does not come from {urlsplit(url).hostname}: {reason}", todo=START_SERVICES
    )


def retry_after(response: requests.Response) -> float | None:
    """Seconds that the header ``Retry-After`` asks to wait, or None."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    value = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(value) if value else None
    except InvalidHeader:
        return None


def save(response: requests.Response, path: Path, name: str) -> None:
    """Write the body of `response` to `path`, showing progress when it takes long."""
    total = int(response.headers.get("Content-Length", 0))
    started = monotonic()
    done, shown = 0, False
    with path.open("wb") as file:
        for piece in pieces(response, name):
            file.write(piece)
            done += len(piece)
            if monotonic() - started > SHOW_PROGRESS_AFTER:
                shown = True
                of = f" of {total / 1e6:.1f}" if total else ""
                print(f"\r{name}: {done / 1e6:.1f}{of} MB", end="", flush=True)
    if shown:
        print()


def pieces(response: requests.Response, name: str) -> Iterator[bytes]:
    """The body as it comes: who waits for whole pieces of a slow one waits without an end.

    Raises:
        MayPassError: The connection broke off.
        CourseError: The body comes too slowly to wait for its end.
    """
    from urllib3.exceptions import HTTPError

    started, done = monotonic(), 0
    try:
        while piece := response.raw.read1(64 * 1024, decode_content=True):
            done += len(piece)
            passed = monotonic() - started
            if passed > PATIENCE and done < SLOWEST * passed:
                raise CourseError(
                    f"The service sends {name} very slowly: {done:,} bytes in {passed:.0f} s",
                    todo="Nothing was saved: run the cell again in a few minutes",
                )
            yield piece
    except (HTTPError, OSError) as error:
        raise MayPassError("the connection broke off") from error


def refuse_error(body: bytes, name: str) -> None:
    """Raise what the service says in `body`, unless `body` begins as a TIFF does.

    Image servers of ArcGIS answer errors with status 200, often as ``image/tiff``: only the first
    bytes tell.
    """
    if body.startswith(TIFF_STARTS):
        return
    try:
        error = json.loads(body)["error"]
        code, message = error.get("code"), error.get("message") or "no message"
        details = [str(detail) for detail in error.get("details") or []]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(
            f"The service did not send an image but {body[:60]!r}",
            f"A TIFF for {name}",
            "Nothing was saved: run the cell again in a few minutes",
        ) from None
    said = " ".join([str(message), *details])
    if code in MAY_PASS:
        raise MayPassError(f"the service is busy (error {code}: {said})")
    raise CourseError(
        f"The service refused {name} with error {code}: {said}",
        "An image",
        "Nothing was saved. Check bbox and year",
    )
