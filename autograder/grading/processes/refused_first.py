"""What grading refused, and what an earlier exercise lacks, stand before what follows from it."""

import importlib.util
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from autograder.checks.explaining.errors.origins import origin
from autograder.checks.judging.verdict import Verdict
from autograder.checks.reading.workspace import MAX_NAME, Refusal
from autograder.checks.texts import card as say

MOST_SAID = 2
"""Most refusals that a message begins with."""

_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_NO_NAME = re.compile(r"NameError: name '(\w+)' is not defined")
_NO_FILE = re.compile(r"Permission denied|No such file|does not exist|not recognized")
_PATH = re.compile(r"'((?:/|~|\.\.)[^']*)'|(?<![\w.:/~'])((?:~|\.\.)?/[^\s:']+)")


def refusals_first(verdict: Verdict, refused: Iterable[Refusal], error: str) -> Verdict:
    """The verdict; where something is not right, its message begins with what was refused.

    Args:
        verdict: On an exercise.
        refused: What its cells were refused, as the submission says: it adds words, never points.
        error: The exception that stopped its cell, in one line; ``""`` for none.
    """
    if verdict.passed:
        return verdict
    all_of_them = dict.fromkeys((*refused, *_told_by(error)))
    said = dict.fromkeys(say(f"refused-{item.kind}", name=item.name) for item in all_of_them)
    message = " ".join([*islice(said, MOST_SAID), verdict.message])
    return replace(verdict, message=message.strip())


def earlier_first(verdict: Verdict, stopped: Collection[int], error: str) -> Verdict:
    """The verdict; where its cell needed what an earlier exercise did not make, it says so.

    Args:
        verdict: On an exercise.
        stopped: Exercises of the notebook whose cells stopped, as the submission says.
        error: As in `refusals_first`.
    """
    name = _NO_NAME.match(error)
    source = origin(name[1], verdict.exercise) if name else None
    if verdict.passed or source is None or not source.here or source.exercise not in stopped:
        return verdict
    message = say("stopped-earlier", name=name[1] if name else "", number=source.exercise)
    return replace(verdict, message=message)


def _told_by(error: str) -> Iterator[Refusal]:
    """What an exception tells of: a module that is not there, a file outside of the folder."""
    if found := _NO_MODULE.match(error):
        if not _is_there(found[1].partition(".")[0]):
            yield Refusal("module", found[1][:MAX_NAME])
    elif _NO_FILE.search(error):
        for quoted, bare in _PATH.findall(error):
            path = quoted or bare
            if not path.startswith("/vsi"):
                yield Refusal("path", path[:MAX_NAME])


def _is_there(package: str) -> bool:
    """Whether there is a package of this name: then only a part of it is asked for in vain."""
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False
