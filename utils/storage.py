"""The object storage (S3) of the SSP Cloud, or its offline stand-in.

The platform puts the credentials into environment variables of each service. Nothing here writes
a credential anywhere, and no error message shows one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from utils.errors import RENEW, CourseError
from utils.reference import KEY, S3_HOST, SECRET, TOKEN

if TYPE_CHECKING:
    from s3fs import S3FileSystem

ENDPOINTS = ("AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL")


def get_file_system() -> S3FileSystem:
    """Open the object storage with the credentials in the environment.

    Reads AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (temporary credentials have
    one) and the endpoint from AWS_S3_ENDPOINT (a host or a URL) or AWS_ENDPOINT_URL. With none
    of the three credentials the file system is anonymous: it reads what is public.

    Returns:
        A new `s3fs.S3FileSystem`, so that renewed credentials count at once. Its own errors, for
        an expired token or a refused bucket, are CourseErrors too.

    Raises:
        CourseError: A variable is missing or empty; the message names it.
    """
    from utils.s3 import CourseS3FileSystem

    anonymous = not any(name in os.environ for name in (KEY, SECRET, TOKEN))
    if anonymous:
        return CourseS3FileSystem(anon=True, endpoint_url=endpoint() or f"https://{S3_HOST}")
    if TOKEN in os.environ:
        required(TOKEN)
    return CourseS3FileSystem(
        key=required(KEY),
        secret=required(SECRET),
        token=value(TOKEN) or None,
        endpoint_url=endpoint() or required(ENDPOINTS[0]),
        client_kwargs={"region_name": value("AWS_DEFAULT_REGION") or "us-east-1"},
    )


def value(name: str) -> str:
    """Value of an environment variable, '' where it is missing."""
    return os.environ.get(name, "").strip()


def required(name: str) -> str:
    """Value of an environment variable that must be there."""
    if not value(name):
        state = "empty" if name in os.environ else "missing"
        raise CourseError(
            f"The environment variable {name} is {state}",
            "It tells how to reach the object storage",
            RENEW,
        )
    return value(name)


def endpoint() -> str:
    """Address of the storage as a URL, '' where the environment names none."""
    for name in ENDPOINTS:
        if address := value(name):
            return address if "://" in address else f"https://{address}"
    return ""
