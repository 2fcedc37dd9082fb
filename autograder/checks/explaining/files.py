"""Files and objects: what a file holds, under which key it was stored, what was listed."""

import ast
import difflib
import re
from collections.abc import Sequence
from functools import lru_cache

from autograder.checks.explaining import claims
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.facts import Fact

FIXED = 4
"""Folders at the beginning of a key that are the same for all labels."""

PARTS = ("region", "year", "size", "patch")
"""What the rest of a key tells, each in a folder of its own, the last one in the file's name."""

ALIKE = 0.75
"""How alike a word and its misspelling are."""

MAX_KEY = 1100
"""Longest key in characters that S3 takes, with some room."""

CONTENTS = {
    "a TIFF": "file-is-tiff",
    "a text file": "file-is-text",
    "an archive of several arrays (.npz)": "file-is-archive",
    "pickled Python objects": "file-is-pickle",
    "a .npy file that does not hold numbers": "file-holds-no-numbers",
    "an empty or very large file": "file-is-empty",
    "bytes without the header of a .npy file": "file-is-raw",
}
"""What a file may be in place of an array, and what is said of it."""

NOT_FOUND = ("FileNotFoundError", "ParamValidationError", "NoSuchKey")
"""How an exception begins that only follows from a file or an object that is not there."""

SAVING = {"save", "savez", "savez_compressed", "savetxt", "tofile", "dump", "write", "write_bytes"}
UPLOADING = {"put", "put_file", "upload", "pipe", "pipe_file", "open", "copy", "cp", "mv", "write"}
DOWNLOADING = {"get", "get_file", "download"}
SHOWING = {"ls", "find", "glob"}
LISTING = {"ls", "find", "glob", "walk", "listdir", "info", "du", "tree"}


# --- the key ------------------------------------------------------------------------------------


def of_key(key: str, right: str, bucket: str = "") -> Explanation | None:
    """Why a key is not the right one; ``None`` where that is not found.

    Args:
        key: The key under which an object was stored, without its bucket.
        right: The right one.
        bucket: The bucket.
    """
    key = key[:MAX_KEY]
    if blank := re.search(r"\{[^{}]*\}", key):
        return Explanation("key-placeholder", {"part": blank[0]})
    if key != key.strip() or " " in key:
        return Explanation("key-space")
    if "\\" in key:
        return Explanation("key-backslash")
    own, wanted = key.split("/"), right.split("/")
    if bucket and own[0] == bucket:
        return Explanation("key-bucket-twice", {"bucket": bucket})
    if "" in own[:-1]:
        return Explanation("key-double-slash")
    if own[-1] == "":
        return Explanation("key-ends-in-slash")
    if own != wanted and [part.lower() for part in own] == [part.lower() for part in wanted]:
        return _pair("key-capitals", own, wanted)
    return _of_folders(own, wanted) if len(own) != len(wanted) else _of_parts(own, wanted)


def _of_folders(own: list[str], wanted: list[str]) -> Explanation | None:
    """Why a key with more or fewer folders is not right."""
    if own == wanted[:-1]:
        return Explanation("key-without-name", {"name": own[-1]})
    if own == [*wanted, wanted[-1]]:
        return Explanation("key-name-twice")
    if own == wanted[-1:]:
        return Explanation("key-without-folders")
    missing = _left_out(wanted, own)
    if missing:
        one = len(missing) == 1
        key = "key-folder-missing" if one else "key-folders-missing"
        return Explanation(key, {"folders": "/".join(missing)})
    extra = _left_out(own, wanted)
    return Explanation("key-folder-too-many", {"folders": "/".join(extra)}) if extra else None


def _left_out(whole: Sequence[str], part: Sequence[str]) -> list[str]:
    """What ``part`` lacks of ``whole``, in order; nothing where it holds anything else."""
    left, rest = [], list(part)
    for item in whole:
        if rest and rest[0] == item:
            rest.pop(0)
        else:
            left.append(item)
    return [] if rest else left


def _of_parts(own: list[str], wanted: list[str]) -> Explanation | None:
    """Why a key with the right number of folders is not right."""
    unlike = [place for place, part in enumerate(own) if part != wanted[place]]
    if not unlike:
        return None
    if sorted(own) == sorted(wanted):
        return _pair("key-order", own, wanted)
    if len(unlike) > 1:
        return _pair("key-several-parts", own, wanted, {"count": str(len(unlike))})
    place = unlike[0]
    found, right = own[place], wanted[place]
    values = {"found": found, "right": right}
    if place < FIXED:
        if found == "patchs":
            return Explanation("key-among-images", values)
        alike = difflib.SequenceMatcher(None, found[:80], right).ratio() >= ALIKE
        return Explanation("key-misspelt" if alike else "key-other-folder", values)
    part = PARTS[place - FIXED]
    if part == "patch":
        return _of_name(found, right)
    if part == "region" and right.startswith(found):
        return Explanation("key-region-too-large", values)
    return Explanation(f"key-{part}", values)


def _of_name(found: str, right: str) -> Explanation:
    """Why the name of the file is not the right one."""
    values = {"found": found, "right": right}
    stem = right.rpartition(".")[0]
    if found == stem:
        return Explanation("key-without-ending", values)
    if found.startswith(f"{stem}."):
        return Explanation("key-ending", values | {"ending": found[len(stem) :]})
    return Explanation("key-patch", values)


def _pair(
    key: str, own: list[str], wanted: list[str], values: dict[str, str] | None = None
) -> Explanation:
    """An explanation that shows both keys from the first folder that differs to the last one."""
    unlike = [place for place, part in enumerate(own) if part != wanted[place]]
    part = slice(unlike[0], unlike[-1] + 1)
    shown = {"found": "/".join(own[part]), "right": "/".join(wanted[part])}
    return Explanation(key, shown | (values or {}))


def of_no_object(source: str, error: str) -> Explanation | None:
    """Why nothing reached a bucket.

    Args:
        source: The learner's code.
        error: The exception that stopped it, or ``""``.
    """
    called = calls(source)
    if called & UPLOADING or not called or (error and not error.startswith(NOT_FOUND)):
        return None
    return Explanation("upload-get" if called & DOWNLOADING else "upload-not-called")


# --- the file -----------------------------------------------------------------------------------


def of_content(fact: Fact) -> Explanation | None:
    """What a file is that holds no array of numbers; ``None`` for one that does."""
    if fact["kind"] != "text":
        return None
    if fact["text"].endswith(".npz, an archive of several arrays"):
        return Explanation("file-is-archive")
    key = CONTENTS.get(fact["text"])
    return Explanation(key) if key else None


def of_no_file(state: str, name: str, source: str, error: str) -> Explanation | None:
    """Why a cell saved no file under a name.

    Args:
        state: `OLD`, `ENDING_ADDED` or another text.
        name: The name.
        source: The learner's code.
        error: The exception that stopped it, or ``""``.
    """
    called = calls(source)
    if error and not error.startswith(NOT_FOUND):
        return None
    if state == ENDING_ADDED:
        return Explanation("file-ending-added", {"name": name})
    if state == OLD:
        return Explanation("file-left-over", {"name": name})
    if called and not called & SAVING:
        return Explanation("file-not-saved")
    other = _saved_as(source)
    if other and other != name:
        return Explanation("file-other-name", {"found": other, "right": name})
    return None


OLD = "older than the run of this cell"
ENDING_ADDED = "saved with another ending"
"""What may be known of a file that this cell did not save."""


def _saved_as(source: str) -> str:
    """The name, written out, under which `np.save` saves; ``""`` for none."""
    for call in _call_nodes(source):
        if _name_of(call) == "save" and call.args and isinstance(call.args[0], ast.Constant):
            value = call.args[0].value
            return value[:100] if isinstance(value, str) else ""
    return ""


# --- the listing --------------------------------------------------------------------------------


def of_listing(source: str, asked: Sequence[str], path: str, printed: bool) -> Explanation | None:
    """Why a listing does not show an object.

    Args:
        source: The learner's code.
        asked: ``bucket/folder`` of each listing that was made after the upload.
        path: ``bucket/key`` of the object.
        printed: Whether anything was printed.
    """
    called = calls(source)
    if asked:
        if not printed:
            return Explanation("listing-not-printed")
        folder = path.rpartition("/")[0]
        listed = asked[-1].rstrip("/")
        if not path or listed == folder:
            return None
        above = f"{folder}/".startswith(f"{listed}/")
        key = "listing-too-high" if above else "listing-elsewhere"
        return Explanation(key, {"found": listed, "right": folder})
    if _stands_before(source, SHOWING, UPLOADING):
        return Explanation("listing-before-upload")
    if "listdir" in called or "iterdir" in called:
        return Explanation("listing-of-this-computer")
    if called and not called & LISTING:
        return Explanation("listing-not-called")
    return None


# --- the code -----------------------------------------------------------------------------------


def calls(source: str) -> frozenset[str]:
    """Last names of all functions that code calls: ``put`` for ``fs.put(…)``; none if unread."""
    return frozenset(filter(None, map(_name_of, _call_nodes(source))))


@lru_cache(maxsize=32)
def _tree(plain: str) -> ast.Module:
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _call_nodes(source: str) -> list[ast.Call]:
    """All calls in code, in no certain order."""
    return [node for node in ast.walk(_tree(claims.plain(source))) if isinstance(node, ast.Call)]


def _stands_before(source: str, first: set[str], then: set[str]) -> bool:
    """Whether all calls of some functions stand above all calls of others."""
    nodes = _call_nodes(source)
    above = [node.lineno for node in nodes if _name_of(node) in first]
    below = [node.lineno for node in nodes if _name_of(node) in then]
    return bool(above and below) and max(above) < min(below)


def _name_of(call: ast.Call) -> str:
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
