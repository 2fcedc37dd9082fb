"""Evidence of one exercise, packed in the submission's process and unpacked in the supervisor.

A pack is json and ``.npy`` files. What `unpack` lets through has the form of honest evidence:
the facts of the exercise and no others, each of a known kind, with texts, lists, outlines and
arrays of bounded size. It may still be a lie: `judge_exercise` decides what it is worth.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.check import MAX_URL, claimed_names, claims_of, opened_patch
from autograder.checks.exercises import exercise as find
from autograder.checks.reading import facts, frames
from autograder.checks.reading.facts import Evidence, Fact
from autograder.checks.reading.files import MAX_PATH
from autograder.checks.reading.guard import quiet, time_limit
from autograder.checks.reading.workspace import KINDS, MAX_NAME, MOST, Refusal, Workspace
from autograder.grading.handing_over.hostile_json import parsed
from autograder.grading.handing_over.npy import UnusableEvidence, as_npy, from_npy

MAX_DESCRIPTION = 10_000_000
"""Bytes of json: four outlines of 20,000 points, and texts."""

MAX_ARRAYS = 32
MAX_BYTES = 100_000_000
"""Bytes of all arrays together; those of a solved exercise take 7 million."""

MAX_NUMBERS = 100

READING_SECONDS = 2.0
"""Seconds that reading an exercise may take. It takes 0.01 s, and a learner's notebook allows 0.5;
but scores must not depend on how fast the grading machine is."""

_WKT = re.compile(
    r"(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|LINEARRING)(?: Z)? \([-+0-9.e ,()]*\)"
)
"""Well-known text of one geometry. Nested collections would exhaust the parser's stack."""

_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


@dataclass(frozen=True)
class Packed:
    """Evidence as bytes.

    Attributes:
        description: Json: the facts, arrays apart.
        arrays: ``.npy`` files, in the order in which the description names them.
    """

    description: bytes
    arrays: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Claims:
    """What a submission's process says of one exercise; any of it may be invented.

    Attributes:
        facts: The facts that `Exercise.claims` reads.
        tile_url: Address of the patch that was opened.
        given: Names of results that came from `catch_up`.
        folder: Working folder of the notebook.
        refused: What was refused to the exercise's cells.
    """

    facts: Evidence
    tile_url: str = ""
    given: tuple[str, ...] = ()
    folder: str = ""
    refused: tuple[Refusal, ...] = ()


# --- in the submission's process ----------------------------------------------------------------


def pack(number: int, workspace: Workspace) -> Packed:
    """Read the facts of an exercise in the process that ran its cells.

    Whatever the learner's objects do, nothing is raised; reading is bounded in time.
    """
    exercise = find(number)
    arrays: list[bytes] = []
    with quiet():
        with time_limit(READING_SECONDS):
            claims = claims_of(exercise, workspace)
        written = {name: _to_json(fact, arrays) for name, fact in claims.items()}
    content = {
        "facts": written,
        "tile_url": opened_patch(workspace),
        "given": [name for name in exercise.names if name in workspace.given],
        "folder": str(workspace.folder)[:MAX_PATH],
        "refused": [
            [item.kind, facts.words(item.name)[:MAX_NAME]] for item in workspace.refused[:MOST]
        ],
    }
    description = json.dumps(content, ensure_ascii=False).encode(errors="replace")
    return Packed(description, tuple(arrays))


def _to_json(fact: Fact, arrays: list[bytes]) -> Fact:
    """A fact as json; an array goes into ``arrays``, as far as there is room."""
    kind = fact["kind"]
    if kind == "array":
        return _put(fact["array"], arrays)
    if kind == "numbers":
        values = fact["values"][:MAX_NUMBERS]
        return {
            "kind": kind,
            "values": [value if math.isfinite(value) else str(value) for value in values],
        }
    if kind == "geometry" and not _WKT.fullmatch(fact["wkt"]):
        return {"kind": "other", "type": facts.words(fact["wkt"].partition(" ")[0])}
    return {
        key: facts.words(value) if key in ("why", "type", "text") else value
        for key, value in fact.items()
    }


def _put(array: np.ndarray, arrays: list[bytes]) -> Fact:
    content = as_npy(array, MAX_BYTES - sum(map(len, arrays)))
    if content is None:
        return {"kind": "other", "type": facts.words(f"array of shape {array.shape}")}
    arrays.append(content)
    return {"kind": "array", "array": len(arrays) - 1}


# --- in the supervisor --------------------------------------------------------------------------


def unpack(packed: Packed, number: int) -> Claims:
    """Read what a submission's process handed over for an exercise.

    Raises:
        UnusableEvidence: It does not have the form of honest evidence.
    """
    if len(packed.arrays) > MAX_ARRAYS or sum(map(len, packed.arrays)) > MAX_BYTES:
        raise UnusableEvidence("The evidence is too large.")
    exercise = find(number)
    content = _object(
        _parsed(packed.description), "facts", "tile_url", "given", "folder", "refused"
    )
    given = _texts(content["given"], 100)
    return Claims(
        _facts(_object(content["facts"], *claimed_names(exercise)), packed.arrays),
        _text(content["tile_url"], MAX_URL),
        tuple(name for name in exercise.names if name in given),
        _text(content["folder"], MAX_PATH),
        _refusals(content["refused"]),
    )


def _refusals(value: Any) -> tuple[Refusal, ...]:
    """What was refused: kinds that there are, and names to be put into our own sentences."""
    if type(value) is not list or len(value) > MOST:
        raise UnusableEvidence("The evidence has a list that is too long, or none.")
    pairs = [_texts(item, 2) for item in value]
    if not all(len(pair) == 2 and pair[0] in KINDS for pair in pairs):
        raise UnusableEvidence("The evidence has a refusal of unknown kind.")
    return tuple(Refusal(kind, name[:MAX_NAME]) for kind, name in pairs)


def _parsed(description: bytes) -> Any:
    """The json, of bounded size and without NaN, infinities or keys that stand twice."""
    if len(description) > MAX_DESCRIPTION:
        raise UnusableEvidence("The evidence is too large.")
    try:
        return parsed(description, constant=_refuse, pairs=_without_duplicates)
    except ValueError:
        raise UnusableEvidence("The evidence is not valid json.") from None


def _refuse(_: str) -> None:
    raise ValueError


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _object(value: Any, *keys: str) -> dict[str, Any]:
    if type(value) is not dict or value.keys() != set(keys):
        raise UnusableEvidence("The evidence has other fields than this exercise.")
    return value


def _facts(content: dict[str, Any], arrays: Sequence[bytes]) -> Evidence:
    """The facts by name. The error must be a text: `judge` reads it as one."""
    taken: list[np.ndarray] = []
    found = {name: _fact(fact, arrays, taken) for name, fact in content.items()}
    if len(taken) != len(arrays) or found["error"]["kind"] != "text":
        raise UnusableEvidence("The evidence has other parts than it names.")
    return found


def _fact(value: Any, arrays: Sequence[bytes], taken: list[np.ndarray]) -> Fact:
    kind = value.get("kind") if type(value) is dict else None
    if kind == "array":
        place = _object(value, "kind", "array")["array"]
        if type(place) is not int or place != len(taken) or place >= len(arrays):
            raise UnusableEvidence("The evidence names an array that is not there.")
        taken.append(from_npy(arrays[place]))
        return facts.array(taken[-1])
    read = _READERS.get(kind) if type(kind) is str else None
    if read is None:
        raise UnusableEvidence("The evidence has a fact of unknown kind.")
    key, reader = read
    found = reader(_object(value, "kind", key)[key])
    return {"kind": kind, key: found}


def _text(value: Any, limit: int = facts.MAX_TEXT) -> str:
    if type(value) is not str or len(value) > limit:
        raise UnusableEvidence("The evidence has a text that is too long, or none.")
    if not all(character.isprintable() or character in "\n\t" for character in value):
        raise UnusableEvidence("The evidence has a text that cannot be shown.")
    return value


def _texts(value: Any, limit: int = facts.MAX_TEXTS) -> list[str]:
    if type(value) is not list or len(value) > limit:
        raise UnusableEvidence("The evidence has a list that is too long, or none.")
    return [_text(item) for item in value]


def _numbers(value: Any) -> list[float]:
    if type(value) is not list or len(value) > MAX_NUMBERS:
        raise UnusableEvidence("The evidence has a list that is too long, or none.")
    return [_number(item) for item in value]


def _number(value: Any) -> float:
    if type(value) is str and value in _NOT_FINITE:
        return _NOT_FINITE[value]
    if type(value) not in (int, float):
        raise UnusableEvidence("The evidence has a number that is none.")
    try:
        return float(value)
    except OverflowError:
        raise UnusableEvidence("The evidence has a number that is too large.") from None


def _outline(value: Any) -> str:
    """An outline as well-known text, as our own code writes it."""
    import shapely

    if type(value) is not str or not _WKT.fullmatch(value):
        raise UnusableEvidence("The evidence has an outline that is none.")
    if value.count(",") > frames.MAX_VERTICES:
        raise UnusableEvidence("The evidence has an outline with too many points.")
    try:
        with np.errstate(all="ignore"):
            fact = frames.geometry(shapely.from_wkt(value))
    except (shapely.errors.ShapelyError, ValueError):
        raise UnusableEvidence("The evidence has an outline that is none.") from None
    if fact["kind"] != "geometry":
        raise UnusableEvidence("The evidence has an outline that is none.")
    return str(fact["wkt"])


_READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "missing": ("why", _text),
    "other": ("type", _text),
    "text": ("text", _text),
    "texts": ("texts", _texts),
    "numbers": ("values", _numbers),
    "geometry": ("wkt", _outline),
}
