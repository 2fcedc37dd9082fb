"""The way out: connections to real services, directly or through a company's proxy."""

import ssl
import threading
from urllib.parse import unquote, urlsplit

import certifi
from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Timeout, make_headers
from urllib3.util import parse_url
from urllib3.util.ssl_ import create_urllib3_context

from autograder.services.passing_on.connection import ExactPool, PassedHeaders
from autograder.surroundings.outside import Outside

TIMEOUT = Timeout(connect=10.0, read=120.0)
"""Seconds to wait for a connection, and for the next bytes: an image may take a minute to be made.

Whoever asks has a patience of its own, and hangs up when it ends.
"""

PROBE_TIMEOUT = Timeout(connect=2.0, read=2.0)
PROBE_LIMIT = 64 * 1024
"""Bytes of an answer that are read only to see whether it comes."""

KEPT = 16
"""Open connections to a host that are kept for the next requests."""


class UnknownProxyError(Exception):
    """The proxy of this machine is of a kind that is not understood here."""


class Internet:
    """Sends requests to real services. Safe to use from several threads.

    Args:
        outside: How this machine reaches the world.
    """

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._lock = threading.Lock()
        self._ways: dict[str, PoolManager] = {}

    def ask(
        self, method: str, authority: str, headers: PassedHeaders, body: object
    ) -> BaseHTTPResponse:
        """Send one request; the answer's body is not read yet, nor decoded, nor followed.

        Args:
            method: Its method.
            authority: Host, with ``:port`` where that is not 443.
            headers: Its headers, which bring the request along.
            body: Its body in pieces, or None.

        Raises:
            HTTPError: urllib3's word that the service was not reached or did not answer.
            UnknownProxyError: The way there cannot be understood.
        """
        address = urlsplit(f"https://{authority}")
        host, port = address.hostname or "", address.port or 443
        pool = self._way(self._outside.proxy(host)).connection_from_host(host, port, "https")
        return pool.urlopen(
            method,
            "/",  # see `ExactConnection`
            body=body,  # type: ignore[arg-type]
            headers=headers,
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
            timeout=TIMEOUT,
        )

    def probe(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[int, bytes]:
        """Ask once with little patience: the status, and the first `PROBE_LIMIT` bytes.

        Raises:
            HTTPError: The service was not reached or did not answer.
            UnknownProxyError: The way there cannot be understood.
        """
        way = self._way(self._outside.proxy(urlsplit(url).hostname or ""))
        answer = way.urlopen(
            method,
            url,
            headers=headers,
            body=body,
            preload_content=False,
            retries=False,
            redirect=False,
            timeout=PROBE_TIMEOUT,
        )
        with answer:
            return answer.status, answer.read(PROBE_LIMIT, decode_content=True)

    def _way(self, proxy: str) -> PoolManager:
        """Connections that go through a proxy; directly where it is empty."""
        with self._lock:
            if proxy not in self._ways:
                self._ways[proxy] = _opened(proxy, trusted(self._outside))
            return self._ways[proxy]


def trusted(outside: Outside) -> ssl.SSLContext:
    """TLS settings that verify: public authorities, and those that this machine names."""
    context = create_urllib3_context()
    context.load_verify_locations(certifi.where())
    for place in outside.authorities:
        folder = place.is_dir()
        context.load_verify_locations(*(None, place) if folder else (place, None))
    return context


def _opened(proxy: str, context: ssl.SSLContext) -> PoolManager:
    manager: PoolManager
    if not proxy:
        manager = PoolManager(maxsize=KEPT, ssl_context=context)
    else:
        address = parse_url(proxy)
        if address.scheme not in {"http", "https"}:
            raise UnknownProxyError(f"a proxy of the kind {address.scheme}")
        login = unquote(address.auth) if address.auth else None
        manager = ProxyManager(
            address._replace(auth=None).url,
            maxsize=KEPT,
            ssl_context=context,
            proxy_ssl_context=context if address.scheme == "https" else None,
            proxy_headers=make_headers(proxy_basic_auth=login),
        )
    manager.pool_classes_by_scheme = {**manager.pool_classes_by_scheme, "https": ExactPool}
    return manager
