"""Tunnels to hosts that are no service of the course: encrypted bytes that nobody here reads.

Where real services answer, a notebook may reach the rest of the world as well, package indexes for
one. Offline there is no such way.
"""

import base64
import contextlib
import http.client
import socket
import threading
from urllib.parse import unquote, urlsplit

from autograder.services.http.connections import hang_up
from autograder.services.http.request_response import CHUNK_SIZE
from autograder.surroundings.outside import Outside

CONNECT_LIMIT = 10.0
"""Seconds that a connection may take."""


def connected(host: str, port: int, outside: Outside) -> socket.socket:
    """A connection to a host, through the company's proxy where one leads there.

    Raises:
        OSError: There is none.
    """
    proxy = urlsplit(outside.proxy(host))
    if not proxy.hostname:
        return socket.create_connection((host, port), timeout=CONNECT_LIMIT)
    if proxy.scheme != "http":
        raise OSError("the proxy speaks another language")
    way = http.client.HTTPConnection(proxy.hostname, proxy.port or 80, timeout=CONNECT_LIMIT)
    login = unquote(f"{proxy.username}:{proxy.password or ''}") if proxy.username else ""
    word = f"Basic {base64.b64encode(login.encode()).decode()}"
    way.set_tunnel(host, port, {"Proxy-Authorization": word} if login else {})
    try:
        way.connect()
    except http.client.HTTPException as error:
        raise OSError("the proxy does not speak HTTP") from error
    assert way.sock is not None
    return way.sock


def pour(client: socket.socket, service: socket.socket, limit: float) -> None:
    """Pass bytes on in both directions until one side ends.

    Args:
        client: Who asked.
        service: Whom it asked for.
        limit: Seconds of silence after which the tunnel is closed.
    """
    with service:
        service.settimeout(limit)
        back = threading.Thread(target=_pour, args=(service, client), daemon=True)
        back.start()
        _pour(client, service)
        back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(CHUNK_SIZE):
            target.sendall(piece)
    hang_up(source)
    hang_up(target)
