"""Json from a submission: bounded before it is read, for reading it takes memory and time."""

import json
from collections.abc import Callable
from typing import Any

MAX_BRACKETS = 20_000
"""Most opening brackets: each makes an object in memory, and work for the garbage collector. What
cells show has at most some thousand."""

MAX_QUOTES = 1_000_000
"""Most quotation marks: two for each text."""


def parsed(
    body: bytes,
    *,
    constant: Callable[[str], Any] | None = None,
    pairs: Callable[[list[tuple[str, Any]]], Any] | None = None,
) -> Any:
    """What a json text says.

    Args:
        body: The text, of a length that is bounded already.
        constant: Reads NaN and infinities.
        pairs: Makes an object of its pairs.

    Raises:
        ValueError: It is no json, or has too many parts.
    """
    if _brackets(body) > MAX_BRACKETS:
        raise ValueError("too many brackets")
    try:
        text = body.decode(errors="surrogatepass")
        return json.loads(text, parse_constant=constant, object_pairs_hook=pairs)
    except (RecursionError, MemoryError):
        raise ValueError("too deep or too large") from None


def _brackets(body: bytes) -> int:
    """How many brackets open outside of texts."""
    found = body.count(b"[") + body.count(b"{")
    plain = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    if plain.count(b'"') > MAX_QUOTES:
        raise ValueError("too many texts")
    if found <= MAX_BRACKETS:
        return found
    return sum(part.count(b"[") + part.count(b"{") for part in plain.split(b'"')[::2])
