"""Pieces of code, names and types as a sentence shows them."""

import re

from autograder.checks import texts
from autograder.checks.reading.problems import Problem
from autograder.checks.reading.problems.nearness import is_one_slip

LONGEST = 60
"""Characters of the longest piece of code in a sentence."""

LONGEST_LINE = 110
"""Characters of the longest line of code beside a sentence."""

MOST_WORDS = 22
"""Words of the longest message of a library that is quoted."""

_ASTRAY = re.compile(
    r"allow_override|\bpip\b|conda|install|upgrade|report|\bissue\b|\.any\(\)|override|deprecat"
    r"|0x[0-9a-f]{4}|<|>|Errno|://|did you mean|\bsee\b|docs|consider|instead|use ",
    re.IGNORECASE,
)
"""Advice of a library, which is meant for others, and what no beginner reads."""


def code(text: str, limit: int = LONGEST) -> str:
    """Code on one line, without the marks that would end it; a long one ends at a word."""
    line = " ".join(text.replace("`", "'").split())
    if len(line) <= limit:
        return line
    whole = re.match(rf".{{0,{limit}}}(?<=[\s,)\]}}])", line)
    return f"{(whole[0] if whole else '').rstrip(' ,')} …".strip()


def listing(names: tuple[str, ...], most: int = 4) -> str:
    """Names as code, with commas between them."""
    shown = ", ".join(f"`{code(name)}`" for name in names[:most])
    return f"{shown}, …" if len(names) > most else shown


def nearest(problem: Problem) -> str:
    """The real name nearest to what was asked for; both where two are as near."""
    asked, near = problem.one("asked"), problem.many("near")
    asked = asked.rpartition(".")[2]
    tie = len(near) > 1 and all(is_one_slip(asked[:60], name[:60]) for name in near[:2])
    return listing(near[: 2 if tie else 1])


def type_in_words(name: str) -> str:
    """A type of Python or a library as a learner says it: "a text", "a number"."""
    known = texts.read(texts.ANY_EXERCISE, texts.language()).types
    last = name.rpartition(".")[2]
    return known[last] if last in known else known["other"].format(type=code(name))


def quotable(said: str) -> str:
    """The whole sentences of a library's message that help; ``""`` where none does."""
    line = " ".join(said.replace("`", "'").split())
    sentences = re.split(r"(?<=[.!?])\s+", line)
    kept: list[str] = []
    for sentence in sentences:
        if _ASTRAY.search(sentence):
            break
        kept.append(sentence)
    if len(" ".join(kept).split()) > MOST_WORDS:
        kept = kept[:1]
    whole = " ".join(kept)
    if not whole or len(whole.split()) > MOST_WORDS or len(whole) > 160:
        return ""
    return whole if whole[-1] in ".!?" else f"{whole}."
