"""What is amiss in a text that a learner may read: long, not whole, blaming, telling too much."""

import re
from collections.abc import Iterator

from autograder.notebooks.source import Manifest

LONGEST_MESSAGE, LONGEST_HINT = 40, 60
"""Words."""

TELLING = 12
"""Characters of a blank from which on it is a solution, and not a name that is in the text."""

BLAME = (
    *("actually", "careless", "clearly", "course not", "easy", "forgot", "just", "naive"),
    *("nonsense", "obvious", "obviously", "of course", "ridiculous", "silly", "simply", "sloppy"),
    *("stupid", "trivial", "trivially", "wrong!", "you failed", "you should have"),
)


def texts(exercise: Manifest) -> Iterator[tuple[str, str, int]]:
    """What hints and cards may say, by what it is, with the most words that it may have."""
    for place, words in enumerate(exercise.hints, 1):
        yield f"hint {place}", words, LONGEST_HINT
    for fact, words in exercise.messages.items():
        yield f"message {fact}", words, LONGEST_MESSAGE
    for change in exercise.mistakes:
        yield f"mistake {change.name}", change.message, LONGEST_MESSAGE
    for change in exercise.accepted:
        if change.message:
            yield f"accepted {change.name}", change.message, LONGEST_MESSAGE


def faults(words: str, limit: int) -> list[str]:
    """What is not as it should be in a text of at most ``limit`` words."""
    found = []
    if not words.strip():
        return ["is empty"]
    if len(words.split()) > limit:
        found.append(f"has {len(words.split())} words, at most {limit} are read")
    if re.search(r"[\t\n\r]|  ", words) or words != words.strip():
        found.append("has tabs, line breaks or double spaces")
    if not words.rstrip("`").endswith((".", "?")):
        found.append("ends without a full stop")
    if words.count("`") % 2:
        found.append("has a backtick too few")
    lower = f" {words.lower()} "
    found += [f"says {word!r}" for word in BLAME if re.search(rf"\W{re.escape(word)}\W", lower)]
    return found


def gives_away(exercise: Manifest, words: str) -> bool:
    """Whether a text holds a line of the solution that is for the learner to find."""
    blanks = re.findall(r"«(.*?)»", exercise.code, re.DOTALL)
    lines = [line for blank in blanks for line in blank.splitlines()]
    bare = ("".join(line.split()) for line in (*blanks, *lines))
    said = "".join(words.split())
    return any(len(line) >= TELLING and line in said for line in bare)
