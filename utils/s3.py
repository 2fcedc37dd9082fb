"""An S3 file system whose errors say what to do.

s3fs turns every refusal into a bare ``PermissionError``. Here the errors keep their type, so that
code which expects ``PermissionError`` or ``FileNotFoundError`` works, and are CourseErrors too.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest import mock

import s3fs
from aiobotocore.session import AioSession
from aiohttp import ClientPayloadError
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from utils.errors import RENEW, CourseError
from utils.reference import KEY, SECRET, TOKEN

EXPIRED = {"ExpiredToken", "ExpiredTokenException", "InvalidToken", "InvalidTokenId"}
REFUSED = {"AccessDenied", "AllAccessDisabled", "403", "Forbidden"}
BUSY = {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "TooManyRequests"}
BUSY |= {"429", "500", "502", "503", "504"}
"""Codes of Amazon's S3 API; an answer without a body has its HTTP status for one."""

PATIENCE = {"connect_timeout": 10, "read_timeout": 30, "retries": {"max_attempts": 2}}
"""Settings of botocore: a storage that is silent is given up after a minute and a half."""

OBJECTS = {"put_object", "upload_part", "complete_multipart_upload", "get_object"}
"""What a storage answers with an ``ETag``, and nobody else does."""

LATER = "Run the cell again in a few minutes"


class StorageRefusedError(CourseError, PermissionError):
    """The storage does not accept the credentials, or not for this bucket."""


class BucketMissingError(CourseError, FileNotFoundError):
    """There is no bucket of that name."""


class StorageUnreachableError(CourseError, ConnectionError):
    """Nothing answers at the address of the storage."""


class StorageBusyError(CourseError, OSError):
    """The storage fails, or has too much to do."""


class CourseS3FileSystem(s3fs.S3FileSystem):
    """An `s3fs.S3FileSystem` with other error messages; from the second one on it opens faster."""

    cachable = False
    """fsspec would hand out an older instance, with credentials that have expired since."""

    retries = 1
    """botocore tries again already; s3fs would do all of that several times."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["config_kwargs"] = PATIENCE | kwargs.get("config_kwargs", {})
        super().__init__(*args, **kwargs)
        self.session: AioSession = self.session or descriptions()

    async def _call_s3(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Make one request: every operation of s3fs goes through here."""
        bucket = kwargs.get("Bucket", "")
        if self.anon and not method.startswith(("get_", "head_", "list_")):
            raise no_credentials(f"Without credentials nothing can be written to '{bucket}'")
        try:
            answer = await super()._call_s3(method, *args, **kwargs)
        except (NoConnection, HTTPClientError) as error:
            raise StorageUnreachableError(
                f"No object storage answers at {self.endpoint_url}", todo=RENEW
            ) from error
        except OSError as error:
            cause = error.__cause__
            if not isinstance(cause, ClientError):
                raise
            code = str(cause.response.get("Error", {}).get("Code", ""))
            if code == "404" and method == "head_bucket":
                code = "NoSuchBucket"
            if code == "400" and method.startswith("head_"):  # which has no body to tell more
                code = "ExpiredToken"
            explained = explain(code, bucket, self.anon)
            if explained is None:
                raise
            raise explained from cause
        if method in OBJECTS and "ETag" not in answer:
            raise StorageBusyError(
                f"Something else than the object storage answers at {self.endpoint_url}",
                "The storage, which gives each object a tag",
                "Check your connection: a network that asks you to log in answers for all others",
            )
        return answer

    async def _cat_file(self, path: str, *args: Any, **kwargs: Any) -> bytes:
        with _broken_off(path):
            return bytes(await super()._cat_file(path, *args, **kwargs))

    async def _get_file(self, rpath: str, lpath: str, *args: Any, **kwargs: Any) -> None:
        with _broken_off(rpath):
            await super()._get_file(rpath, lpath, *args, **kwargs)


@contextlib.contextmanager
def _broken_off(path: str) -> Iterator[None]:
    """Say it where an answer ends before its end."""
    try:
        yield
    except ClientPayloadError as error:
        raise StorageBusyError(f"The storage broke off while it sent {path}", todo=LATER) from error


@cache
def descriptions() -> AioSession:
    """What all file systems share: the description of S3, which takes long to read.

    Credentials are not in it. Each file system passes its own.
    """
    return AioSession()


def read_description() -> None:
    """Read the description now, so that processes that are forked from this one need not."""

    async def read() -> None:
        keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
        async with descriptions().create_client("s3", region_name="us-east-1", **keys):
            pass

    nowhere = dict.fromkeys(("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"), os.devnull)
    with mock.patch.dict(os.environ, nowhere):
        asyncio.run(read())


def no_credentials(found: str) -> StorageRefusedError:
    """The error of an anonymous file system that is asked for more than public reading."""
    return StorageRefusedError(
        found, f"{KEY}, {SECRET} and {TOKEN} in the environment: all three are missing", RENEW
    )


def explain(code: str, bucket: str, anonymous: bool) -> CourseError | None:
    """Put an S3 error code into words, or return None where s3fs says enough.

    Codes: Amazon S3 API reference, 'Error responses'; InvalidTokenId is MinIO's.
    """
    if code in EXPIRED:
        return StorageRefusedError(
            f"Your access to the object storage has expired ({TOKEN}: {code})",
            "Credentials of the SSP Cloud are valid for 7 days",
            RENEW,
        )
    if code == "InvalidAccessKeyId":
        return StorageRefusedError(
            f"The object storage does not know your {KEY} ({code})",
            "Credentials that are still valid: those of a stopped service are not",
            RENEW,
        )
    if code == "SignatureDoesNotMatch":
        return StorageRefusedError(
            f"{SECRET} does not belong to your {KEY} ({code})", "Two that were made together", RENEW
        )
    if code in BUSY:
        return StorageBusyError(
            f"The object storage is busy or fails ({code})", "Nothing of yours is wrong", LATER
        )
    if code in REFUSED and anonymous:
        return no_credentials(f"The bucket '{bucket}' is not public")
    if code in REFUSED:
        return StorageRefusedError(
            f"The object storage refuses you the bucket '{bucket}' ({code})",
            "You may write to your own bucket only, and read what is shared with you",
            f"Use your own bucket{own_bucket()} in the path. If it is your own, your access may"
            f" have expired. {RENEW}",
        )
    if code == "NoSuchBucket":
        return BucketMissingError(
            f"There is no bucket '{bucket}'",
            "A path begins with the name of a bucket that exists",
            f"Use your own bucket{own_bucket()} in the path",
        )
    return None


def own_bucket() -> str:
    """The learner's bucket in brackets, '' where unknown.

    Onyxia, the software of the SSP Cloud, names it first in AWS_WORKING_DIRECTORY_PATH.
    """
    name = os.environ.get("AWS_WORKING_DIRECTORY_PATH", "").split("/")[0]
    return f" ('{name}')" if name else ""
