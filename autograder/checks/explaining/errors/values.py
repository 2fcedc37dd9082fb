"""Values, keys and places that are not there, or do not fit."""

import re

from autograder.checks.explaining.errors.wording import code, listing, nearest
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem


def explain(problem: Problem, _number: int) -> Explanation | None:
    """Why a key, an index or a value was refused."""
    if problem.is_a("KeyError"):
        return _key(problem)
    if problem.is_a("IndexError"):
        return _index(problem)
    if problem.shows("one-of"):
        values = {
            "asked": code(problem.one("asked")),
            "callee": code(problem.one("callee")),
            "near": nearest(problem),
        }
        return Explanation("value-misspelt" if values["near"] else "value-unknown", values)
    return _value(problem) if problem.is_a("ValueError") else None


def _key(problem: Problem) -> Explanation | None:
    values = {
        "asked": code(problem.one("asked")),
        "owner": code(problem.one("owner")),
        "near": nearest(problem),
        "keys": listing(problem.many("keys")),
    }
    if not values["asked"] or not problem.shows("own-key"):
        return None
    if values["near"]:
        return Explanation("key-misspelt", values)
    return Explanation("key-unknown" if values["keys"] else "key-not-there", values)


def _index(problem: Problem) -> Explanation | None:
    said = problem.said
    values = {"owner": code(problem.one("owner")), "callee": code(problem.one("callee"))}
    if found := re.search(r"band index (\S{1,40}) out of range", said):
        if any(item.shows == "number-text" for item in problem.arguments):
            return Explanation("band-as-text", {**values, "asked": code(found[1])})
        return Explanation("band-unknown", {**values, "asked": code(found[1])})
    found = re.search(r"array is (\d+)-dimensional, but (\d+) were indexed", said)
    if found and values["owner"]:
        return Explanation("too-many-indices", {**values, "axes": found[1], "count": found[2]})
    asked, size = problem.one("index"), problem.one("owner-size")
    if found := re.search(r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", said):
        asked, size = found[1], found[2]
    numbers = re.fullmatch(r"-?\d{1,12}", asked) and re.fullmatch(r"\d{1,12}", size)
    if not numbers or not values["owner"]:
        return None
    last = str(max(int(size) - 1, 0))
    return Explanation("index-too-large", {**values, "asked": asked, "size": size, "last": last})


def _value(problem: Problem) -> Explanation | None:
    values = {
        "argument": code(problem.arguments[0].text) if problem.arguments else "",
        "callee": code(problem.one("callee")),
        "owner": code(problem.one("owner")),
        "right": code(problem.one("right")),
        "left": code(problem.one("left")),
        "count": problem.one("left-count"),
    }
    if problem.is_a("JSONDecodeError"):
        return Explanation("not-json", values)
    for pattern, key, needed in _MESSAGES:
        if (found := re.search(pattern, problem.said)) and (not needed or values[needed]):
            return Explanation(
                key, {**values, **{key: text.strip() for key, text in found.groupdict().items()}}
            )
    return None


_MESSAGES = (
    (r"Unable to determine Axes to steal space for Colorbar", "colour-bar-without-image", ""),
    (r"too many values to unpack", "values-too-many", "right"),
    (r"not enough values to unpack \(expected .*got (?P<got>\d{1,9})\)", "values-too-few", "right"),
    (r"already has a CRS", "crs-declared-already", "owner"),
    (r"Cannot transform naive geometries", "crs-not-declared", "owner"),
    (r"axes don't match array", "axes-do-not-fit", "callee"),
    (
        r"could not be broadcast together with shapes (?P<shapes>[\d(), ]{1,80})",
        "shapes-do-not-fit",
        "",
    ),
    (r"truth value of an? (array|Series|DataFrame)", "truth-of-many", ""),
    (r"could not convert string to float: '(?P<asked>[^'`]{1,60})'", "text-no-number", ""),
)
