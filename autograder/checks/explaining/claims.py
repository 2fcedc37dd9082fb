"""What the sentence of a recorded mistake claims beyond the first fact that the mistake leaves.

The first wrong fact of a mistake may come about in several ways. A sentence that names one of them
("you joined with `how="right"`") carries the condition under which it is true.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from autograder.checks.reading.literals import parsed

EFFECT = "effect"
"""The claim of a sentence that only tells what the first fact shows."""

HAS, LACKS = "code", "code-lacks"
"""Keys of a claim: patterns that the learner's code must hold, or must not."""

FACTS = "facts"
"""Key of a claim: names of facts of which the sentence speaks as well, and which must be as the
mistake leaves them: those it has none of are right."""

LONGEST = 20_000
"""Characters of code that are searched. Of longer code nothing can be claimed."""

Claims = Mapping[str, Any]


def holds(claims: Claims, source: str) -> bool:
    """Whether code bears out the claims about it.

    Args:
        claims: A pattern for `HAS`, for `LACKS`, for both or none; searched in the plain form of
            the code, where ``^`` is the beginning of a line.
        source: The learner's code.
    """
    has, lacks = claims.get(HAS), claims.get(LACKS)
    if has is None and lacks is None:
        return True
    if len(source) > LONGEST:
        return False
    code = plain(source)
    found = {pattern: re.search(pattern, code, re.MULTILINE) for pattern in (has, lacks) if pattern}
    return not (has and not found[has]) and not (lacks and found[lacks])


@lru_cache(maxsize=32)
def plain(source: str) -> str:
    """Code in one form: single quotes, single spaces, no comments. Else the code itself."""
    tree = parsed(source)
    try:
        return ast.unparse(tree) if tree else source
    except (RecursionError, MemoryError):
        return source


def facts_of(claims: Claims) -> Sequence[str]:
    """Names of the facts of which a sentence speaks besides the first one."""
    names: Sequence[str] = claims.get(FACTS, ())
    return names
