"""Files that are not there, and services that refuse."""

import re

from autograder.checks.explaining.errors.wording import LONGEST, code, nearest, quotable
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem

_SENT = re.compile(r"\.(put|put_file|upload)\(")
_LOOKED_FOR = re.compile(r"\bfs\w{0,20}\.(ls|info|get|get_file|cat|cat_file|du|size|find|open)\(")
"""Calls of a file system of the store, as the course names it."""

_REFUSED = {"400": "status-400", "401": "status-401", "403": "status-401", "404": "status-404"}


def explain(problem: Problem, _number: int) -> Explanation | None:
    """Why a file or an address cannot be opened, or a service refused."""
    said, asked = problem.said, problem.one("asked")
    values = {
        "asked": code(asked.rpartition("/")[2] or asked),
        "host": code(problem.one("host")),
        "near": nearest(problem),
        "status": problem.one("status"),
    }
    if "Dataset is closed" in said or "I/O operation on closed file" in said:
        return Explanation("read-after-close")
    if re.match(r"\([a-z_]+\) ", said) and problem.is_a("OAuth2Error"):
        words = quotable(re.sub(r"^\([a-z_]+\) ", "", said))
        return Explanation("token-refused", {"said": words}) if words else None
    if not problem.is_a("OSError"):
        return None
    if problem.shows("host-not-served") and values["host"]:
        return Explanation("host-not-served", values)
    if re.fullmatch(r"[45]\d\d", values["status"]):
        return Explanation(_REFUSED.get(values["status"], "status-other"), values)
    if problem.is_a("FileNotFoundError") or "No such file or directory" in said:
        return _no_file(asked, problem.one("code"), values)
    return None


def _no_file(asked: str, line: str, values: dict[str, str]) -> Explanation | None:
    if not asked:
        return None
    if _SENT.search(line):
        path = asked.removeprefix("./")
        shown = code(path) if len(path) <= LONGEST else values["asked"]
        return Explanation("upload-not-there", values | {"asked": shown})
    if _LOOKED_FOR.search(line):
        return Explanation("object-not-there", values)
    if "://" in asked:
        return Explanation("address-for-a-file", values)
    return Explanation("file-misspelt" if values["near"] else "file-not-there", values)
