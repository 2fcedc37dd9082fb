"""Calls that do not fit: arguments missing, misspelt or misplaced, values that are called."""

import re

from autograder.checks.explaining.errors.wording import code, listing, nearest, type_in_words
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem

_NUMBERS = ("int", "float")


def explain(problem: Problem, _number: int) -> Explanation | None:
    """Why a call, a pair of brackets or an operation does not work."""
    if problem.shows("own-argument"):
        return _keyword(problem)
    if not problem.is_a("TypeError"):
        return None
    readers = (_missing, _too_many, _called, _brackets, _uncalled, _operands, _file_name, _other)
    return next(filter(None, (read(problem) for read in readers)), None)


def numbers_apart(problem: Problem) -> Explanation | None:
    """Where a call has several numbers by their place and nothing else: what the second is for."""
    by_place = [item for item in problem.arguments if not item.name]
    known = problem.many("parameter")
    if len(by_place) < 2 or len(known) < 2 or any(item.type not in _NUMBERS for item in by_place):
        return None
    values = {"callee": _callee(problem), "argument": code(by_place[1].text)}
    return Explanation("numbers-apart", {**values, "parameter": code(known[1])})


def _callee(problem: Problem) -> str:
    return code(problem.one("callee"))


def _keyword(problem: Problem) -> Explanation:
    values = {
        "asked": code(problem.one("asked")),
        "callee": _callee(problem),
        "near": nearest(problem),
        "outer": code(problem.one("outer")),
    }
    if problem.shows("is-parameter"):
        return Explanation("argument-twice-given", values)
    if values["outer"]:
        return Explanation("argument-of-outer", values)
    if problem.shows("other-name"):
        return Explanation("argument-renamed", values)
    return Explanation("argument-misspelt" if values["near"] else "argument-unknown", values)


def _missing(problem: Problem) -> Explanation | None:
    missing = problem.many("missing")
    if not missing or not problem.one("callee"):
        return None
    if problem.shows("unpacks") and len(missing) + 1 in [item.size for item in problem.arguments]:
        size = len(missing) + 1
        argument = next(item for item in problem.arguments if item.size == size)
        values = {"argument": code(argument.text), "count": str(size)}
        return Explanation("not-unpacked", {**values, "callee": _callee(problem)})
    key = "argument-missing" if len(missing) == 1 else "arguments-missing"
    return Explanation(key, {"callee": _callee(problem), "missing": listing(missing)})


def _too_many(problem: Problem) -> Explanation | None:
    if "exactly one argument (0 given)" in problem.said and _callee(problem):
        return Explanation("arguments-none", {"callee": _callee(problem)})
    found = re.search(
        r"takes (?:from \d{1,3} to )?(\d{1,3}) positional arguments? but (\d{1,3})", problem.said
    ) or re.search(r"expected at most (\d{1,3}) arguments?, got (\d{1,3})", problem.said)
    if not found or not problem.one("callee") or problem.one("direct") != "yes":
        return None
    if apart := numbers_apart(problem):
        return apart
    given = [item for item in problem.arguments if not item.name]
    if any(item.shows == "star" for item in given):
        return Explanation("arguments-too-many-unpacked", {"callee": _callee(problem)})
    most = int(found[1]) - (int(found[2]) - len(given))  # without the object itself
    values = {"callee": _callee(problem), "most": str(max(most, 0)), "given": str(len(given))}
    return Explanation("arguments-too-many", values)


def _called(problem: Problem) -> Explanation | None:
    found = re.search(r"'([\w.]{1,60})' object is not callable", problem.said)
    if not found or not problem.one("asked"):
        return None
    values = {
        "asked": code(problem.one("asked")),
        "type": type_in_words(found[1]),
        "near": nearest(problem),
        "made": problem.one("made-line"),
    }
    if problem.shows("comma-missing"):
        return Explanation("comma-before-bracket", values)
    if values["near"]:
        return Explanation("value-called-setter", values)
    if values["made"]:
        return Explanation("function-overwritten", values)
    return Explanation("package-called" if found[1] == "module" else "value-called", values)


def _brackets(problem: Problem) -> Explanation | None:
    """Square brackets behind what has no parts, or not such ones."""
    values = {"owner": code(problem.one("owner")), "index": code(problem.one("index"))}
    if problem.one("node") != "Subscript" or not values["owner"]:
        return None
    if problem.shows("comma-missing"):
        return Explanation("comma-before-bracket", {**values, "asked": values["owner"]})
    if found := re.search(r"'([\w.]{1,60})' object is not subscriptable", problem.said):
        made_as = problem.one("made-as")
        values["made"] = problem.one("made-line")
        if problem.shows("owner-is-function"):
            stored = made_as in ("Name", "Attribute")
            key = "function-stored" if stored else "square-brackets-for-a-call"
            return Explanation(key, values)
        key = "no-parts"
        if found[1] == "NoneType":
            key = "none-stored" if made_as == "Call" else "none-used-by-key"
        return Explanation(key, {**values, "type": type_in_words(found[1])})
    if re.search(r"(string|list|tuple) indices must be integers", problem.said):
        kind = problem.said.partition(" ")[0]
        kind = {"string": "str"}.get(kind, kind)
        return Explanation("key-of-a-list", {**values, "type": type_in_words(kind)})
    return None


def _uncalled(problem: Problem) -> Explanation | None:
    uncalled = problem.one("uncalled")
    return Explanation("function-named-only", {"name": code(uncalled)}) if uncalled else None


def _operands(problem: Problem) -> Explanation | None:
    operands = [text.partition("\t")[2] for text in problem.many("operand")]
    found = next(filter(None, (re.search(words, problem.said) for words in _OPERANDS)), None)
    if len(operands) != 2 or found is None:
        return None
    parts = found.groupdict()
    values = {
        "sign": code(parts.get("sign") or "+"),
        "left": code(operands[0]),
        "right": code(operands[1]),
        "left_type": type_in_words(parts["left"]),
        "right_type": type_in_words(parts["right"]),
    }
    return Explanation("operands-do-not-fit", values)


_OPERANDS = (
    r"for (?P<sign>[^:]{1,20}): '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'",
    r"'(?P<sign>[<>=!]{1,2})' not supported between instances of '(?P<left>[\w.]+)' "
    r"and '(?P<right>[\w.]+)'",
    r'can only concatenate (?P<left>\w+) \(not "(?P<right>[\w.]+)"\)',
)


def _file_name(problem: Problem) -> Explanation | None:
    found = re.search(r"expected str, bytes or os.PathLike object, not (\w{1,60})", problem.said)
    if not found or not problem.one("callee"):
        return None
    texts = [item for item in problem.arguments if item.type == "str"]
    values = {
        "callee": _callee(problem),
        "type": type_in_words(found[1]),
        "argument": code(texts[0].text if texts else ""),
    }
    return Explanation("file-name-elsewhere" if texts else "file-name-expected", values)


def _other(problem: Problem) -> Explanation | None:
    """Type errors that a message tells apart."""
    argument = code(problem.arguments[0].text) if problem.arguments else ""
    for pattern, key in _MESSAGES:
        if found := re.search(pattern, problem.said):
            kind = found.groupdict().get("type") or ""
            values = {
                "argument": argument,
                "callee": _callee(problem),
                "type": type_in_words(kind) if kind else "",
                "shape": found.groupdict().get("shape") or "",
                "right": code(problem.one("right")),
                "count": problem.one("left-count"),
            }
            if key != "not-to-be-taken-apart" or values["right"]:
                return Explanation(key, values)
    texts = [item for item in problem.arguments if item.shows == "number-text"]
    if texts and _callee(problem):
        values = {"callee": _callee(problem), "argument": code(texts[0].text)}
        return Explanation("number-as-text", values)
    return None if problem.one("direct") else numbers_apart(problem)


_MESSAGES = (
    (r"a bytes-like object is required, not '(?P<type>\w{1,60})'", "not-bytes"),
    (r"write\(\) argument must be str, not bytes", "opened-as-text"),
    (r"Invalid shape \((?P<shape>[\d, ]{1,60})\) for image data", "not-an-image-shape"),
    (r"Object of type (?P<type>\w{1,60}) is not JSON serializable", "not-for-json"),
    (r"cannot unpack non-iterable (?P<type>\w{1,60}) object", "not-to-be-taken-apart"),
    (r"unsupported format string passed to (?P<type>\w{1,60}).__format__", "not-one-number"),
    (r"unhashable type: '(?P<type>\w{1,60})'", "not-a-key"),
)
