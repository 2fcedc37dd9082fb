"""Services that fail, and connections to them: the learner's code is not the reason for these."""

import re
from urllib.parse import urlsplit

from autograder.checks.explaining.errors.wording import code
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem
from utils.reference import CATALOG_URL, LABEL_URL, NUTS_URL, S3_HOST, TOKEN_URL

HOSTS = {urlsplit(url).netloc for url in (TOKEN_URL, CATALOG_URL, LABEL_URL, NUTS_URL)} | {S3_HOST}
"""Hosts that the course asks."""

FAILED = (
    "comes-in-no-format",
    "service-busy",
    "certificate-unknown",
    "service-silent",
    "connection-lost",
)
"""Keys of explanations by which a service, or the way to it, has failed."""

PASSING = re.compile(r"429|5\d\d")
"""Statuses of a service that has a fault, or too much to do."""

_LOST = (
    *("ConnectionError", "ChunkedEncodingError", "ContentDecodingError", "URLError"),
    *("HTTPException", "gaierror", "SSLError"),
)
_READING = ("RasterioIOError", "DataSourceError")
_SILENT = ("Timeout", "TimeoutError")


def explain(problem: Problem, _number: int) -> Explanation | None:
    """How a service failed; ``None`` where that did not stop the cell."""
    host = problem.one("host") or urlsplit(problem.one("asked")).netloc
    if host and host not in HOSTS:  # which may be misspelt
        return None
    said, status = problem.said, problem.one("status")
    values = {"service": code(host) if host else "the service", "status": status}
    if PASSING.fullmatch(status):
        return Explanation("service-busy", values)
    if "not recognized as being in a supported file format" in said and problem.is_a(*_READING):
        return Explanation("comes-in-no-format") if host or "/vsimem/" in said else None
    by_gdal = "CURL error" in said
    if status or not (by_gdal or problem.is_a(*_LOST, *_SILENT)):
        return None
    if problem.is_a("SSLError") or "certificate" in said.lower():
        return Explanation("certificate-unknown", values)
    silent = problem.is_a(*_SILENT) or "timed out" in said
    return Explanation("service-silent" if silent else "connection-lost", values)
