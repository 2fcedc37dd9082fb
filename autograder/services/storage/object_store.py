"""S3 as the SSP Cloud's MinIO offers it: signed requests go to rclone, others see what is public.

Offline the learner's own bucket and the project's bucket can be written. Public are the patches
of the world, under the project's bucket.
"""

import contextlib
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from autograder.services.http.request_response import Request, Response
from autograder.services.public.public_patches import PublicObjects
from autograder.services.storage import stored_objects
from autograder.services.storage.listing import list_objects
from autograder.services.storage.rclone import Rclone
from autograder.services.storage.upload_allowance import Allowance, AllowanceSpentError
from autograder.services.storage.upstream import Upstream
from utils.errors import CourseError
from utils.reference import PROJECT_BUCKET, S3_HOST

ACCESS_KEY = "COURSEOFFLINEACCESS0"
"""Demonstration credentials: they open the offline services only."""
SECRET_KEY = "course+offline+secret+of+forty+signs+000"
SESSION_TOKEN = "course-offline-session-token"
EXPIRED_TOKEN = "course-offline-expired-token"
"""A session token that is answered as if it were more than seven days old."""

LEARNER_BUCKET = "my-bucket"
BUCKETS = (LEARNER_BUCKET, PROJECT_BUCKET)

METHODS = frozenset({"DELETE", "GET", "HEAD", "POST", "PUT"})

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)")


def s3_error(status: int, code: str, message: str, resource: str = "") -> Response:
    """An error in the form that S3 clients read."""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{escape(message)}</Message>"
        f"<Resource>{escape(resource)}</Resource></Error>"
    )
    return Response(status, text.encode(), {"Content-Type": "application/xml"})


class ObjectStore:
    """The S3 host of one session.

    Args:
        public: What can be read without signature.
        folder: Folder for the buckets; objects are plain files in them.
        run_folder: Folder for sockets and logs, removed in the end.
        uploads: Bytes that may be uploaded in all; None for any number.

    Raises:
        CourseError: There is no rclone.
    """

    def __init__(
        self, public: PublicObjects, folder: Path, run_folder: Path, uploads: int | None = None
    ) -> None:
        self._public = public
        self.folder = folder
        self._uploads = uploads
        self._allowance = Allowance(uploads)
        self._rclone = Rclone(folder, run_folder, ACCESS_KEY, SECRET_KEY)
        self._upstream = Upstream(self._rclone, run_folder)
        self._make_buckets()

    @staticmethod
    def environment() -> dict[str, str]:
        """The variables that the SSP Cloud sets, with their offline values."""
        return {
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_SESSION_TOKEN": SESSION_TOKEN,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_S3_ENDPOINT": S3_HOST,
            "AWS_ENDPOINT_URL": f"https://{S3_HOST}",
            "AWS_WORKING_DIRECTORY_PATH": LEARNER_BUCKET,
        }

    def warm(self) -> None:
        """Start the process behind the store; whoever needs it first hears if that fails."""
        with contextlib.suppress(CourseError):
            self._rclone.connect().close()

    def reset(self) -> None:
        """Remove every object."""
        self._allowance = Allowance(self._uploads)
        self._rclone.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._make_buckets()

    def close(self) -> None:
        """Stop the process behind the store for good."""
        self._rclone.close()

    def answer(self, request: Request) -> Response:
        """Answer a request to the S3 host."""
        query = parse_qs(request.parts.query, keep_blank_values=True)
        credential = _CREDENTIAL.search(request.headers.get("Authorization", ""))
        if credential is None and "X-Amz-Signature" not in query:
            return self._answer_public(request)
        named = query.get("X-Amz-Credential", [""])[0].partition("/")[0]
        key = credential[1] if credential else named
        token = request.headers.get("X-Amz-Security-Token") or "".join(
            query.get("X-Amz-Security-Token", [])
        )
        refusal = self._refuse(request, key, token)
        return refusal or self._answer_signed(request)

    def _answer_public(self, request: Request) -> Response:
        """What anybody may read; a plain 404 for the rest."""
        if request.method not in {"GET", "HEAD"}:
            return s3_error(403, "AccessDenied", "Access Denied.", request.path)
        found = self._public.answer(request)
        if found is not None:
            return found
        if request.method == "GET" and request.path.strip("/") == PROJECT_BUCKET:
            return list_objects(PROJECT_BUCKET, self._public.sizes(), request.parts.query)
        response = s3_error(
            404, "NoSuchKey", "The specified key does not exist or is not public.", request.path
        )
        response.omit_body = request.method == "HEAD"
        return response

    def _refuse(self, request: Request, key: str, token: str) -> Response | None:
        """Refusals that rclone does not know: session tokens and the life of buckets."""
        if key == ACCESS_KEY and token == EXPIRED_TOKEN:
            return s3_error(403, "ExpiredToken", "The provided token has expired.")
        if key == ACCESS_KEY and token != SESSION_TOKEN:
            return s3_error(
                403, "InvalidTokenId", "The security token included in the request is invalid"
            )
        if request.method not in METHODS:
            return s3_error(405, "MethodNotAllowed", "The specified method is not allowed.")
        bucket, _, rest = request.path.lstrip("/").partition("/")
        if rest or request.method in {"GET", "HEAD"}:
            return None
        asked = (request.method, request.parts.query.partition("=")[0])
        if asked == ("POST", "delete") or (asked == ("PUT", "") and bucket in BUCKETS):
            return None  # "you have it already", says rclone to the second
        return s3_error(403, "AccessDenied", "Access Denied.", f"/{bucket}")

    def _answer_signed(self, request: Request) -> Response:
        response = self._pass_on(request)
        if request.method not in {"GET", "HEAD"}:
            return response
        if response.status == 404:
            return self._public.answer(request) or response
        prefix = "".join(parse_qs(request.parts.query).get("prefix", []))
        in_bucket = request.path.strip("/") == PROJECT_BUCKET
        if response.status == 200 and in_bucket and prefix.startswith(self._public.prefix):
            return list_objects(PROJECT_BUCKET, self._public.sizes(), request.parts.query)
        return response

    def _pass_on(self, request: Request) -> Response:
        """Send the request to rclone, if the allowance lasts."""
        try:
            if request.method in {"PUT", "POST"}:
                copied = request.headers.get("X-Amz-Copy-Source") is not None
                self._allowance.take(
                    stored_objects.largest(self.folder) if copied else 0, request.path
                )
            answer = self._upstream.ask(request, self._allowance)
        except AllowanceSpentError as error:
            return s3_error(400, "EntityTooLarge", str(error), request.path)
        if answer is None:  # what rclone does to signatures that it cannot read
            return s3_error(400, "AuthorizationHeaderMalformed", "The signature cannot be read.")
        if answer.status == 500:  # whose text may name our own folders
            return s3_error(500, "InternalError", "The storage failed.", request.path)
        return answer

    def objects(self) -> list[dict[str, Any]]:
        """Every stored object: ``path`` with its bucket, ``size``, ``sha256``, ``modified``."""
        return stored_objects.describe(self.folder)

    def read_object(self, path: str, limit: int | None = None) -> bytes:
        """The bytes of the object at ``bucket/key``; as `stored_objects.read`."""
        return stored_objects.read(self.folder, path, limit)

    def _make_buckets(self) -> None:
        for bucket in BUCKETS:
            (self.folder / bucket).mkdir(parents=True, exist_ok=True)
