"""Which name stands beside which colour in a legend."""

from collections.abc import Sequence

import numpy as np

from autograder.checks.explaining.explanation import Explanation
from autograder.checks.explaining.figures.colours import (
    COLOURS,
    NAMES,
    TOLERANCE,
    class_of,
)
from autograder.checks.texts.colour_names import colour_name


def of_legend(named: np.ndarray, seen: np.ndarray, words: Sequence[str]) -> Explanation | None:
    """Why a legend does not fit the map.

    Args:
        named: Colours 0-1 that it gives to classes 1 to 10, shape (10, 3), NaN where it has none.
        seen: Colours in which the map shows these classes, in the same form.
        words: Its entries in words.
    """
    there = np.isfinite(named).all(axis=1)
    if not there.any():
        bare = not any(word.strip("_0123456789 ") for word in words)
        return Explanation("legend-without-words" if bare else "legend-unknown-words",
                           {"words": words[0][:40] if words else ""})  # fmt: skip
    if "0" in [word.strip() for word in words]:
        return Explanation("legend-from-zero")
    if not there.all():
        lacking = [place for place in range(len(named)) if not there[place]]
        key = "legend-one-missing" if len(lacking) == 1 else "legend-some-missing"
        values = {"count": str(int(there.sum())), "name": NAMES[lacking[0]]}
        return Explanation(key, values | {"code": str(lacking[0] + 1)})
    if np.ptp(named, axis=0).max() <= TOLERANCE:
        return Explanation("legend-one-colour", {"colour": colour_name(named[0])})
    codes = [class_of(colour) for colour in named]
    steps = {code - place for place, code in enumerate(codes, 1)}
    wanted = np.where(np.isnan(seen), COLOURS[:10], seen)
    place = int(np.argmax(np.abs(named - wanted).max(axis=1) > TOLERANCE))
    values = {
        "name": NAMES[place],
        "colour": colour_name(named[place]),
        "right_colour": colour_name(wanted[place]),
    }
    if len(steps) == 1 and 0 not in steps:
        return Explanation("legend-shifted", values)
    if {code + place for place, code in enumerate(codes, 1)} in ({11}, {12}):
        return Explanation("legend-reversed", values)
    return Explanation("legend-other-colour", values)
