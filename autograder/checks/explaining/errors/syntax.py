"""Code that Python cannot read."""

from autograder.checks.explaining.errors.wording import code
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem

SLIPS = (
    "argument-twice",
    "assigned-to-a-call",
    "bracket-not-opened",
    "bracket-of-another",
    "bracket-open",
    "bracket-without-partner",
    "brackets-missing",
    "colon-missing",
    "comma-missing",
    "hidden-space",
    "indent-missing",
    "indent-unexpected",
    "indent-uneven",
    "keyword-misspelt",
    "leading-zero",
    "other-character",
    "other-sign",
    "place-after-name",
    "quote-missing",
    "stray-sign",
    "tabs-and-spaces",
    "triple-quotes-open",
    "typographic-quotes",
    "unreadable",
)
"""What `reading.problems.syntax` finds; each is a key."""


def explain(problem: Problem, _number: int) -> Explanation | None:
    """The slip and its place."""
    slip = problem.one("slip")
    if slip not in SLIPS:
        return None
    character, opened = code(problem.one("character")), code(problem.one("opened"))
    if slip == "bracket-of-another":
        values = {"character": character, "bracket": opened[:1], "opened": opened[1:]}
        return Explanation(slip, values)
    return Explanation(slip, {"character": character, "opened": opened})
