"""A real service for `gate`, behind a company's proxy: prints its proxy and its authority's file.

``GET /WAIT/SIZE/RATE`` is answered after WAIT milliseconds with SIZE bytes, at RATE megabytes a
second (0: as fast as they are read).
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.services.passing_on.outside_world import COMPANY, CompanyProxy, OddService, Talk
from utils.reference import S3_HOST

PIECE = bytes(64 * 1024)


def answer(talk: Talk) -> None:
    """Send what the target of a request asks for."""
    wait, size, rate = map(int, talk.head.split()[1].decode().strip("/").split("/"))
    time.sleep(wait / 1000)
    started, sent = time.perf_counter(), min(size, 1000)  # head and beginning in one packet
    talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + PIECE[:sent])
    while sent < size:
        talk.say(PIECE[: size - sent])
        sent += len(PIECE)
        if rate:
            time.sleep(max(0.0, sent / rate / 1e6 - (time.perf_counter() - started)))


def main() -> None:
    """Serve until standard input ends."""
    service = OddService(S3_HOST)
    service.script = answer
    proxy = CompanyProxy({S3_HOST: service.port})
    with tempfile.TemporaryDirectory() as folder:
        authority = Path(folder, "company.pem")
        authority.write_bytes(COMPANY.cert_pem.bytes())
        print(proxy.url, authority, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
