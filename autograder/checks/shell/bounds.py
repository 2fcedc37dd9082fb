"""Threads that a notebook runs at a time, and hosts that it looks for: grading bounds both."""

import ipaddress
import sys
import threading
from contextlib import suppress
from typing import Any

from autograder.checks.shell.refusals import Refusals

MOST = 56
"""Threads that run at a time while grading, the first one included."""


def count_threads(refusals: Refusals, most: int = MOST) -> None:
    """Keep that more threads are started. Grading refuses them, as a system does.

    Args:
        refusals: Takes what is refused.
        most: Threads at a time, beside those that run now.
    """
    start, others = threading.Thread.start, threading.active_count() - 1

    def start_thread(thread: threading.Thread) -> None:
        if threading.active_count() - others > most:
            refusals.add("threads", most)
            if refusals.grading:
                raise RuntimeError("can't start new thread")
        start(thread)

    # An assignment would be refused by the type checker: a method is no variable.
    setattr(threading.Thread, "start", start_thread)  # noqa: B010


def watch_hosts(refusals: Refusals) -> None:
    """Keep which hosts are looked for past the course's services. Grading reaches none.

    What goes by way of the services, as it does unless a notebook says otherwise, looks for this
    computer only: they refuse other hosts alike for a learner and while grading.

    Args:
        refusals: Takes what is refused.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = arguments[0]
        elif event == "socket.connect" and type(arguments[1]) is tuple:
            host = arguments[1][0]
            if _number(host):  # most often what was looked for is connected to
                return
        else:
            return
        name = host.decode(errors="replace") if type(host) is bytes else host
        if type(name) is str and not _is_here(name):
            refusals.add("host", name)

    sys.addaudithook(hook)


def _is_here(host: str) -> bool:
    number = _number(host)
    return number.is_loopback if number else host in ("", "localhost")


def _number(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        return ipaddress.ip_address(host) if type(host) is str else None
    return None
