"""What the sentence of a recorded mistake claims about the code, beyond what its facts show.

The facts of a mistake may come about in several ways. A sentence that names one of them ("you
joined with `how="right"`") carries the condition under which it is true.
"""

import ast
import re
from collections.abc import Mapping
from functools import lru_cache

EFFECT = "effect"
"""The claim of a sentence that only tells what its facts show."""

HAS, LACKS = "code", "code-lacks"
"""Keys of a claim: patterns that the learner's code must hold, or must not."""


def holds(claims: Mapping[str, str], source: str) -> bool:
    """Whether code bears out the claims of a mistake; those about the effect are borne out.

    Args:
        claims: A pattern for `HAS`, for `LACKS`, for both or none.
        source: The learner's code.
    """
    code = plain(source)
    has, lacks = claims.get(HAS), claims.get(LACKS)
    return (has is None or bool(re.search(has, code))) and not (lacks and re.search(lacks, code))


@lru_cache(maxsize=32)
def plain(source: str) -> str:
    """Code in one form: single quotes, single spaces, no comments. Else the code itself."""
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
