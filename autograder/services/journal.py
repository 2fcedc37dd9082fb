"""The journal: every request to a service with its answer, without secrets."""

import json
import re
import sys
import threading
from collections import deque
from collections.abc import Mapping
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus

BODY_LIMIT = 1024 * 1024
"""Largest body, in bytes, that an entry keeps."""

MEMORY_LIMIT = 64 * 1024 * 1024
"""Bytes that all entries together take; the oldest lose their bodies first, then go themselves."""

ENTRY_LIMIT = 20_000
"""Entries that are kept."""

FIELD_LIMIT = 1_000
"""Most fields of a form that an entry keeps: to hide secrets in each takes its time."""

HIDDEN = "***"

SECRETS_LIMIT = 50
"""Secrets that are remembered; tokens of a day are fewer."""

SHORTEST_SECRET = 12
"""Signs of the shortest value that is remembered: a shorter one stands in many words."""

SECRETS_BODY_LIMIT = 16 * 1024
"""Bytes of the largest body in which secrets are looked for: tokens come in short ones."""

SECRET_FIELDS = (
    "client_secret",
    "access_token",
    "refresh_token",
    "id_token",
    "client_assertion",
    "assertion",
    "password",
    "signature",
    "x-amz-security-token",
    "x-amz-credential",
    "awsaccesskeyid",
)
SECRET_HEADERS = ("cookie", "set-cookie", "x-amz-security-token")
_SECRET_IN_TEXT = re.compile(
    rf"""((?:{"|".join(SECRET_FIELDS)})["']?\s*[=:]\s*["']?)[^&"'\s,}}]+""", re.IGNORECASE
)

_NAMED_VALUE = re.compile(
    r"""(?:client_secret|access_token|refresh_token)["']?\s*[=:]\s*["']?([^&"'\s,}]+)""",
    re.IGNORECASE,
)


def hide_secrets(text: str) -> str:
    """Replace the value of every secret field in a URL, form, JSON or plain text by ``***``."""
    lower = text.lower()
    if not any(name in lower for name in SECRET_FIELDS):  # 20 times as fast as the pattern
        return text
    return _SECRET_IN_TEXT.sub(rf"\g<1>{HIDDEN}", text)


def hide_in_form(text: str) -> str:
    """A form body with the values of secret fields hidden; all of it where it has too many."""
    try:
        fields = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELD_LIMIT)
    except ValueError:
        return HIDDEN
    return "&".join(
        f"{_one_field(name)}="
        f"{HIDDEN if name.strip().lower() in SECRET_FIELDS else _one_field(hide_secrets(value))}"
        for name, value in fields
    )


def _one_field(text: str) -> str:
    """Text in which nothing looks like the beginning of another field."""
    for sign in "%&=+":
        text = text.replace(sign, f"%{ord(sign):X}")
    return text


def hide_in_json(content: Any) -> Any:
    """JSON content with the values of secret fields hidden at every level."""
    if isinstance(content, dict):
        return {
            name: HIDDEN if str(name).strip().lower() in SECRET_FIELDS else hide_in_json(value)
            for name, value in content.items()
        }
    if isinstance(content, list):
        return [hide_in_json(value) for value in content]
    return hide_secrets(content) if isinstance(content, str) else content


def public_headers(headers: Message | Mapping[str, str]) -> dict[str, str]:
    """Headers without secrets: of an authorization, only the scheme stays."""
    shown: dict[str, str] = {}
    for name, value in headers.items():
        lower = name.lower()
        if lower in SECRET_HEADERS:
            value = HIDDEN
        elif lower in {"authorization", "proxy-authorization"}:
            value = f"{value.split(' ')[0]} {HIDDEN}" if " " in value else HIDDEN
        shown[name] = hide_secrets(value)
    return shown


def public_body(body: bytes | memoryview | None, content_type: str, strict: bool) -> str | None:
    """A body as text without secrets; None where it is no text, or larger than `BODY_LIMIT`.

    Args:
        body: The body, or None if it was passed on without being held.
        content_type: What its sender says it is.
        strict: The body may hold a secret in any form: unless it is understood, hide it whole.
    """
    if body is None or len(body) > BODY_LIMIT:
        return None
    try:
        text = bytes(body).decode()
    except UnicodeDecodeError:
        return None
    if "x-www-form-urlencoded" in content_type:
        return hide_in_form(text)
    if not strict:
        return hide_secrets(text)
    try:
        return json.dumps(hide_in_json(json.loads(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return HIDDEN if text else ""


class Secrets:
    """Values that have passed as secrets: they are hidden wherever they come again.

    What is hidden by the name of its field needs no such memory. But who puts a token into an
    address, or a client's secret into a header, has told it to nobody else.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: deque[str] = deque(maxlen=SECRETS_LIMIT)

    def learn(self, *values: str) -> None:
        """Remember secrets; those that are too short to be one are none."""
        with self._lock:
            for value in values:
                if len(value) >= SHORTEST_SECRET and value not in self._known:
                    self._known.append(value)

    def learn_from(self, headers: Message | Mapping[str, str], body: bytes | None) -> None:
        """Remember what headers and a short body name as secrets."""
        for name, value in headers.items():
            lower = name.lower()
            if lower in {"authorization", "proxy-authorization"}:
                self.learn(value.partition(" ")[2] or value)
            elif lower == "x-amz-security-token":
                self.learn(value)
        if body and len(body) <= SECRETS_BODY_LIMIT:
            self.learn(*_NAMED_VALUE.findall(body.decode(errors="replace")))

    def hide(self, text: str | None) -> str | None:
        """A text in which none of them stands, as it is or as in a URL."""
        if text:
            with self._lock:
                known = list(self._known)
            for secret in known:
                for form in {secret, quote(secret, safe=""), quote_plus(secret)}:
                    text = text.replace(form, HIDDEN)
        return text


class Journal:
    """The requests that were sent, in numbered entries. Safe to use from several threads.

    An entry holds ``number``, ``time`` (when the answer began, in seconds since 1970), ``method``,
    ``url``, ``request`` (``headers``, ``body``) and ``response`` (``status``, ``headers``,
    ``body``, and ``size`` and ``sha256`` of the body as it was sent). A body is text, or None.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[tuple[dict[str, Any], int]] = deque()
        self._with_text: deque[tuple[dict[str, Any], int]] = deque()
        self._size = 0
        self._number = 0

    def record(
        self, time: float, method: str, url: str, request: dict[str, Any], response: dict[str, Any]
    ) -> None:
        """Add one entry; its number is one more than the last.

        Args:
            time: When the answer began, in seconds since 1970.
            method: Method of the request.
            url: Its full URL; secrets in it are hidden.
            request: Headers and body, without secrets.
            response: Status, headers, body, size and digest, without secrets.
        """
        text = sum(sys.getsizeof(part["body"] or "") for part in (request, response))
        with self._lock:
            self._number += 1
            entry = {
                "number": self._number,
                "time": time,
                "method": method,
                "url": hide_secrets(url),
                "request": request,
                "response": response,
            }
            rest = _size(entry) - text
            self._entries.append((entry, rest))
            self._with_text.append((entry, text))
            self._size += text + rest
            while self._size > MEMORY_LIMIT and self._with_text:
                self._forget_text()
            while self._size > MEMORY_LIMIT or len(self._entries) > ENTRY_LIMIT:
                oldest, freed = self._entries.popleft()
                self._size -= freed
                if self._with_text and self._with_text[0][0] is oldest:
                    self._forget_text()

    def _forget_text(self) -> None:
        oldest, freed = self._with_text.popleft()
        oldest["request"]["body"] = oldest["response"]["body"] = None
        self._size -= freed

    @property
    def count(self) -> int:
        """Number of the last entry."""
        return self._number

    def requests(self, since: int = 0) -> list[dict[str, Any]]:
        """Entries with a number larger than `since`, oldest first; not to be changed."""
        with self._lock:
            return [entry for entry, _ in self._entries if entry["number"] > since]

    def clear(self) -> None:
        """Forget all entries; numbers start from 1 again."""
        with self._lock:
            self._entries.clear()
            self._with_text.clear()
            self._size = 0
            self._number = 0


def _size(content: Any) -> int:
    """Bytes of an entry, or of a part of one."""
    size = sys.getsizeof(content)
    if isinstance(content, dict):
        size += sum(_size(name) + _size(value) for name, value in content.items())
    return size
