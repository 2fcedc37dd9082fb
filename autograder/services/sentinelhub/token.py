"""The token endpoint of the Copernicus Data Space Ecosystem (Keycloak, client credentials)."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, unquote

from autograder.services.http.request_response import Request, Response, json_response
from autograder.services.sentinelhub.refusals import TokenRefused
from utils.reference import TOKEN_URL

CLIENT_ID = "course-client"
"""The one client that is known offline."""

CLIENT_SECRET = "course-secret"
"""Its secret; it opens nothing outside the offline services."""

LIFETIME = 1800
"""Seconds that a token is valid."""

WRONG_CLIENT = "Invalid client or Invalid client credentials"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Tokens:
    """Issues and checks access tokens. They count in this session only.

    Args:
        lifetime: Seconds that a token is valid.
    """

    def __init__(self, lifetime: float = LIFETIME) -> None:
        self.lifetime = lifetime
        self._key = secrets.token_bytes(32)

    def issue(self, client_id: str) -> str:
        """A JSON Web Token with the claims that a client may look at."""
        now = time.time()
        header = {"alg": "HS256", "typ": "JWT", "kid": "course"}
        claims = {
            "exp": now + self.lifetime,
            "iat": int(now),
            "jti": secrets.token_hex(8),
            "iss": TOKEN_URL.removesuffix("/protocol/openid-connect/token"),
            "sub": client_id,
            "typ": "Bearer",
            "azp": client_id,
            "scope": "email profile user-context",
        }
        signed = ".".join(_encode(json.dumps(part).encode()) for part in (header, claims))
        return f"{signed}.{self._sign(signed)}"

    def valid(self, token: str) -> bool:
        """Whether the token was issued here and is not expired."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(signed).encode()):
            return False
        claims = signed.partition(".")[2]
        expiry = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"]
        return bool(time.time() < expiry)

    def admit(self, request: Request) -> bool:
        """Whether the request carries a valid token as ``Authorization: Bearer …``."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.valid(token.strip())

    def _sign(self, text: str) -> str:
        return _encode(hmac.digest(self._key, text.encode(), hashlib.sha256))

    def answer(self, request: Request) -> Response:
        """Answer a request to the identity server.

        Raises:
            TokenRefused: Client or grant are wrong.
        """
        if request.url.partition("?")[0] != TOKEN_URL:
            return json_response(404, {"error": "Unable to find matching target resource method"})
        if request.method != "POST":
            return json_response(405, {"error": "HTTP 405 Method Not Allowed"})
        form = self._form(request)
        grant = form.get("grant_type")
        if not grant:
            raise TokenRefused("invalid_request", "Missing form parameter: grant_type")
        if grant != "client_credentials":
            raise TokenRefused("unsupported_grant_type", "Unsupported grant_type")
        client_id, secret = self._credentials(request, form)
        if client_id != CLIENT_ID:
            raise TokenRefused("invalid_client", WRONG_CLIENT, 401)
        if secret != CLIENT_SECRET:
            raise TokenRefused("unauthorized_client", WRONG_CLIENT, 401)
        answer: dict[str, Any] = {
            "access_token": self.issue(client_id),
            "expires_in": int(self.lifetime),
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "email profile user-context",
        }
        return json_response(200, answer, **{"Cache-Control": "no-store", "Pragma": "no-cache"})

    @staticmethod
    def _form(request: Request) -> dict[str, str]:
        if "x-www-form-urlencoded" not in request.headers.get("Content-Type", ""):
            return {}
        fields = parse_qs(request.body.decode(errors="replace"), keep_blank_values=True)
        return {name: values[0] for name, values in fields.items()}

    @staticmethod
    def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
        """Client id and secret, from the form or from ``Authorization: Basic …``."""
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                pair = base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return "", ""
            client_id, _, secret = pair.partition(":")
            return unquote(client_id), unquote(secret)
        return form.get("client_id", ""), form.get("client_secret", "")
