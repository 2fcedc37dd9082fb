"""An attribute or method that an object does not have."""

from autograder.checks.explaining.errors.calls import numbers_apart
from autograder.checks.explaining.errors.wording import code, nearest, type_in_words
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem


def explain(problem: Problem, _number: int) -> Explanation | None:
    """Why an object does not have what was asked of it."""
    if not problem.is_a("AttributeError") or problem.shows("own-argument"):
        return None
    asked, kind = problem.one("asked"), problem.one("asked-type")
    values = {
        "asked": code(asked),
        "owner": code(problem.one("owner")),
        "type": type_in_words(kind),
        "near": nearest(problem),
        "made": problem.one("made-line"),
    }
    if not problem.shows("own-attribute"):
        return _inside(problem)
    return Explanation(_key(problem, asked, kind), values)


def _key(problem: Problem, asked: str, kind: str) -> str:
    """Which sentence holds, the most telling first."""
    if kind == "NoneType":
        if problem.shows("owner-is-call"):
            return "none-of-a-call"
        return "none-stored" if problem.one("made-as") == "Call" else "none-used"
    stored = problem.one("made-as") in ("Name", "Attribute")
    conditions = (
        ("function-stored", problem.shows("of-function") and stored),
        ("function-not-called", problem.shows("of-function")),
        ("trailing-comma", problem.shows("trailing-comma") and kind == "tuple"),
        ("one-of-several", problem.shows("items-have-it")),
        ("figure-for-axes", problem.shows("axes-have-it")),
        ("key-as-attribute", problem.shows("is-key")),
        ("read-already", kind in ("dict", "list") and asked == "json"),
        ("attribute-misspelt", bool(problem.one("near"))),
        ("attribute-not-in-package", problem.shows("in-module")),
        ("attribute-unknown-made", bool(problem.one("made-line"))),
    )
    return next((key for key, holds in conditions if holds), "attribute-unknown")


def _inside(problem: Problem) -> Explanation | None:
    """An argument that a library could not use, where it is known which."""
    place = problem.one("argument-at")
    callee, arguments = problem.one("callee"), problem.arguments
    if apart := numbers_apart(problem):
        return apart
    if not (place.isdecimal() and len(place) < 4 and int(place) < len(arguments) and callee):
        return None
    argument = arguments[int(place)]
    values = {
        "callee": code(callee),
        "argument": code(argument.text),
        "type": type_in_words(problem.one("asked-type")),
    }
    return Explanation("argument-unusable", values)
