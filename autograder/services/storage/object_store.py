"""S3 as the SSP Cloud's MinIO offers it: signed requests go to rclone, others see what is public.

Offline the learner's own bucket and the project's bucket can be written. Public are the patches
of the world and their labels, under the project's bucket and that of an event.
"""

import contextlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from autograder.services.http.request_response import Request, Response
from autograder.services.storage.buckets import BUCKETS, LEARNER_BUCKET, Buckets
from autograder.services.storage.rclone import Rclone
from autograder.services.storage.upstream import ENTRY_COST, S3Refused, UploadQuota, Upstream
from utils.errors import CourseError
from utils.reference import LABEL_KEY, PATCH_KEY, PROJECT_BUCKET, S3_HOST

ACCESS_KEY = "COURSEOFFLINEACCESS0"
"""Demonstration credentials: they open the offline services only."""
SECRET_KEY = "course+offline+secret+of+forty+signs+000"
SESSION_TOKEN = "course-offline-session-token"
EXPIRED_TOKEN = "course-offline-expired-token"
"""A session token that is answered as if it were more than seven days old."""

MAX_KEY = 1024
"""Longest key in bytes."""

MAX_KEY_PART = 255
"""Longest part of a key in bytes."""

METHODS = frozenset({"DELETE", "GET", "HEAD", "POST", "PUT"})

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)")
_LISTED = re.compile(rb"<(?:Key|CommonPrefixes)>")
_PATCHES, _LABELS = (key.partition("{")[0] for key in (PATCH_KEY, LABEL_KEY))
"""Keys of the public objects begin with these."""


class ObjectStore:
    """The S3 host of one session.

    Args:
        public: Answers what can be read without signature; None to any other request.
        buckets: Where objects lie.
        run_folder: Folder for sockets and logs, removed in the end.
        uploads: Bytes that may be uploaded in all; None for any number.

    Attributes:
        shortage: What the machine lacked when the storage failed; empty where it did not.

    Raises:
        CourseError: There is no rclone.
    """

    def __init__(
        self,
        public: Callable[[Request], Response | None],
        buckets: Buckets,
        run_folder: Path,
        uploads: int | None = None,
    ) -> None:
        self.shortage = ""
        self._public = public
        self._buckets = buckets
        self._uploads = uploads
        self._quota = UploadQuota(uploads)
        self._rclone = Rclone(buckets.folder, run_folder, ACCESS_KEY, SECRET_KEY)
        self._upstream = Upstream(self._rclone, run_folder)

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

    def demand(self) -> None:
        """Start rclone, if it does not run.

        Raises:
            CourseError: It does not start.
        """
        self._rclone.connect().close()

    def start(self) -> None:
        """Start rclone before it is needed; whoever needs it first hears if that fails."""
        with contextlib.suppress(CourseError):
            self.demand()

    @property
    def failure(self) -> str:
        """Why rclone did not start when it was to; empty where it did."""
        return self._rclone.failure

    def reset(self) -> None:
        """Remove every object, and count uploads from nothing again."""
        self._quota = UploadQuota(self._uploads)
        self._rclone.stop()
        self._buckets.clear()

    def close(self) -> None:
        """Stop rclone for good."""
        self._rclone.close()

    def answer(self, request: Request) -> Response:
        """Answer a request to the S3 host.

        Raises:
            S3Refused: It is not allowed, or what it asks for is not there.
            BadRequest: Target or headers hold what HTTP does not allow.
            CourseError: rclone does not start.
        """
        query = parse_qs(request.parts.query, keep_blank_values=True)
        credential = _CREDENTIAL.search(request.headers.get("Authorization", ""))
        if credential is None and "X-Amz-Signature" not in query:
            return self._answer_public(request)
        named = query.get("X-Amz-Credential", [""])[0].partition("/")[0]
        key = credential[1] if credential else named
        token = request.headers.get("X-Amz-Security-Token") or "".join(
            query.get("X-Amz-Security-Token", [])
        )
        _check_token(key, token)
        _check_operation(request)
        return self._answer_signed(request)

    def _answer_public(self, request: Request) -> Response:
        """What anybody may read; a plain 404 for the rest."""
        if request.method not in {"GET", "HEAD"}:
            raise S3Refused(403, "AccessDenied", "Access Denied.", request.path)
        found = self._public(request)
        if found is not None:
            return found
        missing = S3Refused(
            404, "NoSuchKey", "The specified key does not exist or is not public.", request.path
        ).response()
        missing.omit_body = request.method == "HEAD"
        return missing

    def _answer_signed(self, request: Request) -> Response:
        """The answer of rclone, or what is public where it lies behind it."""
        _check_key(request)
        if request.method in {"PUT", "POST"}:
            copied = request.headers.get("X-Amz-Copy-Source") is not None
            size = self._buckets.largest_object() if copied else 0
            self._quota.take(size + ENTRY_COST * request.path.count("/"), request.path)
        try:
            response = self._upstream.ask(request, self._quota)
        except S3Refused:
            self.shortage = self.shortage or self._rclone.lacks()
            raise
        if request.method in {"GET", "HEAD"} and self._may_be_public(request, response):
            return self._public(request) or response
        return response

    @staticmethod
    def _may_be_public(request: Request, response: Response) -> bool:
        """Whether rclone's answer lacks what the public part holds.

        A list of labels is public until the learner has stored some at the same place.
        """
        if request.path.strip("/") != PROJECT_BUCKET:
            return response.status == 404
        prefix = "".join(parse_qs(request.parts.query).get("prefix", []))
        empty = prefix.startswith(_LABELS) and _LISTED.search(response.body) is None
        return response.status == 200 and (empty or prefix.startswith(_PATCHES))


def _check_token(key: str, token: str) -> None:
    """Refuse session tokens that are not ours, which rclone would not look at."""
    if key == ACCESS_KEY and token == EXPIRED_TOKEN:
        raise S3Refused(403, "ExpiredToken", "The provided token has expired.")
    if key == ACCESS_KEY and token != SESSION_TOKEN:
        raise S3Refused(
            403, "InvalidTokenId", "The security token included in the request is invalid"
        )


def _check_key(request: Request) -> None:
    """Refuse keys beyond the limits of S3, and of MinIO for each part between slashes."""
    key = request.path.lstrip("/").partition("/")[2].encode(errors="replace")
    if len(key) > MAX_KEY or any(len(part) > MAX_KEY_PART for part in key.split(b"/")):
        raise S3Refused(400, "KeyTooLongError", "Your key is too long.", request.path[:MAX_KEY])


def _check_operation(request: Request) -> None:
    """Refuse to make and remove buckets, which rclone would do."""
    if request.method not in METHODS:
        raise S3Refused(405, "MethodNotAllowed", "The specified method is not allowed.")
    bucket, _, rest = request.path.lstrip("/").partition("/")
    if rest or request.method in {"GET", "HEAD"}:
        return
    asked = (request.method, request.parts.query.partition("=")[0])
    if asked == ("POST", "delete") or (asked == ("PUT", "") and bucket in BUCKETS):
        return  # "you have it already", says rclone to the second
    raise S3Refused(403, "AccessDenied", "Access Denied.", f"/{bucket}")
