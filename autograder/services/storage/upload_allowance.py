"""What clients may upload in all."""

import threading

ENTRY_COST = 32 * 1024
"""Bytes that an object counts for each name in its path, beside its content.

Files and folders have a cost of their own, however little they hold.
"""


class AllowanceSpentError(Exception):
    """More was uploaded than is allowed; the text is for the client."""


class Allowance:
    """Counts what is uploaded; what is removed again is not given back.

    Args:
        limit: Bytes in all; None for any number.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._used = 0

    def take(self, size: int, path: str = "") -> None:
        """Take the allowance for `size` bytes of an object, and for its path if it is named.

        Raises:
            AllowanceSpentError: There is not enough left; nothing is taken.
        """
        cost = size + ENTRY_COST * path.count("/")
        with self._lock:
            if self._limit is not None and self._used + cost > self._limit:
                raise AllowanceSpentError(
                    f"Your uploads are larger than the {self._limit / 1e6:g} MB that are allowed"
                    " in all."
                )
            self._used += cost
